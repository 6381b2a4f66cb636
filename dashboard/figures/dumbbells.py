"""Reports' own figures: a ring each, and two rings joined by a line where one is a range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

FAINT = 0.45


@dataclass(frozen=True, slots=True)
class Ring:
    """How a ring is drawn: its line's colour and width, what fills it, its size in pixels."""

    colour: str
    width: float
    fill: str
    size: float


def per_ring(values: np.ndarray, is_range: np.ndarray) -> np.ndarray:
    """Repeat values of reports for their rings: the lower ends of ranges, then one a report."""
    return np.concatenate([values[is_range], values])


def draw(
    reports: pd.DataFrame, low: np.ndarray, high: np.ndarray, y: np.ndarray, ring: Ring
) -> list[dict[str, Any]]:
    """Draw each report's figure: the lines of ranges, faint and strong, then all rings.

    A ring in the middle of a range would be a number that nobody said.

    Args:
        reports: One row a report: is_whole (others are drawn faint), hover.
        low: Where each figure begins on the axis.
        high: Where it ends.
        y: Its height.
        ring: How rings are drawn.
    """
    is_range = low < high
    whole = reports["is_whole"].to_numpy(bool)
    rings = {
        "type": "scatter",
        "name": "figures",
        "uid": "figures",
        "mode": "markers",
        "x": np.concatenate([low[is_range], high]),
        "y": per_ring(y, is_range),
        "hovertext": per_ring(reports["hover"].to_numpy(object), is_range).tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": "circle",
            "size": ring.size,
            "color": ring.fill,
            "opacity": np.where(per_ring(whole, is_range), 1.0, FAINT).tolist(),
            "line": {"color": ring.colour, "width": ring.width},
        },
    }
    ends = (low, high, y)
    return [
        _lines("faint lines", [end[is_range & ~whole] for end in ends], FAINT, ring),
        _lines("lines", [end[is_range & whole] for end in ends], 1.0, ring),
        rings,
    ]


def _lines(name: str, ends: list[np.ndarray], opacity: float, ring: Ring) -> dict[str, Any]:
    low, high, y = ends
    gap = np.full(len(y), np.nan)
    return {
        "type": "scatter",
        "name": name,
        "uid": name,
        "mode": "lines",
        "x": np.column_stack([low, high, gap]).ravel(),
        "y": np.column_stack([y, y, gap]).ravel(),
        "opacity": opacity,
        "line": {"color": ring.colour, "width": ring.width},
        "hoverinfo": "skip",
    }
