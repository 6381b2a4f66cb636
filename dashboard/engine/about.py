"""What is learnt of the events of a large table while they pass, so that none is asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from dashboard.schema import UNDATED


class About:
    """What stands in meta.json and in `LargeDataset.meta`.

    Attributes:
        events: How many have passed.
        reports: How many source reports there are; whoever moves them counts them.
    """

    def __init__(self) -> None:
        self.events = self.reports = 0
        self._days: list[pd.Timestamp] = []
        self._is_dated = False
        self._countries: set[str] = set()
        self._theatres: set[str] = set()
        self._corners: list[tuple[float, float]] = []

    def passing(self, frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """Give rows of `engine.prepared` on, piece by piece, and take them into account."""
        for rows in frames:
            yield rows
            self._see(rows)  # afterwards: whoever takes them checks their columns

    def _see(self, rows: pd.DataFrame) -> None:
        self.events += len(rows)
        if not len(rows):
            return
        self._days += [rows["start_date"].min(), rows["end_date"].max()]
        self._days = [min(self._days), max(self._days)]
        self._is_dated |= bool((rows["date_precision"] != UNDATED).any())
        self._countries |= set(rows["country_code"].unique())
        self._theatres |= set(rows["theatre"].unique())
        if rows["longitude_deg"].notna().any():
            ends = rows[["longitude_deg", "latitude_deg"]].agg(["min", "max"])
            self._corners += [(row[0], row[1]) for row in ends.itertuples(index=False)]
            xs, ys = zip(*self._corners, strict=True)
            self._corners = [(min(xs), min(ys)), (max(xs), max(ys))]

    def as_dict(self, version: str) -> dict[str, Any]:
        """Return it for JSON.

        Args:
            version: That of the table.

        Returns:
            events and reports (numbers), first_day and last_day (ISO, None without an event),
            dated (whether an event has a date), version, countries and theatres (that occur),
            bounds (west, south, east, north in degrees, None without a place).
        """
        days = [f"{day:%Y-%m-%d}" for day in self._days] or [None, None]
        return {
            "events": self.events,
            "reports": self.reports,
            "first_day": days[0],
            "last_day": days[1],
            "dated": self._is_dated,
            "version": version,
            "countries": sorted(self._countries),
            "theatres": sorted(self._theatres),
            "bounds": [float(degree) for corner in self._corners for degree in corner] or None,
        }
