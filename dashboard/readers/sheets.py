"""The records of an Excel workbook: of one sheet, or of several with the same columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from python_calamine import CalamineSheet

from dashboard.errors import plural, shown
from dashboard.provenance import Rejects
from dashboard.readers.base import Batch, Source, listed
from dashboard.readers.mapping import SAYABLE
from dashboard.readers.workbooks import HEAD_ROWS, column_names, rows_of, sheets, table_start

CELLS_AT_A_TIME = 500_000
# Sheets that are not read are named up to so many; the records of the others are added up.
MOST_NAMED = 12
# Two commands take a table that nothing is said of, and are told of a sheet in this way.
ELSEWHERE = "For match and --compare, import it so into a folder first."
# A record's number in the table, its sheet, its line there, and its cells.
_Row = tuple[int, str, int, list[str]]


class SheetTable:
    """The sheets that a head names, one after the other, as one table."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.names = source.head.sheets
        self.header: tuple[str, ...] = source.head.header
        is_one = len(self.names) == 1
        self.assumptions = [
            f"The sheet {shown(self.names[0])} of the workbook was read."
            if is_one
            else f"The sheets {listed(self.names)} of the workbook were read as one table."
        ]
        self.assumptions += self._not_read()

    def _not_read(self) -> list[str]:
        """Say which sheets with records are not read, and what would have them read."""
        numbers: dict[str, int] = {}
        alike = list(self.names)
        for sheet in sheets(self.source.path, self.source.head.other_sheets):
            header, records = _table(sheet)
            first = next(records, None)
            if first is None:
                continue
            number = sum(1 for _ in records) + (not _is_hxl(first[1]))
            if number:
                numbers[sheet.name] = number
                if column_names(header) == column_names(self.header):
                    alike.append(sheet.name)
        if not numbers:
            return []
        is_told = bool(self.source.options.sheets)
        return [_listed(numbers)] if is_told else [_listed(numbers), _remedy(alike)]

    def batches(self) -> Iterator[Batch]:
        """Read the sheets once; records are numbered through, lines in each sheet.

        A batch does not end with its sheet: the form of a column's days is found in the first one,
        and all sheets have their say in it, as the records of one CSV have.
        """
        most = max(200, CELLS_AT_A_TIME // max(len(self.header), 1))
        number = 0
        some: list[_Row] = []
        for place, sheet in enumerate(sheets(self.source.path, self.names)):
            for line, cells in self._records(sheet):
                number += 1
                some.append((number, sheet.name, line, cells))
                if len(some) == most:
                    yield self._batch(some)
                    part = line / max(sheet.total_height, line)
                    self.source.options.progress((place + part) / len(self.names))
                    some = []
        if some:
            yield self._batch(some)
        self.source.options.progress(1.0)

    def _records(self, sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
        """Give line and cells of a sheet's records, all as long as the header."""
        records = _table(sheet)[1]
        first = next(records, None)
        if first and _is_hxl(first[1]):
            self.assumptions.append("The second line holds HXL tags and was left out.")
            first = None
        for line, cells in chain([first] if first else [], records):
            yield line, cells + [""] * (len(self.header) - len(cells))

    def _batch(self, some: Sequence[_Row]) -> Batch:
        numbers, names, lines, rows = zip(*some, strict=True)
        columns: dict[str, Sequence[str]] = {}
        for name, column in zip(self.header, zip(*rows, strict=True), strict=True):
            if name:
                columns.setdefault(name.casefold(), column)
        return Batch(numbers, lines, columns, _Texts(rows), names if len(self.names) > 1 else ())

    def rejects(self, texts: Sequence[str]) -> Rejects:
        """Make the kept-aside file: a CSV with the columns of the sheets."""
        return Rejects(csv_line(self.header), tuple(texts), encoding="utf-8-sig")


def _table(sheet: CalamineSheet) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return a sheet's header, and line and cells of each row behind it that is not blank."""
    rows = rows_of(sheet)
    head = list(islice(rows, HEAD_ROWS))
    start = table_start(head) if head else 0
    records = (
        (line, cells)
        for line, cells in enumerate(chain(head, rows), 1)
        if line > start + 1 and any(map(str.strip, cells))
    )
    return head[start] if head else [], records


def _is_hxl(cells: Sequence[str]) -> bool:
    tagged = [value for value in cells if value.strip()]
    return all(value.strip().startswith("#") for value in tagged)


class _Texts(Sequence[str]):
    """Rows as lines of CSV, written only where one is asked for."""

    def __init__(self, rows: Sequence[list[str]]) -> None:
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


def _listed(numbers: dict[str, int]) -> str:
    """Name sheets that are not read, each with the number of its records."""
    items = list(numbers.items())
    named = [f"{shown(name, 40)}, {plural(number, 'record')}" for name, number in items]
    rest = items[MOST_NAMED:]
    if rest:
        records = plural(sum(number for _, number in rest), "record")
        named[MOST_NAMED:] = [f"and {len(rest):,} more, {records}"]
    return f"Not read: the sheet{'s' if len(items) > 1 else ''} {'; '.join(named)}."


def _remedy(alike: Sequence[str]) -> str:
    """Say how other sheets can be read; an odd name is not one to be repeated."""
    if len(alike) == 1:
        return f"To read another sheet, name it: --sheet NAME. {ELSEWHERE}"
    options = " ".join(f'--sheet "{name}"' for name in alike)
    if len(alike) > MOST_NAMED or not all(map(SAYABLE.match, alike)):
        options = "--sheet NAME for each"
    return f"To read sheets of the same columns as one table: {options}. {ELSEWHERE}"
