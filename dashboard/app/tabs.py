"""What stands under the figures: the table, the trend, and what the table is."""

from __future__ import annotations

from dash import html

from dashboard import comparison, views, wording
from dashboard.app import cards, header, links
from dashboard.app.delta import compact
from dashboard.app.frames import records
from dashboard.app.links import attributes
from dashboard.dataset import Dataset
from dashboard.figures.theme import Medium
from dashboard.schema import ATTRIBUTIONS, DATE_PRECISIONS, GEO_PRECISIONS, TYPE_GROUPS
from dashboard.selection import Selection
from dashboard.views import chosen, sources


def body(dataset: Dataset, selection: Selection, medium: Medium) -> html.Div:
    """Build the open tab; the table itself stands beside it and only shows or hides."""
    build = {"events": _events, "trend": _trend, "actors": _actors, "sources": _sources}
    # A figure that is embedded needs no tab to be named beside it.
    tab = selection.embed if selection.embed in build else selection.tab
    children = build[tab](dataset, selection, medium) if tab in build else _about(dataset)
    return html.Div(children, className=f"tab-{tab}")


def _events(dataset: Dataset, selection: Selection, medium: Medium) -> list:
    return [
        html.Div(
            [
                *header.data_buttons(dataset),
                html.Span(
                    f"{dataset.licence.credit}; cite it with data {dataset.version} and the link"
                    " of this view"
                ),
                html.Button(
                    "Copy citation",
                    type="button",
                    className="chip",
                    **attributes(
                        {
                            "data-do": "cite",
                            "data-path": f"cite/plain{selection.filters.to_query()}",
                            "data-done": "Copied",
                        }
                    ),
                ),
            ],
            className="choices downloads",
        )
    ]


def _view(dataset: Dataset, selection: Selection, medium: Medium, name: str) -> list:
    view = views.view(name)
    return [
        html.P(
            [html.Strong(view.question), " ", views.page_reading(name, dataset, selection)],
            className="card__reading",
        ),
        cards.graph(name, compact(views.screen(name, dataset, selection, medium))),
        html.P(views.alt_text(name, dataset, selection), className="unseen"),
    ]


def _trend(dataset: Dataset, selection: Selection, medium: Medium) -> list:
    compared = chosen.compared(dataset, selection)
    if compared is None:
        words = [html.P(chosen.obstacle(dataset, selection))]
    else:
        told = comparison.sentences(compared, is_curated=dataset.is_curated)
        words = [html.P(text) for text in told]
    return [*words, *_view(dataset, selection, medium, "trend")]


def _actors(dataset: Dataset, selection: Selection, medium: Medium) -> list:
    measures = [
        links.choice(name, links.href(selection, measure=key), is_on=selection.measure == key)
        for key, name in (("events", "Events"), ("killed", "Killed, best figures"))
    ]
    return [
        links.choices("Measure", measures),
        *_view(dataset, selection, medium, "actors"),
        html.P("A click on a circle, row or column filters by it.", className="card__reading"),
    ]


def _sources(dataset: Dataset, selection: Selection, medium: Medium) -> list:
    summary = sources.summary(dataset, selection)
    return [
        *_view(dataset, selection, medium, "sources"),
        html.Div(
            [
                _small_table("Events by independent sources", summary.sources),
                _small_table("Most quoted agencies and papers", summary.agencies.head(12)),
                _small_table("Pages by publisher", summary.publishers.head(12)),
                _small_table("Languages of the reports", summary.languages.head(12)),
            ],
            className="tables",
        ),
    ]


def _small_table(title: str, rows) -> html.Table:
    return html.Table(
        [
            html.Caption(title),
            html.Tbody(
                [
                    html.Tr([html.Th(str(name), scope="row"), html.Td(f"{number:,}")])
                    for name, number in records(rows)
                ]
            ),
        ],
        className="small-table",
    )


