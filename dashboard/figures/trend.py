"""The trend: events and dead a month, a row a theatre, with a rolling mean."""

from __future__ import annotations

import html
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.axes import Span, count_axis, ticks, time_axis
from dashboard.figures.notes import note
from dashboard.figures.text import clip, width_px, wrap
from dashboard.figures.theme import Medium

ROLLING_MONTHS = 6
GUTTER = 7.2  # what names take beside the rows, in sizes of the text
FOOT = 2.6  # what the months take under the last row


@dataclass(frozen=True, slots=True)
class Series:
    """One row of charts: its key in the months, and its name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class _Quantity:
    column: str
    heading: str
    noun: str
    has_own_scale: bool


QUANTITIES = (
    _Quantity("events", "Events a month", "events", False),
    _Quantity("killed", "Killed a month, best figures", "killed", True),
)
OWN_SCALE = "; each row its own scale"


def capacity(medium: Medium, size_px: tuple[float, float]) -> int:
    """Return how many rows can be told apart."""
    head = 1.7 * medium.font_px if medium.is_narrow else 0.0
    room = size_px[1] - 4 * medium.font_px - FOOT * medium.small_px
    return max(1, int(room / (head + 2.6 * medium.font_px)))


@dataclass(frozen=True, slots=True)
class _Grid:
    """Pixels of the charts, from the top left of the first one's heading.

    The second quantity stands at `shift` (across, down) from the first.
    """

    left: float
    shift: tuple[float, float]
    size: tuple[float, float]
    chart: tuple[float, float]
    head: float
    row: float
    name: float
    headings: list[list[str]]

    def place(self, column: int, row: int, foot: float) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of a chart."""
        left = column * self.shift[0]
        top = column * self.shift[1] + self.head + row * self.row + self.name
        return left, top, left + self.chart[0], top - self.name + self.row - foot


def draw(
    months: pd.DataFrame,
    rows: Sequence[Series],
    span: Span,
    medium: Medium,
    size_px: tuple[float, float],
) -> dict[str, Any]:
    """Draw small charts: bars a month and their rolling mean.

    Args:
        months: One row a month of the span and series, without gaps, in time order: start_ms,
            end_ms, series, events, killed (best figures, NaN where there are events but no
            figure).
        rows: The series, from the top.
        span: What the time axis shows.
        medium: What it is drawn for.
        size_px: Room for the charts: width and height.

    Returns:
        A plotly figure description.
    """
    grid = _grid(months, len(rows), medium, size_px)
    layout: dict[str, Any] = theme.base_layout(medium) | {
        "margin": {
            "l": grid.left,
            "r": 0,
            "t": 0,
            "b": FOOT * medium.small_px,
            "autoexpand": False,
        },
        "barmode": "overlay",
        "bargap": 0,
        "hovermode": "x",
        "dragmode": False,
    }
    traces: list[dict[str, Any]] = []
    notes = _headings(grid, medium)
    square = {
        "symbol": "square-open",
        "size": round(min(5.0, max(2.4, 25 * grid.chart[0] / span.days)), 2),
        "color": medium.palette.soft,
        "line": {"width": 0.8},
    }
    for number, (quantity, series) in enumerate(itertools.product(QUANTITIES, rows)):
        column, row = divmod(number, len(rows))
        suffix = str(number + 1) if number else ""
        of_series = _settled(months[months["series"] == series.key], quantity)
        values = (of_series if quantity.has_own_scale else months)[quantity.column]
        box = grid.place(column, row, 0.7 * medium.font_px)
        counts = count_axis(float(values.fillna(0).max()), box[3] - box[1], medium)
        is_last = row == len(rows) - 1 and (column == len(QUANTITIES) - 1 or not grid.shift[1])
        layout[f"xaxis{suffix}"] = time_axis(span, grid.chart[0], medium) | {
            "domain": _shares(box[0], box[2], grid.size[0]),
            "anchor": f"y{suffix}",
            "matches": "x" if suffix else None,
            "fixedrange": True,
            "showticklabels": is_last,
            **(ticks(medium.palette) if is_last else {}),
        }
        layout[f"yaxis{suffix}"] = counts | {
            "domain": _shares(grid.size[1] - box[3], grid.size[1] - box[1], grid.size[1]),
            "anchor": f"x{suffix}",
            "zeroline": True,
            "zerolinecolor": medium.palette.rule,
            "ticklabelstandoff": 3,
        }
        if not column or grid.shift[1]:
            notes.append(_name(series.name, box, grid, medium))
        if of_series[quantity.column].isna().all():
            notes.append(_unknown_note(box, medium))
        traces += _chart(of_series, quantity, series, suffix, medium)
        floor = 0.05 * counts["range"][1]
        traces.append(_unknown(of_series, quantity, suffix, floor, square))
    layout["annotations"] = notes
    return {"data": traces, "layout": layout}


def _settled(months: pd.DataFrame, quantity: _Quantity) -> pd.DataFrame:
    """Leave out the zeros of months without events where no month with events has a figure."""
    busy = months.loc[months["events"] > 0, quantity.column]
    return months.assign(**{quantity.column: np.nan}) if busy.isna().all() else months


