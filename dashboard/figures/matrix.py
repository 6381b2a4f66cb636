"""Who acts against whom: a circle where a row's actor meets a column's."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.blank import blank
from dashboard.figures.text import clip, width_px, wrap
from dashboard.figures.theme import Medium

NOTHING = "No event matches these filters."
MOST = 14
LEAST_RADIUS_PX = 1.8
UNKNOWN_PX = 7.0
TILT_DEG = 40.0
FAMILY_GAP = 0.32  # of a cell, between the families of rows or columns
GAP_PX = 3.5  # that plotly leaves between a mark and its text
BESIDE = "middle right"
_COS, _SIN = math.cos(math.radians(TILT_DEG)), math.sin(math.radians(TILT_DEG))


@dataclass(frozen=True, slots=True)
class Line:
    """One row or column: its key, label, group (a gap stands between groups) and total."""

    key: str
    name: str
    group: str
    total: str
    customdata: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows from the top, columns from the left, the total of all, and a note for the foot."""

    rows: Sequence[Line]
    columns: Sequence[Line]
    total: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where rows and columns stand, in pixels of the plot; `cell` is their pitch."""

    x: dict[str, float]
    y: dict[str, float]
    cell: tuple[float, float]
    total: tuple[float, float]
    size: tuple[float, float]
    margin: dict[str, float]


def capacity(medium: Medium, size_px: tuple[float, float]) -> tuple[int, int]:
    """Return how many rows and columns can be told apart in the room, "others" included."""
    width, height = size_px
    across = width - _label_limit(medium, width) - _total_px(medium)
    down = height - 7.5 * medium.font_px - _total_px(medium)
    rows, columns = down / (1.75 * medium.font_px), across / (3.0 * medium.font_px)
    return min(MOST, max(3, int(rows))), min(MOST, max(3, int(columns)))


def height_px(table: Table, medium: Medium, width: float, row_px: float) -> float:
    """Return the height that a matrix with rows of this pitch takes."""
    if not table.rows or not table.columns:
        return 6 * row_px
    _, top = _label_px(table, medium, width)
    foot = _foot_px(wrap(table.note, medium.small_px, width), medium)
    return top + (_steps(table.rows)[-1] + 0.5) * row_px + 0.6 * _total_px(medium) + foot


def _label_px(table: Table, medium: Medium, width: float) -> tuple[float, float]:
    """Return how much the labels of rows take at the left, those of columns at the top."""
    names = [*_names(table.rows, medium, width), "All"]
    slanted = [*_names(table.columns, medium, width), "All"]
    left = max(width_px(name, medium.small_px) for name in names) + 9
    longest = max(width_px(name, medium.small_px) for name in slanted)
    return left, longest * _SIN + medium.small_px * _COS + 6


def _foot_px(lines: Sequence[str], medium: Medium) -> float:
    return len(lines) * medium.small_px * 1.42 + 0.6 * medium.font_px if lines else 0.0


def _label_limit(medium: Medium, width: float) -> float:
    return min(12.0 * medium.font_px, 0.34 * width)


def _total_px(medium: Medium) -> float:
    return 3.2 * medium.font_px


def draw(
    cells: pd.DataFrame,
    table: Table,
    colours: Mapping[str, str],
    medium: Medium,
    size_px: tuple[float, float],
) -> dict:
    """Draw a circle for each pair, its area the value, and totals at the edges.

    Args:
        cells: One row a pair that occurs: row, column (their keys), value (float, NaN for
            unknown), hover, customdata.
        table: What stands at the edges; without rows the figure is blank.
        colours: A colour for each group of the rows.
        medium: What it is drawn for.
        size_px: Room for the matrix with its labels: width and height.

    Returns:
        A plotly figure description; the `customdata` of cells and totals is theirs.
    """
    rows, columns = table.rows, table.columns
    if not rows or not columns:
        return blank(NOTHING, medium, size_px)
    notes = wrap(table.note, medium.small_px, size_px[0])
    foot = _foot_px(notes, medium)
    grid = _grid(table, medium, (size_px[0], size_px[1] - foot))
    margin = grid.margin | {"b": grid.margin["b"] + foot, "autoexpand": False}
    small = theme.font(medium, medium.small_px)
    layout = theme.base_layout(medium) | {
        "margin": margin,
        "dragmode": False,
        "hovermode": "closest",
        "hoverdistance": 12,
        "xaxis": {
            **_axis([0, grid.size[0]]),
            "side": "top",
            "tickvals": [*(grid.x[line.key] for line in columns), grid.total[0]],
            "ticktext": [*_names(columns, medium, size_px[0]), "<b>All</b>"],
            "tickangle": -TILT_DEG,
            "tickfont": small,
        },
        "yaxis": {
            **_axis([grid.size[1], 0]),
            "tickvals": [*(grid.y[line.key] for line in rows), grid.total[1]],
            "ticktext": [*_names(rows, medium, size_px[0]), "<b>All</b>"],
            "ticklabelstandoff": 4,
            "tickfont": small,
        },
        "annotations": _foot(notes, medium, margin),
    }
    traces = [
        _lines(table, grid, medium),
        _totals(table, grid, medium),
        _circles(cells, rows, colours, grid, medium),
    ]
    return {"data": traces, "layout": layout}


def _axis(span: list[float]) -> dict:
    return {
        "range": span,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "tickmode": "array",
        "showspikes": False,
    }


def _names(lines: Sequence[Line], medium: Medium, width: float) -> list[str]:
    limit = _label_limit(medium, width) - 8
    return [clip(line.name, medium.small_px, limit) for line in lines]


def _grid(table: Table, medium: Medium, size: tuple[float, float]) -> _Grid:
    rows, columns = table.rows, table.columns
    column_px = [width_px(name, medium.small_px) for name in _names(columns, medium, size[0])]
    left, top = _label_px(table, medium, size[0])
    edge = _total_px(medium)
    steps_x, steps_y = _steps(columns), _steps(rows)
    across = (size[0] - left - edge) / (steps_x[-1] + 0.5)
    # The slanted label of a column late in the row needs room at the right.
    for step, wide in zip(steps_x, column_px, strict=True):
        across = min(across, (size[0] - left - wide * _COS - 4) / step)
    across = min(across, 7.5 * medium.font_px)
    down = min((size[1] - top - edge * 0.6) / (steps_y[-1] + 0.5), 5.5 * medium.font_px)
    x = {line.key: step * across for line, step in zip(columns, steps_x, strict=True)}
    y = {line.key: step * down for line, step in zip(rows, steps_y, strict=True)}
    total = ((steps_x[-1] + 0.5) * across + edge * 0.5, (steps_y[-1] + 0.5) * down + edge * 0.32)
    plot = (size[0] - left, total[1] + edge * 0.28)
    margin = {"l": left, "r": 0.0, "t": top, "b": max(0.0, size[1] - top - plot[1])}
    return _Grid(x, y, (across, down), total, plot, margin)


def _steps(lines: Sequence[Line]) -> list[float]:
    """Place lines half a cell from the edge and one cell apart, more between groups."""
    steps, at = [], 0.5
    for number, line in enumerate(lines):
        if number:
            at += 1 + (FAMILY_GAP if line.group != lines[number - 1].group else 0)
        steps.append(at)
    return steps


def _lines(table: Table, grid: _Grid, medium: Medium) -> dict:
    """Rule cells between, not through, the marks; families stand apart as blocks."""
    across, down = (
        _edges(table.columns, grid.x, grid.cell[0]),
        _edges(table.rows, grid.y, grid.cell[1]),
    )
    x: list[float] = []
    y: list[float] = []
    for columns in across:
        for rows in down:
            for at in rows:
                x += [columns[0], columns[-1], math.nan]
                y += [at, at, math.nan]
            for at in columns:
                x += [at, at, math.nan]
                y += [rows[0], rows[-1], math.nan]
    return {
        "type": "scatter",
        "name": "grid",
        "uid": "grid",
        "mode": "lines",
        "x": np.array(x),
        "y": np.array(y),
        "line": {"color": medium.palette.line, "width": 1},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _edges(lines: Sequence[Line], centres: Mapping[str, float], cell: float) -> list[list[float]]:
    """List the edges of the cells of each block of one group."""
    return [
        [*(centres[line.key] - cell / 2 for line in block), centres[block[-1].key] + cell / 2]
        for block in (list(members) for _, members in groupby(lines, lambda line: line.group))
    ]


def _totals(table: Table, grid: _Grid, medium: Medium) -> dict:
    rows, columns = table.rows, table.columns
    x = [grid.total[0]] * len(rows) + [grid.x[line.key] for line in columns] + [grid.total[0]]
    y = [grid.y[line.key] for line in rows] + [grid.total[1]] * (len(columns) + 1)
    lines = [*rows, *columns]
    return {
        "type": "scatter",
        "name": "totals",
        "uid": "totals",
        "mode": "text",
        "x": x,
        "y": y,
        "text": [*(line.total for line in lines), f"<b>{table.total}</b>"],
        "customdata": [*(line.customdata for line in lines), ">"],
        "textposition": "middle center",
        "textfont": theme.font(medium, medium.small_px),
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _circles(
    cells: pd.DataFrame,
    rows: Sequence[Line],
    colours: Mapping[str, str],
    grid: _Grid,
    medium: Medium,
) -> dict:
    palette = medium.palette
    values = cells["value"].to_numpy(float)
    unknown = np.isnan(values)
    largest = max(float(np.nanmax(values, initial=0.0)), 1.0)
    radii = np.sqrt(np.maximum(np.nan_to_num(values), 0) / largest) * min(grid.cell) * 0.48
    radii = np.maximum(radii, LEAST_RADIUS_PX)
    group = {line.key: line.group for line in rows}
    fill = [colours[group[key]] for key in cells["row"]]
    room = grid.cell[0] - 3
    places = [
        _text(value, radius, room, colour, medium)
        for value, radius, colour in zip(values, radii, fill, strict=True)
    ]
    # Circles with their number beside them all move by what the longest pair needs.
    reach = [
        radius + GAP_PX + width_px(text, medium.small_px) if place == BESIDE and text else 0.0
        for radius, (text, place, _) in zip(radii, places, strict=True)
    ]
    shift = max(0.0, max(reach, default=0.0) - room / 2)
    x = [
        grid.x[key] - (min(shift, max(0.0, room / 2 - radius)) if place == BESIDE else 0.0)
        for key, radius, (_, place, _) in zip(cells["column"], radii, places, strict=True)
    ]
    return {
        "type": "scatter",
        "name": "cells",
        "uid": "cells",
        "mode": "markers+text",
        "x": x,
        "y": [grid.y[key] for key in cells["row"]],
        "customdata": cells["customdata"].tolist(),
        "hovertext": cells["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "text": [text for text, _, _ in places],
        "textposition": [place for _, place, _ in places],
        "textfont": {
            "family": theme.SANS_STACK,
            "size": medium.small_px,
            "color": [colour for _, _, colour in places],
        },
        "cliponaxis": False,
        "marker": {
            "size": np.where(unknown, UNKNOWN_PX, (2 * radii).round(2)),
            "symbol": np.where(unknown, "square-open", "circle").tolist(),
            "color": fill,
            "opacity": 1,
            "line": {"width": np.where(unknown, 1.3, 0).tolist(), "color": fill},
        },
    }


def _text(
    value: float, radius: float, room: float, colour: str, medium: Medium
) -> tuple[str, str, str]:
    """Give a number its place: inside the circle, beside it, or nowhere."""
    palette = medium.palette
    if math.isnan(value):
        return "", BESIDE, palette.soft
    text = theme.number(value)
    wide = width_px(text, medium.small_px)
    if math.hypot(wide, 0.72 * medium.small_px) <= 1.8 * radius:
        return text, "middle center", _reading_on(colour, palette)
    fits = 2 * radius + GAP_PX + wide <= room
    return text if fits else "", BESIDE, palette.soft


def _reading_on(colour: str, palette: theme.Palette) -> str:
    """Choose ink or ground, whichever stands out more on a colour."""
    grounds = (palette.ink, palette.panel)
    return max(grounds, key=lambda other: _contrast(colour, other))


def _contrast(one: str, other: str) -> float:
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2 of a hex colour."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _foot(lines: Sequence[str], medium: Medium, margin: Mapping[str, float]) -> list[dict]:
    return [
        {
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": 0,
            "xanchor": "left",
            "yanchor": "top",
            "showarrow": False,
            "borderpad": 0,
            "xshift": -margin["l"],
            "yshift": -0.5 * medium.font_px - number * medium.small_px * 1.42,
            "text": line,
            "font": theme.font(medium, medium.small_px, medium.palette.soft),
        }
        for number, line in enumerate(lines)
    ]
