"""A large package: events and reports as Parquet, so that no engine needs to read texts again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pandas as pd
import pyarrow as pa
from pyarrow import csv, parquet

from dashboard.dataset import VERSION_LENGTH
from dashboard.engine.about import About
from dashboard.engine.columns import DERIVED_DTYPES, DTYPES, REPORT_DTYPES, arrow_schema
from dashboard.engine.holding import write_held
from dashboard.schema import ORDER, columns_of
from dashboard.tables import table_parts

EVENTS_FILE, REPORTS_FILE, META_FILE = "events.parquet", "reports.parquet", "meta.json"
ROWS_PER_GROUP = 100_000
_ROWS_AT_A_TIME = 10_000


def write(
    prepared_frames: Iterable[pd.DataFrame],
    reports: Iterable[pd.DataFrame],
    actors: pd.DataFrame,
    theatres: pd.DataFrame,
    folder: str | Path,
) -> dict:
    """Write a large package piece by piece; memory depends on the largest piece alone.

    Args:
        prepared_frames: Events as `engine.prepared` gives them, in any order; all have the columns
            of the first.
        reports: Rows of `schema.REPORTS`, in any order; may be none.
        actors: The table of actors.
        theatres: The table of theatres.
        folder: Where events.parquet, events.duckdb (the same, ready for questions),
            reports.parquet, actors.csv, theatres.csv and meta.json go; made if need be.

    Returns:
        What stands in meta.json: events and reports (numbers), first_day and last_day (ISO, None
        without an event), version, countries and theatres (that occur), bounds (west, south, east,
        north in degrees, None without a place), held (sizes in bytes of the two files of events).

    Raises:
        ValueError: A piece whose columns are not those of the first.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    about, digest = About(), hashlib.sha256()
    _write_table(about.passing(prepared_frames), folder / EVENTS_FILE, "events", digest)
    about.reports = _write_table(reports, folder / REPORTS_FILE, "reports", digest)
    for table, rows in (("actors", actors), ("theatres", theatres)):
        with (folder / f"{table}.csv").open("wb") as out:
            for part in table_parts(columns_of(table, rows.columns), rows):
                digest.update(part)
                out.write(part)
    held = write_held(folder / EVENTS_FILE)
    found = about.as_dict(digest.hexdigest()[:VERSION_LENGTH])
    found["held"] = [(folder / EVENTS_FILE).stat().st_size, held.stat().st_size]
    text = json.dumps(found, indent=2) + "\n"
    (folder / META_FILE).write_text(text, encoding="utf-8", newline="")
    return found


class _Digest(Protocol):
    def update(self, part: bytes, /) -> None: ...


def _write_table(frames: Iterable[pd.DataFrame], path: Path, table: str, digest: _Digest) -> int:
    """Write one sorted Parquet file, add its content to the digest, and return its rows."""
    fresh = path.with_suffix(".new")
    keys = [*ORDER[table]]
    schema, writer, last = None, None, None
    is_sorted, number = True, 0
    for rows in frames:
        if schema is None:
            schema = arrow_schema(rows.columns)
            writer = _writer(fresh, schema)
        if list(rows.columns) != schema.names:
            found, names = ", ".join(map(str, rows.columns)), ", ".join(schema.names)
            raise ValueError(f"{table}: a piece has the columns {found}, not {names}.")
        rows = rows.sort_values(keys, na_position="last", kind="stable")
        ends = rows[keys].iloc[[0, -1]].astype("str").agg(tuple, axis=1) if len(rows) else []
        for end in ends:
            is_sorted = is_sorted and (last is None or last <= end)
            last = end
        number += len(rows)
        assert writer is not None
        writer.write_table(
            pa.Table.from_pandas(rows, schema, preserve_index=False), row_group_size=ROWS_PER_GROUP
        )
    if writer is None:
        dtypes = REPORT_DTYPES if table == "reports" else DTYPES
        schema = arrow_schema(dtypes)
        writer = _writer(fresh, schema)
    writer.close()
    if not is_sorted:
        _sort(fresh, keys)
    fresh.replace(path)
    _add_content(path, digest)
    return number


def _writer(path: Path, schema: pa.Schema) -> parquet.ParquetWriter:
    return parquet.ParquetWriter(path, schema, compression="zstd")


def _sort(path: Path, keys: list[str]) -> None:
    """Sort a Parquet file in bounded memory: DuckDB spills to the file's own folder."""
    import duckdb

    unsorted = path.with_suffix(".unsorted")
    path.replace(unsorted)
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": "1GB",
        "temp_directory": str(path.with_suffix(".spill")),
    }
    with duckdb.connect(config=settings) as engine:
        order = ", ".join(f"{key} NULLS LAST" for key in keys)
        engine.sql(
            f"SELECT * FROM read_parquet($1) ORDER BY {order}", params=[str(unsorted)]
        ).write_parquet(str(path), compression="zstd", row_group_size=ROWS_PER_GROUP)
    unsorted.unlink()


def _add_content(path: Path, digest: _Digest) -> None:
    """Add a table's own columns, as text: what is derived follows from them."""
    with parquet.ParquetFile(path, pre_buffer=False) as file:
        names = [name for name in file.schema_arrow.names if name not in DERIVED_DTYPES]
        # The engine that sorts keeps days to the microsecond, and texts would show it.
        schema = arrow_schema(names)
        digest.update(f"{path.stem}\0{','.join(names)}".encode())
        for batch in file.iter_batches(_ROWS_AT_A_TIME, columns=names):
            sink = pa.BufferOutputStream()
            csv.write_csv(batch.cast(schema), sink, csv.WriteOptions(include_header=False))
            digest.update(sink.getvalue())
