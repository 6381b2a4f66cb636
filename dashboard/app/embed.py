"""One figure alone, for a frame in another page: its headline and its source line."""

from __future__ import annotations

from dash import html

from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.views.common import after, headline, source_lines


def caption(dataset: Dataset, selection: Selection, host: str) -> list:
    """Build what stands around an embedded figure; empty where nothing is embedded."""
    if not selection.embed:
        return []
    kept = selection.filters
    if selection.embed == "event":
        kept = kept.with_(event=selection.event, at=selection.at)
    link = f"{host.rstrip('/')}/{kept.to_query()}"
    if kept.event:
        # The panel opens with the event's title, and what is chosen besides says nothing of it.
        named = after(dataset, dataset.reports_of([kept.event]), most=6)
        title, source = [], [named, f"Data {dataset.version}."]
    else:
        title = [html.H1(headline(dataset, selection), className="card__title")]
        source = source_lines(dataset, selection)
    return [
        *title,
        html.P(" ".join(source), className="card__reading"),
        html.A("Open with all filters and sources", href=link, target="_blank", rel="noopener"),
    ]
