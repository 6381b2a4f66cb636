"""One tab with the page in it: its address, its rest, its complaints."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import CDPSession, ConsoleMessage, Request
from playwright.sync_api import Page as Tab

from dashboard.app import ids

PROBE = Path(__file__).with_name("probe.js")
# Frames in which nothing happens: then the page is at rest. Its parts wait for two at most.
STILL_FRAMES = 8
PATIENCE_MS = 15_000
LOCAL_SCHEMES = ("data", "blob")


class Visit:
    """One tab with the page in it; every action returns when the page has come to rest."""

    def __init__(self, tab: Tab, origin: str) -> None:
        self.tab = tab
        self.origin = origin
        self.console_errors: list[str] = []
        self.outside_requests: list[str] = []
        self._chromium: CDPSession | None = None
        tab.set_default_timeout(PATIENCE_MS)
        tab.add_init_script(path=PROBE)
        tab.on("console", self._hear)
        tab.on("pageerror", lambda error: self.console_errors.append(str(error)))
        tab.on("request", self._note)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console_errors.append(f"{message.type}: {message.text[:500]}")

    def _note(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in LOCAL_SCHEMES and not self._is_ours(request.url):
            self.outside_requests.append(request.url)

    def _is_ours(self, url: str) -> bool:
        return url == self.origin or url.startswith(f"{self.origin}/")

    def check(self) -> None:
        """Fail where the console complained or another origin was asked; then forget it."""
        faults = [*self.console_errors, *(f"asked {url}" for url in self.outside_requests)]
        self.console_errors.clear()
        self.outside_requests.clear()
        assert not faults, "\n".join(faults)

    def close(self) -> None:
        """End the tab and forget its cookies and cache."""
        self.tab.context.close()

    # The address.

    def open(self, query: str = "") -> None:
        """Go to a link, as a bookmark does."""
        self.tab.goto(f"{self.origin}/{query}")
        self.settle()

    def show(self, query: str) -> None:
        """Go to a link without loading the page anew, as the page's own links do."""
        self._ask(f"window.dash_clientside.set_props('{ids.URL}', {{search: {query!r}}})")
        self.settle()

    def query(self) -> str:
        """Return the address's query string, `?theatre=iraq`."""
        parts = urlsplit(self.tab.url)
        return f"?{unquote(parts.query)}" if parts.query else ""

    def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        self.tab.set_viewport_size({"width": width, "height": height})
        self.tab.wait_for_timeout(200)  # the page waits for the last of many sizes
        self.settle()

    def prefer(self, scheme: str) -> None:
        """Make the system "dark" or "light"; the reader has not chosen a theme yet."""
        self._ask("localStorage.removeItem('theme')")
        self.tab.emulate_media(color_scheme=scheme)
        self.reload()

    def move_to(self, zone: str) -> None:
        """Put the reader into another time zone and load the page anew; "" is the own one."""
        # Chromium takes a second wish only from whom the first came.
        self._chromium = self._chromium or self.tab.context.new_cdp_session(self.tab)
        self._chromium.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
        self.reload()

    def zone(self) -> str:
        """Return the time zone that the page's scripts see."""
        return self._ask("Intl.DateTimeFormat().resolvedOptions().timeZone")

    def link(self) -> str:
        """Return the whole address."""
        return self.tab.url

    def go_back(self) -> None:
        """Press the browser's Back."""
        self.tab.go_back()
        self.settle()

    def go_forward(self) -> None:
        """Press the browser's Forward."""
        self.tab.go_forward()
        self.settle()

    def reload(self) -> None:
        """Press the browser's Reload."""
        self.tab.reload()
        self.settle()

    def settle(self) -> None:
        """Wait until the figures are drawn and nothing more happens."""
        is_still = f"probe.rest(probe.isDrawn, {STILL_FRAMES}, {PATIENCE_MS})"
        assert self._ask(is_still), f"{self.tab.url} did not come to rest"

    def turns(self) -> int:
        """Count the requests for a new state of the page since it was loaded."""
        return self._ask("probe.counts.turns")

    def causes(self) -> list[str]:
        """Return what set those requests off, and the sizes that they were asked for."""
        return self._ask("probe.causes")

    def _ask(self, script: str):
        return self.tab.evaluate(script)
