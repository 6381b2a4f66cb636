"""What a map draws over its ground: boundary lines, halos, marks, and the ring of the focus."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures.mercator import EARTH_KM_PER_DEGREE, Bounds
from dashboard.figures.panels import Panel
from dashboard.figures.theme import Medium

# Corners of a halo, and of one among very many, which are mostly one on another.
HALO_CORNERS, FEWER_CORNERS, SOME_HALOS, MANY_HALOS = 24, 8, 100, 400
# Corners of many halos lie on a grid of so many steps a degree, some fifty metres each.
HALO_STEPS = 2048
# Beyond it lies the pole, and a ring around that is a cap.
HALO_LIMIT_DEG = 89.0
SIDE_STEPS = 8
Line = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One map as it is drawn: plotly's name of its subplot, its panel, what the panel shows."""

    geo: str
    panel: Panel
    box: Bounds
    medium: Medium


@dataclass(frozen=True, slots=True)
class Pen:
    """How lines are drawn."""

    colour: str
    width: float
    dash: str = "solid"


def trace(sheet: Sheet, name: str, **more: Any) -> dict[str, Any]:
    """Return what all traces of a map share."""
    return {
        "type": "scattergeo",
        "name": name,
        "uid": f"{sheet.geo}-{name}",
        "geo": sheet.geo,
        "hoverinfo": "skip",
    } | more


def lines(sheet: Sheet, name: str, drawn: Iterable[Line], pen: Pen) -> dict[str, Any]:
    """Draw lines of (longitude, latitude)."""
    longitudes: list[float] = []
    latitudes: list[float] = []
    for line in drawn:
        longitudes += [*(point[0] for point in line), math.nan]
        latitudes += [*(point[1] for point in line), math.nan]
    return trace(
        sheet,
        name,
        mode="lines",
        lon=np.array(longitudes, dtype=np.float32),
        lat=np.array(latitudes, dtype=np.float32),
        line={"color": pen.colour, "width": pen.width, "dash": pen.dash},
    )


def straight(corners: Line) -> Line:
    """Return a line that keeps straight between its corners: plotly's own takes the shortest way.

    Args:
        corners: (longitude, latitude) in degrees.
    """
    if len(corners) < 2:
        return corners
    sides = [
        np.linspace(one, other, SIDE_STEPS, endpoint=False)
        for one, other in zip(corners, corners[1:], strict=False)
    ]
    return [*np.vstack(sides).tolist(), corners[-1]]


def halos(sheet: Sheet, marks: pd.DataFrame) -> dict[str, Any]:
    """Draw pale discs: the kilometres within which an approximate place lies."""
    vague = marks[~marks["is_exact"].to_numpy(bool)]
    # d3 takes a ring that runs clockwise for the area inside, the reverse for all the rest.
    corners = FEWER_CORNERS if len(vague) > MANY_HALOS else HALO_CORNERS
    angles = -np.linspace(0, 2 * np.pi, corners + 1)
    radius = vague["radius_km"].to_numpy(float)[:, None] / EARTH_KM_PER_DEGREE
    latitude = vague["latitude_deg"].to_numpy(float)[:, None]
    longitude = vague["longitude_deg"].to_numpy(float)[:, None]
    rim_lat = np.clip(latitude + radius * np.sin(angles), -HALO_LIMIT_DEG, HALO_LIMIT_DEG)
    rim_lon = longitude + radius * np.cos(angles) / np.cos(np.radians(latitude))
    gap = np.full((len(vague), 1), np.nan)
    rims = [np.hstack([rim, gap]).ravel() for rim in (rim_lon, rim_lat)]
    if len(vague) > SOME_HALOS:
        # Most of an answer would be digits that nobody sees.
        rims = [np.round(rim * HALO_STEPS) / HALO_STEPS for rim in rims]
    return trace(
        sheet,
        "halos",
        mode="lines",
        lon=rims[0].astype(np.float32),
        lat=rims[1].astype(np.float32),
        fill="toself",
        fillcolor=sheet.medium.palette.soft,
        line={"color": sheet.medium.palette.soft, "width": 0.5},
        opacity=0.1,
    )


def marks(
    sheet: Sheet, placed: pd.DataFrame, colours: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    """Draw a mark a place: a circle, a square where the toll is unknown, hollow where vague."""
    exact = placed["is_exact"].to_numpy(bool)
    unknown = placed["killed"].isna().to_numpy()
    keys = placed["colour"].tolist()
    fill = np.array([colours[key][0] for key in keys], dtype=object)
    edge = np.array([colours[key][1] for key in keys], dtype=object)
    shape = np.where(unknown, "square", "circle").astype(object)
    return trace(
        sheet,
        "places",
        mode="markers",
        lon=placed["longitude_deg"].to_numpy(np.float32),
        lat=placed["latitude_deg"].to_numpy(np.float32),
        customdata=placed["key"].tolist(),
        text=placed["hover"].tolist(),
        hoverinfo="text",
        hovertemplate="%{text}<extra></extra>",
        marker={
            "size": (2 * placed["radius"]).round(2).to_numpy(float),
            "symbol": np.where(exact, shape, shape + "-open").tolist(),
            "color": np.where(exact, fill, edge).tolist(),
            "opacity": 0.88,
            "line": {
                "width": np.where(exact, 0.8, 0.125 * sheet.medium.font_px).tolist(),
                "color": np.where(exact, sheet.medium.palette.panel, edge).tolist(),
            },
        },
        unselected={"marker": {"opacity": 0.88}},
    )


def focus(sheet: Sheet, placed: pd.DataFrame) -> dict[str, Any]:
    """Draw a ring around the place whose panel is open."""
    ring = placed["is_focus"].to_numpy(bool)
    ink = sheet.medium.palette.ink
    return trace(
        sheet,
        "focus",
        mode="markers",
        lon=placed["longitude_deg"].to_numpy(float)[ring],
        lat=placed["latitude_deg"].to_numpy(float)[ring],
        marker={
            "size": 2 * placed["radius"].to_numpy(float)[ring] + 9,
            "symbol": "circle-open",
            "color": ink,
            "line": {"width": 2, "color": ink},
        },
    )
