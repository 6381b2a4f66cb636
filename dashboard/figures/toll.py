"""One event's toll: the range from low to high, the best figure, and a ring for each source."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.figures import axes, dumbbells, theme
from dashboard.figures.packing import stack
from dashboard.figures.theme import Medium

RING_PX = 9.0
DOT_PX = RING_PX + 3


def draw(
    reports: pd.DataFrame,
    toll: tuple[int, int, int],
    colour: str,
    medium: Medium,
    size_px: tuple[float, float],
) -> dict:
    """Draw low to high as a bar, best as a filled dot, each report's own figure as a ring.

    A range is two rings joined by a line.

    Args:
        reports: One row a report with a figure: killed_min, killed_max (persons), publisher,
            is_whole (counts all the dead; others are drawn faint), hover.
        toll: The event's low, best and high.
        colour: Of the event's kind.
        medium: What it is drawn for.
        size_px: Room for the chart: width and height.
    """
    palette = medium.palette
    width, height = size_px
    low, best, high = toll
    ceiling = max(high, float(reports["killed_max"].max()) if len(reports) else 0, 1.0)
    pad = 0.03 * ceiling
    scale = width / (ceiling + 2 * pad)
    own_low, own_high = (reports[name].to_numpy(float) for name in ("killed_min", "killed_max"))
    inner = height - 20
    heights = _heights(best * scale, own_low * scale, own_high * scale, (inner - RING_PX) / 2)
    layout = theme.base_layout(medium) | {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 20, "autoexpand": False},
        "height": height,
        "dragmode": False,
        "xaxis": {
            "range": [-pad, ceiling + pad],
            "fixedrange": True,
            "zeroline": True,
            "zerolinecolor": palette.ink,
            "showgrid": True,
            "gridcolor": palette.line,
            "tickfont": theme.font(medium, medium.small_px, palette.soft),
            "tickmode": "array",
            "tickvals": axes.whole_numbers(ceiling, ceiling * scale, medium),
            "tickformat": ",d",
        },
        "yaxis": {
            "range": [-inner / 2, inner / 2],
            "fixedrange": True,
            "visible": False,
        },
    }
    bar = {
        "type": "scatter",
        "name": "range",
        "mode": "lines",
        "x": [low, high if high > low else low + pad / 4],
        "y": [0, 0],
        "line": {"color": palette.rule, "width": 5},
        "hoverinfo": "skip",
    }
    ring = dumbbells.Ring(colour, 1.8, palette.panel, RING_PX)
    figures = dumbbells.draw(reports, own_low, own_high, heights, ring)
    point = {
        "type": "scatter",
        "name": "best",
        "mode": "markers",
        "x": [best],
        "y": [0],
        "hovertemplate": "best figure: %{x:,}<extra></extra>",
        "marker": {
            "size": DOT_PX,
            "color": colour,
            "line": {"color": palette.panel, "width": 1},
        },
    }
    # The dot last: rings are opaque.
    return {"data": [bar, *figures, point], "layout": layout}


def _heights(best: float, low: np.ndarray, high: np.ndarray, limit: float) -> np.ndarray:
    """Place the reports' figures beside the dot of the best, all in pixels."""
    radius = np.array([DOT_PX, *[RING_PX] * len(low)]) / 2
    heights = stack(np.array([best, *low]), np.array([best, *high]), radius, 1.0)[1:]
    furthest = np.abs(heights).max(initial=max(limit, 1.0))
    return heights * max(limit, 1.0) / furthest
