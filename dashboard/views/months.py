"""The foot of the timeline: chosen and all events a month or day, and the sources behind them."""

from __future__ import annotations

import datetime

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard import query, wording
from dashboard.answers import answered_once
from dashboard.dataset import Dataset
from dashboard.engine import open_events
from dashboard.figures import theme
from dashboard.figures.axes import DAY_MS, Span
from dashboard.query.frames import ordering
from dashboard.schema import UNDATED
from dashboard.selection import Selection
from dashboard.views import asking, chosen, summed
from dashboard.views.describing import EPOCH
from dashboard.views.grouping import colouring

# Windows shorter than this have a bar a day instead of a bar a month.
DAYS_UP_TO = 62
# Of a large table a window longer than this has a bar a quarter: each bar is a stack of several.
MONTHS_UP_TO = 9_000


def milliseconds(moment: pd.Timestamp) -> float:
    """Return the milliseconds since 1970 of a moment without a time zone."""
    return (moment - EPOCH) / pd.Timedelta(milliseconds=1)


def day_ms(day: datetime.date) -> float:
    """Return the milliseconds since 1970 of any day, however far off."""
    return query.day_number(day) * DAY_MS


def bar_rows(dataset: Dataset, selection: Selection, span: Span) -> tuple[pd.DataFrame, str]:
    """Count chosen and all events a month, or a day where the span is short, by colour.

    Returns:
        The columns that `months.traces` asks for, and "quarter", "month" or "day".
    """
    per = "day" if span.days < DAYS_UP_TO else "month"
    if dataset.size > asking.MOST_MARKS and span.days > MONTHS_UP_TO:
        per = "quarter"
    return month_rows(dataset, selection.filters.with_(colour=selection.colour), per), per


@answered_once(maxsize=64)
def month_rows(dataset: Dataset, selection: Selection, per: str = "month") -> pd.DataFrame:
    """Count chosen and all events a month (or day), by colour; the columns of `months.traces`."""
    column = colouring(selection, theme.LIGHT).column
    some = summed.bins(dataset, selection.filters, column, per, column)
    every = _every(dataset, per)
    first = every["start_ms"].to_numpy()
    missing = ~np.isin(first, some["start_ms"].to_numpy())
    none = int(missing.sum())
    start, end = (
        np.concatenate([some[name].to_numpy(), every[name].to_numpy()[missing]])
        for name in ("start_ms", "end_ms")
    )
    colour = np.concatenate([some["lane"].to_numpy("object"), np.full(none, "", "object")])
    events = np.concatenate([some["events"].to_numpy(), np.zeros(none, "int64")])
    order = ordering(start, colour)
    start = start[order]
    return pd.DataFrame(
        {
            "start_ms": start,
            "end_ms": end[order],
            "events": events[order],
            # Plain objects: Arrow's strings take longer to sort and to join.
            "colour": pd.Series(colour[order], dtype="object"),
            "total": every["total"].to_numpy("int64")[np.searchsorted(first, start)],
        }
    )


@answered_once(maxsize=8)
def _every(dataset: Dataset, per: str) -> pd.DataFrame:
    """Count all events a month (or day): start_ms, end_ms, total."""
    found = summed.bins(dataset, Selection(), "theatre", per, "theatre")
    grouped = found.groupby(["start_ms", "end_ms"])[["events"]].sum()
    return grouped.set_axis(["total"], axis=1).reset_index()


@answered_once(maxsize=8)
def coverage_rows(dataset: Dataset, per: str = "month") -> pd.DataFrame:
    """Count source reports by the month (or day) of their event, from the first to the last.

    Of a large table the independent sources of its events are counted instead.
    """
    if not asking.is_held(dataset):
        found = query.coverage(open_events(dataset), per)
        return found.rename(columns={"sources": "reports"})
    rows = chosen.described(dataset)
    days = rows["start_date"].where(rows["date_precision"] != UNDATED)
    month = days.dt.to_period(per[0].upper())
    if month.isna().all():
        return pd.DataFrame({"start_ms": [], "end_ms": [], "reports": []})
    of_report = dataset.reports["event_id"].map(month)
    every = pd.period_range(month.min(), month.max(), freq=per[0].upper())
    counted = of_report.value_counts().reindex(every, fill_value=0)
    edges = [(milliseconds(one.start_time), milliseconds((one + 1).start_time)) for one in every]
    return pd.DataFrame(edges, columns=["start_ms", "end_ms"]).assign(reports=counted.to_numpy())


def year_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Say how many of the events counted by month are known only to the year, if any."""
    number = _of_year(dataset, selection.filters)
    if not number:
        return []
    verb, whose = ("counts", "its") if number == 1 else ("count", "their")
    events = wording.plural(number, "event")
    return [f"{events} known only to the year {verb} in {whose} first month."]


def bar_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Say the same of the timeline's bars; those of a large table leave such events out."""
    return [] if dataset.size > asking.MOST_MARKS else year_words(dataset, selection)


def counting_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Say which of the chosen events the bars hold for a year, and which have no date, if any."""
    return [*bar_words(dataset, selection), *undated_words(dataset, selection)]


def undated_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Say how many of the chosen events have no date, if any."""
    number = chosen.undated(dataset, selection)
    verb = "event has no date and is" if number == 1 else "events have no date and are"
    return [f"{number:,} {verb} not on the timeline."] if number else []


@answered_once(maxsize=64)
def _of_year(dataset: Dataset, filters: Selection) -> int:
    """Count the chosen events known only to the year that begin in no month before the window."""
    if "year" not in chosen.present(dataset, filters, "date_precision"):
        return 0
    found = asking.events(dataset, filters).filter(nw.col("date_precision") == "year")
    if filters.from_date:
        first = filters.from_date.year * 12 + filters.from_date.month - 1
        found = found.filter(nw.col("month") >= first)
    return int(query.by_month(found, "theatre")["events"].sum())


def within(bars: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Keep the months that the window touches."""
    first, last = selection.from_date, selection.to_date
    kept = pd.Series(True, index=bars.index)
    if first:
        kept &= bars["end_ms"] > day_ms(first)
    if last:
        kept &= bars["start_ms"] <= day_ms(last)
    return bars[kept]
