"""The map: our own base geography, a mark a place, hollow where the place is approximate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures import map_furniture, map_labels, map_marks, theme
from dashboard.figures.map_marks import Line, Pen, Sheet
from dashboard.figures.mercator import LIMIT_DEG, Bounds
from dashboard.figures.packing import Box
from dashboard.figures.panels import Panel
from dashboard.figures.swarm import radius_of
from dashboard.figures.theme import Medium
from dashboard.geography import Place

LARGEST_RADIUS_PX = 21.0
# The columns that a map's marks are drawn from.
MARKS = {
    **dict.fromkeys(("latitude_deg", "longitude_deg", "killed", "radius", "radius_km"), float),
    **dict.fromkeys(("colour", "key", "label", "hover"), object),
    **dict.fromkeys(("is_exact", "is_focus"), bool),
    "events": int,
}


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """The boundary lines of the base geography: one object for all figures, drawn once a panel."""

    admin1: Sequence[Line]
    disputed: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Base:
    """What lies under the marks: boundary lines, names, and the area that a reader chose."""

    outlines: Outlines
    places: Sequence[Place]
    area: Line = ()


def draw(
    marks: pd.DataFrame,
    panels: Sequence[Panel],
    base: Base,
    colours: Mapping[str, tuple[str, str]],
    medium: Medium,
) -> dict[str, Any]:
    """Draw events by place on one or several maps.

    Args:
        marks: One row a place: latitude_deg, longitude_deg, theatre (id), events (number), killed
            (float, sum of best figures, NaN where all are unknown), colour (a key of `colours`),
            is_exact, radius_km (of the circle that the place lies in), key (what a click gives),
            label, hover, is_focus; radius (pixels), where it does not say the dead.
        panels: The maps; every mark is drawn on each that keeps to its theatre or to none.
        base: What lies under the marks.
        colours: Fill and edge of each colour key.
        medium: What it is drawn for.

    Returns:
        A plotly figure description; each mark's `customdata` is its key.
    """
    killed = marks["killed"].to_numpy(float)
    largest = float(np.nanmax(killed, initial=1.0))
    several = len(panels) > 1
    limit, least = largest_px(medium, len(panels)), medium.font_px / 12
    placed = marks.assign(latitude_deg=marks["latitude_deg"].clip(-LIMIT_DEG, LIMIT_DEG))
    if "radius" not in marks:
        placed = placed.assign(radius=radius_of(killed, limit, largest, least))
    placed = placed.sort_values("radius", ascending=False, kind="stable")
    layout: dict[str, Any] = theme.base_layout(medium) | {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
        "dragmode": "pan",
        "annotations": [],
        "shapes": [],
    }
    traces: list[dict[str, Any]] = []
    for number, panel in enumerate(panels):
        sheet = Sheet(geo_names(len(panels))[number], panel, panel.box, medium)
        layout[sheet.geo] = map_furniture.geo_ground(sheet, is_small=several and not medium.framed)
        inside = placed[placed["theatre"] == panel.theatre] if panel.theatre else placed
        taken = [map_furniture.page_scale(sheet)]
        small: list[dict[str, Any]] = []
        if medium.framed:
            on_map = map_labels.circles(sheet, inside)
            geo = f"geo{len(panels) + 1 + number}"
            taken = _add_furniture(sheet, on_map, geo, small, layout)
        is_bare = inside.empty and not base.area and not medium.framed
        traces += (
            _bare(sheet, base.outlines, tuple(base.places))
            if is_bare
            else _traces(sheet, inside, base, colours, taken)
        )
        traces += small
        if panel.heading:
            layout["annotations"].append(map_furniture.heading(panel, medium))
        if panel.heading or medium.framed:
            layout["shapes"].append(map_furniture.border(panel, medium))
    return {"data": traces, "layout": layout}


def geo_names(panels: int) -> list[str]:
    """Return plotly's names of the maps, in the order of their panels."""
    return ["geo" if number == 0 else f"geo{number + 1}" for number in range(panels)]


