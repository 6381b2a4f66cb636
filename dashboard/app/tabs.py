"""What stands under the figures: the table, the trend, and what the table is."""

from __future__ import annotations

from dash import dcc, html

from dashboard import views, wording
from dashboard.app import ids
from dashboard.app.delta import compact
from dashboard.dataset import Dataset
from dashboard.figures.theme import Medium
from dashboard.selection import Selection


def body(dataset: Dataset, selection: Selection, medium: Medium) -> html.Div:
    """Build the open tab; the table itself stands beside it and only shows or hides."""
    if selection.tab == "events":
        return html.Div(className="tab-events")
    if selection.tab == "about":
        return _about(dataset)
    return _view(dataset, selection, medium, selection.tab)


def _view(dataset: Dataset, selection: Selection, medium: Medium, name: str) -> html.Div:
    view = views.view(name)
    return html.Div(
        [
            html.P([html.Strong(view.question), " ", view.reading], className="card__reading"),
            dcc.Graph(
                id=ids.graph(name),
                figure=compact(views.screen(name, dataset, selection, medium)),
                config={"displayModeBar": False, "responsive": True},
                className="figure",
            ),
        ],
        className=f"tab-{name}",
    )


def _about(dataset: Dataset) -> html.Div:
    return html.Div(
        [
            html.P(
                f"The table holds {wording.plural(len(dataset.events), 'event')} from"
                f" {wording.day_text(dataset.first_day)} to {wording.day_text(dataset.last_day)},"
                f" each with the pages that report it: {len(dataset.reports):,} reports in all."
                " It was curated by hand from public news, encyclopaedia and research pages. It is"
                " not a census: a month with few events may be a month that was read little, and"
                " the strip under the timeline shows how many reports stand behind each month."
            ),
            html.P(
                "Killed counts the dead on every side but the initiators'; for an attack on an armed"
                " group it counts that group's dead. Low and high span what the reports say, best is"
                " the figure that most, or the latest careful, sources give. An empty toll is"
                " unknown, not zero, and adds nothing to a sum."
            ),
            html.P(
                "Independent sources are counted by agency, not by page: ten papers with one"
                " agency's text are one source."
            ),
        ],
        className="tab-about prose",
    )
