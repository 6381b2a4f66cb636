"""A page of a table that is sorted and filtered by column, as a grid asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.engine.columns import DTYPES
from dashboard.query.frames import Frame, whole_row
from dashboard.query.rows import Order, ordered

_NUMBERS = ("Int64", "int64", "float64")


def page(
    events: Frame, sort: Order, start: int, end: int, conditions: Sequence[nw.Expr] = ()
) -> tuple[pd.DataFrame, int]:
    """Return some events of a sorted and filtered selection, and how many there are in all.

    Args:
        events: A selection.
        sort: Columns, the first counts most, each with whether it descends. Texts sort without
            regard to case; unknown and empty values come last; the newest event is first of equal
            ones, and where nothing is to be sorted by.
        start: Number of the first event, from 0.
        end: Number of the event after the last.
        conditions: What `rule` made of the grid's filters; all must hold.
    """
    kept = events.filter(*conditions) if conditions else events
    total = whole_row(kept.select(number=nw.len()))["number"]
    keys = {
        f"sort_{number}": _key(name)
        for number, (name, _) in enumerate(sort)
        if DTYPES.get(name) == "str"
    }
    order = [
        (f"sort_{number}" if f"sort_{number}" in keys else name, descends)
        for number, (name, descends) in enumerate(sort)
    ]
    named = [name for name, _ in order]
    order += [(name, True) for name in ("start_date", "event_id") if name not in named]
    found = ordered(kept.with_columns(**keys) if keys else kept, order, start, end)
    return found.drop(columns=[*keys]) if keys else found, total


def _key(name: str) -> nw.Expr:
    return nw.when(nw.col(name) != "").then(nw.col(name).str.to_lowercase())


def rule(column: str, wanted: Mapping[str, Any]) -> nw.Expr:
    """Turn one column's filter, as AG Grid sends it, into a condition.

    Args:
        column: A column of `engine.prepared`.
        wanted: `type` and `filter` (and `filterTo`), or `operator` and `conditions`. Texts are
            compared without regard to case; an unknown number passes only `blank`; a filter that
            is not known keeps everything.
    """
    if "conditions" in wanted:
        parts = [rule(column, part) for part in wanted["conditions"]]
        is_any = wanted.get("operator") == "OR"
        return reduce(lambda one, other: one | other if is_any else one & other, parts)
    kind, value = wanted.get("type"), wanted.get("filter")
    is_number = DTYPES.get(column) in _NUMBERS
    if kind in ("blank", "notBlank"):
        blank = nw.col(column).is_null() if is_number else nw.col(column) == ""
        return blank if kind == "blank" else ~blank
    found = (
        _number_rule(nw.col(column), kind, value, wanted.get("filterTo"))
        if is_number
        else _text_rule(nw.col(column).str.to_lowercase(), kind, str(value or "").lower())
    )
    return ~nw.col("event_id").is_null() if found is None else found


def _text_rule(text: nw.Expr, kind: str | None, value: str) -> nw.Expr | None:
    rules = {
        "contains": lambda: text.str.contains(value, literal=True),
        "notContains": lambda: ~text.str.contains(value, literal=True),
        "equals": lambda: text == value,
        "notEqual": lambda: text != value,
        "startsWith": lambda: text.str.starts_with(value),
        "endsWith": lambda: text.str.ends_with(value),
    }
    return rules[kind]() if kind in rules else None


def _number_rule(number: nw.Expr, kind: str | None, value: Any, upper: Any) -> nw.Expr | None:
    rules = {
        "equals": lambda: number == value,
        "notEqual": lambda: number != value,
        "lessThan": lambda: number < value,
        "lessThanOrEqual": lambda: number <= value,
        "greaterThan": lambda: number > value,
        "greaterThanOrEqual": lambda: number >= value,
        "inRange": lambda: (number >= value) & (number <= upper),
    }
    # What is unknown compares as unknown; with "or" beside it that must not spread.
    return rules[kind]().fill_null(False) if kind in rules else None
