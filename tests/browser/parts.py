"""The parts around the figures: event panel, table, tabs, downloads, the page's size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Locator

from dashboard.app import ids
from tests.browser.visit import Visit


class Source(NamedTuple):
    """One source of the event panel: its figure, who published it, and the link."""

    figure: str
    publisher: str
    link: str


class Parts(Visit):
    """What a reader does with panel, table and downloads."""

    def panel_title(self) -> str:
        """Return the panel's heading."""
        return self._panel.locator(".panel__title").inner_text()

    def panel_text(self) -> str:
        """Return all that the panel says."""
        return self._panel.inner_text()

    def panel_date(self) -> str:
        """Return the open event's date, as the panel writes it."""
        return self._panel.locator(".panel__where").first.inner_text().split(" · ")[0]

    def panel_position(self) -> str:
        """Return "3 of 12"."""
        return self._panel.locator(".panel__position").inner_text()

    def sources(self) -> list[Source]:
        """Return the open event's sources in their order."""
        rows = self._panel.locator(".reports__row").all()
        return [
            Source(
                row.locator(".reports__figure").inner_text(),
                row.get_by_role("link").inner_text(),
                row.get_by_role("link").get_attribute("href") or "",
            )
            for row in rows
        ]

    def panel_top(self) -> float:
        """Return where the panel begins, as a share of the window's height, after a good while."""
        self.tab.wait_for_timeout(1500)
        return self._panel.evaluate("panel => panel.getBoundingClientRect().top / innerHeight")

    def scroll(self, pixels: int) -> None:
        """Turn the wheel."""
        self.tab.mouse.wheel(0, pixels)

    def scrolled(self) -> int:
        """Return how far down the page the reader is, in pixels."""
        return round(self._ask("scrollY"))

    def keyboard_at(self) -> str:
        """Return the tag of what has the keyboard, "BODY" where nothing has."""
        return self._ask("document.activeElement.tagName")

    def listed(self) -> list[str]:
        """Return the titles of the events that the panel lists."""
        return self._panel.locator(".events__row a").all_inner_texts()

    def unplaced(self) -> tuple[str, list[str]]:
        """Return the panel's heading for events without a place, and their titles."""
        heading = self._panel.locator(f"#{ids.UNPLACED}")
        below = self._panel.locator(f"#{ids.UNPLACED} + ul a")
        return heading.text_content() or "", below.all_inner_texts()

    @property
    def _panel(self) -> Locator:
        return self.tab.locator(f"#{ids.PANEL}")

    # The table.

    def table_rows(self) -> list[dict[str, str]]:
        """Return the rows that the table has drawn, by column."""
        self._grid.scroll_into_view_if_needed()
        self.settle()
        script = """(grid) => [...grid.querySelectorAll('.ag-center-cols-container [role=row]')]
            .sort((a, b) => a.getAttribute('row-index') - b.getAttribute('row-index'))
            .map((row) => Object.fromEntries([...row.querySelectorAll('[col-id]')]
                .map((cell) => [cell.getAttribute('col-id'), cell.textContent])))"""
        return self._grid.evaluate(script)

    def table_count(self) -> int:
        """Return how many rows the table has in all, drawn or not."""
        counted = self._grid.locator("[aria-rowcount]").first.get_attribute("aria-rowcount")
        return int(counted or 0) - 1  # the head is a row too

    def open_row(self, title: str) -> None:
        """Click a row of the table."""
        self._grid.get_by_role("gridcell", name=title, exact=True).click()
        self.settle()

    def sort_table(self, column: str) -> None:
        """Click a column's heading."""
        self._grid.get_by_role("columnheader", name=column, exact=True).click()
        self.settle()

    def broken_headings(self) -> list[str]:
        """Return the columns of the table whose heading is a word that takes two lines."""
        script = """(grid) => [...grid.querySelectorAll('.ag-header-cell-text')]
            .filter((name) => !name.textContent.includes(' ') && name.offsetHeight > 25)
            .map((name) => name.textContent)"""
        return self._grid.evaluate(script)

    def table_grounds(self) -> tuple[str, str]:
        """Return the colours of the table's head and of a row, "rgb(26, 32, 41)"."""
        self.table_rows()
        script = """(grid) => ['.ag-header', '.ag-row']
            .map((part) => getComputedStyle(grid.querySelector(part)).backgroundColor)"""
        head, row = self._grid.evaluate(script)
        return head, row

    @property
    def _grid(self) -> Locator:
        return self.tab.locator(f"#{ids.ROWS}")

    def open_tab(self, name: str) -> None:
        """Open one of the tabs under the figures."""
        tabs = self.tab.locator(f"#{ids.TABS}")
        tabs.get_by_role("link", name=name, exact=True).click()
        self.settle()

    # Playback and stories.

    def play_for(self, seconds: float) -> None:
        """Press Play, wait, and press Pause."""
        player = self.tab.get_by_role("group", name="Playback")
        player.get_by_role("button", name="Play").click()
        self.tab.wait_for_timeout(1000 * seconds)
        player.get_by_role("button", name="Pause").click()
        self.settle()

    def open_first_story(self) -> str:
        """Open the first story of the menu and return its title."""
        menu = self.tab.locator(".menu", has=self.tab.get_by_text("Stories", exact=True))
        menu.locator("summary").click()
        title = menu.get_by_role("link").first.locator("strong").inner_text()
        menu.get_by_role("link").first.click()
        self.settle()
        return title

    def story(self) -> str:
        """Return what the open story says; empty where none is open."""
        return self.tab.locator(f"#{ids.STORY}").inner_text()

    # Downloads.

    def download(self, view: str, form: str) -> Path:
        """Save the picture "Timeline", "PNG" and return the file."""
        return self._save(f"{view} as {form}")

    def download_by_keyboard(self, name: str) -> Path:
        """Press Enter on a download and return the file."""
        self.tab.get_by_role("button", name=name, exact=True).focus()
        with self.tab.expect_download() as saved:
            self.tab.keyboard.press("Enter")
        return Path(saved.value.path())

    def download_data(self, form: str) -> Path:
        """Save the chosen events as "CSV" and return the file."""
        return self._save(form)

    def _save(self, button: str) -> Path:
        menu = self.tab.locator(".menu", has=self.tab.get_by_text("Download", exact=True))
        if menu.get_attribute("open") is None:
            menu.locator("summary").click()
        with self.tab.expect_download() as caught:
            menu.get_by_role("button", name=button, exact=True).click()
        return Path(caught.value.path())

    # Looks.

    def is_dark(self) -> bool:
        """Whether the page's ground is dark."""
        ground = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
        return sum(self._ask(ground)[:3]) < 3 * 128

    def width_needed(self) -> int:
        """Return how many pixels wide the page's content is."""
        return self._ask("document.documentElement.scrollWidth")

    @contextmanager
    def on_paper(self) -> Iterator[None]:
        """Show the page as it prints."""
        self.tab.emulate_media(media="print")
        yield
        self.tab.emulate_media(media="screen")

    def buttons(self) -> list[str]:
        """Return what stands on the buttons that are shown."""
        found = self.tab.locator("button, .chip").all()
        return [button.inner_text() for button in found if button.is_visible()]

    def key(self) -> list[str]:
        """Return what the key beside the figures says, if it is shown."""
        return [
            item.inner_text()
            for item in self.tab.locator(f"#{ids.KEY} li").all()
            if item.is_visible()
        ]

    def shows_table(self) -> bool:
        """Whether the table of events is shown."""
        return self.tab.locator(f"#{ids.ROWS}").is_visible()

    def is_in_sight(self, name: str) -> bool:
        """Whether a part of the page, by its name for screen readers, is shown."""
        return self.tab.get_by_label(name, exact=True).first.is_visible()
