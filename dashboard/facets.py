"""How many events each option of a filter would choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce

import narwhals as nw

from dashboard import query
from dashboard.query import OPTION_COLUMNS, OPTIONS, Frame, Groups
from dashboard.selection import FILTER_FIELDS, Selection

_NO_OPTIONS = dict.fromkeys(OPTIONS, ())


def without_options(selection: Selection) -> Selection:
    """Return the filters of a selection that choose no whole groups of `query.grouped`."""
    return selection.filters.with_(**_NO_OPTIONS)


def facets(
    events: Frame, selection: Selection, families: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """Count what each option of a filter would choose, the other filters as they are.

    Args:
        events: All events.
        selection: The filters in force.
        families: The family of each actor.

    Returns:
        Counts by option for each of `OPTIONS`, actors and families; only options that occur.
    """
    shared = query.select(events, selection, without=tuple(OPTIONS))
    by_actor = query.select(events, selection, without=("actors",))
    groups = query.grouped(shared, OPTION_COLUMNS)
    return facets_of(groups, query.pair_groups(by_actor), selection, families)


def facets_of(
    groups: Groups, pairs: Groups, selection: Selection, families: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """Count what each option would choose, as `facets` does.

    Args:
        groups: Groups with a column events, of all filters but `OPTIONS`.
        pairs: Those of `query.pair_groups` that all filters but actors choose.
        selection: The filters in force.
        families: The family of each actor.
    """
    found = {
        field: groups.chosen(selection, without=field).counts(column)
        for field, column in OPTIONS.items()
    }
    families_of = lru_cache(None)(
        lambda cell: frozenset(map(families.__getitem__, query.ids_of(cell)))
    )
    found["actors"] = query.count_groups(pairs, selection.role, query.ids_of)
    found["families"] = query.count_groups(pairs, selection.role, families_of)
    return found


def alternatives(events: Frame, selections: Sequence[Selection]) -> list[int]:
    """Count what each of some selections would choose, in one pass.

    Args:
        events: All events.
        selections: What to count; the filters that all of them share are applied once, and they
            share those of `OPTIONS`.
    """
    return alternatives_of(alternative_groups(events, selections), selections)


def alternative_groups(events: Frame, selections: Sequence[Selection]) -> Groups:
    """Count what each of some selections would choose, by options; these are not applied.

    Returns:
        Groups with a column for each selection, by its number.
    """
    differing = [
        name
        for name in FILTER_FIELDS
        if any(getattr(one, name) != getattr(selections[0], name) for one in selections[1:])
    ]
    shared = query.select(events, selections[0], without=(*differing, *OPTIONS))
    tests = {str(number): _test(one, differing) for number, one in enumerate(selections)}
    if isinstance(shared, nw.DataFrame):
        # Unknown is not met.
        met = {name: test.fill_null(False) for name, test in tests.items() if test is not None}
        shared = shared.select(*OPTION_COLUMNS, **met)
        tests |= {name: nw.col(name) for name in met}
    sums = {name: _number(events, test) for name, test in tests.items()}
    return query.grouped(shared, OPTION_COLUMNS, sums)


def alternatives_of(groups: Groups, selections: Sequence[Selection]) -> list[int]:
    """Count what each of some selections would choose.

    Args:
        groups: Those of `alternative_groups`.
        selections: The selections that were asked for, with the same options each.
    """
    chosen = groups.chosen(selections[0])
    return [int(chosen.columns[str(number)].sum()) for number in range(len(selections))]


def _number(events: Frame, test: nw.Expr | None) -> nw.Expr:
    if test is None:
        return nw.len()
    # DuckDB adds up truth values quickest as they are; Spark does not add them up at all.
    is_plain = events.implementation.is_duckdb() or events.implementation.is_pandas()
    return (test if is_plain else test.cast(nw.Int32)).sum()


def _test(selection: Selection, names: Sequence[str]) -> nw.Expr | None:
    """Return what holds for the events that some filters choose, None where they choose all."""
    conditions = query.conditions(selection)
    tests = [condition for name in names if (condition := conditions.get(name)) is not None]
    return reduce(lambda one, other: one & other, tests) if tests else None
