"""Who acts against whom: a circle where a row's actor meets a column's."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.blank import blank
from dashboard.figures.contrast import reading_on
from dashboard.figures.matrix_grid import ALL, TILT_DEG, Grid, Line, Table, edges, grid, names
from dashboard.figures.text import width_px
from dashboard.figures.theme import Medium

LEAST_RADIUS_PX = 1.8
UNKNOWN_PX = 7.0
GAP_PX = 3.5  # that plotly leaves between a mark and its text
# A number is rather smaller than not there: this share of the small size, and so many pixels.
LEAST_NUMBER, LEAST_NUMBER_PX = 0.74, 7.5
INSIDE, BESIDE = "middle center", "middle right"


def draw(
    cells: pd.DataFrame,
    table: Table,
    colours: Mapping[str, tuple[str, str]],
    medium: Medium,
    size_px: tuple[float, float],
) -> dict:
    """Draw a circle for each pair, its area the value, and totals at the edges.

    Args:
        cells: One row a pair that occurs: row, column (their keys), value (float, NaN for
            unknown), hover, customdata.
        table: What stands at the edges; without rows the figure is blank but for its note.
        colours: Fill and edge for each group of the rows.
        medium: What it is drawn for.
        size_px: Room for the matrix with its labels: width and height.

    Returns:
        A plotly figure description; the `customdata` of cells and totals is theirs.
    """
    if not table.rows or not table.columns:
        return blank(table.note, medium, size_px)
    where = grid(table, medium, size_px)
    small = theme.font(medium, medium.small_px)
    layout = theme.base_layout(medium) | {
        "margin": {**where.margin, "autoexpand": False},
        "dragmode": False,
        "hovermode": "closest",
        "hoverdistance": 12,
        "xaxis": {
            **_axis([0, where.size[0]]),
            "side": "top",
            "tickvals": [*(where.x[line.key] for line in table.columns), where.total[0]],
            "ticktext": [*_labels(table.columns, medium, size_px[0]), f"<b>{ALL}</b>"],
            "tickangle": -TILT_DEG,
            "tickfont": small,
        },
        "yaxis": {
            **_axis([where.size[1], 0]),
            "tickvals": [*(where.y[line.key] for line in table.rows), where.total[1]],
            "ticktext": [*_labels(table.rows, medium, size_px[0]), f"<b>{ALL}</b>"],
            "ticklabelstandoff": 4,
            "tickfont": small,
        },
        "annotations": _foot(where, medium),
    }
    traces = [
        _rules(table, where, medium),
        _totals(table, where, medium),
        _circles(cells, table.rows, colours, where, medium),
    ]
    return {"data": traces, "layout": layout}


def _labels(lines: Sequence[Line], medium: Medium, width: float) -> list[str]:
    return [html.escape(name, quote=False) for name in names(lines, medium, width)]


def _axis(span: list[float]) -> dict:
    return {
        "range": span,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "tickmode": "array",
        "showspikes": False,
    }


def _rules(table: Table, where: Grid, medium: Medium) -> dict:
    """Rule between the cells, not through their marks; groups stand apart as blocks."""
    across = edges(table.columns, where.x, where.cell[0])
    down = edges(table.rows, where.y, where.cell[1])
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
        "name": "rules",
        "uid": "rules",
        "mode": "lines",
        "x": np.array(x),
        "y": np.array(y),
        "line": {"color": medium.palette.line, "width": 1},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _totals(table: Table, where: Grid, medium: Medium) -> dict:
    rows, columns = table.rows, table.columns
    right, bottom = where.total
    lines = [*rows, *columns]
    return {
        "type": "scatter",
        "name": "totals",
        "uid": "totals",
        "mode": "text",
        "x": [right] * len(rows) + [where.x[line.key] for line in columns] + [right],
        "y": [where.y[line.key] for line in rows] + [bottom] * (len(columns) + 1),
        "text": [*(line.total for line in lines), f"<b>{table.total}</b>"],
        "customdata": [*(line.customdata for line in lines), ""],
        "textposition": INSIDE,
        "textfont": theme.font(medium, medium.small_px),
        "hoverinfo": "none",
        "cliponaxis": False,
    }


def _circles(
    cells: pd.DataFrame,
    rows: Sequence[Line],
    colours: Mapping[str, tuple[str, str]],
    where: Grid,
    medium: Medium,
) -> dict:
    values = cells["value"].to_numpy(float)
    unknown = np.isnan(values)
    radii = _radii(values, where)
    groups = {line.key: line.group for line in rows}
    fill, edge = zip(*(colours[groups[key]] for key in cells["row"]), strict=True)
    room = where.cell[0] - 3
    numbers = [
        _number(value, radius, room, colour, medium)
        for value, radius, colour in zip(values, radii, fill, strict=True)
    ]
    return {
        "type": "scatter",
        "name": "cells",
        "uid": "cells",
        "mode": "markers+text",
        "x": _moved([where.x[key] for key in cells["column"]], radii, numbers, room, medium),
        "y": [where.y[key] for key in cells["row"]],
        "customdata": cells["customdata"].tolist(),
        "hovertext": cells["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "text": [number.text for number in numbers],
        "textposition": [number.place for number in numbers],
        "textfont": {
            "family": theme.SANS_STACK,
            "size": [number.size_px for number in numbers],
            "color": [number.colour for number in numbers],
        },
        "cliponaxis": False,
        "marker": {
            "size": np.where(unknown, UNKNOWN_PX, (2 * radii).round(2)),
            "symbol": np.where(unknown, "square-open", "circle").tolist(),
            "color": np.where(unknown, edge, fill).tolist(),
            "opacity": 1,
            "line": {"width": np.where(unknown, 1.3, 0.8).tolist(), "color": list(edge)},
        },
    }


def _radii(values: np.ndarray, where: Grid) -> np.ndarray:
    """Give each value its circle: area in proportion, the largest as wide as its cell."""
    largest = max(float(np.nanmax(values, initial=0.0)), 1.0)
    radii = np.sqrt(np.maximum(np.nan_to_num(values), 0) / largest) * min(where.cell) * 0.48
    return np.maximum(radii, LEAST_RADIUS_PX)


class _Number(NamedTuple):
    text: str
    place: str
    colour: str
    size_px: float


def _number(value: float, radius: float, room: float, colour: str, medium: Medium) -> _Number:
    """Give a number its place, colour and size: inside the circle, beside it, or nowhere."""
    palette, small = medium.palette, medium.small_px
    if math.isnan(value):
        return _Number("", BESIDE, palette.soft, small)
    text = theme.number(value)
    wide = width_px(text, small)
    beside = (room - 2 * radius - GAP_PX) / wide
    inside = (1.8 if beside >= 1 else 2.0) * radius / math.hypot(wide, 0.72 * small)
    least = max(LEAST_NUMBER, LEAST_NUMBER_PX / small)
    if inside >= 1 or beside < inside >= least:
        size = round(small * min(1.0, inside), 1)
        return _Number(text, INSIDE, reading_on(colour, palette), size)
    if beside >= least:
        return _Number(text, BESIDE, palette.soft, round(small * min(1.0, beside), 1))
    return _Number("", BESIDE, palette.soft, small)


def _moved(
    x: Sequence[float],
    radii: np.ndarray,
    numbers: Sequence[_Number],
    room: float,
    medium: Medium,
) -> list[float]:
    """Move circles with their number beside them, all by what the longest pair needs."""
    reach = [
        radius + GAP_PX + width_px(number.text, number.size_px)
        if number.place == BESIDE and number.text
        else 0.0
        for radius, number in zip(radii, numbers, strict=True)
    ]
    shift = max(0.0, max(reach, default=0.0) - room / 2)
    return [
        at - (min(shift, max(0.0, room / 2 - radius)) if number.place == BESIDE else 0.0)
        for at, radius, number in zip(x, radii, numbers, strict=True)
    ]


def _foot(where: Grid, medium: Medium) -> list[dict]:
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
            "xshift": -where.margin["l"],
            "yshift": -0.5 * medium.font_px - number * medium.small_px * 1.42,
            "text": line,
            "font": theme.font(medium, medium.small_px, medium.palette.soft),
        }
        for number, line in enumerate(where.foot)
    ]
