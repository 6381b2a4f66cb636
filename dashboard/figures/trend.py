"""The trend: events and dead a month, a row a theatre, with a rolling mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.axes import _STOPS as TICKS
from dashboard.figures.axes import Span
from dashboard.figures.theme import Medium

ROLLING_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Column:
    """One column of small charts: the quantity and its heading."""

    quantity: str
    heading: str


COLUMNS = (
    Column("events", "Events a month"),
    Column("killed", "Killed a month, best figures"),
)


def draw(
    months: pd.DataFrame,
    series: Mapping[str, str],
    colours: Sequence[str],
    span: Span,
    medium: Medium,
    size_px: tuple[float, float],
) -> dict:
    """Draw small charts of one scale a column: bars a month and their rolling mean.

    Args:
        months: One row a month of the span and series, without gaps, in time order: start_ms,
            end_ms, series, events, killed (best figures, unknown left out).
        series: Each series' key and name, from the top.
        colours: A colour for each series.
        span: What the time axis shows.
        medium: What it is drawn for.
        size_px: Room for the charts: width and height.

    Returns:
        A plotly figure description.
    """
    palette = medium.palette
    width, height = size_px
    left = 0.0 if medium.is_narrow else 7.6 * medium.font_px
    head, foot = 1.7 * medium.font_px, 2.0 * medium.font_px
    small = theme.font(medium, medium.small_px, palette.soft)
    layout = theme.base_layout(medium) | {
        "margin": {"l": left, "r": 0, "t": head, "b": foot, "autoexpand": False},
        "barmode": "overlay",
        "bargap": 0,
        "hovermode": "x",
        "dragmode": False,
    }
    traces: list[dict] = []
    notes: list[dict] = []
    inner_width = width - left
    gap = (4.5 * medium.font_px) / inner_width
    rows = max(len(series), 1)
    for c, column in enumerate(COLUMNS):
        x0 = c * (0.5 + gap / 2)
        domain = [x0, x0 + 0.5 - gap / 2]
        ceiling = max(4.0, float(months[column.quantity].max() if len(months) else 0) * 1.06)
        notes.append(_heading(column.heading, domain[0], medium))
        for r, (key, name) in enumerate(series.items()):
            number = c * rows + r + 1
            suffix = "" if number == 1 else str(number)
            top = 1 - r / rows
            layout[f"xaxis{suffix}"] = {
                "type": "date",
                "domain": domain,
                "anchor": f"y{suffix}",
                "range": [span.first_ms, span.last_ms],
                "matches": "x" if number > 1 else None,
                "showgrid": True,
                "gridcolor": palette.line,
                "zeroline": False,
                "fixedrange": True,
                "showticklabels": r == rows - 1,
                "tickfont": small,
                "tickformatstops": TICKS,
                "nticks": max(3, int(inner_width / 2 / (6 * medium.font_px))),
            }
            layout[f"yaxis{suffix}"] = {
                "domain": [top - 1 / rows + 0.10 / rows, top - 0.08 / rows],
                "anchor": f"x{suffix}",
                "range": [0, ceiling],
                "fixedrange": True,
                "zeroline": True,
                "zerolinecolor": palette.rule,
                "showgrid": True,
                "gridcolor": palette.line,
                "nticks": 3,
                "tickfont": small,
                "ticklabelposition": "inside top",
            }
            if c == 0:
                notes.append(_name(name, top - 0.5 / rows, left, medium, top, rows))
            of_series = months[months["series"] == key]
            traces += _chart(of_series, column, colours[r % len(colours)], suffix, name)
    layout["annotations"] = notes
    return {"data": traces, "layout": layout}


def _heading(text: str, x: float, medium: Medium) -> dict:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 2,
        "showarrow": False,
        "borderpad": 0,
        "text": f"<b>{text}</b>",
        "font": theme.font(medium, medium.small_px, medium.palette.soft),
    }


def _name(name: str, y: float, left: float, medium: Medium, top: float, rows: int) -> dict:
    beside = not medium.is_narrow
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": y if beside else top,
        "xanchor": "right" if beside else "left",
        "yanchor": "middle" if beside else "top",
        "xshift": -10 if beside else 2,
        "showarrow": False,
        "text": f"<b>{name}</b>",
        "font": theme.font(medium),
    }


def _chart(months: pd.DataFrame, column: Column, colour: str, suffix: str, name: str) -> list[dict]:
    width = (months["end_ms"] - months["start_ms"]).to_numpy(float)
    middle = months["start_ms"].to_numpy(float) + width / 2
    values = months[column.quantity].to_numpy(float)
    rolling = pd.Series(values).rolling(ROLLING_MONTHS, min_periods=ROLLING_MONTHS).mean()
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    # The mean of the six months up to a month stands at that month's end.
    return [
        {
            "type": "bar",
            "name": name,
            "x": middle,
            "y": values,
            "width": width * 0.9,
            "marker": {"color": colour, "opacity": 0.38, "line": {"width": 0}},
            "hovertemplate": f"%{{x|%B %Y}}: %{{y:,}} {column.quantity}<extra></extra>",
            **axes,
        },
        {
            "type": "scatter",
            "mode": "lines",
            "name": f"{name}, mean of {ROLLING_MONTHS} months",
            "x": months["end_ms"].to_numpy(float),
            "y": np.asarray(rolling, dtype=float),
            "line": {"color": colour, "width": 2},
            "hoverinfo": "skip",
            **axes,
        },
    ]
