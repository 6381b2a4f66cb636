"""How many events each option of a filter would choose, all counted in two passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard import query
from dashboard.query import Frame
from dashboard.selection import FILTER_FIELDS, Selection

# The filters that show a count beside each option, and the column that an option is a value of.
FACETS = {
    "theatres": "theatre",
    "countries": "country_code",
    "types": "event_type",
    "attributions": "attribution",
}


def facets(
    events: Frame, selection: Selection, families: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """Count what each option of a filter would choose, the other filters as they are.

    Args:
        events: All events.
        selection: The filters in force.
        families: The family of each actor.

    Returns:
        Counts by option for each of `FACETS`, actors and families; only options that occur.
    """
    names = (*FACETS, "actors")
    conditions = query.conditions(selection)
    chosen = [name for name in names if conditions[name] is not None]
    shared = query.select(events, selection, without=names)
    # One pass over the events: what an option would choose meets every other filter, so of the
    # filters with options at most its own is missed.
    # As numbers: ClickHouse has them for truth values, and its client takes them for nothing else.
    flags = [
        conditions[name].cast(nw.Int8).alias(f"meets_{name}")  # type: ignore[union-attr]
        for name in chosen
    ]
    grouped = (
        shared.select(*FACETS.values(), *flags)
        .group_by(*FACETS.values(), *(f"meets_{name}" for name in chosen))
        .agg(events=nw.len())
    )
    counted = query.figures(grouped)
    misses = {name: ~counted[f"meets_{name}"].astype("bool") for name in chosen}
    missed = sum(misses.values(), start=np.zeros(len(counted["events"]), dtype="int64"))
    found = {
        name: _counts(counted, column, missed == misses.get(name, 0))
        for name, column in FACETS.items()
    }
    # Actors have a pass of their own: with them, there would be nearly as many groups as events.
    pairs = query.pairs(query.select(events, selection, without=("actors",)))
    families_of = lru_cache(None)(
        lambda cell: frozenset(map(families.__getitem__, query.ids_of(cell)))
    )
    found["actors"] = query.count_groups(pairs, selection.role, query.ids_of)
    found["families"] = query.count_groups(pairs, selection.role, families_of)
    return found


def _counts(counted: dict[str, np.ndarray], column: str, is_met: np.ndarray) -> dict[str, int]:
    codes, values = pd.factorize(counted[column][is_met], sort=True)
    numbers = np.bincount(codes, counted["events"][is_met], len(values))
    return {str(value): int(number) for value, number in zip(values, numbers, strict=True)}


def alternatives(events: Frame, selections: Sequence[Selection]) -> list[int]:
    """Count what each of some selections would choose, in one pass.

    Args:
        events: All events.
        selections: What to count; the filters that all of them share are applied once.
    """
    differing = [
        name
        for name in FILTER_FIELDS
        if any(getattr(one, name) != getattr(selections[0], name) for one in selections[1:])
    ]
    shared = query.select(events, selections[0], without=tuple(differing))
    wanted = [_own(one, differing) for one in selections]
    if isinstance(shared, nw.DataFrame):
        return _numbers(shared, wanted)
    sums = []
    for number, own in enumerate(wanted):
        meets = reduce(lambda left, right: left & right, own.values()) if own else None  # type: ignore[operator]
        sums.append(_number(events, meets).alias(str(number)))
    return [*query.whole_row(shared.select(*sums)).values()]


def _own(selection: Selection, names: Sequence[str]) -> dict[tuple, nw.Expr]:
    """Return the conditions of some filters, by filter and value."""
    found = query.conditions(selection)
    return {
        (name, getattr(selection, name)): condition
        for name in names
        if (condition := found.get(name)) is not None
    }


def _numbers(shared: nw.DataFrame, wanted: Sequence[Mapping[tuple, nw.Expr]]) -> list[int]:
    """Count in memory: each different condition is asked once, then they are joined as bits."""
    every = {key: condition for own in wanted for key, condition in own.items()}
    names = {key: str(number) for number, key in enumerate(every)}
    flags = shared.select(condition.alias(names[key]) for key, condition in every.items())
    met = {
        key: flags[name].fill_null(False).to_numpy().astype("bool") for key, name in names.items()
    }
    return [
        int(np.logical_and.reduce([met[key] for key in own]).sum()) if own else len(shared)
        for own in wanted
    ]


def _number(events: Frame, meets: nw.Expr | None) -> nw.Expr:
    if meets is None:
        return nw.len()
    # DuckDB adds up truth values quickest as they are; Spark does not add them up at all.
    is_plain = events.implementation.is_duckdb() or events.implementation.is_pandas()
    return (meets if is_plain else meets.cast(nw.Int32)).sum()
