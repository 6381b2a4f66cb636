"""Where: the places of the chosen events, on one map or on a panel for each theatre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from functools import lru_cache, reduce
from typing import Any

import pandas as pd

from dashboard import query, wording
from dashboard.dataset import Dataset
from dashboard.engine import open_events
from dashboard.figures import event_map, frame, legend
from dashboard.figures.blank import blank
from dashboard.figures.event_map import Base, Outlines, geo_names
from dashboard.figures.frame import Key
from dashboard.figures.mercator import LIMIT_DEG, MARGIN_DEG, Bounds
from dashboard.figures.notes import note, notice
from dashboard.figures.panels import Map, Panel, arranged
from dashboard.figures.theme import Medium, font
from dashboard.geography import lines, places
from dashboard.selection import Selection
from dashboard.views import alt, asking, captions, chosen, spots
from dashboard.views.captions import Texts
from dashboard.views.common import nothing
from dashboard.views.grouping import colouring, lane_names
from dashboard.views.spots import cell_rows, place_rows

FIT = "fit"
LEAST_DEGREES = 1.2
AREA_PAD = 0.04
HIGHEST_DEG = 80.0
# More maps than this are too small to be read: one map fits them all.
MOST_PANELS = 6
READING = "Each circle is a place, its area the dead."
BORDERS = "Borders imply no judgement; disputed borders dashed."


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict[str, Any]:
    """Draw the chosen events on a map of the region that the selection names.

    With no region named, each theatre has its own map: one map of all would be mostly empty.
    """
    size = (medium.width_px, medium.height_px)
    panels = arranged(_shown(dataset, selection), medium, size)
    # The reader's own zoom and pan stay until another region is asked for.
    fresh = selection.filters.to_query() if selection.map == FIT else ""
    revision = f"map {selection.map} {fresh}"
    seen = dict(medium.seen) if medium.seen_of == revision else {}
    rows, step = _marks(dataset, selection, panels, seen)
    spec = _draw(selection, medium, rows, panels)
    layout = spec["layout"]
    layout["height"] = medium.height_px
    layout["uirevision"] = revision
    if step:
        corner = medium.width_px - 8.0, medium.height_px - 8.0
        layout["annotations"].append(_cell_note(step, medium, corner))
    if not chosen.totals(dataset, selection).places:
        middle = size[0] / 2, size[1] / 2
        layout["annotations"].append(notice(_why_empty(dataset, selection), medium, middle))
    return spec


def _why_empty(dataset: Dataset, selection: Selection) -> str:
    number = chosen.number(dataset, selection)
    if not number:
        return nothing(dataset, selection)
    if number == 1:
        return "The one event has no place on the map."
    return f"None of the {number:,} events has a place on the map."


def _marks(
    dataset: Dataset, selection: Selection, panels: Sequence[Panel], seen: Mapping[str, Any]
) -> tuple[pd.DataFrame, float]:
    """Return the marks: places of few events, cells of many and the width of the widest."""
    if chosen.is_few(dataset, selection):
        return place_rows(dataset, selection), 0.0
    moved = {
        panel.theatre: Bounds(*seen[name])
        for panel, name in zip(panels, geo_names(len(panels)), strict=True)
        if name in seen
    }
    return cell_rows(dataset, selection, panels, moved)


def _degrees(step: float) -> str:
    return "1 degree" if step == 1 else f"{step:g} degrees"


def _cell_note(step: float, medium: Medium, corner: tuple[float, float]) -> dict[str, Any]:
    words = f"Each mark is a cell of up to {_degrees(step)}; zoom in for single events."
    plate = {"bgcolor": medium.palette.panel, "borderpad": 3}
    plate |= {"xanchor": "right", "align": "right", "yanchor": "bottom"}
    return note(words, font(medium, medium.small_px, medium.palette.soft), *corner, **plate)


def _shown(dataset: Dataset, selection: Selection) -> list[Map]:
    """Say which maps the page shows."""
    boxes = theatre_bounds(dataset)
    if selection.map == FIT and (box := chosen_bounds(dataset, selection)):
        return [Map("", "", box)]
    if selection.map in boxes:
        return [Map("", "", boxes[selection.map])]
    names = lane_names(dataset, "theatre")
    return _together([Map(name, key, boxes[key]) for key, name in names.items() if key in boxes])


def _together(maps: list[Map]) -> list[Map]:
    """Join maps that are too many to be read to one map of all."""
    if len(maps) <= MOST_PANELS:
        return maps
    return [Map("", "", reduce(Bounds.joined, (one.bounds for one in maps)))]


def regions(dataset: Dataset) -> dict[str, str]:
    """Name the regions that a reader can ask for: key and name."""
    return {"": "All", **dataset.theatre_names, FIT: "Fit to events"}


@lru_cache(maxsize=4)
def theatre_bounds(dataset: Dataset) -> dict[str, Bounds]:
    """Return each theatre's box, wide enough for all its events; that of events elsewhere too."""
    sides = ("west_deg", "south_deg", "east_deg", "north_deg")
    found = {
        row["theatre_id"]: Bounds(*(float(row[side]) for side in sides)).drawable
        for row in dataset.theatres.to_dict("records")
    }
    for theatre, sides in query.extents(open_events(dataset)).items():
        box, wide = _padded(sides, 0.3, 0.03), _padded(sides)
        found[theatre] = found[theatre].joined(box) if theatre in found else wide
    return found


