"""The filters and the words: what is chosen, and what the page says of it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from dashboard.app import ids
from tests.browser.visit import Visit


class Filters(Visit):
    """What a reader does with the filters and reads above the figures."""

    def option(self, name: str) -> Locator:
        """Return a tick box of the filters."""
        return self.tab.get_by_role(
            "checkbox", name=re.compile(rf"^{re.escape(name)}(, [\d,]+ event|$)")
        )

    def tick(self, name: str) -> None:
        """Add an option to its filter."""
        self._turn_option(name, "false", "mixed")

    def untick(self, name: str) -> None:
        """Remove an option from its filter."""
        self._turn_option(name, "true")

    def tick_fast(self, *names: str) -> None:
        """Add options one after the other without waiting for an answer."""
        for name in names:
            self.option(name).click()
        self.settle()

    def _turn_option(self, name: str, *states: str) -> None:
        state = self.option(name).get_attribute("aria-checked")
        assert state in states, f"{name} is {state}"
        self.option(name).click()
        self.settle()

    def unfold(self, name: str) -> None:
        """Show the options under another one."""
        self.tab.get_by_text(f"More of {name}", exact=True).click()

    def ticked(self) -> list[str]:
        """List the options in force."""
        boxes = self.tab.get_by_role("checkbox", checked=True).all()
        names = [box.get_attribute("aria-label") or box.inner_text() for box in boxes]
        return [name.rsplit(",", 1)[0] for name in names]

    def count_of(self, name: str) -> int:
        """Return how many events an option would show."""
        label = self.option(name).get_attribute("aria-label") or ""
        return int(label.rsplit(", ", 1)[1].split()[0].replace(",", ""))

    def choose(self, group: str, name: str) -> None:
        """Click one of several links, for example the lanes "Country"."""
        self._choice(group, name).click()
        self.settle()

    def chosen(self, group: str) -> list[str]:
        """List the links of a group that are in force."""
        links = self.tab.get_by_role("group", name=group, exact=True).get_by_role("link").all()
        return [link.inner_text() for link in links if link.get_attribute("aria-current")]

    def _choice(self, group: str, name: str) -> Locator:
        of_group = self.tab.get_by_role("group", name=group, exact=True)
        return of_group.get_by_role("link", name=_counted(name))

    def type_day(self, box: str, text: str) -> None:
        """Type into the box "from" or "to" and press Enter."""
        self._box(box).fill(text)
        self._box(box).press("Enter")
        self.settle()

    def days(self) -> tuple[str, str]:
        """Return what stands in the two boxes of days."""
        return self._box(ids.FROM).input_value(), self._box(ids.TO).input_value()

    def search(self, text: str) -> None:
        """Type into the search box, letter by letter."""
        self._box(ids.SEARCH).fill("")
        self._box(ids.SEARCH).focus()
        self.type(text)

    def type(self, text: str) -> None:
        """Type on the keyboard, letter by letter, into whatever listens."""
        before = self.turns()
        self.tab.keyboard.type(text, delay=20)
        self.tab.wait_for_timeout(350)  # the search box waits for the next letter
        for _ in range(13):  # longer where the machine is busy
            if self.turns() > before:
                break
            self.tab.wait_for_timeout(50)
        self.settle()

    def searched(self) -> str:
        """Return what stands in the search box."""
        return self._box(ids.SEARCH).input_value()

    def _box(self, name: str) -> Locator:
        return self.tab.locator(f"input#{name}")

    def pills(self) -> list[str]:
        """List the filters in force in words, as they stand above the figures."""
        return self.tab.locator(f"#{ids.STATUS} .pill").all_inner_texts()

    def pill(self) -> str:
        """Return the one filter in force."""
        (text,) = self.pills()
        return text

    def remove_pill(self, words: str) -> None:
        """Click a filter in force away."""
        self.tab.get_by_role("link", name=f"Remove filter: {words}", exact=True).click()
        self.settle()

    def reset(self) -> None:
        """Click Reset."""
        self.tab.get_by_role("link", name="Reset", exact=True).click()
        self.settle()

    def showing(self) -> tuple[int, int]:
        """Return n and N of "Showing n of N events"."""
        line = self.tab.locator(f"#{ids.STATUS} strong").inner_text()
        match = re.fullmatch(r"Showing ([\d,]+) of ([\d,]+) events?", line)
        assert match, line
        shown, every = (int(part.replace(",", "")) for part in match.groups())
        return shown, every

    def announced(self) -> str:
        """Return what a screen reader was told last."""
        return self.tab.locator(f"#{ids.LIVE}").inner_text()

    def notice(self) -> str:
        """Return the sentence about what was not understood; empty where there is none."""
        return self.tab.locator(f"#{ids.NOTICE}").inner_text()

    def numbers(self) -> dict[str, str]:
        """Return the figures in numbers by their names."""
        cells = self.tab.locator(f"#{ids.NUMBERS} .number")
        names = cells.locator(".number__name").all_inner_texts()
        return dict(zip(names, cells.locator(".number__value").all_inner_texts(), strict=True))

    def text(self) -> str:
        """Return all text in sight."""
        return self.tab.locator("body").inner_text()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the page has come to rest."""
        for key in keys:
            self.tab.keyboard.press(key)
            self.settle()

    def press_button(self, name: str) -> None:
        """Press a button."""
        self.tab.get_by_role("button", name=name, exact=True).click()
        self.settle()

    def follow(self, name: str) -> None:
        """Click a link by its text."""
        self.tab.get_by_role("link", name=_counted(name)).first.click()
        self.settle()

    def focus_on(self, name: str) -> None:
        """Put the keyboard's focus on a link, tick box or button by its name."""
        boxes = self.option(name)
        named = boxes if boxes.count() else self.tab.get_by_role("link", name=_counted(name))
        named.first.focus()

    def focused(self) -> str:
        """Return the text of what has the keyboard's focus."""
        return self.tab.evaluate("document.activeElement.textContent")

    def open_menu_by_keyboard(self, name: str) -> None:
        """Open a menu of the page's head with the Enter key."""
        self.tab.locator("summary", has_text=name).focus()
        self.tab.keyboard.press("Enter")


def _counted(name: str) -> re.Pattern[str]:
    """Match a link of this name, which may say how many events it would choose."""
    return re.compile(rf"^{re.escape(name)}(, [0-9,]+ events?)?$")
