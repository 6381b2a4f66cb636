"""An address as a connection: a file, a database or a cluster that holds the events."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import narwhals as nw
import pandas as pd


class Connection(Protocol):
    """What holds the events of a large table."""

    def events(self) -> nw.LazyFrame:
        """Return a frame of all events for one request, read by one thread."""
        ...

    def kept(self, key: str, condition: nw.Expr) -> nw.LazyFrame:
        """Return the events that meet a condition which is dear to test.

        Args:
            key: The condition in words; an engine may keep its answer by it.
            condition: What holds for the events of the frame.
        """
        ...

    def reports(self, ids: list[str]) -> pd.DataFrame:
        """Return the reports of some events, in the order of `schema.ORDER`.

        Returns:
            The columns of `schema.REPORTS`, their types those of `Dataset.reports`; no row where
            the engine holds no reports.
        """
        ...

    def close(self) -> None:
        """Let go of what it holds; its frames are no longer read."""
        ...


def connect(address: str) -> Connection:
    """Open a large table.

    Args:
        address: A folder that `engine.write` made or its events.parquet, a .duckdb file with the
            tables events and, if any, reports; `spark://host:port?path=…` and `sc://host:port?…`
            (or `table=` for a name of the catalogue); `clickhouse://host:port/db?table=events`.

    Raises:
        EngineError: Nothing there, a file or table without the columns of `engine.prepared`, an
            engine that does not answer.
        DependencyError: A package that must be installed for this address.
    """
    scheme = address.partition("://")[0] if "://" in address else ""
    if scheme in ("spark", "sc"):
        from dashboard.engine import spark

        return spark.open_cluster(address)
    if scheme == "clickhouse":
        from dashboard.engine import clickhouse

        return clickhouse.open_server(address)
    from dashboard.engine import duck

    return duck.open_file(Path(address))
