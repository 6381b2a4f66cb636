"""How the maps of one picture share its room."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.figures.mercator import Bounds, fitted
from dashboard.figures.theme import Medium

# More maps than this stand in a grid; fewer are cut to their shapes.
MOST_CUT = 5
LEAST_PX = 40.0
WORLD_DEGREES = 120.0
_STRETCHES = (0.7, 0.85, 1.0, 1.18, 1.4)
# How a room is cut: the number of a map, or (across or down, the first part, the second).
Cut = int | tuple[bool, "Cut", "Cut"]
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Map:
    """One map before it has its place: its heading, the theatre it keeps to, what it shows.

    With a theatre named, it shows that theatre's events alone.
    """

    heading: str
    theatre: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Panel:
    """A map in its place: 0 to 1 of the room each way (y upwards), and its size in pixels."""

    heading: str
    theatre: str
    bounds: Bounds
    x: tuple[float, float]
    y: tuple[float, float]
    width_px: float
    height_px: float

    @property
    def box(self) -> Bounds:
        """What it shows: its bounds, widened to its shape."""
        return fitted(self.bounds, self.width_px, self.height_px)

    @property
    def is_world(self) -> bool:
        """Whether it shows so much of the world that our four theatres are a small part of it."""
        return self.bounds.east - self.bounds.west >= WORLD_DEGREES

    @property
    def size_px(self) -> tuple[float, float]:
        """Its width and height."""
        return self.width_px, self.height_px


def arranged(maps: Sequence[Map], medium: Medium, room: tuple[float, float]) -> list[Panel]:
    """Lay maps out so that little of the room is wasted, a heading's height above each."""
    width, height = room
    gap = 1.1 * medium.font_px
    head = 1.5 * medium.font_px if any(one.heading for one in maps) else 0.0
    places = _places(tuple(one.bounds for one in maps), room, gap, head)
    return [
        Panel(
            one.heading,
            one.theatre,
            one.bounds,
            _share(left, left + wide, width),
            _share(height - top - tall, height - top, height),
            wide,
            tall,
        )
        for one, (left, top, wide, tall) in zip(maps, places, strict=True)
    ]


def _share(start: float, end: float, whole: float) -> tuple[float, float]:
    first = min(max(start / whole, 0.0), 0.999)
    return first, min(max(end / whole, first + 0.001), 1.0)


@lru_cache(maxsize=64)
def _places(
    bounds: tuple[Bounds, ...], room: tuple[float, float], gap: float, head: float
) -> list[Rectangle]:
    """Return where each map stands: left, top, width, height in pixels, y downwards."""
    shapes = [box.aspect for box in bounds]
    # A map of twice the width gets some more of the room, not four times as much.
    areas = [0.4 * math.log(box.wide**2 / box.aspect) for box in bounds]
    whole = (0.0, 0.0, *room)

    def drawn(cut: Cut, stretches: tuple[float, ...]) -> list[Rectangle]:
        found = _cut(cut, whole, shapes, gap, iter(stretches))
        return [(x, y + head, max(wide, 1.0), max(tall - head, 1.0)) for x, y, wide, tall in found]

    def waste(places: list[Rectangle]) -> float:
        """Add up how far each panel is from its map's shape, and from a fair share of the room."""
        least = min(min(wide, tall) for _, _, wide, tall in places)
        if least < LEAST_PX:
            return 1e6 - least
        sizes = [
            math.log(wide * tall) - area
            for (_, _, wide, tall), area in zip(places, areas, strict=True)
        ]
        mean = sum(sizes) / len(sizes)
        stretched = (
            abs(math.log(wide / tall / shape))
            for (_, _, wide, tall), shape in zip(places, shapes, strict=True)
        )
        return sum(stretched) + sum(abs(size - mean) for size in sizes)

    count = len(bounds)
    even = (1.0,) * count
    if count > MOST_CUT:
        return min((drawn(cut, even) for cut in _grids(count)), key=waste)
    best = sorted(_cuts(0, count), key=lambda cut: waste(drawn(cut, even)))[:6]
    tries = itertools.product(best, itertools.product(_STRETCHES, repeat=count - 1))
    return min((drawn(cut, stretches) for cut, stretches in tries), key=waste)


def _cuts(first: int, last: int) -> Iterator[Cut]:
    """Go through all ways to cut a room for maps in their order."""
    if last - first == 1:
        yield first
        return
    for middle in range(first + 1, last):
        for one, other in itertools.product(_cuts(first, middle), list(_cuts(middle, last))):
            yield True, one, other
            yield False, one, other


def _grids(count: int) -> Iterator[Cut]:
    """Go through the grids of so many maps, from one column to one row."""
    for columns in range(1, count + 1):
        rows = [range(start, min(start + columns, count)) for start in range(0, count, columns)]
        yield _chain(False, [_chain(True, list(row)) for row in rows])


def _chain(across: bool, parts: Sequence[Cut]) -> Cut:
    return parts[0] if len(parts) == 1 else (across, parts[0], _chain(across, parts[1:]))


def _shape(cut: Cut, shapes: Sequence[float]) -> float:
    """Return the width through height that suits a part of a cut best."""
    if isinstance(cut, int):
        return shapes[cut]
    one, other = _shape(cut[1], shapes), _shape(cut[2], shapes)
    return one + other if cut[0] else 1 / (1 / one + 1 / other)


def _cut(
    cut: Cut,
    room: Rectangle,
    shapes: Sequence[float],
    gap: float,
    stretches: Iterator[float],
) -> list[Rectangle]:
    if isinstance(cut, int):
        return [room]
    across, first, second = cut
    x, y, width, height = room
    one, other = _shape(first, shapes), _shape(second, shapes)
    stretch = next(stretches)
    if across:
        wide = (width - gap) * one * stretch / (one * stretch + other)
        rooms = (x, y, wide, height), (x + wide + gap, y, width - gap - wide, height)
    else:
        tall = (height - gap) * stretch / one / (stretch / one + 1 / other)
        rooms = (x, y, width, tall), (x, y + tall + gap, width, height - gap - tall)
    parts = zip((first, second), rooms, strict=True)
    return [place for part, space in parts for place in _cut(part, space, shapes, gap, stretches)]
