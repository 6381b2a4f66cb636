"""Axes that figures share: time with ticks at the starts of months, counts in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.figures import theme
from dashboard.figures.text import width_px
from dashboard.figures.theme import Medium, Palette

DAY_MS = 86_400_000.0
MONTH_DAYS = 30.44
# Windows shorter than this have days under the axis, longer ones the starts of months.
DAYS_UP_TO = 45
# Days between ticks, plotly's name for the step, and its widest label.
_DAY_STEPS = tuple((days, days * DAY_MS, "30 Sep") for days in (1, 2, 7, 14))
_MONTH_STEPS = tuple(
    (months * MONTH_DAYS, f"M{months}", "Sep" if months < 12 else "2024")
    for months in (1, 3, 6, 12, 24, 60, 120, 240, 600)
)
# Longer spans than so many steps of less than a year would rather have years.
MOST_MONTH_STEPS = 18
# What the reader may zoom into.
_STOPS = [
    {"dtickrange": [None, DAY_MS * 20], "value": "%-d %b\n%Y"},
    {"dtickrange": [DAY_MS * 20, "M11"], "value": "%b\n%Y"},
    {"dtickrange": ["M11", None], "value": "%Y"},
]


@dataclass(frozen=True, slots=True)
class Span:
    """What the time axis shows, in milliseconds since 1970, UTC."""

    first_ms: float
    last_ms: float

    @property
    def days(self) -> float:
        """Its length in days."""
        return (self.last_ms - self.first_ms) / DAY_MS


def ticks(palette: Palette) -> dict[str, Any]:
    """Return the marks under an axis, which keep its first label off the 0 beside it."""
    return {"ticks": "outside", "ticklen": 4, "tickcolor": palette.rule}


def time_axis(span: Span, width: float, medium: Medium) -> dict[str, Any]:
    """Return a date axis whose ticks fit its width.

    In a picture they stand at round distances; in the page they follow the reader's zoom, at the
    starts of months too unless the window is short.
    """
    palette = medium.palette
    axis = {
        "type": "date",
        # As texts: plotly.js takes numbers here for the reader's local time.
        "range": [_moment(span.first_ms), _moment(span.last_ms)],
        "showgrid": True,
        "gridcolor": palette.line,
        "zeroline": False,
        "tickfont": theme.font(medium, medium.small_px, palette.soft),
        "tickformatstops": _STOPS,
        "showspikes": False,
    }
    if medium.framed:
        return axis | _step(span, width, medium)
    return axis | {"nticks": _most_ticks(span, width, medium)}


def _most_ticks(span: Span, width: float, medium: Medium) -> int:
    most = max(2.0, width / (5.4 * medium.small_px))
    # Plotly.js takes days where a tick every half month is asked for, months where fewer are.
    if span.days >= DAYS_UP_TO:
        most = min(most, span.days / (MONTH_DAYS / 2 + 0.2))
    return max(2, int(most))


def tick_lines(span: Span, width: float, medium: Medium) -> int:
    """Return how many lines the page's ticks have: days and months have their year below."""
    # Plotly.js goes from steps of half a year to whole ones.
    return 2 if span.days / _most_ticks(span, width, medium) <= 6 * MONTH_DAYS else 1


def _step(span: Span, width: float, medium: Medium) -> dict[str, Any]:
    steps = (*_DAY_STEPS, *_MONTH_STEPS) if span.days < DAYS_UP_TO else _MONTH_STEPS
    gap = 1.3 * medium.small_px
    fitting = (
        (step, label)
        for days, step, label in steps
        if days / span.days * width >= width_px(label, medium.small_px) + gap
        and (label != "Sep" or span.days / days <= MOST_MONTH_STEPS)
    )
    step, label = next(fitting, (steps[-1][1], ""))
    # The name of a month or year that is one step long stands in its middle.
    mode = "period" if step in ("M1", "M12") else "instant"
    start = {"tick0": "2000-01-01"} if isinstance(step, str) else {"tick0": _month_start(span)}
    return {"dtick": step, "ticklabelmode": mode} | start


def _moment(ms: float) -> str:
    return str(np.datetime64(round(ms), "ms")).replace("T", " ")


def _month_start(span: Span) -> str:
    return f"{_moment(span.first_ms)[:7]}-01"


def count_axis(largest: float, height: float, medium: Medium) -> dict[str, Any]:
    """Return an axis of whole numbers from 0, at most four of them, with thousands separators."""
    palette = medium.palette
    most = max(1, min(3, int(height / (1.9 * medium.small_px))))
    ceiling = max(largest * 1.06, 1.0)
    step = nice_step(ceiling / (most + 0.99))
    return {
        "range": [0, ceiling],
        "tickmode": "array",
        "tickvals": [*range(0, int(ceiling) + 1, step)],
        "tickformat": ",d",
        "fixedrange": True,
        "showgrid": True,
        "gridcolor": palette.line,
        "zeroline": False,
        "tickfont": theme.font(medium, medium.small_px, palette.soft),
    }


def whole_numbers(ceiling: float, length: float, medium: Medium) -> list[int]:
    """Return the round numbers that stand under an axis from 0, one at least beside 0.

    Args:
        ceiling: The largest figure on it, 1 or more.
        length: From 0 to the largest, in pixels.
        medium: What it is drawn for.
    """
    step = nice_step(ceiling / max(1.0, length / (5 * medium.small_px)))
    while step > ceiling:
        step = nice_step(step / 2.6)
    return [*range(0, int(ceiling * 1.001) + 1, step)]


def nice_step(least: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50, … that is not smaller."""
    power = 1
    while power * 10 < least:
        power *= 10
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least)
