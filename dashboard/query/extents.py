"""How far events reach: in space by theatre, in time by the days that are known."""

from __future__ import annotations

import datetime

import narwhals as nw

from dashboard.query.filters import is_dated
from dashboard.query.frames import Frame, collected, whole_row

_YEAR = "year"


def extents(events: Frame) -> dict[str, tuple[float, float, float, float]]:
    """Return the box around the events of each theatre, in alphabetical order.

    Args:
        events: A selection; events without a place are left out.

    Returns:
        West, south, east, north in degrees by theatre; a theatre without a placed event is left
        out.
    """
    x, y = nw.col("longitude_deg"), nw.col("latitude_deg")
    placed = events.filter(~x.is_null(), ~y.is_null())
    found = collected(
        placed.group_by("theatre").agg(west=x.min(), south=y.min(), east=x.max(), north=y.max())
    ).sort_values("theatre")
    return {
        str(theatre): (float(west), float(south), float(east), float(north))
        for theatre, west, south, east, north in found[
            ["theatre", "west", "south", "east", "north"]
        ].itertuples(index=False)
    }


def covered(events: Frame) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of events, those known to the year left out.

    Such a one lies somewhere in its span: the rest of the span is not covered by the table, and its
    days are not days without events. Where nothing is known any better, the spans count whole.

    Returns:
        None where no event has a date.
    """
    is_known = is_dated() & (nw.col("date_precision") != _YEAR)
    ends = {"first": nw.col("day").min(), "last": nw.col("end_day").max()}
    for condition in (is_known, is_dated()):
        row = whole_row(events.filter(condition).select(events=nw.len(), **ends))
        if row["events"]:
            first, last = (datetime.date(1970, 1, 1) + datetime.timedelta(row[end]) for end in ends)
            return first, last
    return None
