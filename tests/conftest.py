"""Fixtures that every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import narwhals as nw
import pytest
from hypothesis import settings

from dashboard import dataset as packages
from dashboard.dataset import Dataset
from dashboard.engine import open_events
from dashboard.errors import DependencyError
from dashboard.export import Exporter
from dashboard.export.browser import find_chromium
from dashboard.paths import folder
from tests import package

# The same examples each time, so that a run says something about the change and not about luck.
settings.register_profile("core", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("core")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that renew what figures and pictures are compared with."""
    parser.addoption("--update-golden", action="store_true", help="store the figures as they are")
    parser.addoption("--update-images", action="store_true", help="store the pictures as they are")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what draws images where there is no Chromium, and say why."""
    # The driver of the browser tests keeps its event loop open to the end: they run last.
    items.sort(key=lambda item: "tests/browser/" in item.path.as_posix())
    images = [item for item in items if item.get_closest_marker("image")]
    try:
        if images:
            find_chromium()
    except DependencyError as error:
        for item in images:
            item.add_marker(pytest.mark.skip(reason=str(error)))


@pytest.fixture(scope="session")
def drawer() -> Iterator[Exporter]:
    """Return an exporter with our own fonts and geography, for all tests that draw images."""
    with Exporter() as opened:
        yield opened


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small package; do not write into it."""
    return package.write(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Dataset:
    """Return the small package, whose answers are known."""
    return packages.load(small_folder)


@pytest.fixture(scope="session")
def small_events(small: Dataset) -> nw.DataFrame:
    """Return the small package's events, ready for queries."""
    return open_events(small)


@pytest.fixture(scope="session")
def curated() -> Dataset:
    """Return the package that we publish."""
    if not (folder("data") / "events.csv").is_file():
        pytest.skip("data/ holds no table")
    return packages.load(folder("data"))


@pytest.fixture(scope="session")
def curated_events(curated: Dataset) -> nw.DataFrame:
    """Return the published events, ready for queries."""
    return open_events(curated)
