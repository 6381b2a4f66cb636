"""The page: its fixed parts. What changes with the selection is filled in by `callbacks`."""

from __future__ import annotations

from dash import dcc, html

from dashboard.app import cards, header, ids, links
from dashboard.app.grid import grid
from dashboard.app.links import attributes
from dashboard.app.site import COMPARE, Site
from dashboard.dataset import Dataset
from dashboard.provenance import OURS
from dashboard.selection import Selection
from dashboard.views import asking

TABS = {
    "events": "Events",
    "trend": "Trend",
    "actors": "Actors",
    "sources": "Sources",
    "compare": "Compare",
    "about": "About",
}
SPEEDS = (1, 2, 4, 8)


def page(site: Site) -> html.Div:
    """Return the whole page."""
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Store(id=ids.WISH),
            dcc.Store(id=ids.VIEWPORT),
            dcc.Store(id=ids.DRAWN),
            dcc.Store(id=ids.MARKUP),
            html.A("Skip to the figures", href=f"#{ids.MAIN}", className="skip"),
            header.header(site),
            html.Div([_filters(), _main(site)], className="body"),
            header.shortcuts(),
        ],
        className="page page--waiting",
        id=ids.SCREEN,
    )


def _main(site: Site) -> html.Main:
    return html.Main(
        [
            html.Div(id=ids.EMBED, className="embed"),
            html.Div(
                [
                    html.Div(id=ids.STATUS, className="status__pills"),
                    _player(),
                ],
                className="status",
            ),
            html.Div(id=ids.LIVE, className="unseen", role="status"),
            html.Div(id=ids.NOTICE, className="notice", role="alert"),
            html.Section(id=ids.STORY, className="story", **attributes({"aria-label": "Story"})),
            html.Section(
                id=ids.NUMBERS,
                className="numbers",
                **attributes({"aria-label": "The selection in numbers"}),
            ),
            cards.card("timeline"),
            html.Div(
                [
                    cards.card("map"),
                    html.Aside(
                        id=ids.PANEL,
                        className="card panel",
                        tabIndex="0",
                        **attributes({"aria-label": "Event"}),
                    ),
                ],
                className="where",
            ),
            html.Section(
                [
                    html.Nav(
                        id=ids.TABS,
                        className="leaves",
                        **attributes({"aria-label": "More about the selection"}),
                    ),
                    html.Div(id=ids.TAB_BODY, className="leaves__body"),
                    grid(),
                ],
                className="card card--leaves",
                **attributes({"aria-label": "More about the selection"}),
            ),
            _footer(site.dataset),
        ],
        id=ids.MAIN,
        className="main",
        tabIndex="-1",
        **attributes(
            {
                "data-size": "small" if asking.is_held(site.dataset) else "large",
            }
        ),
    )


def _player() -> html.Div:
    """The playback: one clock for timeline and map."""
    speeds = [
        html.Button(
            f"{speed}×",
            type="button",
            className="chip",
            **attributes(
                {
                    "data-do": "speed",
                    "data-speed": str(speed),
                    "aria-pressed": "true" if speed == 1 else "false",
                    "aria-label": f"Speed {speed}",
                }
            ),
        )
        for speed in SPEEDS
    ]
    return html.Div(
        [
            html.Button(
                "Growing window",
                type="button",
                className="chip",
                title="Keep the first day and only move the last",
                **attributes({"data-do": "growing", "aria-pressed": "false"}),
            ),
            *speeds,
            html.Button(
                "▶ Play",
                type="button",
                className="button player__play",
                **attributes({"data-do": "play", "aria-pressed": "false"}),
            ),
        ],
        className="player",
        role="group",
        **attributes({"aria-label": "Playback"}),
    )


def _filters() -> html.Aside:
    return html.Aside(
        [
            html.Div(
                [
                    html.H2("Window", className="filters__title"),
                    html.Div(
                        [
                            _day(ids.FROM, "from"),
                            html.Span("–", **attributes({"aria-hidden": "true"})),
                            _day(ids.TO, "to"),
                        ],
                        className="days",
                    ),
                    html.P("2021, 2021-03 or 2021-03-24", className="filters__note"),
                    html.Div(id=ids.PRESETS, className="presets"),
                ],
                className="filters__block filters__block--window",
                role="group",
                **attributes({"aria-label": "Window of time"}),
            ),
            html.Div(id=ids.FILTERS),
            html.Div(
                [
                    html.H2("Actor", className="filters__title"),
                    dcc.Input(
                        type="search",
                        id=ids.ACTOR_SEARCH,
                        placeholder="Find an actor",
                        className="actor-search",
                        autoComplete="off",
                    ),
                    html.Div(id=ids.ACTORS),
                ],
                className="filters__block",
                role="group",
                **attributes({"aria-label": "Actor"}),
            ),
            html.Div(id=ids.EVIDENCE),
        ],
        className="filters",
        id=ids.FILTER_COLUMN,
        **attributes({"aria-label": "Filters"}),
    )


def _day(box: str, name: str) -> dcc.Input:
    return dcc.Input(
        id=box,
        type="text",
        debounce=True,
        placeholder=name,
        className="day",
        name=name,
        autoComplete="off",
    )


def tab_links(selection: Selection, *, is_compared: bool = False) -> list:
    """Build the links of the tabs; that of a comparison only where a second table is served."""
    return [
        links.choice(name, links.href(selection, tab=key), is_on=selection.tab == key, look="leaf")
        for key, name in TABS.items()
        if is_compared or key != COMPARE
    ]


def _footer(dataset: Dataset) -> html.Footer:
    return html.Footer(
        [
            html.P(
                [
                    "This is a curated table: it counts events that were read and sourced, not all"
                    " that happened. "
                    if dataset.licence is OURS
                    else f"{dataset.name}. {dataset.licence.sentence} ",
                    "Borders and names on the maps imply no judgement.",
                ]
            ),
            html.P(
                f"Data {dataset.version}, {dataset.licence.credit}; figures come from the sources"
                " named with each event. Base map: Natural Earth, public domain; places: GeoNames,"
                " CC BY 4.0."
            ),
        ],
        className="footer",
    )
