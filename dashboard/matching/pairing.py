"""Pairs of the same event in two tables: each event in one suggested pair at most."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from dashboard.dataset import Dataset
from dashboard.matching import parties, scoring
from dashboard.matching.candidates import Pairs, candidates, measured
from dashboard.matching.side import Side, side

# Pairs below it are not suggested. Chosen with the weights, see docs/matching.md.
AT_LEAST = 0.4
# Of the pairs of one event of the smaller table so many, the best, are weighed against each other.
# Only where one place saw more on one day do fewer than all count; memory stays bounded.
MOST_RIVALS = 20


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person said of pairs, each (id in A, id in B)."""

    confirmed: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    def among(self, one: Dataset, other: Dataset) -> Decisions:
        """Return those on events that the tables A and B have."""
        ours, theirs = (set(dataset.events["event_id"]) for dataset in (one, other))
        return Decisions(
            *(
                tuple((a, b) for a, b in pairs if a in ours and b in theirs)
                for pairs in (self.confirmed, self.refused)
            )
        )


NONE_YET = Decisions()


def suggest(
    one: Dataset, other: Dataset, decisions: Decisions = NONE_YET, *, at_least: float = AT_LEAST
) -> pd.DataFrame:
    """Find the pairs that a person should look at, with those that are decided.

    Nothing is merged and nothing is added up. Confirmed pairs stay, whatever their score, and
    their events are in no other suggestion; refused pairs stay as refused and are not suggested.

    Args:
        one: The first table, A.
        other: The second table, B.
        decisions: Their pairs that are decided; all ids must be known.
        at_least: The least score of a suggestion, 0 to 1.

    Returns:
        One row a pair, confirmed before suggested before refused, each by falling score:
        a (position in A's events), b (in B's), score (0 to 1), days (apart, 0 where they overlap),
        km (apart, NaN where either has no place), cast (agreement, NaN where either names nobody),
        decision ("yes", "no" or "").
    """
    a, b = side(one), side(other)
    alike = parties.likeness(one.actors, other.actors)
    confirmed = _positions(decisions.confirmed, one, other)
    refused = _positions(decisions.refused, one, other)
    found = _assigned(_likely(a, b, alike, (confirmed, refused), at_least), at_least)
    parts = ((confirmed, "yes"), (found, ""), (refused, "no"))
    frames = [
        _frame(measured(a, b, places[:, 0], places[:, 1]), a, b, alike).assign(decision=decision)
        for places, decision in parts
    ]
    return pd.concat(frames, ignore_index=True)


def _positions(pairs: Collection[tuple[str, str]], one: Dataset, other: Dataset) -> np.ndarray:
    """Return the positions of pairs of ids, a row a pair."""
    named = np.array(list(pairs), dtype=object).reshape(-1, 2)
    columns = [
        pd.Index(dataset.events["event_id"]).get_indexer(pd.Index(named[:, place]))
        for place, dataset in enumerate((one, other))
    ]
    return np.column_stack(columns).astype("int64")


def _likely(
    a: Side,
    b: Side,
    alike: np.ndarray,
    decided: Sequence[np.ndarray],
    at_least: float,
) -> pd.DataFrame:
    """Collect undecided pairs with a score from `at_least`: columns a, b, score."""
    confirmed, refused = decided
    is_free = np.ones(len(a), dtype=bool), np.ones(len(b), dtype=bool)
    for free, column in zip(is_free, confirmed.T, strict=True):
        free[column] = False
    barred = np.unique(refused[:, 0] * len(b) + refused[:, 1])
    rivals_of = "a" if len(a) <= len(b) else "b"
    kept = pd.DataFrame({"a": [], "b": [], "score": []}).astype({"a": "int64", "b": "int64"})
    for pairs in candidates(a, b):
        scores = scoring.score(pairs, a, b, alike)
        good = (scores >= at_least) & is_free[0][pairs.one] & is_free[1][pairs.other]
        good &= ~np.isin(pairs.one * len(b) + pairs.other, barred)
        some = pd.DataFrame({"a": pairs.one[good], "b": pairs.other[good], "score": scores[good]})
        kept = pd.concat([kept, _best(some, rivals_of)], ignore_index=True)
    return _best(kept, rivals_of)


def _best(pairs: pd.DataFrame, rivals_of: str) -> pd.DataFrame:
    ranked = pairs.sort_values(["score", "a", "b"], ascending=[False, True, True])
    return ranked[ranked.groupby(rivals_of).cumcount() < MOST_RIVALS]


def _assigned(pairs: pd.DataFrame, at_least: float) -> np.ndarray:
    """Choose pairs so that each event is in one at most and the odds of all are greatest."""
    if pairs.empty:
        return np.empty((0, 2), dtype="int64")
    rows, ones = pd.factorize(pairs["a"].to_numpy())
    columns, others = pd.factorize(pairs["b"].to_numpy())
    gain = scoring.odds_of(pairs["score"].to_numpy()) - scoring.odds_of(np.array(at_least))
    # Each event of A may also stay alone, at no gain: a column of its own behind B's.
    alone = np.arange(len(ones))
    cost = gain.max() + 1 - np.concatenate([gain, np.zeros(len(ones))])
    where = np.concatenate([rows, alone]), np.concatenate([columns, len(others) + alone])
    costs = csr_array((cost, where), shape=(len(ones), len(others) + len(ones)))
    here, there = min_weight_full_bipartite_matching(costs)
    is_paired = there < len(others)
    return np.column_stack((ones[here[is_paired]], others[there[is_paired]]))


def _frame(pairs: Pairs, a: Side, b: Side, alike: np.ndarray) -> pd.DataFrame:
    found = pd.DataFrame(
        {
            "a": pairs.one,
            "b": pairs.other,
            "score": scoring.score(pairs, a, b, alike),
            "days": pairs.days,
            "km": pairs.km,
            "cast": scoring.cast_agreement(pairs, a, b, alike),
        }
    )
    return found.sort_values(["score", "a"], ascending=[False, True], ignore_index=True)
