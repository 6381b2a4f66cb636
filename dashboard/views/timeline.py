"""When, how deadly, and how well covered: the timeline's rows and its picture."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.figures import bins, frame, legend, swarm, theme, timeline
from dashboard.figures.axes import Span
from dashboard.figures.blank import blank
from dashboard.figures.frame import Key
from dashboard.figures.notes import notice
from dashboard.figures.swarm import Scene
from dashboard.figures.theme import Medium
from dashboard.schema import UNDATED
from dashboard.selection import Selection
from dashboard.views import alt, asking, chosen
from dashboard.views.bins import bin_rows, every_bin
from dashboard.views.bins import reading as bins_reading
from dashboard.views.common import left_out, nothing
from dashboard.views.grouping import LANE_COLUMNS, colouring, lane_names
from dashboard.views.months import bar_rows, counting_words, coverage_rows, day_ms, within
from dashboard.views.spans import whole_span, window_span

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
    number = chosen.number(dataset, selection)
    names = lane_names(dataset, selection.lanes)
    span = window_span(dataset, selection) if selection.zoom else whole_span(dataset)
    if dataset.days is None:
        size = medium.width_px, 8.0 * medium.font_px
        return blank(_none_drawn(dataset, selection), medium, size)
    room = swarm.room_for(medium, len(names), medium.width_px, None, span)
    if number > asking.MOST_MARKS:
        spec = _draw_bins(dataset, selection, medium, Scene(names, span, {}, room))
    else:
        is_small = asking.is_held(dataset)
        # Of a large table those not chosen would be too many.
        rows = _dated(chosen.described(dataset) if is_small else chosen.rows(dataset, selection))
        marks = _marks(dataset, selection, rows, is_cut=selection.zoom)
        picked = set(chosen.rows(dataset, selection).index)
        marks = marks.assign(is_chosen=rows.index.isin(picked))
        spec = _draw(dataset, selection, medium, _Drawn(marks, names, span), room)
    spec["layout"]["height"] = room.height_px
    spec["layout"]["uirevision"] = _revision(selection)
    # A table that is read again may end on another day: they go with the figure, not the page.
    spec["layout"]["meta"] = {"days": [str(day) for day in dataset.days]}
    if draws_none(dataset, selection):
        words, middle = _none_drawn(dataset, selection), (room.width_px / 2, room.swarm_px / 2)
        spec["layout"]["annotations"].append(notice(words, medium, middle))
    return spec


def picture(
    dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words
) -> dict[str, Any]:
    """Draw the chosen events alone, with headline, key and source line."""
    if draws_none(dataset, selection):
        # The page's map draws such events, so `keys` names their colours; this picture has none.
        where = frame.plan(replace(words, keys=()), medium)
        spec = blank(_none_drawn(dataset, selection), medium, where.room(medium))
        return frame.framed(spec, where, medium)
    if not chosen.is_few(dataset, selection):
        return _picture_of_bins(dataset, selection, medium, words)
    rows = _dated(chosen.rows(dataset, selection))
    words = replace(words, caption=[*words.caption, *counting_words(dataset, selection)])
    has_scale = rows["killed"].max() > 0 and frame.has_size_key(words, medium)
    where = frame.plan(words, medium, key_px=legend.size_key_px(medium) if has_scale else 0.0)
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


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["date_precision"] != UNDATED]


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
    found = paint.keys(chosen.present(dataset, selection, paint.column))
    if not chosen.is_few(dataset, selection):
        return found
    rows = _dated(chosen.rows(dataset, selection))
    if rows["killed"].isna().any():
        found.append(Key("square", "", palette.soft, "Toll unknown"))
    # An event of one day has no bar, however vague its date is.
    known = set(rows["date_precision"][rows["end_ms"] > rows["start_ms"]])
    if words := wording.listed([one for one in ("week", "month", "year") if one in known], "or"):
        found.append(Key("ghost", palette.soft, palette.soft, f"Date known to the {words}"))
    if len(rows) and _has_others(dataset, selection):
        ghost = palette.ghost_edge
        found.append(Key("solid-square", ghost, ghost, "All events in the table"))
    return found


def in_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Describe the timeline in sentences."""
    if draws_none(dataset, selection):
        return alt.of_events(dataset, selection, _none_drawn(dataset, selection), "chosen")
    present = chosen.present(dataset, selection, LANE_COLUMNS[selection.lanes])
    names = [name for key, name in lane_names(dataset, selection.lanes).items() if key in present]
    lanes = wording.listed(names) if len(names) <= MOST_NAMED else f"{len(names)} countries"
    drawn = f"A timeline of {lanes}: a circle for each event, its area the dead."
    if not chosen.is_few(dataset, selection):
        drawn = f"A timeline of {lanes}: a bar for each stretch of time, its height the dead."
    said = alt.of_events(dataset, selection, drawn)
    return [*said, *counting_words(dataset, selection)]


