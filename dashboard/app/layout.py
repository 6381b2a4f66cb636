"""The page: its fixed parts. What changes with the selection is filled in by `callbacks`."""

from __future__ import annotations

import dash_ag_grid as dag
from dash import dcc, html

from dashboard import views, wording
from dashboard.app import ids, links
from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.views.event_map import regions

# The figures that stand at the top of the page, in order.
FIGURES = ("timeline", "map")
TABS = {"events": "Events", "trend": "Trend", "about": "About"}
GRAPH_CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": True,
    "doubleClick": "reset",
    "responsive": True,
    "plotlyServerURL": "",
    "topojsonURL": "",
    "showTips": False,
}
LANE_NAMES = {"theatre": "Theatre", "country": "Country", "actor": "Actor", "type": "Type"}
COLOUR_NAMES = {"type": "Event type", "attribution": "Attribution", "actor": "Actor family"}


def page(dataset: Dataset) -> html.Div:
    """Return the whole page."""
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Store(id=ids.WISH),
            dcc.Store(id=ids.VIEWPORT),
            dcc.Store(id=ids.DRAWN),
            html.A("Skip to the figures", href="#main", className="skip"),
            _header(dataset),
            html.Div(
                [
                    _filters(dataset),
                    html.Main(
                        [
                            html.Div(id=ids.STATUS, className="status"),
                            html.Div(id=ids.LIVE, className="unseen", role="status"),
                            html.Div(id=ids.NOTICE, className="notice", role="alert"),
                            html.Section(
                                id=ids.NUMBERS,
                                className="numbers",
                                **{"aria-label": "The selection in numbers"},
                            ),
                            _figure("timeline", _brush(), [], []),
                            html.Div(
                                [
                                    _figure("map", _scale(), _map_tools(), _map_notes()),
                                    html.Aside(
                                        id=ids.PANEL,
                                        className="card panel",
                                        **{"aria-label": "Event"},
                                    ),
                                ],
                                className="where",
                            ),
                            html.Section(
                                [
                                    html.Nav(
                                        id=ids.TABS,
                                        className="leaves",
                                        **{"aria-label": "More about the selection"},
                                    ),
                                    html.Div(id=ids.TAB_BODY, className="leaves__body"),
                                    table(dataset),
                                ],
                                className="card",
                            ),
                            _footer(dataset),
                        ],
                        id=ids.MAIN,
                        className="main",
                        tabIndex="-1",
                    ),
                ],
                className="body",
            ),
        ],
        className="page",
        id=ids.SCREEN,
    )


def _header(dataset: Dataset) -> html.Header:
    return html.Header(
        [
            html.H1(html.A(wording.NAME, href="?", className="header__name")),
            html.P(tagline(dataset), className="header__tagline"),
            dcc.Input(
                id=ids.SEARCH,
                type="search",
                debounce=0.3,
                placeholder="Search places, actors, titles",
                className="search",
                name="q",
                autoComplete="off",
            ),
            html.Details(
                [
                    html.Summary("Filters", className="button button--filters"),
                ],
                className="header__filters",
            ),
            html.Button(
                "Copy link",
                className="button",
                type="button",
                **{"data-do": "copy-link", "data-done": "Link copied"},
            ),
            _downloads(),
            html.Button(
                "◐",
                className="button",
                type="button",
                title="Light or dark",
                **{"data-do": "theme", "aria-label": "Change between light and dark"},
            ),
        ],
        className="header",
    )


def tagline(dataset: Dataset) -> str:
    """Say what the table is in one line."""
    return (
        f"ISIS and its affiliates · {wording.plural(len(dataset.events), 'event')},"
        f" {wording.plural(len(dataset.reports), 'source report')},"
        f" to {dataset.last_day:%b %Y} · data {dataset.version}"
    )


