"""One event's toll, a row a report: who says how many, on one axis, before the range of all."""

from __future__ import annotations

import html
import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.axes import whole_numbers
from dashboard.figures.notes import note, shape
from dashboard.figures.packing import Box
from dashboard.figures.text import clip, width_px
from dashboard.figures.theme import Medium

RING = 0.8  # of the text's size
AXIS = 2.0  # height of the axis numbers, in sizes of the small text
FAINT = 0.5
Record = Mapping[Hashable, Any]


@dataclass(frozen=True, slots=True)
class Toll:
    """What the table says of the dead."""

    low: int
    best: int
    high: int


@dataclass(frozen=True, slots=True)
class Place:
    """The part of a figure that the chart fills, in pixels, and the figure's width and height."""

    box: Box
    whole: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Pixels: where the axis begins, its length of one dead, the height of a row and of all."""

    left: float
    scale: float
    row: float
    floor: float
    first: float  # what the axis begins with

    def x(self, dead: float) -> float:
        return self.left + (dead - self.first) * self.scale


def capacity(medium: Medium, height: float) -> int:
    """Return how many rows find room, the line that says how many are left out included."""
    return max(1, int((height - AXIS * medium.small_px) / (1.45 * medium.small_px)))


def height_px(rows: int, medium: Medium, room: float = math.inf) -> float:
    """Return the height of so many rows with the axis, in a room of that height."""
    return min(rows * _largest_row(medium) + AXIS * medium.small_px, room)


def _largest_row(medium: Medium) -> float:
    return 2.3 * medium.font_px + 1.35 * medium.small_px


def draw(
    reports: pd.DataFrame, toll: Toll | None, colour: str, medium: Medium, place: Place
) -> dict[str, Any]:
    """Draw each report's own figure as a ring, low to high as a band, best as a line.

    Args:
        reports: One row a report with a figure, from the top: label, detail, killed_min, killed_max
            (persons), figure (in words), is_whole (counts all the dead; others are drawn faint),
            hover. At most as many as `capacity` says.
        toll: The event's low, best and high, if the table gives them.
        colour: Of the event's kind.
        medium: What it is drawn for.
        place: Where in the figure.

    Returns:
        A plotly figure description without margins.
    """
    box, (width, height) = place.box, place.whole
    records = reports.to_dict("records")
    high = toll.high if toll else 0
    ceiling = max([float(high), 1.0, *(float(one["killed_max"]) for one in records)])
    grid = _grid(records, ceiling, medium, box)
    last = grid.first + (box.right - grid.left) / grid.scale
    layout: dict[str, Any] = theme.base_layout(medium) | {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
        "dragmode": False,
        "xaxis": {
            "domain": [grid.left / width, min(box.right / width, 1.0)],
            "anchor": "y",
            "range": [grid.first, last],
            "tickmode": "array",
            "tickvals": whole_numbers(ceiling, ceiling * grid.scale, medium),
            "tickformat": ",d",
            "fixedrange": True,
            "zeroline": True,
            "zerolinecolor": medium.palette.rule,
            "gridcolor": medium.palette.line,
            "tickfont": theme.font(medium, medium.small_px, medium.palette.soft),
        },
        "yaxis": {
            "domain": [max(1 - grid.floor / height, 0.0), 1 - box.top / height],
            "range": [len(records), 0],
            "fixedrange": True,
            "visible": False,
        },
        "shapes": [
            *_range(toll, colour, len(records), medium),
            *_rules(len(records), box, grid, medium),
        ],
        "annotations": [
            text
            for number, one in enumerate(records)
            for text in _words(one, box.left, box.top + number * grid.row, grid, medium)
        ]
        + [
            _figure_note(one, box.top + (number + 0.5) * grid.row, grid, toll, medium)
            for number, one in enumerate(records)
        ],
    }
    return {"data": _rings(reports, colour, medium), "layout": layout}


def draw_toll(
    record: Record, toll: Toll, colour: str, medium: Medium, place: Place
) -> dict[str, Any]:
    """Draw low to high as a band and best as a line, in one row, where no report has a figure.

    Args:
        record: Label, detail and figure (in words) of the row.
        toll: The event's low, best and high.
        colour: Of the event's kind.
        medium: What it is drawn for.
        place: Where in the figure.

    Returns:
        A plotly figure description without margins.
    """
    own = {"killed_min": toll.low, "killed_max": toll.high, "is_whole": True, "hover": ""}
    spec = draw(pd.DataFrame([{**record, **own}]), toll, colour, medium, place)
    # No ring: it would be taken for a report's figure. Without any trace there would be no axis.
    spec["data"] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "best",
            "x": [toll.best, toll.best],
            "y": [0, 1],
            "line": {"color": colour, "width": 0.14 * medium.font_px},
            "hovertemplate": "best figure: %{x:,}<extra></extra>",
        }
    ]
    return spec


def _grid(records: Sequence[Record], ceiling: float, medium: Medium, box: Box) -> _Grid:
    font = medium.font_px
    rows = max(len(records), 1)
    row = min((box.bottom - box.top - AXIS * medium.small_px) / rows, _largest_row(medium))
    texts = max((_text_px(one, row, medium) for one in records), default=0.0)
    left = box.left + min(texts + font, 0.5 * (box.right - box.left))
    # A figure stands right of its ring.
    beside = max((width_px(one["figure"], font, "sans-700") for one in records), default=0.0)
    before = 0.8 * font
    scale = max(box.right - left - before - beside - 1.4 * font, 1.0) / ceiling
    return _Grid(left, scale, row, box.top + rows * row, -before / scale)


def _is_tall(row: float, medium: Medium) -> bool:
    return row > 1.35 * (medium.font_px + medium.small_px)


def _text_px(report: Record, row: float, medium: Medium) -> float:
    detail = width_px(report["detail"], medium.small_px)
    if _is_tall(row, medium):
        return max(width_px(report["label"], medium.font_px), detail)
    return width_px(f"{report['label']}, ", medium.small_px) + detail


def _words(
    report: Record, left: float, top: float, grid: _Grid, medium: Medium
) -> list[dict[str, Any]]:
    """Write who says it and when."""
    size, soft = medium.small_px, medium.palette.soft
    wide = grid.left - left - 0.8 * medium.font_px
    label, detail, middle = report["label"], report["detail"], top + grid.row / 2
    if not detail:
        lines = [(label, theme.font(medium, None if _is_tall(grid.row, medium) else size), -0.68)]
    elif _is_tall(grid.row, medium):
        lines = [(label, theme.font(medium), -1.32), (detail, theme.font(medium, size, soft), 0.02)]
    else:
        lines = [(f"{label}, {detail}", theme.font(medium, size), -0.68)]
    return [
        note(
            html.escape(clip(text, font["size"], wide), quote=False),
            font,
            left,
            middle + down * font["size"],
        )
        for text, font, down in lines
    ]


def _figure_note(
    report: Record, middle: float, grid: _Grid, toll: Toll | None, medium: Medium
) -> dict[str, Any]:
    """Write a figure right of its ring, or left of it where the line of the best would cross it."""
    size = medium.font_px if _is_tall(grid.row, medium) else medium.small_px
    apart = 0.75 * medium.font_px
    low, high = (grid.x(float(report[name])) for name in ("killed_min", "killed_max"))
    wide = width_px(report["figure"], size, "sans-700")
    best = grid.x(toll.best) if toll else -math.inf
    place = {"yanchor": "middle", "xanchor": "left"}
    x = high + apart
    if high + 0.3 * apart < best < x + wide and low - apart - wide > grid.left:
        place["xanchor"], x = "right", low - apart
    return note(f"<b>{report['figure']}</b>", theme.font(medium, size), x, middle, **place)


def _rules(rows: int, box: Box, grid: _Grid, medium: Medium) -> list[dict[str, Any]]:
    line = {"width": 0.7, "color": medium.palette.line}
    return [
        shape("line", Box(box.left, y, box.right, y), line=line, layer="below")
        for y in (box.top + number * grid.row for number in range(1, rows))
    ]


def _range(toll: Toll | None, colour: str, rows: int, medium: Medium) -> list[dict[str, Any]]:
    if toll is None:
        return []
    common = {"xref": "x", "yref": "y", "y0": 0, "y1": rows, "layer": "below"}
    band = {"type": "rect", "x0": toll.low, "x1": toll.high, "fillcolor": medium.palette.band}
    line = {"type": "line", "x0": toll.best, "x1": toll.best}
    return [
        common | band | {"line": {"width": 0}},
        common | line | {"line": {"width": 0.14 * medium.font_px, "color": colour}},
    ]


def _rings(reports: pd.DataFrame, colour: str, medium: Medium) -> list[dict[str, Any]]:
    middle = np.arange(len(reports)) + 0.5
    low, high = (reports[name].to_numpy(float) for name in ("killed_min", "killed_max"))
    whole = reports["is_whole"].to_numpy(bool)
    gap = np.full(len(reports), np.nan)
    spans = low < high
    line = 0.13 * medium.font_px
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "ranges",
            "x": np.column_stack([low, high, gap])[spans].ravel(),
            "y": np.column_stack([middle, middle, gap])[spans].ravel(),
            "line": {"color": colour, "width": line},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": "reports",
            "x": np.concatenate([low[spans], high]),
            "y": np.concatenate([middle[spans], middle]),
            "text": [*reports["hover"][spans], *reports["hover"]],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {
                "symbol": "circle",
                "size": RING * medium.font_px,
                "color": medium.palette.panel,
                "opacity": np.where(np.concatenate([whole[spans], whole]), 1.0, FAINT).tolist(),
                "line": {"color": colour, "width": line},
            },
        },
    ]
