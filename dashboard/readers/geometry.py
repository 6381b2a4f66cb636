"""One point on the surface of any GeoJSON geometry, and how well it tells the place."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

# Latitude, longitude, and a word of `schema.GEO_PRECISIONS`, "" for a point as it stands.
Spot = tuple[float, float, str]
Position = tuple[float, float]
_DEEPEST = 8
_KM_OF_DEGREE = 111.2
_DISTRICT_KM, _PROVINCE_KM = 30.0, 100.0


def spot_of(geometry: object, depth: int = 0) -> Spot | None:
    """Return a point on a geometry; None where it has no coordinates that can be read.

    A point stands as it is. A line gives its middle, an area a point inside, several areas one in
    the largest; how approximate that is follows from how far the geometry reaches.
    """
    if not isinstance(geometry, dict):
        return None
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        return _of_collection(geometry.get("geometries"), depth + 1)
    coordinates = geometry.get("coordinates")
    if kind == "Point":
        point = _position(coordinates)
        return (point[1], point[0], "") if point else None
    positions = list(_positions(coordinates))
    if not positions:
        return None
    middle = _nearest(positions, _mean(positions))
    if kind in ("LineString", "MultiLineString"):
        parts = [coordinates] if kind == "LineString" else _items(coordinates)
        lines = [line for line in (list(_positions(part)) for part in parts) if line]
        middle = _middle(max(lines, key=_length)) if lines else middle
    elif kind in ("Polygon", "MultiPolygon"):
        parts = [coordinates] if kind == "Polygon" else _items(coordinates)
        rings = [[list(_positions(ring)) for ring in _items(part)] for part in parts]
        areas = [area for area in rings if area and area[0]]
        largest = max(areas, key=lambda area: abs(_area(area[0])), default=None)
        middle = _inside(largest) if largest else middle
    elif kind != "MultiPoint":
        return None
    return middle[1], middle[0], _precision(middle, positions)


def _of_collection(geometries: object, depth: int) -> Spot | None:
    """Return the first point of a collection, else the spot of the first geometry with one."""
    if depth > _DEEPEST:
        return None
    spots = [spot for spot in (spot_of(part, depth) for part in _items(geometries)) if spot]
    return next((spot for spot in spots if not spot[2]), spots[0] if spots else None)


def _items(value: object) -> Sequence:
    return value if isinstance(value, list) else ()


def _position(value: object) -> Position | None:
    """Read [longitude, latitude, ...]."""
    if not isinstance(value, list) or len(value) < 2:
        return None
    x, y = value[:2]
    for part in (x, y):
        if isinstance(part, bool) or not isinstance(part, int | float):
            return None
    try:
        pair = float(x), float(y)
    except OverflowError:
        return None
    return pair if all(map(math.isfinite, pair)) else None


def _positions(value: object) -> Iterator[Position]:
    """Go through all positions of nested lists."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        point = _position(item)
        if point:
            yield point
        else:
            waiting.extend(reversed(_items(item)))


def _mean(positions: Sequence[Position]) -> Position:
    return (
        sum(x for x, _ in positions) / len(positions),
        sum(y for _, y in positions) / len(positions),
    )


def _nearest(positions: Sequence[Position], point: Position) -> Position:
    return min(positions, key=lambda other: math.dist(other, point))


def _length(line: Sequence[Position]) -> float:
    return sum(math.dist(one, other) for one, other in zip(line, line[1:], strict=False))


def _middle(line: Sequence[Position]) -> Position:
    """Return the point half way along a line."""
    rest = _length(line) / 2
    for one, other in zip(line, line[1:], strict=False):
        step = math.dist(one, other)
        if step >= rest and step:
            share = rest / step
            return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])
        rest -= step
    return line[0]


def _area(ring: Sequence[Position]) -> float:
    following = [*ring[1:], *ring[:1]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True)) / 2


def _inside(rings: Sequence[Sequence[Position]]) -> Position:
    """Return the middle of the widest stretch inside an area, on a parallel through its middle."""
    outer = rings[0]
    heights = sorted({y for _, y in outer})
    # Between two corners' heights, so that the parallel meets no corner.
    level = len(heights) // 2
    height = (heights[level - 1] + heights[level]) / 2 if len(heights) > 1 else heights[0]
    crossings = sorted(
        a[0] + (height - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for ring in rings
        for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True)
        if (a[1] > height) != (b[1] > height)
    )
    stretches = list(zip(crossings[::2], crossings[1::2], strict=False))
    if not stretches:
        return _nearest(outer, _mean(outer))
    west, east = max(stretches, key=lambda pair: pair[1] - pair[0])
    return (west + east) / 2, height


def _precision(point: Position, positions: Sequence[Position]) -> str:
    """Say how approximate a point is by how far the geometry reaches from it."""
    east = math.cos(math.radians(max(min(point[1], 90), -90)))
    reach = max(math.hypot((x - point[0]) * east, y - point[1]) for x, y in positions)
    if reach * _KM_OF_DEGREE <= _DISTRICT_KM:
        return "district"
    return "admin1" if reach * _KM_OF_DEGREE <= _PROVINCE_KM else "country"
