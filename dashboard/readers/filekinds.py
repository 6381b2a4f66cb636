"""What a file is, told by its first bytes."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from dashboard.errors import ReaderError, plural
from dashboard.readers.archives import parts
from dashboard.readers.files import without_marks

# What a file is by its first bytes, and what to do instead.
_OTHER = (
    (b"%PDF", "a PDF document", "Ask its source for a CSV file."),
    (b"\x89PNG", "a picture", "Choose the table itself."),
    (b"\xff\xd8\xff", "a picture", "Choose the table itself."),
    (b"PAR1", "a Parquet file", "Save it as CSV."),
    (b"ARROW1", "an Arrow file", "Save it as CSV."),
    (b"SQLite format 3", "an SQLite database", "Save its table as CSV."),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (xls)", "Save it as xlsx or CSV."),
    (b"RDX", "an R data file", "Save its table with write.csv in R."),
    (b"BZh", "packed with bzip2", "Unpack it first."),
    (b"\xfd7zXZ", "packed with xz", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
)


def kind_of(path: Path, raw: bytes) -> str:
    """Tell "csv", "json", "xml", "workbook", "kmz" or "package" (a zip of one) by the first bytes.

    Raises:
        ReaderError: It is none of them; the sentence says what it is and what to do.
    """
    name = path.name
    for magic, what, advice in _OTHER:
        if raw.startswith(magic):
            raise ReaderError(f"{name} is {what}, not a table that can be read here. {advice}")
    if raw.startswith(b"PK"):
        return _kind_of_zip(path)
    if not raw.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise ReaderError(f"{name} is empty. Its first line must name the columns.")
    if b"\0" in raw and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ReaderError(
            f"{name} is not a text: it holds NUL bytes. Save the table as CSV in UTF-8."
        )
    start = without_marks(raw[: 16 * 1024]).lstrip()
    if start.lstrip(b"\x1e \t\r\n").startswith((b"{", b"[")):
        return "json"
    if re.match(rb"<(!doctype html|html)", start, re.IGNORECASE):
        raise ReaderError(
            f"{name} is a web page, not a table: the download may have needed a login."
        )
    return "xml" if start.startswith(b"<") else "csv"


def _kind_of_zip(path: Path) -> str:
    names = parts(path)
    if "xl/workbook.xml" in names:
        return "workbook"
    if any(name.casefold().endswith(".kml") for name in names):
        return "kmz"
    if any(name.rpartition("/")[2] == "events.csv" for name in names):
        return "package"
    tables = [name for name in names if name.casefold().endswith((".csv", ".xlsx", ".json"))]
    inside = f" and open {tables[0]}" if tables else f"; it holds {plural(len(names), 'file')}"
    raise ReaderError(f"{path.name} is a zip archive. Unpack it{inside}.")
