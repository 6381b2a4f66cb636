"""A selection as conditions on the events."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import reduce
from typing import Any

import narwhals as nw
import numpy as np

from dashboard.engine import fold
from dashboard.query.frames import AnyFrame
from dashboard.schema import EXACT_PLACES, UNDATED
from dashboard.selection import Selection

_EPOCH = datetime.date(1970, 1, 1)
# The filters that choose among the values of one column, and that column.
OPTIONS = {
    "theatres": "theatre",
    "countries": "country_code",
    "types": "event_type",
    "attributions": "attribution",
}


def select(events: AnyFrame, selection: Selection, *, without: Sequence[str] = ()) -> AnyFrame:
    """Keep the events that a selection chooses, in their order.

    Args:
        events: The frame of `engine.open_events` or of `Connection.events`.
        selection: Its filters; how to look at them plays no part.
        without: Fields of the selection to leave out of account.
    """
    wanted = _wanted(selection, without)
    return events.filter(*wanted) if wanted else events


def is_chosen(events: nw.DataFrame[Any], selection: Selection) -> np.ndarray:
    """Tell of each event in memory whether a selection chooses it, shape (n,)."""
    wanted = _wanted(selection)
    if not wanted:
        return np.ones(len(events), dtype=bool)
    found = events.select(met=nw.all_horizontal(*wanted, ignore_nulls=False))["met"]
    return found.fill_null(False).to_numpy().astype(bool)


def _wanted(selection: Selection, without: Sequence[str] = ()) -> list[nw.Expr]:
    return [
        condition
        for name, condition in conditions(selection).items()
        if condition is not None and name not in without
    ]


def conditions(selection: Selection) -> dict[str, nw.Expr | None]:
    """Return one condition for each filter, None where it is not set."""
    column = nw.col
    return {
        "certain": (
            (column("date_precision") == "day") & column("geo_precision").is_in(EXACT_PLACES)
            if selection.certain
            else None
        ),
        **{name: _among(column, getattr(selection, name)) for name, column in OPTIONS.items()},
        "from_date": (
            (column("end_day") >= day_number(selection.from_date)) & is_dated()
            if selection.from_date
            else None
        ),
        "to_date": (
            (column("day") <= day_number(selection.to_date)) & is_dated()
            if selection.to_date
            else None
        ),
        "killed_min": (
            column("killed_best") >= selection.killed_min
            if selection.killed_min is not None
            else None
        ),
        "sources_min": (
            column("sources") >= selection.sources_min
            if selection.sources_min is not None
            else None
        ),
        "area": _within(selection.area) if selection.area else None,
        "actors": _acting(selection.actors, selection.role),
        "against": _acting(selection.against, "target"),
        "q": _mentioning(selection.q),
    }


def is_dated() -> nw.Expr:
    """Return the condition that some date of an event is known."""
    return nw.col("date_precision") != UNDATED


def _among(name: str, values: tuple[str, ...]) -> nw.Expr | None:
    return nw.col(name).is_in(values) if values else None


def day_number(day: datetime.date) -> int:
    """Count the days since 1970, as the columns day and end_day do."""
    return (day - _EPOCH).days


def acting(actors: tuple[str, ...]) -> nw.Expr:
    """Return the condition that any of some actors stands on either side; never met by none."""
    found = _acting(actors, "either")
    return nw.col("event_id").is_null() if found is None else found


def _acting(actors: tuple[str, ...], role: str) -> nw.Expr | None:
    keys = {"initiator": ["initiator_key"], "target": ["target_key"]}.get(
        role, ["initiator_key", "target_key"]
    )
    terms = [
        nw.col(key).str.contains(f";{actor};", literal=True) for actor in actors for key in keys
    ]
    return reduce(lambda one, other: one | other, terms) if terms else None


def _mentioning(q: str) -> nw.Expr | None:
    terms = [nw.col("haystack").str.contains(word, literal=True) for word in fold(q).split()]
    return reduce(lambda one, other: one & other, terms) if terms else None


def _within(area: tuple[float, ...]) -> nw.Expr:
    """Test for a place inside a box or a polygon (even-odd rule); no place is never inside."""
    x, y = nw.col("longitude_deg"), nw.col("latitude_deg")
    if len(area) == 4:
        west, south, east, north = area
        return (x >= west) & (x <= east) & (y >= south) & (y <= north)
    corners = list(zip(area[::2], area[1::2], strict=True))
    crossings = None
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
        if y1 == y2:
            continue
        crosses = ((y < y1) != (y < y2)) & (x < (x2 - x1) / (y2 - y1) * (y - y1) + x1)
        crossings = crosses if crossings is None else crossings != crosses
    inside = nw.lit(False) if crossings is None else crossings
    return inside & ~y.is_null() & (y == y)
