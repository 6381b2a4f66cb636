"""One event: who counts how many dead, and where it was."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.engine import independent_sources
from dashboard.figures import accounts, event_map, frame, theme, toll
from dashboard.figures.accounts import Place
from dashboard.figures.blank import blank
from dashboard.figures.frame import Key
from dashboard.figures.mercator import Bounds, around, fitted
from dashboard.figures.notes import note
from dashboard.figures.packing import Box
from dashboard.figures.panels import Panel
from dashboard.figures.text import clip, wrap
from dashboard.figures.theme import Medium
from dashboard.geography import places
from dashboard.schema import GEO_RADIUS_KM, GROUP_OF_TYPE
from dashboard.selection import Selection
from dashboard.views import chosen, common
from dashboard.views.captions import Texts
from dashboard.views.event_map import BORDERS, base
from dashboard.views.event_rows import find, place_of, reports_of, row_of, toll_of
from dashboard.views.grouping import colouring
from dashboard.views.spots import places_of

CHART_PX = 74.0
NO_FIGURE = "No source gives a number of dead."
NO_REPORT = "No report read gives a figure of its own."
NOT_NAMED = "This picture shows one event. Name it: event=2021-03-24-palma."
# A room wider than this has the map beside the chart, others have it below.
BESIDE_FROM = 1.3
MAP_SHARE = 0.36
# A map reaches so far beyond the precision of the place.
LEAST_KM, REACH, MOST_KM = 85.0, 2.4, 400.0
WORDS = 7  # height of what is said where no report has a figure, in sizes of the text
MARK_PX = 0.5  # radius of the mark, in sizes of the text


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict[str, Any]:
    """Draw the toll of the event in focus, small."""
    event = find(dataset, selection)
    size = (float(medium.width_px), CHART_PX)
    if event is None:
        return blank(_why_none(dataset, selection), medium, size)
    figures = toll_of(event)
    if figures is None:
        return blank(NO_FIGURE, medium, size)
    rows = reports_of(dataset, event)
    levels = (figures.low, figures.best, figures.high)
    return toll.draw(rows, levels, _colour(event, medium), medium, size)


def picture(
    dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words
) -> dict[str, Any]:
    """Draw each report's figure in a row and the place on a map, with headline and source line."""
    event = find(dataset, selection)
    if event is None:
        where = frame.plan(words, medium)
        empty = blank(_why_none(dataset, selection), medium, where.room(medium))
        return frame.framed(empty, where, medium)
    is_placed = not pd.isna(event["latitude_deg"])
    if is_placed:
        words = replace(words, caption=[*words.caption, BORDERS])
    where = frame.plan(words, medium)
    rows = reports_of(dataset, event)
    # Where no report has a figure, the table's own stand in a row.
    lines = len(rows) or int(toll_of(event) is not None)
    wanted = accounts.height_px(lines, medium) if lines else 0.0
    if rows.empty:
        wanted += WORDS * medium.font_px
    room = where.room(medium)
    chart, ground = _divided(room, wanted, medium, is_charted=lines > 0, is_placed=is_placed)
    draw = _chart if len(rows) else _unreported
    spec = draw(dataset, event, medium, Place(chart, room))
    if ground is not None:
        spec = _joined(_map(dataset, event, medium, Place(ground, room)), spec)
    return frame.framed(spec, where, medium)


def _why_none(dataset: Dataset, selection: Selection) -> str:
    is_empty = not chosen.number(dataset, selection)
    return common.nothing(dataset, selection) if is_empty else NOT_NAMED


def _divided(
    room: tuple[float, float], wanted: float, medium: Medium, *, is_charted: bool, is_placed: bool
) -> tuple[Box, Box | None]:
    """Divide the room between chart, which would like to be so high, and map."""
    width, height = room
    if not is_placed:
        return Box(0, 0, width, height), None
    gap = 2 * medium.font_px
    if width / height > BESIDE_FROM:
        share = MAP_SHARE if is_charted else 1 - MAP_SHARE
        edge = width * (1 - share)
        return Box(0, 0, edge - gap, height), Box(edge, 0, width, height)
    edge = min(wanted, 0.58 * height)
    return Box(0, 0, width, edge), Box(0, edge + 0.5 * gap, width, height)


