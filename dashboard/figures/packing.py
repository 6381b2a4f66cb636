"""Where marks and labels go: a beeswarm without overlaps, labels without collisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


def beeswarm(x_px: np.ndarray, radius_px: np.ndarray, gap_px: float = 0.8) -> np.ndarray:
    """Place circles beside their line so that none overlaps.

    Args:
        x_px: Fixed horizontal positions, shape (n,).
        radius_px: Radii, shape (n,).
        gap_px: Least distance between two circles.

    Returns:
        Vertical positions, shape (n,), 0 on the line. Large circles are placed first, so they sit
        nearest to it; each next one takes the free height nearest to the line.
    """
    y = np.zeros(len(x_px))
    order = np.lexsort((x_px, -radius_px))
    placed_x = np.empty(len(x_px))
    placed_y = np.empty(len(x_px))
    placed_r = np.empty(len(x_px))
    for count, index in enumerate(order):
        near = np.abs(placed_x[:count] - x_px[index]) < placed_r[:count] + radius_px[index] + gap_px
        height = _free_height(
            x_px[index] - placed_x[:count][near],
            placed_y[:count][near],
            placed_r[:count][near] + radius_px[index] + gap_px,
        )
        y[index] = height
        placed_x[count], placed_y[count], placed_r[count] = x_px[index], height, radius_px[index]
    return y


def _free_height(apart_px: np.ndarray, height_px: np.ndarray, reach_px: np.ndarray) -> float:
    if not len(apart_px):
        return 0.0
    lift = np.sqrt(np.maximum(reach_px**2 - apart_px**2, 0.0))
    candidates = np.concatenate(([0.0], height_px + lift, height_px - lift))
    candidates = candidates[np.argsort(np.abs(candidates), kind="stable")]
    blocked = np.abs(candidates[:, None] - height_px[None, :]) < lift[None, :] - 1e-6
    return float(candidates[np.argmin(blocked.any(axis=1))])


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


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point that wants a label: its place, the radius of its mark, the label's size."""

    x: float
    y: float
    radius: float
    width: float
    height: float


def place_labels(
    anchors: Sequence[Anchor],
    circles: np.ndarray,
    bounds: Box,
    *,
    offsets: Sequence[tuple[float, float]],
    taken: Sequence[Box] = (),
) -> list[Box | None]:
    """Find a free rectangle for each label, in the order of their importance.

    Args:
        anchors: The points, most important first.
        circles: Marks that no label may cover, shape (n, 3): x, y, radius in pixels.
        bounds: Where labels must stay.
        offsets: Directions tried in turn: (across, down), each -1, 0 or 1 for the side of the mark,
            larger numbers for rings farther out.
        taken: Rectangles that are occupied already.

    Returns:
        A rectangle an anchor, or None where none is free.
    """
    occupied = list(taken)
    found: list[Box | None] = []
    for anchor in anchors:
        box = next(
            (
                candidate
                for candidate in _candidates(anchor, offsets)
                if candidate.within(bounds)
                and not any(candidate.meets(other) for other in occupied)
                and not _covers(candidate, circles)
            ),
            None,
        )
        if box is not None:
            occupied.append(box)
        found.append(box)
    return found


def _candidates(anchor: Anchor, offsets: Sequence[tuple[float, float]]):
    for across, down in offsets:
        reach_x = anchor.radius + 3 + anchor.width / 2
        reach_y = anchor.radius + 2 + anchor.height / 2
        x, y = anchor.x + across * reach_x, anchor.y + down * reach_y
        yield Box(
            x - anchor.width / 2, y - anchor.height / 2, x + anchor.width / 2, y + anchor.height / 2
        )


def _covers(box: Box, circles: np.ndarray) -> bool:
    if not len(circles):
        return False
    x = np.clip(circles[:, 0], box.left, box.right) - circles[:, 0]
    y = np.clip(circles[:, 1], box.top, box.bottom) - circles[:, 1]
    return bool((x * x + y * y < circles[:, 2] ** 2).any())
