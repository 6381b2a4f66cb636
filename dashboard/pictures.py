"""Pictures by order: an order says all that decides a picture, and the picture carries it."""

from __future__ import annotations

import calendar
import datetime
import hashlib
import importlib.metadata
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd
import plotly.graph_objects as go

from dashboard import query, views, wording
from dashboard.dataset import Dataset
from dashboard.errors import ExportError, nearest, shown
from dashboard.export import Exporter
from dashboard.selection import Selection
from dashboard.views import asking, chosen, common

MEMBERS = ("theatre", "country", "actor", "month", "event")
LONGEST_NAME = 80
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
# Names that Windows keeps for its devices.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)")


@dataclass(frozen=True, slots=True)
class Order:
    """What decides a picture, apart from the table.

    `query` is a link's query string, of which what a picture does not show (the open tab, a story)
    is left out; `link` is the address printed in the picture; `form` is png, svg, pdf or html;
    `scale` is the pixels of a PNG for each px. The others are those of `views.render`.

    Raises:
        SelectionError: The query says something unknown.
    """

    view: str
    query: str = ""
    preset: str = "web"
    size: str = ""
    title: str = ""
    subtitle: str = ""
    link: str = ""
    dark: bool = False
    form: str = "png"
    scale: float = 1.0

    def __post_init__(self) -> None:
        """Bring every field to its one spelling."""
        selection = Selection.from_query(self.query)
        object.__setattr__(self, "query", drawn_part(selection).to_query())
        for name in ("title", "subtitle", "link"):
            object.__setattr__(self, name, _one_line(getattr(self, name)))
        object.__setattr__(self, "scale", float(self.scale))

    def selection(self, dataset: Dataset) -> Selection:
        """Return what of a table the picture shows.

        Raises:
            SelectionError: The query names what the table does not hold.
        """
        return Selection.from_query(self.query, dataset.vocabulary)


# The fields of an order under their names in a recipe, where `title` is what the picture says.
_KEYS = {
    "view": "view",
    "query": "query",
    "preset": "preset",
    "size": "size",
    "title": "own_title",
    "subtitle": "own_subtitle",
    "link": "link",
    "form": "form",
}


def drawn_part(selection: Selection) -> Selection:
    """Return a selection without what no picture shows."""
    return selection.with_(tab="events", story="", step=0, embed="", version="")


def _one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def recipe(order: Order, dataset: Dataset) -> dict[str, str]:
    """Write an order with the table's version, for `Exporter.image` to put into the file.

    Raises:
        SelectionError: No view has that name, or the table does not know the query's words.
    """
    view = views.view(order.view)
    selection = order.selection(dataset)
    reading = views.reading(order.view, dataset, selection)
    drawn = view.texts(dataset, selection, reading, order.link)
    texts = {key: getattr(order, name) for name, key in _KEYS.items()}
    texts["dark"] = "1" if order.dark else ""
    texts["scale"] = str(order.scale).removesuffix(".0")
    texts["version"] = dataset.version
    texts["title"] = order.title or drawn.title
    texts["source"] = drawn.caption[0]
    texts["program"] = _program()
    return {key: text for key, text in texts.items() if text}


def nameless_recipe() -> dict[str, str]:
    """Write the recipe of a figure that no view drew: it says by which program, not how."""
    return {"program": _program()}


@cache
def _program() -> str:
    try:
        return f"{wording.NAME} {importlib.metadata.version('conflict-timeline')}"
    except importlib.metadata.PackageNotFoundError:
        return wording.NAME


def order_of(recipe: Mapping[str, str]) -> Order:
    """Read the order in a recipe.

    Raises:
        ExportError: It is not the recipe of a view.
        SelectionError: Its query says something unknown.
    """
    if "view" not in recipe:
        raise ExportError(
            "The image was drawn from a figure made in Python, not from a view: its recipe cannot"
            " draw it again."
        )
    known = {name: recipe[key] for name, key in _KEYS.items() if key in recipe}
    try:
        scale = float(recipe.get("scale", "1"))
    except ValueError:
        raise ExportError(f"The recipe's scale, {shown(recipe['scale'])}, is no number.") from None
    return Order(**known, dark=recipe.get("dark", "") == "1", scale=scale)


