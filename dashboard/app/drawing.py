"""The page's two figures: for which width and view they are drawn, and what of them is sent."""

from __future__ import annotations

from typing import Any

from dash import no_update

from dashboard import views
from dashboard.answers import answered_once
from dashboard.app import cards
from dashboard.app.delta import anew, compact, delta, ground
from dashboard.app.site import Site
from dashboard.figures.theme import PALETTES, Medium

# Widths are rounded so that figures can be kept for several readers; a map fills its width exactly.
WIDTH_STEP_PX = 20
# No table's days lie farther from 1970: some ten thousand years.
LONGEST_MS = 3e14


def medium(part: str, viewport: dict) -> Medium:
    """Return what a part of the page is drawn for: its width and theme in this browser."""
    width = int(viewport.get(part) or viewport.get("timeline") or 1000)
    step = 1 if part == "map" else WIDTH_STEP_PX
    width = max(240, width - width % step)
    palette = PALETTES["dark" if viewport.get("dark") else "light"]
    height = int(viewport.get("mapHeight") or 460) if part == "map" else 0
    seen_of, seen = SEEN.get(part, _seen_nothing)(viewport)
    return Medium(
        "screen",
        width,
        height,
        12,
        framed=False,
        palette=palette,
        seen=seen,
        seen_of=seen_of,
    )


# What `Medium` calls seen_of and seen.
_Seen = tuple[str, tuple[tuple[str, tuple[float, ...]], ...]]


def _seen_nothing(_: dict) -> _Seen:
    return "", ()


def _seen_maps(viewport: dict) -> _Seen:
    seen = viewport.get("seen") or {}
    boxes = tuple(
        (str(name), tuple(map(float, box)))
        for name, box in sorted(seen.get("boxes", {}).items())
        # A browser may say anything: what is no box of degrees is not looked at.
        if len(box) == 4
        and all(abs(float(side)) <= 540 for side in box)
        and box[0] < box[2]
        and box[1] < box[3]
    )
    return str(seen.get("key", "")), boxes


def _seen_time(viewport: dict) -> _Seen:
    seen = viewport.get("seenTime") or {}
    span = tuple(map(float, seen.get("span", ())))
    if len(span) != 2 or not -LONGEST_MS < span[0] < span[1] < LONGEST_MS:
        return "", ()
    return str(seen.get("key", "")), (("time", span),)


# The figures that the reader may move, and how the browser says what of them is in view.
SEEN = {"map": _seen_maps, "timeline": _seen_time}


def figures(site: Site, drawn: dict | None, now: dict) -> dict:
    """Return each figure of the page, or what turns the one on screen into it."""
    return {name: _figure_update(site, name, drawn, now) for name in cards.FIGURES}


def _figure_update(site: Site, name: str, drawn: dict | None, now: dict) -> Any:
    after = _drawing(site, name, now["query"], medium(name, now["viewport"]))
    # A figure of an earlier state of the table may be on screen: what was drawn then is not known.
    if not drawn or drawn.get("version") != now["version"]:
        return after
    if sizes(drawn["viewport"]) != sizes(now["viewport"]):
        return after
    # Of many readers each comes from elsewhere, some from another process: to draw again what one
    # sees would cost as much as the new figure, and save nothing but bytes.
    before = _drawing.kept(site, name, drawn["query"], medium(name, drawn["viewport"]))
    if before is None:
        is_alike = drawn.get("grounds", {}).get(name) == ground(after)
        return anew(after) if is_alike else after
    # Another region starts afresh: in a patched figure the reader's own zoom would live on.
    is_fresh = before["layout"].get("uirevision") != after["layout"].get("uirevision")
    if is_fresh or len(before["data"]) != len(after["data"]):
        return after
    return delta(before, after) or no_update


def grounds(site: Site, now: dict) -> dict[str, str]:
    """Name the ground of each figure, for the page to send back with its next wish."""
    return {
        name: ground(_drawing(site, name, now["query"], medium(name, now["viewport"])))
        for name in cards.FIGURES
    }


def sizes(viewport: dict) -> dict:
    """Return what of a viewport decides how a figure is laid out, not what of a map is in view."""
    return {key: value for key, value in viewport.items() if key not in ("seen", "seenTime")}


@answered_once(maxsize=128)
def _drawing(site: Site, name: str, query: str, on: Medium) -> dict:
    return compact(views.screen(name, site.dataset, site.parse(query)[0], on))
