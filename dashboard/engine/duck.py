"""A large table in DuckDB, in this process."""

from __future__ import annotations

import threading
from pathlib import Path

import narwhals as nw
import pandas as pd

from dashboard.engine.columns import CODED, REPORT_DTYPES, missing_columns, typed
from dashboard.engine.writing import EVENTS_FILE, REPORTS_FILE
from dashboard.errors import EngineError
from dashboard.schema import ORDER


def open_file(path: Path) -> DuckConnection:
    """Open a package's folder, its events.parquet, or a .duckdb file."""
    import duckdb

    if path.is_dir():
        path = path / EVENTS_FILE
    if not path.is_file():
        raise EngineError(
            f"{path} is not there. Name a folder with {EVENTS_FILE}, a Parquet file of events or a"
            " .duckdb file."
        )
    try:
        if path.suffix == ".duckdb":
            base = duckdb.connect(str(path), read_only=True)
        else:
            base = duckdb.connect(":memory:")
            _load(base, path)
    except duckdb.Error as error:
        raise EngineError(f"{path} cannot be read: {str(error).splitlines()[0]}") from error
    return DuckConnection(base, path)


def _load(base, path: Path) -> None:
    source = base.read_parquet(str(path))
    coded = [name for name in CODED if name in source.columns]
    for name in coded:
        base.execute(
            f"CREATE TYPE {name}_word AS ENUM (SELECT DISTINCT {name} FROM source ORDER BY 1)"
        )
    casts = ", ".join(f"{name}::{name}_word AS {name}" for name in coded)
    base.execute(f"CREATE TABLE events AS SELECT * REPLACE ({casts}) FROM source")
    reports = path.with_name(REPORTS_FILE)
    if reports.is_file():
        base.read_parquet(str(reports)).create_view("reports")


class DuckConnection:
    """The table `events` of a DuckDB database, and `reports` if there is one."""

    def __init__(self, base, path: Path) -> None:
        self._base = base
        self._lock = threading.Lock()
        missing = missing_columns(base.table("events").columns)
        if missing:
            base.close()
            raise EngineError(
                f"{path} lacks the columns {', '.join(missing)} of a prepared table. Write the file"
                " with dashboard.engine.write."
            )
        self._has_reports = bool(
            base.execute(
                "SELECT 1 FROM duckdb_tables() WHERE table_name = 'reports'"
                " UNION ALL SELECT 1 FROM duckdb_views() WHERE view_name = 'reports'"
            ).fetchall()
        )

    def _cursor(self):
        # One connection refuses two queries at a time; a cursor is a connection of its own.
        with self._lock:
            return self._base.cursor()

    def events(self) -> nw.LazyFrame:
        """Return a frame of all events for one request, read by one thread."""
        return nw.from_native(self._cursor().table("events"))

    def reports(self, ids: list[str]) -> pd.DataFrame:
        """Return the reports of some events; no row where there is no table of reports."""
        if not self._has_reports or not ids:
            return typed(pd.DataFrame({name: [] for name in REPORT_DTYPES}))
        order = ", ".join(f"{name} NULLS LAST" for name in ORDER["reports"])
        found = self._cursor().execute(
            f"SELECT {', '.join(REPORT_DTYPES)} FROM reports WHERE list_contains($1, event_id)"
            f" ORDER BY {order}",
            [ids],
        )
        return typed(found.df())

    def close(self) -> None:
        """Close the database."""
        self._base.close()
