"""A large table in DuckDB, in this process."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
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
# Narrowed tables that are kept, and the rows up to which one is copied instead of listed.
MOST_KEPT, MOST_COPIED = 8, 50_000


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
    try:
        _open(base, path)
        return DuckConnection(base, path)
    except duckdb.Error as error:
        base.close()
        raise EngineError(f"{path} cannot be read: {str(error).splitlines()[0]}") from error


def _open(base, path: Path) -> None:
    """Bring the table to `held.events`, and its reports, if there are any, to `held.reports`."""
    if path.suffix == ".duckdb":
        base.execute(f"ATTACH {_quoted(path)} AS held (READ_ONLY)")
        return
    if _is_held(path):
        base.execute(f"ATTACH {_quoted(path.with_name(HELD_FILE))} AS held (READ_ONLY)")
    else:
        base.execute("ATTACH ':memory:' AS held (COMPRESS)")
        if base.read_parquet(str(path)).count("*").fetchall()[0][0] <= MOST_READ:
            hold(base, path)
        else:
            base.execute(f"CREATE VIEW held.events AS SELECT * FROM read_parquet({_quoted(path)})")
    reports = path.with_name(REPORTS_FILE)
    if reports.is_file():
        base.execute(f"CREATE VIEW reports AS SELECT * FROM read_parquet({_quoted(reports)})")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _is_held(path: Path) -> bool:
    """Whether the DuckDB file beside a Parquet file was made from it."""
    held, meta = path.with_name(HELD_FILE), path.with_name(META_FILE)
    if not held.is_file() or not meta.is_file() or path.name != EVENTS_FILE:
        return False
    about = json.loads(meta.read_text(encoding="utf-8"))
    return about.get("held") == [path.stat().st_size, held.stat().st_size]


class DuckConnection:
    """The table `held.events` of a DuckDB instance, and the view or table `reports`."""

    def __init__(self, base, path: Path) -> None:
        self._base = base
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._made = 0
        missing = missing_columns(base.table("held.events").columns)
        if missing:
            base.close()
            raise EngineError(
                f"{path} lacks the columns {', '.join(missing)} of a prepared table. Write the file"
                " with dashboard.engine.write."
            )
        found = base.execute(
            "SELECT database_name || '.' || table_name FROM duckdb_tables()"
            " WHERE table_name = 'reports' UNION ALL SELECT database_name || '.' || view_name"
            " FROM duckdb_views() WHERE view_name = 'reports'"
        ).fetchall()
        self._reports = found[0][0] if found else ""

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
        with self._lock:
            source = self._kept.get(key)
            if source is not None:
                self._kept.move_to_end(key)
        if source is None:
            source = self._keep(cursor, key, condition)
        return nw.from_native(cursor.sql(source))

    def _keep(self, cursor, key: str, condition: nw.Expr) -> str:
        """Make a table of the events that meet a condition; many are listed, few are copied."""
        with self._lock:
            self._made += 1
            name = f"kept_{self._made}"
        numbered = nw.from_native(cursor.sql("SELECT rowid AS row_number, * FROM held.events"))
        met = numbered.filter(condition).select("row_number").to_native()
        met.create(name)
        size = cursor.table(name).count("*").fetchall()[0][0]
        chosen = f"SELECT * FROM held.events WHERE rowid IN (SELECT row_number FROM {name})"
        if size <= MOST_COPIED:
            cursor.execute(f"CREATE TABLE {name}_rows AS {chosen} ORDER BY start_date, event_id")
            chosen = f"SELECT * FROM {name}_rows"
        with self._lock:
            self._kept[key] = chosen
            dropped = [self._kept.popitem(last=False) for _ in range(len(self._kept) - MOST_KEPT)]
        for _, old in dropped:
            words = old.replace(")", " ").split()
            for table in sorted({word for word in words if word.startswith("kept_")}):
                cursor.execute(f"DROP TABLE IF EXISTS {table}")
        return chosen

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
