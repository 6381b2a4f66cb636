"""The timeline: a lane of circles for each theatre, the months under it, coverage at the foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.packing import Anchor, Box, beeswarm, place_labels
from dashboard.figures.text import clip, width_px
from dashboard.figures.theme import Medium

DAY_MS = 86_400_000.0
# Radii of the unknown toll's square and of the smallest circle, at a font of 12 pixels and a room
# of 700 pixels or more.
UNKNOWN_RADIUS_PX = 3.5
LEAST_RADIUS_PX = 2.4
_LABEL_WAYS = [
    (0, -1),
    (0, 1),
    (1, 0),
    (-1, 0),
    (0.6, -1),
    (-0.6, -1),
    (0.6, 1),
    (-0.6, 1),
    (0, -1.7),
    (0, 1.7),
    (0.8, -1.7),
    (-0.8, -1.7),
    (1, -1),
    (-1, -1),
    (1, 1),
    (-1, 1),
    (1.2, -2.2),
    (-1.2, -2.2),
    (1.2, 2.2),
    (-1.2, 2.2),
    (0, -2.6),
    (0, 2.6),
]


@dataclass(frozen=True, slots=True)
class Span:
    """What the time axis shows, in milliseconds since 1970, UTC."""

    first_ms: float
    last_ms: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Heights of the parts in pixels, from the top."""

    width_px: float
    left_px: float
    swarm_px: float
    months_px: float
    strip_px: float = 7.0
    gap_px: float = 12.0
    axis_px: float = 22.0

    @property
    def height_px(self) -> float:
        """Height of all parts with the axis numbers."""
        return self.swarm_px + self.gap_px + self.months_px + self.strip_px + 5 + self.axis_px


def layout_for(medium: Medium, lanes: int, width_px: float, height_px: float | None) -> Layout:
    """Divide the room: lane names at the left, lanes above, months below."""
    left = 0.0 if medium.is_narrow else 7.6 * medium.font_px
    months = max(44.0, min(70.0, (height_px or 400) * 0.16))
    spare = Layout(width_px, left, 0, months).height_px
    swarm = max(60.0, (height_px - spare) if height_px else max(296.0, 46.0 * lanes))
    return Layout(width_px - left, left, swarm, months)


def draw(
    marks: pd.DataFrame,
    lanes: Mapping[str, str],
    months: pd.DataFrame,
    coverage: pd.DataFrame,
    span: Span,
    colours: Mapping[str, tuple[str, str]],
    medium: Medium,
    room: Layout,
) -> dict:
    """Draw events in lanes, months as stacked bars, and reports a month as a strip.

    Args:
        marks: One row an event: event_id, start_ms, end_ms, lane, colour (a key of `colours`),
            killed (float, NaN unknown), is_vague (date known to the week or month), is_chosen
            (others are drawn grey), label, hover.
        lanes: Each lane's key and name, from the top.
        months: One row a month and colour: start_ms, end_ms, colour, events, total (all events of
            that month, chosen or not; the same in each row of a month).
        coverage: One row a month: start_ms, end_ms, reports.
        span: What the axis shows.
        colours: Fill and edge of each colour key, in stacking order.
        medium: What it is drawn for.
        room: The heights of the parts.

    Returns:
        A plotly figure description; each mark's `customdata` is its event_id.
    """
    palette = medium.palette
    scale = room.width_px / max(span.last_ms - span.first_ms, DAY_MS)
    x_px = (marks["start_ms"].to_numpy(float) - span.first_ms) * scale
    heights, radii, centres = _pack(marks, list(lanes), x_px, room, medium)
    placed = marks.assign(x_px=x_px, y=heights, radius=radii)
    top = room.height_px - room.axis_px
    swarm_floor = 1 - room.swarm_px / top
    months_top = swarm_floor - room.gap_px / top
    months_floor = months_top - room.months_px / top
    strip_top = months_floor - 3 / top
    small = theme.font(medium, medium.small_px, palette.soft)
    lane_names = (
        {"showticklabels": False}
        if medium.is_narrow
        else {
            "tickmode": "array",
            "tickvals": [-centre for centre in centres],
            "ticktext": [f"<b>{_lane_name(name, medium)}</b>" for name in lanes.values()],
            "tickfont": theme.font(medium),
            "ticklabelstandoff": 8,
        }
    )
    layout = theme.base_layout(medium) | {
        "margin": {"l": room.left_px, "r": 0, "t": 0, "b": room.axis_px, "autoexpand": False},
        "barmode": "overlay",
        "bargap": 0,
        "hovermode": "closest",
        "hoverdistance": 12,
        "dragmode": "pan",
        "xaxis": {
            "type": "date",
            "range": [span.first_ms, span.last_ms],
            "anchor": "y3",
            "showgrid": True,
            "gridcolor": palette.line,
            "zeroline": False,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": palette.rule,
            "tickfont": small,
            "tickformatstops": TICKS,
            "nticks": max(3, int(room.width_px / (6 * medium.font_px))),
            "showspikes": False,
        },
        "yaxis": {
            "domain": [swarm_floor, 1],
            "range": [-room.swarm_px, 0],
            "fixedrange": True,
            "zeroline": False,
            "gridcolor": palette.line,
            "tickvals": [-centre for centre in centres],
            **lane_names,
        },
        "yaxis2": {
            "domain": [months_floor, months_top],
            "range": [0, _ceiling(months)],
            "fixedrange": True,
            "nticks": 3,
            "showgrid": True,
            "gridcolor": palette.line,
            "zeroline": False,
            "tickfont": small,
            "ticklabelstandoff": 6,
            "showticklabels": not medium.is_narrow,
        },
        "yaxis3": {
            "domain": [max(0.0, strip_top - room.strip_px / top), strip_top],
            "range": [0, 1],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "showticklabels": False,
        },
        "annotations": [
            *_labels(placed, room, medium, span),
            *(_lane_annotations(lanes, centres, room, medium) if medium.is_narrow else ()),
        ],
    }
    traces = [
        _spans(placed, colours, palette),
        _events(placed, colours, palette),
        _focus(placed, palette),
        _ghost_months(months, palette),
        _months(months, colours),
        _coverage(coverage, palette),
    ]
    return {"data": traces, "layout": layout}


