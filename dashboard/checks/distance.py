"""Distances on the ground, between points of latitude and longitude."""

from __future__ import annotations

import math

EARTH_KM = 6371.0
Point = tuple[float, float]  # latitude, longitude in degrees


def distance_km(one: Point, other: Point) -> float:
    """Return the distance along the great circle, in kilometres."""
    (north, east), (north_2, east_2) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    half = math.sin((north_2 - north) / 2) ** 2
    half += math.cos(north) * math.cos(north_2) * math.sin((east_2 - east) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))