def largest_px(medium: Medium, panels: int) -> float:
    """Return the radius of the largest circle."""
    limit = LARGEST_RADIUS_PX * (medium.font_px / 13 if medium.framed else 1.0)
    return limit * 0.85 if panels > 1 else limit


def _add_furniture(
    sheet: Sheet,
    circles: np.ndarray,
    geo: str,
    traces: list[dict[str, Any]],
    layout: dict[str, Any],
) -> list[Box]:
    """Add the scale bar and, where a corner is free for it, the small map; return their boxes.

    `geo` is plotly's name of the small map.
    """
    size = map_furniture.scale_size_px(sheet)
    floor = sheet.panel.height_px - map_furniture.INSET_PX
    corner = Box(map_furniture.INSET_PX, floor - size[1], map_furniture.INSET_PX + size[0], floor)
    taken = [map_furniture.free_corner(sheet, size, circles) or corner]
    note, line = map_furniture.scale_bar(sheet, taken[0])
    layout["annotations"].append(note)
    layout["shapes"].append(line)
    inset = map_furniture.locator_size_px(sheet)
    spot = map_furniture.free_corner(sheet, inset, circles, taken) if inset else None
    if spot:
        layout[geo], found = map_furniture.locator(sheet, spot, geo)
        traces += found
        taken.append(spot)
    return taken


def _near(box: Bounds) -> Callable[[Line], bool]:
    """Return a test for lines that a map may show, once moved by half its size."""
    wide, tall = (box.east - box.west) / 2, (box.north - box.south) / 2

    def near(line: Line) -> bool:
        longitudes, latitudes = zip(*line, strict=True)
        return (
            min(longitudes) < box.east + wide
            and max(longitudes) > box.west - wide
            and min(latitudes) < box.north + tall
            and max(latitudes) > box.south - tall
        )

    return near


# The same for every selection, and they have most of a map's points.
@lru_cache(maxsize=64)
def _boundaries(sheet: Sheet, outlines: Outlines) -> tuple[dict[str, Any], ...]:
    palette = sheet.medium.palette
    # A map that is alone on the page may be dragged anywhere.
    is_still = sheet.medium.framed or bool(sheet.panel.heading)
    near = _near(sheet.box) if is_still else None
    dashes = Pen(palette.rule, 1.0, "4px,3px")
    admin1 = () if sheet.panel.is_world else filter(near, outlines.admin1)
    return (
        map_marks.lines(sheet, "admin1", admin1, Pen(palette.line, 0.8)),
        map_marks.lines(sheet, "disputed", filter(near, outlines.disputed), dashes),
    )


# A filter of theatres leaves most maps without a mark.
@lru_cache(maxsize=64)
def _bare(
    sheet: Sheet, outlines: Outlines, places: tuple[Place, ...]
) -> tuple[dict[str, Any], ...]:
    nothing = pd.DataFrame({name: np.zeros(0, kind) for name, kind in MARKS.items()})
    taken = (map_furniture.page_scale(sheet),)
    return tuple(_traces(sheet, nothing, Base(outlines, places), {}, taken))


def _traces(
    sheet: Sheet,
    placed: pd.DataFrame,
    base: Base,
    colours: Mapping[str, tuple[str, str]],
    taken: Sequence[Box],
) -> list[dict[str, Any]]:
    palette = sheet.medium.palette
    fills = {key: fill for key, (fill, _) in colours.items()}
    area = [map_marks.straight(base.area)] if base.area else []
    labels: list[dict[str, Any]] = []
    if sheet.medium.framed:
        labels, boxes = map_labels.events(sheet, placed, taken)
    else:
        is_crowded = bool(sheet.panel.heading) or sheet.panel.is_world
        numbers, boxes = map_labels.counts(sheet, placed, fills, taken, is_crowded=is_crowded)
        labels = [numbers]
    return [
        *_boundaries(sheet, base.outlines),
        map_marks.lines(sheet, "area", area, Pen(palette.accent, 1.4)),
        map_marks.halos(sheet, placed),
        map_labels.names(sheet, base.places, placed, [*taken, *boxes]),
        map_marks.marks(sheet, placed, colours),
        *labels,
        map_marks.focus(sheet, placed),
    ]