def _unreported(dataset: Dataset, event: pd.Series, medium: Medium, place: Place) -> dict[str, Any]:
    """Draw the table's own figures, if it gives any, and say that no report does."""
    figures, box = toll_of(event), place.box
    text, size = NO_FIGURE, 1.25 * medium.font_px
    if figures is None:
        spec = blank("", medium, place.whole)
        spec["layout"]["annotations"] = []
    else:
        row = row_of(figures)
        spec = accounts.draw_toll(row, figures, _colour(event, medium), medium, place)
        text, size = NO_REPORT, medium.font_px
        box = replace(box, top=box.top + accounts.height_px(1, medium) + size)
    if figures is None or box.bottom - box.top > 1.4 * size:
        first = note(text, theme.font(medium, size), box.left, box.top)
        below = replace(box, top=box.top + 1.2 * size)
        spec["layout"]["annotations"] += [first, *_story(dataset, event, below, medium)]
    return spec


def _chart(dataset: Dataset, event: pd.Series, medium: Medium, place: Place) -> dict[str, Any]:
    """Draw each report's figure in a row, as many as find room."""
    rows, figures = reports_of(dataset, event), toll_of(event)
    most = accounts.capacity(medium, place.box.bottom - place.box.top)
    shown = rows if len(rows) <= most else rows.head(max(most - 1, 1))
    spec = accounts.draw(shown, figures, _colour(event, medium), medium, place)
    if hidden := len(rows) - len(shown):
        text = f"and {wording.plural(hidden, 'more report')} with a figure"
        font = theme.font(medium, medium.small_px, medium.palette.soft)
        below = place.box.bottom - 1.4 * medium.small_px
        spec["layout"]["annotations"].append(note(text, font, place.box.left, below))
    else:
        room = place.box.bottom - place.box.top
        floor = place.box.top + accounts.height_px(len(rows), medium, room)
        spec["layout"]["annotations"] += _story(
            dataset, event, replace(place.box, top=floor), medium
        )
    return spec


def _story(dataset: Dataset, event: pd.Series, box: Box, medium: Medium) -> list[dict[str, Any]]:
    """Write what happened and what of it is uncertain into a box, as far as there is room."""
    size, wide = medium.font_px, box.right - box.left
    reports = dataset.reports_of([event["event_id"]])
    y = box.top + 1.2 * size
    found: list[dict[str, Any]] = []
    for text in (event["summary"], " ".join(common.doubts(event, reports))):
        lines = wrap(text, size, wide)
        room = int((box.bottom - y) / (1.42 * size))
        if len(lines) > room and (found or room < 3):
            break
        if len(lines) > room:
            lines = [*lines[: room - 1], clip(" ".join(lines[room - 1 :]), size, wide)]
        for line in lines:
            font = theme.font(medium, size, medium.palette.soft)
            found.append(note(html.escape(line, quote=False), font, box.left, y))
            y += 1.42 * size
        y += 0.6 * size
    return found


def _map(dataset: Dataset, event: pd.Series, medium: Medium, place: Place) -> dict[str, Any]:
    box, (width, height) = place.box, place.whole
    middle = float(event["latitude_deg"]), float(event["longitude_deg"])
    size = box.right - box.left, box.bottom - box.top
    panel = Panel(
        "",
        "",
        _bounds(middle, GEO_RADIUS_KM[event["geo_precision"]], size),
        (box.left / width, min(box.right / width, 1.0)),
        (max(1 - box.bottom / height, 0.0), 1 - box.top / height),
        *size,
    )
    marks = places_of(event.to_frame().T.infer_objects(), Selection())
    marks = marks.assign(radius=MARK_PX * medium.font_px)
    paint = colouring(Selection(), medium.palette)
    return event_map.draw(marks, [panel], base(Selection()), paint.colours, medium)


def _bounds(middle: tuple[float, float], radius_km: float, size: tuple[float, float]) -> Bounds:
    """Return what a map around a place shows: at least two names that a reader may know."""
    reach = max(LEAST_KM, REACH * radius_km)
    bounds = around(*middle, reach)
    while reach < MOST_KM and _names_in(fitted(bounds, *size)) < 2:
        reach *= 1.3
        bounds = around(*middle, reach)
    return bounds


