"""How well stretches of time are covered by sources."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from dashboard.query.filters import is_dated
from dashboard.query.frames import Frame, collected, integers, whole


def coverage(events: Frame, per: str = "month") -> pd.DataFrame:
    """Add up the independent sources of events by the month or day that they begin in.

    Args:
        events: A selection.
        per: "month" or "day".

    Returns:
        One row a month or day with an event, in order: start_ms and end_ms (float64, milliseconds
        since 1970), sources (int64).
    """
    grouped = events.filter(is_dated()).group_by(per).agg(sources=nw.col("sources").sum())
    found = whole(collected(grouped.with_columns(*integers("sources"))), "sources")
    found = found.sort_values(per, ignore_index=True)
    numbers = found[per].to_numpy("int64")
    unit = "M" if per == "month" else "D"
    since = numbers - 1970 * 12 if per == "month" else numbers
    edges = (since.astype(f"datetime64[{unit}]"), (since + 1).astype(f"datetime64[{unit}]"))
    start, end = (edge.astype("datetime64[ms]").astype("float64") for edge in edges)
    return pd.DataFrame({"start_ms": start, "end_ms": end, "sources": found["sources"]})
