"""What is shown: n of N, the filters in force, and the figures in numbers."""

from __future__ import annotations

from dash import html

from dashboard import comparison, wording
from dashboard.app import ids, links
from dashboard.app.links import attributes
from dashboard.dataset import Dataset
from dashboard.selection import FILTER_FIELDS, Selection
from dashboard.views import chosen


def showing(dataset: Dataset, selection: Selection) -> str:
    """Write the line that is always on screen and read out: "Showing 86 of 526 events"."""
    number = chosen.number(dataset, selection)
    return f"Showing {number:,} of {wording.plural(dataset.size, 'event')}"


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
            **attributes({"aria-label": f"Remove filter: {words}"}),
        )
        for names, words in wording.filters_in_words(dataset, selection)
    ]
    if found:
        cleared = {name: getattr(clean, name) for name in FILTER_FIELDS}
        found.append(html.A("Reset", href=links.href(selection, **cleared), className="reset"))
    return found


def relaxations(dataset: Dataset, selection: Selection) -> list:
    """Where nothing is chosen, say which single filter to give up and what that would show."""
    clean = Selection()
    found = []
    for names, words in wording.filters_in_words(dataset, selection):
        eased = selection.with_(**{name: getattr(clean, name) for name in names})
        number = chosen.number(dataset, eased)
        if number:
            found.append((number, words, eased))
    found.sort(key=lambda item: -item[0])
    if not found:
        cleared = selection.with_(**{name: getattr(clean, name) for name in FILTER_FIELDS})
        found = [(dataset.size, "all filters", cleared)]
    return [
        html.P("No event matches all of these filters. Without one of them there are:"),
        html.Ul(
            [
                html.Li(
                    html.A(
                        f"{wording.plural(number, 'event')} without “{words}”",
                        href=eased.to_query() or "?",
                    )
                )
                for number, words, eased in found
            ]
        ),
    ]


def numbers(dataset: Dataset, selection: Selection) -> list:
    """Build the figures in numbers: events, killed, wounded, displaced, places."""
    totals = chosen.totals(dataset, selection)
    if not totals.events:
        return [html.Div(relaxations(dataset, selection), className="number number--empty")]
    compared = chosen.compared(dataset, selection)
    of_events = f"of {wording.plural(totals.events, 'event')}"
    killed = wording.range_text(totals.killed.low, totals.killed.high)
    return [
        _number(
            "Events",
            f"{totals.events:,}",
            _change(dataset, selection, compared),
            _undated(chosen.undated(dataset, selection)),
        ),
        _number(
            "Killed, best estimate",
            _sum(totals.killed.best, totals.killed.known),
            f"{killed} over all sources; known for {totals.killed.known:,} {of_events}"
            if totals.killed.known
            else "no source gives a number",
            _times(compared),
        ),
        _number(
            "Wounded",
            _sum(totals.wounded.best, totals.wounded.known),
            f"known for {totals.wounded.known:,} {of_events}",
        ),
        _number(
            "Displaced",
            _sum(totals.displaced, totals.displaced_known),
            f"known for {wording.plural(totals.displaced_known, 'event')}",
        ),
        _number("Places", f"{totals.places:,}", _unplaced(selection, totals.unplaced)),
    ]


def _sum(number: int, known: int) -> str:
    """Write a sum; one that rests on no event is unknown, not zero."""
    return f"{number:,}" if known else "unknown"


def _undated(number: int) -> str:
    events = wording.plural(number, "event has", "events have")
    return f"{events} no date: on the map, on no timeline" if number else ""


def _unplaced(selection: Selection, number: int):
    if not number:
        return "every event has a place"
    words = f"{wording.plural(number, 'event has', 'events have')} no place"
    return html.A(
        words,
        href=links.href(selection, event="", at=()),
        **attributes({"data-scroll": ids.UNPLACED}),
    )


def _change(dataset: Dataset, selection: Selection, compared) -> html.Span:
    """Compare with the same length of time before, the method in a tooltip."""
    if compared is None:
        reason = chosen.obstacle(dataset, selection)
        census = ", which is not a census" if dataset.is_curated else ""
        return html.Span(f"in this table{census}", title=reason)
    caveat = "; a curated table, not a census" if dataset.is_curated else ""
    sentence = comparison.sentence(compared, is_curated=dataset.is_curated)
    return html.Span(
        [comparison.brief(compared), html.Span(caveat)],
        title=f"{sentence} {comparison.METHOD}",
        className="number__change",
    )


def _times(compared) -> str:
    if compared is None or compared.killed_ratio is None:
        return ""
    return f"{compared.killed_ratio:,.2g}× the time before, no interval: deaths come in clusters"


def _number(name: str, value: str, *notes) -> html.Div:
    return html.Div(
        [
            html.Div(name, className="number__name"),
            html.Div(value, className="number__value"),
            *(html.Div(note, className="number__note") for note in notes if note),
        ],
        className="number",
    )