def _names_in(box: Bounds) -> int:
    return sum(
        box.west < place.longitude_deg < box.east
        and box.south < place.latitude_deg < box.north
        and place.kind not in ("country", "water")
        for place in places()
    )


def _joined(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Join two figures that fill different parts of the same room."""
    layout = one["layout"] | other["layout"]
    for name in ("annotations", "shapes"):
        layout[name] = [*one["layout"].get(name, ()), *other["layout"].get(name, ())]
    return {"data": [*one["data"], *other["data"]], "layout": layout}


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List what the marks mean, with the event's own figures."""
    event = find(dataset, selection)
    if event is None:
        return []
    colour, palette = _colour(event, medium), medium.palette
    rows, figures = reports_of(dataset, event), toll_of(event)
    found = []
    if len(rows):
        found.append(Key("hollow", "", colour, "A report's own figure"))
    if len(rows) and not rows["is_whole"].all():
        faint = Key("pale-hollow", "", colour, "of part of the dead only")
        found.append(faint)
    if figures is not None:
        spread = wording.range_text(figures.low, figures.high)
        if figures.low < figures.high:
            found.append(Key("band", palette.band, palette.rule, f"Low to high: {spread}"))
        found.append(Key("line", colour, colour, f"Best figure: {figures.best:,}"))
    return found


def texts(dataset: Dataset, selection: Selection, reading: str, link: str = "") -> Texts:
    """Write the texts of an event's picture: its title, when, where and who, its sources."""
    event = find(dataset, selection)
    if event is None:
        return Texts("One event", "", tuple(common.source_lines(dataset, selection, link)))
    parts = filter(None, _parts(dataset, event))
    return Texts(event["title"], " · ".join(parts), _sources(dataset, event, link))


def _parts(dataset: Dataset, event: pd.Series) -> tuple[str, str, str]:
    when = wording.days_text(
        event["start_date"].date(), event["end_date"].date(), event["date_precision"]
    )
    return when, place_of(event), _who(dataset, event)


def in_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Describe the event's picture in sentences: what, when, where, who, each report's figure."""
    event = find(dataset, selection)
    if event is None:
        return [_why_none(dataset, selection)]
    when, *parts = filter(None, _parts(dataset, event))
    said = [f"{part}." for part in (f"{event['title']}, {when}", *parts)]
    none = NO_FIGURE
    if toll_of(event) is not None:
        none = NO_REPORT
        levels = (event[f"killed_{level}"] for level in ("low", "best", "high"))
        said.append(f"{common.toll_text(*levels)}.")
    rows = reports_of(dataset, event).to_dict("records")
    says = "; ".join(
        f"{row['label']} {row['figure']}" + (f" ({row['detail']})" if row["detail"] else "")
        for row in rows
    )
    said.append(f"Reports with a figure of their own: {says}." if says else none)
    if pd.isna(event["latitude_deg"]):
        return [*said, "It has no place on the map."]
    return [*said, "A map shows the place."]


def _who(dataset: Dataset, event: pd.Series) -> str:
    sides = common.sides_text(dataset, event["initiators"], event["targets"])
    return f"{sides} ({event['attribution']})" if sides else ""


def _sources(dataset: Dataset, event: pd.Series, link: str) -> tuple[str, ...]:
    reports = dataset.reports_of([event["event_id"]])
    silent = len(reports) - len(reports_of(dataset, event))
    parts = [
        f"{wording.plural(int(independent_sources(reports).sum()), 'independent source')}",
        f"{silent:,} of {wording.plural(len(reports), 'report')} without a number of dead",
        f"data {dataset.version}",
        link or Selection(event=event["event_id"]).to_query(),
    ]
    if not silent:
        del parts[1]
    return common.after(dataset, reports, most=6), " · ".join(parts)


def _colour(event: pd.Series, medium: Medium) -> str:
    return medium.palette.edge[GROUP_OF_TYPE[event["event_type"]]]
