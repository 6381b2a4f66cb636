"""What happens on a click: one callback turns any wish into a link, and a link into the page."""

from __future__ import annotations

from functools import cache
from typing import Any

import flask
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard import views
from dashboard.app import (
    cards,
    embed,
    filters,
    gestures,
    header,
    history,
    ids,
    keys,
    layout,
    pairs,
    panel,
    rows,
    status,
    story,
    tabs,
)
from dashboard.app.drawing import figures, grounds, medium, sizes
from dashboard.app.live import Live, news
from dashboard.app.markup import to_html
from dashboard.app.site import COMPARE, Site
from dashboard.selection import Selection

# The parts of the page that are filled in with the figures, by the id of their place.
PARTS = {
    "status": ids.STATUS,
    "live": ids.LIVE,
    "notice": ids.NOTICE,
    "story": ids.STORY,
    "numbers": ids.NUMBERS,
    "panel": ids.PANEL,
}
# Those that come with the same answer and are put in place after the figures have drawn: they are
# mostly links with the new address.
LATER = {
    "filters": ids.FILTERS,
    "actors": ids.ACTORS,
    "evidence": ids.EVIDENCE,
    "presets": ids.PRESETS,
    "tabs": ids.TABS,
    "tab_body": ids.TAB_BODY,
    "share": ids.SHARE,
    "embed": ids.EMBED,
    "key": ids.KEY,
    **{f"head_{name}": ids.head(name) for name in cards.FIGURES},
    **{f"words_{name}": ids.words(name) for name in cards.FIGURES},
    **{f"reading_{name}": ids.reading(name) for name in cards.FIGURES},
}
# The parts that hold figures, which only Dash can draw.
DRAWN_PARTS = ("panel", "tab_body")
PLACES = {**PARTS, **LATER}
# The parts that change while the playback runs.
PLAYING = ("status", "numbers")


