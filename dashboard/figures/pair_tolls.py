"""The tolls of pairs against each other: what two tables say of the dead of one event."""

from __future__ import annotations

import html
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.notes import note
from dashboard.figures.packing import Box, beeswarm
from dashboard.figures.text import clip, width_px
from dashboard.figures.theme import Medium

# Diameter of a mark, in sizes of the text.
DOT = 0.6
# Where the unknown stand, and where they are parted from the numbers, in powers of ten.
UNKNOWN, EDGE, START = -0.42, -0.2, -0.66


def draw(
    tolls: pd.DataFrame,
    names: tuple[str, str],
    medium: Medium,
    box: Box,
    whole: tuple[float, float],
) -> dict[str, Any]:
    """Draw a mark a pair: across what A says, upwards what B says, both as powers of ten.

    Ranges are thin lines. A pair on the slant is told alike by both. Where a table has no figure
    the pair stands, as a square, in the strip for the unknown: that is not the same as none.

    Args:
        tolls: One row a pair: a_low, a_best, a_high, b_low, b_best, b_high (persons, NaN unknown),
            is_confirmed, a_event_id, hover.
        names: Those of A and B.
        medium: What it is drawn for.
        box: Where it goes, in pixels from the top left of the whole drawing, numbers included.
        whole: Width and height of the whole drawing in pixels.

    Returns:
        traces, axes (of the layout, `x3` and `y3`), annotations.
    """
    small = medium.small_px
    largest = np.nanmax([1.0, *tolls["a_high"].fillna(0), *tolls["b_high"].fillna(0)])
    top = float(_power(largest)) + 0.12
    numbers = max(width_px(text, small) for text in ("unknown", theme.number(largest)))
    head, foot = 3.1 * small, 2.9 * small
    plot = Box(box.left + numbers + 8, box.top + head, box.right - 4, box.bottom - foot)
    # The same length for the same number both ways.
    side = max(min(plot.right - plot.left, plot.bottom - plot.top), 40.0)
    plot = Box(plot.left, plot.top, plot.left + side, plot.top + side)
    axes = {
        "xaxis3": _axis(top, medium, side)
        | {"domain": shares(plot.left, plot.right, whole[0]), "anchor": "y3"},
        "yaxis3": _axis(top, medium, side)
        | {
            "domain": shares(whole[1] - plot.bottom, whole[1] - plot.top, whole[1]),
            "anchor": "x3",
            "ticklabelstandoff": 3,
        },
    }
    return {
        "traces": _traces(tolls, medium, side / (top - START), top),
        "axes": axes,
        "annotations": _notes(names, medium, box, plot),
    }


def shares(start: float, end: float, whole: float) -> list[float]:
    """Turn pixels of a drawing to the domain of an axis."""
    return [max(start / whole, 0.0), min(end / whole, 1.0)]


def _power(persons: Any) -> Any:
    """Put a number on the axis; 0 has a place too."""
    return np.log10(1.0 + np.asarray(persons, dtype="float64"))


def _axis(top: float, medium: Medium, side: float) -> dict[str, Any]:
    palette = medium.palette
    steps = [0, *(10**power for power in range(int(top) + 1))]
    texts = [theme.number(step) for step in steps]
    widest = max(map(len, texts)) * 0.62 * medium.small_px
    if (top - START) / side * widest > 1:  # every other one where they would touch
        texts = [text if place % 2 == 0 else "" for place, text in enumerate(texts)]
    is_wide = width_px("unknown", medium.small_px) < 1.7 * -UNKNOWN * side / (top - START)
    return {
        "type": "linear",
        "range": [START, top],
        "tickmode": "array",
        "tickvals": [UNKNOWN, *(float(_power(step)) for step in steps)],
        "ticktext": ["unknown" if is_wide else "?", *texts],
        "tickangle": 0,
        "fixedrange": True,
        "showgrid": True,
        "gridcolor": palette.line,
        "zeroline": False,
        "tickfont": theme.font(medium, medium.small_px, palette.soft),
    }


