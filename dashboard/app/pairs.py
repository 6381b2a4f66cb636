"""The tab that lays two tables side by side: their months, their pairs, whose they are."""

from __future__ import annotations

from dash import html

from dashboard import wording
from dashboard.app import cards, links
from dashboard.app.delta import compact
from dashboard.app.links import attributes
from dashboard.app.site import COMPARE
from dashboard.dataset import Dataset
from dashboard.figures.theme import Medium
from dashboard.matching import review
from dashboard.selection import Selection
from dashboard.views import common, compare
from dashboard.views.matched import Comparison, Matched, comparison

# More pairs than these are counted, not listed: `match` writes them all.
MOST_PAIRS = 100
WEB = ("http://", "https://")
_FIGURES = ("low", "best", "high")


def body(matched: Matched, selection: Selection, medium: Medium) -> html.Div:
    """Build the tab: the figure, the pairs with both tolls, the terms of both sources."""
    found = comparison(matched, selection)
    texts = compare.texts(matched, selection)
    return html.Div(
        [
            html.P([html.Strong(texts.title), " ", texts.subtitle], className="card__reading"),
            cards.graph(COMPARE, compact(compare.screen(matched, selection, medium))),
            html.P(" ".join(compare.in_words(matched, selection)), className="unseen"),
            *(_pairs(matched, found, selection) if found is not None else ()),
            *_terms(matched),
        ],
        className="tab-compare",
    )


def _pairs(matched: Matched, found: Comparison, selection: Selection) -> list:
    if found.pairs.empty:
        return [html.P("No event of one table seems to be in the other.")]
    shown = found.pairs.head(MOST_PAIRS)
    their_ids = matched.other.events["event_id"].iloc[shown["b"]].to_list()
    pages = _pages(matched.other, their_ids)
    sides = zip(
        review.rows(matched.one, matched.other, shown, matched.spoken),
        *(
            dataset.events.iloc[shown[column]].to_dict("records")
            for dataset, column in ((matched.one, "a"), (matched.other, "b"))
        ),
        strict=True,
    )
    head = ("Pair", *matched.names, "What agrees", "What does not")
    more = len(found.pairs) - len(shown)
    return [
        html.Div(
            html.Table(
                [
                    html.Caption(
                        "The pairs, the likeliest first. A suggestion is not a finding: open both"
                        " before you say that they are one event."
                    ),
                    html.Thead(html.Tr([html.Th(name, scope="col") for name in head])),
                    html.Tbody(
                        [_pair(said, a, b, pages, selection) for said, a, b in sides],
                    ),
                ],
                className="small-table",
            ),
            className="pairs",
            tabIndex="0",
            role="region",
            **attributes({"aria-label": "Pairs of events"}),
        ),
        *([html.P(f"… and {more:,} more; the command match writes them all.")] if more else ()),
    ]


def _pair(said: dict[str, str], a: dict, b: dict, pages: dict[str, str], selection: Selection):
    state = "confirmed" if said["decision"] == review.YES else f"suggested, score {said['score']}"
    ours = html.A(a["title"], href=links.href(selection, event=a["event_id"]))
    page = pages.get(b["event_id"], "")
    theirs = html.A(b["title"], href=page, target="_blank", rel="noopener") if page else b["title"]
    return html.Tr(
        [
            html.Th(state, scope="row"),
            *(html.Td(_side(name, event)) for name, event in ((ours, a), (theirs, b))),
            html.Td(said["agreements"]),
            html.Td(said["gaps"]),
        ]
    )


def _side(name, event: dict) -> list:
    dead = common.toll_text(*(event[f"killed_{figure}"] for figure in _FIGURES))
    days = event["start_date"].date(), event["end_date"].date(), event["date_precision"]
    return [
        name,
        html.Br(),
        f"{wording.days_text(*days)} · ",
        html.Span(dead, className="pairs__toll"),
        html.Br(),
        html.Small(event["event_id"]),
    ]


def _pages(dataset: Dataset, event_ids: list[str]) -> dict[str, str]:
    """Return the first web page of each event that has one."""
    reports = dataset.reports_of(event_ids)
    found = reports[reports["url"].str.startswith(WEB)].drop_duplicates("event_id")
    return dict(zip(found["event_id"], found["url"], strict=True))


def _terms(matched: Matched) -> list:
    return [
        html.P(
            [
                html.Strong(f"{name}: "),
                f"{dataset.licence.credit}, data {dataset.version}. {dataset.licence.sentence} ",
                *(
                    [html.A("Terms", href=dataset.licence.url, target="_blank", rel="noopener")]
                    if dataset.licence.url
                    else []
                ),
            ],
            className="card__reading",
        )
        for name, dataset in zip(matched.names, (matched.one, matched.other), strict=True)
    ]
