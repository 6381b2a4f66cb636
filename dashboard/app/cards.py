"""The figures' frames: heading, the links above, the tools, the words beside."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard import views
from dashboard.app import ids, links
from dashboard.app.links import attributes
from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.views.event_map import regions

# The figures that stand at the top of the page, in order.
FIGURES = ("timeline", "map")
GRAPH_CONFIG: Any = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": True,
    "doubleClick": "reset",
    "responsive": True,
    "plotlyServerURL": "",
    "topojsonURL": "",
    "showTips": False,
}
STILL_CONFIG: Any = {**GRAPH_CONFIG, "scrollZoom": False}
LANE_NAMES = {"theatre": "Theatre", "country": "Country", "actor": "Actor", "type": "Type"}
COLOUR_NAMES = {"type": "Event type", "attribution": "Attribution", "actor": "Actor family"}
MAP_TOOLS = (
    ("+", "Zoom in", "in"),
    ("−", "Zoom out", "out"),
    ("▭", "Choose events in a box", "select"),
    ("⌇", "Choose events in a free shape", "lasso"),
)


def card(name: str) -> html.Section:
    """Build the frame of one figure at the top of the page."""
    view = views.VIEWS[name]
    return html.Section(
        [
            html.Div(
                [
                    html.H2(view.question, className="card__title"),
                    html.P(view.reading, className="card__reading", id=ids.reading(name)),
                    html.Div(id=ids.head(name), className="card__controls"),
                    *(_map_tools() if name == "map" else ()),
                ],
                className="card__head",
            ),
            # One key stands for both figures: they have the same colours.
            *([html.Div(id=ids.KEY, className="card__key")] if name == "timeline" else ()),
            html.Div(
                [
                    dcc.Graph(
                        id=ids.graph(name),
                        figure={"data": [], "layout": {}},
                        config=GRAPH_CONFIG,
                        responsive="auto",
                        className=f"figure figure--{name}",
                    ),
                    *(_brush() if name == "timeline" else _scale()),
                ],
                className=f"stage stage--{name}",
            ),
            html.P(id=ids.words(name), className="unseen"),
            *(_map_notes() if name == "map" else ()),
        ],
        className=f"card card--{name}",
        **attributes({"aria-label": view.question}),
    )


def graph(name: str, figure: dict) -> dcc.Graph:
    """Return a figure that only shows: no zoom, no buttons."""
    return dcc.Graph(
        id=ids.graph(name),
        figure=figure,
        config=STILL_CONFIG,
        responsive="auto",
        className="figure",
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
                        **attributes(
                            {
                                "aria-label": label,
                                "aria-orientation": "horizontal",
                                "aria-valuemin": "0",
                                "aria-valuemax": "1",
                                "aria-valuenow": "0",
                                "data-side": side,
                            }
                        ),
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
                    **attributes({"data-do": "map", "data-map": action, "aria-label": label}),
                )
                for mark, label, action in MAP_TOOLS
            ],
            className="tools",
            role="group",
            **attributes({"aria-label": "Map tools"}),
        )
    ]


def _scale() -> list:
    return [html.Div(className="scale", **attributes({"aria-hidden": "true"}))]


def _map_notes() -> list:
    return [
        html.P(
            "Hollow: the place, or that of half its events or more, is approximate and lies within"
            " the pale disc. Squares: toll unknown. Borders and names imply no judgement; disputed"
            " borders are dashed.",
            className="card__note",
        )
    ]


def heads(dataset: Dataset, selection: Selection) -> dict[str, list]:
    """Build the links above each figure."""
    return {"timeline": _timeline_head(selection), "map": _map_head(dataset, selection)}


def _timeline_head(selection: Selection) -> list:
    lanes = [
        links.choice(name, links.href(selection, lanes=key), is_on=selection.lanes == key)
        for key, name in LANE_NAMES.items()
    ]
    colours = [
        links.choice(name, links.href(selection, colour=key), is_on=selection.colour == key)
        for key, name in COLOUR_NAMES.items()
    ]
    return [
        links.choices("Lanes", lanes),
        links.choices("Colour", [html.Span("Colour", className="choices__name"), *colours]),
        html.A(
            "Zoom to window",
            href=links.href(selection, zoom=not selection.zoom),
            className="choice choice--on" if selection.zoom else "choice",
            role="switch",
            **attributes({"aria-checked": "true" if selection.zoom else "false"}),
        ),
    ]


def _map_head(dataset: Dataset, selection: Selection) -> list:
    found = [
        links.choice(name, links.href(selection, map=key), is_on=selection.map == key)
        for key, name in regions(dataset).items()
    ]
    return [links.choices("Region", found)]
