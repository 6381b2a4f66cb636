"""Mercator's projection: boxes of degrees, the pixels of a panel, lengths in kilometres."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

EARTH_KM_PER_DEGREE = 111.195
LEAST_DEGREES = 0.2
# The poles lie infinitely far off: what is nearer to one stands here, where world maps end.
LIMIT_DEG = 85.05
# A box ends so much farther, that marks at the limit are seen whole.
MARGIN_DEG = 1.0
# A box widened to its panel may reach beyond; nothing is as high as a pole.
_HIGHEST_DEG = 89.999999
_EDGE_DEG = LIMIT_DEG + MARGIN_DEG


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box of degrees."""

    west: float
    south: float
    east: float
    north: float

    def joined(self, other: Bounds) -> Bounds:
        """Return the box around both."""
        return Bounds(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )

    @property
    def middle_latitude(self) -> float:
        """Latitude of the middle of the Mercator picture."""
        return latitude((height(self.south) + height(self.north)) / 2)

    @property
    def wide(self) -> float:
        """Width in degrees, at least so much that a place alone has a map."""
        return max(self.east - self.west, LEAST_DEGREES)

    @property
    def aspect(self) -> float:
        """Width through height of the Mercator picture."""
        return self.wide / _tall(self)

    @property
    def drawable(self) -> Bounds:
        """The part of it that a map shows: it ends a little beyond the limit."""
        south, north = np.clip((self.south, self.north), -_EDGE_DEG, _EDGE_DEG).tolist()
        return Bounds(self.west, south, self.east, north)


def height(latitude_deg: float) -> float:
    """Return the height of a latitude over the equator, in degrees of the equator."""
    held_deg = min(max(latitude_deg, -_HIGHEST_DEG), _HIGHEST_DEG)
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(held_deg) / 2)))


def latitude(height_deg: float) -> float:
    """Return the latitude at a height over the equator; the inverse of `height`."""
    highest = height(_HIGHEST_DEG)
    held = math.radians(min(max(height_deg, -highest), highest))
    return math.degrees(2 * math.atan(math.exp(held)) - math.pi / 2)


def _tall(bounds: Bounds) -> float:
    return max(height(bounds.north) - height(bounds.south), LEAST_DEGREES)


def fitted(bounds: Bounds, width_px: float, height_px: float) -> Bounds:
    """Widen a box so that it fills a panel of another shape, its middle where it was."""
    wide, tall = bounds.wide, _tall(bounds)
    middle_x = (bounds.west + bounds.east) / 2
    middle_y = (height(bounds.south) + height(bounds.north)) / 2
    if wide / tall < width_px / height_px:
        wide = tall * width_px / height_px
    else:
        tall = wide * height_px / width_px
    return Bounds(
        middle_x - wide / 2,
        latitude(middle_y - tall / 2),
        middle_x + wide / 2,
        latitude(middle_y + tall / 2),
    )


def around(latitude_deg: float, longitude_deg: float, radius_km: float) -> Bounds:
    """Return the box around a place that reaches so many kilometres each way."""
    up = radius_km / EARTH_KM_PER_DEGREE
    middle_deg = min(max(latitude_deg, -LIMIT_DEG), LIMIT_DEG)
    aside = up / math.cos(math.radians(middle_deg))
    box = Bounds(longitude_deg - aside, middle_deg - up, longitude_deg + aside, middle_deg + up)
    return box.drawable


def axis_ranges(bounds: Bounds) -> tuple[list[float], list[float]]:
    """Return plotly's ranges of longitude and latitude for a map that shows a box exactly.

    Plotly.js fits the box as a polygon whose upper and lower edge are four great circles each,
    which bow towards the poles; so the corners must stand that much nearer to the equator.
    """
    bow = math.cos(math.radians((bounds.east - bounds.west) / 8))

    def corner(latitude_deg: float) -> float:
        return math.degrees(math.atan(math.tan(math.radians(latitude_deg)) * bow))

    north = corner(bounds.north) if bounds.north > 0 else bounds.north
    south = corner(bounds.south) if bounds.south < 0 else bounds.south
    return [bounds.west, bounds.east], [south, north]


def km_per_px(bounds: Bounds, width_px: float) -> float:
    """Return how many kilometres a pixel is in the middle of a map."""
    degrees = (bounds.east - bounds.west) / width_px
    return degrees * EARTH_KM_PER_DEGREE * math.cos(math.radians(bounds.middle_latitude))


def scale_length_km(per_px: float, wanted_px: float) -> float:
    """Return a round number of kilometres that is at most `wanted_px` long."""
    limit = per_px * wanted_px
    power = 10 ** math.floor(math.log10(limit))
    return max(step for step in (1, 2, 5) if step * power <= limit) * power


def pixels(
    longitude_deg: ArrayLike, latitude_deg: ArrayLike, box: Bounds, size_px: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return where places fall on a panel that shows a box, in pixels from its top left."""
    low, high = height(box.south), height(box.north)
    # A pole lies infinitely far off.
    radians = np.radians(np.clip(np.asarray(latitude_deg, dtype=float), -89.0, 89.0))
    heights = np.degrees(np.log(np.tan(np.pi / 4 + radians / 2)))
    x = (np.asarray(longitude_deg, dtype=float) - box.west) / (box.east - box.west) * size_px[0]
    return x, (high - heights) / (high - low) * size_px[1]


def degrees(
    x: ArrayLike, y: ArrayLike, box: Bounds, size_px: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return longitude and latitude of pixels; the inverse of `pixels`."""
    low, high = height(box.south), height(box.north)
    longitudes = box.west + np.asarray(x, dtype=float) / size_px[0] * (box.east - box.west)
    heights = np.radians(high - np.asarray(y, dtype=float) / size_px[1] * (high - low))
    return longitudes, np.degrees(2 * np.arctan(np.exp(heights)) - np.pi / 2)
