"""What a selection chooses, for tables of any size: few events as rows, many as sums.

A small table is described once and its rows are taken from there. Of a large one only what is
drawn or listed is fetched, so nothing here grows with the table.
"""

from __future__ import annotations

import datetime

import narwhals as nw
import pandas as pd

from dashboard import comparison, query
from dashboard.answers import answered_once
from dashboard.dataset import Dataset
from dashboard.engine import open_events, prepared
from dashboard.schema import UNDATED
from dashboard.selection import Selection
from dashboard.views import asking, foremost, summed
from dashboard.views.describing import describe

FEW = 6
# What lists and texts say of an event: an engine that keeps columns apart need not read the rest.
LISTED = (
    *("event_id", "start_date", "end_date", "date_precision", "title", "place", "country_code"),
    *("latitude_deg", "longitude_deg", "geo_precision", "initiators", "targets", "attribution"),
    *("killed_low", "killed_best", "killed_high", "theatre", "event_type", "type_group", "family"),
    *("wounded_best", "sources"),
)
# Points no farther apart are one place: some fifty metres.
SAME_PLACE_DEG = 5e-4


def totals(dataset: Dataset, selection: Selection) -> query.Totals:
    """Add up what a selection chooses."""
    return summed.totals(dataset, selection.filters)


def compared(dataset: Dataset, selection: Selection) -> comparison.Comparison | None:
    """Set the selection's window against the same number of days before it; see `compare`."""
    return _compared(dataset, selection.filters)


@answered_once(maxsize=128)
def _compared(dataset: Dataset, filters: Selection) -> comparison.Comparison | None:
    frame, left = asking.asked(dataset, filters)
    begins = _begins(dataset, Selection(theatres=filters.theatres, countries=filters.countries))
    return comparison.compare(frame, left, edges=covered(dataset), begins=begins)


def obstacle(dataset: Dataset, selection: Selection) -> str:
    """Say why there is nothing to compare a selection with, "" where there is."""
    return comparison.obstacle(open_events(dataset), selection, edges=covered(dataset))


@answered_once(maxsize=8)
def covered(dataset: Dataset) -> comparison.Edges | None:
    """Return the first and the last day that a table covers; see `query.covered`."""
    return query.covered(open_events(dataset))


def _begins(dataset: Dataset, places: Selection) -> datetime.date | None:
    """Return the day of the first event of some places; None for all or where there is none."""
    if places == Selection() or dataset.days is None:
        return None
    held = _days(dataset, places)
    return held and held[0]


def _days(dataset: Dataset, filters: Selection) -> tuple[datetime.date, datetime.date] | None:
    """Return the days of the chosen events with a date by their sums, None without any."""
    if dataset.days and undated(dataset, filters):
        # From the first day on, as what has no date lies in no window.
        filters = filters.with_(from_date=dataset.days[0])
    return summed.totals(dataset, filters).days


def is_few(dataset: Dataset, selection: Selection) -> bool:
    """Whether the chosen events can be drawn one by one."""
    return number(dataset, selection) <= asking.MOST_MARKS


def number(dataset: Dataset, selection: Selection) -> int:
    """Count the chosen events."""
    if asking.is_held(dataset):
        return len(rows(dataset, selection))
    return totals(dataset, selection).events


def ids(dataset: Dataset, selection: Selection) -> list[str]:
    """List the ids of the chosen events in their order, `asking.MOST_MARKS` at most."""
    return list(rows(dataset, selection).index)


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the chosen events, `MOST_MARKS` at most; not to be changed.

    Returns:
        The columns of `described`; of a large table only those that follow from `LISTED`.
    """
    return _rows(dataset, selection.filters)


@answered_once(maxsize=64)
def _rows(dataset: Dataset, filters: Selection) -> pd.DataFrame:
    if asking.is_held(dataset):
        every = open_events(dataset)
        assert isinstance(every, nw.DataFrame)
        return described(dataset)[query.is_chosen(every, filters)]
    found = asking.events(dataset, filters)
    if is_few(dataset, filters):
        return describe(dataset, query.few(found, LISTED))
    return describe(dataset, query.rows(found, asking.MOST_MARKS, columns=LISTED))


def deadliest(dataset: Dataset, selection: Selection, most: int) -> pd.DataFrame:
    """Return the deadliest of the chosen events, rows of `described`."""
    # Texts and lists ask for a few each: one answer serves all of them.
    return _deadliest(dataset, selection.filters, max(most, FEW)).head(most)


@answered_once(maxsize=128)
def _deadliest(dataset: Dataset, filters: Selection, most: int) -> pd.DataFrame:
    if is_few(dataset, filters):
        found = rows(dataset, filters)
        return found.loc[found["killed"].nlargest(most, keep="first").index]
    few = foremost.head(foremost.peaks(dataset), filters, most)
    if few is not None:
        return few
    return describe(dataset, query.largest(asking.events(dataset, filters), most, columns=LISTED))


def undated(dataset: Dataset, selection: Selection) -> int:
    """Count the chosen events without a date."""
    if is_few(dataset, selection):
        return int((rows(dataset, selection)["date_precision"] == UNDATED).sum())
    return summed.counts(dataset, selection.filters, "date_precision").get(UNDATED, 0)


def unplaced(dataset: Dataset, selection: Selection, most: int) -> pd.DataFrame:
    """Return chosen events without a place, the earliest first, rows of `described`."""
    if is_few(dataset, selection):
        found = rows(dataset, selection)
        return found[found["latitude_deg"].isna()].head(most)
    if not totals(dataset, selection).unplaced:
        return deadliest(dataset, selection, 0)
    return _unplaced(dataset, selection.filters, most)


@answered_once(maxsize=64)
def _unplaced(dataset: Dataset, filters: Selection, most: int) -> pd.DataFrame:
    # Any will do for a list that is cut: to sort them all would cost more than it tells.
    few = foremost.head(foremost.without_place(dataset), filters, most)
    if few is not None:
        return few
    lacking = asking.events(dataset, filters).filter(nw.col("latitude_deg").is_null())
    return describe(dataset, query.collected(lacking.select(*LISTED).head(most)))


def span(dataset: Dataset, selection: Selection) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of the chosen events with a date, None without any."""
    return _span(dataset, selection.filters)


