"""The foot of the timeline: chosen and all events a month or day, and the sources behind them."""

from __future__ import annotations

import pandas as pd

from dashboard import query
from dashboard.answers import answered_once
from dashboard.dataset import Dataset
from dashboard.engine import open_events
from dashboard.figures import theme
from dashboard.figures.axes import Span
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
    counted = some[["start_ms", "end_ms", "lane", "events"]].rename(columns={"lane": "colour"})
    # Plain objects: Arrow's strings take longer to sort and to join.
    counted["colour"] = counted["colour"].astype("object")
    every = _every(dataset, per)
    missing = every[~every["start_ms"].isin(counted["start_ms"])]
    filler = missing[["start_ms", "end_ms"]].assign(colour="", events=0)
    merged = pd.concat([counted, filler], ignore_index=True) if len(filler) else counted
    merged = merged.sort_values(["start_ms", "colour"], ignore_index=True)
    totals = every.set_index("start_ms")["total"]
    return merged.assign(total=merged["start_ms"].map(totals).astype("int64"))


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


def within(bars: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Keep the months that the window touches."""
    first, last = selection.from_date, selection.to_date
    kept = pd.Series(True, index=bars.index)
    if first:
        kept &= bars["end_ms"] > milliseconds(pd.Timestamp(first))
    if last:
        kept &= bars["start_ms"] <= milliseconds(pd.Timestamp(last))
    return bars[kept]
