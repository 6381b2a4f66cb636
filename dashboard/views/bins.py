"""What the timeline draws of very many events: for each lane and stretch of time one bar."""

from __future__ import annotations

import datetime
import html
from functools import cache, partial

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
    columns = ("start_ms", "end_ms", "lane", "events", "known", "killed")
    first, last, lanes, *sums = (found[name].to_numpy() for name in columns)
    days = [
        milliseconds.astype("datetime64[ms]").astype("datetime64[D]").tolist()
        for milliseconds in (first, last - 1)
    ]
    words_of = cache(partial(_words, step=step))
    words = [words_of(*span) for span in zip(*days, strict=True)]
    return found.assign(
        colour=found[by],
        key=[f"#{start},{end},{lane}" for start, end, lane in zip(*days, lanes, strict=True)],
        label=words,
        hover=[
            f"<b>{wording.plural(events, 'event')}, {html.escape(when)}</b>"
            f"<br>{wording.sum_text(events, known, killed)}<br>click to choose them"
            for when, events, known, killed in zip(
                words, *(column.tolist() for column in sums), strict=True
            )
        ],
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


READING = "Too many events for a mark each: a bar is a stretch of time, its height the dead."


def reading(step: str) -> str:
    """Say what a bar is."""
    length = step if step[0].isdigit() else f"a {step}"
    return f"Too many events for a mark each: a bar is {length}, its height the dead."