def _downloads() -> html.Details:
    def item(text: str, view: str, form: str) -> html.Button:
        return html.Button(
            text,
            className="menu__item",
            type="button",
            **{"data-do": "download", "data-view": view, "data-form": form},
        )

    items = []
    for name in (*FIGURES, "trend"):
        title = views.VIEWS[name].title
        items += [item(f"{title} as PNG", name, "png"), item(f"{title} as SVG", name, "svg")]
    items.append(
        html.Button(
            "Events as CSV",
            className="menu__item",
            type="button",
            **{"data-do": "fetch", "data-path": "download/events.csv"},
        )
    )
    return html.Details(
        [
            html.Summary("Download", className="button button--primary"),
            html.Div(items, className="menu__list"),
        ],
        className="menu",
    )


def _filters(dataset: Dataset) -> html.Aside:
    days = html.Div(
        [
            html.H3("Window", className="filters__title"),
            html.Div(
                [
                    dcc.Input(
                        id=ids.FROM,
                        type="text",
                        debounce=True,
                        placeholder="from",
                        className="day",
                        name="from",
                        inputMode="numeric",
                        autoComplete="off",
                    ),
                    html.Span("–", **{"aria-hidden": "true"}),
                    dcc.Input(
                        id=ids.TO,
                        type="text",
                        debounce=True,
                        placeholder="to",
                        className="day",
                        name="to",
                        inputMode="numeric",
                        autoComplete="off",
                    ),
                ],
                className="days",
            ),
            html.P("2021, 2021-03 or 2021-03-24", className="filters__note"),
            html.Div(id=ids.PRESETS, className="presets"),
        ],
        className="filters__block",
        role="group",
        **{"aria-label": "Window of time"},
    )
    return html.Aside(
        [days, html.Div(id=ids.FILTERS)],
        className="filters",
        **{"aria-label": "Filters"},
    )


def _figure(name: str, extras: list, tools: list, notes: list) -> html.Section:
    view = views.VIEWS[name]
    return html.Section(
        [
            html.Div(
                [
                    html.H2(view.question, className="card__title"),
                    html.P(view.reading, className="card__reading"),
                    html.Div(id=ids.head(name), className="card__controls"),
                    *tools,
                ],
                className="card__head",
            ),
            html.Div(
                [
                    dcc.Graph(
                        id=ids.graph(name),
                        figure={"data": [], "layout": {}},
                        config=GRAPH_CONFIG,
                        responsive="auto",
                        className=f"figure figure--{name}",
                    ),
                    *extras,
                ],
                className=f"stage stage--{name}",
            ),
            *notes,
        ],
        className="card",
        **{"aria-label": view.question},
    )


def _brush() -> list:
    """The window on the months: two handles that are sliders, and the part between them."""
    return [
        html.Div(
            [
                html.Div(className="brush__window"),
                *(
                    html.Div(
                        className=f"brush__handle brush__handle--{side}",
                        role="slider",
                        tabIndex="0",
                        **{
                            "aria-label": label,
                            "aria-orientation": "horizontal",
                            "aria-valuemin": "0",
                            "aria-valuemax": "1",
                            "aria-valuenow": "0",
                            "data-side": side,
                        },
                    )
                    for side, label in (("from", "First month shown"), ("to", "Last month shown"))
                ),
            ],
            className="brush",
            id=ids.BRUSH,
        )
    ]


def _map_tools() -> list:
    return [
        html.Div(
            [
                html.Button(
                    mark,
                    type="button",
                    className="tool",
                    title=label,
                    **{"data-do": "map", "data-map": action, "aria-label": label},
                )
                for mark, label, action in (
                    ("+", "Zoom in", "in"),
                    ("−", "Zoom out", "out"),
                    ("▭", "Choose events in a box", "select"),
                    ("⌇", "Choose events in a free shape", "lasso"),
                )
            ],
            className="tools",
            role="group",
            **{"aria-label": "Map tools"},
        )
    ]


