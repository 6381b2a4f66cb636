"""The views: each joins a question to the events with a drawing of the answer.

`screen` gives the bare drawing that the page shows, `render` the picture that stands alone, with
headline, key and source line. Both draw with the same builders from the same query.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

import plotly.graph_objects as go

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.errors import ExportError, SelectionError, nearest, shown
from dashboard.figures.frame import Key, Words
from dashboard.figures.theme import PALETTES, PRESETS, Medium
from dashboard.selection import Selection
from dashboard.views import (
    actors,
    alt,
    bins,
    captions,
    chosen,
    event,
    event_map,
    months,
    sources,
    spots,
    timeline,
    trend,
)
from dashboard.views.captions import Texts

# The smallest text of a picture is then 8 pixels high.
LEAST_FONT_PX = 9.4


@dataclass(frozen=True, slots=True)
class View:
    """One view: its name, the question it answers, and how it is drawn."""

    title: str
    question: str
    reading: str
    screen: Callable[[Dataset, Selection, Medium], dict]
    picture: Callable[[Dataset, Selection, Medium, Words], dict]
    keys: Callable[[Dataset, Selection, Medium], list[Key]]
    texts: Callable[[Dataset, Selection, str, str], Texts] = captions.texts
    in_words: Callable[[Dataset, Selection], list[str]] | None = None


VIEWS: dict[str, View] = {
    "timeline": View(
        "Timeline",
        "When and how deadly",
        "Each circle is an event, its area the dead; bars show its days.",
        timeline.screen,
        timeline.picture,
        timeline.keys,
        in_words=timeline.in_words,
    ),
    "map": View(
        "Map",
        "Where",
        "Each circle is a place, its area the dead; a number says how many events it stands for.",
        event_map.screen,
        event_map.picture,
        event_map.keys,
        event_map.texts,
        event_map.in_words,
    ),
    "trend": View(
        "Trend",
        "Is it rising?",
        "Counts of events in this table.",
        trend.screen,
        trend.picture,
        trend.keys,
        trend.texts,
        trend.in_words,
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
        event.texts,
        event.in_words,
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


class Options(TypedDict, total=False):
    """How a picture is drawn.

    Keys:
        preset: A key of `theme.PRESETS`; by default "web".
        size: "1200x675" in pixels, instead of the preset's.
        title: Headline; by default it is written from the selection.
        subtitle: Line under it; by default how to read the picture.
        dark: Draw on a dark ground.
        link: Where the picture can be seen live; by default the query string.
    """

    preset: str
    size: str
    title: str
    subtitle: str
    dark: bool
    link: str


def render(
    name: str,
    dataset: Dataset,
    selection: Selection = Selection(),  # noqa: B008 (frozen)
    **options: Unpack[Options],
) -> go.Figure:
    """Draw a view as a picture that stands alone.

    Args:
        name: A key of `VIEWS`.
        dataset: The table.
        selection: What of it.
        **options: As `Options` lists them.

    Returns:
        A plotly figure with explicit width and height in pixels.

    Raises:
        SelectionError: No view has that name.
        ExportError: The preset or the size is unknown.
    """
    found = view(name)
    palette = PALETTES["dark" if options.get("dark") else "light"]
    medium = medium_for(options.get("preset", "web"), options.get("size", ""))
    medium = replace(medium, palette=palette)
    texts = found.texts(
        dataset, selection, reading(name, dataset, selection), options.get("link", "")
    )
    words = Words(
        options.get("title") or texts.title,
        options.get("subtitle") or texts.subtitle,
        texts.caption,
        found.keys(dataset, selection, medium),
    )
    spec = found.picture(dataset, selection, medium, words)
    # plotly takes the type out of a trace while it reads it, and maps share theirs among threads.
    return go.Figure({**spec, "data": [dict(trace) for trace in spec["data"]]})


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
    # Text grows and shrinks with the picture, but slower, and never under what can be read.
    change = (width * height / (medium.width_px * medium.height_px)) ** 0.5
    font = min(max(medium.font_px * change, LEAST_FONT_PX), medium.font_px * 2)
    return replace(medium, width_px=width, height_px=height, font_px=round(font, 2))


def reading(name: str, dataset: Dataset, selection: Selection) -> str:
    """Say how to read a view; counts that a reader may take for rates carry their caveat.

    A timeline on which nothing stands is not read: it says why.

    Raises:
        SelectionError: No view has that name.
    """
    if name == "trend" and dataset.is_curated:
        return "Counts of events in this table, which is curated and not a census."
    if name == "timeline" and timeline.draws_none(dataset, selection):
        return ""
    if name == "actors" and selection.measure == "killed":
        return actors.READING_KILLED
    if name in ("timeline", "map") and not chosen.is_few(dataset, selection):
        return bins.READING if name == "timeline" else spots.READING
    return view(name).reading


def page_reading(name: str, dataset: Dataset, selection: Selection) -> str:
    """Say how to read a view where no caption stands under it: `reading`, and what it counts.

    Raises:
        SelectionError: No view has that name.
    """
    rules = {"timeline": months.counting_words, "trend": trend.counting_words}
    said = rules[name](dataset, selection) if name in rules else []
    return " ".join(filter(None, [reading(name, dataset, selection), *said]))


def alt_text(name: str, dataset: Dataset, selection: Selection) -> str:
    """Describe a picture in plain sentences, from its data.

    Raises:
        SelectionError: No view has that name.
    """
    found = view(name)
    if found.in_words is not None:
        return " ".join(found.in_words(dataset, selection))
    drawn = f"{found.title}: {found.question}. {reading(name, dataset, selection)}"
    return " ".join(alt.of_events(dataset, selection, drawn))
