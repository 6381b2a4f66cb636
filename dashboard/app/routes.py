"""Addresses beside the page: health, figures for the reader's own download, data, headers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable

from flask import Flask, Response, jsonify, request

from dashboard import citation, downloads, pictures, query, views
from dashboard.app.live import Live
from dashboard.dataset import Dataset
from dashboard.engine import open_events
from dashboard.errors import DashboardError, SelectionError, nearest, shown
from dashboard.selection import Selection

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CITATION_FORMS = {
    "plain": ("txt", "text/plain"),
    "bibtex": ("bib", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
}


def register(server: Flask, live: Live, script_hashes: Iterable[str]) -> None:
    """Add the addresses and headers to the web server."""
    policy = "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {' '.join(script_hashes)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data:",  # a picture of Plotly.toImage
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
        site = live.now
        return jsonify(
            status="ok",
            version=site.dataset.version,
            beside=site.matched.version if site.matched else "",
            events=site.dataset.size,
            notice=site.notice,
        )

    @server.get("/readyz")
    def readiness() -> Response:
        # Where the engine does not answer, neither does this: a server error, or no end.
        dataset = live.now.dataset
        query.events_frame(open_events(dataset).head(1))
        return jsonify(status="ready", version=dataset.version)

    @server.get("/figure/<name>/<preset>.json")
    def figure(name: str, preset: str) -> Response:
        site, dataset = live.now, live.now.dataset
        selection = site.parse(request.query_string.decode())[0]
        link = _page_link(
            Selection(event=selection.event) if name == "event" else selection.filters
        )
        order = pictures.Order(name, selection.to_query(), preset, link=link)
        drawn = pictures.figure(order, dataset).to_json()
        recipe = json.dumps(pictures.recipe(order, dataset))
        alt = json.dumps(views.alt_text(name, dataset, selection))
        answer = f'{{"figure":{drawn},"recipe":{recipe},"alt":{alt}}}'
        return Response(answer, mimetype="application/json")

    @server.get("/download/<form>")
    def download(form: str) -> Response:
        if form not in downloads.FORMS:
            raise SelectionError(
                f"No file form is called {shown(form)}.{nearest(form, downloads.FORMS)}"
            )
        site, dataset = live.now, live.now.dataset
        selection = site.parse(request.query_string.decode())[0]
        cited = citation.of_selection(dataset, selection, _page_link(selection.filters), _today())
        kind, terms = downloads.FORMS[form], dataset.licence
        name = f"conflict-timeline-{dataset.version}.{kind.suffix}"
        return Response(
            downloads.stream(form, dataset, selection, cited),
            content_type=kind.media_type,
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                **({"Link": f'<{terms.url}>; rel="license"'} if terms.url else {}),
            },
        )

    @server.get("/cite/<form>")
    def cite(form: str) -> Response:
        if form not in CITATION_FORMS:
            raise SelectionError(f"No citation form is called {shown(form)}.")
        site, dataset = live.now, live.now.dataset
        selection = site.parse(request.query_string.decode())[0]
        cited = cited_now(dataset, selection, request.host_url)
        suffix, media_type = CITATION_FORMS[form]
        return Response(
            getattr(cited, form),
            content_type=f"{media_type}; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{cited.key}.{suffix}"'},
        )

    @server.errorhandler(DashboardError)
    def explain(error: DashboardError) -> tuple[Response, int]:
        return jsonify(error=str(error)), 400


def _page_link(selection: Selection) -> str:
    return request.host_url.rstrip("/") + "/" + selection.to_query()


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


def cited_now(dataset: Dataset, selection: Selection, host: str) -> citation.Citation:
    """Cite the event in focus, else the selection, as seen today at this address."""
    url = host.rstrip("/") + "/"
    if selection.event:
        link = url + Selection(event=selection.event).to_query()
        return citation.of_event(dataset, selection.event, link, _today())
    return citation.of_selection(dataset, selection, url + selection.filters.to_query(), _today())
