"""Where questions about a selection are put: a table in memory, or one that an engine holds."""

from __future__ import annotations

import narwhals as nw

from dashboard import query
from dashboard.answers import answered_once
from dashboard.dataset import Dataset
from dashboard.engine import LargeDataset, open_events
from dashboard.selection import Selection

# As many events are drawn one by one; more are drawn as cells and bins.
MOST_MARKS = 2_000
LONGEST_DAYS = 62


def is_held(dataset: Dataset) -> bool:
    """Whether all events of a table are at hand, and few enough to be drawn one by one."""
    return dataset.size <= MOST_MARKS and not isinstance(dataset, LargeDataset)


def events(dataset: Dataset, selection: Selection) -> query.Frame:
    """Return the events that a selection chooses."""
    if isinstance(dataset, LargeDataset):
        # A query belongs to one thread: it is not kept.
        return query.select(*asked(dataset, selection))
    return _events(dataset, selection.filters)


@answered_once(maxsize=64)
def _events(dataset: Dataset, filters: Selection) -> query.Frame:
    return query.select(open_events(dataset), filters)


def asked(dataset: Dataset, selection: Selection) -> tuple[query.Frame, Selection]:
    """Return the frame to put all questions about a selection to, and the filters left to ask.

    What is dear to test, a search or a polygon, a large table answers once for all of them.
    """
    if isinstance(dataset, LargeDataset):
        return query.narrowed(dataset.connection, selection.filters)
    return open_events(dataset), selection.filters


def of_known_time(dataset: Dataset, selection: Selection) -> query.Frame:
    """Return the chosen events that a bar of some weeks can stand for.

    In a large table many events are known only to the year: in the month of their first day they
    would be a peak that nobody reported.
    """
    found = events(dataset, selection).filter(query.is_dated())
    if dataset.size <= MOST_MARKS:
        return found
    return found.filter(nw.col("end_day") - nw.col("day") < LONGEST_DAYS)
