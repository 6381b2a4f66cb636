"""Single events: some of a selection, the deadliest, one and its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
import pandas as pd

from dashboard.query.frames import Frame, collected, collected_in_order, figures, whole_row

_MOST_AT_ONCE = 2_000
Order = Sequence[tuple[str, bool]]


def events_frame(events: Frame) -> pd.DataFrame:
    """Return a selection's events as a frame, the columns of `engine.prepared` but haystack."""
    # To leave a column out is a query of its own to an engine: only where it is there.
    is_there = "haystack" in events.collect_schema().names()
    return collected(events.drop("haystack") if is_there else events)


def rows(
    events: Frame,
    most: int,
    by: str = "start_date",
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return at most so many events, by a column and then by event_id, unknown last.

    Args:
        events: A selection.
        most: How many.
        by: The column that orders them.
        columns: Those to return, which spares an engine the others; `by` and event_id among them;
            day comes with them.

    Returns:
        The columns of `engine.prepared` but haystack, in its types.
    """
    return ordered(_only(events, columns), [(by, False), ("event_id", False)], 0, most)


def few(events: Frame, columns: Sequence[str]) -> pd.DataFrame:
    """Return all events of a selection that is known to have few, as `rows` does.

    Args:
        events: A selection.
        columns: Those to return, which spares an engine the others; start_date and event_id among
            them; day comes with them.
    """
    if not isinstance(events, nw.LazyFrame):
        return rows(events, len(events), columns=columns)
    wanted = events.select(*dict.fromkeys((*columns, "day")))
    return collected_in_order(wanted, ("day", "event_id"))


def _only(events: Frame, columns: Sequence[str] | None) -> Frame:
    return events.select(*dict.fromkeys((*columns, "day"))) if columns else events


def largest(events: Frame, n: int, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the n deadliest events by the best figure, the earliest first of equal ones.

    Args:
        events: A selection.
        n: How many.
        columns: Those to return, which spares an engine the others; killed_best, start_date and
            event_id among them; day comes with them.

    Returns:
        As `rows`; fewer where fewer events have a figure.
    """
    # The toll alone says how deadly it must be: all but a few events then need no sorting.
    toll = nw.col("killed_best")
    known = events.select("killed_best").filter(~toll.is_null())
    most = figures(known.sort("killed_best", descending=True).head(n))["killed_best"]
    if not len(most):
        return events_frame(_only(events, columns).head(0))
    known = events.filter(toll >= int(most.min()))
    order = [("killed_best", True), ("start_date", False), ("event_id", False)]
    return ordered(_only(known, columns), order, 0, n)


def newest(
    events: Frame, start: int, end: int, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return the events from `start` to before `end`, the newest first and those undated last.

    Args:
        events: A selection.
        start: Number of the first event, from 0.
        end: Number of the event after the last.
        columns: Those to return, which spares an engine the others; start_date and event_id among
            them; day comes with them.
    """
    order = [("start_date", True), ("event_id", True)]
    return ordered(_only(events, columns), order, start, end)


def ordered(events: Frame, order: Order, start: int, end: int) -> pd.DataFrame:
    """Return the events from `start` to before `end` of an order; unknown values come last.

    Args:
        events: A selection.
        order: Columns, each with whether it descends; the last ones make it complete.
        start: Number of the first event, from 0.
        end: Number of the event after the last.
    """
    by, descending = [name for name, _ in order], [descends for _, descends in order]
    if not isinstance(events, nw.LazyFrame):
        # The keys alone: whole rows in another order would be as large as the table again.
        keys = events.select(*by).to_pandas().reset_index(drop=True)
        ascending = [not descends for descends in descending]
        places = keys.sort_values(by, ascending=ascending, na_position="last").index[start:end]
        return events_frame(events[places.tolist()])
    by = ["day" if name == "start_date" else name for name in by]
    if end <= _MOST_AT_ONCE:
        first = events.sort(*by, descending=descending, nulls_last=True).head(end)
        return events_frame(first).iloc[start:].reset_index(drop=True)
    # Far into an order, sort few columns and fetch whole rows of what is wanted: an engine would
    # move all the rows before them, with texts that nobody sees.
    keys = list(dict.fromkeys([*by, "day", "event_id"]))
    first = events.select(*keys).sort(*by, descending=descending, nulls_last=True).head(end)
    wanted = collected(first).iloc[start:]
    if wanted.empty:
        return events_frame(events.head(0))
    found = events_frame(
        events.filter(
            nw.col("day") >= int(wanted["day"].min()),
            nw.col("day") <= int(wanted["day"].max()),
            nw.col("event_id").is_in(wanted["event_id"].to_list()),
        )
    )
    places = pd.Index(found["event_id"]).get_indexer(pd.Index(wanted["event_id"]))
    return found.iloc[places].reset_index(drop=True)


def one(events: Frame, event_id: str) -> pd.DataFrame:
    """Return an event as `rows` does; no row where there is no such event."""
    return events_frame(events.filter(nw.col("event_id") == event_id))


def neighbours(events: Frame, event_id: str) -> tuple[str, str, int]:
    """Find what stands before and after an event, by first day and id.

    Args:
        events: A selection.
        event_id: An event of it.

    Returns:
        The previous id and the next ("" at an end), and the event's number from 1; two empty ids
        and 0 for an event that is not in the selection.
    """
    found = collected(events.filter(nw.col("event_id") == event_id).select("day"))
    if found.empty:
        return "", "", 0
    day, name = nw.col("day"), nw.col("event_id")
    here = int(found["day"].iloc[0])
    keys = ("day", "event_id")
    before = events.filter((day < here) | ((day == here) & (name < event_id))).select(*keys)
    after = events.filter((day > here) | ((day == here) & (name > event_id))).select(*keys)
    previous = collected(before.sort(*keys, descending=True).head(1))["event_id"]
    following = collected(after.sort(*keys).head(1))["event_id"]
    number = whole_row(before.select(number=nw.len()))["number"]
    return "".join(previous), "".join(following), number + 1
