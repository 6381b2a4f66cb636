"""The records of an Excel workbook (xlsx), from the sheet that looks most like a table."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from dashboard.errors import ReaderError
from dashboard.provenance import Rejects
from dashboard.readers.base import Batch, Source

CELLS_AT_A_TIME = 500_000
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


def sheets(path: Path) -> tuple[list[str], list[list[list[str]]]]:
    """Return the names of a workbook's sheets and the first rows of each.

    Raises:
        ReaderError: It cannot be opened.
    """
    check_workbook(path)
    names, rows = [], []
    for sheet in _sheets(path):
        names.append(sheet.name)
        rows.append([row for row, _ in zip(_rows(sheet), range(12), strict=False)])
    return names, rows


def _sheets(path: Path) -> list[CalamineSheet]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        return [book.get_sheet_by_name(name) for name in book.sheet_names]
    except (CalamineError, OSError):
        raise ReaderError(f"{path.name} {_DAMAGED}") from None


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
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


class SheetTable:
    """The sheet of a workbook as a table."""

    def __init__(self, source: Source) -> None:
        self.source = source
        found = _sheets(source.path)
        heads = [[row for row, _ in zip(_rows(one), range(12), strict=False)] for one in found]
        place = widest(heads)
        self.sheet = found[place]
        self.start = table_start(heads[place])
        self.header: tuple[str, ...] = tuple(name.strip() for name in heads[place][self.start])
        self.assumptions = [f"The sheet {self.sheet.name!r} of the workbook was read."]

    def batches(self) -> Iterator[Batch]:
        """Read the sheet once."""
        most = max(200, CELLS_AT_A_TIME // max(len(self.header), 1))
        number = 0
        some: list[tuple[int, int, list[str]]] = []
        for line, cells in enumerate(_rows(self.sheet), 1):
            if line <= self.start + 1 or not any(map(str.strip, cells)):
                continue
            if not number and not some and self._is_hxl(cells):
                self.assumptions.append("The second line holds HXL tags and was left out.")
                continue
            number += 1
            some.append((number, line, cells))
            if len(some) == most:
                yield self._batch(some)
                self.source.options.progress(line / max(self.sheet.total_height, line))
                some = []
        if some:
            yield self._batch(some)
        self.source.options.progress(1.0)

    def _batch(self, some: list[tuple[int, int, list[str]]]) -> Batch:
        cells = list(zip(*(row for _, _, row in some), strict=True))
        columns: dict[str, Sequence[str]] = {}
        for name, column in zip(self.header, cells, strict=True):
            if name:
                columns.setdefault(name.casefold(), column)
        numbers, lines = [item[0] for item in some], [item[1] for item in some]
        return Batch(numbers, lines, columns, _Texts([row for _, _, row in some]))

    @staticmethod
    def _is_hxl(cells: Sequence[str]) -> bool:
        tagged = [value for value in cells if value.strip()]
        return all(value.strip().startswith("#") for value in tagged)

    def rejects(self, texts: Sequence[str]) -> Rejects:
        """Make the kept-aside file: a CSV with the sheet's columns."""
        return Rejects(csv_line(self.header), tuple(texts), encoding="utf-8-sig")


class _Texts(Sequence[str]):
    """Rows as lines of CSV, written only where one is asked for."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place):
        return csv_line(self.rows[place])


def csv_line(cells: Sequence[str]) -> str:
    """Write one line of CSV with its end."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def widest(heads: Sequence[Sequence[Sequence[str]]]) -> int:
    """Return the place of the sheet whose header has most cells."""
    widths = [
        max((sum(1 for value in row if value.strip()) for row in head), default=0) for head in heads
    ]
    return widths.index(max(widths)) if widths else 0
