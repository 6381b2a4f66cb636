"""The days of a column: one form for all its cells, found once and kept to."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence

from dashboard.errors import ReaderError, nearest, shown
from dashboard.readers.base import Batch, Fault, Memo, Source
from dashboard.readers.values import Day, calendar_day, is_blank

_TIME = r"(?:[T ][0-9:.]{4,15}(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YMD = re.compile(rf"([0-9]{{4}})[-/]([0-9]{{1,2}})[-/]([0-9]{{1,2}}){_TIME}\Z")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})\Z")
_NUMBERS = re.compile(rf"([0-9]{{1,2}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{4}}){_TIME}\Z")
_WORDS = re.compile(r"([0-9]{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})\Z")
_US_WORDS = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})\Z")
_SERIAL = re.compile(r"([0-9]{5})(?:\.0+)?\Z")
# Excel counts days from here; it takes 1900 for a leap year, so only days after it are right.
_EXCEL_ZERO = datetime.date(1899, 12, 30)


def _ymd(cell: str) -> Day | Fault | None:
    match = _YMD.match(cell)
    return calendar_day(int(match[1]), int(match[2]), int(match[3]), cell) if match else None


def _compact(cell: str) -> Day | Fault | None:
    match = _COMPACT.match(cell)
    return calendar_day(int(match[1]), int(match[2]), int(match[3]), cell) if match else None


def _dmy(cell: str) -> Day | Fault | None:
    match = _NUMBERS.match(cell)
    return calendar_day(int(match[3]), int(match[2]), int(match[1]), cell) if match else None


def _mdy(cell: str) -> Day | Fault | None:
    match = _NUMBERS.match(cell)
    return calendar_day(int(match[3]), int(match[1]), int(match[2]), cell) if match else None


def _words(cell: str) -> Day | Fault | None:
    match = _WORDS.match(cell)
    day, month, year = match.groups() if match else ("", "", "")
    if not match:
        match = _US_WORDS.match(cell)
        month, day, year = match.groups() if match else ("", "", "")
    if not match or month[:3].casefold() not in MONTHS:
        return None
    return calendar_day(int(year), MONTHS.index(month[:3].casefold()) + 1, int(day), cell)


def _serial(cell: str) -> Day | Fault | None:
    match = _SERIAL.match(cell)
    return _EXCEL_ZERO + datetime.timedelta(days=int(match[1])) if match else None


# Each form of a date: how it is written, and its reader (None: the cell has another form).
FORMS: dict[str, Callable[[str], Day | Fault | None]] = {
    "y-m-d": _ymd,
    "d month y": _words,
    "d/m/y": _dmy,
    "m/d/y": _mdy,
    "yyyymmdd": _compact,
    "Excel day": _serial,
}


def form_of(cells: Iterable[str], column: str, file: str, if_unsure: str = "") -> str:
    """Find the one form that a column's days are written in.

    Args:
        cells: Days of the column, the more the better.
        column: Its name, for the message.
        file: The file's name, for the message.
        if_unsure: "d/m/y" or "m/d/y", for days that may be either.

    Raises:
        ReaderError: No form fits, or day and month can be told apart by nothing.
    """
    some = [cell.strip() for cell in dict.fromkeys(cells) if not is_blank(cell)]
    found = {name: _sound(read, some) for name, read in FORMS.items()}
    best = max(found, key=lambda name: found[name])
    if not some or not found[best]:
        seen = f" It holds {', '.join(map(shown, some[:3]))}." if some else " It is empty."
        raise ReaderError(f"{file}: the column {column} has no dates that can be read.{seen}")
    if best in _UNSURE and found[_UNSURE[0]] == found[_UNSURE[1]]:
        if if_unsure:
            return if_unsure
        raise ReaderError(
            f"{file}: {shown(some[0])} in {column} may be day/month or month/day, and no other date"
            " of the column tells. Say which: date format d/m/y or m/d/y."
        )
    return best


def told_order(cells: Iterable[str]) -> str:
    """Return "d/m/y" or "m/d/y" if some cell can be only one of them, else ""."""
    some = [cell.strip() for cell in dict.fromkeys(cells)]
    day_first, month_first = (_sound(FORMS[name], some) for name in _UNSURE)
    if day_first == month_first:
        return ""
    return _UNSURE[0] if day_first > month_first else _UNSURE[1]


def known_form(name: str) -> str:
    """Return the name of a form of dates.

    Raises:
        ReaderError: None is called so.
    """
    if name not in FORMS:
        raise ReaderError(
            f"No form of dates is called {shown(name)}.{nearest(name, FORMS)}"
            f" The forms are {', '.join(FORMS)}."
        )
    return name


def _sound(read: Callable[[str], Day | Fault | None], cells: Sequence[str]) -> int:
    return sum(isinstance(read(cell), Day) for cell in cells)


_UNSURE = ("d/m/y", "m/d/y")


class DayColumn:
    """A column of days, whose form is found in the first batch that has any."""

    def __init__(
        self, column: str, source: Source, *, is_needed: bool = True, if_unsure: str = ""
    ) -> None:
        self.column = column
        self.source = source
        self.is_needed = is_needed
        self.if_unsure = if_unsure
        self.form = ""
        self._memo = Memo(lambda cell: None)

    def read(self, batch: Batch) -> list:
        """Read the days of a batch; None where an optional one is empty.

        Raises:
            ReaderError: The first batch does not tell the form of the days.
        """
        cells = batch.cells(self.column)
        if not self.form and (self.is_needed or not all(map(is_blank, cells))):
            said = self.source.options.date_format
            self.form = (
                known_form(said)
                if said
                else form_of(cells, self.column, self.source.name, self.if_unsure)
            )
            self._memo = reader(self.form, is_needed=self.is_needed)
        return batch.read(self.column, self._memo)

    @property
    def sentence(self) -> str:
        """Say in which form the days were read."""
        return f"Dates in {self.column} are written {self.form}." if self.form else ""


def reader(form: str, *, is_needed: bool = True) -> Memo:
    """Make a reader of days: another form is a fault, and an empty cell where one is needed."""
    read_day = FORMS[form]

    def read(cell: str) -> Day | Fault | None:
        bare = cell.strip()
        if is_blank(bare):
            return Fault("is empty: the event has no date.") if is_needed else None
        day = read_day(bare)
        return Fault(f"{shown(cell)} is not a day in the form {form}.") if day is None else day

    return Memo(read)
