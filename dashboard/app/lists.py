"""Lists of events in the panel: those of one place, and those to open first."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard import wording
from dashboard.app import ids, links
from dashboard.app.frames import records
from dashboard.app.links import attributes
from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.views import common


def of_place(dataset: Dataset, selection: Selection) -> list:
    """List the chosen events of the place that was clicked."""
    rows = common.chosen_rows(dataset, selection)
    latitude, longitude = selection.at
    here = rows[
        ((rows["latitude_deg"] - latitude).abs() < 5e-4)
        & ((rows["longitude_deg"] - longitude).abs() < 5e-4)
    ]
    name = here["label"].mode().iloc[0] if len(here) else "This place"
    return [
        html.Div(
            [
                html.Span(wording.plural(len(here), "event"), className="panel__position"),
                html.Span(className="spacer"),
                html.A(
                    "×",
                    href=links.href(selection, at=(), event=""),
                    className="panel__close",
                    **attributes({"aria-label": "Close the list", "data-key": "Escape"}),
                ),
            ],
            className="panel__steps",
        ),
        html.H2(name, className="panel__title", tabIndex="-1"),
        listed(here, selection),
    ]


def listed(rows: pd.DataFrame, selection: Selection) -> html.Ul:
    """List events as links that open them, each with its date and toll."""
    return html.Ul(
        [
            html.Li(
                [
                    html.A(row.title, href=links.href(selection, event=row.event_id)),
                    html.Div(
                        wording.days_text(
                            row.start_date.date(), row.end_date.date(), row.date_precision
                        )
                        + " · "
                        + common.toll_text(row.killed_low, row.killed_best, row.killed_high),
                        className="reports__note",
                    ),
                ],
                className="events__row",
            )
            for row in records(rows)
        ],
        className="events",
    )


def deadliest_first(dataset: Dataset, selection: Selection) -> list:
    """List what to open first: the deadliest events, and those without a place on the map."""
    rows = common.chosen_rows(dataset, selection)
    deadliest = rows.nlargest(6, "killed")
    unplaced = rows[rows["latitude_deg"].isna()]
    found: list = [
        html.H2("The deadliest of these events", className="panel__title"),
        html.P(
            "Click a circle, a row or a title: the event opens here with each source's own figure.",
            className="panel__where",
        ),
        listed(deadliest, selection),
    ]
    if len(unplaced):
        verb = "has" if len(unplaced) == 1 else "have"
        found += [
            html.H3(
                f"{wording.plural(len(unplaced), 'event')} {verb} no place on the map",
                className="panel__heading",
                id=ids.UNPLACED,
            ),
            listed(unplaced, selection),
        ]
    return found
