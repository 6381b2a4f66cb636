"""A figure without anything to draw: it says so."""

from __future__ import annotations

from dashboard.figures import theme
from dashboard.figures.text import wrap
from dashboard.figures.theme import Medium


def blank(text: str, medium: Medium, size_px: tuple[float, float]) -> dict:
    """Draw one sentence in the middle of the room, and no axes."""
    hidden = {"visible": False, "fixedrange": True, "range": [0, 1]}
    lines = wrap(text, medium.font_px, 0.9 * size_px[0])
    note = {
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
        "showarrow": False,
        "text": "<br>".join(lines),
        "font": theme.font(medium, None, medium.palette.soft),
    }
    layout = theme.base_layout(medium) | {
        "height": medium.height_px if medium.framed else size_px[1],
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
        "dragmode": False,
        "xaxis": hidden,
        "yaxis": dict(hidden),
        "annotations": [note],
    }
    return {"data": [], "layout": layout}
