"""The selection against the same length of time before: figures, an interval, and words.

An event counts in the span in which it begins, so that none counts twice: one that goes on over
the first day of the window belongs to the span before.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

import narwhals as nw
import pandas as pd

from dashboard import query
from dashboard.query import Frame, Toll
from dashboard.selection import Selection
from dashboard.wording import day_text, plural

CONFIDENCE = 0.95
CAVEAT = "the table is curated, so this counts events in it, not attacks in the world"
METHOD = (
    "Events that begin in the window are set against those that begin in the same number of days"
    " before it; the 95 % interval is the exact (Clopper-Pearson) interval of the window's share"
    " of both, written as a ratio of two Poisson rates. It takes events as independent of one"
    " another and the window as chosen beforehand: attacks in waves, or a window picked because it"
    " stands out, make a change look clearer than it is."
)
ONE_DAY = datetime.timedelta(days=1)
Edges = tuple[datetime.date, datetime.date]


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Span:
        """The span of the same length that ends the day before."""
        return Span(self.first - self.days * ONE_DAY, self.first - ONE_DAY)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two spans of one length, side by side.

    `low` and `high` bound the ratio of the rates of events at 95 %; high is infinite where there is
    no event before. `carried` events are chosen too, but began before the window and are left out.
    `begins` is the day of the table's first event in the chosen places, where it lies after the
    time before has begun: whether nothing happened there or nobody looked, no count can tell.
    """

    window: Span
    events_now: int
    events_before: int
    killed_now: Toll
    killed_before: Toll
    low: float
    high: float
    carried: int = 0
    begins: datetime.date | None = None

    @property
    def ratio(self) -> float:
        """Events now for each event before; infinite for none before, NaN for none at all."""
        if not self.events_before:
            return math.inf if self.events_now else math.nan
        return self.events_now / self.events_before

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 1, no change."""
        return self.low > 1 or self.high < 1

    @property
    def killed_ratio(self) -> float | None:
        """Dead now for each dead before, by the best figures.

        None where no event of a span has a figure, none is dead before, or `begins` is told. There
        is no interval: a Poisson interval takes each death as independent, but they come many to an
        event, so it would be far too narrow.
        """
        is_known = self.killed_now.known or not self.events_now
        if self.begins is None and self.killed_before.best and is_known:
            return self.killed_now.best / self.killed_before.best
        return None


def compare(
    events: Frame,
    selection: Selection,
    edges: Edges | None = None,
    begins: datetime.date | None = None,
) -> Comparison | None:
    """Set the selection's window against the same number of days before it.

    Args:
        events: The frame of `engine.open_events`: all events, not only the chosen ones.
        selection: Its filters hold in both spans; `to` may be open or beyond the table's last day,
            the window then ends with the table.
        edges: The table's days as `query.covered` gives them, where they are known already; must be
            given where `events` is not the whole table, as after `query.narrowed`.
        begins: The day of the first event of the theatres and countries that were chosen.

    Returns:
        None where there is nothing to compare with; `obstacle` says why.
    """
    span = Span(*edges) if edges else _edges(events)
    if _obstacle(span, selection) or selection.from_date is None:
        return None
    window = Span(selection.from_date, _last_day(selection, span))
    found = _spans(events, selection, window)
    now, before = found[found["is_now"]], found[found["is_before"]]
    events_now, events_before = int(now["events"].sum()), int(before["events"].sum())
    low, high = interval(events_now, events_before)
    return Comparison(
        window=window,
        events_now=events_now,
        events_before=events_before,
        killed_now=_toll(now),
        killed_before=_toll(before),
        low=low,
        high=high,
        carried=int(found.loc[found["is_carried"], "events"].sum()),
        begins=begins if begins and begins > window.before.first else None,
    )


def _spans(events: Frame, selection: Selection, window: Span) -> pd.DataFrame:
    """Add up both spans, and what was carried into the window, in one pass."""
    both = selection.with_(from_date=window.before.first, to_date=window.last)
    first, earliest = query.day_number(window.first), query.day_number(window.before.first)
    start, end = nw.col("day"), nw.col("end_day")
    flags = ("is_now", "is_before", "is_carried")
    sums = {level: nw.col(f"killed_{level}").sum() for level in query.LEVELS}
    grouped = (
        query.select(events, both)
        .select(
            *(f"killed_{level}" for level in query.LEVELS),
            is_now=(start >= first).cast(nw.Int8),
            is_before=((start >= earliest) & (start < first)).cast(nw.Int8),
            is_carried=((start < first) & (end >= first)).cast(nw.Int8),
        )
        .group_by(*flags)
        .agg(events=nw.len(), known=nw.col("killed_best").count(), **sums)
    )
    return query.collected(grouped).astype(dict.fromkeys(flags, "bool"))


def _toll(spans: pd.DataFrame) -> Toll:
    levels = (int(spans[level].sum()) for level in query.LEVELS)
    return Toll(*levels, known=int(spans["known"].sum()))


def obstacle(events: Frame, selection: Selection, edges: Edges | None = None) -> str:
    """Say why there is nothing to compare a selection with, "" where there is.

    Days before the table's first are not days without events, so no span may reach there. `edges`
    are the table's days, as for `compare`.
    """
    return _obstacle(Span(*edges) if edges else _edges(events), selection)


def _obstacle(edges: Span | None, selection: Selection) -> str:
    if edges is None:
        return "The table holds no event with a date."
    if selection.from_date is None:
        return "Choose a first day to compare with the time before it."
    first = selection.from_date
    if first > edges.last:
        return f"The table ends on {day_text(edges.last)}, before the window begins."
    days = Span(first, _last_day(selection, edges)).days
    if (first - edges.first).days < days:
        return (
            f"The table begins on {day_text(edges.first)}: it does not hold the"
            f" {_days(days)} before {day_text(first)}."
        )
    return ""


def _edges(events: Frame) -> Span | None:
    edges = query.covered(events)
    return None if edges is None else Span(*edges)


def _last_day(selection: Selection, edges: Span | None) -> datetime.date:
    return min(day for day in (selection.to_date, edges and edges.last) if day)


def interval(now: int, before: int) -> tuple[float, float]:
    """Bound the ratio of two Poisson rates seen over equal lengths of time, at 95 %.

    Given their sum, the first of two Poisson counts is binomial; the exact limits of its share p
    (Clopper and Pearson, 1934) give those of the ratio, p / (1 - p).

    Returns:
        Lower and upper limit; 0 for no event now, infinite for none before.
    """
    # A third of the time that scipy.stats takes to import, for the same numbers.
    from scipy.special import betaincinv

    tail = (1 - CONFIDENCE) / 2
    low = float(betaincinv(now, before + 1, tail)) if now else 0.0
    high = float(betaincinv(now + 1, before, 1 - tail)) if before else 1.0
    return low / (1 - low), high / (1 - high) if high < 1 else math.inf


def sentence(comparison: Comparison, *, is_curated: bool = True) -> str:
    """Write figure, interval, verdict and caveat in one sentence.

    Args:
        comparison: What `compare` found.
        is_curated: Whether the table is a choice of events, so that counts are no rates.
    """
    now, before = comparison.events_now, comparison.events_before
    carried = comparison.carried
    left_out = f" ({carried:,} that began earlier left out)" if carried else ""
    figure = f"{plural(now, 'event') if now else 'No event'}{left_out}"
    span = f"in the {_days(comparison.window.days)} before"
    if now and before:
        figure += f" against {before:,} {span}: {_times(comparison.ratio)} ({_limits(comparison)})"
    elif now or before:
        figure += f" against {f'{before:,}' if before else 'none'} {span} ({_limits(comparison)})"
    else:
        figure += f", and none {span}"
    return f"{figure}: {verdict(comparison)}{f'; {CAVEAT}' if is_curated else ''}."


def sentences(comparison: Comparison, *, is_curated: bool = True) -> list[str]:
    """Compare the events, and the dead where either span has an event; see `sentence`."""
    found = [sentence(comparison, is_curated=is_curated)]
    return found if math.isnan(comparison.ratio) else [*found, killed_sentence(comparison)]


def brief(comparison: Comparison) -> str:
    """Write the comparison as a note under a figure: "1.25× the 181 days before (0.74–2.13)…"."""
    span = f"the {_days(comparison.window.days)} before"
    if not comparison.events_before:
        return f"none in {span}; {verdict(comparison)}"
    limits = f"{_figure(comparison.low)}–{_figure(comparison.high)}"
    return f"{_figure(comparison.ratio)}× {span} ({limits}); {verdict(comparison)}"


def killed_sentence(comparison: Comparison) -> str:
    """Write the dead of both spans and their plain ratio, by the best figures."""
    now = _dead(comparison.events_now, comparison.killed_now)
    before = _dead(comparison.events_before, comparison.killed_before)
    span = f"in the {_days(comparison.window.days)} before"
    times = "" if (ratio := comparison.killed_ratio) is None else f": {_times(ratio)}"
    text = f"{now} killed against {before} {span}{times}, by the best figures."
    return text[0].upper() + text[1:]


def _dead(events: int, killed: Toll) -> str:
    if killed.known:
        return f"{killed.best:,}"
    return "an unknown number" if events else "none"


def verdict(comparison: Comparison) -> str:
    """Say whether the interval shows a change."""
    if not comparison.events_now and not comparison.events_before:
        return "nothing to compare"
    if comparison.begins:
        begins = day_text(comparison.begins)
        return f"no change can be told, as the table has nothing of the place before {begins}"
    if not comparison.is_clear:
        return "no clear change"
    return "a clear rise" if comparison.low > 1 else "a clear fall"


def _times(ratio: float) -> str:
    return "just as many" if ratio == 1 else f"{_figure(ratio)} times as many"


def _limits(comparison: Comparison) -> str:
    if not comparison.events_before:
        return f"95 % interval of the ratio {_figure(comparison.low)} and above"
    return f"95 % interval {_figure(comparison.low)}–{_figure(comparison.high)}"


def _figure(number: float) -> str:
    """Write a ratio; one beside 1 keeps the decimals that tell it from 1."""
    if number >= 10:
        return f"{number:,.1f}" if number < 100 else f"{number:,.0f}"
    text = f"{number:.2f}" if number >= 0.1 or not number else f"{number:.2g}"
    return f"{number:.4f}" if text == "1.00" and number != 1 else text


def _days(number: int) -> str:
    return "day" if number == 1 else f"{number:,} days"
