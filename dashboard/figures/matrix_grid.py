"""Where a matrix's rows, columns, labels and totals stand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.figures.text import clip, width_px, wrap
from dashboard.figures.theme import Medium

MOST = 14
TILT_DEG = 40.0
GROUP_GAP = 0.32  # of a cell, between the groups of rows or columns
ALL = "All"
_COS, _SIN = math.cos(math.radians(TILT_DEG)), math.sin(math.radians(TILT_DEG))


@dataclass(frozen=True, slots=True)
class Line:
    """One row or column: its key, label, group (a gap stands between groups) and total."""

    key: str
    name: str
    group: str
    total: str
    customdata: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows from the top, columns from the left, the total of all, and a note for the foot."""

    rows: Sequence[Line]
    columns: Sequence[Line]
    total: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Centres of rows, columns and totals in pixels of the plot, y downwards.

    `cell` is the pitch of columns and rows, `size` the plot's width and height, `margin` what the
    labels take around it, `foot` the lines of the note.
    """

    x: Mapping[str, float]
    y: Mapping[str, float]
    cell: tuple[float, float]
    total: tuple[float, float]
    size: tuple[float, float]
    margin: Mapping[str, float]
    foot: Sequence[str]


def capacity(medium: Medium, size_px: tuple[float, float], largest: str = "100") -> tuple[int, int]:
    """Return how many rows and columns can be told apart in the room, "others" included.

    Args:
        medium: What it is drawn for.
        size_px: Room for the matrix with its labels: width and height.
        largest: The longest number of a cell.
    """
    width, height = size_px
    across = width - _label_limit(medium, width) - _total_px(medium)
    down = height - 7.5 * medium.font_px - _total_px(medium)
    cell = max(2.4 * medium.font_px, width_px(largest, medium.small_px) + 1.5 * medium.font_px)
    rows, columns = int(down / (1.75 * medium.font_px)), int(across / cell)
    return min(MOST, max(3, rows)), min(MOST, max(3, columns))


def height_px(table: Table, medium: Medium, width: float, row_px: float) -> float:
    """Return the height that a matrix with rows of this pitch takes."""
    if not table.rows or not table.columns:
        return 6 * row_px
    top = _label_px(table, medium, width)[1]
    foot = _foot_px(wrap(table.note, medium.small_px, width), medium)
    return top + (_steps(table.rows)[-1] + 0.5) * row_px + 0.6 * _total_px(medium) + foot


def names(lines: Sequence[Line], medium: Medium, width: float) -> list[str]:
    """Clip the labels of rows or columns to their room."""
    limit = _label_limit(medium, width) - 8
    return [clip(line.name, medium.small_px, limit) for line in lines]


def grid(table: Table, medium: Medium, size_px: tuple[float, float]) -> Grid:
    """Divide the room: labels at the left and, slanted, above; totals right and below; the note."""
    width, height = size_px
    foot = wrap(table.note, medium.small_px, width)
    height -= _foot_px(foot, medium)
    left, top = _label_px(table, medium, width)
    edge = _total_px(medium)
    steps_x, steps_y = _steps(table.columns), _steps(table.rows)
    across = (width - left - edge) / (steps_x[-1] + 0.5)
    # The slanted label of a column late in the row needs room at the right.
    for step, name in zip(steps_x, names(table.columns, medium, width), strict=True):
        reach = width_px(name, medium.small_px) * _COS + 4
        across = min(across, (width - left - reach) / step)
    across = min(across, 7.5 * medium.font_px)
    down = min((height - top - edge * 0.6) / (steps_y[-1] + 0.5), 5.5 * medium.font_px)
    right, bottom = (steps_x[-1] + 0.5) * across, (steps_y[-1] + 0.5) * down
    plot = (width - left, bottom + edge * 0.6)
    below = max(0.0, size_px[1] - top - plot[1])
    return Grid(
        x={line.key: step * across for line, step in zip(table.columns, steps_x, strict=True)},
        y={line.key: step * down for line, step in zip(table.rows, steps_y, strict=True)},
        cell=(across, down),
        total=(right + edge * 0.5, bottom + edge * 0.32),
        size=plot,
        margin={"l": left, "r": 0.0, "t": top, "b": below},
        foot=foot,
    )


def edges(lines: Sequence[Line], centres: Mapping[str, float], cell: float) -> list[list[float]]:
    """List the edges of the cells of each block of one group."""
    blocks = [list(members) for _, members in groupby(lines, lambda line: line.group)]
    return [
        [*(centres[line.key] - cell / 2 for line in block), centres[block[-1].key] + cell / 2]
        for block in blocks
    ]


def _steps(lines: Sequence[Line]) -> list[float]:
    """Place lines half a cell from the edge and one cell apart, more between groups."""
    steps, at = [], 0.5
    for number, line in enumerate(lines):
        if number:
            at += 1 + (GROUP_GAP if line.group != lines[number - 1].group else 0)
        steps.append(at)
    return steps


def _label_px(table: Table, medium: Medium, width: float) -> tuple[float, float]:
    """Return how much the labels of rows take at the left, those of columns at the top."""
    longest = [
        max(width_px(name, medium.small_px) for name in (*names(lines, medium, width), ALL))
        for lines in (table.rows, table.columns)
    ]
    return longest[0] + 9, longest[1] * _SIN + medium.small_px * _COS + 6


def _label_limit(medium: Medium, width: float) -> float:
    return min(12.0 * medium.font_px, 0.34 * width)


def _total_px(medium: Medium) -> float:
    return 3.2 * medium.font_px


def _foot_px(lines: Sequence[str], medium: Medium) -> float:
    return len(lines) * medium.small_px * 1.42 + 0.6 * medium.font_px if lines else 0.0
