"""One event's toll: the range from low to high, the best figure, and a dot for each source."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.packing import beeswarm
from dashboard.figures.theme import Medium

DOT_PX = 9.0


def draw(
    reports: pd.DataFrame,
    toll: tuple[int, int, int],
    colour: str,
    medium: Medium,
    size_px: tuple[float, float],
) -> dict:
    """Draw low to high as a bar, best as a filled dot, each report's own figure as a ring.

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
    middle = (reports["killed_min"] + reports["killed_max"]).to_numpy(float) / 2
    heights = beeswarm(middle * scale, np.full(len(middle), DOT_PX / 2), 1.0)
    inner = height - 20
    limit = max(inner / 2 - DOT_PX / 2, 1.0)
    if len(heights) and np.abs(heights).max() > limit:
        heights *= limit / np.abs(heights).max()
    whole = reports["is_whole"].to_numpy(bool)
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
            "nticks": 5,
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
        "mode": "lines",
        "x": [low, high if high > low else low + pad / 4],
        "y": [0, 0],
        "line": {"color": palette.rule, "width": 5},
        "hoverinfo": "skip",
    }
    rings = {
        "type": "scatter",
        "mode": "markers",
        "x": middle,
        "y": heights,
        "text": reports["hover"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": "circle",
            "size": DOT_PX,
            "color": palette.panel,
            "opacity": np.where(whole, 1.0, 0.45).tolist(),
            "line": {"color": colour, "width": 1.8},
        },
    }
    point = {
        "type": "scatter",
        "mode": "markers",
        "x": [best],
        "y": [0],
        "hovertemplate": "best figure: %{x:,}<extra></extra>",
        "marker": {
            "size": DOT_PX + 3,
            "color": colour,
            "line": {"color": palette.panel, "width": 1},
        },
    }
    return {"data": [bar, point, rings], "layout": layout}
