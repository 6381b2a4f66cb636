"""What stands in a map's corners: the scale bar and the small map that says where it is."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.figures import theme
from dashboard.figures.map_marks import Line, Pen, Sheet, lines, straight, trace
from dashboard.figures.mercator import Bounds, axis_ranges, fitted, km_per_px, scale_length_km
from dashboard.figures.packing import Box
from dashboard.figures.panels import Panel
from dashboard.figures.text import clip, width_px
from dashboard.figures.theme import Medium

# What the small map shows, if the middle of the map lies in it; else the world.
HOME = Bounds(-20, -30, 58, 44)
WORLD = Bounds(-165, -50, 175, 72)
INSET_PX = 6.0
# Where the page draws the scale bar that follows the reader's zoom: see drawScale in clientside.js.
PAGE_SCALE_PX, PAGE_SCALE_SHARE = 110.0, 0.3
PAGE_SCALE_LEFT_PX, PAGE_SCALE_HIGH_PX = 22.0, 28.0


def free_corner(
    sheet: Sheet,
    size_px: tuple[float, float],
    circles: np.ndarray,
    taken: Sequence[Box] = (),
    order: Sequence[str] = ("bottom left", "bottom right", "top right", "top left"),
) -> Box | None:
    """Find the first corner of a panel whose box would cover no mark; None where there is none."""
    panel = sheet.panel
    x, y, radius = circles.reshape(-1, 3).T
    for corner in order:
        left = INSET_PX if "left" in corner else panel.width_px - INSET_PX - size_px[0]
        top = INSET_PX if "top" in corner else panel.height_px - INSET_PX - size_px[1]
        box = Box(left, top, left + size_px[0], top + size_px[1])
        across = np.clip(x, box.left, box.right) - x
        down = np.clip(y, box.top, box.bottom) - y
        is_clear = not (across**2 + down**2 < radius**2).any()
        if is_clear and not any(box.meets(other) for other in taken):
            return box
    return None


def scale_size_px(sheet: Sheet) -> tuple[float, float]:
    """Return the width and height of a map's scale bar with its number."""
    per_px = km_per_px(sheet.box, sheet.panel.width_px)
    length = _length_km(sheet)
    return max(length / per_px, 4 * sheet.medium.small_px), 1.3 * sheet.medium.small_px + 7


def _length_km(sheet: Sheet) -> float:
    per_px = km_per_px(sheet.box, sheet.panel.width_px)
    return scale_length_km(per_px, min(9 * sheet.medium.font_px, sheet.panel.width_px * 0.3))


def page_scale(sheet: Sheet) -> Box:
    """Return where the page's own scale bar and its number stand on a map."""
    panel, small = sheet.panel, sheet.medium.small_px
    per_px = km_per_px(sheet.box, panel.width_px)
    length = scale_length_km(per_px, min(PAGE_SCALE_PX, PAGE_SCALE_SHARE * panel.width_px))
    wide = max(length / per_px, width_px(f"{length:,g} km", small)) + 2
    left, floor = PAGE_SCALE_LEFT_PX - 2, panel.height_px
    return Box(left, floor - PAGE_SCALE_HIGH_PX, left + wide + 2, floor)


