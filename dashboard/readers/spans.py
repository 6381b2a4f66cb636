"""Dates that may be known only to the month or year: first day, last day, precision."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.errors import shown
from dashboard.readers.base import Batch, Fault, Memo, Source
from dashboard.readers.dates import FORMS, MONTHS, form_of, known_form, told_order
from dashboard.readers.values import YEARS, Day, is_blank, month_span, year_span

Span = tuple[Day, Day, str]

# From the finest to the coarsest.
FINENESS = ("day", "week", "month", "year")
_YEAR = re.compile(r"([0-9]{4})(?:\.0+|[-/]00(?:[-/]00)?)?\Z")
_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})(?:[-/]00)?\Z")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})\Z")
_MONTH_WORD = re.compile(r"([A-Za-z]{3,9})\.?,? ([0-9]{4})\Z")


def partial(cell: str) -> Span | Fault | None:
    """Read a year ("2014") or a month ("2014-06", "6/2014", "June 2014"); None for another form."""
    bare = cell.strip()
    match = _YEAR.match(bare)
    if match:
        return span(int(match[1]), None, None, cell)
    match = _MONTH.match(bare)
    if match:
        return span(int(match[1]), int(match[2]), None, cell)
    match = _MONTH_YEAR.match(bare)
    if match:
        return span(int(match[2]), int(match[1]), None, cell)
    match = _MONTH_WORD.match(bare)
    if match and match[1][:3].casefold() in MONTHS:
        return span(int(match[2]), MONTHS.index(match[1][:3].casefold()) + 1, None, cell)
    return None


def span(year: int, month: int | None, day: int | None, cell: str) -> Span | Fault:
    """Return the span of a date whose month and day may be unknown (None or 0).

    Args:
        year: The year.
        month: 1 to 12.
        day: 1 to 31; left out where the month is.
        cell: What stands in the table, for the reason of a `Fault`.
    """
    if not YEARS[0] <= year <= YEARS[1]:
        return Fault(
            f"{shown(cell)} is in the year {year}: years from {YEARS[0]} to {YEARS[1]} can be read."
        )
    if not month:
        return (*year_span(year), "year")
    if not 1 <= month <= 12:
        return Fault(f"{shown(cell)} is not a day of the calendar.")
    if not day:
        return (*month_span(year, month), "month")
    try:
        first = Day(year, month, day)
    except (ValueError, OverflowError):
        return Fault(f"{shown(cell)} is not a day of the calendar.")
    return first, first, "day"


class SpanColumn:
    """A column of days, months and years; the form of its days is found once and kept to.

    `partner` is a column of the same table that may tell whether the day or the month comes first.
    """

    def __init__(
        self, column: str, source: Source, date_format: str = "", if_unsure: str = ""
    ) -> None:
        self.column = column
        self.source = source
        self.form = known_form(date_format) if date_format else ""
        self.if_unsure = if_unsure
        self.partner = ""
        self.has_partial = False
        self._memo = Memo(self._read)

    def read(self, batch: Batch) -> list[Span | None]:
        """Read the dates of a batch; None where a cell is empty.

        Raises:
            ReaderError: The first batch with days does not tell their form.
        """
        if not self.form:
            cells = batch.cells(self.column)
            days = [cell for cell in cells if not is_blank(cell) and partial(cell) is None]
            if days:
                order = self.if_unsure or told_order(batch.cells(self.partner))
                self.form = form_of(days, self.column, self.source.name, order)
        return batch.read(self.column, self._memo)

    def _read(self, cell: str) -> Span | Fault | None:
        if is_blank(cell):
            return None
        found = partial(cell)
        if found is not None:
            self.has_partial = True
            return found
        day = FORMS[self.form](cell.strip())
        if day is None:
            return Fault(f"{shown(cell)} is not a day in the form {self.form}.")
        return day if isinstance(day, Fault) else (day, day, "day")

    @property
    def sentences(self) -> Sequence[str]:
        """Say in which form the dates were read."""
        said = [f"Dates in {self.column} are written {self.form}."] if self.form else []
        if self.has_partial:
            said.append(
                f"Dates in {self.column} without a day or month span the whole month or year."
            )
        return said


def joined(start: Span | None, end: Span | None) -> Span | None:
    """Return the span from one date to another, as precise as the coarser of both."""
    if start is None or end is None:
        return start or end
    return start[0], end[1], max(start[2], end[2], key=FINENESS.index)
