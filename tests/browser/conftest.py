"""One server and one Chromium for all browser tests of a worker."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from dashboard.errors import DependencyError
from dashboard.export.browser import find_chromium
from dashboard.paths import folder
from tests.browser.page import Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The network is cut: nothing but this machine has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"width": 1440, "height": 900}


@contextmanager
def serving(*arguments: object) -> Iterator[str]:
    """Run `serve` and give the address, `http://127.0.0.1:…`."""
    words = [str(argument) for argument in arguments]
    command = [sys.executable, "-m", "dashboard", "serve", *words, "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            assert "http://" in line, f"the server said {line!r}"
            yield line.split()[-1]
        finally:
            server.terminate()


@pytest.fixture(scope="package")
def origin() -> Iterator[str]:
    """Serve the published table and return its address."""
    if not (folder("data") / "events.csv").is_file():
        pytest.skip("data/ holds no table")
    with serving() as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start Chromium; without it every test here is skipped, and says why."""
    try:
        chromium = find_chromium()
    except DependencyError as error:
        pytest.skip(str(error))
    try:
        driver = sync_playwright().start()
    except (PlaywrightError, OSError) as error:
        pytest.skip(f"Playwright's driver did not start: {error}")
    try:
        try:
            browser = driver.chromium.launch(
                executable_path=chromium,
                args=FLAGS,
                ignore_default_args=["--hide-scrollbars"],  # most readers' take room
            )
        except PlaywrightError as error:
            pytest.skip(f"Chromium did not start: {error}")
        yield browser
        browser.close()
    finally:
        driver.stop()


@contextmanager
def opening(browser: Browser, origin: str) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a link in a browser of its own, with Playwright's options."""
    opened = []

    def visit(query: str = "", *, cut_network: bool = False, **options) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "en-GB", **options})
        if cut_network:
            context.route(lambda url: not url.startswith(f"{origin}/"), lambda route: route.abort())
        page = Page(context.new_page(), origin)
        opened.append(page)
        page.open(query)
        return page

    yield visit
    for page in opened:
        page.close()
    for page in opened:
        page.check()


@pytest.fixture
def open_page(browser: Browser, origin: str) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a link in a browser of its own, for one test."""
    with opening(browser, origin) as visit:
        yield visit


@pytest.fixture(scope="module")
def phone(browser: Browser, origin: str) -> Iterator[Page]:
    """Return the page on a phone, for the tests of one file."""
    with opening(browser, origin) as visit:
        yield visit(**PHONE)


@pytest.fixture(scope="package")
def shared(browser: Browser, origin: str) -> Iterator[list[Page]]:
    """Keep one page for the tests that ask for no other; a test that fails leaves none."""
    kept: list[Page] = []
    yield kept
    for page in kept:
        page.close()


@pytest.fixture
def page_at(
    browser: Browser, origin: str, shared: list[Page], request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Page]]:
    """Give a function that shows a link on the shared page, which no tool or theme has changed."""

    def show(query: str) -> Page:
        if not shared:
            context = browser.new_context(viewport=DESKTOP, locale="en-GB", color_scheme="light")
            shared.append(Page(context.new_page(), origin))
            shared[0].open(query)
        elif shared[0].query() != query or shared[0].notice():
            shared[0].show(query)
        return shared[0]

    yield show
    for page in shared.copy():
        if request.node.stash.get(FAILED, False):
            shared.remove(page)
            page.close()
        page.check()


@pytest.fixture
def page(page_at: Callable[[str], Page]) -> Page:
    """Return the shared page at its start: all events, nothing open."""
    return page_at("")


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Remember that a test failed, for the page that it leaves behind."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report
