"""Tables of records, whatever file they are in: CSV, a sheet of a workbook, a JSON list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from dashboard.provenance import Rejects, Terms
from dashboard.readers.base import Batch, Reading, Source, require_columns
from dashboard.readers.building import Builder
from dashboard.readers.drafts import Draft
from dashboard.readers.features import FeatureTable, has_features
from dashboard.readers.jsonlists import JsonTable
from dashboard.readers.records import CsvTable
from dashboard.readers.sheets import SheetTable


class Table(Protocol):
    """Records in batches; `assumptions` is complete once they have been read."""

    assumptions: list[str]

    @property
    def header(self) -> Sequence[str]:
        """The names of the columns."""
        ...

    def batches(self) -> Iterator[Batch]:
        """Read the file once."""
        ...

    def rejects(self, texts: Sequence[str]) -> Rejects:
        """Make the kept-aside file of some records' texts."""
        ...


def table_of(source: Source) -> Table:
    """Open the table that a source holds."""
    if has_features(source.head):
        return FeatureTable(source)
    kinds: dict[str, Callable[[Source], Table]] = {"json": JsonTable, "workbook": SheetTable}
    return kinds.get(source.head.kind, CsvTable)(source)


def read_table(
    source: Source,
    table: Table,
    key: str,
    terms: Terms,
    reader: TableReader,
) -> Reading:
    """Read a table batch by batch.

    Args:
        source: The file.
        table: What `table_of` gave.
        key: The form's key.
        terms: Its source's terms.
        reader: Makes drafts of batches.

    Raises:
        ReaderError: Columns are missing, or no record could be loaded.
    """
    require_columns(source.name, terms.name, table.header, reader.needs)
    return fill(Builder(source.name, key, terms), table, reader)


def fill(builder: Builder, table: Table, reader: TableReader) -> Reading:
    """Go through a table batch by batch with a builder of one's own.

    Raises:
        ReaderError: No record could be loaded.
    """
    for batch in table.batches():
        is_malformed = len(batch.bad) == len(batch)
        builder.add(batch, None if is_malformed else reader.draft(batch))
    assumptions: Iterable[str] = [*table.assumptions, *reader.assumptions()]
    return builder.reading(table.rejects(()), filter(None, assumptions))


class TableReader(Protocol):
    """What a tabular form does with its batches."""

    @property
    def needs(self) -> Sequence[str]:
        """The columns that it cannot do without."""
        ...

    def draft(self, batch: Batch) -> Draft:
        """Make the events of a batch."""
        ...

    def assumptions(self) -> Iterable[str]:
        """Say what was taken for granted, after the last batch."""
        ...
