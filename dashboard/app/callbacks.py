"""What happens on a click: one callback turns any wish into a link, and a link into the page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard import views
from dashboard.app import filters, gestures, ids, layout, panel, rows, status, tabs
from dashboard.app.delta import compact, delta
from dashboard.dataset import Dataset
from dashboard.figures.theme import PALETTES, Medium
from dashboard.selection import Selection

# Widths are rounded so that figures can be kept for several readers; a map fills its width exactly.
WIDTH_STEP_PX = 20
PANEL_PX = 330


def register(app: Dash, dataset: Dataset) -> None:
    """Register the page's callbacks on the app."""
    _register_turn(app, dataset)
    _register_rows(app, dataset)
    app.clientside_callback(
        ClientsideFunction("conflict", "turned"),
        Output(ids.SCREEN, "className"),
        Input(ids.DRAWN, "data"),
    )


def _register_turn(app: Dash, dataset: Dataset) -> None:
    figures = {name: Output(ids.graph(name), "figure") for name in layout.FIGURES}
    heads = {name: Output(ids.head(name), "children") for name in layout.FIGURES}

    @app.callback(
        output={
            "search": Output(ids.URL, "search"),
            "drawn": Output(ids.DRAWN, "data"),
            "boxes": {
                "from": Output(ids.FROM, "value"),
                "to": Output(ids.TO, "value"),
                "q": Output(ids.SEARCH, "value"),
            },
            "figures": figures,
            "parts": {
                "filters": Output(ids.FILTERS, "children"),
                "presets": Output(ids.PRESETS, "children"),
                "status": Output(ids.STATUS, "children"),
                "live": Output(ids.LIVE, "children"),
                "notice": Output(ids.NOTICE, "children"),
                "numbers": Output(ids.NUMBERS, "children"),
                "panel": Output(ids.PANEL, "children"),
                "tabs": Output(ids.TABS, "children"),
                "tab_body": Output(ids.TAB_BODY, "children"),
                "heads": heads,
            },
        },
        inputs={
            "search": Input(ids.URL, "search"),
            "viewport": Input(ids.VIEWPORT, "data"),
            "wish": {
                "from": Input(ids.FROM, "value"),
                "to": Input(ids.TO, "value"),
                "q": Input(ids.SEARCH, "value"),
                "gesture": Input(ids.WISH, "data"),
                "row": Input(ids.ROWS, "selectedRows"),
            },
            "drawn": State(ids.DRAWN, "data"),
        },
    )
    def turn(search: str, viewport: dict, wish: dict, drawn: dict | None) -> dict:
        return next_page(dataset, search or "", viewport, wish, drawn, ctx.triggered_prop_ids)


def _register_rows(app: Dash, dataset: Dataset) -> None:
    @app.callback(
        Output(ids.ROWS, "getRowsResponse"),
        Input(ids.ROWS, "getRowsRequest"),
        State(ids.DRAWN, "data"),
    )
    def save(request: dict | None, drawn: dict | None) -> Any:
        if not request:
            return no_update
        return rows.page(dataset, _selection(dataset, (drawn or {}).get("query", "")), request)


def next_page(
    dataset: Dataset,
    search: str,
    viewport: dict | None,
    wish: dict,
    drawn: dict | None,
    triggers: dict[str, str],
) -> dict:
    """Answer one request: the address and every part of the page that must change.

    Args:
        dataset: The table.
        search: The address's query string.
        viewport: The browser's width of each figure in pixels, and whether it is dark.
        wish: What the reader typed, clicked, brushed or selected, by control.
        drawn: The query and viewport of what is on screen; None on the first visit.
        triggers: What set the request off, as Dash names it.
    """
    if not viewport:
        return _nothing()
    selection, problems = Selection.parse(search, dataset.vocabulary)
    if drawn and not any(prop.startswith((f"{ids.URL}.", f"{ids.VIEWPORT}.")) for prop in triggers):
        selection, faults = gestures.follow(dataset, selection, wish, triggers)
        problems += faults
    query = selection.to_query()
    now = {"query": query, "viewport": viewport}
    if drawn == now and not problems:
        return _nothing()
    return _nothing() | {
        "search": query if query != search else no_update,
        "drawn": now,
        "boxes": gestures.boxes(selection),
        "figures": {name: _figure_update(dataset, name, drawn, now) for name in layout.FIGURES},
        "parts": _parts(dataset, selection, problems, viewport),
    }


def _parts(dataset: Dataset, selection: Selection, problems: list[str], viewport: dict) -> dict:
    shown = status.showing(dataset, selection)
    return {
        "filters": filters.contents(dataset, selection),
        "presets": filters.presets(dataset, selection),
        "status": status.line(dataset, selection, shown),
        "live": shown,
        "notice": " ".join(problems),
        "numbers": status.numbers(dataset, selection),
        "panel": panel.contents(dataset, selection, medium("panel", viewport)),
        "tabs": layout.tab_links(selection),
        "tab_body": tabs.body(dataset, selection, medium("tab", viewport)),
        "heads": layout.heads(dataset, selection),
    }


def _nothing() -> dict:
    heads = dict.fromkeys(layout.FIGURES, no_update)
    parts = (
        "filters",
        "presets",
        "status",
        "live",
        "notice",
        "numbers",
        "panel",
        "tabs",
        "tab_body",
    )
    return {
        "search": no_update,
        "drawn": no_update,
        "boxes": dict.fromkeys(("from", "to", "q"), no_update),
        "figures": dict.fromkeys(layout.FIGURES, no_update),
        "parts": {**dict.fromkeys(parts, no_update), "heads": heads},
    }


def medium(part: str, viewport: dict) -> Medium:
    """Return what a part of the page is drawn for: its width and theme in this browser."""
    width = int(viewport.get(part) or viewport.get("timeline") or 1000)
    step = 1 if part == "map" else WIDTH_STEP_PX
    width = max(240, width - width % step)
    palette = PALETTES["dark" if viewport.get("dark") else "light"]
    height = int(viewport.get("mapHeight") or 460) if part == "map" else 0
    return Medium("screen", width, height, 12, framed=False, palette=palette)


def _figure_update(dataset: Dataset, name: str, drawn: dict | None, now: dict) -> Any:
    after = _drawing(dataset, name, now["query"], medium(name, now["viewport"]))
    if not drawn or drawn["viewport"] != now["viewport"]:
        return after
    before = _drawing(dataset, name, drawn["query"], medium(name, drawn["viewport"]))
    if len(before["data"]) != len(after["data"]):
        return after
    return delta(before, after) or no_update


@lru_cache(maxsize=128)
def _drawing(dataset: Dataset, name: str, query: str, on: Medium) -> dict:
    return compact(views.screen(name, dataset, _selection(dataset, query), on))


def _selection(dataset: Dataset, query: str) -> Selection:
    return Selection.parse(query, dataset.vocabulary)[0]
