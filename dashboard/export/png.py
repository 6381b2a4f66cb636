"""PNG files as the list of chunks they are, so that text can be put in and read again."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PX_PER_METRE = 96 / 0.0254
LARGEST_TEXT = 1 << 20


def with_text(png: bytes, texts: Mapping[str, str], scale: float) -> bytes:
    """Return the image with its text, and with its size on paper.

    Args:
        png: The image.
        texts: Keyword -> text, written in this order as uncompressed iTXt.
        scale: Pixels for one CSS px (1/96 inch).
    """
    density = round(PX_PER_METRE * scale)
    added = _chunk(b"pHYs", struct.pack(">IIB", density, density, 1))
    for keyword, text in texts.items():
        added += _chunk(b"iTXt", keyword.encode("latin-1") + bytes(5) + text.encode())
    after_header = len(SIGNATURE) + 25
    return png[:after_header] + added + png[after_header:]


def texts_of(png: bytes) -> dict[str, str]:
    """Read every text of an image, in whichever of PNG's three ways a program wrote it."""
    found = {}
    for kind, body in _chunks(png):
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            keyword, _, rest = body.partition(b"\0")
            found[keyword.decode("latin-1")] = _text(kind, rest)
    return found


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while (end := at + 12 + int.from_bytes(png[at : at + 4])) <= len(png):
        yield png[at + 4 : at + 8], png[at + 8 : end - 4]
        at = end


def _text(kind: bytes, rest: bytes) -> str:
    encoding, is_compressed = "latin-1", kind == b"zTXt"
    if kind == b"zTXt":
        rest = rest[1:]
    elif kind == b"iTXt":
        encoding, is_compressed = "utf-8", rest[:1] == b"\1"
        rest = rest[2:].split(b"\0", 2)[-1]
    if is_compressed:
        try:
            rest = zlib.decompressobj().decompress(rest, LARGEST_TEXT)
        except zlib.error:
            rest = b""
    return rest.decode(encoding, errors="replace")