TICKS = [
    {"dtickrange": [None, 86_400_000 * 20], "value": "%-d %b\n%Y"},
    {"dtickrange": [86_400_000 * 20, "M11"], "value": "%b\n%Y"},
    {"dtickrange": ["M11", None], "value": "%Y"},
]


def _lane_name(name: str, medium: Medium) -> str:
    return clip(name, medium.font_px, 7.0 * medium.font_px, "sans-700")


def _pack(
    marks: pd.DataFrame, lanes: Sequence[str], x_px: np.ndarray, room: Layout, medium: Medium
) -> tuple[np.ndarray, np.ndarray, list[float]]:
    """Pack each lane with the largest circles that let all lanes fit.

    Lanes are as high as their circles need; what is left over is shared out evenly.
    """
    killed = marks["killed"].to_numpy(float)
    members = [np.flatnonzero((marks["lane"] == lane).to_numpy()) for lane in lanes]
    largest = np.nanmax(killed, initial=1.0)
    least_lane = min(26.0, room.swarm_px / max(len(lanes), 1) * 0.7)
    heights = np.zeros(len(marks))
    radii = np.zeros(len(marks))
    extents: list[tuple[float, float]] = []
    radius = min(0.17 * room.swarm_px, 0.07 * room.width_px)
    small = medium.font_px / 12 * min(1.0, max(0.7, room.width_px / 700))
    for _ in range(14):
        radii = radius_of(killed, radius, largest, small)
        extents = []
        for rows in members:
            heights[rows] = beeswarm(x_px[rows], radii[rows])
            up = float(np.max(-heights[rows] + radii[rows], initial=least_lane / 2))
            down = float(np.max(heights[rows] + radii[rows], initial=least_lane / 2))
            extents.append((up, down))
        need = sum(up + down for up, down in extents)
        if need <= room.swarm_px * 0.98:
            break
        radius *= 0.87
    squeeze = min(1.0, room.swarm_px / max(need, 1.0))
    spare = max(0.0, room.swarm_px - need * squeeze) / max(len(lanes), 1)
    centres = []
    top = 0.0
    for rows, (up, down) in zip(members, extents, strict=True):
        centre = top + spare / 2 + up * squeeze
        heights[rows] = -(centre + heights[rows] * squeeze)
        centres.append(centre)
        top += spare + (up + down) * squeeze
    return heights, radii, centres


