"""The heads of lists of a large table, held in memory: a filter leaves the head of its own list."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard import query
from dashboard.answers import answered_once
from dashboard.dataset import Dataset
from dashboard.engine import open_events
from dashboard.selection import Selection
from dashboard.views.describing import describe

# Of a large table so many events are held in memory in the order of a list: what a filter leaves of
# them is the head of the filtered list, and an engine is asked only where that is too short.
FOREMOST = 10_000


@answered_once(maxsize=2)
def peaks(dataset: Dataset) -> pd.DataFrame:
    """Return the deadliest events of a large table, the deadliest first, as `describe` does."""
    return describe(dataset, query.largest(open_events(dataset), FOREMOST))


@answered_once(maxsize=2)
def newest(dataset: Dataset) -> pd.DataFrame:
    """Return the newest events of a large table, the newest first, as `describe` does."""
    return describe(dataset, query.newest(open_events(dataset), 0, FOREMOST))


@answered_once(maxsize=2)
def without_place(dataset: Dataset) -> pd.DataFrame:
    """Return some events of a large table that have no place, as `describe` does."""
    lacking = open_events(dataset).filter(nw.col("latitude_deg").is_null())
    return describe(dataset, query.events_frame(lacking.head(FOREMOST)))


def head(rows: pd.DataFrame, filters: Selection, most: int) -> pd.DataFrame | None:
    """Return the first of some rows that a selection chooses; None where they cannot tell.

    Fewer than `FOREMOST` rows are all there are of their kind: then even few will do. The texts
    that a search reads are not among them.
    """
    if filters.q:
        return None
    found = np.flatnonzero(query.is_chosen(nw.from_native(rows, eager_only=True), filters))
    if len(found) < most and len(rows) >= FOREMOST:
        return None
    return rows.iloc[found[:most]]
