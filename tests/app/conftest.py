"""One page of a small table with awkward texts, for all tests of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard import dataset as packages
from dashboard.app import callbacks, create_app, ids
from dashboard.app.site import Site
from dashboard.dataset import Dataset
from dashboard.figures.theme import Medium
from tests.app import table

VIEWPORT = {"timeline": 990, "map": 600, "mapHeight": 460, "panel": 330, "tab": 960, "dark": False}

# What Dash names as changed, by the wish.
PROPERTIES = {
    "from": f"{ids.FROM}.value",
    "to": f"{ids.TO}.value",
    "q": f"{ids.SEARCH}.value",
    "gesture": f"{ids.WISH}.data",
    "row": f"{ids.ROWS}.selectedRows",
}


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return the small package with awkward texts and places, whose answers are known."""
    return packages.load(table.write(tmp_path_factory.mktemp("pages") / "odd"))


@pytest.fixture(scope="session")
def app(odd: Dataset) -> Dash:
    """Return the page of that package."""
    return create_app(odd)


@pytest.fixture(scope="session")
def site(app: Dash) -> Site:
    """Return the package with its stories."""
    return app.live.now


@pytest.fixture(scope="session")
def client(app: Dash) -> FlaskClient:
    """Return what asks the page's server without a network."""
    return app.server.test_client()


@pytest.fixture
def narrow() -> Medium:
    """Return the medium of the event panel."""
    return Medium("screen", 320, 0, 12, framed=False)


@pytest.fixture
def turn(app: Dash, site: Site) -> Iterator[Callable[..., dict]]:
    """Answer one request of the page, as its one callback does.

    The wishes given by name are what has just been done; `before` are the values that the controls
    still hold from earlier.
    """

    def _turn(
        search: str = "",
        drawn: dict | None = None,
        *,
        viewport: dict | None = VIEWPORT,
        before: dict | None = None,
        **wish: Any,
    ) -> dict:
        triggers = {PROPERTIES[name]: PROPERTIES[name].split(".")[0] for name in wish}
        if not wish:
            triggers = {f"{ids.URL}.search": ids.URL}
        asked = dict.fromkeys(PROPERTIES) | (before or {}) | wish
        return callbacks.next_page(site, search, viewport, asked, drawn, triggers)

    with app.server.test_request_context("/"):
        yield _turn
