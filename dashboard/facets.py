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
    by_actor = query.select(events, selection, without=("actors", *OPTIONS))
    groups = query.grouped(shared, OPTION_COLUMNS, events=nw.len())
    return facets_of(groups, query.pair_groups(by_actor, OPTION_COLUMNS), selection, families)


def facets_of(
    groups: Groups, pairs: Groups, selection: Selection, families: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """Count what each option would choose, as `facets` does.

    Args:
        groups: Groups with a column events, of all filters but `OPTIONS`.
        pairs: Those of `query.pair_groups`, of all filters but these and actors.
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
    chosen = pairs.chosen(selection)
    found["actors"] = query.count_groups(chosen, selection.role, query.ids_of)
    found["families"] = query.count_groups(chosen, selection.role, families_of)
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
    tests = [_test(one, differing) for one in selections]
    sums = {
        str(number): nw.len() if test is None else nw.col(str(number)).sum()
        for number, test in enumerate(tests)
    }
    # Unknown is not met. As numbers: not every engine adds up truth values.
    flags = {
        str(number): test.fill_null(False).cast(nw.Int32)
        for number, test in enumerate(tests)
        if test is not None
    }
    return query.grouped(shared.select(*OPTION_COLUMNS, **flags), OPTION_COLUMNS, **sums)


def alternatives_of(groups: Groups, selections: Sequence[Selection]) -> list[int]:
    """Count what each of some selections would choose.

    Args:
        groups: Those of `alternative_groups`.
        selections: The selections that were asked for, with the same options each.
    """
    chosen = groups.chosen(selections[0])
    return [int(chosen.columns[str(number)].sum()) for number in range(len(selections))]


def _test(selection: Selection, names: Sequence[str]) -> nw.Expr | None:
    """Return what holds for the events that some filters choose, None where they choose all."""
    conditions = query.conditions(selection)
    tests = [condition for name in names if (condition := conditions.get(name)) is not None]
    return reduce(lambda one, other: one & other, tests) if tests else None
