"""Sums and counts over events."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.query.filters import is_dated
from dashboard.query.frames import Frame, figures, ordering, whole_row
from dashboard.query.groups import Groups, grouped

LEVELS = ("low", "best", "high")


@dataclass(frozen=True, slots=True)
class Toll:
    """A sum of persons over events, and how many of the events have a figure."""

    low: int
    best: int
    high: int
    known: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a selection.

    `displaced_known` counts events with a figure; `days` are the first and the last day of any
    event, None where there is none.
    """

    events: int
    killed: Toll
    wounded: Toll
    displaced: int
    displaced_known: int
    places: int
    unplaced: int
    days: tuple[datetime.date, datetime.date] | None


def totals(events: Frame) -> Totals:
    """Add up a selection."""
    return _totals(whole_row(events.select(**_sums())), _places(events))


def total_groups(events: Frame, split: Iterable[str]) -> Groups:
    """Add up a selection by some columns of texts."""
    return grouped(events, split, _sums())


def place_groups(events: Frame, split: Iterable[str]) -> Groups:
    """Count the events that have a place by it and by some columns of texts.

    The places are numbered anew, without gaps: theirs are too wide apart to be counted by.
    """
    placed = events.filter(~nw.col("place_key").is_null())
    groups = grouped(placed, split, by=("place_key",))
    numbers, _ = pd.factorize(groups.columns["place_key"])
    return Groups({**groups.columns, "place_key": numbers}, groups.words)


def totals_of(groups: Groups, places: Groups) -> Totals:
    """Add up groups: some of those of `total_groups` and the same of `place_groups`."""
    found = groups.columns
    ends = {"first": np.min, "last": np.max}
    row = {name: int(ends.get(name, np.sum)(found[name])) if len(groups) else 0 for name in _sums()}
    return _totals(row, int(np.count_nonzero(np.bincount(places.columns["place_key"]))))


def _sums() -> dict[str, nw.Expr]:
    sums = {"events": nw.len()}
    for quantity in ("killed", "wounded"):
        for level in LEVELS:
            name = f"{quantity}_{level}"
            sums[name] = nw.col(name).sum()
        sums[f"{quantity}_known"] = nw.col(f"{quantity}_best").count()
    sums["displaced"] = nw.col("displaced").sum()
    sums["displaced_known"] = nw.col("displaced").count()
    sums["placed"] = nw.col("latitude_deg").count()
    sums["first"] = nw.col("day").min()
    sums["last"] = nw.col("end_day").max()
    return sums


def _totals(row: Mapping[str, int], places: int) -> Totals:
    tolls = {
        quantity: Toll(
            *(row[f"{quantity}_{level}"] for level in LEVELS), known=row[f"{quantity}_known"]
        )
        for quantity in ("killed", "wounded")
    }
    return Totals(
        events=row["events"],
        **tolls,
        displaced=row["displaced"],
        displaced_known=row["displaced_known"],
        places=places,
        unplaced=row["events"] - row["placed"],
        days=(_date(row["first"]), _date(row["last"])) if row["events"] else None,
    )


def _date(day: int) -> datetime.date:
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=day)


def _places(events: Frame) -> int:
    # Not `unique`, which numbers the rows of each place before it counts them.
    placed = events.filter(~nw.col("place_key").is_null())
    places = placed.group_by("place_key").agg(events=nw.len())
    return whole_row(places.select(places=nw.len()))["places"]


def counts(events: Frame, column: str) -> dict[str, int]:
    """Count events by the values of one column, only those that occur."""
    return counts_of(events, (column,))[column]


def counts_of(events: Frame, columns: Sequence[str]) -> dict[str, dict[str, int]]:
    """Count events by the values of some columns, each by itself, in one pass."""
    found = figures(events.group_by(*columns).agg(count=nw.len()))
    counted = {}
    for column in columns:
        codes, values = pd.factorize(found[column], sort=True)
        numbers = np.bincount(codes, found["count"], len(values))
        counted[column] = {
            str(value): int(number) for value, number in zip(values, numbers, strict=True)
        }
    return counted


def by_month(events: Frame, by: str) -> pd.DataFrame:
    """Count events and dead a calendar month of the first day; those without a date are left out.

    Args:
        events: A selection.
        by: The column that splits a month, for example type_group or theatre.

    Returns:
        One row a month and value of `by` that occur, in order: month (datetime64, first day),
        the column `by`, events (int64), killed (int64, best figures, unknown left out), known
        (int64, events with a figure).
    """
    toll = nw.col("killed_best")
    sums = {"events": nw.len(), "killed": toll.sum(), "known": toll.count()}
    groups = grouped(events.filter(is_dated()), (by,), sums, by=("month",))
    found = groups.columns
    order = ordering(found["month"], found[by])
    months = (found["month"][order] - 1970 * 12).astype("datetime64[M]")
    # Taken from the few words, not made of one text a row.
    split = pd.array(groups.words[by], dtype="str").take(found[by][order])
    numbers = {name: found[name][order] for name in sums}
    return pd.DataFrame({"month": months.astype("datetime64[us]"), by: split, **numbers})
