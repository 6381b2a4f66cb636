"""Where circles and ranges go without overlaps, as a beeswarm; and rectangles in pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

# Heights that differ by less are taken to be the same.
TOUCH_PX = 1e-6


def beeswarm(
    x_px: np.ndarray,
    radius_px: np.ndarray,
    gap_px: float = 0.8,
    lane: np.ndarray | None = None,
) -> np.ndarray:
    """Place circles beside the line of their lane so that none overlaps.

    Args:
        x_px: Fixed horizontal positions, shape (n,).
        radius_px: Radii, shape (n,).
        gap_px: Least distance between two circles of a lane.
        lane: Number of each circle's lane, shape (n,); left out, all are in one.

    Returns:
        Vertical positions, shape (n,), 0 on the line. Large circles are placed first, so they sit
        nearest to it; each next one takes the free height nearest to the line.
    """
    y = np.zeros(len(x_px))
    if len(x_px):
        order = np.lexsort((x_px, -radius_px))
        lanes = np.zeros(len(x_px)) if lane is None else lane[order]
        y[order] = _heights(x_px[order], radius_px[order], lanes, gap_px)
    return y


def stack(
    low_px: np.ndarray, high_px: np.ndarray, radius_px: np.ndarray, gap_px: float = 0.8
) -> np.ndarray:
    """Place ranges with round ends beside a line so that none overlaps.

    Args:
        low_px: Where each begins, shape (n,).
        high_px: Where it ends, the same for a circle, shape (n,).
        radius_px: Radii of their ends, shape (n,).
        gap_px: Least distance between two of them.

    Returns:
        Vertical positions, shape (n,), as `beeswarm`: circles of a radius sit nearest to the line,
        then ranges, the shortest first.
    """
    y = np.zeros(len(low_px))
    order = np.lexsort((low_px, high_px - low_px, -radius_px))
    for place, number in enumerate(order.tolist()):
        before = order[:place]
        apart = np.maximum(low_px[before] - high_px[number], low_px[number] - high_px[before])
        reach = radius_px[before] + radius_px[number] + gap_px
        near = apart < reach
        lift = np.sqrt(reach[near] ** 2 - np.maximum(apart[near], 0.0) ** 2)
        at = y[before[near]]
        y[number] = _nearest_free([*zip((at - lift).tolist(), (at + lift).tolist(), strict=True)])
    return y


def _heights(x: np.ndarray, radius: np.ndarray, lane: np.ndarray, gap: float) -> list[float]:
    """Place circles that are given in the order of their places."""
    earlier, later = _neighbours(x, radius, lane, gap)
    reach = radius[earlier] + radius[later] + gap
    # How far from an earlier circle's height a later one must keep.
    lift = np.sqrt(np.maximum(reach**2 - (x[earlier] - x[later]) ** 2, 0.0))
    # A circle has a few neighbours: plain numbers are quicker than arrays of so few.
    circles, lifts = earlier.tolist(), lift.tolist()
    ends = np.cumsum(np.bincount(later, minlength=len(x))).tolist()
    y: list[float] = []
    start = 0
    for end in ends:
        near = zip(circles[start:end], lifts[start:end], strict=True)
        y.append(_nearest_free([(y[one] - lift, y[one] + lift) for one, lift in near]))
        start = end
    return y


def _neighbours(
    x: np.ndarray, radius: np.ndarray, lane: np.ndarray, gap: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return all pairs of circles of one lane that touch at some heights, the earlier one first.

    Pairs come in the order of the later one.
    """
    order = np.lexsort((x, lane))
    widest = float(radius.max())
    # Lanes side by side, too far apart to touch.
    along = (x + lane * (float(np.ptp(x)) + 2 * widest + gap + 1))[order]
    radius = radius[order]
    numbers = np.arange(len(x))
    counts = np.maximum(np.searchsorted(along, along + radius + widest + gap) - numbers - 1, 0)
    first = np.repeat(numbers, counts)
    second = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts) + first + 1
    near = along[second] - along[first] < radius[first] + radius[second] + gap
    one, other = order[first[near]], order[second[near]]
    earlier, later = np.minimum(one, other), np.maximum(one, other)
    by_later = np.argsort(later, kind="stable")
    return earlier[by_later], later[by_later]


def _nearest_free(stretches: list[tuple[float, float]]) -> float:
    """Return the height nearest to 0 that lies within none of some stretches."""
    stretches.sort()
    bottom = top = -math.inf
    for low, high in stretches:
        if low >= top - TOUCH_PX:
            # Between what came before and this stretch there is room.
            if top > TOUCH_PX:
                break
            if low >= -TOUCH_PX:
                return 0.0
            bottom = low
        if high > top:
            top = high
    if top <= TOUCH_PX:
        return 0.0
    return top if top <= -bottom else bottom


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two rectangles share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Tell whether this rectangle lies inside another."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )
