"""What the timeline draws of very many events: for each lane and stretch of time one bar."""

from __future__ import annotations

import datetime
import html

import pandas as pd

from dashboard import wording
from dashboard.answers import answered_once
from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.steps import STEPS
from dashboard.views import summed


@answered_once(maxsize=64)
def bin_rows(dataset: Dataset, filters: Selection, lane: str, by: str, step: str) -> pd.DataFrame:
    """Sum up the chosen events by lane and stretch of time.

    Returns:
        The columns that `figures.bins` asks for.
    """
    found = summed.bins(dataset, filters, lane, step, by)
    if by == lane:
        found = found.assign(**{by: found["lane"]})
    records = found.to_dict("records")
    spans = [
        (
            pd.Timestamp(row["start_ms"], unit="ms").date(),
            pd.Timestamp(row["end_ms"] - 1, unit="ms").date(),
        )
        for row in records
    ]
    words = [_words(first, last, step) for first, last in spans]
    return found.assign(
        colour=found[by],
        key=[
            f"#{first},{last},{row['lane']}"
            for (first, last), row in zip(spans, records, strict=True)
        ],
        label=words,
        hover=[_hover(row, when) for row, when in zip(records, words, strict=True)],
    )


@answered_once(maxsize=16)
def every_bin(dataset: Dataset, window: Selection, lane: str, step: str) -> pd.DataFrame:
    """Sum up all events of a window of time by lane and stretch of time."""
    return summed.bins(dataset, window, lane, step, lane)


def _words(first: datetime.date, last: datetime.date, step: str) -> str:
    if not STEPS[step].months:
        return wording.days_text(first, last)
    return {
        "month": f"{first:%B %Y}",
        "quarter": f"{first:%B}–{last:%B %Y}",
        "year": f"{first:%Y}",
    }[step]


def _hover(row: dict, when: str) -> str:
    unknown = row["events"] - row["known"]
    toll = f"{row['killed']:,} killed in all" if row["known"] else "tolls unknown"
    lines = [f"<b>{wording.plural(row['events'], 'event')}, {html.escape(when)}</b>", toll]
    if unknown and row["known"]:
        lines.append(f"the toll of {unknown:,} is unknown")
    return "<br>".join([*lines, "click to choose them"])


READING = "Too many events for a mark each: a bar is a stretch of time, its height the dead."


def reading(step: str) -> str:
    """Say what a bar is."""
    length = step if step[0].isdigit() else f"a {step}"
    return f"Too many events for a mark each: a bar is {length}, its height the dead."
