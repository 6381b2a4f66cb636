"""Pairs of events of one table that may be one event told twice: named, never removed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from dashboard.dataset import Dataset
from dashboard.errors import plural
from dashboard.matching.candidates import measured
from dashboard.matching.side import Side, side
from dashboard.schema import UNDATED

REACH_KM, REACH_DAYS = 50.0, 3.0
# More pairs than these are no list for a person: then only those of more dead are looked for.
MOST_PAIRS = 10_000
UNLISTED = 0
_LEAST_DEAD = (1, 2, 3, 5, 10, 20, 50, 100, 1_000)
# What a record may tell of an event; two that agree in all of it are the same record twice.
_TOLD = (
    *("start_date", "end_date", "date_precision", "country_code", "admin1", "place"),
    *("latitude_deg", "longitude_deg", "event_type", "initiators", "targets"),
    *("killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high"),
    *("title", "summary"),
)
_NONE = np.empty((0, 2), dtype="int64")
_AT_A_TIME = 20_000
_PRIME = np.uint64(1_000_003)
_FIGURES = ("start_date", "latitude_deg", "longitude_deg", "killed_best")


@dataclass(frozen=True, slots=True, eq=False)
class Repeats:
    """What may stand twice in a table.

    Attributes:
        pairs: A row a pair, those of equal records before the others, each the deadliest first:
            event_id, other_id, days (apart, 0 where they overlap), km (apart, NaN without a place),
            killed (best figure of either, NaN unknown), is_equal (all is equal but the ids).
        equal: How many pairs of equal records there are, of which `MOST_PAIRS` are listed.
        least_dead: Pairs that are not equal were looked for among events with so many dead or more;
            `UNLISTED` where even the deadliest are too many to list.
    """

    pairs: pd.DataFrame
    equal: int
    least_dead: int

    @property
    def sentence(self) -> str:
        """Say how many pairs there are and what makes them alike, "" where there is none."""
        near = int((~self.pairs["is_equal"].astype(bool)).sum())
        dead = f", {self.least_dead:,} or more" if self.least_dead > 1 else ""
        reach = f"within {REACH_DAYS:.0f} days and {REACH_KM:.0f} km"
        alike = f"with the same actors and as many dead{dead}, {reach}"
        found = [
            f"{plural(number, 'pair')} of events {what}"
            for number, what in ((self.equal, "that agree in all but the id"), (near, alike))
            if number
        ]
        if self.least_dead == UNLISTED:
            found.append(f"too many {alike}, to be listed")
        return f"Perhaps told twice, and all loaded: {'; '.join(found)}." if found else ""

    def write(self, path: str | Path) -> int:
        """Write the pairs as CSV and return their number."""
        words = self.pairs["is_equal"].map({True: "yes", False: "no"})
        table = self.pairs.assign(is_equal=words, killed=self.pairs["killed"].astype("Int64"))
        # Opened here: pandas does not name the file that it cannot write.
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            table.to_csv(file, index=False, float_format="%.1f", lineterminator="\n")
        return len(table)


def repeats(dataset: Dataset) -> Repeats:
    """Find events that may be one event told twice.

    Either all that their records tell is equal, or actors and the best figure of the dead are, and
    they lie within `REACH_DAYS` and `REACH_KM` of each other. At most some `MOST_PAIRS` are listed.
    """
    table = side(dataset)
    equal, record = _equal(dataset.events)
    is_dated = (dataset.events["date_precision"] != UNDATED).to_numpy(bool)
    near, least = _near(table, is_dated)
    # Of several equal records each stands with the one before it, and in no other pair.
    near = near[record[near[:, 0]] != record[near[:, 1]]]
    number = len(equal)
    dead = np.nan_to_num(table.best[equal[:, 0]], nan=-1.0)
    equal = equal[np.argsort(-dead, kind="stable")][:MOST_PAIRS]
    found = pd.concat([_frame(equal, table, dataset), _frame(near, table, dataset)])
    found["is_equal"] = np.arange(len(found)) < len(equal)
    order = ["is_equal", "killed", "event_id", "other_id"]
    found = found.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
    return Repeats(found, number, least)


def _equal(events: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of equal records, each with the one before it, and a number a record."""
    # Figures first, then a print of each cell, some at a time: texts are heavy in memory, and Arrow
    # copies a whole column to take cells out of it, but not to filter it.
    is_alike = events.duplicated(list(_FIGURES), keep=False)
    places = np.flatnonzero(is_alike)
    prints = np.zeros(len(places), dtype="uint64")
    for name in _TOLD:
        cells = events[name][is_alike]
        for start in range(0, len(places), _AT_A_TIME):
            part = slice(start, start + _AT_A_TIME)
            found = pd.util.hash_pandas_object(cells.iloc[part], index=False).to_numpy()
            prints[part] = prints[part] * _PRIME + found
    order = np.argsort(prints, kind="stable")
    same = prints[order][1:] == prints[order][:-1]
    pairs = np.column_stack((places[order][:-1][same], places[order][1:][same]))
    record = -1 - np.arange(len(events))
    record[places] = np.unique(prints, return_inverse=True)[1]
    return pairs, record


def _near(table: Side, is_dated: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the places of pairs near each other, and the dead that either has at least.

    Nothing is known of how crowded a table is: pairs are counted before they are listed.
    """
    is_told = is_dated & ~np.isnan(table.points[:, 0])
    for least in _LEAST_DEAD:
        held = np.flatnonzero((table.best >= least) & is_told)
        if len(held) < 2:  # of the less deadly there were too many
            return _NONE, least if least == _LEAST_DEAD[0] else UNLISTED
        tree = KDTree(_scaled(table, held))
        # Each pair is counted twice, and each event with itself.
        boxed = (int(tree.count_neighbors(tree, 1.0, p=np.inf)) - len(held)) // 2
        if boxed <= MOST_PAIRS:
            pairs = np.sort(held[tree.query_pairs(1.0, p=np.inf, output_type="ndarray")], axis=1)
            near = measured(table, table, pairs[:, 0], pairs[:, 1]).km <= REACH_KM
            return pairs[near], least
    return _NONE, UNLISTED


def _scaled(table: Side, held: np.ndarray) -> np.ndarray:
    """Return points of which two are one apart or less just where the events may be one."""
    # Casts and tolls stand two apart, so that only equal ones meet.
    casts_and_dead = np.column_stack((table.cast[held], table.best[held]))
    _, alike = np.unique(casts_and_dead, axis=0, return_inverse=True)
    days = table.first[held] / REACH_DAYS
    return np.column_stack((table.points[held] / REACH_KM, days, 2.0 * alike.ravel()))


def _frame(pairs: np.ndarray, table: Side, dataset: Dataset) -> pd.DataFrame:
    found = measured(table, table, pairs[:, 0], pairs[:, 1])
    ids = dataset.events["event_id"]
    return pd.DataFrame(
        {
            "event_id": ids.iloc[pairs[:, 0]].to_numpy(dtype=object),
            "other_id": ids.iloc[pairs[:, 1]].to_numpy(dtype=object),
            "days": found.days,
            "km": found.km,
            "killed": table.best[pairs[:, 0]],
        }
    )
