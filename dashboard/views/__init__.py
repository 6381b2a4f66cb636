"""The views: each joins a question to the events with a drawing of the answer.

`screen` gives the bare drawing that the page shows, `render` the picture that stands alone, with
headline, key and source line. Both draw with the same builders from the same query.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.errors import ExportError, SelectionError, nearest, shown
from dashboard.figures.frame import Key, Words
from dashboard.figures.theme import PALETTES, PRESETS, Medium
from dashboard.selection import Selection
from dashboard.views import actors, common, event, event_map, sources, timeline, trend


@dataclass(frozen=True, slots=True)
class View:
    """One view: its name, the question it answers, and how it is drawn."""

    title: str
    question: str
    reading: str
    screen: Callable[[Dataset, Selection, Medium], dict]
    picture: Callable[[Dataset, Selection, Medium, Words], dict]
    keys: Callable[[Dataset, Selection, Medium], list[Key]]


VIEWS: dict[str, View] = {
    "timeline": View(
        "Timeline",
        "When and how deadly",
        "Each circle is an event, its area the dead; bars last several days.",
        timeline.screen,
        timeline.picture,
        timeline.keys,
    ),
    "map": View(
        "Map",
        "Where",
        "Each circle is a place, its area the dead; a number says how many events it stands for.",
        event_map.screen,
        event_map.picture,
        event_map.keys,
    ),
    "trend": View(
        "Trend",
        "Is it rising?",
        "Counts of events in this table, which is curated and not a census.",
        trend.screen,
        trend.picture,
        trend.keys,
    ),
    "actors": View(
        "Actors",
        "Who acts against whom",
        "Each circle counts the events in which the row's actor acts against the column's.",
        actors.screen,
        actors.picture,
        actors.keys,
    ),
    "sources": View(
        "Sources",
        "How far the sources disagree",
        "Each ring is one report's own figure of the dead; sources are counted by agency.",
        sources.screen,
        sources.picture,
        sources.keys,
    ),
    "event": View(
        "Event",
        "Who counts how many dead",
        "Each ring is one report's own figure.",
        event.screen,
        event.picture,
        event.keys,
    ),
}


def view(name: str) -> View:
    """Return a view by name.

    Raises:
        SelectionError: No view has that name.
    """
    if name not in VIEWS:
        raise SelectionError(
            f"No view is called {shown(name)}.{nearest(name, VIEWS)}"
            f" The views are {wording.listed(VIEWS)}."
        )
    return VIEWS[name]


def screen(name: str, dataset: Dataset, selection: Selection, medium: Medium) -> dict:
    """Draw a view for the page: a plotly figure description without headline or key."""
    return view(name).screen(dataset, selection, medium)


def render(
    name: str,
    dataset: Dataset,
    selection: Selection = Selection(),  # noqa: B008 (frozen)
    *,
    preset: str = "web",
    size: str = "",
    title: str = "",
    subtitle: str = "",
    dark: bool = False,
    link: str = "",
) -> go.Figure:
    """Draw a view as a picture that stands alone.

    Args:
        name: A key of `VIEWS`.
        dataset: The table.
        selection: What of it.
        preset: A key of `theme.PRESETS`.
        size: "1200x675" in pixels, instead of the preset's.
        title: Headline; by default it is written from the selection.
        subtitle: Line under it; by default how to read the picture.
        dark: Draw on a dark ground.
        link: Where the picture can be seen live; by default the query string.

    Returns:
        A plotly figure with explicit width and height in pixels.

    Raises:
        SelectionError: No view has that name.
        ExportError: The preset or the size is unknown.
    """
    chosen = view(name)
    medium = replace(medium_for(preset, size), palette=PALETTES["dark" if dark else "light"])
    words = Words(
        title or common.headline(dataset, selection),
        subtitle or f"{common.toll_range(dataset, selection)} {chosen.reading}".strip(),
        common.source_lines(dataset, selection, link or selection.filters.to_query()),
        chosen.keys(dataset, selection, medium),
    )
    return go.Figure(chosen.picture(dataset, selection, medium, words))


def medium_for(preset: str, size: str = "") -> Medium:
    """Return the medium of a preset, with another size where one is asked for.

    Raises:
        ExportError: Unknown preset, or a size that is not WxH within 200 to 8,000 pixels.
    """
    if preset not in PRESETS:
        raise ExportError(
            f"No preset is called {shown(preset)}.{nearest(preset, PRESETS)}"
            f" The presets are {wording.listed(PRESETS)}."
        )
    medium = PRESETS[preset]
    if not size:
        return medium
    match = re.fullmatch(r"(\d{3,4})x(\d{3,4})", size)
    width, height = (int(part) for part in match.groups()) if match else (0, 0)
    if not (200 <= width <= 8000 and 200 <= height <= 8000):
        raise ExportError(
            f"{shown(size)} is not a size. Write width x height in pixels, from 200 to 8000,"
            " for example 1200x675."
        )
    return replace(medium, width_px=width, height_px=height)


def alt_text(name: str, dataset: Dataset, selection: Selection) -> str:
    """Describe a picture in words, from its data."""
    drawn = view(name)
    parts = [
        f"{drawn.title}: {common.headline(dataset, selection)}.",
        common.toll_range(dataset, selection),
        *common.source_lines(dataset, selection),
    ]
    return " ".join(part for part in parts if part)
