"""How well stretches of time are covered by sources."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from dashboard.query.filters import is_dated
from dashboard.query.frames import Frame, collected, integers, whole
from dashboard.query.marks import bin_number, start_ms


def coverage(events: Frame, per: str = "month") -> pd.DataFrame:
    """Add up the independent sources of events by the stretch of time they begin in.

    Args:
        events: A selection.
        per: "quarter", "month" or "day".

    Returns:
        One row a stretch with an event, in order: start_ms and end_ms (float64, milliseconds
        since 1970), sources (int64).
    """
    grouped = (
        events.filter(is_dated())
        .select("sources", bin=bin_number(per, 0))
        .group_by("bin")
        .agg(sources=nw.col("sources").sum())
    )
    found = whole(collected(grouped.with_columns(*integers("sources"))), "sources")
    found = found.sort_values("bin", ignore_index=True)
    numbers = found["bin"].to_numpy("int64")
    start, end = (start_ms(numbers + more, 0, per) for more in (0, 1))
    return pd.DataFrame({"start_ms": start, "end_ms": end, "sources": found["sources"]})
