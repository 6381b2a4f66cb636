"""Pairs that may be one event: near enough in place and time for what their precision allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from dashboard.matching.side import EARTH_KM, Side

# What two sources may differ by where both call a place or a day exact: a town's other end, or
# its district's capital; the night, or the day of the report.
MARGIN_KM, MARGIN_DAYS = 15.0, 3.0
# So many pairs are compared at a time: what keeps memory bounded.
PAIRS_AT_A_TIME = 400_000
# Edges of the classes of radius (km) and of half the length (days) within which one tree serves.
_RADII = (1.5, 8.0, 40.0, 120.0)
_HALVES = (1.0, 4.0, 16.0, 64.0)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Positions in two sides, an entry a pair, with what parts them.

    Attributes:
        one: Positions in the first side.
        other: Positions in the second.
        days: Days between them; 0 where they overlap.
        km: Distance in km; NaN where either has no place.
    """

    one: np.ndarray
    other: np.ndarray
    days: np.ndarray
    km: np.ndarray

    def __len__(self) -> int:
        """Count them."""
        return len(self.one)


def candidates(one: Side, other: Side) -> Iterator[Pairs]:
    """Go through the pairs that may be one event, some hundred thousand at a time.

    A pair is one where days and places, each with what its precision leaves open, come within
    `MARGIN_DAYS` and `MARGIN_KM`; where either has no place, the country must be the same.
    All pairs of an event of the smaller table that fall in one class come together.
    """
    is_swapped = len(one) > len(other)
    small, large = (other, one) if is_swapped else (one, other)
    for queried, held, is_placed in _searches(small, large):
        for here, there in _near(small, large, queried, held, is_placed=is_placed):
            places = (there, here) if is_swapped else (here, there)
            yield _near_enough(measured(one, other, *places), one, other)


def _searches(small: Side, large: Side) -> Iterator[tuple[np.ndarray, np.ndarray, bool]]:
    """Say whom to look for among whom, and whether place is known on both sides."""
    placed = np.flatnonzero(_has_place(small))
    unplaced = np.flatnonzero(~_has_place(small))
    classes = _classes(large)
    for group in np.unique(classes):
        held = np.flatnonzero(classes == group)
        with_place = held[_has_place(large)[held]]
        without = held[~_has_place(large)[held]]
        if len(placed) and len(with_place):
            yield placed, with_place, True
        if len(placed) and len(without):
            yield placed, without, False
        if len(unplaced):
            yield unplaced, held, False


def _has_place(side: Side) -> np.ndarray:
    return ~np.isnan(side.points[:, 0])


def _classes(side: Side) -> np.ndarray:
    half = (side.last - side.first) / 2
    return np.digitize(side.radius, _RADII) * 10 + np.digitize(half, _HALVES)


def _near(
    small: Side, large: Side, queried: np.ndarray, held: np.ndarray, *, is_placed: bool
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Find who lies in a box of place and time around whom; too many rather than too few."""
    half = (small.last - small.first)[queried] / 2
    widest = float((large.last - large.first)[held].max()) / 2
    days = half + small.slack[queried] + MARGIN_DAYS + widest + float(large.slack[held].max())
    km = small.radius[queried] + float(large.radius[held].max()) + MARGIN_KM
    # One unit of the tree is so many km or days: about what an exact event may be off.
    units = (widest + MARGIN_DAYS, float(large.radius[held].max()) + MARGIN_KM)
    reach = np.maximum(days / units[0], km / units[1]) if is_placed else days / units[0]
    tree = KDTree(_scaled(large, held, units, is_placed=is_placed))
    points = _scaled(small, queried, units, is_placed=is_placed)
    counts = tree.query_ball_point(points, reach, p=np.inf, return_length=True)
    ends = np.cumsum(counts)
    start = 0
    while start < len(queried):
        done = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, done + PAIRS_AT_A_TIME, "right")), start + 1)
        found = tree.query_ball_point(points[start:stop], reach[start:stop], p=np.inf)
        here = np.repeat(queried[start:stop], counts[start:stop])
        there = np.concatenate([np.asarray(places, dtype="int64") for places in found])
        yield here, held[there]
        start = stop


def _scaled(
    side: Side, which: np.ndarray, units: tuple[float, float], *, is_placed: bool
) -> np.ndarray:
    middle = (side.first[which] + side.last[which]) / 2 / units[0]
    if not is_placed:
        return middle[:, None]
    return np.column_stack((side.points[which] / units[1], middle))


def measured(one: Side, other: Side, here: np.ndarray, there: np.ndarray) -> Pairs:
    """Measure what parts pairs of positions, whether they are near or not."""
    later = other.first[there] - one.last[here]
    earlier = one.first[here] - other.last[there]
    days = np.maximum(np.maximum(later, earlier), 0.0)
    chord = np.sqrt(((one.points[here] - other.points[there]) ** 2).sum(axis=1))
    km = 2 * EARTH_KM * np.arcsin(np.clip(chord / (2 * EARTH_KM), 0.0, 1.0))
    return Pairs(here, there, days, km)


def _near_enough(pairs: Pairs, one: Side, other: Side) -> Pairs:
    """Keep the pairs that precision allows to be one event."""
    here, there = pairs.one, pairs.other
    near = pairs.days <= MARGIN_DAYS + one.slack[here] + other.slack[there]
    is_unplaced = np.isnan(pairs.km)
    near &= is_unplaced | (pairs.km <= MARGIN_KM + one.radius[here] + other.radius[there])
    same_country = one.country[here[is_unplaced]] == other.country[there[is_unplaced]]
    near[is_unplaced] &= same_country.astype(bool)
    return Pairs(here[near], there[near], pairs.days[near], pairs.km[near])