def _shares(start: float, end: float, whole: float) -> list[float]:
    return [max(start / whole, 0.0), min(end / whole, 1.0)]


def _grid(months: pd.DataFrame, rows: int, medium: Medium, size: tuple[float, float]) -> _Grid:
    """Set the quantities side by side, or one above the other where charts would be too narrow."""
    small = medium.small_px
    numbers = [
        width_px(theme.number(float(months[quantity.column].fillna(0).max())), small)
        for quantity in QUANTITIES
    ]
    names = 0.0 if medium.is_narrow else GUTTER * medium.font_px
    inner = size[1] - FOOT * small
    left, gap = names + numbers[0] + 8, numbers[1] + 8 + 1.2 * medium.font_px
    wide = (size[0] - left - gap) / 2
    is_stacked = inner / rows > 1.15 * wide
    if is_stacked:
        left = names + max(numbers) + 8
        wide = size[0] - left
    texts = [
        quantity.heading + (OWN_SCALE if quantity.has_own_scale and rows > 1 else "")
        for quantity in QUANTITIES
    ]
    wide = max(wide, 20.0)
    headings = [wrap(text, small, wide, "sans-700") for text in texts]
    head = max(len(lines) for lines in headings) * 1.3 * small + 0.4 * medium.font_px
    block = inner / 2 if is_stacked else inner
    row = max((block - head) / rows, 12.0)
    name = min(1.5 * medium.font_px, 0.5 * row) if medium.is_narrow else 0.0
    shift = (0.0, head + rows * row) if is_stacked else (wide + gap, 0.0)
    whole = (wide + shift[0], shift[1] + head + rows * row)
    return _Grid(left, shift, whole, (wide, row), head, row, name, headings)


def _headings(grid: _Grid, medium: Medium) -> list[dict[str, Any]]:
    font = theme.font(medium, medium.small_px, medium.palette.soft)
    return [
        note(f"<b>{'<br>'.join(lines)}</b>", font, number * grid.shift[0], number * grid.shift[1])
        for number, lines in enumerate(grid.headings)
    ]


def _name(
    name: str, box: tuple[float, float, float, float], grid: _Grid, medium: Medium
) -> dict[str, Any]:
    wide = grid.chart[0] if grid.name else GUTTER * medium.font_px - 4
    text = f"<b>{html.escape(clip(name, medium.font_px, wide, 'sans-700'))}</b>"
    if grid.name:
        return note(text, theme.font(medium), box[0], box[1] - grid.name)
    return note(text, theme.font(medium), -grid.left, (box[1] + box[3]) / 2, yanchor="middle")


def _unknown_note(box: tuple[float, float, float, float], medium: Medium) -> dict[str, Any]:
    font = theme.font(medium, medium.small_px, medium.palette.soft)
    place = {"xanchor": "center", "yanchor": "middle", "bgcolor": medium.palette.panel}
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return note("No toll is known.", font, *middle, **place)


def rolling_mean(values: pd.Series) -> np.ndarray:
    """Average each month with the five before it, unknown months left out; the first five: NaN."""
    mean = values.rolling(ROLLING_MONTHS, min_periods=1).mean().to_numpy(float, copy=True)
    mean[: ROLLING_MONTHS - 1] = np.nan
    return mean


def _chart(
    months: pd.DataFrame, quantity: _Quantity, series: Series, suffix: str, medium: Medium
) -> list[dict[str, Any]]:
    width = (months["end_ms"] - months["start_ms"]).to_numpy(float)
    values = months[quantity.column].astype("float64")
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    name, colour = html.escape(series.name, quote=False), medium.palette.accent
    return [
        {
            "type": "bar",
            "name": name,
            "x": months["start_ms"].to_numpy(float) + width / 2,
            "y": values.to_numpy(float),
            "width": width * 0.9,
            "marker": {"color": colour, "opacity": 0.38, "line": {"width": 0}},
            "hovertemplate": f"%{{x|%B %Y}}: %{{y:,}} {quantity.noun}<extra></extra>",
            **axes,
        },
        # The mean of the six months up to a month stands at that month's end.
        {
            "type": "scatter",
            "mode": "lines",
            "name": f"{name}, mean of {ROLLING_MONTHS} months",
            "x": months["end_ms"].to_numpy(float),
            "y": rolling_mean(values),
            "line": {"color": colour, "width": min(2.0, 0.15 * medium.font_px)},
            "hoverinfo": "skip",
            **axes,
        },
    ]


def _unknown(
    months: pd.DataFrame, quantity: _Quantity, suffix: str, height: float, square: dict[str, Any]
) -> dict[str, Any]:
    """Mark the months of which nothing is known; unknown is not zero."""
    rows = months[months[quantity.column].isna()]
    middle = (rows["start_ms"] + rows["end_ms"]).to_numpy(float) / 2
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "unknown",
        "x": middle,
        "y": np.full(len(rows), height),
        "marker": square,
        "hovertemplate": "%{x|%B %Y}: toll unknown<extra></extra>",
        "xaxis": f"x{suffix}",
        "yaxis": f"y{suffix}",
    }
