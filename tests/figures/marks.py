"""Rows for figure builders, made in a line."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.axes import DAY_MS

COLOURS = {"battles": ("#4477AA", "#2F5780"), "civilians": ("#AA3377", "#7D2257")}
UNKNOWN = float("nan")


def events(*tolls: float, **columns) -> pd.DataFrame:
    """Return marks of the timeline, an event a month, with the given dead."""
    count = len(tolls)
    starts = [30.0 * DAY_MS * number for number in range(count)]
    rows = {
        "event_id": [f"e{number}" for number in range(count)],
        "start_ms": starts,
        "end_ms": starts,
        "at_ms": starts,
        "lane": ["iraq"] * count,
        "colour": ["battles"] * count,
        "killed": list(map(float, tolls)),
        "is_vague": [False] * count,
        "is_chosen": [True] * count,
        "is_focus": [False] * count,
        "label": [f"Place {number}" for number in range(count)],
        "hover": [f"hover {number}" for number in range(count)],
    }
    return pd.DataFrame(rows | columns)


def places(*tolls: float, **columns) -> pd.DataFrame:
    """Return marks of the map, a place a degree, with the given dead."""
    count = len(tolls)
    rows = {
        "latitude_deg": [34.0 + number for number in range(count)],
        "longitude_deg": [42.0 + number for number in range(count)],
        "theatre": ["iraq"] * count,
        "events": [1] * count,
        "killed": list(map(float, tolls)),
        "colour": ["battles"] * count,
        "is_exact": [True] * count,
        "radius_km": [5.0] * count,
        "key": [f"e{number}" for number in range(count)],
        "label": [f"Place {number}" for number in range(count)],
        "hover": [f"hover {number}" for number in range(count)],
        "is_focus": [False] * count,
    }
    return pd.DataFrame(rows | columns)


def months(*counts: int, colour: str = "battles") -> pd.DataFrame:
    """Return bars of 30 days with so many events, all of them chosen."""
    starts = [30.0 * DAY_MS * number for number in range(len(counts))]
    return pd.DataFrame(
        {
            "start_ms": starts,
            "end_ms": [start + 30 * DAY_MS for start in starts],
            "colour": [colour] * len(counts),
            "events": list(counts),
            "total": list(counts),
        }
    )


def coverage(*reports: int) -> pd.DataFrame:
    """Return the reports of 30 days each."""
    starts = [30.0 * DAY_MS * number for number in range(len(reports))]
    ends = [start + 30 * DAY_MS for start in starts]
    return pd.DataFrame({"start_ms": starts, "end_ms": ends, "reports": list(reports)})
