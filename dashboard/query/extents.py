"""How far the events of each theatre reach."""

from __future__ import annotations

import narwhals as nw

from dashboard.query.frames import Frame, collected


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