def scale_bar(sheet: Sheet, box: Box) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw a scale bar in a box of the panel: its number and its line."""
    panel, ink = sheet.panel, sheet.medium.palette.soft
    length = _length_km(sheet)
    wide = length / km_per_px(sheet.box, panel.width_px)
    corner = {"xref": "paper", "yref": "paper"}
    left, floor = box.left, panel.height_px - box.bottom
    text = corner | {
        "x": panel.x[0],
        "y": panel.y[0],
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "borderpad": 0,
        "xshift": left,
        "yshift": floor + 4,
        "text": f"{length:,g} km",
        "font": theme.font(sheet.medium, sheet.medium.small_px, ink),
    }
    line = corner | {
        "type": "path",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": panel.x[0],
        "yanchor": panel.y[0],
        "path": f"M{left:.1f},{floor + 5:.1f} V{floor + 1:.1f} H{left + wide:.1f} V{floor + 5:.1f}",
        "line": {"width": 1, "color": ink},
    }
    return text, line


def locator_size_px(sheet: Sheet) -> tuple[float, float] | None:
    """Return the width and height of the small map; None where it tells nothing or has no room."""
    region = _region(sheet.box)
    if sheet.box.east - sheet.box.west > 0.6 * (region.east - region.west):
        return None
    # Beside other maps it may take less: a panel with a heading is one of several.
    share, least, most = (0.18, 34.0, 7.5) if sheet.panel.heading else (0.27, 44.0, 13.0)
    tall = min(max(share * sheet.panel.height_px, least), most * sheet.medium.font_px)
    wide = tall * region.aspect
    if wide > 0.5 * sheet.panel.width_px or tall > 0.5 * sheet.panel.height_px:
        return None
    return wide, tall


def locator(sheet: Sheet, box: Box, geo: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Draw the small map in a box of the panel: its ground, and traces for what the map shows.

    Args:
        sheet: The map.
        box: Where the small map stands in the map's panel.
        geo: Plotly's name for its subplot.
    """
    panel, palette = sheet.panel, sheet.medium.palette
    wide, tall = box.right - box.left, box.bottom - box.top
    left, top = box.left / panel.width_px, box.top / panel.height_px
    x, y = panel.x[1] - panel.x[0], panel.y[1] - panel.y[0]
    inset = Panel(
        "",
        "",
        _region(sheet.box),
        (panel.x[0] + left * x, panel.x[0] + (left + wide / panel.width_px) * x),
        (panel.y[1] - (top + tall / panel.height_px) * y, panel.y[1] - top * y),
        wide,
        tall,
    )
    small = Sheet(geo, inset, fitted(inset.bounds, wide, tall), sheet.medium)
    where = sheet.box
    px = wide / (small.box.east - small.box.west)
    if (where.east - where.west) * px > 5:
        found = [lines(small, "locator", [_rim(where)], Pen(palette.accent, 1.6))]
    else:
        spot = {"symbol": "square", "size": 6, "color": palette.accent}
        middle = [(where.west + where.east) / 2]
        found = [
            trace(
                small,
                "locator",
                mode="markers",
                lon=middle,
                lat=[where.middle_latitude],
                marker=spot | {"line": {"width": 0}},
            )
        ]
    ground = geo_ground(small, is_small=True) | {
        "landcolor": palette.land,
        "bgcolor": palette.sea,
        "showcountries": False,
        "showlakes": False,
        "showrivers": False,
        "coastlinewidth": 0.4,
        "showframe": True,
        "framecolor": palette.rule,
        "framewidth": 0.8,
    }
    return ground, found


def _region(box: Bounds) -> Bounds:
    x, y = (box.west + box.east) / 2, box.middle_latitude
    is_home = HOME.west <= x <= HOME.east and HOME.south <= y <= HOME.north
    return HOME if is_home else WORLD


def _rim(box: Bounds) -> Line:
    west, south, east, north = box.west, box.south, box.east, box.north
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return straight(corners)


def geo_ground(sheet: Sheet, *, is_small: bool) -> dict[str, Any]:
    """Return the subplot of a map: land, water and borders of our own base geography."""
    palette = sheet.medium.palette
    longitudes, latitudes = axis_ranges(sheet.box)
    return {
        "domain": {"x": list(sheet.panel.x), "y": list(sheet.panel.y)},
        # Our base geography holds the countries in focus as land, all others as ocean and each
        # settled border once; 110 is thinned for small maps. See assets/geo/PROVENANCE.md.
        "resolution": 110 if is_small else 50,
        "projection": {"type": "mercator", "minscale": 0.5, "maxscale": 60},
        "fitbounds": False,
        # Left out, plotly takes the mean of the latitudes, which Mercator draws below the middle.
        "center": {
            "lon": (sheet.box.west + sheet.box.east) / 2,
            "lat": sheet.box.middle_latitude,
        },
        "lonaxis": {"range": longitudes},
        "lataxis": {"range": latitudes},
        "bgcolor": palette.sea,
        "showland": True,
        # On a map of the world no country is in focus.
        "landcolor": palette.land if sheet.panel.is_world else palette.land_focus,
        "showocean": True,
        "oceancolor": palette.land,
        "showlakes": True,
        "lakecolor": palette.sea,
        "showrivers": True,
        "rivercolor": palette.river,
        "riverwidth": 0.7,
        "showcountries": True,
        "countrycolor": palette.rule,
        "countrywidth": 0.8,
        "showcoastlines": True,
        "coastlinecolor": palette.rule,
        "coastlinewidth": 0.6,
        "showframe": False,
    }


def heading(panel: Panel, medium: Medium) -> dict[str, Any]:
    """Write a panel's heading above it, no wider than the panel."""
    text = clip(panel.heading, medium.font_px, panel.width_px, "sans-700")
    return {
        "xref": "paper",
        "yref": "paper",
        "x": panel.x[0],
        "y": panel.y[1],
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "borderpad": 0,
        "yshift": 3,
        "text": f"<b>{html.escape(text, quote=False)}</b>",
        "font": theme.font(medium),
    }


def border(panel: Panel, medium: Medium) -> dict[str, Any]:
    """Draw a line around a panel."""
    return {
        "type": "rect",
        "xref": "paper",
        "yref": "paper",
        "x0": panel.x[0],
        "x1": panel.x[1],
        "y0": panel.y[0],
        "y1": panel.y[1],
        "line": {"width": 0.8, "color": medium.palette.rule},
    }
