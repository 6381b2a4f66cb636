"""Versions of one event in one file: where a later download was appended, the latest stands."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping

from dashboard.errors import plural, shown
from dashboard.provenance import Terms
from dashboard.readers import values
from dashboard.readers.base import Batch, Memo, Reading, Source, require_columns
from dashboard.readers.building import Builder
from dashboard.readers.tabular import TableReader, fill, table_of


class Versions:
    """Knows when each record was last changed, and which ones a later record replaces.

    Args:
        column: The column of the events' ids.
        stamp: The column that says when a record was changed, as a number that grows.
        replaced: By the number of a record that is not to be loaded, that of the one which is.
    """

    def __init__(self, column: str, stamp: str, replaced: Mapping[int, int] | None = None) -> None:
        self.column = column
        self.stamp = stamp
        self.replaced = replaced or {}
        self._stamps = array("q")  # by the record's number: 8 bytes each, as there may be millions
        self._memo = Memo(_whole)

    def take(self, batch: Batch) -> None:
        """Note the records of a batch, and reject those that are replaced."""
        missing = max(batch.numbers) + 1 - len(self._stamps)
        self._stamps.extend([0] * missing)
        ids, stamps = batch.cells(self.column), batch.cells(self.stamp)
        for place, (number, cell) in enumerate(zip(batch.numbers, stamps, strict=True)):
            self._stamps[number] = self._memo[cell]  # type: ignore[assignment]
            if number in self.replaced:
                by = self.replaced[number]
                reason = (
                    f"{shown(ids[place])} is replaced by record {by}: its {self.stamp} is later."
                )
                batch.reject(place, self.column, reason)

    def among(self, doubles: Iterable[tuple[int, int]]) -> Versions:
        """Return what to read by, if some records are versions of others.

        Args:
            doubles: Pairs of a record and the first one of the same id.
        """
        groups: dict[int, list[int]] = {}
        for number, first in doubles:
            groups.setdefault(first, [first]).append(number)
        replaced = {}
        for numbers in groups.values():
            latest = max(numbers, key=self._stamps.__getitem__)  # of equal ones the first
            if latest != numbers[0]:
                older = [n for n in numbers if self._stamps[n] < self._stamps[latest]]
                replaced |= dict.fromkeys(older, latest)
        return Versions(self.column, self.stamp, replaced)

    @property
    def sentences(self) -> list[str]:
        """Say how many records were replaced."""
        if not self.replaced:
            return []
        number = plural(len(self.replaced), "record")
        return [
            f"Of several records of one event the one with the latest {self.stamp} stands: {number}"
            " replaced, each listed as not loaded."
        ]


def read_latest(
    source: Source,
    key: str,
    terms: Terms,
    reader: Callable[[Versions], TableReader],
    versions: Versions,
) -> Reading:
    """Read a table, a second time if later records in it replace earlier ones.

    Only then: an event that was taken is packed away, and most files hold each event once.

    Args:
        source: The file.
        key: The form's key.
        terms: Its source's terms.
        reader: Makes the reader of batches.
        versions: Which columns tell versions.

    Raises:
        ReaderError: Columns are missing, or no record could be loaded.
    """
    builder, reading = _read(source, Builder(source.name, key, terms), reader(versions))
    latest = versions.among(builder.doubles)
    if not latest.replaced:
        return reading
    del builder, reading  # a large table is never there twice
    return _read(source, Builder(source.name, key, terms), reader(latest))[1]


def _read(source: Source, builder: Builder, reader: TableReader) -> tuple[Builder, Reading]:
    table = table_of(source)
    require_columns(source.name, builder.terms.name, table.header, reader.needs)
    return builder, fill(builder, table, reader)


def _whole(cell: str) -> int:
    number = values.whole(cell)
    return number if isinstance(number, int) else 0
