"""One figure alone, for a frame in another page: its headline, its key and its source line."""

from __future__ import annotations

from dash import html

from dashboard.app import keys
from dashboard.dataset import Dataset
from dashboard.figures.theme import Medium
from dashboard.selection import Selection
from dashboard.views.common import after, headline, source_lines


def caption(dataset: Dataset, selection: Selection, host: str, medium: Medium) -> list:
    """Build what stands around an embedded figure; empty where nothing is embedded.

    Args:
        dataset: The table.
        selection: What of it, and which figure.
        host: The address of the page.
        medium: What the figure is drawn for: its theme gives the key's colours.
    """
    if not selection.embed:
        return []
    kept = selection.filters
    if selection.embed == "event":
        kept = kept.with_(event=selection.event, at=selection.at)
    link = f"{host.rstrip('/')}/{kept.to_query()}"
    if kept.event:
        # The panel opens with the event's title, and what is chosen besides says nothing of it.
        named = after(dataset, dataset.reports_of([kept.event]), most=6)
        title, key, source = [], [], [named, f"Data {dataset.version}."]
    else:
        title = [html.H1(headline(dataset, selection), className="card__title")]
        key = [keys.listed(selection.embed, dataset, selection, medium)]
        source = source_lines(dataset, selection)
    return [
        *title,
        *key,
        html.P(" ".join(source), className="card__reading"),
        html.A("Open with all filters and sources", href=link, target="_blank", rel="noopener"),
    ]
