"""One figure alone, for a frame in another page: its headline and its source line."""

from __future__ import annotations

from dash import html

from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.views.common import headline, source_lines


def caption(dataset: Dataset, selection: Selection, host: str) -> list:
    """Build what stands around an embedded figure; empty where nothing is embedded."""
    if not selection.embed:
        return []
    link = f"{host.rstrip('/')}/{selection.filters.to_query()}"
    return [
        html.H1(headline(dataset, selection), className="card__title"),
        html.P(" ".join(source_lines(dataset, selection)), className="card__reading"),
        html.A("Open with all filters and sources", href=link, target="_blank", rel="noopener"),
    ]