def draws_none(dataset: Dataset, selection: Selection) -> bool:
    """Whether no event is chosen, or none of them has a date."""
    return chosen.undated(dataset, selection) == chosen.number(dataset, selection)


def _none_drawn(dataset: Dataset, selection: Selection) -> str:
    """Say why no event is drawn: none is chosen, or none of them has a date."""
    if number := chosen.undated(dataset, selection):
        one = "has no date and is not on the timeline"
        return left_out(number, one, "have no date and are not on the timeline")
    return nothing(dataset, selection)


def _has_others(dataset: Dataset, selection: Selection) -> bool:
    """Tell whether the bars show more than the chosen events."""
    bars = bar_rows(dataset, selection, window_span(dataset, selection))[0]
    seen = within(bars, selection)
    return bool(seen["events"].sum() < seen.drop_duplicates("start_ms")["total"].sum())


def _draw_bins(
    dataset: Dataset, selection: Selection, medium: Medium, scene: Scene
) -> dict[str, Any]:
    """Draw a bar for each lane and stretch of time."""
    paint = colouring(selection, medium.palette)
    span, room = scene.span, scene.room
    lane = LANE_COLUMNS[selection.lanes]
    bars, per = bar_rows(dataset, selection, span)
    coverage = coverage_rows(dataset, per)
    whole = bin_rows(
        dataset, selection.filters, lane, paint.column, bins.bin_step(span.days, room.width_px)
    )
    dated = chosen.number(dataset, selection) - chosen.undated(dataset, selection)
    long = dated - int(whole["events"].sum())
    look = _look(selection, medium, span)
    # Half of what is looked at is in view.
    step = bins.bin_step(look.days / 2 if look else span.days, room.width_px)
    window = _within(Selection(), look)
    every = every_bin(dataset, window, lane, step)
    rows = whole
    if look:
        filters = _within(selection.filters, look)
        rows = bin_rows(dataset, filters, lane, paint.column, step)
    if medium.framed:
        bars, coverage = within(bars, selection), within(coverage, selection)
        every = every[:0]
    scene = replace(scene, colours=paint.colours)
    drawn = timeline.BinRows(rows, every, bars, coverage, per, _long_words(long))
    return timeline.draw_bins(drawn, scene, medium)


def _revision(selection: Selection) -> str:
    """Name what the axis shows: the reader's own zoom stays until it shows something else."""
    return f"time {selection.from_date} {selection.to_date}" if selection.zoom else "time"


def _look(selection: Selection, medium: Medium, span: Span) -> Span | None:
    """Return what the reader sees of the axis and as much around it; None if that is most of it."""
    if not medium.seen or medium.seen_of != _revision(selection):
        return None
    first, last = medium.seen[0][1]
    wide = last - first
    if wide > 0.7 * (span.last_ms - span.first_ms):
        return None
    # In whole quarters of its width, so that a small move needs no new answer.
    unit = 2.0 ** math.floor(math.log2(wide / 4))
    start = max(math.floor((first - wide / 2) / unit) * unit, span.first_ms)
    end = min(math.ceil((last + wide / 2) / unit) * unit, span.last_ms)
    return Span(start, end) if start < end else None


def _within(filters: Selection, look: Span | None) -> Selection:
    """Narrow filters to the events that begin in a part of the axis."""
    if look is None:
        return filters
    first, last = (
        pd.Timestamp(moment, unit="ms").date() for moment in (look.first_ms, look.last_ms)
    )
    start = max(filter(None, (filters.from_date, first)))
    end = min(filter(None, (filters.to_date, last)))
    return filters.with_(from_date=start, to_date=max(start, end))


def _long_words(number: int) -> str:
    """Say how many events are too long, or too vaguely dated, for a bar."""
    if not number:
        return ""
    verb = "lasts" if number == 1 else "last"
    return (
        f"{wording.plural(number, 'event')} that {verb} longer than two months, or whose time is"
        " known no better, are in no bar."
    )


def _picture_of_bins(
    dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words
) -> dict[str, Any]:
    span = window_span(dataset, selection)
    present = chosen.present(dataset, selection, LANE_COLUMNS[selection.lanes])
    every = lane_names(dataset, selection.lanes)
    names = {key: name for key, name in every.items() if key in present}
    # A further line of the caption takes of the height alone.
    room = swarm.room_for(medium, len(names), *frame.plan(words, medium).room(medium))
    note = bins_reading(bins.bin_step(span.days, room.width_px))
    caption = [*words.caption, note, *counting_words(dataset, selection)]
    where = frame.plan(replace(words, caption=caption), medium)
    room = swarm.room_for(medium, len(names), *where.room(medium))
    spec = _draw_bins(dataset, selection, medium, Scene(names, span, {}, room))
    return frame.framed(spec, where, medium)


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
        first = day_ms(selection.from_date)
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
        bars, coverage = within(bars, selection), within(coverage, selection)
    rows = timeline.Rows(drawn.rows, bars, coverage, per)
    return timeline.draw(rows, Scene(drawn.lanes, drawn.span, paint.colours, room), medium)
