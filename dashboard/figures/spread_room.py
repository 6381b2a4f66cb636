"""Where the rows of a spread of tolls stand, and its axis of powers of ten."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.figures import theme
from dashboard.figures.text import width_px, wrap
from dashboard.figures.theme import Medium

MOST = 18
BEST, SOURCES = "Best", "Sources"
# Where zero stands on the axis of powers of ten, left of 1 (10 ** 0).
ZERO = -0.4


@dataclass(frozen=True, slots=True)
class Room:
    """How the room is divided, in pixels, and what its axis shows, in powers of ten.

    `best` and `sources` are where these two columns end, right of the plot; `place` is the height
    of each row's line, by event_id; `foot` the lines of the note.
    """

    width: float
    height: float
    margin: Mapping[str, float]
    best: float
    sources: float
    place: Mapping[str, float]
    span: tuple[float, float]
    foot: Sequence[str]
    is_stacked: bool

    @property
    def scale(self) -> float:
        """Pixels for a factor of ten."""
        return self.width / (self.span[1] - self.span[0])


def capacity(medium: Medium, height: float) -> int:
    """Return how many rows there is room for."""
    rows = (height - head_px(medium) - axis_px(medium)) / row_px(medium)
    return max(1, min(MOST, int(rows)))


def height_px(rows: int, note: str, medium: Medium, width: float) -> float:
    """Return the height that so many rows take, with axis and note."""
    foot = _foot_px(wrap(note, medium.small_px, width), medium)
    return max(rows, 3) * row_px(medium) + head_px(medium) + axis_px(medium) + foot


def row_px(medium: Medium) -> float:
    """Return a row's least height: names stand beside the bars, or above where it is narrow."""
    return (3.1 if medium.is_narrow else 1.85) * medium.font_px


def head_px(medium: Medium) -> float:
    """Return the height of the headings over the columns."""
    return 1.7 * medium.font_px


def axis_px(medium: Medium) -> float:
    """Return the height of the numbers under the axis."""
    return 1.8 * medium.font_px


def _foot_px(lines: Sequence[str], medium: Medium) -> float:
    return len(lines) * medium.small_px * 1.42 + 0.6 * medium.font_px if lines else 0.0


def arrange(
    events: Sequence[str],
    values: np.ndarray,
    note: str,
    medium: Medium,
    size_px: tuple[float, float],
) -> Room:
    """Divide the room among titles, chart, columns and note.

    Args:
        events: The rows' event_id, from the top.
        values: All numbers that the axis must show.
        note: What stands under the axis.
        medium: What it is drawn for.
        size_px: Width and height of the whole.
    """
    foot = wrap(note, medium.small_px, size_px[0])
    head, axis = head_px(medium), axis_px(medium)
    stacked = medium.is_narrow
    left = 0.0 if stacked else min(0.42 * size_px[0], 30.0 * medium.font_px)
    best = width_px("10,000", medium.small_px, "sans-700") + 0.9 * medium.font_px
    sources = best + width_px(SOURCES, medium.small_px, "sans-700") + 0.9 * medium.font_px
    width = size_px[0] - left - sources
    inner = size_px[1] - head - axis - _foot_px(foot, medium)
    row = min(inner / len(events), 1.5 * row_px(medium))
    # Where the title stands above, the line lies in the lower part of its row.
    down = 0.5 * row + (0.72 * medium.font_px if stacked else 0.0)
    height = row * len(events)
    margin = {"l": left, "r": sources, "t": head, "b": size_px[1] - head - height}
    return Room(
        width,
        height,
        margin,
        best,
        sources,
        {event: number * row + down for number, event in enumerate(events)},
        _span(values, width, medium),
        foot,
        stacked,
    )


def at(value: float) -> float:
    """Place a number of dead on the axis, in powers of ten."""
    return math.log10(value) if value >= 1 else ZERO


def ticks(room: Room, medium: Medium) -> list[float]:
    """Choose the numbers under the axis: 1, 2, 5, 10 …, or powers of ten where room is short."""
    steps = (1, 2, 5) if room.scale * math.log10(2) > 3.2 * medium.font_px else (1,)
    numbers = [0.0, *(float(step * 10**power) for power in range(8) for step in steps)]
    return [number for number in numbers if room.span[0] <= at(number) <= room.span[1]]


def _span(values: np.ndarray, width: float, medium: Medium) -> tuple[float, float]:
    """Return the ends of the axis, at least a factor of ten, with room for numbers at both."""
    ends = values.min(), values.max()
    low, high = (at(value) for value in ends)
    spare = max(0.0, 1 - (high - low)) / 2
    low, high = low - min(spare, low - ZERO), high + spare
    beside = [
        min(0.3, (width_px(theme.number(end), medium.small_px) + medium.font_px) / width)
        for end in ends
    ]
    whole = (high - low) / (1 - sum(beside))
    return low - beside[0] * whole, high + beside[1] * whole