def _traces(tolls: pd.DataFrame, medium: Medium, scale: float, top: float) -> list[dict[str, Any]]:
    palette, dot = medium.palette, DOT * medium.font_px
    x, y = (_power(tolls[f"{letter}_best"]) for letter in "ab")
    is_unknown = np.isnan(x) | np.isnan(y)
    # In the strip they stand beside each other; those that neither knows share its corner.
    for values, along in ((x, y), (y, x)):
        strip = np.isnan(values) & ~np.isnan(along)
        lift = beeswarm(along[strip] * scale, np.full(strip.sum(), dot / 2)) / scale
        values[strip] = UNKNOWN + np.clip(lift, START - UNKNOWN + 0.03, EDGE - UNKNOWN - 0.03)
    x, y = np.nan_to_num(x, nan=UNKNOWN), np.nan_to_num(y, nan=UNKNOWN)
    confirmed = tolls["is_confirmed"].to_numpy(bool)
    edge = {"color": palette.accent, "width": 1.6}
    filled = {"symbol": "circle", "color": palette.accent, "line": edge}
    hollow = {"symbol": "circle", "color": palette.panel, "line": edge}
    square = {"symbol": "square", "color": palette.panel, "line": edge}
    groups = (
        ("confirmed", confirmed & ~is_unknown, filled),
        ("suggested", ~confirmed & ~is_unknown, hollow),
        ("toll unknown", is_unknown, square),
    )
    return [
        _line("told alike", [0, top], [0, top], palette.rule, 1.2),
        _line("unknown", [EDGE, EDGE, top], [top, EDGE, EDGE], palette.rule, 0.8),
        _ranges(tolls, x, y, medium),
        *(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": x[group],
                "y": y[group],
                "customdata": tolls.loc[group, "a_event_id"].tolist(),
                "text": tolls.loc[group, "hover"].tolist(),
                "hovertemplate": "%{text}<extra></extra>",
                "marker": mark | {"size": dot, "opacity": 0.9},
                "xaxis": "x3",
                "yaxis": "y3",
            }
            for name, group, mark in groups
        ),
    ]


def _line(name: str, x: list[Any], y: list[Any], colour: str, width: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "xaxis": "x3",
        "yaxis": "y3",
    }


def _ranges(tolls: pd.DataFrame, x: np.ndarray, y: np.ndarray, medium: Medium) -> dict[str, Any]:
    """Draw each range from low to high through its mark, as one trace with gaps."""
    gap = np.full(len(tolls), np.nan)
    low, high = _power(tolls["a_low"]), _power(tolls["a_high"])
    across = np.column_stack((low, high, gap)).ravel(), np.column_stack((y, y, gap)).ravel()
    low, high = _power(tolls["b_low"]), _power(tolls["b_high"])
    upwards = np.column_stack((x, x, gap)).ravel(), np.column_stack((low, high, gap)).ravel()
    both = [np.concatenate(parts) for parts in zip(across, upwards, strict=True)]
    broken = np.isnan(both[0]) | np.isnan(both[1])
    xs, ys = (np.where(broken, np.nan, values) for values in both)
    return _line("ranges", list(xs), list(ys), medium.palette.soft, 0.8) | {
        "x": xs,
        "y": ys,
        "opacity": 0.55,
        "connectgaps": False,
    }


def _notes(names: tuple[str, str], medium: Medium, box: Box, plot: Box) -> list[dict[str, Any]]:
    small = medium.small_px
    soft = theme.font(medium, small, medium.palette.soft)
    wide = box.right - box.left
    head = clip("Killed by pair: a mark an event, lines its range", small, wide, "sans-700")
    up = _clipped(f"↑ by {names[1]}", small, wide)
    along = _clipped(f"by {names[0]} →", small, plot.right - plot.left)
    return [
        note(f"<b>{head}</b>", soft, box.left, box.top),
        note(up, soft, box.left, box.top + 1.45 * small),
        note(along, soft, plot.right, plot.bottom + 1.5 * small, xanchor="right"),
    ]


def _clipped(text: str, size_px: float, limit_px: float) -> str:
    return html.escape(clip(text, size_px, limit_px), quote=False)
