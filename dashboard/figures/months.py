"""The foot of the timeline: events a month as stacked bars, and how well months are covered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.notes import note
from dashboard.figures.swarm import Room
from dashboard.figures.text import width_px
from dashboard.figures.theme import Medium, Palette

# A month with so many reports is as dark as the strip gets.
FULL_REPORTS = 40.0
# How the strip writes the middle of what a bar stands for.
_DATES = {"day": "%-d %B %Y", "month": "%B %Y", "quarter": "quarter %q of %Y"}


def traces(
    bars: pd.DataFrame,
    coverage: pd.DataFrame,
    colours: Mapping[str, tuple[str, str]],
    palette: Palette,
    per: str = "month",
) -> list[dict[str, Any]]:
    """Draw all events in grey, the chosen ones before them, and the strip.

    Args:
        bars: One row a month (or day) and colour: start_ms, end_ms, colour, events, total (all
            events of that month, chosen or not; the same in each row of a month).
        coverage: One row a month (or day): start_ms, end_ms, reports.
        colours: Fill and edge of each colour key, in stacking order.
        palette: The theme's colours.
        per: What a bar stands for: "quarter", "month" or "day".
    """
    whole = bars.drop_duplicates("start_ms")
    order = {key: rank for rank, key in enumerate(colours)}
    stacked = bars[bars["events"] > 0]
    stacked = stacked.assign(rank=stacked["colour"].map(order))
    stacked = stacked.sort_values(["start_ms", "rank"], kind="stable")
    base = stacked.groupby("start_ms")["events"].cumsum() - stacked["events"]
    fills = [colours[key][0] for key in stacked["colour"].tolist()]
    return [
        _bars("all months", whole, whole["total"], palette.ghost_edge),
        _bars("months", stacked, stacked["events"], fills) | {"base": base.to_numpy(float)},
        _strip(coverage, palette, per),
    ]


def _bars(name: str, rows: pd.DataFrame, heights: pd.Series, colour: object) -> dict[str, Any]:
    width = (rows["end_ms"] - rows["start_ms"]).to_numpy(float)
    return {
        "type": "bar",
        "name": name,
        "uid": name,
        "x": rows["start_ms"].to_numpy(float) + width / 2,
        "y": heights.to_numpy(float),
        "width": width * 0.84,
        "yaxis": "y2",
        "marker": {"color": colour, "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _strip(coverage: pd.DataFrame, palette: Palette, per: str) -> dict[str, Any]:
    """Draw the strip: the darker a month, the more source reports stand behind it."""
    width = (coverage["end_ms"] - coverage["start_ms"]).to_numpy(float)
    reports = coverage["reports"].to_numpy(float)
    depth = np.clip(np.log1p(reports) / np.log1p(FULL_REPORTS), 0, 1)
    return {
        "type": "bar",
        "name": "coverage",
        "uid": "coverage",
        "x": coverage["start_ms"].to_numpy(float) + width / 2,
        "y": np.ones(len(coverage)),
        "width": width,
        "yaxis": "y3",
        "marker": {
            "color": palette.soft,
            "opacity": (0.04 + 0.8 * depth).round(3).tolist(),
            "line": {"width": 0},
        },
        "customdata": reports.astype(int).tolist(),
        "hovertemplate": f"%{{x|{_DATES[per]}}}: %{{customdata}} source reports<extra></extra>",
    }


def notes(room: Room, per: str, largest: int, medium: Medium) -> list[dict[str, Any]]:
    """Say what the bars and the strip count: beside them, or above where there is no room.

    Args:
        room: The sizes of the timeline's parts.
        per: "quarter", "month" or "day".
        largest: The largest number beside the bars' axis.
        medium: What it is drawn for.
    """
    small = medium.small_px
    font = theme.font(medium, small, medium.palette.soft)
    top = room.swarm_px + room.gap_px
    if not room.left_px:
        return [note(f"Events a {per}", font, 0, top - 1.5 * small)]
    numbers = width_px(theme.number(largest), small) + 10
    beside = {"xanchor": "right", "align": "right"}
    middle = top + room.months_px / 2
    strip = top + room.months_px + room.strip_gap_px + room.strip_px / 2
    return [
        note(f"Events<br>a {per}", font, -numbers, middle, yanchor="middle", **beside),
        note("Reports", font, -8, strip, yanchor="middle", **beside),
    ]
