"""How many events each option of a filter would choose, all counted in two passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce

import narwhals as nw
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
    flags = [conditions[name].alias(f"meets_{name}") for name in chosen]  # type: ignore[union-attr]
    grouped = (
        shared.select(*FACETS.values(), *flags)
        .group_by(*FACETS.values(), *(f"meets_{name}" for name in chosen))
        .agg(events=nw.len())
    )
    counted = query.collected(grouped)
    missed = sum((~counted[f"meets_{name}"].astype("bool") for name in chosen), start=0)
    found = {
        name: _counts(counted[_meets(counted, name, chosen, missed)], column)
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


def _meets(counted: pd.DataFrame, name: str, chosen: Sequence[str], missed) -> pd.Series:
    """Tell the groups that meet every filter but perhaps this one."""
    if name in chosen:
        missed = missed - ~counted[f"meets_{name}"].astype("bool")
    return pd.Series(missed == 0, index=counted.index)


def _counts(counted: pd.DataFrame, column: str) -> dict[str, int]:
    numbers = counted.groupby(column, sort=True)["events"].sum()
    return {str(value): int(number) for value, number in numbers.items()}


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
    sums = []
    for number, one in enumerate(selections):
        found = query.conditions(one)
        own = [found[name] for name in differing if found.get(name) is not None]
        meets = reduce(lambda left, right: left & right, own) if own else None  # type: ignore[operator]
        sums.append(_number(meets).alias(str(number)))
    shared = query.select(events, selections[0], without=tuple(differing))
    found = query.collected(shared.select(*sums)).iloc[0]
    return [0 if pd.isna(value) else int(value) for value in found]


def _number(meets: nw.Expr | None) -> nw.Expr:
    # Not every engine adds up truth values.
    return nw.len() if meets is None else meets.fill_null(False).cast(nw.Int32).sum()
