"""When, how deadly, and how well covered: the timeline's rows and its picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.figures import frame, legend, swarm, theme, timeline
from dashboard.figures.axes import Span
from dashboard.figures.blank import blank
from dashboard.figures.frame import Key
from dashboard.figures.notes import notice
from dashboard.figures.swarm import Scene
from dashboard.figures.theme import Medium
from dashboard.selection import Selection
from dashboard.views import alt
from dashboard.views.common import EPOCH, chosen_ids, chosen_rows, described, nothing
from dashboard.views.grouping import LANE_COLUMNS, colouring, lane_names

# Windows shorter than this have a bar a day instead of a bar a month.
DAYS_UP_TO = 62
OTHER_LANES = "*"
MOST_NAMED = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """The events to draw, a lane each, and the lanes' names from the top."""

    rows: pd.DataFrame
    lanes: dict[str, str]
    span: Span


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict[str, Any]:
    """Draw all events in their lanes, those not chosen in grey; the width is the page's."""
    picked = set(chosen_ids(dataset, selection))
    rows = described(dataset)
    names = lane_names(dataset, selection.lanes)
    span = window_span(dataset, selection) if selection.zoom else whole_span(dataset)
    room = swarm.room_for(medium, len(names), medium.width_px, None)
    marks = _marks(dataset, selection, rows, is_cut=selection.zoom)
    marks = marks.assign(is_chosen=rows.index.isin(picked))
    spec = _draw(dataset, selection, medium, _Drawn(marks, names, span), room)
    spec["layout"]["height"] = room.height_px
    if not picked:
        middle = room.width_px / 2, room.swarm_px / 2
        words = nothing(dataset, selection)
        spec["layout"]["annotations"].append(notice(words, medium, middle))
    return spec


def picture(
    dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words
) -> dict[str, Any]:
    """Draw the chosen events alone, with headline, key and source line."""
    rows = chosen_rows(dataset, selection)
    has_scale = rows["killed"].max() > 0 and frame.has_size_key(words, medium)
    where = frame.plan(words, medium, key_px=legend.size_key_px(medium) if has_scale else 0.0)
    if rows.empty:
        return frame.framed(
            blank(nothing(dataset, selection), medium, where.room(medium)), where, medium
        )
    marks = _marks(dataset, selection, rows, is_cut=True).assign(is_chosen=True)
    every = lane_names(dataset, selection.lanes)
    names = {key: name for key, name in every.items() if key in set(marks["lane"])}
    room = swarm.room_for(medium, len(names), *where.room(medium))
    if len(names) > (most := swarm.capacity(room, medium)):
        marks, names = _merged(marks, names, most)
        room = swarm.room_for(medium, len(names), *where.room(medium))
    drawn = _Drawn(marks, names, window_span(dataset, selection))
    spec = _draw(dataset, selection, medium, drawn, room)
    scale = _scale(spec, rows) if has_scale else None
    return frame.framed(spec, where, medium, scale)


