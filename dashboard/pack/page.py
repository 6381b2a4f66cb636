"""Pages that open from disk, without a server or a network: all they need is in them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboard import paths, pictures, views, wording
from dashboard.dataset import Dataset
from dashboard.errors import ExportError
from dashboard.export import page_script
from dashboard.export.page import load_faces
from dashboard.figures.theme import LIGHT, Medium
from dashboard.pack import rows
from dashboard.pictures import Order
from dashboard.selection import Selection
from dashboard.views import chosen, common, event_map, spans
from dashboard.views.months import bar_rows, milliseconds
from dashboard.views.spots import place_rows

HERE = Path(__file__).resolve().parent
TIMELINE_PX, MAP_PX, MAP_HEIGHT_PX = 1170, 722, 560
# A second line under the axis, for the years of months.
YEARS_PX = 16
# With what the reports say of so many, the page stays well under 8 MB.
MOST_EVENTS = 1_000
POLICY = (
    "default-src 'none'; script-src {}; style-src 'unsafe-inline'; font-src data:; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)


def single(order: Order, dataset: Dataset) -> bytes:
    """Return a page with one picture that can be zoomed and asked.

    Raises:
        SelectionError, ExportError: As `pictures.figure` and `check_terms` do.
    """
    check_terms(dataset)
    figure = pictures.figure(order, dataset).to_dict()
    words = views.alt_text(order.view, dataset, order.selection(dataset))
    body = (
        f'<main class="picture"><div class="stage"><div id="picture" role="img"'
        f' aria-label="{_escaped(words)}"></div></div></main>'
    )
    recipe = pictures.recipe(order, dataset)
    facts = {"figures": {"picture": _drawing(figure, figure["layout"]["width"])}}
    return _page(recipe["title"], body, facts, recipe)


def check_terms(dataset: Dataset) -> None:
    """Make sure that a page may hold the rows of a table: what can be asked of it is in it.

    Raises:
        ExportError: The terms of the table's source do not let its rows be passed on.
    """
    if not dataset.licence.may_redistribute:
        raise ExportError(
            "A page that can be asked holds the rows behind its picture."
            f" {dataset.licence.sentence} Draw it as PNG, SVG or PDF."
        )


def linked(order: Order, dataset: Dataset, citation: str) -> bytes:
    """Return a page with timeline and map, both filtered by dragging over the months.

    Args:
        order: Its query says what the page holds.
        dataset: The table.
        citation: Stands at the foot.
    """
    selection = order.selection(dataset)
    shown = rows.part(dataset, selection, MOST_EVENTS)
    facts = _facts(shown, selection) if len(shown.events) else {}
    total = chosen.number(dataset, selection)
    recipe = pictures.recipe(order, dataset)
    filters = wording.selection_in_words(dataset, selection)
    words = [
        f"{filters[:1].upper()}{filters[1:]}.",
        common.toll_range(dataset, selection),
    ]
    if total > len(shown.events):
        words.append(
            f"This page shows the {wording.plural(len(shown.events), 'event')} with most dead of"
            f" {total:,}; events.csv holds all."
        )
    foot = (*pictures.caption(dataset, selection, order.link).splitlines(), f"Cite: {citation}")
    drag = "Drag over the months to choose a period; both figures follow." if dataset.days else ""
    texts = {
        "name": f"{wording.NAME} · data {dataset.version}",
        "headline": recipe["title"],
        "words": " ".join(filter(None, words)),
        "reading": f"{views.page_reading('timeline', dataset, selection)} {drag}".strip(),
        "count": wording.plural(len(shown.events), "event"),
        "map": "" if "map" in facts.get("figures", ()) else "None of these events has a place.",
    }
    body = _filled("linked.html" if facts else "empty.html", texts)
    body = body.replace("{{foot}}", "".join(f"<p>{_escaped(line)}</p>" for line in foot))
    return _page(recipe["title"], body.replace("{{keys}}", _keys(shown, selection)), facts, recipe)


def _keys(dataset: Dataset, selection: Selection) -> str:
    """Return the key of both figures: a mark and its meaning each."""
    medium = Medium("screen", TIMELINE_PX, 0, 12, framed=False)
    found = views.VIEWS["timeline"].keys(dataset, selection, medium) if dataset.days else []
    return "".join(
        f'<li class="key key--{key.mark}" style="--fill: {key.fill or "transparent"};'
        f' --edge: {key.edge}">{_escaped(key.text)}</li>'
        for key in found
    )


def _facts(dataset: Dataset, selection: Selection) -> dict[str, Any]:
    """Return what page.js reads: figures, events, the events of a place, edges of the months."""
    whole = selection.with_(zoom=True, event="", at=(), map=event_map.FIT)
    if len(dataset.theatres) > 1:
        whole = whole.with_(map="")
    events = chosen.described(dataset)
    numbers = pd.Series(range(len(events)), index=events.index)
    places = place_rows(dataset, whole)
    here = {spot: numbers[group.index].tolist() for spot, group in events.groupby("spot")}
    period = bar_rows(dataset, whole, spans.window_span(dataset, whole))[1][0].upper()
    first, last = spans.window(dataset, selection)
    end = last + pd.Timedelta(days=1)
    starts = pd.period_range(first, end, freq=period).to_timestamp()
    edges = [first, *starts[(starts > first) & (starts < end)], end]
    media = {"timeline": Medium("screen", TIMELINE_PX, 0, 12, framed=False)}
    if len(places):
        media["map"] = Medium("screen", MAP_PX, MAP_HEIGHT_PX, 12, framed=False)
    return {
        "figures": {
            view: _drawing(
                _without_hovers(views.screen(view, dataset, whole, medium), set(events.index)),
                medium.width_px,
                YEARS_PX if view == "timeline" else 0,
            )
            for view, medium in media.items()
        },
        # The same six names before each of thousands of reports would be a tenth of it all.
        "events": [
            event | {"sources": [list(source.values()) for source in event["sources"]]}
            for event in rows.facts(dataset)
        ],
        "places": {
            key: here[spot]
            for key, spot in zip(places["key"], events["spot"][places["first_id"]], strict=True)
        },
        "edges": [milliseconds(edge) for edge in edges],
        "ghost": [LIGHT.ghost, LIGHT.ghost_edge],
    }


def _without_hovers(spec: Mapping[str, Any], ids: set[str]) -> dict[str, Any]:
    """Leave out what a mark of one event says: the page writes it from the event itself."""
    traces = []
    for trace in spec["data"]:
        if "customdata" in trace and "text" in trace:
            pairs = zip(trace["customdata"], trace["text"], strict=True)
            trace = {**trace, "text": [None if key in ids else text for key, text in pairs]}
        traces.append(trace)
    return {**spec, "data": traces}


def _drawing(spec: Mapping[str, Any], width_px: int, foot_px: int = 0) -> dict[str, Any]:
    """Return a figure with its size; `foot_px` is added under it."""
    layout = {**spec["layout"], "width": width_px}
    if foot_px:
        layout["height"] += foot_px
        layout["margin"] = {**layout["margin"], "b": layout["margin"]["b"] + foot_px}
    return {"data": spec["data"], "layout": layout}


def _page(title: str, body: str, facts: Mapping[str, Any], recipe: Mapping[str, str]) -> bytes:
    assets = paths.folder("assets")
    plotly = assets / "plotly" / "plotly.min.js"
    try:
        styles = [face.rule for face in load_faces(assets / "fonts")]
        styles += [
            path.read_text(encoding="utf-8") for path in (assets / "tokens.css", HERE / "page.css")
        ]
        sources = (assets / "geo" / "plotly_geo_assets.js", plotly, HERE / "page.js")
        scripts = [path.read_text(encoding="utf-8") for path in sources] if facts else []
    except OSError as error:
        raise ExportError(f"{error.filename} is missing. Install the program anew.") from None
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts) or "'none'"
    parts = {
        "policy": _escaped(POLICY.format(hashes)),
        "title": _escaped(title),
        "recipe": page_script(recipe),
        "styles": "\n".join(styles),
        "body": body,
        "facts": packed(facts),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    # One pass: what is put in is never looked through again.
    pieces = (HERE / "page.html").read_text(encoding="utf-8").split("{{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}}")
        filled += [parts[name], rest]
    return "".join(filled).encode()


def _filled(name: str, texts: Mapping[str, str]) -> str:
    template = (HERE / name).read_text(encoding="utf-8")
    for key, text in texts.items():
        template = template.replace(f"{{{{{key}}}}}", _escaped(text).replace("{", "&#123;"))
    return template


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _escaped(text: str) -> str:
    return html.escape(text)


def packed(facts: Mapping[str, Any]) -> str:
    """Write JSON, as short as it gets, packed by gzip and in base64, which no text can end.

    Packed it is half as long; page.js unpacks it with what browsers have had since 2023.
    """
    text = json.dumps(_plain(facts), ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _plain(value: Any) -> Any:
    """Bring a figure to what JSON knows: lists for arrays, null for NaN, four decimals."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        if not np.isfinite(value):
            return None
        rounded = round(value, 4)
        return int(rounded) if rounded.is_integer() else rounded
    return value
