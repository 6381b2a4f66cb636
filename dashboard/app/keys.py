"""The key of a figure beside it on the page, where no filters say what its colours mean."""

from __future__ import annotations

from urllib.parse import quote

from dash import html

from dashboard import views
from dashboard.dataset import Dataset
from dashboard.figures import legend
from dashboard.figures.theme import Medium
from dashboard.selection import Selection


def listed(view: str, dataset: Dataset, selection: Selection, medium: Medium) -> html.Ul:
    """List what a view's colours and marks mean; the medium's theme gives their colours."""
    return html.Ul(
        [
            html.Li(
                [
                    html.Img(src=f"data:image/svg+xml,{quote(legend.svg(key))}", alt=""),
                    key.text,
                ]
            )
            for key in views.view(view).keys(dataset, selection, medium)
        ],
        className="keys",
    )
