"""Filters that are dear to test, answered once for all questions of a page."""

from __future__ import annotations

from functools import reduce

import narwhals as nw

from dashboard.engine import Connection
from dashboard.query.filters import conditions
from dashboard.selection import Selection


def narrowed(connection: Connection, selection: Selection) -> tuple[nw.LazyFrame, Selection]:
    """Return a large table's events for all questions about a selection, and what is left to ask.

    A search reads every text, and a polygon tests every point against each of its sides. Neither is
    ever left out of a count, so its answer is found once, kept, and stands for all events.

    Args:
        connection: What holds the table.
        selection: Its filters.

    Returns:
        The frame to put questions to, and the selection without the filters that it meets already.
    """
    dear: dict[str, object] = {"q": ""} if selection.q else {}
    if len(selection.area) > 4:
        dear["area"] = ()
    if not dear:
        return connection.events(), selection
    found = [conditions(selection)[name] for name in dear]
    condition = reduce(lambda one, other: one & other, found)  # type: ignore[operator]
    key = Selection(**{name: getattr(selection, name) for name in dear}).to_query()
    return connection.kept(key, condition), selection.with_(**dear)  # type: ignore[arg-type]