def radius_of(
    killed: np.ndarray, radius_px: float, largest: float, small: float = 1.0
) -> np.ndarray:
    """Give each toll its circle: area in proportion to the dead, the unknown a small square.

    Args:
        killed: Dead, NaN unknown, shape (n,).
        radius_px: Radius of the largest.
        largest: Its dead.
        small: Factor for the least sizes.
    """
    radii = np.sqrt(np.maximum(killed, 0) / max(largest, 1.0)) * radius_px
    known = np.maximum(radii, LEAST_RADIUS_PX * small)
    return np.where(np.isnan(killed), UNKNOWN_RADIUS_PX * small, known)


def _events(placed: pd.DataFrame, colours: Mapping[str, tuple[str, str]], palette) -> dict:
    chosen = placed["is_chosen"].to_numpy(bool)
    unknown = placed["killed"].isna().to_numpy()
    keys = placed["colour"].to_numpy()
    fill = np.array([colours[key][0] for key in keys], dtype=object)
    edge = np.array([colours[key][1] for key in keys], dtype=object)
    colour = np.where(unknown, edge, fill)
    return {
        "type": "scatter",
        "name": "events",
        "uid": "events",
        "mode": "markers",
        "x": placed["start_ms"].to_numpy(float),
        "y": placed["y"].to_numpy(float),
        "customdata": placed["event_id"].tolist(),
        "text": placed["hover"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": (2 * placed["radius"]).round(2).to_numpy(float),
            "symbol": np.where(unknown, "square-open", "circle").tolist(),
            "color": np.where(
                chosen, colour, np.where(unknown, palette.ghost_edge, palette.ghost)
            ).tolist(),
            "opacity": 1,
            "line": {
                "width": np.where(unknown, 1.3, 0.6).tolist(),
                "color": np.where(chosen, edge, palette.ghost_edge).tolist(),
            },
        },
    }


def _spans(placed: pd.DataFrame, colours: Mapping[str, tuple[str, str]], palette) -> dict:
    """Bars for events of several days; faint and wide where the date is only roughly known."""
    long = placed[placed["end_ms"] > placed["start_ms"]]
    vague = long["is_vague"].to_numpy(bool)
    colour = [
        colours[key][0] if chosen else palette.ghost_edge
        for key, chosen in zip(long["colour"], long["is_chosen"], strict=True)
    ]
    return {
        "type": "bar",
        "name": "spans",
        "uid": "spans",
        "orientation": "h",
        "base": long["start_ms"].to_numpy(float),
        # The last day counts: an event from 1 to 3 May covers three days.
        "x": (long["end_ms"] - long["start_ms"] + DAY_MS).to_numpy(float),
        "y": long["y"].to_numpy(float),
        "width": np.where(vague, 7.0, 2.4).tolist(),
        "marker": {
            "color": colour,
            "opacity": np.where(vague, 0.28, 0.75).tolist(),
            "line": {"width": 0},
        },
        "hoverinfo": "skip",
    }


def _focus(placed: pd.DataFrame, palette) -> dict:
    """A ring around the event whose panel is open."""
    ring = placed[placed["is_focus"].to_numpy(bool)]
    return {
        "type": "scatter",
        "name": "focus",
        "uid": "focus",
        "mode": "markers",
        "x": ring["start_ms"].to_numpy(float),
        "y": ring["y"].to_numpy(float),
        "marker": {
            "size": (2 * ring["radius"] + 9).to_numpy(float),
            "symbol": "circle-open",
            "color": palette.ink,
            "line": {"width": 2, "color": palette.ink},
        },
        "hoverinfo": "skip",
    }


def _ghost_months(months: pd.DataFrame, palette) -> dict:
    whole = months.drop_duplicates("start_ms")
    return _bars("all months", whole, whole["total"].to_numpy(float), palette.ghost_edge)


def _months(months: pd.DataFrame, colours: Mapping[str, tuple[str, str]]) -> dict:
    order = {key: rank for rank, key in enumerate(colours)}
    stacked = months[months["events"] > 0]
    stacked = stacked.sort_values(
        ["start_ms", "colour"], key=lambda column: column.map(order).fillna(column)
    )
    base = stacked.groupby("start_ms")["events"].cumsum() - stacked["events"]
    trace = _bars(
        "months",
        stacked,
        stacked["events"].to_numpy(float),
        [colours[key][0] for key in stacked["colour"]],
    )
    trace["base"] = base.to_numpy(float)
    return trace


