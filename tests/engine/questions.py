"""Every question that can be put to a table, and the selections that it is put for."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from dashboard import comparison, facets, query
from dashboard.query import Frame
from dashboard.selection import Selection

LINKS = (
    "",
    "theatre=sahel,iraq",
    "country=SYR,GBR&type=battle,bombing,siege",
    "actor=is,civilians&role=either",
    "actor=is&role=initiator&against=civilians,sdf",
    "from=2014-06-29&to=2019-03-23",
    "from=2020-02-29&to=2020-03-01&killed_min=5",
    "killed_min=0",
    "certain=1&from=1950-01-01",
    "attribution=claimed,official&sources_min=2",
    "area=-20,-20,60,45",
    "area=-20,-20,60,-20,45,37.5,0,20",
    "q=istanbul",
    "q=mo%20attack",
    "q=%25_%27%22",
    "theatre=nowhere",
)
# The links that a table is asked about; the odd one has something for each.
LINKS_OF = {"published": LINKS[::3], "odd": LINKS, "generated": LINKS[1::4]}
CASES = [(name, link) for name, links in LINKS_OF.items() for link in links]
LABEL = ("event_id", "start_date", "killed_best", "place")
WORLD = (-180.0, -90.0, 180.0, 90.0)
_TEXTS = ("contains", "notContains", "equals", "notEqual", "startsWith", "endsWith", "blank")
_NUMBERS = ("equals", "notEqual", "lessThan", "lessThanOrEqual", "greaterThan", "blank")
_BOTH = {
    "operator": "OR",
    "conditions": [{"type": "lessThan", "filter": 3}, {"type": "blank"}],
}


def _page(events: Frame, sort: list, start: int, end: int, **rules: dict) -> list:
    conditions = [query.rule(column, rule) for column, rule in rules.items()]
    return list(query.page(events, sort, start, end, conditions))


def _neighbours(events: Frame) -> list:
    ids = query.rows(events, 40)["event_id"].tolist()[::13]
    return [query.neighbours(events, event_id) for event_id in (*ids, "no such event")]


# A selection's events in, an answer out.
QUESTIONS: dict[str, Callable[[Frame], Any]] = {
    "totals": query.totals,
    "counts of several": lambda events: query.counts_of(
        events, ("theatre", "attribution", "sources")
    ),
    **{
        f"counts {name}": lambda events, name=name: query.counts(events, name)
        for name in ("theatre", "sources", "family", "place")
    },
    **{
        f"actors as {role}": lambda events, role=role: query.actor_counts(events, role)
        for role in ("either", "initiator", "target")
    },
    "encounters": query.encounters,
    "days covered": query.covered,
    **{
        f"months by {by}": lambda events, by=by: query.by_month(events, by)
        for by in ("theatre", "type_group", "family")
    },
    "all rows": lambda events: query.rows(events, 10_000),
    "first rows": lambda events: query.rows(events, 7),
    "rows by toll": lambda events: query.rows(events, 9, by="killed_best"),
    "largest": lambda events: query.largest(events, 12),
    "labels of the largest": lambda events: query.largest(events, 5, LABEL),
    "marks": lambda events: query.rows(events, 30, columns=("event_id", "start_date", "family")),
    "cells": lambda events: query.cells(events, 2.0, WORLD, "type_group"),
    "fine cells": lambda events: query.cells(events, 0.1, (-1.0, -1.0, 45.0, 40.0), "family"),
    "cells of lanes": lambda events: query.cells(events, 0.25, WORLD, "theatre"),
    "bins": lambda events: query.bins(events, "theatre", 86_400_000.0 * 5, "2 weeks", "type_group"),
    "bins of months": lambda events: query.bins(events, "family", 0.0, "month", "attribution"),
    "bins of quarters": lambda events: query.bins(events, "theatre", 0.0, "quarter", "type_group"),
    "bins of a lane": lambda events: query.bins(events, "type_group", -1.0, "week", "type_group"),
    "page": lambda events: _page(events, [], 0, 20),
    "page by title": lambda events: _page(events, [("title", False)], 3, 30),
    "page by toll": lambda events: _page(events, [("killed_best", True), ("place", True)], 0, 25),
    "page beyond": lambda events: _page(events, [], 1_000_000, 1_000_020),
    "newest": lambda events: query.newest(events, 3, 40),
    "labels of the newest": lambda events: query.newest(events, 0, 12, LABEL),
    "one": lambda events: query.one(events, "2020-02-29-b"),
    "neighbours": _neighbours,
}


# Put for few selections: what they ask has little to do with what is selected.
PAGES: dict[str, Callable[[Frame], Any]] = {
    **{
        f"page with place {kind}": lambda events, kind=kind: _page(
            events, [("start_date", False)], 0, 15, place={"type": kind, "filter": "An"}
        )
        for kind in _TEXTS
    },
    **{
        f"page with toll {kind}": lambda events, kind=kind: _page(
            events, [("event_id", False)], 0, 15, killed_best={"type": kind, "filter": 5}
        )
        for kind in _NUMBERS
    },
    "page with range": lambda events: _page(
        events, [], 0, 15, sources={"type": "inRange", "filter": 2, "filterTo": 3}
    ),
    "page with either": lambda events: _page(events, [], 0, 15, killed_best=_BOTH),
}


def _alternatives(events: Frame, selection: Selection) -> list[int]:
    day = datetime.date(2020, 2, 29)
    others = [selection.with_(killed_min=number) for number in (None, 1, 10)]
    others += [selection.with_(from_date=first, to_date=None) for first in (None, day)]
    others += [selection.with_(certain=True), selection.with_(sources_min=2)]
    return facets.alternatives(events, others)


def _of_groups(events: Frame, selection: Selection) -> list:
    shared = query.select(events, selection, without=tuple(query.OPTIONS))
    split = (*query.OPTION_COLUMNS, "family")
    groups = query.total_groups(shared, split).chosen(selection)
    places = query.place_groups(shared, query.OPTION_COLUMNS).chosen(selection)
    bins = query.bin_groups(shared, 0.0, "year", split).chosen(selection)
    return [
        query.totals_of(groups, places),
        groups.counts("family"),
        query.bins_of(bins, "family", 0.0, "year", "attribution"),
    ]


# All events and a selection in, an answer out.
WIDER: dict[str, Callable[[Frame, Selection, dict[str, str]], Any]] = {
    "facets": lambda events, selection, families: facets.facets(events, selection, families),
    "alternatives": lambda events, selection, _: _alternatives(events, selection),
    "groups": lambda events, selection, _: _of_groups(events, selection),
    "comparison": lambda events, selection, _: comparison.compare(events, selection),
    "obstacle": lambda events, selection, _: comparison.obstacle(events, selection),
}


def answers(events: Frame, link: str, families: dict[str, str]) -> dict[str, Any]:
    """Put every question to a table for one selection."""
    selection = Selection.from_query(link)
    chosen = query.select(events, selection)
    asked = QUESTIONS | PAGES if link in ("", "killed_min=0") else QUESTIONS
    found = {name: ask(chosen) for name, ask in asked.items()}
    return found | {name: ask(events, selection, families) for name, ask in WIDER.items()}
