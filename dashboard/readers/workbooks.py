"""The sheets of an Excel workbook (xlsx) and their cells as texts."""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from dashboard.errors import ReaderError

# So many rows of a sheet are looked at for its header.
HEAD_ROWS = 12
# A sheet is held as a full grid: a stray cell in its last row or column would fill the memory.
MOST_CELLS = 80_000_000
# No sheet of Excel has more columns; a damaged reference may name one far beyond.
MOST_COLUMNS = 16_384
MOST_BYTES, MOST_GROWTH = 3 * 1024**3, 250
_SMALL = 64 * 1024 * 1024
_COLUMN = re.compile(rb'\br="([A-Za-z]{1,12})[0-9]')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="([0-9]{1,12})"')
# A cell that says a row of its own: only what lies far down is of interest.
_FAR = re.compile(rb'\br="[A-Za-z]{1,12}([0-9]{6,12})"')
_DAMAGED = "is an Excel file that is cut off or damaged. Save it again, or as CSV."


def check_workbook(path: Path) -> None:
    """Make sure that a workbook fits into memory before it is opened.

    Raises:
        ReaderError: It grows too much when unpacked, its sheet is too large, or it is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            fault = next(filter(None, (_fault(archive, part) for part in archive.infolist())), "")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, zlib.error, OSError):
        fault = _DAMAGED
    if fault:
        raise ReaderError(f"{path.name} {fault}")


def _fault(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """Say why a part of a workbook should not be read, "" where it may be."""
    growth = part.file_size / max(part.compress_size, 1)
    if part.file_size > MOST_BYTES or (part.file_size > _SMALL and growth > MOST_GROWTH):
        return f"grows to {part.file_size // 1024**2:,} MB when unpacked: refused."
    if not (part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")):
        return ""
    columns: set[bytes] = set()
    rows = read = 0
    tail = b""
    with archive.open(part) as sheet:
        while block := sheet.read(4 * 1024 * 1024):
            read += len(block)
            if read > part.file_size + 1024:
                return _DAMAGED
            text = tail + block
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                return "holds XML entities: refused."
            columns.update(_COLUMN.findall(text))
            rows = max(rows, *map(int, _ROW.findall(text)), *map(int, _FAR.findall(text)), 0)
            tail = block[-256:]
    widest = max((_column_number(letters) for letters in columns), default=0)
    if rows * widest > MOST_CELLS or widest > MOST_COLUMNS:
        return (
            f"has a sheet that reaches to row {rows:,} and column {widest:,}. Delete the stray"
            " cells outside the table, or save it as CSV."
        )
    return ""


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def first_rows(path: Path) -> dict[str, list[list[str]]]:
    """Return the first rows of each sheet of a workbook, by its name.

    Raises:
        ReaderError: It cannot be opened.
    """
    check_workbook(path)
    return {sheet.name: list(islice(rows_of(sheet), HEAD_ROWS)) for sheet in sheets(path)}


def sheets(path: Path, names: Sequence[str] | None = None) -> Iterator[CalamineSheet]:
    """Open sheets one by one, as each is held whole: those that are named, else all.

    Raises:
        ReaderError: The workbook or a sheet cannot be read.
    """
    if names is not None and not names:
        return
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names if names is None else names:
            yield book.get_sheet_by_name(name)
    except (CalamineError, OSError):
        raise ReaderError(f"{path.name} {_DAMAGED}") from None


def rows_of(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Give the rows of a sheet from its first line on, all of one length."""
    for row in sheet.iter_rows():
        yield [cell(value) for value in row]


def cell(value: object) -> str:
    """Write a cell's value as a CSV would: whole numbers without a fraction, ISO days."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ") if value.time() != datetime.time() else value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value)


def table_start(rows: Sequence[Sequence[str]]) -> int:
    """Return which of a sheet's first rows is the header: the fullest; titles above are short."""
    filled = [sum(1 for value in row if value.strip()) for row in rows]
    return max(range(len(rows)), key=lambda place: (filled[place] >= 0.8 * max(filled), -place))


def column_names(header: Sequence[str]) -> list[str]:
    """Return the names of columns as they are compared: in lower case, none behind the last."""
    names = [name.strip().casefold() for name in header]
    while names and not names[-1]:
        names.pop()
    return names
