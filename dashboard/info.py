"""A selection in figures, for the command line and for other programs."""

from __future__ import annotations

from dataclasses import asdict

from dashboard import query
from dashboard.dataset import Dataset
from dashboard.engine import open_events
from dashboard.query import LEVELS
from dashboard.schema import ELSEWHERE
from dashboard.selection import Selection


def info(dataset: Dataset, selection: Selection) -> dict[str, object]:
    """Count a selection; every value fits into JSON.

    Returns:
        version (of the data), events (in the whole table), selected, killed and wounded (low, best
        and high sums; an unknown toll adds nothing; known, the events with a figure), displaced and
        displaced_known (the same), by_theatre (events, in the order of lanes), by_month (events, by
        yyyy-mm of the first day, in time order), unplaced (selected events without coordinates).
        A sum that rests on no event is None: unknown, not zero. Theatres and months without an
        event are left out.
    """
    events = open_events(dataset, is_searched=bool(selection.q))
    selected = query.select(events, selection)
    sums = query.totals(selected)
    by_theatre = query.counts(selected, "theatre")
    monthly = query.by_month(selected, "theatre")
    months = monthly["month"].dt.strftime("%Y-%m")
    return {
        "version": dataset.version,
        "events": dataset.size,
        "selected": sums.events,
        "killed": _levels(sums.killed),
        "wounded": _levels(sums.wounded),
        "displaced": sums.displaced if sums.displaced_known else None,
        "displaced_known": sums.displaced_known,
        "by_theatre": {
            theatre: by_theatre[theatre]
            for theatre in (*dataset.theatre_names, ELSEWHERE)
            if theatre in by_theatre
        },
        "by_month": {
            str(month): int(number)
            for month, number in monthly["events"].groupby(months).sum().items()
        },
        "unplaced": sums.unplaced,
    }


def _levels(toll: query.Toll) -> dict[str, int | None]:
    sums = {level: asdict(toll)[level] if toll.known else None for level in LEVELS}
    return {**sums, "known": toll.known}
