"""The lanes of very many events: a bar for each stretch of time, as high as its dead."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.axes import DAY_MS
from dashboard.figures.swarm import Packed, Room, Scene
from dashboard.figures.theme import Medium
from dashboard.steps import step_for

# The least height of a bar with dead, so that it can be seen and clicked.
LEAST_PX = 2.0
# A bar of events whose tolls are all unknown is so high, and hollow.
UNKNOWN_PX = 5.0
# Bars are about so wide at least.
BIN_PX = 5.0


def bin_step(days: float, width_px: float) -> str:
    """Name what a bar stands for, a key of `steps.STEPS`.

    Args:
        days: What the axis shows.
        width_px: Its width.
    """
    return step_for(days / max(width_px / BIN_PX, 1.0))


def lanes(scene: Scene, head_px: float = 0.0) -> Packed:
    """Share the room evenly out to the lanes, but for what a note above them takes."""
    room = scene.room
    high = (room.swarm_px - head_px) / max(len(scene.lanes), 1)
    edges = [head_px + number * high for number in range(len(scene.lanes))]
    middles = [edge + (room.head_px + high) / 2 for edge in edges]
    return Packed(np.empty(0), np.empty(0), middles, edges)


def traces(
    rows: pd.DataFrame, every: pd.DataFrame, scene: Scene, packed: Packed, medium: Medium
) -> list[dict[str, Any]]:
    """Draw a bar a lane and stretch of time, its height the dead; those of all events in grey.

    Args:
        rows: One row a bar: lane, start_ms, end_ms, events, killed, known, colour, key, hover.
        every: The same of all events, chosen or not; hover and key are not looked at.
        scene: How the timeline is laid out.
        packed: Where the lanes lie.
        medium: What it is drawn for.
    """
    px_per_dead = _px_per_dead(rows, every, scene)
    colours = {key: fill for key, (fill, _) in scene.colours.items()}
    fills = [colours[key] for key in rows["colour"].tolist()]
    palette = medium.palette
    unknown = (rows["known"] == 0).to_numpy()
    return [
        _bars("all events", every, scene, packed, px_per_dead)
        | {"marker": {"color": palette.ghost, "line": {"width": 0}}, "hoverinfo": "skip"},
        _bars("events", rows, scene, packed, px_per_dead)
        | {
            "customdata": rows["key"].tolist(),
            "text": rows["hover"].tolist(),
            "hovertemplate": "%{text}<extra></extra>",
            "textposition": "none",
            "marker": {
                "color": np.where(unknown, palette.panel, fills).tolist() if len(rows) else [],
                "line": {
                    "width": np.where(unknown, 1.0, 0.0).tolist(),
                    "color": fills,
                },
            },
        },
    ]


def _px_per_dead(rows: pd.DataFrame, every: pd.DataFrame, scene: Scene) -> float:
    # A picture draws the chosen bars alone: then they give the scale.
    tallest = every if len(every) else rows
    largest = float(max(tallest["killed"].max(), 1)) if len(tallest) else 1.0
    return _full_px(scene.room, len(scene.lanes)) / largest


def _full_px(room: Room, number: int) -> float:
    return max((room.swarm_px / max(number, 1) - room.head_px) * 0.86, LEAST_PX)


def _bars(
    name: str, rows: pd.DataFrame, scene: Scene, packed: Packed, px_per_dead: float
) -> dict[str, Any]:
    middles = dict(zip(scene.lanes, packed.middles, strict=True))
    middle = rows["lane"].map(middles).to_numpy(float)
    height = np.where(
        rows["known"] == 0, UNKNOWN_PX, np.maximum(rows["killed"] * px_per_dead, LEAST_PX)
    )
    width = (rows["end_ms"] - rows["start_ms"]).to_numpy(float)
    return {
        "type": "bar",
        "name": name,
        "uid": name,
        "x": rows["start_ms"].to_numpy(float) + width / 2,
        "width": np.maximum(width * 0.82, DAY_MS * 0.5),
        "base": (-middle - height / 2).round(2),
        "y": np.asarray(height, dtype=float).round(2),
    }


def labels(
    rows: pd.DataFrame, every: pd.DataFrame, scene: Scene, packed: Packed, medium: Medium
) -> list[dict[str, Any]]:
    """Write the dead of the highest bar of each lane above it, where no other bar reaches."""
    found = []
    px_per_dead = _px_per_dead(rows, every, scene)
    inside = rows["start_ms"].between(scene.span.first_ms, scene.span.last_ms)
    ranked = rows[inside & (rows["killed"] > 0)].sort_values("killed", ascending=False)
    middles = dict(zip(scene.lanes, packed.middles, strict=True))
    font = theme.font(medium, medium.small_px)
    for bar in ranked.drop_duplicates("lane").to_dict("records"):
        x = (bar["start_ms"] + bar["end_ms"]) / 2
        is_left = x > (scene.span.first_ms + scene.span.last_ms) / 2
        found.append(
            {
                "x": x,
                "y": -middles[bar["lane"]],
                "xref": "x",
                "yref": "y",
                "showarrow": False,
                "borderpad": 0,
                "captureevents": False,
                "xanchor": "right" if is_left else "left",
                "yanchor": "bottom",
                "xshift": 5 if is_left else -5,
                "yshift": bar["killed"] * px_per_dead / 2,
                "text": f"<b>{theme.number(bar['killed'])}</b> {bar['label']}",
                "font": font,
            }
        )
    return found
