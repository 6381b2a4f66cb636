"""What changed in the table: of one event, and in the table as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from dash import html

from dashboard import wording
from dashboard.app import links
from dashboard.app.site import Site
from dashboard.changes import Change
from dashboard.selection import Selection

NEWEST = 40
WORDING = ("title", "summary")


def of_event(site: Site, selection: Selection) -> list:
    """List what changed of the event in focus; empty where nothing did."""
    changes = site.changes_of(selection.event) if selection.event else []
    if not changes:
        return []
    return [
        html.H3("Changes to this row", className="panel__heading"),
        html.Ul([_change(change) for change in changes], className="history"),
    ]


def of_table(site: Site, selection: Selection) -> list:
    """Sum up what changed in the table, with its newest changes; for the About tab alone."""
    if selection.tab != "about":
        return []
    changes = site.changes
    if not changes:
        words = f"This is data version {site.dataset.version}; no change has been recorded."
        return [html.Div([html.H3("Data changes"), html.P(words)], className="tab-about")]
    events = len({change.event_id for change in changes})
    cells = len({(change.event_id, change.column) for change in changes})
    summary = (
        f"{wording.plural(cells, 'cell')} in {wording.plural(events, 'event')} changed since"
        f" the table was first gathered, last on {wording.day_text(changes[0].changed_date)};"
        " data/changes.csv holds each change with its reason."
    )
    latest = _latest(site, selection)
    listed = [
        html.P("The latest changes of what the table says, without those of wording alone:"),
        html.Ul(latest, className="history"),
    ]
    return [
        html.Div(
            [html.H3("Data changes"), html.P(summary), *(listed if latest else ())],
            className="tab-about",
        )
    ]


def _latest(site: Site, selection: Selection) -> list[html.Li]:
    known = set(site.dataset.events["event_id"])
    told = (change for change in site.net_changes if change.column not in WORDING)
    return [
        html.Li(
            [
                html.A(event_id, href=links.href(selection, event=event_id))
                if event_id in known
                else html.Span(event_id),
                html.Ul([_change(change) for change in of_one]),
            ]
        )
        for event_id, of_one in _by_event(islice(told, NEWEST))
    ]


def _by_event(changes: Iterable[Change]) -> Iterable[tuple[str, list[Change]]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.event_id, []).append(change)
    return found.items()


def _change(change: Change) -> html.Li:
    when = wording.day_text(change.changed_date)
    if change.column == "event_id" and not (change.old and change.new):
        what = "added" if change.new else "removed"
    elif change.column in WORDING:
        what = f"{change.column} rewritten"
    else:
        what = f"{change.column}: {change.old or 'unknown'} → {change.new or 'unknown'}"
    return html.Li([html.Strong(f"{when}, {what}. "), change.why])
