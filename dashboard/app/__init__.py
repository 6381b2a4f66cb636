"""The web page: the only part that knows Dash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dash import Dash
from flask import Flask

from dashboard import wording
from dashboard.app import callbacks, layout, routes
from dashboard.app.index import Page
from dashboard.app.live import Comparing, Live
from dashboard.dataset import Dataset
from dashboard.paths import folder


def create_app(
    dataset: Dataset,
    path: Path | None = None,
    reopen: Callable[[], Dataset] | None = None,
    comparing: Comparing | None = None,
) -> Dash:
    """Return the dashboard of a table, ready to be served.

    Args:
        dataset: The table.
        path: Its file or folder, which is watched from now on where `reopen` is given.
        reopen: Opens it again when it has changed.
        comparing: The table that stands beside it.
    """
    server = Flask(__name__)
    server.config.update(
        # Smaller than by default, for two milliseconds of a large answer.
        COMPRESS_ZSTD_LEVEL=6,
        COMPRESS_BR_LEVEL=5,
        # A browser that has the newest script is told so, not sent it again.
        COMPRESS_STREAMING_ENDPOINT_CONDITIONAL=["_dash_assets.static"],
    )
    app = Page(
        __name__,
        server=server,  # pyright: ignore[reportArgumentType]  # documented, not annotated
        assets_folder=str(folder("assets")),
        assets_ignore=r".*\.(woff2|json|md|csv|txt)$",
        compress=True,
        title=wording.NAME,
        update_title="",
        enable_mcp=False,
    )
    app.live = live = Live(dataset, path, reopen, comparing)
    app.layout = lambda: layout.page(live.now)
    callbacks.register(app, live)
    routes.register(app.server, live, app.csp_hashes())
    live.watch()
    return app
