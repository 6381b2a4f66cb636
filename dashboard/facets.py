"""How many events each option of a filter would choose, all counted in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import reduce

import narwhals as nw

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
    set_ = [name for name in names if conditions[name] is not None]
    # One pass over the events: what an option would choose meets every other filter, so of the
    # filters with options at most its own is missed.
    flags = [conditions[name].alias(f"meets_{name}") for name in set_]  # type: ignore[union-attr]
    columns = [*FACETS.values(), "initiators", "targets"]
    grouped = (
        query.select(events, selection, without=names)
        .select(*columns, *flags)
        .group_by(*columns, *(f"meets_{name}" for name in set_))
        .agg(nw.len().alias("events"))
    )
    found: dict[str, Counter[str]] = {name: Counter() for name in (*names, "families")}
    for row in grouped.iter_rows():
        *values, initiators, targets = row[: len(columns)]
        missed = [
            name for name, is_met in zip(set_, row[len(columns) :], strict=False) if not is_met
        ]
        if len(missed) > 1:
            continue
        number = int(row[-1])
        for name, value in zip(FACETS, values, strict=True):
            if not missed or missed == [name]:
                found[name][str(value)] += number
        if not missed or missed == ["actors"]:
            sides = {"initiator": initiators, "target": targets}
            actors = query.ids_of(sides.get(selection.role, f"{initiators};{targets}"))
            for actor in actors:
                found["actors"][actor] += number
            for family in {families[actor] for actor in actors}:
                found["families"][family] += number
    return {name: dict(counted) for name, counted in found.items()}


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
        meets = reduce(lambda left, right: left & right, own) if own else nw.lit(True)  # type: ignore[operator]
        sums.append(meets.sum().alias(str(number)) if own else nw.len().alias(str(number)))
    shared = query.select(events, selections[0], without=tuple(differing))
    return [int(value or 0) for value in shared.select(*sums).row(0)]
