"""Two tables side by side: events a month in each, and the tolls of their pairs."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd

from dashboard.figures import pair_tolls, theme
from dashboard.figures.axes import Span, count_axis, ticks, time_axis
from dashboard.figures.notes import note
from dashboard.figures.packing import Box
from dashboard.figures.pair_tolls import shares
from dashboard.figures.text import clip, width_px
from dashboard.figures.theme import Medium

# Part of the width that the tolls take at most, and of the height that the months take above them.
MOST_WIDE, TALL_SHARE = 0.6, 0.38
FOOT = 2.6  # what the months take under the last row, in sizes of the small text


def colours(medium: Medium) -> tuple[str, str]:
    """Return the colours of A and B."""
    return medium.palette.pair


def draw(
    months: pd.DataFrame,
    tolls: pd.DataFrame,
    names: tuple[str, str],
    span: Span,
    room: tuple[Medium, tuple[float, float]],
) -> dict[str, Any]:
    """Draw a chart of months for each table, each with its own scale, and the tolls of pairs.

    The two counts stand one under the other and are never added: one event may be in both.

    Args:
        months: One row a month of the span and table, in time order: table ("a", "b"), start_ms,
            end_ms, events, paired (how many of them are in a pair).
        tolls: As `pair_tolls.draw` asks for.
        names: Those of A and B, as a reader knows them.
        span: What the time axes show.
        room: What it is drawn for, and the width and height that there are.

    Returns:
        A plotly figure description.
    """
    medium, size = room
    is_stacked = medium.is_narrow or size[0] < 1.2 * size[1]
    gap = (0.8 if is_stacked else 1.8) * medium.font_px
    if is_stacked:
        edge = TALL_SHARE * size[1]
        left, right = Box(0, 0, size[0], edge), Box(0, edge + gap, size[0], size[1])
    else:
        # The tolls are a square.
        edge = size[0] - min(MOST_WIDE * size[0], size[1] + 4 * medium.font_px)
        left, right = Box(0, 0, edge, size[1]), Box(edge + gap, 0, size[0], size[1])
    traces, layout = _months(months, names, span, medium, (left, size))
    drawn = pair_tolls.draw(tolls, names, medium, right, size)
    layout["annotations"] += drawn["annotations"]
    return {"data": traces + drawn["traces"], "layout": layout | drawn["axes"]}


def _months(
    months: pd.DataFrame,
    names: tuple[str, str],
    span: Span,
    medium: Medium,
    room: tuple[Box, tuple[float, float]],
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    box, whole = room
    small = medium.small_px
    most = months.groupby("table")["events"].max()
    numbers = max(width_px(theme.number(float(count)), small) for count in (0, *most)) + 8
    head, foot = 1.7 * small, FOOT * small
    tall = (box.bottom - box.top - foot) / 2
    layout: dict[str, Any] = theme.base_layout(medium) | {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
        "barmode": "overlay",
        "bargap": 0,
        "hovermode": "closest",
        "dragmode": False,
        "annotations": [],
    }
    traces: list[dict[str, Any]] = []
    for row, (key, name, colour) in enumerate(zip("ab", names, colours(medium), strict=True)):
        top = box.top + row * tall
        chart = Box(box.left + numbers, top + head, box.right, top + tall - 0.8 * small)
        suffix = "" if row == 0 else "2"
        rows = months[months["table"] == key]
        layout[f"xaxis{suffix}"] = time_axis(span, chart.right - chart.left, medium) | {
            "domain": shares(chart.left, chart.right, whole[0]),
            "anchor": f"y{suffix}",
            "matches": "x" if row else None,
            "fixedrange": True,
            "showticklabels": row == 1,
            **(ticks(medium.palette) if row == 1 else {}),
        }
        counts = count_axis(float(most.get(key, 0)), chart.bottom - chart.top, medium)
        layout[f"yaxis{suffix}"] = counts | {
            "domain": shares(whole[1] - chart.bottom, whole[1] - chart.top, whole[1]),
            "anchor": f"x{suffix}",
            "zeroline": True,
            "zerolinecolor": medium.palette.rule,
            "ticklabelstandoff": 3,
        }
        head_text = f"Events a month in {name}; own scale"
        text = html.escape(clip(head_text, small, box.right - box.left, "sans-700"), quote=False)
        font = theme.font(medium, small, medium.palette.soft)
        layout["annotations"].append(note(f"<b>{text}</b>", font, box.left, top))
        traces += _bars(rows, html.escape(name, quote=False), colour, suffix)
    return traces, layout


def _bars(rows: pd.DataFrame, name: str, colour: str, suffix: str) -> list[dict[str, Any]]:
    """Draw all events of a month pale, and before them those in a pair."""
    width = (rows["end_ms"] - rows["start_ms"]).to_numpy(float)
    middle = rows["start_ms"].to_numpy(float) + width / 2
    shared = {
        "type": "bar",
        "x": middle,
        "width": width * 0.9,
        "customdata": rows[["events", "paired"]].to_numpy().tolist(),
        "hovertemplate": f"{name}, %{{x|%B %Y}}: %{{customdata[0]:,}} events,"
        " %{customdata[1]:,} of them in a pair<extra></extra>",
        "xaxis": f"x{suffix}",
        "yaxis": f"y{suffix}",
    }
    whole = {"color": colour, "opacity": 0.38, "line": {"width": 0}}
    return [
        shared | {"name": f"{name}, all", "y": rows["events"].to_numpy(float), "marker": whole},
        shared
        | {
            "name": f"{name}, in a pair",
            "y": rows["paired"].to_numpy(float),
            "marker": whole | {"opacity": 1.0},
        },
    ]
