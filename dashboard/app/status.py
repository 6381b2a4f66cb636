"""What is shown: n of N, the filters in force, and the figures in numbers."""

from __future__ import annotations

from dash import html

from dashboard import query, wording
from dashboard.app import links
from dashboard.dataset import Dataset
from dashboard.selection import FILTER_FIELDS, Selection
from dashboard.views import common


def showing(dataset: Dataset, selection: Selection) -> str:
    """Write the line that is always on screen and read out: "Showing 86 of 526 events"."""
    number = len(common.chosen_ids(dataset, selection))
    return f"Showing {number:,} of {wording.plural(len(dataset.events), 'event')}"


def line(dataset: Dataset, selection: Selection, shown: str) -> list:
    """Build the line of status: how many events, which filters, and the reset."""
    return [html.Strong(shown), *pills(dataset, selection)]


def pills(dataset: Dataset, selection: Selection) -> list:
    """List the filters in force, each a link that removes it, and the reset."""
    clean = Selection()
    found: list = [
        html.A(
            words,
            href=links.href(selection, **{name: getattr(clean, name) for name in names}),
            className="pill",
            **{"aria-label": f"Remove filter: {words}"},
        )
        for names, words in wording.filters_in_words(dataset, selection)
    ]
    if found:
        cleared = {name: getattr(clean, name) for name in FILTER_FIELDS}
        found.append(html.A("Reset", href=links.href(selection, **cleared), className="reset"))
    return found


def numbers(dataset: Dataset, selection: Selection) -> list:
    """Build the figures in numbers: events, killed, wounded, displaced, places."""
    totals = query.totals(common.chosen(dataset, selection))
    of_events = f"of {wording.plural(totals.events, 'event')}"
    return [
        _number("Events", f"{totals.events:,}", "in this table, which is not a census"),
        _number(
            "Killed, best estimate",
            f"{totals.killed.best:,}",
            f"{wording.range_text(totals.killed.low, totals.killed.high)} over all sources;"
            f" known for {totals.killed.known:,} {of_events}",
        ),
        _number(
            "Wounded",
            f"{totals.wounded.best:,}",
            f"known for {totals.wounded.known:,} {of_events}",
        ),
        _number(
            "Displaced",
            f"{totals.displaced:,}",
            f"known for {wording.plural(totals.displaced_known, 'event')}",
        ),
        _number(
            "Places",
            f"{totals.places:,}",
            f"{wording.plural(totals.unplaced, 'event has', 'events have')} no place",
        ),
    ]


def _number(name: str, value: str, note: str) -> html.Div:
    return html.Div(
        [
            html.Div(name, className="number__name"),
            html.Div(value, className="number__value"),
            html.Div(note, className="number__note"),
        ],
        className="number",
    )
