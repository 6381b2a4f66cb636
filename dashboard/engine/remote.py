"""What tables on a server have in common: their engine keeps the rows, nothing is kept here."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.engine.columns import REPORT_DTYPES, typed
from dashboard.schema import ORDER


class RemoteConnection(ABC):
    """A table of events and, where there is one, of reports, as the engine's own frames."""

    def __init__(self, events: Any, reports: Any) -> None:
        self._events, self._reports = events, reports

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
        rows = typed(self._reports_of(ids))
        return rows.sort_values([*ORDER["reports"]], na_position="last", ignore_index=True)

    @abstractmethod
    def _reports_of(self, ids: list[str]) -> pd.DataFrame:
        """Return the rows of the reports of some events, in any order."""
