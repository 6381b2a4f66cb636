"""The lanes of the timeline: how large circles may be so that all lanes fit, and where they lie."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from dashboard.figures.axes import Span, tick_lines
from dashboard.figures.packing import beeswarm
from dashboard.figures.theme import Medium

# Radii of the unknown toll's square and of the smallest circle, at a font of 12 pixels and a room
# of 700 pixels or more.
UNKNOWN_RADIUS_PX = 3.4
LEAST_RADIUS_PX = 2.4
SHRINK = 0.87
# Circles smaller than so many times the text are pushed into one another rather than shrunk
# further, but to no less than this share of their distances.
CROWDED = 1.4
LEAST_SQUEEZE = 0.4
# What the packing of a crowd needs, as a multiple of the height that its area alone needs.
USUAL_LOOSENESS = 6.2
# Circles a step larger need about as much more as their area does: if by so much more than there
# is room, they are not packed to see it.
SURELY = 0.96
# What they may need beyond the room: pushed together by so little, the gaps between them close.
NEARLY = 1.01
# The area of circles is told for columns so wide.
AREA_COLUMN_PX = 60.0
# What the edge of a circle takes beyond its radius.
RIM_PX = 1.0


@dataclass(frozen=True, slots=True)
class Room:
    """Sizes of the timeline's parts in pixels, from the top: lanes, months, strip, axis numbers.

    `left_px` is what lane names take beside the lanes, `head_px` what they take above each.
    """

    lanes: int
    width_px: float
    left_px: float
    head_px: float
    swarm_px: float
    gap_px: float
    months_px: float
    strip_px: float
    axis_px: float

    @property
    def strip_gap_px(self) -> float:
        """What lies between the months and the strip."""
        return 3.0

    @property
    def plot_px(self) -> float:
        """Height of all parts but the axis numbers."""
        return self.swarm_px + self.gap_px + self.months_px + self.strip_gap_px + self.strip_px

    @property
    def height_px(self) -> float:
        """Height of all parts."""
        return self.plot_px + self.axis_px


@dataclass(frozen=True, slots=True)
class Scene:
    """How the timeline is laid out.

    `lanes` maps each lane's key to its name, from the top; `colours` each colour key to its fill
    and edge, in stacking order.
    """

    lanes: Mapping[str, str]
    span: Span
    colours: Mapping[str, tuple[str, str]]
    room: Room


def room_for(
    medium: Medium, lanes: int, width: float, height: float | None, span: Span | None = None
) -> Room:
    """Divide the room; without a height it is as high as the lanes need.

    Args:
        medium: What it is drawn for.
        lanes: How many there are.
        width: Of the whole, in pixels.
        height: Of the whole, in pixels.
        span: What the axis shows, where nothing stands below it: a second line of its ticks then
            needs room of its own.
    """
    font, small = medium.font_px, medium.small_px
    is_narrow = medium.is_narrow
    left = 0.0 if is_narrow else 7.6 * font
    head = 1.3 * small if is_narrow else 0.0
    months = max(2.2 * font, min(70.0, (height or 400) * 0.16))
    gap = 1.6 * small + 4 if is_narrow else 12.0
    has_year_below = span is not None and tick_lines(span, width - left, medium) > 1
    parts = (gap, months, 0.55 * font, (3.6 if has_year_below else 2.9) * small)
    spare = Room(0, 0, 0, 0, 0, *parts).height_px
    swarm = height - spare if height else max(296.0, 46.0 * lanes) + head * lanes
    return Room(lanes, width - left, left, head, max(swarm, 24.0), *parts)


def capacity(room: Room, medium: Medium) -> int:
    """Return how many lanes can be told apart."""
    return max(2, int(room.swarm_px / (1.35 * medium.font_px + room.head_px)))


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Where circles lie: heights and radii (one a mark), each lane's middle and upper edge.

    All in pixels, downwards from the top of the lanes.
    """

    y: np.ndarray
    radius: np.ndarray
    middles: list[float]
    edges: list[float]


def pack(
    x_px: np.ndarray, killed: np.ndarray, lane: np.ndarray, room: Room, medium: Medium
) -> Packed:
    """Pack each lane with the largest circles that let all lanes fit.

    Lanes are as high as their circles need; what is left over is shared out evenly.

    Args:
        x_px: Fixed positions of the marks, shape (n,).
        killed: Dead, NaN unknown, shape (n,).
        lane: Each mark's lane, numbered from the top.
        room: The sizes of the parts.
        medium: What it is drawn for.
    """
    small = medium.font_px / 12 * min(1.0, max(0.7, room.width_px / 700))
    # A name beside its lane may have two lines; one above it takes room of its own.
    steps = (CROWDED * medium.font_px, (1.4 if room.head_px else 2.6) * medium.small_px)
    sizes = (room.width_px, room.swarm_px, room.head_px, small, *steps)
    arrays = (np.ascontiguousarray(array, dtype=float).tobytes() for array in (x_px, killed, lane))
    return _packed(*arrays, room.lanes, sizes)


