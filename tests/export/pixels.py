"""PNG files for the tests: the smallest one by hand, and the pixels of any."""

import io
import struct
import zlib

import numpy as np
from PIL import Image

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
    image = Image.open(io.BytesIO(png))
    assert image.mode in ("RGB", "RGBA")
    return np.asarray(image)


def ink_width(png):
    """Return how many px lie between the first and the last column with anything dark on it."""
    dark = np.flatnonzero((pixels(png)[:, :, :3].min(axis=2) < 128).any(axis=0))
    return int(dark[-1] - dark[0] + 1)