def _about(dataset: Dataset) -> list:
    terms = dataset.licence
    return [
        html.H3("What this is"),
        html.P(
            f"The table holds {wording.plural(dataset.size, 'event')}{_span(dataset)}, each with"
            " the pages that report it:"
            f" {wording.plural(dataset.report_count, 'report')} in all. {_kind(dataset)}"
        ),
        html.H3("What is counted"),
        html.P(
            f"{_counting(dataset)} An empty toll is unknown, not zero, and adds nothing to a sum."
            " An overview whose parts carry tolls has none."
        ),
        html.P(
            "Independent sources are counted by agency, not by page: ten papers with one agency's"
            " text are one source."
        ),
        html.H3("How a change is measured"),
        html.P(comparison.METHOD),
        html.H3("Words"),
        html.Dl(
            [
                part
                for table in (TYPE_GROUPS, ATTRIBUTIONS, DATE_PRECISIONS, GEO_PRECISIONS)
                for word in table
                for part in (html.Dt(word.name), html.Dd(word.meaning))
            ],
            className="words",
        ),
        html.H3("Maps"),
        html.P(
            "The outlines are Natural Earth's, in the public domain, simplified; places after"
            " GeoNames, CC BY 4.0. Borders and names imply no judgement; disputed borders are"
            " dashed. A hollow mark stands for a place known only to the district or province, or"
            " for several events of which half or more are; its pale disc shows within what"
            " distance."
        ),
        html.H3("Licence and citation"),
        html.P(
            [
                f"{terms.sentence} Cite it as: {terms.citation}; shown by {wording.NAME}, data"
                f" version {dataset.version}, with the link of the view. The figures come from the"
                " sources named with each event. ",
                *(
                    [html.A("Terms", href=terms.url, target="_blank", rel="noopener")]
                    if terms.url
                    else []
                ),
            ]
        ),
        *_reading(dataset),
    ]


def _counting(dataset: Dataset) -> str:
    if dataset.terms is not None:
        return (
            f"The figures are those of {dataset.terms.name}, by its own rules. Where it gives one"
            " figure, that stands as low, best and high."
        )
    return (
        "Killed counts the dead on every side but the initiators'; for an attack on an armed group"
        " it counts that group's dead. Low and high span what the reports say; best is the figure"
        " that most, or the latest careful, sources give."
    )


def _span(dataset: Dataset) -> str:
    if dataset.days is None:
        return ""
    first, last = map(wording.day_text, dataset.days)
    return f" from {first} to {last}"


def _kind(dataset: Dataset) -> str:
    if not dataset.is_curated:
        return (
            f"It was read from {dataset.name}, a table of {dataset.licence.name}, which means to"
            " hold every event of its kind; its own documentation says how far it does. The strip"
            " under the timeline shows how many sources stand behind each month."
        )
    made = (
        "was curated by hand from public news, encyclopaedia and research pages. It"
        if dataset.terms is None
        else f"was read from {dataset.name}. We take it that it was made by hand: it"
    )
    return (
        f"It {made} is not a census: a month with few events may be a month that was read little,"
        " and the strip under the timeline shows how many reports stand behind each month."
    )


MOST_PROBLEMS = 50


def _reading(dataset: Dataset) -> list:
    """Say what became of each record of a foreign file, and what was taken for granted."""
    report = dataset.report
    if report is None:
        return []
    faults = [*report.problems, *report.warnings]
    more = len(faults) + report.unlisted - MOST_PROBLEMS
    return [
        html.H3("How the file was read"),
        html.P(f"{report.file}, {report.summary}."),
        html.Ul([html.Li(sentence) for sentence in report.assumptions]),
        *([html.Ul([html.Li(str(fault)) for fault in faults[:MOST_PROBLEMS]])] if faults else []),
        *(
            [html.P(f"… and {more:,} more; conflict-timeline check {report.file} lists them all.")]
            if more > 0
            else []
        ),
    ]