@answered_once(maxsize=128)
def _span(dataset: Dataset, filters: Selection) -> tuple[datetime.date, datetime.date] | None:
    if not is_few(dataset, filters):
        return _days(dataset, filters)
    found = rows(dataset, filters)
    # What has no date stands with the table's days.
    found = found[found["date_precision"] != UNDATED]
    if found.empty:
        return None
    return found["start_date"].min().date(), found["end_date"].max().date()


def present(dataset: Dataset, selection: Selection, column: str) -> set[str]:
    """Return the values of a column that occur among the chosen events."""
    if is_few(dataset, selection):
        return set(rows(dataset, selection)[column])
    return set(summed.counts(dataset, selection.filters, column))


def event(dataset: Dataset, event_id: str) -> pd.Series | None:
    """Return one event of the table, a row of `described`; None where there is no such event."""
    if asking.is_held(dataset):
        known = described(dataset)
        return known.loc[[event_id]].iloc[0] if event_id in known.index else None
    return _event(dataset, event_id)


@answered_once(maxsize=64)
def _event(dataset: Dataset, event_id: str) -> pd.Series | None:
    found = describe(dataset, query.one(open_events(dataset), event_id))
    return None if found.empty else found.iloc[0]


def neighbours(dataset: Dataset, selection: Selection) -> tuple[str, str, int]:
    """Find the chosen events before and after the one in focus, and its number from 1, else 0."""
    if not is_few(dataset, selection):
        return _neighbours(dataset, selection.filters, selection.event)
    order = list(rows(dataset, selection).index)
    if selection.event not in order:
        return "", "", 0
    place = order.index(selection.event)
    before = order[place - 1] if place else ""
    after = order[place + 1] if place + 1 < len(order) else ""
    return before, after, place + 1


@answered_once(maxsize=64)
def _neighbours(dataset: Dataset, filters: Selection, event_id: str) -> tuple[str, str, int]:
    return query.neighbours(asking.events(dataset, filters), event_id)


def box_at(at: tuple[float, ...]) -> tuple[float, ...]:
    """Return the box (west, south, east, north) of what `Selection.at` names, a place or a cell."""
    if len(at) == 4:
        return at
    latitude, longitude = at
    return (
        *(longitude - SAME_PLACE_DEG, latitude - SAME_PLACE_DEG),
        *(longitude + SAME_PLACE_DEG, latitude + SAME_PLACE_DEG),
    )


def inside(
    dataset: Dataset, selection: Selection, box: tuple[float, ...], start: int, most: int
) -> tuple[pd.DataFrame, int]:
    """Return some of the chosen events in a box, and how many there are.

    Those of one place come in the order of time, those of a cell the deadliest first.

    Args:
        dataset: The table.
        selection: What of it.
        box: West, south, east, north in degrees, the edges included.
        start: Number of the first event, from 0.
        most: How many at most.
    """
    west, south, east, north = box
    x, y = nw.col("longitude_deg"), nw.col("latitude_deg")
    found = asking.events(dataset, selection).filter(x >= west, x <= east, y >= south, y <= north)
    is_place = east - west < 3 * SAME_PLACE_DEG
    order = [("start_date", False), ("event_id", False)] if is_place else [("killed_best", True)]
    part, total = query.page(found, order, start, start + most)
    return describe(dataset, part), total


def newest(dataset: Dataset, selection: Selection, start: int, end: int) -> pd.DataFrame:
    """Return some of the chosen events, the newest first and those without a date last.

    Args:
        dataset: The table.
        selection: What of it.
        start: Number of the first event, from 0.
        end: Number of the event after the last.

    Returns:
        Rows of `described`.
    """
    if is_few(dataset, selection):
        found = rows(dataset, selection).iloc[::-1]
        undated = found["start_date"].isna()
        return pd.concat([found[~undated], found[undated]]).iloc[start:end]
    head = foremost.head(foremost.newest(dataset), selection.filters, end)
    if head is not None:
        return head.iloc[start:]
    found = query.newest(asking.events(dataset, selection), start, end, columns=LISTED)
    return describe(dataset, found)


@answered_once(maxsize=4)
def described(dataset: Dataset) -> pd.DataFrame:
    """Describe every event of a small table; see `describe`."""
    return describe(dataset, prepared(dataset).drop(columns="haystack"))
