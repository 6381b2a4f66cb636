"""What every reader of a foreign table shares: the head of a file, a source, a batch, a reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from dashboard.dataset import Dataset
from dashboard.errors import ReaderError, nearest, shown
from dashboard.provenance import Rejects, Report, Terms

__all__ = [
    "Batch",
    "Fault",
    "Head",
    "Options",
    "Reading",
    "Rejects",
    "Report",
    "Source",
    "Terms",
    "Warn",
]

T = TypeVar("T")
_KEY = re.compile(r'"((?:[^"\\]|\\.){1,80})"\s*:')


@dataclass(frozen=True)
class Head:
    """The beginning of a file, from which its form is told.

    Attributes:
        name: The file's name.
        kind: "csv" (any delimited text), "json", "xml", "workbook", "kmz", "folder" or "package" (a
            zip that holds an events.csv).
        raw: Its first bytes, about 64 kB, unpacked where the file is gzipped.
        text: The same, decoded; "" for a workbook, a KMZ and a folder.
        header: The cells of the first line of a CSV or sheet, without blanks around them; the names
            of its files for a folder.
        rows: A few records behind it, as they stand (an HXL line may be the first).
        sheets: Of a workbook, the names of the sheets that this is the head of: one, or several
            with the same header that are read as one table.
        other_sheets: The names of its other sheets that are not empty.
    """

    name: str
    kind: str
    raw: bytes = b""
    text: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sheets: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The column names in lower case, or the keys that occur at the head of a JSON text."""
        if self.kind == "json":
            return frozenset(_KEY.findall(self.text))
        return frozenset(name.casefold() for name in self.header)

    def share(self, names: Iterable[str]) -> float:
        """Return which part of some column names the file has, 0 to 1."""
        wanted = {name.casefold() for name in names}
        lowered = {name.casefold() for name in self.names}
        return len(wanted & lowered) / len(wanted) if wanted else 0.0


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader is told besides the file: nothing of it is needed.

    Attributes:
        encoding: Instead of the one that is sniffed, "cp1252".
        delimiter: Instead of the one that is sniffed, ";".
        date_format: Instead of the one that is found, a key of `readers.dates.FORMS`, "d/m/y".
        mapping: For a plain table: our column by the table's own, as its reader explains.
        progress: Called now and then with the part that has been read, 0 to 1.
        sheets: Of a workbook, the names of the sheets to read, instead of the one that is found.
    """

    encoding: str = ""
    delimiter: str = ""
    date_format: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    progress: Callable[[float], None] = lambda _: None
    sheets: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A foreign table in our schema, and what became of each of its records."""

    dataset: Dataset
    report: Report


@dataclass(frozen=True, slots=True)
class Fault:
    """What a cell reader gives for a cell that makes its record unusable."""

    reason: str


@dataclass(frozen=True, slots=True)
class Warn:
    """What a cell reader gives for a cell that is odd: the value to go on with, and why."""

    value: object
    reason: str


@dataclass(eq=False)
class Batch:
    """Some records of a file, column by column, and what is wrong with them.

    Attributes:
        numbers: Each record's number in the file, from 1.
        lines: The line that it begins on (0: the file has no lines).
        columns: The cells by column name in lower case, each list as long as `numbers`.
        texts: Each record as it stands in the file, for the kept-aside file.
        sheets: The sheet of each record's line, where several of a workbook are read, else ().
    """

    numbers: Sequence[int]
    lines: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    texts: Sequence[str]
    sheets: Sequence[str] = ()
    faults: list[tuple[int, str, str, str]] = field(default_factory=list)
    warnings: list[tuple[int, str, str, str]] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        """Count its records."""
        return len(self.numbers)

    def cells(self, name: str) -> Sequence[str]:
        """Return a column as it stands; one that the file lacks is empty throughout."""
        return self.columns.get(name) or [""] * len(self)

    def read(self, name: str, memo: Memo) -> list:
        """Read each cell of a column; one that gives a `Fault` rejects its record.

        Args:
            name: The column; one that the file lacks is read as empty.
            memo: A cell reader, which remembers.

        Returns:
            A value for each record, None where it is rejected.
        """
        values = [memo[cell] for cell in self.cells(name)]
        for place, value in enumerate(values):
            kind = value.__class__
            if kind is Fault:
                self.reject(place, name, value.reason)
                values[place] = None
            elif kind is Warn:
                self.warn(place, name, value.reason)
                values[place] = value.value
        return values

    def each(self, name: str, read: Callable[[str], T]) -> list[T]:
        """Read each cell of a column with a plain function that cannot fail, for free texts."""
        cells = self.columns.get(name)
        return [read(cell) for cell in cells] if cells else [read("")] * len(self)

    def reject(self, place: int, column: str, reason: str, value: str | None = None) -> None:
        """Leave a record out, and say why; `place` counts within the batch, from 0."""
        self.bad.add(place)
        self.faults.append((place, column, reason, self._value(place, column, value)))

    def warn(self, place: int, column: str, reason: str, value: str | None = None) -> None:
        """Keep a record, and say what is odd about it."""
        self.warnings.append((place, column, reason, self._value(place, column, value)))

    def _value(self, place: int, column: str, value: str | None) -> str:
        if value is not None:
            return value
        cells = self.columns.get(column)
        return cells[place] if cells else ""


class Memo(dict):
    """A cell reader that reads each different cell once: `memo[cell]`.

    A column of 300,000 cells has few different ones (days, codes, places), so this is as fast as
    reading the column at once, and each cell is still read by one plain function.
    """

    MOST = 20_000

    def __init__(self, read: Callable[[str], object]) -> None:
        super().__init__()
        self.of = read

    def __missing__(self, cell: str) -> object:
        """Read a new cell."""
        if len(self) >= self.MOST:
            self.clear()
        value = self[cell] = self.of(cell)
        return value


@dataclass(frozen=True)
class Source:
    """One file to read: where it is, how it begins, what we were told of it."""

    path: Path
    head: Head
    options: Options = Options()

    @property
    def name(self) -> str:
        """The file's name."""
        return self.head.name


def require_columns(file: str, form: str, header: Sequence[str], needed: Iterable[str]) -> None:
    """Make sure that a table has the columns that its form needs.

    Raises:
        ReaderError: Some are missing; the sentence names them and the nearest that is there.
    """
    names = {name.casefold(): name for name in header}
    missing = [name for name in needed if name not in names]
    if missing:
        raise ReaderError(
            f"{file} looks like {form} but lacks the {listed_columns(missing)}."
            f"{nearest(missing[0], names)} It has the {listed_columns(header)}."
        )


def listed_columns(names: Sequence[str], most: int = 12) -> str:
    """Name columns, no more than fit into a sentence."""
    return f"column{'s' if len(names) > 1 else ''} {listed(names, most)}"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Name words of a table, no more than fit into a sentence."""
    words = [shown(name, 40) for name in names]
    more = f" and {len(words) - most:,} more" if len(words) > most else ""
    return f"{', '.join(words[:most])}{more}"
