"""Where circles go: a beeswarm without overlaps; and rectangles in pixels."""

from __future__ import annotations

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
