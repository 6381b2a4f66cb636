"""How likely a pair is one event: a logistic score of days, distance, casts, tolls."""

from __future__ import annotations

import numpy as np

from dashboard.matching import parties
from dashboard.matching.candidates import Pairs
from dashboard.matching.side import Side

# Fitted by logistic regression on the half of tests/labels that is marked `tune`, then rounded;
# docs/matching.md has the figures. The other half was not looked at before.
START = -0.9
DAYS = -3.1  # for each log(1 + days apart)
DISTANCE = -2.0  # for each log(1 + km apart / 10)
LENGTH = -1.2  # for each log of how many times longer one lasts
CAST = 3.0  # for casts that agree wholly
TOLL_GAP = -0.9  # for each log between the nearest ends of the two ranges of the dead
TOLL_SIZE = 0.9  # for each log(1 + the smaller toll): a large one tells an event by itself
# What stands in where nothing is known: neither for nor against.
UNPLACED_KM, NO_CAST = 100.0, 0.5


def score(pairs: Pairs, one: Side, other: Side, alike: np.ndarray) -> np.ndarray:
    """Score pairs: 0 surely two events, 1 surely one.

    Args:
        pairs: Positions in both sides.
        one: The first table.
        other: The second.
        alike: What `parties.likeness` gave for their actors.

    Returns:
        A float64 for each pair.
    """
    here, there = pairs.one, pairs.other
    km = np.where(np.isnan(pairs.km), UNPLACED_KM, pairs.km)
    casts = cast_agreement(pairs, one, other, alike)
    gap, size = toll_gap(pairs, one, other)
    odds = (
        START
        + DAYS * np.log1p(pairs.days)
        + DISTANCE * np.log1p(km / 10)
        + LENGTH * np.abs(np.log(_length(one)[here] / _length(other)[there]))
        + CAST * np.where(np.isnan(casts), NO_CAST, casts)
        + TOLL_GAP * np.nan_to_num(gap)
        + TOLL_SIZE * np.nan_to_num(size)
    )
    return 1 / (1 + np.exp(-odds))


def odds_of(scores: np.ndarray) -> np.ndarray:
    """Turn scores back to what adds up: the logarithm of their odds."""
    within = np.clip(scores, 1e-12, 1 - 1e-12)
    return np.log(within / (1 - within))


def _length(side: Side) -> np.ndarray:
    return side.last - side.first + 1


def cast_agreement(pairs: Pairs, one: Side, other: Side, alike: np.ndarray) -> np.ndarray:
    """Say how well the casts agree, 0 to 1; NaN where either names nobody."""
    casts = np.column_stack((one.cast[pairs.one], other.cast[pairs.other]))
    different, which = np.unique(casts, axis=0, return_inverse=True)
    found = parties.agreement(one.casts[different[:, 0]], other.casts[different[:, 1]], alike)
    return found[which.ravel()]


def toll_gap(pairs: Pairs, one: Side, other: Side) -> tuple[np.ndarray, np.ndarray]:
    """Measure how far apart the tolls are, and how large the smaller is, both as logarithms.

    Returns:
        Between the nearest ends of both ranges, 0 where they overlap; and log(1 + smaller best
        figure). Both NaN where either toll is unknown.
    """
    here, there = pairs.one, pairs.other
    above = np.log1p(other.low[there]) - np.log1p(one.high[here])
    below = np.log1p(one.low[here]) - np.log1p(other.high[there])
    gap = np.maximum(np.maximum(above, below), 0.0)
    size = np.log1p(np.minimum(one.best[here], other.best[there]))
    return np.where(np.isnan(size), np.nan, gap), np.where(np.isnan(gap), np.nan, size)
