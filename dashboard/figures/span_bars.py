"""Bars of the timeline for events of several days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures.axes import DAY_MS
from dashboard.figures.swarm import Scene
from dashboard.figures.theme import Palette

_EXACT_PX, _VAGUE_PX = 2.4, 7.0


def trace(
    placed: pd.DataFrame, colours: Mapping[str, tuple[str, str]], palette: Palette
) -> dict[str, Any]:
    """Draw bars for events of several days; faint and wide where the date is vague."""
    long = _long(placed)
    vague = long["is_vague"].to_numpy(bool)
    chosen = long["is_chosen"].tolist()
    fills = [colours[key][0] for key in long["colour"].tolist()]
    return {
        "type": "bar",
        "name": "spans",
        "uid": "spans",
        "orientation": "h",
        "base": long["start_ms"].to_numpy(float),
        "x": _lengths(long),
        "y": -long["y_px"].to_numpy(float),
        "width": _heights(long).tolist(),
        "marker": {
            "color": [
                fill if is_chosen else palette.ghost_edge
                for fill, is_chosen in zip(fills, chosen, strict=True)
            ],
            "opacity": np.where(vague, 0.28, 0.75).tolist(),
            "line": {"width": 0},
        },
        "hoverinfo": "skip",
    }


def boxes(placed: pd.DataFrame, scene: Scene) -> np.ndarray:
    """Return where the bars lie, shape (n, 4): left, top, right, bottom in pixels."""
    long = _long(placed)
    first, last = scene.span.first_ms, scene.span.last_ms
    px = scene.room.width_px / (last - first)
    left = (long["start_ms"].to_numpy(float) - first) * px
    half, y_px = _heights(long) / 2, long["y_px"].to_numpy(float)
    return np.column_stack([left, y_px - half, left + _lengths(long) * px, y_px + half])


def _long(placed: pd.DataFrame) -> pd.DataFrame:
    return placed[placed["end_ms"] > placed["start_ms"]]


def _heights(long: pd.DataFrame) -> np.ndarray:
    return np.where(long["is_vague"].to_numpy(bool), _VAGUE_PX, _EXACT_PX)


def _lengths(long: pd.DataFrame) -> np.ndarray:
    # The last day counts: an event from 1 to 3 May covers three days.
    return (long["end_ms"] - long["start_ms"] + DAY_MS).to_numpy(float)