# The page draws the same marks for every selection: what is packed once is kept.
@lru_cache(maxsize=48)
def _packed(
    x_bytes: bytes,
    killed_bytes: bytes,
    lane_bytes: bytes,
    lanes: int,
    sizes: tuple[float, ...],
) -> Packed:
    width, swarm, head, small, crowded, two_lines = sizes
    x, killed, lane = (np.frombuffer(raw) for raw in (x_bytes, killed_bytes, lane_bytes))
    members = [np.flatnonzero(lane == number) for number in range(lanes)]
    largest = float(np.nanmax(killed, initial=1.0))
    room = max(swarm - head * lanes, 1.0)
    least_lane = min(two_lines, room / max(lanes, 1) * 0.8)
    full = min(0.17 * room, 0.07 * width)
    # How often the circles may be shrunk before they are as small as they get.
    most = max(0, math.ceil(math.log(LEAST_RADIUS_PX * small / full) / math.log(SHRINK)))

    def radii_of(times: int) -> np.ndarray:
        return radius_of(killed, full * SHRINK**times, largest, small)

    def allowed(times: int) -> float:
        return min(1.0, max(LEAST_SQUEEZE, full * SHRINK**times / crowded))

    @cache
    def least(times: int) -> float:
        """Return a height that is needed however well the circles are packed."""
        return _least_px(x, radii_of(times), members) * allowed(times)

    @cache
    def tried(times: int) -> tuple[_Lanes, float]:
        """Pack, and return what came of it and the height that it needs."""
        radii = radii_of(times)
        lanes = _Lanes(beeswarm(x, radii, lane=lane), radii, members, least_lane)
        return lanes, lanes.need_px(allowed(times))

    # Packing is what costs. The largest circles that fit are guessed from the area of circles and
    # what the last packing needed beyond it: two or three packings tell.
    low, high, loose, is_known = 0, most, USUAL_LOOSENESS, False
    while low < high:
        likely = (times for times in range(low, high) if least(times) * loose <= room)
        times = next(likely, high - 1)
        if is_known and least(times) * loose * SURELY > room:
            break
        need = tried(times)[1]
        fits = need <= room * NEARLY
        low, high = (low, times) if fits else (times + 1, high)
        is_known = fits
        loose = need / least(times) if least(times) else loose
    lanes_of = tried(high)[0]
    y, radii = lanes_of.y, lanes_of.radius
    squeeze = lanes_of.squeeze(room)
    extents = lanes_of.extents(squeeze)
    spare = max(0.0, room - lanes_of.need_px(squeeze)) / max(lanes, 1)
    middles, edges = [], []
    top = 0.0
    for rows, (up, down) in zip(members, extents, strict=True):
        edges.append(top)
        middle = top + head + spare / 2 + up
        y[rows] = middle + y[rows] * squeeze
        middles.append(middle)
        top += head + spare + up + down
    return Packed(y, radii, middles, edges)


def _least_px(x_px: np.ndarray, radius_px: np.ndarray, members: Sequence[np.ndarray]) -> float:
    """Return a height that the lanes need however well they are packed: that of their area."""
    total = 0.0
    for rows in members:
        if not len(rows):
            continue
        columns = np.floor(x_px[rows] / AREA_COLUMN_PX).astype(int)
        area = np.bincount(columns - columns.min(), np.pi * radius_px[rows] ** 2)
        # Circles reach beyond the column that their middles lie in.
        total += float(area.max() / (AREA_COLUMN_PX + 2 * radius_px[rows].max()))
    return total


@dataclass(frozen=True, slots=True, eq=False)
class _Lanes:
    """Packed lanes, each around its own line: heights and radii of all marks, rows of each lane."""

    y: np.ndarray
    radius: np.ndarray
    members: list[np.ndarray]
    least: float

    def extents(self, squeeze: float) -> list[tuple[float, float]]:
        """Return how far each lane reaches up and down, its heights multiplied by a factor."""
        return [
            (
                float(np.max(self.radius[rows] - squeeze * self.y[rows], initial=self.least / 2)),
                float(np.max(self.radius[rows] + squeeze * self.y[rows], initial=self.least / 2)),
            )
            for rows in self.members
        ]

    def need_px(self, squeeze: float) -> float:
        """Return the height of all lanes."""
        return sum(up + down for up, down in self.extents(squeeze))

    def squeeze(self, room: float) -> float:
        """Return the largest factor up to 1 with which all lanes fit."""
        if self.need_px(1.0) <= room:
            return 1.0
        low, high = 0.0, 1.0
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if self.need_px(middle) <= room else (low, middle)
        return low


def radius_of(
    killed: np.ndarray, radius_px: float, largest: float, small: float = 1.0
) -> np.ndarray:
    """Give each toll its circle: area in proportion to the dead, the unknown a small square.

    Args:
        killed: Dead, NaN unknown, shape (n,).
        radius_px: Radius of the largest.
        largest: Its dead.
        small: Factor for the least sizes.
    """
    radii = np.sqrt(np.maximum(killed, 0) / max(largest, 1.0)) * radius_px
    known = np.maximum(radii, LEAST_RADIUS_PX * small)
    return np.where(np.isnan(killed), UNKNOWN_RADIUS_PX * small, known)


def widened(span: Span, x_px: Sequence[float], radius: Sequence[float], width: float) -> Span:
    """Lengthen a span until the circles at its ends stand in it whole, by at most 15 % a side."""
    x, radii = np.asarray(x_px, dtype=float), np.asarray(radius, dtype=float) + RIM_PX
    inside = (x >= 0) & (x <= width)
    x, radii, most = x[inside], radii[inside], 0.15 * width
    left = right = 0.0
    for _ in range(8):  # what is between moves a little as the ends do
        scale = (width - left - right) / width
        left = min(float(np.max(radii - scale * x, initial=0.0)), most)
        right = min(float(np.max(radii - scale * (width - x), initial=0.0)), most)
    ms_per_px = (span.last_ms - span.first_ms) / max(width - left - right, 1.0)
    return Span(span.first_ms - left * ms_per_px, span.last_ms + right * ms_per_px)
