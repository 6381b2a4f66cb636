"""When, how deadly, and how well covered: the timeline's rows and its picture."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.figures import frame, legend, theme, timeline
from dashboard.figures.frame import Key
from dashboard.figures.theme import Medium
from dashboard.selection import Selection
from dashboard.views.common import (
    EPOCH,
    LANE_COLUMNS,
    chosen_ids,
    colouring,
    described,
    lane_names,
)


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict:
    """Draw all events in their lanes, those not chosen in grey; the width is the page's."""
    picked = set(chosen_ids(dataset, selection))
    rows = described(dataset)
    names = lane_names(dataset, selection.lanes)
    span = window_span(dataset, selection) if selection.zoom else whole_span(dataset)
    room = timeline.layout_for(medium, len(names), medium.width_px, None)
    spec = _draw(dataset, selection, medium, rows, rows.index.isin(picked), names, span, room)
    spec["layout"]["height"] = room.height_px
    return spec


def picture(dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words) -> dict:
    """Draw the chosen events alone, with headline, key and source line."""
    picked = chosen_ids(dataset, selection)
    rows = described(dataset).loc[picked]
    every = lane_names(dataset, selection.lanes)
    present = set(rows[LANE_COLUMNS[selection.lanes]])
    names = {key: name for key, name in every.items() if key in present} or every
    key_px = legend.size_key_px(medium) if rows["killed"].max() > 0 else 0.0
    where = frame.plan(words, medium, key_px=key_px)
    inner = medium.height_px - where.top - where.bottom
    room = timeline.layout_for(medium, len(names), medium.width_px - 2 * where.pad, inner)
    span = window_span(dataset, selection)
    spec = _draw(dataset, selection, medium, rows, [True] * len(rows), names, span, room)
    margin = frame.margins(where, spec["layout"]["margin"])
    spec["layout"]["margin"] = margin
    scale = _scale(spec, rows) if key_px else None
    return frame.dress(spec, where, medium, scale)


def _scale(spec: dict, rows: pd.DataFrame) -> legend.Scale:
    largest = float(rows["killed"].max())
    return legend.Scale(largest, float(max(spec["data"][1]["marker"]["size"])) / 2)


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List what the marks of the picture mean."""
    palette = medium.palette
    paint = colouring(selection, palette)
    rows = described(dataset).loc[chosen_ids(dataset, selection)]
    found = paint.keys(set(rows[paint.column]))
    if rows["killed"].isna().any():
        found.append(Key("square", "", palette.soft, "Toll unknown"))
    if (rows["is_vague"]).any():
        found.append(Key("ghost", palette.soft, palette.soft, "Date known to the week or month"))
    return found


def whole_span(dataset: Dataset) -> timeline.Span:
    """Return what the axis shows for the whole table."""
    return _padded(pd.Timestamp(dataset.first_day), pd.Timestamp(dataset.last_day), least_days=60)


def window_span(dataset: Dataset, selection: Selection) -> timeline.Span:
    """Return what the axis shows for the chosen window."""
    first = selection.from_date or dataset.first_day
    last = selection.to_date or dataset.last_day
    return _padded(pd.Timestamp(first), pd.Timestamp(last), least_days=6)


def _padded(first: pd.Timestamp, last: pd.Timestamp, least_days: int) -> timeline.Span:
    days = max((last - first).days + 1, least_days)
    pad = pd.Timedelta(days=days * 0.022)
    return timeline.Span(_ms(first - pad), _ms(last + pd.Timedelta(days=1) + pad))


def _ms(moment: pd.Timestamp) -> float:
    return (moment - EPOCH) / pd.Timedelta(milliseconds=1)


def _draw(dataset, selection, medium, rows, is_chosen, names, span, room) -> dict:
    paint = colouring(selection, medium.palette)
    marks = rows.assign(
        lane=rows[LANE_COLUMNS[selection.lanes]],
        colour=rows[paint.column],
        is_chosen=is_chosen,
        is_focus=rows["event_id"] == selection.event,
    )
    months = month_rows(dataset, selection.filters.with_(colour=selection.colour))
    return timeline.draw(
        marks, names, months, coverage_rows(dataset), span, paint.colours, medium, room
    )


@lru_cache(maxsize=64)
def month_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Count chosen and all events a month, by colour; the columns that `timeline.draw` asks for."""
    paint = colouring(selection, theme.LIGHT)
    rows = described(dataset)
    picked = chosen_ids(dataset, selection)
    month = rows["start_date"].dt.to_period("M")
    totals = month.value_counts()
    some = month.loc[picked]
    counted = (
        pd.DataFrame({"month": some, "colour": rows.loc[picked, paint.column]})
        .value_counts()
        .rename("events")
        .reset_index()
    )
    missing = totals.index.difference(counted["month"])
    filler = pd.DataFrame({"month": missing, "colour": "", "events": 0})
    merged = pd.concat([counted, filler], ignore_index=True) if len(filler) else counted
    merged = merged.sort_values(["month", "colour"], ignore_index=True)
    merged["total"] = merged["month"].map(totals).astype("int64")
    return merged.assign(**_month_edges(merged["month"]))


@lru_cache(maxsize=4)
def coverage_rows(dataset: Dataset) -> pd.DataFrame:
    """Count source reports by the month of their event, every month of the table."""
    month = described(dataset)["start_date"].dt.to_period("M")
    of_report = dataset.reports["event_id"].map(month)
    every = pd.period_range(month.min(), month.max(), freq="M")
    counted = of_report.value_counts().reindex(every, fill_value=0)
    edges = _month_edges(pd.Series(every))
    return pd.DataFrame({**edges, "reports": counted.to_numpy()})


def _month_edges(months: pd.Series) -> dict[str, pd.Series]:
    milliseconds = pd.Timedelta(milliseconds=1)
    start = months.dt.to_timestamp() if len(months) else pd.Series([], dtype="datetime64[ns]")
    following = (months + 1).dt.to_timestamp() if len(months) else start
    return {
        "start_ms": (start - EPOCH) / milliseconds,
        "end_ms": (following - EPOCH) / milliseconds,
    }
