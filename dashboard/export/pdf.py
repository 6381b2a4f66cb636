"""Chromium's PDF made ours: exact page size, our document information, no time of day."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dashboard.errors import ExportError

SIGNATURE = b"%PDF-"
PAGE = re.compile(rb"/Type\s*/Page\b")
MEDIA_BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")
RASTER = re.compile(rb"/Subtype\s*/Image\b")
PRODUCER = re.compile(rb"/Producer\s*\(([^()\\]*)\)")
TABLE_ROW = re.compile(rb"(\d{10}) \d{5} ([nf])")
UNKNOWN = "Chromium wrote a PDF of a kind that this program does not know ({}); take SVG."


def finished(pdf: bytes, width_pt: float, height_pt: float, info: Mapping[str, str]) -> bytes:
    """Return Chromium's one-page PDF, written anew.

    Args:
        pdf: What Chromium printed: the drawing in the upper left corner, the page a little larger.
        width_pt: The width of the page, in points (1/72 inch).
        height_pt: Its height.
        info: Document information: key (letters only) -> text.

    Raises:
        ExportError: It has more than one page, or is built in a way that Chromium's never were.
    """
    objects, trailer = _parsed(pdf)
    info_id, root_id = (_number(rb"/%s (\d+) 0 R" % key, trailer) for key in (b"Info", b"Root"))
    pages = [number for number, body in objects.items() if PAGE.search(body)]
    if len(pages) != 1:
        raise ExportError(UNKNOWN.format(f"{len(pages)} pages"))
    objects[pages[0]] = MEDIA_BOX.sub(
        lambda box: (
            b"/MediaBox [0 %s %s %s]"
            % (_decimal(float(box[2]) - height_pt), _decimal(width_pt), box[2])
        ),
        objects[pages[0]],
    )
    producer = PRODUCER.search(objects[info_id])
    texts = dict(info)
    if producer:
        texts["Producer"] = producer[1].decode("latin-1")
    entries = b"\n".join(b"/%s %s" % (key.encode(), _text(text)) for key, text in texts.items())
    objects[info_id] = b"%d 0 obj\n<<%s>>\nendobj\n" % (info_id, entries)
    return _written(objects, info_id, root_id)


def has_raster(pdf: bytes) -> bool:
    """Whether the file holds a bitmap."""
    return bool(RASTER.search(pdf))


def text_of(pdf: bytes, key: str) -> str:
    """Return one text of the document information as `finished` writes it, or the empty string."""
    found = re.findall(rb"/%s\s*<([0-9A-Fa-f\s]*)>" % key.encode(), pdf)
    if not found:
        return ""
    try:
        content = bytes.fromhex(found[-1].decode())
    except ValueError:
        return ""
    return content.decode("utf-16", errors="replace")


def _parsed(pdf: bytes) -> tuple[dict[int, bytes], bytes]:
    # Skia writes one table of plain offsets and no object streams.
    start = _number(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", pdf)
    table, _, trailer = pdf[start:].partition(b"trailer")
    head = re.match(rb"xref\s+0 (\d+)\s+", table)
    rows = TABLE_ROW.findall(table)
    if not head or len(rows) != int(head[1]):
        raise ExportError(UNKNOWN.format("no table of objects"))
    offsets = {number: int(at) for number, (at, kind) in enumerate(rows) if kind == b"n"}
    order = sorted(offsets, key=offsets.__getitem__)
    ends = [offsets[number] for number in order[1:]] + [start]
    objects = {number: pdf[offsets[number] : end] for number, end in zip(order, ends, strict=True)}
    if any(not body.startswith(b"%d 0 obj" % number) for number, body in objects.items()):
        raise ExportError(UNKNOWN.format("its table of objects is wrong"))
    return objects, trailer


def _written(objects: Mapping[int, bytes], info_id: int, root_id: int) -> bytes:
    file = bytearray(b"%PDF-1.4\n%\xd3\xeb\xe9\xe1\n")
    size = max(objects) + 1
    table = [b"0000000000 65535 f \n"] * size
    for number, body in objects.items():
        table[number] = b"%010d 00000 n \n" % len(file)
        file += body
    start = len(file)
    file += b"xref\n0 %d\n" % size + b"".join(table)
    file += b"trailer\n<</Size %d\n/Root %d 0 R\n/Info %d 0 R>>\n" % (size, root_id, info_id)
    return bytes(file + b"startxref\n%d\n%%%%EOF\n" % start)


def _number(pattern: bytes, content: bytes) -> int:
    found = re.search(pattern, content)
    if not found:
        raise ExportError(UNKNOWN.format("a reference is missing"))
    return int(found[1])


def _decimal(number: float) -> bytes:
    return b"%.4f" % number


def _text(text: str) -> bytes:
    content = b"\xfe\xff" + text.encode("utf-16-be", errors="replace")
    return b"<" + content.hex().upper().encode() + b">"
