"""What a figure shows, in plain sentences from its data, for those who do not see it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.views import chosen, common

LARGEST = 3


def of_events(
    dataset: Dataset, selection: Selection, drawn: str, state: str = "shown"
) -> list[str]:
    """Describe a figure of many events: what is drawn, when, how many, their toll, the largest.

    Args:
        dataset: The table.
        selection: What of it.
        drawn: A sentence that says what stands for what.
        state: What the events are; "chosen" where the figure has none of them.
    """
    found = _of_events(dataset, selection.filters, state)
    return [drawn, *found] if found else [common.nothing(dataset, selection)]


@lru_cache(maxsize=64)
def _of_events(dataset: Dataset, selection: Selection, state: str) -> tuple[str, ...]:
    """Describe what is the same for every figure of these events; nothing for no event."""
    number, days = chosen.number(dataset, selection), chosen.span(dataset, selection)
    if not number:
        return ()
    words = wording.selection_in_words(dataset, selection)
    share = f"{number:,} of {wording.plural(dataset.size, 'event')}"
    filters = f" ({words})" if selection.is_limited else ""
    verb = "is" if number == 1 else "are"
    when = f", {wording.days_text(*days)}" if days else ""
    return (
        f"{share} {verb} {state}{filters}{when}.",
        *_tolls(dataset, selection),
        *_largest(chosen.deadliest(dataset, selection, LARGEST), number),
    )


def _tolls(dataset: Dataset, selection: Selection) -> list[str]:
    totals = chosen.totals(dataset, selection)
    killed, unknown = totals.killed, totals.events - totals.killed.known
    if not killed.known:
        return ["No source gives a number of dead."]
    spread = wording.range_text(killed.low, killed.high)
    events = wording.plural(killed.known, "event")
    sentence = f"{killed.best:,} killed by the best figures"
    if killed.low < killed.high:
        sentence += f", {spread} over all sources"
    sentence += f", in {events} with a known toll"
    if unknown:
        sentence += f"; the toll of {unknown:,} is unknown"
    return [f"{sentence}."]


def _largest(rows: pd.DataFrame, number: int) -> list[str]:
    known = rows[rows["killed"] > 0]
    if known.empty:
        return []
    named = "; ".join(_named(event) for event in known.to_dict("records"))
    return [f"The deadliest: {named}." if number > 1 else f"It is: {named}."]


def _named(event: Mapping[Hashable, Any]) -> str:
    when = wording.days_text(
        event["start_date"].date(), event["end_date"].date(), event["date_precision"]
    )
    dead = common.toll_text(event["killed_low"], event["killed_best"], event["killed_high"])
    return f"{event['title']}, {when}, {dead}"
