"""Is it rising? Events and dead a month by theatre."""

from __future__ import annotations

import pandas as pd

from dashboard import query
from dashboard.dataset import Dataset
from dashboard.figures import frame, trend
from dashboard.figures.frame import Key
from dashboard.figures.theme import Medium
from dashboard.selection import Selection
from dashboard.views.common import EPOCH, chosen
from dashboard.views.grouping import lane_names
from dashboard.views.timeline import window_span

ROW_PX = 84


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict:
    """Draw the trend of the chosen events; the width is the page's."""
    months, names = _months(dataset, selection)
    height = ROW_PX * max(len(names), 1) + 3.7 * medium.font_px
    spec = _draw(dataset, selection, medium, months, names, (medium.width_px, height))
    spec["layout"]["height"] = height
    return spec


def picture(dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words) -> dict:
    """Draw the trend with headline, key and source line."""
    months, names = _months(dataset, selection)
    where = frame.plan(words, medium)
    size = (medium.width_px - 2 * where.pad, medium.height_px - where.top - where.bottom)
    spec = _draw(dataset, selection, medium, months, names, size)
    inner = spec["layout"]["margin"]
    spec["layout"]["margin"] = frame.margins(where, inner)
    return frame.dress(spec, where, medium)


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List what bars and lines mean."""
    soft = medium.palette.soft
    return [
        Key("ghost", soft, soft, "One month"),
        Key("bar", soft, soft, f"Mean of the last {trend.ROLLING_MONTHS} months"),
    ]


def _draw(dataset, selection, medium, months, names, size) -> dict:
    span = window_span(dataset, selection)
    return trend.draw(months, names, medium.palette.theatre, span, medium, size)


def _months(dataset: Dataset, selection: Selection) -> tuple[pd.DataFrame, dict[str, str]]:
    """Count each month of the window and lane, months without events as zero events."""
    counted = query.by_month(chosen(dataset, selection), "theatre")
    names = lane_names(dataset, "theatre")
    names = {key: name for key, name in names.items() if key in set(counted["theatre"])} or names
    first = pd.Timestamp(selection.from_date or dataset.first_day).to_period("M")
    last = pd.Timestamp(selection.to_date or dataset.last_day).to_period("M")
    if len(counted):
        first = min(first, counted["month"].min().to_period("M"))
        last = max(last, counted["month"].max().to_period("M"))
    every = pd.period_range(first, last, freq="M")
    grid = pd.MultiIndex.from_product([names, every], names=["series", "month"])
    indexed = counted.assign(month=counted["month"].dt.to_period("M"))
    indexed = indexed.rename(columns={"theatre": "series"}).set_index(["series", "month"])
    rows = indexed[["events", "killed"]].reindex(grid, fill_value=0).reset_index()
    millisecond = pd.Timedelta(milliseconds=1)
    return rows.assign(
        start_ms=(rows["month"].dt.to_timestamp() - EPOCH) / millisecond,
        end_ms=((rows["month"] + 1).dt.to_timestamp() - EPOCH) / millisecond,
    ), names
