"""How far the sources disagree: a row an event, from its lowest to its highest figure."""

from __future__ import annotations

import html
import math

import numpy as np
import pandas as pd

from dashboard.figures import dumbbells, theme
from dashboard.figures.blank import blank
from dashboard.figures.packing import stack
from dashboard.figures.spread_room import BEST, SOURCES, Room, arrange, at, axis_px, ticks
from dashboard.figures.text import clip, width_px
from dashboard.figures.theme import Medium

NOTHING = "No event here has more than one figure of the dead."
RING, DOT, BAR = 0.5, 0.64, 0.34  # of the running text's size


def draw(
    rows: pd.DataFrame,
    figures: pd.DataFrame,
    note: str,
    medium: Medium,
    size_px: tuple[float, float],
) -> dict:
    """Draw each event's range as a bar, its best figure as a dot, each report's own as a ring.

    A range is two rings joined by a line. The axis is logarithmic, so that bars of one length
    disagree by one factor; zero stands apart at its left end.

    Args:
        rows: One row an event, from the top: event_id, title, date (text), low, best, high
            (persons), sources (independent ones), hover.
        figures: One row a report with a figure: event_id, killed_min, killed_max (persons),
            is_whole (counts all the dead; others are drawn faint), hover.
        note: What stands under the axis; without rows, what is said instead of them.
        medium: What it is drawn for.
        size_px: Room for the chart: width and height.

    Returns:
        A plotly figure description; each mark's `customdata` is its event_id.
    """
    if rows.empty:
        return blank(note or NOTHING, medium, size_px)
    own = figures[["killed_min", "killed_max"]]
    values = np.concatenate([part.to_numpy(float).ravel() for part in (rows[["low", "high"]], own)])
    room = arrange(rows["event_id"].tolist(), values, note, medium, size_px)
    palette = medium.palette
    numbers = ticks(room, medium)
    layout = theme.base_layout(medium) | {
        "margin": {**room.margin, "autoexpand": False},
        "dragmode": False,
        "hovermode": "closest",
        "hoverdistance": 12,
        "xaxis": {
            "range": list(room.span),
            "fixedrange": True,
            "zeroline": False,
            "showgrid": True,
            "gridcolor": palette.line,
            "tickmode": "array",
            "tickvals": [at(number) for number in numbers],
            "ticktext": [theme.number(number) for number in numbers],
            "tickfont": theme.font(medium, medium.small_px, palette.soft),
        },
        "yaxis": {"range": [room.height, 0], "fixedrange": True, "visible": False},
        "annotations": [
            *_heads(room, medium),
            *_labels(rows, room, medium),
            *_foot(room, medium),
        ],
    }
    traces = [
        _bars(rows, room, medium),
        _ends(rows, figures, room, medium),
        *_figures(rows, figures, room, medium),
        _best(rows, room, medium),
    ]
    return {"data": traces, "layout": layout}


