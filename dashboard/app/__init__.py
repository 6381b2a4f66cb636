"""The web page: the only part that knows Dash."""

from __future__ import annotations

from dash import Dash

from dashboard import wording
from dashboard.app import callbacks, layout, routes
from dashboard.dataset import Dataset
from dashboard.paths import folder

_INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
<footer>
{%config%}
{%scripts%}
{%renderer%}
</footer>
</body>
</html>"""


def create_app(dataset: Dataset) -> Dash:
    """Return the dashboard of a table, ready to be served."""
    app = Dash(
        __name__,
        assets_folder=str(folder("assets")),
        assets_ignore=r".*\.woff2$",
        compress=True,
        title=wording.NAME,
        update_title="",
        index_string=_INDEX,
        enable_mcp=False,
    )
    app.layout = layout.page(dataset)
    callbacks.register(app, dataset)
    routes.register(app.server, dataset, app.csp_hashes())
    return app
