"""Addresses beside the page: health, figures for the reader's own download, data, headers."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, Response, jsonify, request

from dashboard import views
from dashboard.dataset import Dataset, table_bytes
from dashboard.errors import DashboardError
from dashboard.schema import EVENTS
from dashboard.selection import Selection
from dashboard.views import common

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# A cell that begins so would run as a formula when a spreadsheet opens the file.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def register(server: Flask, dataset: Dataset, script_hashes: Iterable[str]) -> None:
    """Add the addresses and headers to the web server."""
    policy = "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {' '.join(script_hashes)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )

    @server.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend({**HEADERS, "Content-Security-Policy": policy})
        return response

    @server.get("/healthz")
    def health() -> Response:
        return jsonify(status="ok", version=dataset.version, events=len(dataset.events))

    @server.get("/figure/<name>/<preset>.json")
    def figure(name: str, preset: str) -> Response:
        selection = Selection.parse(request.query_string.decode(), dataset.vocabulary)[0]
        drawn = views.render(name, dataset, selection, preset=preset, link=_page_link(selection))
        return Response(drawn.to_json(), mimetype="application/json")

    @server.get("/download/events.csv")
    def events_csv() -> Response:
        selection = Selection.parse(request.query_string.decode(), dataset.vocabulary)[0]
        name = f"conflict-timeline-{dataset.version}.csv"
        return Response(
            events_as_csv(dataset, selection),
            mimetype="text/csv",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @server.errorhandler(DashboardError)
    def explain(error: DashboardError) -> tuple[Response, int]:
        return jsonify(error=str(error)), 400


def _page_link(selection: Selection) -> str:
    return request.host_url.rstrip("/") + "/" + selection.filters.to_query()


def events_as_csv(dataset: Dataset, selection: Selection) -> bytes:
    """Write the chosen events in the columns of the data package.

    Texts that a spreadsheet would run as a formula get an apostrophe before them.
    """
    ids = common.chosen_ids(dataset, selection)
    rows = dataset.events[dataset.events["event_id"].isin(ids)]
    texts = [column.name for column in EVENTS if column.kind == "text"]
    safe = rows.assign(**{name: rows[name].map(harmless) for name in texts})
    return table_bytes(EVENTS, safe)


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
