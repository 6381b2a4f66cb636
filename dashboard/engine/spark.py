"""A large table on a Spark cluster: a standalone master, or a Spark Connect server."""

from __future__ import annotations

import pandas as pd

from dashboard.engine import addresses
from dashboard.engine.columns import REPORT_DTYPES, missing_columns
from dashboard.engine.remote import RemoteConnection
from dashboard.errors import DependencyError, EngineError

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


class SparkConnection(RemoteConnection):
    """A table of a Spark session; the session is let go with the connection."""

    def __init__(self, session, events, reports) -> None:
        super().__init__(events, reports)
        self._session = session

    def _reports_of(self, ids: list[str]) -> pd.DataFrame:
        found = self._reports.select(*REPORT_DTYPES).where(self._reports["event_id"].isin(ids))
        return found.toArrow().to_pandas()

    def close(self) -> None:
        """End the session."""
        self._session.stop()
