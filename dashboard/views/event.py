"""One event's toll, source by source."""

from __future__ import annotations

import html

import pandas as pd

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.errors import SelectionError
from dashboard.figures import frame, toll
from dashboard.figures.frame import Key
from dashboard.figures.theme import Medium
from dashboard.schema import GROUP_OF_TYPE, SCOPE_NAMES
from dashboard.selection import Selection

CHART_PX = 74.0


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict:
    """Draw the toll of the event in focus."""
    event = _event(dataset, selection)
    return _draw(dataset, event, medium, (medium.width_px, CHART_PX))


def picture(dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words) -> dict:
    """Draw the toll of the event in focus with headline, key and source line."""
    event = _event(dataset, selection)
    where = frame.plan(words, medium)
    size = (medium.width_px - 2 * where.pad, medium.height_px - where.top - where.bottom)
    spec = _draw(dataset, event, medium, size)
    spec["layout"]["height"] = medium.height_px
    spec["layout"]["margin"] = frame.margins(where, spec["layout"]["margin"])
    return frame.dress(spec, where, medium)


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List what the dots mean."""
    event = _event(dataset, selection)
    colour = _colour(event, medium)
    return [
        Key("circle", colour, colour, "Best figure"),
        Key("hollow", "", colour, "One report's own figure"),
        Key("bar", medium.palette.rule, medium.palette.rule, "Low to high"),
    ]


def _event(dataset: Dataset, selection: Selection) -> pd.Series:
    found = dataset.events[dataset.events["event_id"] == selection.event]
    if found.empty:
        raise SelectionError("This view shows one event. Name it: event=2021-03-24-palma.")
    return found.iloc[0]


def _colour(event: pd.Series, medium: Medium) -> str:
    return medium.palette.edge[GROUP_OF_TYPE[event["event_type"]]]


def _draw(dataset: Dataset, event: pd.Series, medium: Medium, size: tuple[float, float]) -> dict:
    reports = dataset.reports
    rows = reports[(reports["event_id"] == event["event_id"]) & reports["killed_max"].notna()]
    rows = rows.assign(
        is_whole=rows["scope"].isin(["", "all"]),
        hover=[_hover(report) for report in rows.itertuples(index=False)],
    )
    figures = [event[f"killed_{level}"] for level in ("low", "best", "high")]
    low, best, high = (0 if pd.isna(value) else int(value) for value in figures)
    return toll.draw(rows, (low, best, high), _colour(event, medium), medium, size)


def _hover(report) -> str:
    figure = wording.range_text(report.killed_min, report.killed_max)
    scope = f" ({SCOPE_NAMES[report.scope].lower()})" if report.scope not in ("", "all") else ""
    return f"<b>{figure}</b>{scope} {html.escape(report.publisher, quote=False)}"