def register(app: Dash, live: Live) -> None:
    """Register the page's callbacks on the app."""
    _register_turn(app, live)
    _register_rows(app, live)
    app.clientside_callback(
        ClientsideFunction("conflict", "turned"),
        Output(ids.SCREEN, "className"),
        Input(ids.DRAWN, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("conflict", "fill"),
        Output(ids.MAIN, "title"),
        Input(ids.MARKUP, "data"),
    )


def _register_turn(app: Dash, live: Live) -> None:
    @app.callback(
        output={
            "search": Output(ids.URL, "search"),
            "drawn": Output(ids.DRAWN, "data"),
            "boxes": {
                "from": Output(ids.FROM, "value"),
                "to": Output(ids.TO, "value"),
                "q": Output(ids.SEARCH, "value"),
            },
            "figures": {name: Output(ids.graph(name), "figure") for name in cards.FIGURES},
            "drawn_parts": {part: Output(PLACES[part], "children") for part in DRAWN_PARTS},
            "markup": Output(ids.MARKUP, "data"),
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
        answer = next_page(live.now, search or "", viewport, wish, drawn, ctx.triggered_prop_ids)
        return as_sent(answer)


def _register_rows(app: Dash, live: Live) -> None:
    @app.callback(
        Output(ids.ROWS, "getRowsResponse"),
        Input(ids.ROWS, "getRowsRequest"),
        State(ids.DRAWN, "data"),
    )
    def save(request: dict | None, drawn: dict | None) -> Any:
        if not request:
            return no_update
        site = live.now
        selection = site.parse((drawn or {}).get("query", ""))[0]
        return rows.page(site.dataset, selection, request)


def next_page(
    site: Site,
    search: str,
    viewport: dict | None,
    wish: dict,
    drawn: dict | None,
    triggers: dict[str, str],
) -> dict:
    """Answer one request: the address and every part of the page that must change.

    Args:
        site: The table and its stories.
        search: The address's query string.
        viewport: The browser's width of each part in pixels, and whether it is dark.
        wish: What the reader typed, clicked, brushed or selected, by control.
        drawn: The query and viewport of what is on screen; None on the first visit.
        triggers: What set the request off, as Dash names it.
    """
    if not viewport:
        return _nothing()
    # What is on screen may be ahead of the address: the playback leaves it alone.
    is_resized = f"{ids.VIEWPORT}.data" in triggers and (drawn or {}).get("is_whole", True)
    by_address = not drawn or f"{ids.URL}.search" in triggers or is_resized
    selection, problems = site.parse(search if by_address else drawn["query"])  # type: ignore[index]
    if not by_address and f"{ids.VIEWPORT}.data" not in triggers:
        selection, faults = gestures.follow(site.dataset, selection, wish, triggers)
        problems += faults
    # The last gesture stays in its store: it counts only when it set off this request.
    gesture = wish.get("gesture") if f"{ids.WISH}.data" in triggers else None
    is_playing = not by_address and bool((gesture or {}).get("playing"))
    query = selection.to_query()
    before = {key: drawn[key] for key in drawn if key != "grounds"} if drawn else None
    # A page that was drawn in part while playing is drawn whole when it stops.
    now = {
        "query": query,
        "viewport": viewport,
        "is_whole": not is_playing,
        "version": site.dataset.version,
        "beside": site.matched.version if site.matched else "",
        "notice": site.notice,
    }
    problems += news(site, drawn)
    if before == now and not problems:
        same = _nothing() | {"boxes": gestures.boxes(selection)}
        if any(f"{box}.value" in triggers for box in (ids.FROM, ids.TO, ids.SEARCH)):
            # What was typed is what is shown: a box that was wrong before is right now.
            same["parts"]["notice"] = ""
        return same
    # A map that was moved is all that changes.
    is_moved = before is not None and {**before, "viewport": sizes(before["viewport"])} == {
        **now,
        "viewport": sizes(viewport),
    }
    if is_moved and not problems:
        return _nothing() | {
            "drawn": now | {"grounds": grounds(site, now)},
            "figures": figures(site, drawn, now),
        }
    wanted = PLAYING if is_playing else (*PARTS, *LATER)
    parts = _parts(site, selection, problems, viewport, wanted)
    if drawn and is_resized and f"{ids.URL}.search" not in triggers:
        # What the last link got wrong is still so; the address no longer says it.
        parts.pop("notice")
    return {
        # While the playback runs the address stays: it would fill the history with its steps.
        "search": no_update if is_playing or query == search else query,
        "drawn": now | {"grounds": grounds(site, now)},
        "boxes": gestures.boxes(selection),
        "figures": figures(site, drawn, now),
        "parts": {part: parts.get(part, no_update) for part in PARTS},
        "later": no_update if is_playing else [parts[part] for part in LATER],
    }


def as_sent(answer: dict) -> dict:
    """Write the parts of an answer as the browser takes them.

    Those with figures stay components; the others become HTML text, those that can wait apart.
    """
    filled = {
        **answer["parts"],
        **(
            dict.fromkeys(LATER, no_update)
            if answer["later"] is no_update
            else dict(zip(LATER, answer["later"], strict=True))
        ),
    }
    now, later = (
        {
            PLACES[part]: to_html(filled[part])
            for part in parts
            if part not in DRAWN_PARTS and filled[part] is not no_update
        }
        for parts in (PARTS, LATER)
    )
    kept = ("search", "drawn", "boxes", "figures")
    return {
        **{name: answer[name] for name in kept},
        "drawn_parts": {part: filled[part] for part in DRAWN_PARTS},
        "markup": {"now": now, "later": later} if now or later else no_update,
    }


def _parts(
    site: Site,
    selection: Selection,
    problems: list[str],
    viewport: dict,
    wanted: tuple[str, ...],
) -> dict:
    dataset = site.dataset
    shown = status.showing(dataset, selection)
    heads = cache(lambda: cards.heads(dataset, selection))
    found = cache(lambda: filters.facets(dataset, selection))
    build = {
        "filters": lambda: filters.what(dataset, selection, found()),
        "actors": lambda: filters.actors(dataset, selection, found()),
        "evidence": lambda: filters.rest(selection, found()),
        "presets": lambda: filters.presets(dataset, selection, found()),
        "status": lambda: status.line(dataset, selection, shown),
        "live": lambda: shown,
        "notice": lambda: " ".join(problems),
        "story": lambda: story.contents(site, selection),
        "numbers": lambda: status.numbers(dataset, selection),
        "panel": lambda: [
            *panel.contents(dataset, selection, medium("panel", viewport)),
            *history.of_event(site, selection),
        ],
        "tabs": lambda: layout.tab_links(selection, is_compared=site.matched is not None),
        "tab_body": lambda: [
            pairs.body(site.matched, selection, medium("tab", viewport))
            if site.matched and selection.tab == COMPARE
            else tabs.body(dataset, selection, medium("tab", viewport)),
            *history.of_table(site, selection),
        ],
        "share": lambda: header.share(flask.request.host_url, selection, dataset.version),
        "key": lambda: [keys.listed("timeline", dataset, selection, medium("timeline", viewport))],
        "embed": lambda: embed.caption(
            dataset, selection, flask.request.host_url, medium(selection.embed, viewport)
        ),
    }
    for name in cards.FIGURES:
        build[f"head_{name}"] = lambda name=name: heads()[name]
        build[f"reading_{name}"] = lambda name=name: views.page_reading(name, dataset, selection)
        build[f"words_{name}"] = lambda name=name: views.alt_text(name, dataset, selection)
    return {part: build[part]() for part in wanted}


def _nothing() -> dict:
    return {
        "search": no_update,
        "drawn": no_update,
        "boxes": dict.fromkeys(("from", "to", "q"), no_update),
        "figures": dict.fromkeys(cards.FIGURES, no_update),
        "parts": dict.fromkeys(PARTS, no_update),
        "later": no_update,
    }
