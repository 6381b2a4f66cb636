"""The timeline: a lane of circles for each theatre, the months under it, coverage at the foot."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures import bins, months, span_bars, swarm, swarm_labels, theme
from dashboard.figures.axes import DAY_MS, count_axis, ticks, time_axis
from dashboard.figures.notes import note
from dashboard.figures.swarm import Packed, Scene
from dashboard.figures.text import clip, width_px, wrap
from dashboard.figures.theme import Medium, Palette


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What the timeline draws.

    Attributes:
        marks: One row an event: event_id, start_ms, end_ms, at_ms (where its circle stands), lane,
            colour (a key of the scene's colours), killed (float, NaN unknown), is_vague (date known
            no better than to the week), is_chosen (others are drawn grey), is_focus, label, hover.
        bars: As `months.traces` asks for.
        coverage: As `months.traces` asks for.
        per: What a bar stands for: "quarter", "month" or "day".
    """

    marks: pd.DataFrame
    bars: pd.DataFrame
    coverage: pd.DataFrame
    per: str = "month"


@dataclass(frozen=True, slots=True, eq=False)
class BinRows:
    """What the timeline draws of very many events; `bins` and `every` as `bins.traces` asks for."""

    bins: pd.DataFrame
    every: pd.DataFrame
    bars: pd.DataFrame
    coverage: pd.DataFrame
    per: str = "month"
    note: str = ""


def draw(rows: Rows, scene: Scene, medium: Medium) -> dict[str, Any]:
    """Draw events in lanes, months as stacked bars, and reports a month as a strip.

    Returns:
        A plotly figure description; each mark's `customdata` is its event_id.
    """
    room, palette = scene.room, medium.palette
    x_px, packed = _pack(rows.marks, scene, medium)
    span = swarm.widened(scene.span, x_px.tolist(), packed.radius.tolist(), room.width_px)
    if span.days > scene.span.days * 1.001:
        scene = replace(scene, span=span)
        x_px, packed = _pack(rows.marks, scene, medium)
    placed = rows.marks.assign(x_px=x_px, y_px=packed.y, radius=packed.radius)
    # Where circles had to be pushed together, the small ones lie on the large.
    placed = placed.sort_values("radius", ascending=False, kind="stable")
    notes, leaders = swarm_labels.labels(placed, scene, packed, medium)
    layout = _layout(rows, scene, packed, medium)
    layout["annotations"] = [*notes, *layout["annotations"]]
    layout["shapes"] = leaders
    traces = [
        span_bars.trace(placed, scene.colours, palette),
        _events(placed, scene.colours, medium),
        _focus(placed, palette),
        *months.traces(rows.bars, rows.coverage, scene.colours, palette, rows.per),
    ]
    return {"data": traces, "layout": layout}


def draw_bins(rows: BinRows, scene: Scene, medium: Medium) -> dict[str, Any]:
    """Draw very many events: a bar a lane and stretch of time, the months and the strip.

    Returns:
        A plotly figure description; each bar's `customdata` is its key.
    """
    said = wrap(rows.note, medium.small_px, scene.room.width_px - 2) if rows.note else []
    packed = bins.lanes(scene, 1.5 * medium.small_px * len(said))
    layout = _layout(rows, scene, packed, medium)
    notes = bins.labels(rows.bins, rows.every, scene, packed, medium)
    if rows.note:
        font = theme.font(medium, medium.small_px, medium.palette.soft)
        notes.append(note("<br>".join(map(html.escape, said)), font, 2, 0))
    layout["annotations"] = [*notes, *layout["annotations"]]
    traces = [
        *bins.traces(rows.bins, rows.every, scene, packed, medium),
        *months.traces(rows.bars, rows.coverage, scene.colours, medium.palette, rows.per),
    ]
    return {"data": traces, "layout": layout}


def _layout(rows: Rows | BinRows, scene: Scene, packed: Packed, medium: Medium) -> dict[str, Any]:
    room, palette = scene.room, medium.palette
    largest = int(rows.bars["total"].max()) if len(rows.bars) else 0
    return theme.base_layout(medium) | {
        "margin": {"l": room.left_px, "r": 0, "t": 0, "b": room.axis_px, "autoexpand": False},
        "barmode": "overlay",
        "bargap": 0,
        "hovermode": "closest",
        "hoverdistance": 12,
        "dragmode": "pan",
        "xaxis": time_axis(scene.span, room.width_px, medium) | {"anchor": "y3", **ticks(palette)},
        **_heights(scene, packed, largest, medium),
        "annotations": [
            *_lane_names(scene, packed, medium),
            *months.notes(room, rows.per, largest, medium),
        ],
        "shapes": [],
    }


def _pack(marks: pd.DataFrame, scene: Scene, medium: Medium) -> tuple[np.ndarray, Packed]:
    span, room = scene.span, scene.room
    scale = room.width_px / max(span.last_ms - span.first_ms, DAY_MS)
    x_px = (marks["at_ms"].to_numpy(float) - span.first_ms) * scale
    order = {key: number for number, key in enumerate(scene.lanes)}
    lane = marks["lane"].map(order).to_numpy(float)
    return x_px, swarm.pack(x_px, marks["killed"].to_numpy(float), lane, room, medium)


