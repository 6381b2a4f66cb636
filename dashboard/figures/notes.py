"""Texts and shapes at a distance in pixels from the corner of the plot, as plotly wants them."""

from __future__ import annotations

import html
from typing import Any

from dashboard.figures import theme
from dashboard.figures.packing import Box
from dashboard.figures.theme import Medium

# No fill: rgba, for plotly knows no "none".
CLEAR = "rgba(0,0,0,0)"


def note(text: str, font: dict, x: float, y: float, **more: Any) -> dict[str, Any]:
    """Write a text whose top left stands so many pixels right of and below the plot's top left."""
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "xshift": x,
        "yshift": -y,
        "text": text,
        "font": font,
    } | more


def notice(text: str, medium: Medium, middle: tuple[float, float]) -> dict[str, Any]:
    """Write a sentence on a plate of its own around a point of the plot, in pixels."""
    place = {"xanchor": "center", "yanchor": "middle", "align": "center"}
    plate = {"bgcolor": medium.palette.panel, "borderpad": 6}
    return note(html.escape(text, quote=False), theme.font(medium), *middle, **place, **plate)


def shape(kind: str, box: Box, **more: Any) -> dict[str, Any]:
    """Draw a circle, rect or line in a box of pixels from the plot's top left."""
    return {
        "type": kind,
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 0,
        "yanchor": 1,
        "x0": box.left,
        "x1": box.right,
        "y0": -box.top,
        "y1": -box.bottom,
    } | more