def differences(recipe: Mapping[str, str], dataset: Dataset) -> list[str]:
    """Say why a recipe may give another picture now than it gave then."""
    found = []
    if (then := recipe.get("version", "")) != dataset.version:
        found.append(
            f"It was drawn from data {then or 'of no version'}; this table is {dataset.version},"
            " so the picture may differ."
        )
    if (then := recipe.get("program", "")) != _program():
        found.append(f"It was drawn by {then or 'an unknown version'}; this is {_program()}.")
    return found


def figure(order: Order, dataset: Dataset) -> go.Figure:
    """Return the picture as a plotly figure.

    Raises:
        SelectionError: No view has that name, or the table does not know the query's words.
        ExportError: The preset or the size is unknown.
    """
    return views.render(
        order.view,
        dataset,
        order.selection(dataset),
        preset=order.preset,
        size=order.size,
        title=order.title,
        subtitle=order.subtitle,
        dark=order.dark,
        link=order.link,
    )


def draw(order: Order, dataset: Dataset, exporter: Exporter) -> bytes:
    """Draw an order as PNG, SVG or PDF.

    Raises:
        SelectionError, ExportError, DependencyError: As `figure` and `Exporter.image` do.
    """
    drawn = figure(order, dataset)
    content = recipe(order, dataset)
    return exporter.image(drawn, order.form, scale=order.scale, recipe=content)


def caption(dataset: Dataset, selection: Selection = Selection(), link: str = "") -> str:  # noqa: B008 (frozen)
    """Write the source line of a picture: sources, n of N, filters in words, version, link."""
    shown_link = link or selection.filters.to_query()
    return "\n".join(common.source_lines(dataset, selection, shown_link))


def series(by: str, dataset: Dataset, selection: Selection) -> list[tuple[str, Selection]]:
    """Split a selection into one for each theatre, country, actor, month or event in it.

    Args:
        by: One of `MEMBERS`. Months go from that of the first to that of the last chosen event,
            those without an event among them; the window's first and last day stay as they are.
        dataset: The table.
        selection: What of it; a list of actors limits the actors.

    Returns:
        For each, in their order: its value in a link (2021-03, BFA, is-mozambique), its selection.

    Raises:
        ExportError: Nothing is called so.
    """
    if by not in MEMBERS:
        raise ExportError(
            f"Pictures cannot be drawn for each {shown(by)}.{nearest(by, MEMBERS)}"
            f" There is {wording.listed(MEMBERS, 'or')}."
        )
    events = asking.events(dataset, selection)
    if by == "event":
        ids = chosen.rows(dataset, selection).index
        return [(event_id, selection.with_(event=event_id)) for event_id in ids]
    if by == "month":
        return _months(dataset, selection)
    if by == "actor":
        found = query.actor_counts(events, selection.role)
        wanted = selection.actors or dataset.actor_names
        return [(key, selection.with_(actors=(key,))) for key in wanted if key in found]
    if by == "country":
        codes = query.counts(events, "country_code")
        return [(code, selection.with_(countries=(code,))) for code in codes]
    there = query.counts(events, "theatre")
    keys = [key for key in dataset.vocabulary["theatre"] if key in there]
    return [(key, selection.with_(theatres=(key,))) for key in keys]


def _months(dataset: Dataset, selection: Selection) -> list[tuple[str, Selection]]:
    days = chosen.span(dataset, selection)
    if days is None:
        return []
    first = max(days[0], selection.from_date or datetime.date.min)
    last = min(days[1], selection.to_date or datetime.date.max)
    found = []
    for month in pd.period_range(first, last, freq="M"):
        start = datetime.date(month.year, month.month, 1)
        end = start.replace(day=calendar.monthrange(month.year, month.month)[1])
        window = selection.with_(
            from_date=max(start, selection.from_date or start),
            to_date=min(end, selection.to_date or end),
        )
        found.append((start.isoformat()[:7], window))
    return found


def file_name(view: str, member: str, form: str) -> str:
    """Name the file of one picture of a series, the same each time and safe on every system."""
    name = _UNSAFE.sub("-", member).strip("-.")
    if name != member or len(name) > LONGEST_NAME or _DEVICES.match(name):
        mark = hashlib.sha256(member.encode(errors="replace")).hexdigest()[:8]
        name = f"{name[: LONGEST_NAME - 9]}-{mark}".strip("-")
    return f"{view}-{name}.{form}"