def _scale() -> list:
    return [html.Div(id=ids.SCALE, className="scale", **{"aria-hidden": "true"})]


def _map_notes() -> list:
    return [
        html.P(
            "Hollow: the place is approximate and lies within the thin ring. Squares: toll unknown."
            " Borders and names imply no judgement; disputed borders are dashed.",
            className="card__note",
        )
    ]


def heads(dataset: Dataset, selection: Selection) -> dict[str, list]:
    """Build the links above each figure."""
    return {
        "timeline": [
            links.choices(
                "Lanes",
                [
                    links.choice(
                        name, links.href(selection, lanes=key), is_on=selection.lanes == key
                    )
                    for key, name in LANE_NAMES.items()
                ],
            ),
            links.choices(
                "Colour",
                [
                    html.Span("Colour", className="choices__name"),
                    *(
                        links.choice(
                            name,
                            links.href(selection, colour=key),
                            is_on=selection.colour == key,
                        )
                        for key, name in COLOUR_NAMES.items()
                    ),
                ],
            ),
            html.A(
                "Zoom to window",
                href=links.href(selection, zoom=not selection.zoom),
                className="choice choice--on" if selection.zoom else "choice",
                role="switch",
                **{"aria-checked": "true" if selection.zoom else "false"},
            ),
        ],
        "map": [
            links.choices(
                "Region",
                [
                    links.choice(name, links.href(selection, map=key), is_on=selection.map == key)
                    for key, name in regions(dataset).items()
                ],
            )
        ],
    }


def tab_links(selection: Selection) -> list:
    """Build the links of the tabs."""
    return [
        links.choice(name, links.href(selection, tab=key), is_on=selection.tab == key, look="leaf")
        for key, name in TABS.items()
    ]


def table(dataset: Dataset) -> dag.AgGrid:
    """Return the table of events; its rows come page by page."""
    text = {"filter": "agTextColumnFilter"}
    count = {"filter": "agNumberColumnFilter", "type": "rightAligned", "maxWidth": 110}
    return dag.AgGrid(
        id=ids.ROWS,
        rowModelType="infinite",
        columnDefs=[
            {"field": "date", "headerName": "Date", **text, "minWidth": 120, "maxWidth": 190},
            {"field": "title", "headerName": "Event", **text, "minWidth": 220, "flex": 3},
            {"field": "place", "headerName": "Place", **text, "minWidth": 120, "flex": 1},
            {"field": "country", "headerName": "Country", **text, "minWidth": 90, "maxWidth": 130},
            {"field": "type", "headerName": "Type", **text, "minWidth": 110, "maxWidth": 170},
            {
                "field": "sides",
                "headerName": "Initiator → target",
                **text,
                "minWidth": 150,
                "flex": 1,
            },
            {"field": "killed", "headerName": "Killed", **count},
            {"field": "range", "headerName": "Low–high", "maxWidth": 110, "sortable": False},
            {"field": "wounded", "headerName": "Wounded", **count},
            {"field": "sources", "headerName": "Sources", **count},
        ],
        defaultColDef={"sortable": True, "resizable": True, "floatingFilter": False},
        dashGridOptions={
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
            "cacheBlockSize": 100,
            "maxBlocksInCache": 20,
            "rowHeight": 34,
            "headerHeight": 36,
            "suppressCellFocus": False,
            "theme": {"function": "gridTheme(theme)"},
        },
        getRowId="params.data.event_id",
        className="grid",
        dangerously_allow_code=False,
    )


def _footer(dataset: Dataset) -> html.Footer:
    return html.Footer(
        [
            html.P(
                f"{wording.NAME} is a curated table: it counts events that were read and sourced,"
                " not all that happened. Borders and names on the maps imply no judgement."
            ),
            html.P(
                f"Data {dataset.version}, CC BY 4.0; figures come from the sources named with each"
                " event. Base map: Natural Earth, public domain."
            ),
        ],
        className="footer",
    )