@lru_cache(maxsize=128)
def _extents(dataset: Dataset, filters: Selection) -> dict[str, tuple[float, ...]]:
    return query.extents(asking.events(dataset, filters))


def chosen_bounds(dataset: Dataset, selection: Selection) -> Bounds | None:
    """Return the box around the chosen events, None where none has a place."""
    boxes = [Bounds(*sides) for sides in _extents(dataset, selection.filters).values()]
    return _padded(astuple(reduce(Bounds.joined, boxes))) if boxes else None


def _padded(sides: tuple[float, ...], least: float = LEAST_DEGREES, share: float = 0.09) -> Bounds:
    """Return a box with a margin, and at least so many degrees wide."""
    west, south, east, north = sides
    south, north = (min(max(side, -LIMIT_DEG), LIMIT_DEG) for side in (south, north))
    pad_x = max((least - (east - west)) / 2, share * (east - west))
    pad_y = max((least - (north - south)) / 2, share * (north - south))
    # Mercator gives ever more room to ever less: the margin ends where no event lies beyond.
    floor, top = min(south - MARGIN_DEG, -HIGHEST_DEG), max(north + MARGIN_DEG, HIGHEST_DEG)
    return Bounds(west - pad_x, max(south - pad_y, floor), east + pad_x, min(north + pad_y, top))


def picture(
    dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words
) -> dict[str, Any]:
    """Draw a panel for each theatre with chosen events, with headline, key and source line."""
    if not chosen.totals(dataset, selection).places:
        where = frame.plan(words, medium)
        empty = blank(_why_empty(dataset, selection), medium, where.room(medium))
        return frame.framed(empty, where, medium)
    maps = _maps(dataset, selection)
    size = (medium.width_px, medium.height_px)
    rows, step = _marks(dataset, selection, arranged(maps, medium, size), {})
    caption = [*words.caption, _caption(dataset, selection)]
    if step:
        caption.append(f"Each mark is a cell of up to {_degrees(step)}.")
    words = replace(words, caption=caption)
    has_scale = rows["killed"].max() > 0 and frame.has_size_key(words, medium)
    where = frame.plan(words, medium, key_px=legend.size_key_px(medium) if has_scale else 0.0)
    spec = _draw(selection, medium, rows, arranged(maps, medium, where.room(medium)))
    radius = event_map.largest_px(medium, len(maps))
    scale = legend.Scale(float(rows["killed"].max()), radius) if has_scale else None
    return frame.framed(spec, where, medium, scale)


def texts(dataset: Dataset, selection: Selection, reading: str, link: str = "") -> Texts:
    """Write the texts of a map's picture, where no number stands beside a mark."""
    few = chosen.is_few(dataset, selection)
    return captions.texts(dataset, selection, READING if few else spots.READING, link)


