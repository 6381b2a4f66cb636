"""The rows of a table as they are read: whole one by one, in brief for what refers to them."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Row = dict[str, object]
_NO_VALUES: Row = {}


@dataclass(frozen=True, slots=True)
class Record:
    """One row that was read: its number in the table, its line in the file, its cells."""

    number: int
    line: int
    cells: Mapping[str, str]
    values: Row


class Cells(Mapping[str, str]):
    """The cells of a row by column: a fraction of a dictionary's size."""

    __slots__ = ("_places", "_texts")

    def __init__(self, places: Mapping[str, int], texts: Sequence[str]) -> None:
        """Take where each column's cell stands in `texts`."""
        self._places = places
        self._texts = texts

    def __getitem__(self, column: str) -> str:
        """Return a column's cell."""
        return self._texts[self._places[column]]

    def __iter__(self) -> Iterator[str]:
        """Go through the columns."""
        return iter(self._places)

    def __len__(self) -> int:
        """Count the columns."""
        return len(self._places)


class Briefs(Collection[Record]):
    """What of the rows of a table others may refer to: the cells of some columns, in their places.

    Kept by column: an object for each row of a large table would be larger than the table.
    """

    def __init__(self, columns: Iterable[str]) -> None:
        """Take the names of the columns."""
        names = dict.fromkeys(columns)
        self._places = {name: place for place, name in enumerate(names)}
        self._numbers, self._lines = array("q"), array("q")
        self._texts: list[list[str]] = [[] for _ in names]

    def add(self, record: Record) -> None:
        """Keep a row in brief."""
        self._numbers.append(record.number)
        self._lines.append(record.line)
        for name, texts in zip(self._places, self._texts, strict=True):
            # One text for all rows of all tables that refer to one key.
            texts.append(sys.intern(record.cells[name]))

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[Record]:
        """Go through the rows, without their values."""
        for number, line, *texts in zip(self._numbers, self._lines, *self._texts, strict=True):
            yield Record(number, line, Cells(self._places, texts), _NO_VALUES)

    def __contains__(self, record: object) -> bool:
        """Whether a row is one of them."""
        return any(record == one for one in self)
