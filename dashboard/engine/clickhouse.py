"""A large table on a ClickHouse server, through Ibis."""

from __future__ import annotations

import pandas as pd

from dashboard.engine import addresses
from dashboard.engine.columns import REPORT_DTYPES, missing_columns
from dashboard.engine.remote import RemoteConnection
from dashboard.errors import DependencyError, EngineError

OPTIONS = ("table", "reports", "secure")


def open_server(text: str) -> ClickHouseConnection:
    """Open `clickhouse://user:password@host:8123/database?table=events`.

    `reports` names the table of reports, if there is one; `secure=1` asks over HTTPS.
    """
    address = addresses.parse(text, OPTIONS)
    try:
        import ibis  # pyright: ignore[reportMissingImports]
        from clickhouse_connect.driver.exceptions import ClickHouseError  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise DependencyError(
            "A ClickHouse address needs Ibis: pip install 'conflict-timeline[clickhouse]'."
        ) from error
    options = address.options
    try:
        server = ibis.clickhouse.connect(
            host=address.host,
            port=address.port or 8123,
            database=address.database or "default",
            user=address.user or "default",
            password=address.password,
            secure=options.get("secure", "") == "1",
        )
        server.compiler = _lowering(type(server.compiler))
        events = server.table(options.get("table", "events"))
        reports = server.table(options["reports"]) if "reports" in options else None
    except (ClickHouseError, *_errors(ibis), OSError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EngineError(f"{address.place} does not give the table: {reason}") from error
    missing = missing_columns(events.columns)
    if missing:
        server.disconnect()
        raise EngineError(f"{address.place}: the table lacks the columns {', '.join(missing)}.")
    return ClickHouseConnection(server, events, reports)


def _errors(ibis) -> tuple[type[Exception], ...]:
    found = ibis.common.exceptions
    return found.IbisError, found.TableNotFound


def _lowering(compiler: type):
    """Return Ibis' compiler with the function that lowers more than A to Z."""

    def visit_Lowercase(self, op, *, arg):
        return self.f.lowerUTF8(arg)

    return type(compiler.__name__, (compiler,), {"visit_Lowercase": visit_Lowercase})()


class ClickHouseConnection(RemoteConnection):
    """A table of a ClickHouse server."""

    def __init__(self, server, events, reports) -> None:
        super().__init__(events, reports)
        self._server = server

    def _reports_of(self, ids: list[str]) -> pd.DataFrame:
        found = self._reports.filter(self._reports.event_id.isin(ids)).select(*REPORT_DTYPES)
        return found.to_pyarrow().to_pandas()

    def close(self) -> None:
        """Let the server go."""
        self._server.disconnect()