def _bars(name: str, rows: pd.DataFrame, heights: np.ndarray, colour) -> dict:
    width = (rows["end_ms"] - rows["start_ms"]).to_numpy(float)
    return {
        "type": "bar",
        "name": name,
        "uid": name,
        "x": (rows["start_ms"].to_numpy(float) + width / 2),
        "y": heights,
        "width": width * 0.84,
        "yaxis": "y2",
        "marker": {"color": colour, "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _coverage(coverage: pd.DataFrame, palette) -> dict:
    """The strip under the axis: the darker a month, the more source reports stand behind it."""
    width = (coverage["end_ms"] - coverage["start_ms"]).to_numpy(float)
    reports = coverage["reports"].to_numpy(float)
    depth = np.clip(np.log1p(reports) / np.log1p(40.0), 0, 1)
    return {
        "type": "bar",
        "name": "coverage",
        "uid": "coverage",
        "x": coverage["start_ms"].to_numpy(float) + width / 2,
        "y": np.ones(len(coverage)),
        "width": width,
        "yaxis": "y3",
        "marker": {
            "color": palette.soft,
            "opacity": (0.04 + 0.8 * depth).round(3).tolist(),
            "line": {"width": 0},
        },
        "customdata": reports.astype(int).tolist(),
        "hovertemplate": "%{x|%B %Y}: %{customdata} source reports<extra></extra>",
    }


def _ceiling(months: pd.DataFrame) -> float:
    return max(4.0, float(months["total"].max() if len(months) else 0) * 1.08)


def _lane_annotations(lanes, centres, room: Layout, medium: Medium) -> list[dict]:
    edges = [0.0, *((a + b) / 2 for a, b in zip(centres, centres[1:], strict=False))]
    return [
        {
            "xref": "paper",
            "x": 0,
            "yref": "y",
            "y": -edge - 2,
            "text": f"<b>{name}</b>",
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "top",
            "font": theme.font(medium, medium.small_px, medium.palette.soft),
        }
        for edge, name in zip(edges, lanes.values(), strict=True)
    ]


def _labels(placed: pd.DataFrame, room: Layout, medium: Medium, span: Span) -> list[dict]:
    """Name the deadliest chosen events in view, as many as find a free place."""
    inside = placed["start_ms"].between(span.first_ms, span.last_ms)
    candidates = placed[placed["is_chosen"] & inside & (placed["killed"] > 0)]
    wanted = max(3, min(16, int(room.width_px * room.swarm_px / (150 * medium.font_px**2))))
    ranked = candidates.sort_values("killed", ascending=False, kind="stable")
    # The two deadliest of each lane come first, so that no lane stays without a name.
    rank = ranked.groupby("lane").cumcount()
    candidates = ranked.assign(rank=rank.where(rank > 1, 0)).sort_values("rank", kind="stable")
    candidates = candidates.head(wanted * 2)
    size = medium.small_px
    texts, anchors = [], []
    for mark in candidates.itertuples(index=False):
        toll = theme.number(mark.killed)
        name = clip(mark.label, size, 15 * size)
        width = width_px(toll + " ", size, "sans-700") + width_px(name, size)
        texts.append(f"<b>{toll}</b> {name}")
        anchors.append(Anchor(mark.x_px, -mark.y, mark.radius, width + 2, size * 1.3))
    chosen = placed[placed["is_chosen"]]
    circles = np.column_stack([chosen["x_px"], -chosen["y"], chosen["radius"]])
    bounds = Box(0, 0, room.width_px, room.swarm_px)
    boxes = place_labels(anchors, circles, bounds, offsets=_LABEL_WAYS)
    found = [
        _label(mark, anchor, box, text, medium)
        for mark, anchor, box, text in zip(
            candidates.itertuples(index=False), anchors, boxes, texts, strict=True
        )
        if box is not None
    ]
    return found[:wanted]


def _label(mark, anchor: Anchor, box: Box, text: str, medium: Medium) -> dict:
    across = (box.left + box.right) / 2 - anchor.x
    down = (box.top + box.bottom) / 2 - anchor.y
    apart = max(abs(down) - anchor.radius - anchor.height / 2, 0) > 4
    common = {
        "x": mark.start_ms,
        "y": mark.y,
        "xref": "x",
        "yref": "y",
        "text": text,
        "font": theme.font(medium, medium.small_px, medium.palette.ink),
        "borderpad": 0,
        "captureevents": False,
    }
    if not apart:
        return common | {"showarrow": False, "xshift": across, "yshift": -down}
    return common | {
        "showarrow": True,
        "ax": across,
        "ay": down,
        "arrowhead": 0,
        "arrowwidth": 0.8,
        "arrowcolor": medium.palette.rule,
        "standoff": anchor.radius,
    }
