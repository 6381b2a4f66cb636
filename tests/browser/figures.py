"""Timeline, brush and map: what is drawn, and what a mouse and keys do to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from playwright.sync_api import Locator

from dashboard.figures.theme import PALETTES
from tests.browser.visit import Visit

MARKS = {"timeline": "events", "map": "places"}


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


# The colours of events that are not chosen.
GHOSTS = {
    _rgb(colour) for palette in PALETTES.values() for colour in (palette.ghost, palette.ghost_edge)
}


class Figures(Visit):
    """What a reader does with the two figures and sees in them."""

    def lit_events(self) -> set[str]:
        """Return the events that the timeline shows in colour, as drawn."""
        marks = self._ask(f"probe.marks('timeline', '{MARKS['timeline']}')")
        return {mark["key"] for mark in marks if mark["colour"] not in GHOSTS}

    def days_off(self, event_id: str, tick: str) -> float:
        """Return how many days an event's mark lies after a tick of the timeline's axis."""
        return self._ask(f"probe.daysOff('{MARKS['timeline']}', '{event_id}', '{tick}')")

    def mark_colour(self, event_id: str) -> str:
        """Return the colour of an event on the timeline."""
        marks = self._ask(f"probe.marks('timeline', '{MARKS['timeline']}')")
        return next(mark["colour"] for mark in marks if mark["key"] == event_id)

    def map_marks(self) -> set[str]:
        """Return the keys of the map's marks, as drawn: an event, or @latitude,longitude."""
        return {mark["key"] for mark in self._ask(f"probe.marks('map', '{MARKS['map']}')")}

    def day_span(self) -> tuple[str, str]:
        """Return the first and the last day of the timeline's axis."""
        first, last = self._ask(
            "probe.graph('timeline')._fullLayout.xaxis.range.map((day) => String(day).slice(0, 10))"
        )
        return first, last

    def zoom_to_window(self) -> None:
        """Turn the switch "Zoom to window"."""
        self.tab.get_by_role("switch", name="Zoom to window").click()
        self.settle()

    def in_reach(self, *, of_several: bool) -> str:
        """Return a mark inside the map that nothing covers: of one event, or of several."""
        keys = self._ask(f"probe.inReach('map', '{MARKS['map']}')")
        return next(key for key in keys if key.startswith("@") == of_several)

    def lanes(self) -> list[str]:
        """Return the names of the timeline's lanes, from the top."""
        return self._ask("probe.lanes()")

    def ringed(self, figure: str) -> str:
        """Return the mark that stands in the ring around the open event; empty without a ring."""
        rings = self._ask(f"probe.marks('{figure}', 'focus')")
        assert len(rings) <= 1
        marks = self._ask(f"probe.marks('{figure}', '{MARKS[figure]}')")
        return next(
            (
                mark["key"]
                for ring in rings
                for mark in marks
                if abs(mark["x"] - ring["x"]) < 1 and abs(mark["y"] - ring["y"]) < 1
            ),
            "",
        )

    def faded_names(self) -> list[str]:
        """Return the place names and numbers on the map that are drawn pale."""
        texts = self._ask("[...probe.texts('map', 'names'), ...probe.texts('map', 'counts')]")
        return [text["text"] for text in texts if text["opacity"] < 1]

    def open_event_on_timeline(self, event_id: str) -> None:
        """Click an event's circle."""
        self._click_mark("timeline", event_id)

    def open_event_on_map(self, key: str) -> None:
        """Click a mark of the map, by its event or its @latitude,longitude."""
        self._click_mark("map", key)

    def hover_on_timeline(self, event_id: str) -> str:
        """Point at an event and return what the page says of it."""
        spot = self._reach("timeline", event_id)
        self.tab.mouse.move(spot["x"], spot["y"])
        return self.tab.locator(".hoverlayer .hovertext").text_content() or ""

    def _click_mark(self, figure: str, key: str) -> None:
        spot = self._reach(figure, key)
        self.tab.mouse.click(spot["x"], spot["y"])
        self.settle()

    def _reach(self, figure: str, key: str) -> dict:
        spot = self._ask(f"probe.reachable('{figure}', '{MARKS[figure]}', '{key}')")
        assert "error" not in spot, spot["error"]
        return spot

    # The brush under the timeline.

    def brush(self, first: str, last: str) -> None:
        """Draw a window from one day to another with the mouse."""
        self._drag([self._day(first), self._day(last)])

    def move_window(self, grip: str, to: str) -> None:
        """Take the window at one day and move it until that point is at another day."""
        self._drag([self._day(grip), self._day(to)])

    def drag_handle(self, name: str, to: str) -> None:
        """Drag the handle "First month shown" or "Last month shown" to a day."""
        target = self._day(to)
        box = self.handle(name).bounding_box()
        assert box is not None
        start = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self._drag([start, (target[0], start[1])])

    def clear_brush(self, day: str) -> None:
        """Double-click the brush at a day."""
        self.tab.mouse.dblclick(*self._day(day))
        self.settle()

    def handle(self, name: str) -> Locator:
        """Return a handle of the brush, by its name for screen readers."""
        return self.tab.get_by_role("slider", name=name, exact=True)

    def press_on_handle(self, name: str, *keys: str) -> None:
        """Press keys on a handle, each when the page has come to rest."""
        for key in keys:
            self.handle(name).press(key)
            self.settle()

    def press_fast_on_handle(self, name: str, key: str, times: int) -> None:
        """Press a key on a handle several times without waiting."""
        self.handle(name).focus()
        for _ in range(times):
            self.tab.keyboard.press(key)
        self.settle()

    def handle_says(self, name: str) -> str:
        """Return what a handle tells a screen reader."""
        return self.handle(name).get_attribute("aria-valuetext") or ""

    def _day(self, day: str) -> tuple[float, float]:
        spot = self._ask(f"probe.dayAt('{day}')")
        return spot["x"], spot["y"]

    # The map.

    def select_box_on_map(self, west: float, south: float, east: float, north: float) -> None:
        """Draw a box on the first map with the tool for it."""
        self._press_tool("Choose events in a box")
        self._drag([self._place(west, north), self._place(east, south)])

    def select_shape_on_map(self, corners: Sequence[tuple[float, float]]) -> None:
        """Draw a free shape through (longitude, latitude) corners on the first map."""
        self._press_tool("Choose events in a free shape")
        self._drag([self._place(*corner) for corner in corners])

    def put_tool_away(self, name: str) -> None:
        """Press a pressed tool again, so that dragging moves the map."""
        self.tab.get_by_role("button", name=name, exact=True).click()
        self.settle()

    def pan_map_onto(self, key: str, across: float = 60, down: float = 40) -> None:
        """Drag the map so that the mouse is let go where it holds a mark."""
        spot = self._reach("map", key)
        self.tab.mouse.move(spot["x"], spot["y"])
        self.tab.mouse.down()
        self.tab.mouse.move(spot["x"] + across, spot["y"] + down, steps=8)
        self.tab.mouse.up()
        self.settle()

    def turn_wheel_on_map(self, turns: int) -> None:
        """Turn the mouse's wheel in the middle of the map, towards it for more than 0."""
        self._ask("probe.bring(probe.graph('map'))")
        box = self.tab.locator("#graph-map").bounding_box()
        assert box is not None
        self.tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        for _ in range(abs(turns)):
            self.tab.mouse.wheel(0, -150 if turns > 0 else 150)
            self.tab.wait_for_timeout(30)
        self.settle()

    def map_view(self) -> tuple[float, float, float]:
        """Return the first map's scale, longitude and latitude."""
        scale, longitude, latitude = self._ask("probe.view()")
        return scale, longitude, latitude

    def maps(self) -> int:
        """Count the maps."""
        return self._ask(
            "Object.keys(probe.graph('map')._fullLayout).filter((n) => /^geo\\d*$/.test(n)).length"
        )

    def ground(self) -> list[list[str]]:
        """Return land, water and borders of all maps as they are drawn: outline, fill, stroke."""
        return self._ask("probe.ground()")

    def watch_ground(self) -> Callable[[], int]:
        """Return what counts the outlines that are drawn again from now on."""
        self._ask("probe.watchGround()")
        return lambda: self._ask("probe.grounds()")

    def _press_tool(self, name: str) -> None:
        tool = self.tab.get_by_role("button", name=name, exact=True)
        if tool.get_attribute("aria-pressed") != "true":
            tool.click()
            self.settle()

    def _place(self, longitude: float, latitude: float) -> tuple[float, float]:
        spot = self._ask(f"probe.placeAt({longitude}, {latitude})")
        return spot["x"], spot["y"]

    def _drag(self, spots: Sequence[tuple[float, float]]) -> None:
        self.tab.mouse.move(*spots[0])
        self.tab.mouse.down()
        for spot in spots[1:]:
            self.tab.mouse.move(*spot, steps=5)
        self.tab.wait_for_timeout(60)  # a hand rests before it lets go
        self.tab.mouse.up()
        self.settle()
