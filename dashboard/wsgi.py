"""The page as a WSGI application, for a server that runs several processes.

`gunicorn 'dashboard.wsgi:application("data")'`; docs/deploy.md has the whole command.
"""

from __future__ import annotations

import os
import shlex
from wsgiref.types import WSGIApplication

from dashboard import cli
from dashboard.errors import ServeError
from dashboard.server import settle

VARIABLE = "CONFLICT_TIMELINE"


def application(*arguments: str) -> WSGIApplication:
    """Return the application that `conflict-timeline serve` would serve.

    Each process calls it for itself: an engine's connection does not survive a fork.

    Args:
        arguments: Those of `serve`: a table, `--engine=duckdb`, `--compare=B`, …; without any,
            those in the environment variable `CONFLICT_TIMELINE`, else our own table.

    Raises:
        DashboardError: The table cannot be opened.
        ServeError: `serve` takes no such arguments; what it takes is on stderr.
    """
    given = arguments or tuple(shlex.split(os.environ.get(VARIABLE, "")))
    try:
        page = cli.page(given)
    except SystemExit:
        # A server would take it for a worker that has done its work, and start the next.
        raise ServeError(f"serve cannot be called with {shlex.join(given)!r}.") from None
    settle()
    return page.server
