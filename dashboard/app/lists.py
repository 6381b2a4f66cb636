"""Lists of events in the panel: those of one place, and those to open first."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard import wording
from dashboard.app import ids, links
from dashboard.app.links import attributes
from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.views import chosen, common

MOST_LISTED = 20


def of_place(dataset: Dataset, selection: Selection) -> list:
    """List the chosen events of the place or cell that was clicked, by pages.

    `selection.at` is a place (latitude, longitude) or a cell (west, south, east, north).
    """
    at = selection.at
    start = selection.page * MOST_LISTED
    here, total = chosen.inside(dataset, selection, chosen.box_at(at), start, MOST_LISTED)
    name = here["label"].mode().iloc[0] if len(here) else "This place"
    if len(at) == 4:
        name = f"{name} and around" if len(here) else "This cell"
    return [
        html.Div(
            [
                html.Span(_position(start, len(here), total), className="panel__position"),
                html.Span(className="spacer"),
                html.A(
                    "×",
                    href=links.href(selection, at=(), event="", page=0),
                    className="panel__close",
                    **attributes({"aria-label": "Close the list", "data-key": "Escape"}),
                ),
            ],
            className="panel__steps",
        ),
        html.H2(name, className="panel__title", tabIndex="-1"),
        listed(here, selection, is_place=True),
        *_turning(selection, start, len(here), total),
    ]


def _position(start: int, shown: int, total: int) -> str:
    if shown == total:
        return wording.plural(total, "event")
    return f"{start + 1:,}–{start + shown:,} of {wording.plural(total, 'event')}"


def _turning(selection: Selection, start: int, shown: int, total: int) -> list:
    """Build the links to the page before and after."""
    found = []
    if start:
        address = links.href(selection, page=selection.page - 1)
        found.append(links.choice("‹ before", address, is_on=False, look="chip"))
    if start + shown < total:
        address = links.href(selection, page=selection.page + 1)
        found.append(links.choice("next ›", address, is_on=False, look="chip"))
    return [links.choices("Pages of the list", found)] if found else []


def more(number: int) -> list:
    """Say how many events a list leaves out."""
    return [html.P(f"… and {number:,} more.", className="reports__note")] if number else []


# What a list says of an event, besides its days.
_SAID = ("event_id", "title", "date_precision", "geo_precision")
_TOLLS = ("killed_low", "killed_best", "killed_high")


def listed(rows: pd.DataFrame, selection: Selection, *, is_place: bool = False) -> html.Ul:
    """List events as links that open them, each with its date and toll.

    Those of one place or cell say besides which of them are not known to be just there.
    """
    first, last = (
        rows[name].to_numpy("datetime64[D]").tolist() for name in ("start_date", "end_date")
    )
    said = zip(first, last, *(rows[name].tolist() for name in (*_SAID, *_TOLLS)), strict=True)
    return html.Ul(
        [
            html.Li(
                [
                    html.A(title, href=links.href(selection, event=event_id)),
                    html.Div(
                        " · ".join(
                            [
                                wording.days_text(start, end, precision),
                                common.toll_text(*toll),
                                *filter(None, [wording.known_to([known])] if is_place else []),
                            ]
                        ),
                        className="reports__note",
                    ),
                ],
                className="events__row",
            )
            for start, end, event_id, title, precision, known, *toll in said
        ],
        className="events",
    )


def deadliest_first(dataset: Dataset, selection: Selection) -> list:
    """List what to open first: the deadliest events, and those without a place on the map."""
    deadliest = chosen.deadliest(dataset, selection, 6)
    lacking = chosen.totals(dataset, selection).unplaced
    unplaced = chosen.unplaced(dataset, selection, MOST_LISTED)
    # Embedded, the panel has no figure and no table beside it.
    marks = "a title" if selection.embed else "a circle, a row or a title"
    found: list = []
    if not chosen.number(dataset, selection):
        found = [
            html.H2("No event to open", className="panel__title"),
            html.P("Take a filter away, and its events can be opened.", className="panel__where"),
        ]
    elif len(deadliest):
        found = [
            html.H2("The deadliest of these events", className="panel__title"),
            html.P(
                f"Click {marks}: the event opens here with each source's own figure.",
                className="panel__where",
            ),
            listed(deadliest, selection),
        ]
    if lacking:
        verb = "has" if lacking == 1 else "have"
        found += [
            html.H3(
                f"{wording.plural(lacking, 'event')} {verb} no place on the map",
                className="panel__heading",
                id=ids.UNPLACED,
            ),
            listed(unplaced, selection),
            *more(lacking - len(unplaced)),
        ]
    return found
