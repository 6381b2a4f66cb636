"""The map: our own base geography, a mark a place, hollow where the place is approximate."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.packing import Anchor, Box, place_labels
from dashboard.figures.swarm import radius_of
from dashboard.figures.text import clip, width_px
from dashboard.figures.theme import Medium
from dashboard.geography import Place

EARTH_KM_PER_DEGREE = 111.195
HALO_CORNERS = 24
LARGEST_RADIUS_PX = 21.0
_WAYS = [(0, -1), (0, 1), (1, 0), (-1, 0), (0.9, -0.8), (-0.9, -0.8), (0.9, 0.8), (-0.9, 0.8)]
_EVENT_WAYS = [*_WAYS, (0, -1.8), (0, 1.8), (1.1, -1.5), (-1.1, -1.5), (1.1, 1.5), (-1.1, 1.5)]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box of degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle_latitude(self) -> float:
        """Latitude of the middle of the Mercator picture."""
        return _latitude((_mercator(self.south) + _mercator(self.north)) / 2)


@dataclass(frozen=True, slots=True)
class Base:
    """What lies under the marks: boundary lines, names, and the area that a reader chose."""

    admin1: Sequence[Sequence[Sequence[float]]]
    disputed: Sequence[Sequence[Sequence[float]]]
    places: Sequence[Place]
    area: Sequence[Sequence[float]] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """One map of a picture: its heading, what it shows, and where it stands (0 to 1, y upwards).

    With a theatre named, it shows that theatre's events alone.
    """

    heading: str
    theatre: str
    bounds: Bounds
    x: tuple[float, float]
    y: tuple[float, float]
    width_px: float
    height_px: float


def _mercator(latitude: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def _latitude(mercator: float) -> float:
    return math.degrees(2 * math.atan(math.exp(math.radians(mercator))) - math.pi / 2)


def fitted(bounds: Bounds, width_px: float, height_px: float) -> Bounds:
    """Widen a box so that it fills a panel of another shape, its middle where it was."""
    wide = max(bounds.east - bounds.west, 0.2)
    low, high = _mercator(bounds.south), _mercator(bounds.north)
    tall = max(high - low, 0.2)
    middle_x, middle_y = (bounds.west + bounds.east) / 2, (low + high) / 2
    if wide / tall < width_px / height_px:
        wide = tall * width_px / height_px
    else:
        tall = wide * height_px / width_px
    return Bounds(
        middle_x - wide / 2,
        _latitude(middle_y - tall / 2),
        middle_x + wide / 2,
        _latitude(middle_y + tall / 2),
    )


def km_per_px(bounds: Bounds, width_px: float) -> float:
    """Return how many kilometres a pixel is in the middle of a map."""
    degrees = (bounds.east - bounds.west) / width_px
    return degrees * EARTH_KM_PER_DEGREE * math.cos(math.radians(bounds.middle_latitude))


def draw(
    marks: pd.DataFrame,
    panels: Sequence[Panel],
    base: Base,
    colours: Mapping[str, tuple[str, str]],
    medium: Medium,
) -> dict:
    """Draw events by place on one or several maps.

    Args:
        marks: One row a place: latitude_deg, longitude_deg, theatre (id), events (number), killed (float, sum of
            best figures, NaN where all are unknown), colour (a key of `colours`), is_exact,
            radius_km (of the circle that the place lies in), key (what a click gives), label,
            hover, is_focus.
        panels: The maps; every mark is drawn on each whose box it lies in.
        base: What lies under the marks.
        colours: Fill and edge of each colour key.
        medium: What it is drawn for.

    Returns:
        A plotly figure description; each mark's `customdata` is its key.
    """
    killed = marks["killed"].to_numpy(float)
    largest = float(np.nanmax(killed, initial=1.0))
    limit = LARGEST_RADIUS_PX * (medium.font_px / 13 if medium.framed else 1.0)
    if len(panels) > 1:
        limit *= 0.85
    small = medium.font_px / 12
    placed = marks.assign(radius=radius_of(killed, limit, largest, small))
    placed = placed.sort_values("radius", ascending=False, kind="stable")
    layout = theme.base_layout(medium) | {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
        "dragmode": "pan",
        "annotations": [],
        "shapes": [],
    }
    traces: list[dict] = []
    is_small = len(panels) > 1 and not medium.framed
    for number, panel in enumerate(panels):
        name = "geo" if number == 0 else f"geo{number + 1}"
        box = fitted(panel.bounds, panel.width_px, panel.height_px)
        layout[name] = _geo(panel, box, medium, is_small=is_small)
        inside = placed[placed["theatre"] == panel.theatre] if panel.theatre else placed
        under = _clipped(base, box) if len(panels) > 1 else base
        traces += _panel_traces(inside, name, panel, box, under, colours, medium)
        if medium.framed:
            notes, shapes = _scale_bar(panel, box, medium)
            layout["annotations"] += notes
            layout["shapes"] += shapes
        if panel.heading:
            layout["annotations"] += _heading(panel, medium)
            layout["shapes"] += _border(panel, medium)
    return {"data": traces, "layout": layout}


def _clipped(base: Base, box: Bounds) -> Base:
    """Leave out the lines that a map which is one of several does not show."""

    def near(line: Sequence[Sequence[float]]) -> bool:
        xs, ys = [point[0] for point in line], [point[1] for point in line]
        wide, tall = (box.east - box.west) / 2, (box.north - box.south) / 2
        return (
            min(xs) < box.east + wide
            and max(xs) > box.west - wide
            and min(ys) < box.north + tall
            and max(ys) > box.south - tall
        )

    return replace(
        base,
        admin1=[line for line in base.admin1 if near(line)],
        disputed=[line for line in base.disputed if near(line)],
    )


def _geo(panel: Panel, box: Bounds, medium: Medium, *, is_small: bool) -> dict:
    palette = medium.palette
    return {
        "domain": {"x": list(panel.x), "y": list(panel.y)},
        # Our base geography holds the countries in focus as land, all others as ocean and each
        # settled border once; 110 is thinned for small maps. See assets/geo/PROVENANCE.md.
        "resolution": 110 if is_small else 50,
        "projection": {"type": "mercator", "minscale": 0.5, "maxscale": 60},
        "fitbounds": False,
        "lonaxis": {"range": [box.west, box.east]},
        "lataxis": {"range": [box.south, box.north]},
        "bgcolor": palette.sea,
        "showland": True,
        "landcolor": palette.land_focus,
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


def _panel_traces(marks, geo, panel, box, base, colours, medium) -> list[dict]:
    names, boxes = _names(geo, base.places, marks, panel, box, medium)
    traces = [
        _lines(geo, "admin1", base.admin1, medium.palette.line, 0.8, "solid"),
        _lines(geo, "disputed", base.disputed, medium.palette.rule, 1.0, "4px,3px"),
        _lines(geo, "area", [base.area] if base.area else [], medium.palette.accent, 1.4, "solid"),
        names,
        _halos(geo, marks, medium),
        _marks(geo, marks, colours, medium),
        _counts(geo, marks, medium),
        _focus(geo, marks, medium),
    ]
    if medium.framed:
        traces.append(_event_labels(geo, marks, panel, box, medium, boxes))
    return traces


def _lines(geo, name, lines, colour: str, width: float, dash: str) -> dict:
    longitudes: list[float] = []
    latitudes: list[float] = []
    for line in lines:
        longitudes += [*(point[0] for point in line), math.nan]
        latitudes += [*(point[1] for point in line), math.nan]
    return {
        "type": "scattergeo",
        "name": name,
        "uid": f"{geo}-{name}",
        "geo": geo,
        "mode": "lines",
        "lon": np.array(longitudes, dtype=np.float32),
        "lat": np.array(latitudes, dtype=np.float32),
        "line": {"color": colour, "width": width, "dash": dash},
        "hoverinfo": "skip",
    }


def _halos(geo: str, marks: pd.DataFrame, medium: Medium) -> dict:
    """Circles of the kilometres within which an approximate place lies."""
    vague = marks[~marks["is_exact"].to_numpy(bool)]
    angles = np.linspace(0, 2 * np.pi, HALO_CORNERS + 1)
    radius = vague["radius_km"].to_numpy(float)[:, None] / EARTH_KM_PER_DEGREE
    latitude = vague["latitude_deg"].to_numpy(float)[:, None]
    longitude = vague["longitude_deg"].to_numpy(float)[:, None]
    rim_lat = latitude + radius * np.sin(angles)
    rim_lon = longitude + radius * np.cos(angles) / np.cos(np.radians(latitude))
    gap = np.full((len(vague), 1), np.nan)
    return {
        "type": "scattergeo",
        "name": "halos",
        "uid": f"{geo}-halos",
        "geo": geo,
        "mode": "lines",
        "lon": np.hstack([rim_lon, gap]).ravel().astype(np.float32),
        "lat": np.hstack([rim_lat, gap]).ravel().astype(np.float32),
        "line": {"color": medium.palette.soft, "width": 0.7},
        "opacity": 0.3,
        "hoverinfo": "skip",
    }


def _marks(geo: str, marks: pd.DataFrame, colours, medium: Medium) -> dict:
    exact = marks["is_exact"].to_numpy(bool)
    unknown = marks["killed"].isna().to_numpy()
    fill = np.array([colours[key][0] for key in marks["colour"]], dtype=object)
    edge = np.array([colours[key][1] for key in marks["colour"]], dtype=object)
    shape = np.where(unknown, "square", "circle").astype(object)
    return {
        "type": "scattergeo",
        "name": "places",
        "uid": f"{geo}-places",
        "geo": geo,
        "mode": "markers",
        "lon": marks["longitude_deg"].to_numpy(float),
        "lat": marks["latitude_deg"].to_numpy(float),
        "customdata": marks["key"].tolist(),
        "text": marks["hover"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": (2 * marks["radius"]).round(2).to_numpy(float),
            "symbol": np.where(exact, shape, shape + "-open").tolist(),
            "color": np.where(exact, fill, edge).tolist(),
            "opacity": 0.88,
            "line": {
                "width": np.where(exact, 0.8, 1.6).tolist(),
                "color": np.where(exact, medium.palette.panel, edge).tolist(),
            },
        },
        "unselected": {"marker": {"opacity": 0.88}},
    }


def _counts(geo: str, marks: pd.DataFrame, medium: Medium) -> dict:
    """How many events share a place, inside a large mark or beside a small one."""
    several = marks[marks["events"] > 1]
    large = (several["radius"] > 0.75 * medium.small_px).to_numpy(bool)
    exact = several["is_exact"].to_numpy(bool)
    palette = medium.palette
    return {
        "type": "scattergeo",
        "name": "counts",
        "uid": f"{geo}-counts",
        "geo": geo,
        "mode": "text",
        "lon": several["longitude_deg"].to_numpy(float),
        "lat": several["latitude_deg"].to_numpy(float),
        "text": [str(number) for number in several["events"]],
        "textposition": np.where(large, "middle center", "bottom right").tolist(),
        "textfont": {
            "family": theme.SANS_STACK,
            "size": medium.small_px * 0.92,
            "color": np.where(large & exact, palette.on_fill, palette.ink).tolist(),
        },
        "hoverinfo": "skip",
    }


def _focus(geo: str, marks: pd.DataFrame, medium: Medium) -> dict:
    ring = marks[marks["is_focus"].to_numpy(bool)]
    ink = medium.palette.ink
    return {
        "type": "scattergeo",
        "name": "focus",
        "uid": f"{geo}-focus",
        "geo": geo,
        "mode": "markers",
        "lon": ring["longitude_deg"].to_numpy(float),
        "lat": ring["latitude_deg"].to_numpy(float),
        "marker": {
            "size": (2 * ring["radius"] + 9).to_numpy(float),
            "symbol": "circle-open",
            "color": ink,
            "line": {"width": 2, "color": ink},
        },
        "hoverinfo": "skip",
    }


def _pixels(longitude, latitude, panel: Panel, box: Bounds) -> tuple[np.ndarray, np.ndarray]:
    """Return where places fall on a panel, in pixels from its top left."""
    low, high = _mercator(box.south), _mercator(box.north)
    radians = np.radians(np.asarray(latitude, dtype=float))
    mercator = np.degrees(np.log(np.tan(np.pi / 4 + radians / 2)))
    x = (np.asarray(longitude, dtype=float) - box.west) / (box.east - box.west) * panel.width_px
    return x, (high - mercator) / (high - low) * panel.height_px


_RANKS = ((26.0, 1), (11.0, 2), (0.0, 3))


def _names(geo, places, marks, panel: Panel, box: Bounds, medium: Medium) -> tuple[dict, list[Box]]:
    """Write place names where they cover neither marks nor each other."""
    span = box.east - box.west
    rank = next(rank for least, rank in _RANKS if span >= least)
    known = [
        place
        for place in places
        if box.west < place.longitude_deg < box.east
        and box.south < place.latitude_deg < box.north
        and place.rank <= rank
        and (place.kind not in ("country", "water") or span > 7)
    ]
    sizes = [medium.small_px * (1.04 if place.kind == "country" else 1.0) for place in known]
    texts = [place.name.upper() if place.kind == "country" else place.name for place in known]
    x, y = _pixels(
        [place.longitude_deg for place in known],
        [place.latitude_deg for place in known],
        panel,
        box,
    )
    anchors = [
        Anchor(float(x[i]), float(y[i]), 2.0, width_px(texts[i], sizes[i]) + 4, sizes[i] * 1.25)
        for i in range(len(known))
    ]
    mark_x, mark_y = _pixels(marks["longitude_deg"], marks["latitude_deg"], panel, box)
    circles = np.column_stack([mark_x, mark_y, marks["radius"]])
    bounds = Box(2, 2, panel.width_px - 2, panel.height_px - 2)
    boxes = _count_boxes(marks, mark_x, mark_y, medium)
    shown: list[tuple[Place, str, str]] = []
    for place, anchor, text in zip(known, anchors, texts, strict=True):
        ways = [(0, 0)] if place.kind in ("country", "water") else _WAYS[:4]
        box_of = place_labels([anchor], circles, bounds, offsets=ways, taken=boxes)[0]
        if box_of is not None:
            boxes.append(box_of)
            shown.append((place, text, _side(box_of, anchor)))
    palette = medium.palette
    return {
        "type": "scattergeo",
        "name": "names",
        "uid": f"{geo}-names",
        "geo": geo,
        "mode": "text",
        "lon": np.array([place.longitude_deg for place, _, _ in shown]),
        "lat": np.array([place.latitude_deg for place, _, _ in shown]),
        "text": [text for _, text, _ in shown],
        "textposition": [side for _, _, side in shown],
        "textfont": {
            "family": theme.SANS_STACK,
            "size": medium.small_px,
            "color": [
                palette.rule if place.kind in ("country", "water") else palette.soft
                for place, _, _ in shown
            ],
        },
        "hoverinfo": "skip",
    }, boxes


def _count_boxes(marks: pd.DataFrame, x, y, medium: Medium) -> list[Box]:
    """Return where the numbers beside small marks stand."""
    size = medium.small_px
    return [
        Box(left, top, left + size, top + size)
        for left, top, events in zip(x, y, marks["events"], strict=True)
        if events > 1
    ]


def _side(box: Box, anchor: Anchor) -> str:
    across = (box.left + box.right) / 2 - anchor.x
    down = (box.top + box.bottom) / 2 - anchor.y
    if abs(down) > 1:
        return "top center" if down < 0 else "bottom center"
    if abs(across) > 1:
        return "middle right" if across > 0 else "middle left"
    return "middle center"


def _event_labels(geo, marks, panel: Panel, box: Bounds, medium: Medium, taken) -> dict:
    """Name the deadliest places of a printed map."""
    size = medium.small_px
    wanted = max(2, int(panel.width_px * panel.height_px / 26_000))
    top = marks[marks["killed"] > 0].nlargest(wanted, "killed")
    x, y = _pixels(top["longitude_deg"], top["latitude_deg"], panel, box)
    texts, anchors = [], []
    for i, mark in enumerate(top.itertuples(index=False)):
        toll, name = theme.number(mark.killed), clip(mark.label, size, 11 * size)
        wide = width_px(f"{toll} ", size, "sans-700") + width_px(name, size) + 4
        texts.append(f"<b>{toll}</b> {name}")
        anchors.append(Anchor(float(x[i]), float(y[i]), mark.radius, wide, size * 1.3))
    mark_x, mark_y = _pixels(marks["longitude_deg"], marks["latitude_deg"], panel, box)
    circles = np.column_stack([mark_x, mark_y, marks["radius"]])
    bounds = Box(2, 2, panel.width_px - 2, panel.height_px - 2)
    boxes = place_labels(anchors, circles, bounds, offsets=_EVENT_WAYS, taken=taken)
    placed = [(b, t) for b, t in zip(boxes, texts, strict=True) if b is not None]
    longitude, latitude = _degrees(
        np.array([(b.left + b.right) / 2 for b, _ in placed]),
        np.array([(b.top + b.bottom) / 2 for b, _ in placed]),
        panel,
        box,
    )
    return {
        "type": "scattergeo",
        "name": "labels",
        "uid": f"{geo}-labels",
        "geo": geo,
        "mode": "text",
        "lon": longitude,
        "lat": latitude,
        "text": [text for _, text in placed],
        "textposition": "middle center",
        "textfont": {"family": theme.SANS_STACK, "size": size, "color": medium.palette.ink},
        "hoverinfo": "skip",
    }


def _degrees(x, y, panel: Panel, box: Bounds) -> tuple[np.ndarray, np.ndarray]:
    low, high = _mercator(box.south), _mercator(box.north)
    longitude = box.west + x / panel.width_px * (box.east - box.west)
    mercator = np.radians(high - y / panel.height_px * (high - low))
    return longitude, np.degrees(2 * np.arctan(np.exp(mercator)) - np.pi / 2)


def _heading(panel: Panel, medium: Medium) -> list[dict]:
    return [
        {
            "xref": "paper",
            "yref": "paper",
            "x": panel.x[0],
            "y": panel.y[1],
            "xanchor": "left",
            "yanchor": "bottom",
            "showarrow": False,
            "borderpad": 0,
            "yshift": 3,
            "text": f"<b>{panel.heading}</b>",
            "font": theme.font(medium),
        }
    ]


def _border(panel: Panel, medium: Medium) -> list[dict]:
    return [
        {
            "type": "rect",
            "xref": "paper",
            "yref": "paper",
            "x0": panel.x[0],
            "x1": panel.x[1],
            "y0": panel.y[0],
            "y1": panel.y[1],
            "line": {"width": 0.8, "color": medium.palette.rule},
        }
    ]


def scale_length_km(per_px: float, wanted_px: float) -> float:
    """Return a round number of kilometres that is at most `wanted_px` long."""
    limit = per_px * wanted_px
    power = 10 ** math.floor(math.log10(limit))
    return max(step for step in (1, 2, 5) if step * power <= limit) * power


def _scale_bar(panel: Panel, box: Bounds, medium: Medium) -> tuple[list[dict], list[dict]]:
    per_px = km_per_px(box, panel.width_px)
    length = scale_length_km(per_px, min(110.0, panel.width_px * 0.3))
    wide = length / per_px
    ink = medium.palette.soft
    note = {
        "xref": "paper",
        "yref": "paper",
        "x": panel.x[0],
        "y": panel.y[0],
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "borderpad": 0,
        "xshift": 8,
        "yshift": 11,
        "text": f"{length:g} km",
        "font": theme.font(medium, medium.small_px, ink),
    }
    bar = {
        "type": "path",
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": panel.x[0],
        "yanchor": panel.y[0],
        "path": f"M8,12 L8,8 L{8 + wide:.1f},8 L{8 + wide:.1f},12",
        "line": {"width": 1, "color": ink},
    }
    return [note], [bar]
