"""A large table in DuckDB, in this process."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Sequence
from pathlib import Path

import narwhals as nw
import pandas as pd

from dashboard.engine.columns import REPORT_DTYPES, missing_columns, typed
from dashboard.engine.holding import HELD_FILE, hold
from dashboard.engine.writing import EVENTS_FILE, META_FILE, REPORTS_FILE
from dashboard.errors import EngineError
from dashboard.schema import ORDER

# A Parquet file of so many events is read into memory, compressed, in two to four seconds; the
# questions of one click then take a third of the time. Beyond, its own pages are scanned.
MOST_READ = 1_200_000
_IN_MEMORY = "ATTACH ':memory:' AS held (COMPRESS)"
# Narrowed tables that are kept, and the rows up to which one is copied instead of listed.
MOST_KEPT, MOST_COPIED = 8, 50_000
# No request lasts so long: a table that is no longer kept may be dropped by then.
RETIRED_SECONDS = 120


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
    base = duckdb.connect()
    _set_pages(base)
    try:
        _open(base, path)
        return DuckConnection(base)
    except (duckdb.Error, EngineError) as error:
        base.close()
        if isinstance(error, EngineError):
            raise
        raise EngineError(f"{path} cannot be read: {str(error).splitlines()[0]}") from error


def open_memory():
    """Return a connection with an empty, compressed database `held`, without a place to spill to.

    A question that needs more memory than there is fails; none is answered by way of a disk.
    """
    import duckdb

    base = duckdb.connect(config={"temp_directory": ""})
    _set_pages(base)
    base.execute(_IN_MEMORY)
    return base


def _set_pages(base) -> None:
    # Pages sort by few columns: their other columns are read for the rows that are shown alone.
    base.execute("SET late_materialization_max_rows = 2000")


def _open(base, path: Path) -> None:
    """Bring the table to `held.events`, and its reports, if there are any, to `held.reports`."""
    if path.suffix == ".duckdb":
        base.execute(f"ATTACH {_quoted(path)} AS held (READ_ONLY)")
        _check_columns(base.table("held.events").columns, path)
        return
    source = base.read_parquet(str(path))
    _check_columns(source.columns, path)
    if not _attach(base, path):
        base.execute(_IN_MEMORY)
        if source.count("*").fetchall()[0][0] <= MOST_READ:
            hold(base, path)
        else:
            base.execute(f"CREATE VIEW held.events AS SELECT * FROM read_parquet({_quoted(path)})")
    reports = path.with_name(REPORTS_FILE)
    if reports.is_file():
        base.execute(f"CREATE VIEW reports AS SELECT * FROM read_parquet({_quoted(reports)})")


def _check_columns(names: Sequence[str], path: Path) -> None:
    missing = missing_columns(names)
    if missing:
        raise EngineError(
            f"{path} lacks the columns {', '.join(missing)} of a prepared table. Write the file"
            " with dashboard.engine.write."
        )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _attach(base, path: Path) -> bool:
    """Attach the DuckDB file beside a Parquet file, if it is there, was made from it and opens."""
    import duckdb

    if not _is_held(path):
        return False
    try:
        base.execute(f"ATTACH {_quoted(path.with_name(HELD_FILE))} AS held (READ_ONLY)")
    except duckdb.Error:
        # Written by a newer DuckDB, for example. The Parquet file says the same.
        return False
    return True


def _is_held(path: Path) -> bool:
    """Whether the DuckDB file beside a Parquet file was made from it."""
    held, meta = path.with_name(HELD_FILE), path.with_name(META_FILE)
    if not held.is_file() or not meta.is_file() or path.name != EVENTS_FILE:
        return False
    about = json.loads(meta.read_text(encoding="utf-8"))
    return about.get("held") == [path.stat().st_size, held.stat().st_size]


class DuckConnection:
    """The table `held.events` of a DuckDB instance, and the view or table `reports`."""

    def __init__(self, base) -> None:
        self._base = base
        self._lock = threading.Lock()
        self._making = threading.Lock()
        self._numbers = itertools.count(1)
        # Table and query by key, the one asked for last at the end; and those to be dropped.
        self._kept: OrderedDict[str, tuple[str, str]] = OrderedDict()
        self._retired: deque[tuple[float, str]] = deque()
        found = base.execute(
            "SELECT database_name || '.' || table_name FROM duckdb_tables()"
            " WHERE table_name = 'reports' UNION ALL SELECT database_name || '.' || view_name"
            " FROM duckdb_views() WHERE view_name = 'reports'"
        ).fetchall()
        self._reports = found[0][0] if found else ""
        # A table numbers its rows; a file that is scanned has only the ids of its events.
        tables = base.execute("SELECT 1 FROM duckdb_tables() WHERE database_name = 'held'")
        self._row = "rowid" if tables.fetchall() else "event_id"

    def _cursor(self):
        # One connection refuses two queries at a time; a cursor is a connection of its own.
        with self._lock:
            return self._base.cursor()

    def events(self) -> nw.LazyFrame:
        """Return a frame of all events for one request, read by one thread."""
        return nw.from_native(self._cursor().table("held.events"))

    def kept(self, key: str, condition: nw.Expr) -> nw.LazyFrame:
        """Return the events that meet a condition, found once and kept for the next questions."""
        cursor = self._cursor()
        with self._making:
            if key not in self._kept:
                self._kept[key] = self._keep(cursor, condition)
                self._drop_old(cursor)
            self._kept.move_to_end(key)
            _, source = self._kept[key]
        return nw.from_native(cursor.sql(source))

    def _keep(self, cursor, condition: nw.Expr) -> tuple[str, str]:
        """Make a table of the events that meet a condition; few are copied, many are listed."""
        name, row = f"kept_{next(self._numbers)}", self._row
        numbered = nw.from_native(cursor.sql(f"SELECT {row} AS kept_row, * FROM held.events"))
        numbered.filter(condition).select("kept_row").to_native().create(name)
        chosen = f"SELECT * FROM held.events WHERE {row} IN (SELECT kept_row FROM {name})"
        if cursor.table(name).count("*").fetchall()[0][0] > MOST_COPIED:
            return name, chosen
        cursor.execute(f"CREATE TABLE {name}_rows AS {chosen} ORDER BY start_date, event_id")
        cursor.execute(f"DROP TABLE {name}")
        return f"{name}_rows", f"SELECT * FROM {name}_rows"

    def _drop_old(self, cursor) -> None:
        """Let the tables go that were not asked for lately; a request may still read one."""
        now = time.monotonic()
        while len(self._kept) > MOST_KEPT:
            _, (table, _) = self._kept.popitem(last=False)
            self._retired.append((now, table))
        while self._retired and now - self._retired[0][0] > RETIRED_SECONDS:
            cursor.execute(f"DROP TABLE {self._retired.popleft()[1]}")

    def reports(self, ids: list[str]) -> pd.DataFrame:
        """Return the reports of some events; no row where there is no table of reports."""
        if not self._reports or not ids:
            return typed(pd.DataFrame({name: [] for name in REPORT_DTYPES}))
        order = ", ".join(f"{name} NULLS LAST" for name in ORDER["reports"])
        found = self._cursor().execute(
            f"SELECT {', '.join(REPORT_DTYPES)} FROM {self._reports}"
            f" WHERE list_contains($1, event_id) ORDER BY {order}",
            [ids],
        )
        return typed(found.df())

    def close(self) -> None:
        """Close the database."""
        self._base.close()
