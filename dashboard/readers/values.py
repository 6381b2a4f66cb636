"""Readers of one cell: a value, a `Fault` that rejects the record, or a `Warn` that keeps it."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable

from dashboard.errors import shown
from dashboard.readers.base import Fault, Warn
from dashboard.schema import DEGREE_PLACES

Day = datetime.date
# What programs write for "no value": R, pandas, spreadsheets, JSON.
BLANKS = frozenset(("", "na", "n/a", "nan", "nat", "null", "none", "<na>", "#n/a", ".", "-"))
_LONGEST_BLANK = max(map(len, BLANKS))
# An event outside these years is a slip of the pen: "0025" for 2025 stands in real files.
YEARS = (1800, 2100)
MOST_PERSONS = 999_999_999

_WHOLE = re.compile(r"([+-]?[0-9]{1,15})(?:\.0*|,0+)?\Z")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?\Z")
# Written in English or in German, Spanish, Portuguese. No thousand begins with 0.
_THOUSANDS = re.compile(r"\+?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:\.[0-9]{3})+)\Z")


def text(cell: str) -> str:
    """Return a text in one line: no control characters, single spaces, none at its ends."""
    line = " ".join(cell.split())
    if line.isprintable():
        return line
    return " ".join("".join(filter(_is_sound, line)).split())


def _is_sound(letter: str) -> bool:
    return letter >= " " and not "\x7f" <= letter <= "\x9f" and not "\ud800" <= letter <= "\udfff"


def text_or_blank(cell: str) -> str:
    """Return a text in one line; what stands for no value gives ""."""
    if not cell:
        return ""
    line = text(cell)
    return "" if len(line) <= _LONGEST_BLANK and line.casefold() in BLANKS else line


def is_blank(cell: str) -> bool:
    """Whether a cell holds no value."""
    return cell.strip().casefold() in BLANKS


def whole(cell: str) -> int | None | Fault:
    """Read a whole number, also one that a program has made a fraction: "15960.0"."""
    bare = cell.strip()
    if bare.casefold() in BLANKS:
        return None
    if is_ambiguous(bare):
        return ambiguous(cell)
    match = _WHOLE.match(bare)
    return int(match[1]) if match else Fault(f"{shown(cell)} is not a whole number.")


def is_ambiguous(cell: str) -> bool:
    """Whether a number may have its thousands marked, or be a fraction: "1.000", "1,500"."""
    return bool(_THOUSANDS.match(cell.strip()))


def ambiguous(cell: str) -> Fault:
    """Refuse such a number."""
    return Fault(f"{shown(cell)} may be thousands or a fraction. Write digits only.")


def count(cell: str) -> int | None | Fault | Warn:
    """Read a number of persons; a negative one is unknown, with a warning."""
    number = whole(cell)
    if not isinstance(number, int):
        return number
    if number < 0:
        return Warn(None, f"{shown(cell)} is negative: taken as unknown.")
    if number > MOST_PERSONS:
        return Fault(f"{shown(cell)} is too large for a number of persons.")
    return number


def coded_count(*unknown: int) -> Callable[[str], int | None | Fault | Warn]:
    """Make a reader of persons for a source that writes unknown as certain negative numbers."""

    def read(cell: str) -> int | None | Fault | Warn:
        number = whole(cell)
        return None if number in unknown else count(cell)

    return read


def code(cell: str) -> str:
    """Read a code: "1.0" gives "1"; "1.000" may be another than 1 and stays; no value gives ""."""
    bare = text_or_blank(cell)
    match = None if is_ambiguous(bare) else _WHOLE.match(bare)
    return str(int(match[1])) if match else bare


def number(cell: str) -> float | None | Fault:
    """Read a number, with a decimal point or comma."""
    bare = cell.strip()
    if bare.casefold() in BLANKS:
        return None
    if not _NUMBER.match(bare):
        return Fault(f"{shown(cell)} is not a number.")
    return float(bare.replace(",", "."))


def degrees(limit: int) -> Callable[[str], float | None | Warn]:
    """Make a reader of latitudes (90) or longitudes (180); what is none leaves the event unplaced.

    A comma can only be a decimal one: no coordinate has thousands.
    """

    def read(cell: str) -> float | None | Warn:
        value = number(cell)
        if isinstance(value, float) and abs(value) <= limit:
            return round(value, DEGREE_PLACES) + 0.0
        if value is None:
            return None
        return Warn(None, f"{shown(cell)} is not in degrees from -{limit} to {limit}: no place.")

    return read


latitude, longitude = degrees(90), degrees(180)


def month_span(year: int, month: int) -> tuple[Day, Day]:
    """Return the first and last day of a month."""
    return Day(year, month, 1), Day(year, month, calendar.monthrange(year, month)[1])


def year_span(year: int) -> tuple[Day, Day]:
    """Return the first and last day of a year."""
    return Day(year, 1, 1), Day(year, 12, 31)


def calendar_day(year: int, month: int, day: int, cell: str) -> Day | Fault:
    """Return a day of the calendar in a year that can be meant."""
    if not YEARS[0] <= year <= YEARS[1]:
        hint = f" Is {year + 2000} meant?" if 0 <= year < 100 else ""
        return Fault(f"{shown(cell)} is in the year {year}.{hint}")
    try:
        return Day(year, month, day)
    except ValueError:
        return Fault(f"{shown(cell)} is not a day of the calendar.")


def slug(name: str) -> str:
    """Bring a name to the form of a key: lower-case letters, digits, single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def ordered_toll(
    low: int | None, best: int | None, high: int | None
) -> tuple[int | None, int | None, int | None, str]:
    """Order a toll, the best figure left as it is: sums of it stay those of the source.

    Returns:
        low, best, high (all or none of them) and what was wrong, "" for nothing.
    """
    known = [figure for figure in (low, best, high) if figure is not None]
    if not known:
        return None, None, None, ""
    if best is None:
        best = low if low is not None else high
        return min(known), best, max(known), f"The best figure is missing: {best} is taken for it."
    least, most = min(known), max(known)
    if (low is not None and low > best) or (high is not None and high < best):
        listed = ", ".join("?" if figure is None else str(figure) for figure in (low, best, high))
        return least, best, most, f"{listed} are not in the order low, best, high."
    return least, best, most, ""