def _own(figures: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return where the reports' figures begin and end on the axis."""
    low, high = (
        np.array([at(value) for value in figures[name]]) for name in ("killed_min", "killed_max")
    )
    return low, high


def _bars(rows: pd.DataFrame, room: Room, medium: Medium) -> dict:
    x, y = [], []
    for event, low, high in zip(rows["event_id"], rows["low"], rows["high"], strict=True):
        x += [at(low), at(high), math.nan]
        y += [room.place[event], room.place[event], math.nan]
    return {
        "type": "scatter",
        "name": "ranges",
        "uid": "ranges",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": medium.palette.rule, "width": BAR * medium.font_px},
        "hoverinfo": "skip",
    }


def _ends(rows: pd.DataFrame, figures: pd.DataFrame, room: Room, medium: Medium) -> dict:
    """Write low and high at the ends of each bar, beyond the rings that stand in the way."""
    marks: dict[str, list[tuple[float, float]]] = {event: [] for event in rows["event_id"]}
    for event, low, high in zip(figures["event_id"], *_own(figures), strict=True):
        marks[event].append((low * room.scale, high * room.scale))
    ends = []
    for event, low, high in zip(rows["event_id"], rows["low"], rows["high"], strict=True):
        right = _free(high, marks[event], 1, room, medium)
        ends.append((event, high, right, "middle right"))
        if low != high:
            left = _free(low, marks[event], -1, room, medium)
            ends.append((event, low, left, "middle left"))
    return {
        "type": "scatter",
        "name": "ends",
        "uid": "ends",
        "mode": "text",
        "x": [x for _, _, x, _ in ends],
        "y": [room.place[event] for event, _, _, _ in ends],
        "text": [theme.number(value) for _, value, _, _ in ends],
        "textposition": [side for _, _, _, side in ends],
        "textfont": theme.font(medium, medium.small_px, medium.palette.soft),
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _free(
    end: float, marks: list[tuple[float, float]], side: int, room: Room, medium: Medium
) -> float:
    """Return where a number begins: at its end of the bar, or past the last figure in its way.

    A number far from its bar would seem to be that of a ring.

    Args:
        end: The number of dead.
        marks: The reports' figures of its row, from and to, in pixels of the axis.
        side: 1 right of the bar, -1 left of it.
        room: How the room is divided.
        medium: What it is drawn for.
    """
    away = 0.62 * medium.font_px
    wide = width_px(theme.number(end), medium.small_px) + RING * medium.font_px
    reach = at(end) * room.scale * side
    for near, far in sorted(mark if side > 0 else (-mark[1], -mark[0]) for mark in marks):
        if reach < far and near < reach + away + wide:
            reach = far
    return side * (reach + away) / room.scale


def _figures(rows: pd.DataFrame, figures: pd.DataFrame, room: Room, medium: Medium) -> list[dict]:
    palette = medium.palette
    low, high = _own(figures)
    events = figures["event_id"].to_numpy(object)
    lifts = _lifts(rows, events, (low * room.scale, high * room.scale), room, medium)
    y = lifts + np.array([room.place[event] for event in events])
    width = max(1.0, 0.11 * medium.font_px)
    ring = dumbbells.Ring(palette.accent, width, palette.panel, RING * medium.font_px)
    *lines, rings = dumbbells.draw(figures, low, high, y, ring)
    rings["customdata"] = dumbbells.per_ring(events, low < high).tolist()
    return [*lines, rings]


def _lifts(
    rows: pd.DataFrame,
    events: np.ndarray,
    own_px: tuple[np.ndarray, np.ndarray],
    room: Room,
    medium: Medium,
) -> np.ndarray:
    """Move figures that meet off their line; the best figure's dot keeps its place on it."""
    ring, dot = RING * medium.font_px, DOT * medium.font_px
    limit = (0.62 if room.is_stacked else 0.9) * medium.font_px - ring / 2
    lifts = np.zeros(len(events))
    for event, best in zip(rows["event_id"], rows["best"], strict=True):
        own = np.flatnonzero(events == event)
        radii = np.array([dot, *[ring] * len(own)]) / 2
        low, high = (np.array([at(best) * room.scale, *end[own]]) for end in own_px)
        lifted = stack(low, high, radii)[1:]
        highest = np.abs(lifted).max(initial=limit)
        lifts[own] = lifted * limit / highest
    return lifts


def _best(rows: pd.DataFrame, room: Room, medium: Medium) -> dict:
    palette = medium.palette
    return {
        "type": "scatter",
        "name": "best",
        "uid": "best",
        "mode": "markers",
        "x": [at(best) for best in rows["best"]],
        "y": [room.place[event] for event in rows["event_id"]],
        "customdata": rows["event_id"].tolist(),
        "hovertext": rows["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "size": DOT * medium.font_px,
            "color": palette.accent,
            "line": {"color": palette.panel, "width": 1},
        },
    }


def _heads(room: Room, medium: Medium) -> list[dict]:
    soft = theme.font(medium, medium.small_px, medium.palette.soft)
    base = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 2, "font": soft}
    return [
        _note("<b>Killed</b>, logarithmic axis", 0, 0, "left") | base,
        _note(f"<b>{BEST}</b>", 1, room.best, "right") | base,
        _note(f"<b>{SOURCES}</b>", 1, room.sources, "right") | base,
    ]


def _labels(rows: pd.DataFrame, room: Room, medium: Medium) -> list[dict]:
    """Write title and date at the left or above, best figure and number of sources at the right."""
    ink = {"font": theme.font(medium, medium.small_px)}
    soft = {"font": theme.font(medium, medium.small_px, medium.palette.soft)}
    left = room.margin["l"]
    wide = room.width + room.sources if room.is_stacked else left
    notes = []
    columns = (rows[name] for name in ("event_id", "title", "date", "best", "sources"))
    for event, title, date, best, sources in zip(*columns, strict=True):
        y = room.place[event]
        limit = wide - width_px(date, medium.small_px) - 1.6 * medium.font_px
        text = html.escape(clip(title, medium.small_px, limit), quote=False)
        if room.is_stacked:
            text += f" <span style='color:{medium.palette.soft}'>{date}</span>"
            notes.append(_note(text, 0, 0, "left", y - 1.42 * medium.font_px) | ink)
        else:
            notes.append(_note(text, 0, -left, "left", y) | ink)
            notes.append(_note(date, 0, -0.8 * medium.font_px, "right", y) | soft)
        notes.append(_note(f"<b>{theme.number(best)}</b>", 1, room.best, "right", y) | ink)
        notes.append(_note(f"{sources}", 1, room.sources, "right", y) | soft)
    return notes


def _note(text: str, x: float, shift: float, side: str, y: float = 0.0) -> dict:
    return {
        "xref": "paper",
        "yref": "y",
        "x": x,
        "y": y,
        "xshift": shift,
        "xanchor": side,
        "yanchor": "middle",
        "align": side,
        "showarrow": False,
        "borderpad": 0,
        "text": text,
    }


def _foot(room: Room, medium: Medium) -> list[dict]:
    soft = theme.font(medium, medium.small_px, medium.palette.soft)
    down = axis_px(medium) + 0.5 * medium.font_px
    return [
        _note(line, 0, -room.margin["l"], "left")
        | {
            "yref": "paper",
            "yanchor": "top",
            "yshift": -down - number * medium.small_px * 1.42,
            "font": soft,
        }
        for number, line in enumerate(room.foot)
    ]
