"""The page's HTML shell: what search engines, previews and browsers without scripts are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask
from dash import Dash
from markupsafe import escape

from dashboard import wording
from dashboard.app.filters import dot_rules
from dashboard.app.frames import records
from dashboard.app.header import tagline
from dashboard.app.live import Live
from dashboard.app.site import Site
from dashboard.selection import Selection
from dashboard.views import chosen, common

NEWEST = 40

_INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
{%preview%}
<title>{%title%}</title>
{%favicon%}
{%css%}
<style>{%dots%}</style>
</head>
<body>
{%plain%}
{%app_entry%}
<footer>
{%config%}
{%scripts%}
{%renderer%}
</footer>
</body>
</html>"""


class Page(Dash):
    """A Dash app whose shell tells previews what a link shows, and shows events without scripts."""

    live: Live

    @property
    def site(self) -> Site:
        """The site that is served now."""
        return self.live.now

    def _setup_plotlyjs(self) -> None:
        """Leave out Dash's plotly.js, three times as large: the assets bring one of our traces."""
        self._plotlyjs_url = self.get_asset_url("plotly/plotly.min.js")

    def interpolate_index(self, **kwargs: Any) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Fill the shell for the address that was asked for."""
        selection = self.site.parse(flask.request.query_string.decode())[0]
        values: Mapping[str, str] = {
            **kwargs,
            "preview": _preview(self.site, selection),
            "dots": dot_rules(),
            "plain": _plain(self.site, selection),
        }
        text = _INDEX
        for name, value in values.items():
            text = text.replace(f"{{%{name}%}}", value)
        return text


def _preview(site: Site, selection: Selection) -> str:
    title = escape(common.headline(site.dataset, selection))
    words = escape(tagline(site))
    host = escape(flask.request.host_url)
    link = escape(flask.request.url)
    return (
        f'<meta name="description" content="{words}">\n'
        f'<meta property="og:type" content="website">\n'
        f'<meta property="og:site_name" content="{wording.NAME}">\n'
        f'<meta property="og:title" content="{title}">\n'
        f'<meta property="og:description" content="{words}">\n'
        f'<meta property="og:url" content="{link}">\n'
        f'<meta property="og:image" content="{host}assets/preview.png">\n'
        '<meta name="twitter:card" content="summary_large_image">'
    )


def _plain(site: Site, selection: Selection) -> str:
    """Write the newest chosen events as a table for browsers that run no scripts."""
    rows = chosen.newest(site.dataset, selection, 0, NEWEST)
    lines = [
        "<tr>"
        + "".join(
            f"<td>{escape(text)}</td>"
            for text in (
                wording.days_text(row.start_date.date(), row.end_date.date(), row.date_precision),
                row.title,
                row.place,
                common.toll_text(row.killed_low, row.killed_best, row.killed_high),
            )
        )
        + "</tr>"
        for row in records(rows)
    ]
    return (
        f'<noscript><div class="plain"><h1>{wording.NAME}</h1><p>{escape(tagline(site))}.'
        " The figures need JavaScript; these are the newest events"
        f" ({len(rows)} of {site.dataset.size:,}).</p><table><thead><tr><th>Date</th>"
        "<th>Event</th><th>Place</th><th>Killed</th></tr></thead><tbody>"
        f"{''.join(lines)}</tbody></table></div></noscript>"
    )