def in_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Describe the map in sentences."""
    places = chosen.totals(dataset, selection).places
    if not places:
        return [_why_empty(dataset, selection)]
    names = lane_names(dataset, "theatre")
    present = chosen.present(dataset, selection, "theatre")
    where = wording.listed(name for key, name in names.items() if key in present)
    marks = wording.plural(places, "place")
    drawn = f"A map of {where}: a mark for each of {marks}, its area the dead."
    if not chosen.is_few(dataset, selection):
        drawn = f"A map of {where}: a mark for each cell of a grid, its area the dead."
    if places == 1:
        drawn = f"A map of {where}: a mark for one place."
    return [*alt.of_events(dataset, selection, drawn), *_unplaced(dataset, selection)]


def _caption(dataset: Dataset, selection: Selection) -> str:
    return " ".join([*_unplaced(dataset, selection), BORDERS])


def _unplaced(dataset: Dataset, selection: Selection) -> list[str]:
    """Say how many events are not on the map."""
    number = chosen.totals(dataset, selection).unplaced
    verb = "event has no place and is" if number == 1 else "events have no place and are"
    return [f"{number:,} {verb} not drawn."] if number else []


def _maps(dataset: Dataset, selection: Selection) -> list[Map]:
    """Say which maps a picture has: one, or one for each theatre with events or named."""
    boxes = theatre_bounds(dataset)
    if selection.map in boxes:
        return [Map("", "", boxes[selection.map])]
    if selection.area:
        return [Map("", "", _around_area(selection.area))]
    if selection.countries or selection.map == FIT:
        box = chosen_bounds(dataset, selection)
        return [Map("", "", box)] if box else []
    wanted = {*selection.theatres, *_extents(dataset, selection.filters)}
    names = lane_names(dataset, "theatre")
    maps = [Map(names[key], key, boxes[key]) for key in names if key in wanted and key in boxes]
    return [Map("", "", maps[0].bounds)] if len(maps) == 1 else _together(maps)


def _around_area(area: tuple[float, ...]) -> Bounds:
    """Return the box around a chosen area, with room for its own line."""
    longitudes, latitudes = area[::2], area[1::2]
    west, east, south, north = (
        *(min(longitudes), max(longitudes)),
        *(min(latitudes), max(latitudes)),
    )
    pad_x, pad_y = AREA_PAD * (east - west), AREA_PAD * (north - south)
    return Bounds(west - pad_x, south - pad_y, east + pad_x, north + pad_y).drawable


def _draw(
    selection: Selection, medium: Medium, rows: pd.DataFrame, panels: Sequence[Panel]
) -> dict[str, Any]:
    paint = colouring(selection, medium.palette)
    return event_map.draw(rows, panels, base(selection), paint.colours, medium)


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List what the marks of the map mean."""
    palette = medium.palette
    paint = colouring(selection, palette)
    if not chosen.is_few(dataset, selection):
        return paint.keys(chosen.present(dataset, selection, paint.column))
    rows = place_rows(dataset, selection)
    found = paint.keys(set(rows["colour"]))
    if not rows["is_exact"].all():
        is_mixed = (~rows["is_exact"] & (rows["vague"] < rows["events"])).any()
        # No longer than the other: a second line of keys would make the map smaller.
        what = "Not all exact" if is_mixed else "Place approximate"
        found.append(Key("hollow", "", palette.soft, f"{what}, in the pale disc"))
    if rows["killed"].isna().any():
        found.append(Key("solid-square", palette.soft, palette.soft, "Toll unknown"))
    return found


def base(selection: Selection) -> Base:
    """Return what lies under the marks."""
    return Base(_outlines(), places(), _outline(selection.area))


@lru_cache(maxsize=1)
def _outlines() -> Outlines:
    drawn = lines()
    return Outlines(drawn["admin1"], drawn["disputed"])


def _outline(area: tuple[float, ...]) -> list[tuple[float, float]]:
    if len(area) == 4:
        west, south, east, north = area
        area = (west, south, west, north, east, north, east, south)
    corners = list(zip(area[::2], area[1::2], strict=True))
    return [*corners, *corners[:1]]