def _merged(
    marks: pd.DataFrame, names: dict[str, str], most: int
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Join the lanes with the fewest events, so that no more than `most` are left."""
    kept = set(marks["lane"].value_counts().index[: most - 1])
    few = [name for key, name in names.items() if key not in kept]
    left = {key: name for key, name in names.items() if key in kept}
    lane = marks["lane"].where(marks["lane"].isin(kept), OTHER_LANES)
    return marks.assign(lane=lane), {**left, OTHER_LANES: f"{len(few)} others"}


def _scale(spec: dict[str, Any], rows: pd.DataFrame) -> legend.Scale:
    mark = next(trace["marker"] for trace in spec["data"] if trace["name"] == "events")
    circles = np.array(mark["symbol"]) == "circle"
    return legend.Scale(float(rows["killed"].max()), float(mark["size"][circles].max()) / 2)


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List what the marks of the picture mean."""
    palette = medium.palette
    paint = colouring(selection, palette)
    rows = chosen_rows(dataset, selection)
    found = paint.keys(set(rows[paint.column]))
    if rows["killed"].isna().any():
        found.append(Key("square", "", palette.soft, "Toll unknown"))
    if rows["is_vague"].any():
        found.append(Key("ghost", palette.soft, palette.soft, "Date known to the week or month"))
    if len(rows) and _has_others(dataset, selection):
        ghost = palette.ghost_edge
        found.append(Key("solid-square", ghost, ghost, "All events in the table"))
    return found


def in_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Describe the timeline in sentences."""
    rows = chosen_rows(dataset, selection)
    present = set(rows[LANE_COLUMNS[selection.lanes]])
    names = [name for key, name in lane_names(dataset, selection.lanes).items() if key in present]
    lanes = wording.listed(names) if len(names) <= MOST_NAMED else f"{len(names)} countries"
    drawn = f"A timeline of {lanes}: a circle for each event, its area the dead."
    return alt.of_events(dataset, selection, drawn)


def _has_others(dataset: Dataset, selection: Selection) -> bool:
    """Tell whether the bars show more than the chosen events."""
    seen = _within(bar_rows(dataset, selection)[0], selection)
    return bool(seen["events"].sum() < seen.drop_duplicates("start_ms")["total"].sum())


def whole_span(dataset: Dataset) -> Span:
    """Return what the axis shows for the whole table."""
    return _padded(pd.Timestamp(dataset.first_day), pd.Timestamp(dataset.last_day), least_days=60)


def window_span(dataset: Dataset, selection: Selection) -> Span:
    """Return what the axis shows for the chosen window."""
    first = selection.from_date or dataset.first_day
    last = selection.to_date or dataset.last_day
    return _padded(pd.Timestamp(first), pd.Timestamp(last), least_days=6)


def _padded(first: pd.Timestamp, last: pd.Timestamp, least_days: int) -> Span:
    days = (last - first).days + 1
    pad = pd.Timedelta(days=max(days * 0.022, (least_days - days) / 2))
    return Span(_ms(first - pad), _ms(last + pd.Timedelta(days=1) + pad))


def _ms(moment: pd.Timestamp) -> float:
    return (moment - EPOCH) / pd.Timedelta(milliseconds=1)


# What of an event becomes a mark; few columns are quick to sort and to take apart.
_MARK_COLUMNS = ["event_id", "start_ms", "end_ms", "killed", "is_vague", "label", "hover"]


def _marks(
    dataset: Dataset, selection: Selection, rows: pd.DataFrame, *, is_cut: bool
) -> pd.DataFrame:
    """Return the columns of `timeline.Rows.marks` but is_chosen.

    Where the axis is cut to the window, an event that began before it stands at its first day.
    """
    at = rows["start_ms"]
    if selection.from_date and is_cut:
        first = _ms(pd.Timestamp(selection.from_date))
        at = at.where((at >= first) | (rows["end_ms"] < first), first)
    return rows[_MARK_COLUMNS].assign(
        at_ms=at,
        lane=rows[LANE_COLUMNS[selection.lanes]],
        colour=rows[colouring(selection, theme.LIGHT).column],
        is_focus=rows["event_id"] == selection.event,
    )


def _draw(
    dataset: Dataset, selection: Selection, medium: Medium, drawn: _Drawn, room: swarm.Room
) -> dict[str, Any]:
    paint = colouring(selection, medium.palette)
    bars, per = bar_rows(dataset, selection, drawn.span)
    coverage = coverage_rows(dataset, per)
    if medium.framed:
        bars, coverage = _within(bars, selection), _within(coverage, selection)
    rows = timeline.Rows(drawn.rows, bars, coverage, per)
    return timeline.draw(rows, Scene(drawn.lanes, drawn.span, paint.colours, room), medium)


def _within(bars: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Keep the months that the window touches."""
    first, last = selection.from_date, selection.to_date
    kept = pd.Series(True, index=bars.index)
    if first:
        kept &= bars["end_ms"] > _ms(pd.Timestamp(first))
    if last:
        kept &= bars["start_ms"] <= _ms(pd.Timestamp(last))
    return bars[kept]


def bar_rows(
    dataset: Dataset, selection: Selection, span: Span | None = None
) -> tuple[pd.DataFrame, str]:
    """Count chosen and all events a month, or a day where the span is short, by colour.

    Returns:
        The columns that `months.traces` asks for, and "month" or "day".
    """
    shown = span or window_span(dataset, selection)
    per = "day" if shown.days < DAYS_UP_TO else "month"
    return month_rows(dataset, selection.filters.with_(colour=selection.colour), per), per


@lru_cache(maxsize=64)
def month_rows(dataset: Dataset, selection: Selection, per: str = "month") -> pd.DataFrame:
    """Count chosen and all events a month (or day), by colour; the columns of `months.traces`."""
    paint = colouring(selection, theme.LIGHT)
    rows = described(dataset)
    picked = chosen_ids(dataset, selection)
    month = rows["start_date"].dt.to_period(per[0].upper())
    totals = month.value_counts()
    some = month.loc[picked]
    counted = (
        pd.DataFrame({"month": some, "colour": rows.loc[picked, paint.column]})
        .value_counts()
        .rename("events")
        .reset_index()
    )
    missing = totals.index.difference(pd.Index(counted["month"]))
    filler = pd.DataFrame({"month": missing, "colour": "", "events": 0})
    merged = pd.concat([counted, filler], ignore_index=True) if len(filler) else counted
    merged = merged.sort_values(["month", "colour"], ignore_index=True)
    merged["total"] = merged["month"].map(totals).astype("int64")
    return merged.assign(**_edges(merged["month"]))


@lru_cache(maxsize=4)
def coverage_rows(dataset: Dataset, per: str = "month") -> pd.DataFrame:
    """Count source reports by the month (or day) of their event, from the first to the last."""
    month = described(dataset)["start_date"].dt.to_period(per[0].upper())
    of_report = dataset.reports["event_id"].map(month)
    every = pd.period_range(month.min(), month.max(), freq=per[0].upper())
    counted = of_report.value_counts().reindex(every, fill_value=0)
    edges = _edges(pd.Series(every))
    return pd.DataFrame({**edges, "reports": counted.to_numpy()})


def _edges(periods: pd.Series) -> dict[str, pd.Series]:
    pairs = [_edges_ms(period) for period in periods]
    return {
        name: pd.Series([pair[side] for pair in pairs], index=periods.index, dtype="float64")
        for side, name in enumerate(("start_ms", "end_ms"))
    }


@lru_cache(maxsize=8192)
def _edges_ms(period: pd.Period) -> tuple[float, float]:
    return _ms(period.start_time), _ms((period + 1).start_time)
