"""PNG files by hand for the tests: the smallest one, and the pixels of any."""

import struct
import zlib

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def chunks(png):
    at, found = len(SIGNATURE), []
    while at < len(png):
        length, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        assert png[at + 8 + length : at + 12 + length] == chunk(kind, body)[-4:], "wrong checksum"
        found.append((kind, body))
        at += 12 + length
    return found


def smallest_png():
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    row = zlib.compress(b"\0\xff\xff\xff")
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def pixels(png):
    """Return an array of height x width x (3 or 4) bytes."""
    parts = chunks(png)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1])
    assert (depth, interlaced) == (8, 0)
    size = {2: 3, 6: 4}[colour]
    raw = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    rows = np.frombuffer(raw, np.uint8).reshape(height, 1 + width * size)
    image = np.zeros((height + 1, width + 1, size), np.int64)
    for y, row in enumerate(rows, start=1):
        line, above = row[1:].reshape(width, size).astype(np.int64), image[y - 1]
        kind = row[0]
        if kind == 0:
            image[y, 1:] = line
        elif kind == 1:
            image[y, 1:] = np.cumsum(line, axis=0) % 256
        elif kind == 2:
            image[y, 1:] = (line + above[1:]) % 256
        else:
            for x in range(width):
                left, up, corner = image[y, x], above[x + 1], above[x]
                if kind == 3:
                    guess = (left + up) // 2
                else:
                    slope = left + up - corner
                    far = [abs(slope - near) for near in (left, up, corner)]
                    guess = np.where(
                        (far[0] <= far[1]) & (far[0] <= far[2]),
                        left,
                        np.where(far[1] <= far[2], up, corner),
                    )
                image[y, x + 1] = (line[x] + guess) % 256
    return image[1:, 1:].astype(np.uint8)


def ink_width(png):
    """Return how many px lie between the first and the last column with anything dark on it."""
    dark = np.flatnonzero((pixels(png)[:, :, :3].min(axis=2) < 128).any(axis=0))
    return int(dark[-1] - dark[0] + 1)
