"""One table as arrays that can be compared fast: days, places, casts, tolls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.dataset import Dataset
from dashboard.matching import parties
from dashboard.schema import GEO_RADIUS_KM

EARTH_KM = 6371.0
# A day's precision still lets two tables differ by a night; a week's means "within about a week".
SLACK_DAYS = {"day": 0.0, "week": 3.0, "month": 3.0, "year": 3.0, "unknown": 3.0}
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One table, an entry an event in its order.

    Attributes:
        first: The first day on which it may have been, in days since 1970.
        last: The last such day.
        slack: Days by which its source may be off beyond that.
        points: Place as x, y, z in km from the middle of the Earth; NaN without a place.
        radius: Of the circle that it lies in, in km; that of a country without a place.
        country: Code of its country, ISO 3166 alpha-3.
        casts: The different casts, see `parties.sides`.
        cast: The number of its cast.
        low: Killed, lowest figure; NaN unknown.
        best: Killed, best figure.
        high: Killed, highest figure.
    """

    first: np.ndarray
    last: np.ndarray
    slack: np.ndarray
    points: np.ndarray
    radius: np.ndarray
    country: np.ndarray
    casts: np.ndarray
    cast: np.ndarray
    low: np.ndarray
    best: np.ndarray
    high: np.ndarray

    def __len__(self) -> int:
        """Count its events."""
        return len(self.first)


def side(dataset: Dataset) -> Side:
    """Bring a table's events to arrays."""
    events = dataset.events
    first, last = _days(events)
    casts, cast = parties.sides(events, dataset.actors)
    low, best, high = (
        events[f"killed_{figure}"].to_numpy("float64", na_value=np.nan)
        for figure in ("low", "best", "high")
    )
    return Side(
        first=first,
        last=last,
        slack=events["date_precision"].map(SLACK_DAYS).to_numpy("float64"),
        points=_points(events),
        radius=_radius(events),
        country=events["country_code"].to_numpy(dtype=object),
        casts=casts,
        cast=cast,
        low=np.fmin(low, best),
        best=best,
        high=np.fmax(high, best),
    )


def _days(events: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the span in which an event may have been: the month or year where only that is known.

    A source that writes out the span itself (1 to 30 June) keeps it.
    """
    first = events["start_date"].to_numpy("datetime64[D]")
    last = events["end_date"].to_numpy("datetime64[D]")
    precision = events["date_precision"].to_numpy(dtype=object)
    for word, unit, least in (("month", "M", 25), ("year", "Y", 32)):
        is_point = (precision == word) & ((last - first) / _DAY < least)
        opening = first.astype(f"datetime64[{unit}]")
        closing = last.astype(f"datetime64[{unit}]") + 1
        first = np.where(is_point, opening.astype("datetime64[D]"), first)
        last = np.where(is_point, closing.astype("datetime64[D]") - _DAY, last)
    return first.astype("float64"), last.astype("float64")


def _points(events: pd.DataFrame) -> np.ndarray:
    north = np.radians(events["latitude_deg"].to_numpy("float64"))
    east = np.radians(events["longitude_deg"].to_numpy("float64"))
    across = np.cos(north)
    return EARTH_KM * np.column_stack((across * np.cos(east), across * np.sin(east), np.sin(north)))


def _radius(events: pd.DataFrame) -> np.ndarray:
    known = events["geo_precision"].map(GEO_RADIUS_KM).to_numpy("float64")
    return np.where(np.isnan(known), GEO_RADIUS_KM["country"], known)
