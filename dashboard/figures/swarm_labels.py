"""Names of the deadliest events of the timeline: in their circle, beside it, or on a leader."""

from __future__ import annotations

import html
import math
from collections import Counter
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures import span_bars, theme
from dashboard.figures.contrast import reading_on
from dashboard.figures.labels import Anchor, Label, place_labels
from dashboard.figures.packing import Box
from dashboard.figures.swarm import Packed, Scene
from dashboard.figures.text import clip, width_px
from dashboard.figures.theme import Medium

MOST = 16


def labels(
    placed: pd.DataFrame, scene: Scene, packed: Packed, medium: Medium
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Name the deadliest chosen events in view, as many as find a free place.

    Args:
        placed: The marks of `timeline.draw` with x_px, y_px and radius.
        scene: How the timeline is laid out.
        packed: Where its circles lie.
        medium: What it is drawn for.

    Returns:
        Annotations, and the shapes that lead to them.
    """
    size, room = medium.small_px, scene.room
    wanted = max(3, min(MOST, int(room.width_px * room.swarm_px / (150 * medium.font_px**2))))
    ranked = _ranked(placed, scene, 3 * wanted)
    notes: list[dict[str, Any]] = []
    beside: list[tuple[dict[str, Any], Anchor]] = []
    for mark in ranked:
        toll, name = theme.number(mark["killed"]), mark["label"]
        common = {
            "x": mark["at_ms"],
            "y": -mark["y_px"],
            "xref": "x",
            "yref": "y",
            "showarrow": False,
            "borderpad": 0,
            "captureevents": False,
        }
        if _fits_inside(toll, name, mark["radius"], size):
            ink = reading_on(scene.colours[mark["colour"]][0], medium.palette)
            text = f"<b>{toll}</b><br>{html.escape(name)}"
            notes.append(common | {"text": text, "font": theme.font(medium, size, ink)})
            continue
        name = clip(name, size, 15 * size)
        width = width_px(f"{toll} ", size, "sans-700") + width_px(name, size) + 2
        text = f"<b>{toll}</b> {html.escape(name)}"
        spot = (mark["x_px"], mark["y_px"], mark["radius"], width, size * 1.3)
        # The deadliest of a lane is named even where the line to it must cross others.
        anchor = Anchor(*spot, *_band(mark["lane"], scene, packed), may_cross=mark["first"])
        beside.append((common | {"text": text, "font": theme.font(medium, size)}, anchor))
    chosen = placed[placed["is_chosen"].to_numpy(bool)]
    found = place_labels(
        [anchor for _, anchor in beside],
        chosen[["x_px", "y_px", "radius"]].to_numpy(float),
        Box(0, 0, room.width_px, room.swarm_px),
        taken=_lane_boxes(scene, packed, medium),
        shunned=span_bars.boxes(placed, scene),
    )
    placed_beside = (
        (text, anchor, label)
        for (text, anchor), label in zip(beside, found, strict=False)
        if label is not None
    )
    shown = list(islice(placed_beside, max(min(wanted, MOST - len(notes)), 0)))
    notes += [text | _shift(anchor, label) for text, anchor, label in shown]
    return notes[:MOST], [
        _leader(text, anchor, label, medium) for text, anchor, label in shown if label.leader
    ]


def _ranked(placed: pd.DataFrame, scene: Scene, most: int) -> list[dict[str, Any]]:
    """List the deadliest chosen events in view; the two deadliest of each lane come first."""
    killed, at_ms = (placed[name].to_numpy(float) for name in ("killed", "at_ms"))
    inside = (at_ms >= scene.span.first_ms) & (at_ms <= scene.span.last_ms)
    rows = np.flatnonzero(placed["is_chosen"].to_numpy(bool) & inside & (killed > 0))
    rows = rows[np.argsort(-killed[rows], kind="stable")]
    before: Counter[str] = Counter()
    ranks = []
    for lane in placed["lane"].to_numpy("object")[rows].tolist():
        ranks.append(before[lane])
        before[lane] += 1
    rank = np.array(ranks, dtype=int)
    first = np.argsort(np.where(rank > 1, rank, 0), kind="stable")[:most]
    found = placed.iloc[rows[first]].assign(first=rank[first] == 0)
    return found.to_dict("records")  # type: ignore[return-value]


def _fits_inside(toll: str, name: str, radius: float, size: float) -> bool:
    wide = max(width_px(toll, size, "sans-700"), width_px(name, size))
    return (wide**2 + (2.3 * size) ** 2) ** 0.5 / 2 < radius - 1.5


def _band(lane: str, scene: Scene, packed: Packed) -> tuple[float, float]:
    """Return how far up and down the labels of a lane may stand.

    Where the lanes' names stand above them, a label in the next lane would seem to belong to it.
    """
    if not scene.room.head_px:
        return -math.inf, math.inf
    number = list(scene.lanes).index(lane)
    return packed.edges[number], [*packed.edges, scene.room.swarm_px][number + 1]


def _lane_boxes(scene: Scene, packed: Packed, medium: Medium) -> list[Box]:
    """Return where the names of lanes stand, if they stand above them."""
    if not scene.room.head_px:
        return []
    return [
        Box(0, edge, width_px(name, medium.small_px, "sans-700") + 5, edge + scene.room.head_px)
        for edge, name in zip(packed.edges, scene.lanes.values(), strict=True)
    ]


def _shift(anchor: Anchor, label: Label) -> dict[str, Any]:
    box = label.box
    return {
        "xshift": (box.left + box.right) / 2 - anchor.x,
        "yshift": anchor.y - (box.top + box.bottom) / 2,
    }


def _leader(text: dict[str, Any], anchor: Anchor, label: Label, medium: Medium) -> dict[str, Any]:
    x, y, to_x, to_y = label.leader or (0.0, 0.0, 0.0, 0.0)
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": text["x"],
        "yanchor": text["y"],
        "x0": x - anchor.x,
        "x1": to_x - anchor.x,
        "y0": anchor.y - y,
        "y1": anchor.y - to_y,
        "line": {"width": 0.8, "color": medium.palette.soft},
    }
