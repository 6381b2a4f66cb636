"""A large table in this process's memory alone, compressed: of rows that no disk may keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd
import pyarrow as pa

from dashboard.dataset import Dataset
from dashboard.engine.about import About
from dashboard.engine.columns import CODED, DERIVED_DTYPES, arrow_schema
from dashboard.engine.duck import DuckConnection, open_memory
from dashboard.engine.holding import TOLLS, coded
from dashboard.engine.large import LargeDataset, large, without_rows
from dashboard.engine.preparing import ROWS_AT_A_TIME, prepared_pieces, sources_of_events
from dashboard.errors import EngineError
from dashboard.schema import ELSEWHERE, GROUP_OF_TYPE

# DuckDB compresses blocks of so many rows. A checkpoint that meets a part of a block writes those
# before it again: six pieces make one.
ROWS_PER_BLOCK = 122_880


def resident(dataset: Dataset) -> LargeDataset:
    """Move a table into a database in memory; no row of it reaches a disk, now or later.

    Args:
        dataset: The table. Where the caller keeps none, its rows go piece by piece while the
            database takes them.

    Raises:
        EngineError: There is not enough memory for it.
    """
    import duckdb

    bare, about = without_rows(dataset), About()
    about.reports = dataset.report_count
    sources, words, largest = sources_of_events(dataset), _words(dataset), _largest(dataset.events)
    reports = _pieces(dataset.reports)
    events = about.passing(prepared_pieces(replace(dataset, reports=bare.reports), sources))
    del dataset
    pa.system_memory_pool().release_unused()  # what reading and counting needed for a moment
    base = open_memory()
    try:
        base.execute("USE held")
        # Each thread that writes needs memory of its own, and the rows come one after another.
        base.execute("SET threads = 1")
        # Checkpoints are ours to make, when a block is full.
        base.execute("SET wal_autocheckpoint = '1TB'")
        _take(base, "reports", reports, bare.reports.columns)
        names = [*bare.events.columns, *DERIVED_DTYPES]
        _take(base, "events", events, names, coded(base, words, largest))
        base.execute("RESET wal_autocheckpoint")
        base.execute("RESET threads")
        base.execute("USE memory")
    except duckdb.Error as error:
        base.close()
        raise EngineError(
            f"{bare.name} cannot be held in memory: {str(error).splitlines()[0]}"
        ) from error
    return large(bare, DuckConnection(base), about.as_dict(bare.version))


def _pieces(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give rows in pieces, and let each go."""
    starts = range(0, len(rows), ROWS_AT_A_TIME)
    pieces = [rows.iloc[start : start + ROWS_AT_A_TIME] for start in reversed(starts)]
    del rows
    while pieces:
        yield pieces.pop()


def _take(
    base, table: str, frames: Iterable[pd.DataFrame], names: Iterable[str], columns: str = "*"
) -> None:
    """Fill a table of the database in use; what stands there is compressed block by block.

    Args:
        base: The connection.
        table: What the table is called.
        frames: Its rows, in order.
        names: The columns of the frames.
        columns: What to select of them.
    """
    schema, number = arrow_schema(names), 0
    base.register("source", schema.empty_table())
    base.execute(f"CREATE TABLE {table} AS SELECT {columns} FROM source")
    for rows in frames:
        base.register("source", pa.Table.from_pandas(rows, schema, preserve_index=False))
        base.execute(f"INSERT INTO {table} SELECT {columns} FROM source")
        number += len(rows)
        if number % ROWS_PER_BLOCK == 0:
            base.execute("CHECKPOINT held")
    base.unregister("source")
    base.execute("CHECKPOINT held")


def _words(dataset: Dataset) -> dict[str, list[str]]:
    """List what the columns of few values may say."""
    derived = {
        "theatre": [*dataset.theatre_names, ELSEWHERE],
        "type_group": list(GROUP_OF_TYPE.values()),
        "family": ["", *dataset.actor_families.values()],
    }
    words = {name: derived.get(name) or dataset.events[name].unique() for name in CODED}
    return {name: sorted({*values}) for name, values in words.items()}


def _largest(events: pd.DataFrame) -> dict[str, int | None]:
    largest = {name: events[name].max() for name in TOLLS}
    return {name: None if most is pd.NA else int(most) for name, most in largest.items()}