def _heights(scene: Scene, packed: Packed, largest: int, medium: Medium) -> dict[str, Any]:
    """Return the axes of the lanes, the months and the strip."""
    room, palette = scene.room, medium.palette
    whole = room.plot_px
    floors = np.cumsum([room.swarm_px, room.gap_px, room.months_px, room.strip_gap_px])
    lanes, months_top, months_floor, strip_top = (1 - floors / whole).tolist()
    fixed = {"fixedrange": True, "zeroline": False}
    counts = count_axis(max(largest, 4), room.months_px, medium)
    return {
        "yaxis": fixed
        | {
            "domain": [lanes, 1],
            "range": [-room.swarm_px, 0],
            "gridcolor": palette.line,
            "tickmode": "array",
            "tickvals": [-middle for middle in packed.middles],
            "showticklabels": False,
        },
        # No 0: the strip stands right under it.
        "yaxis2": counts
        | {
            "domain": [months_floor, months_top],
            "tickvals": counts["tickvals"][1:],
            "ticklabelstandoff": 6,
            "showticklabels": not medium.is_narrow,
        },
        "yaxis3": fixed
        | {
            "domain": [0.0, max(strip_top, 0.001)],
            "range": [0, 1],
            "showgrid": False,
            "showticklabels": False,
        },
    }


def _events(
    placed: pd.DataFrame, colours: Mapping[str, tuple[str, str]], medium: Medium
) -> dict[str, Any]:
    palette = medium.palette
    chosen = placed["is_chosen"].to_numpy(bool)
    unknown = placed["killed"].isna().to_numpy()
    keys = placed["colour"].tolist()
    fill = np.array([colours[key][0] for key in keys], dtype=object)
    edge = np.array([colours[key][1] for key in keys], dtype=object)
    ghost = np.where(unknown, palette.ghost_edge, palette.ghost)
    return {
        "type": "scatter",
        "name": "events",
        "uid": "events",
        "mode": "markers",
        "x": placed["at_ms"].to_numpy(float),
        "y": -placed["y_px"].to_numpy(np.float32),
        "customdata": placed["event_id"].tolist(),
        "text": placed["hover"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": (2 * placed["radius"]).round(2).to_numpy(np.float32),
            "symbol": np.where(unknown, "square-open", "circle").tolist(),
            "color": np.where(chosen, np.where(unknown, edge, fill), ghost).tolist(),
            "opacity": 1,
            "line": {
                "width": np.where(unknown, 0.105 * medium.font_px, 0.6).tolist(),
                "color": np.where(chosen, edge, palette.ghost_edge).tolist(),
            },
        },
    }


def _focus(placed: pd.DataFrame, palette: Palette) -> dict[str, Any]:
    """Draw a ring around the event whose panel is open."""
    ring = placed[placed["is_focus"].to_numpy(bool)]
    return {
        "type": "scatter",
        "name": "focus",
        "uid": "focus",
        "mode": "markers",
        "x": ring["at_ms"].to_numpy(float),
        "y": -ring["y_px"].to_numpy(float),
        "marker": {
            "size": (2 * ring["radius"] + 9).to_numpy(float),
            "symbol": "circle-open",
            "color": palette.ink,
            "line": {"width": 2, "color": palette.ink},
        },
        "hoverinfo": "skip",
    }


def _lane_names(scene: Scene, packed: Packed, medium: Medium) -> list[dict[str, Any]]:
    names = list(scene.lanes.values())
    if medium.is_narrow:
        font = theme.font(medium, medium.small_px, medium.palette.soft)
        return [
            note(f"<b>{html.escape(name)}</b>", font, 0, edge)
            for edge, name in zip(packed.edges, names, strict=True)
        ]
    beside = {"xanchor": "right", "yanchor": "middle", "align": "right"}
    edges = [-math.inf, *packed.middles, math.inf]
    gaps = [min(b - a, c - b) for a, b, c in zip(edges, edges[1:], edges[2:], strict=False)]
    wide = 7.0 * medium.font_px
    is_roomy = all(
        gap > 2.6 * medium.font_px or width_px(name, medium.font_px, "sans-700") <= wide
        for name, gap in zip(names, gaps, strict=True)
    )
    font = theme.font(medium, medium.font_px if is_roomy else medium.small_px)
    return [
        note(_name(name, font["size"], wide, gap), font, -8, middle, **beside)
        for name, middle, gap in zip(names, packed.middles, gaps, strict=True)
    ]


def _name(name: str, size: float, wide: float, gap: float) -> str:
    """Write a lane's name in up to two lines, clipped where the lane is too low for them."""
    lines = wrap(name, size, wide, "sans-700")
    lines = [lines[0], " ".join(lines[1:])] if len(lines) > 1 and gap > 2.5 * size else [name]
    text = "<br>".join(html.escape(clip(line, size, wide, "sans-700")) for line in lines)
    return f"<b>{text}</b>"
