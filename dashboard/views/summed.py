"""Sums over what a selection chooses; whoever tries options is answered from memory.

All selections that differ only in theatres, countries, types and attributions share one answer of
the engine: events by groups that such options choose whole (`query.Groups`).
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import query
from dashboard.answers import answered_once
from dashboard.dataset import Dataset
from dashboard.facets import alternative_groups, alternatives_of, facets_of, without_options
from dashboard.query import OPTION_COLUMNS, Groups
from dashboard.selection import Selection
from dashboard.views import asking

# Groups of one question are a few thousand; those by place or by both sides, of millions of events,
# some hundred thousand.
KEPT, KEPT_LARGE = 32, 6
_ALWAYS = (*OPTION_COLUMNS, "type_group", "date_precision")


@answered_once(maxsize=512)
def totals(dataset: Dataset, filters: Selection) -> query.Totals:
    """Add up what some filters choose."""
    shared = without_options(filters)
    groups = _totals(dataset, shared).chosen(filters)
    if _is_repeated(dataset, filters):
        places = _places(dataset, shared).chosen(filters)
    else:
        places = query.place_groups(asking.events(dataset, filters), ())
    return query.totals_of(groups, places)


@answered_once(maxsize=KEPT)
def _totals(dataset: Dataset, shared: Selection) -> Groups:
    return query.total_groups(asking.events(dataset, shared), _ALWAYS)


@answered_once(maxsize=KEPT_LARGE)
def _places(dataset: Dataset, shared: Selection) -> Groups:
    return query.place_groups(asking.events(dataset, shared), OPTION_COLUMNS)


def counts(dataset: Dataset, filters: Selection, column: str) -> dict[str, int]:
    """Count the events that some filters choose by the values of a column of texts."""
    shared = without_options(filters)
    groups = _totals(dataset, shared) if column in _ALWAYS else _counted(dataset, shared, column)
    return groups.chosen(filters).counts(column)


@answered_once(maxsize=KEPT)
def _counted(dataset: Dataset, shared: Selection, column: str) -> Groups:
    events = asking.events(dataset, shared)
    return query.grouped(events, (*OPTION_COLUMNS, column))


def facets(dataset: Dataset, selection: Selection) -> dict[str, dict[str, int]]:
    """Count what each option of a filter would choose; see `facets.facets`."""
    filters = selection.filters
    others = filters.with_(actors=())
    if _is_repeated(dataset, others):
        pairs = _pairs(dataset, without_options(others)).chosen(filters)
    else:
        pairs = query.pair_groups(asking.events(dataset, others))
    groups = _totals(dataset, without_options(filters))
    return facets_of(groups, pairs, filters, dataset.actor_families)


@answered_once(maxsize=KEPT_LARGE)
def _pairs(dataset: Dataset, shared: Selection) -> Groups:
    return query.pair_groups(asking.events(dataset, shared), OPTION_COLUMNS)


def alternatives(dataset: Dataset, selections: Sequence[Selection]) -> list[int]:
    """Count what each of some selections with the same options would choose."""
    shared = tuple(without_options(one) for one in selections)
    return alternatives_of(_alternatives(dataset, shared), selections)


@answered_once(maxsize=KEPT)
def _alternatives(dataset: Dataset, selections: tuple[Selection, ...]) -> Groups:
    frame, left = asking.asked(dataset, selections[0])
    # What the frame meets already is the same for all of them.
    met = {"q": left.q, "area": left.area}
    return alternative_groups(frame, [one.with_(**met) for one in selections])


def bins(dataset: Dataset, filters: Selection, lane: str, step: str, by: str) -> pd.DataFrame:
    """Sum up the chosen events by lane and stretch of time; see `query.bins_of`.

    Left out are those that `asking.of_known_time` leaves out.
    """
    groups = _bins(dataset, without_options(filters), step, _split(lane, by))
    return query.bins_of(groups.chosen(filters), lane, 0.0, step, by)


@answered_once(maxsize=KEPT)
def _bins(dataset: Dataset, shared: Selection, step: str, split: tuple[str, ...]) -> Groups:
    return query.bin_groups(asking.of_known_time(dataset, shared), 0.0, step, split)


def cells(
    dataset: Dataset,
    filters: Selection,
    box: tuple[float, float, float, float],
    step: float,
    by: str,
) -> pd.DataFrame:
    """Sum up the chosen events in a box by cells of so many degrees; see `query.cells_of`."""
    if _is_repeated(dataset, filters):
        split = _split("theatre", by)
        groups = _cells(dataset, without_options(filters), box, step, split).chosen(filters)
    else:
        groups = query.cell_groups(asking.events(dataset, filters), step, box, ("theatre", by))
    return query.cells_of(groups, step, by)


@answered_once(maxsize=KEPT)
def _cells(
    dataset: Dataset,
    shared: Selection,
    box: tuple[float, float, float, float],
    step: float,
    split: tuple[str, ...],
) -> Groups:
    return query.cell_groups(asking.events(dataset, shared), step, box, split)


def _is_repeated(dataset: Dataset, filters: Selection) -> bool:
    """Whether a reader has tried other options before, the other filters being as they are.

    Groups by place, cell or both sides are several times as many as places, cells and sides: who
    moves the window and no option shall not wait for them.
    """
    shared = without_options(filters)
    tried = _tried(dataset, shared)
    if not tried:
        tried.append(filters)
    return shared == Selection() or tried[0] != filters


@answered_once(maxsize=512)
def _tried(dataset: Dataset, shared: Selection) -> list[Selection]:
    """Keep which options were tried first with some filters; filled by who asks."""
    return []


def _split(*columns: str) -> tuple[str, ...]:
    """Return the columns of a question: the same for as many views as possible."""
    return tuple(dict.fromkeys((*OPTION_COLUMNS, "type_group", *columns)))
