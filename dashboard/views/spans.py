"""Which days an axis of time shows: those of the window that the table holds, with some room."""

from __future__ import annotations

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.figures.axes import Span
from dashboard.selection import Selection
from dashboard.views.months import milliseconds


def window(dataset: Dataset, selection: Selection) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and last day of the window, of the days that the table holds.

    A link may name any day of the years 1 to 9999. Days that the table does not hold are not days
    without events, and an axis of centuries would show nothing; a window outside of the table's
    days has the nearest of them.
    """
    first, last = dataset.held_days
    start, end = (
        pd.Timestamp(min(max(day, first), last))
        for day in (
            selection.from_date or dataset.first_day,
            selection.to_date or dataset.last_day,
        )
    )
    return start, end


def whole_span(dataset: Dataset) -> Span:
    """Return what the axis shows for the whole table."""
    return _padded(pd.Timestamp(dataset.first_day), pd.Timestamp(dataset.last_day), least_days=60)


def window_span(dataset: Dataset, selection: Selection) -> Span:
    """Return what the axis shows for the chosen window."""
    return _padded(*window(dataset, selection), least_days=6)


def _padded(first: pd.Timestamp, last: pd.Timestamp, least_days: int) -> Span:
    days = (last - first).days + 1
    pad = pd.Timedelta(days=max(days * 0.022, (least_days - days) / 2))
    return Span(milliseconds(first - pad), milliseconds(last + pd.Timedelta(days=1) + pad))
