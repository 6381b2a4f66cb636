"""Who acts, and against whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.query.frames import Frame, figures
from dashboard.query.groups import Groups, grouped


@lru_cache(maxsize=100_000)
def ids_of(joined: str) -> frozenset[str]:
    """Return the actor ids of a cell."""
    return frozenset(filter(None, joined.split(";")))


def actor_counts(events: Frame, role: str = "either") -> dict[str, int]:
    """Count events by actor; an event with two actors counts for each.

    Args:
        events: A selection.
        role: Whether the actor is initiator, target or either.
    """
    return count_groups(pair_groups(events), role, ids_of)


def pair_groups(events: Frame, split: Iterable[str] = ()) -> Groups:
    """Count events by both sides, cells of actors as they stand, and by other columns of texts."""
    return grouped(events, ("initiators", "targets", *split))


def count_groups(
    pairs: Groups, role: str, belongs: Callable[[str], frozenset[str]]
) -> dict[str, int]:
    """Count events by what their actors belong to; an event counts once for each.

    Args:
        pairs: Some of those of `pair_groups`.
        role: The side that counts: initiator, target or either.
        belongs: What a cell's actors belong to.
    """
    sides = {"initiator": ["initiators"], "target": ["targets"]}.get(
        role, ["initiators", "targets"]
    )
    numbers = pairs.columns["events"]
    # Cells with the same groups count as one: few kinds are left, however many pairs there are.
    kinds = [_kinds(pairs.columns[side], pairs.words[side], belongs) for side in sides]
    names = sorted(frozenset().union(*(found for _, sets in kinds for found in sets)))
    codes = [codes for codes, _ in kinds]
    joint, counted = _together(codes, [len(sets) for _, sets in kinds], numbers)
    is_in = np.zeros((len(counted), len(names)), dtype=bool)
    for found, (_, sets) in zip(joint, kinds, strict=True):
        is_in |= _members(sets, names)[found]
    totals = (counted @ is_in).astype("int64")
    return {name: total for name, total in zip(names, totals.tolist(), strict=True) if total}


def _kinds(
    codes: np.ndarray, texts: np.ndarray, belongs: Callable[[str], frozenset[str]]
) -> tuple[np.ndarray, list[frozenset]]:
    sets = [belongs(text) for text in texts]
    known = {found: number for number, found in enumerate(dict.fromkeys(sets))}
    return np.array([known[found] for found in sets], dtype="int64")[codes], list(known)


def _together(
    codes: Sequence[np.ndarray], numbers_of: Sequence[int], events: np.ndarray
) -> tuple[list[np.ndarray], np.ndarray]:
    """Return which kinds occur together, one array a side, and their numbers of events."""
    code = np.zeros(len(events), dtype="int64")
    for side, number in zip(codes, numbers_of, strict=True):
        code = code * number + side
    places, kinds = pd.factorize(code)
    counted = np.bincount(places, events, len(kinds))
    joint = []
    for number in reversed(numbers_of):
        joint.append(kinds % max(number, 1))
        kinds = kinds // max(number, 1)
    return joint[::-1], counted


def _members(sets: Sequence[frozenset], names: Sequence[str]) -> np.ndarray:
    """Tell which names each set has, shape (sets, names)."""
    place = {name: number for number, name in enumerate(names)}
    found = np.zeros((len(sets), len(names)), dtype=bool)
    for number, some in enumerate(sets):
        found[number, [place[name] for name in some]] = True
    return found


def encounters(events: Frame) -> pd.DataFrame:
    """Count who acts against whom.

    Returns:
        One row a pair that occurs: initiator, target (actor ids; "" for no target), events, killed
        (best figures). An event with two initiators counts in both rows, so rows do not add up.
    """
    grouped = events.group_by("initiators", "targets").agg(
        events=nw.len(), killed=nw.col("killed_best").sum()
    )
    answer = figures(grouped)
    columns = (answer[name].tolist() for name in ("initiators", "targets", "events", "killed"))
    found: Counter[tuple[str, str]] = Counter()
    killed: Counter[tuple[str, str]] = Counter()
    for initiators, targets, number, dead in zip(*columns, strict=True):
        for initiator in initiators.split(";"):
            for target in targets.split(";"):
                found[initiator, target] += number
                killed[initiator, target] += dead
    rows = [(*pair, number, killed[pair]) for pair, number in sorted(found.items())]
    return pd.DataFrame(rows, columns=["initiator", "target", "events", "killed"])
