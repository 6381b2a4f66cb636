"""A large table on a Spark cluster: a standalone master, or a Spark Connect server."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from dashboard.engine import addresses
from dashboard.engine.columns import REPORT_DTYPES, missing_columns, typed
from dashboard.errors import DependencyError, EngineError
from dashboard.schema import ORDER

OPTIONS = ("path", "table", "reports", "reports_path")


def open_cluster(text: str) -> SparkConnection:
    """Open `spark://host:port?path=…` or `sc://host:port?table=…`.

    `path` is a Parquet file or folder that every worker reaches, `table` a name of the catalogue;
    `reports_path` and `reports` are those of the reports, if there are any.
    """
    address = addresses.parse(text, OPTIONS)
    if ("path" in address.options) == ("table" in address.options):
        raise EngineError(f"{address.place}: write either path=… or table=… behind it.")
    try:
        from pyspark.errors import PySparkException  # pyright: ignore[reportMissingImports]
        from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise DependencyError(
            "A Spark address needs pyspark: pip install 'conflict-timeline[spark]'."
        ) from error
    is_connect = address.scheme == "sc"
    builder = SparkSession.builder
    builder = builder.remote(address.place) if is_connect else builder.master(address.place)
    builder = builder.appName("conflict-timeline")
    # Days are days: no session's time zone may move them. Answers are small, so few partitions.
    for name, value in {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        events = _table(session, address.options.get("path"), address.options.get("table"))
        missing = missing_columns(events.columns)
        has_reports = bool({"reports", "reports_path"} & address.options.keys())
        reports = (
            _table(session, address.options.get("reports_path"), address.options.get("reports"))
            if has_reports
            else None
        )
    except PySparkException as error:
        reason = str(error).splitlines()[0]
        raise EngineError(f"{address.place} does not give the table: {reason}") from error
    if missing:
        raise EngineError(f"{address.place}: the table lacks the columns {', '.join(missing)}.")
    return SparkConnection(session, events, reports)


def _table(session, path: str | None, table: str | None):
    return session.read.parquet(path) if path else session.table(table)


class SparkConnection:
    """A table of a Spark session; the session is let go with the connection."""

    def __init__(self, session, events, reports) -> None:
        self._session, self._events, self._reports = session, events, reports

    def events(self) -> nw.LazyFrame:
        """Return a frame of all events."""
        return nw.from_native(self._events)

    def kept(self, key: str, condition: nw.Expr) -> nw.LazyFrame:
        """Return the events that meet a condition; nothing is kept."""
        return self.events().filter(condition)

    def reports(self, ids: list[str]) -> pd.DataFrame:
        """Return the reports of some events; no row where there is no table of reports."""
        if self._reports is None or not ids:
            return typed(pd.DataFrame({name: [] for name in REPORT_DTYPES}))
        found = self._reports.select(*REPORT_DTYPES).where(self._reports["event_id"].isin(ids))
        rows = typed(found.toArrow().to_pandas())
        return rows.sort_values([*ORDER["reports"]], na_position="last", ignore_index=True)

    def close(self) -> None:
        """End the session."""
        self._session.stop()
