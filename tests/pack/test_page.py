import base64
import datetime
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from dashboard.dataset import load
from dashboard.export import read_recipe
from dashboard.export.browser import find_chromium
from dashboard.figures.theme import LIGHT
from dashboard.pack import page
from dashboard.pictures import Order, recipe
from tests import package
from tests.readers.test_plain import plain

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> {{facts}} ]]> <!--"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A table whose every text tries to break out of the page."""
    rows = [
        {**row, "title": HOSTILE, "summary": HOSTILE, "place": row["place"] and HOSTILE}
        for row in package.SMALL["events"]
    ]
    reports = [
        {**row, "publisher": HOSTILE, "title": HOSTILE, "note": HOSTILE}
        for row in package.SMALL["reports"]
    ]
    folder = tmp_path_factory.mktemp("hostile")
    return load(package.write(folder, events=rows, reports=reports[:1] + reports[3:]))


class Reading(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.scripts, self.addresses = [], [], []
        self._script = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        values = dict(attributes)
        self.addresses += [values[name] for name in ("src", "href", "action") if name in values]
        assert not [name for name in values if name.startswith("on")]
        if tag == "script":
            self._script = values
            self.scripts.append([values, ""])

    def handle_data(self, text):
        if self._script is not None:
            self.scripts[-1][1] += text

    def handle_endtag(self, tag):
        if tag == "script":
            self._script = None


def facts_in(text):
    """Unpack what a page draws from."""
    packed = re.search(r'id="facts">(.*?)</script>', text)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed, validate=True)))


@pytest.fixture(scope="module")
def linked(small):
    return page.linked(Order("timeline", "theatre=mozambique"), small, "Cite me.").decode()


@pytest.mark.unit
def test_a_page_may_run_its_own_scripts_and_ask_for_nothing(linked):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', linked)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#x27;", "'").split("; "))
    assert rules["default-src"] == "'none'"
    assert not {"connect-src", "frame-src", "object-src"} & rules.keys()
    assert "unsafe" not in rules["script-src"]
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for values, text in Reading(linked).scripts
        if "type" not in values
    ]
    assert rules["script-src"] == " ".join(f"'sha256-{digest}'" for digest in digests)
    assert len(digests) == 3


@pytest.mark.unit
def test_a_page_names_no_file_but_itself(linked):
    assert Reading(linked).addresses == []
    styles = "".join(re.findall(r"<style>(.*?)</style>", linked, re.DOTALL))
    assert set(re.findall(r"url\(([\w:/;]*)", styles)) == {"data:font/woff2;base64"}


@pytest.mark.unit
def test_a_page_holds_the_chosen_events_alone(linked):
    found = facts_in(linked)
    assert [event["id"] for event in found["events"]] == [
        *("2020-03-23-mocimboa", "2021-03-01-cabo-delgado", "2021-03-24-palma")
    ]
    assert "2014-06-06-mosul" not in linked
    assert len(found["edges"]) == 15  # the 14 months from March 2020 to April 2021
    days = [datetime.datetime.fromtimestamp(edge / 1000, datetime.UTC) for edge in found["edges"]]
    assert [f"{day:%Y-%m-%d}" for day in (*days[:2], *days[-2:])] == [
        *("2020-03-23", "2020-04-01", "2021-04-01", "2021-05-01")
    ]


@pytest.mark.unit
def test_a_page_says_what_it_is_and_how_to_cite_it(linked, small):
    text = re.sub(r"<[^>]+>", " ", linked.split("<body>")[1].split("<script")[0])
    for words in ("Mozambique: 107 killed", "Mozambique.", f"data {small.version}", "Cite me."):
        assert words in text


@pytest.mark.unit
def test_a_page_of_nothing_says_so(small):
    text = page.linked(Order("timeline", "q=nosuchword"), small, "Cite me.").decode()
    assert "No event matches" in text
    assert len(text) < 600_000


@pytest.mark.unit
def test_texts_of_the_table_stay_texts(hostile):
    order = Order("timeline", title=HOSTILE)
    for content in (page.linked(order, hostile, HOSTILE), page.single(order, hostile)):
        reading = Reading(content.decode())
        assert reading.tags.count("script") == 5
        assert "img" not in reading.tags
        assert facts_in(content.decode())["figures"]


@pytest.mark.unit
def test_a_page_holds_its_recipe(small):
    order = Order("map", "theatre=iraq", title=HOSTILE, form="html")
    assert read_recipe(page.single(order, small)) == recipe(order, small)


@pytest.mark.unit
def test_equal_orders_give_equal_pages(small):
    pages = {page.linked(Order("timeline"), small, "Cite me.") for _ in range(2)}
    assert len(pages) == 1


@pytest.mark.unit
def test_a_page_of_the_whole_table_is_no_larger_than_8_mb(curated):
    # Twice the table has room, so that corrections never stop at the size of a page.
    whole = page.linked(Order("timeline"), curated, "Cite me.")
    assert len(whole) + len(page.packed(facts_in(whole.decode()))) < 8_000_000


@pytest.mark.unit
def test_a_page_of_too_many_events_says_which_it_leaves_out(small, monkeypatch):
    monkeypatch.setattr(page, "MOST_EVENTS", 3)
    text = page.linked(Order("timeline"), small, "Cite me.").decode()
    assert "This page shows the 3 events with most dead of 8; events.csv holds all." in text
    assert len(facts_in(text)["events"]) == 3


@pytest.mark.unit
@pytest.mark.parametrize(
    "query", ["", "country=GBR", "theatre=iraq,syria", "event=2021-03-24-palma"]
)
def test_each_halo_and_number_belongs_to_a_place(small, query):
    # What page.js relies on when it filters the map.
    text = page.linked(Order("timeline", query), small, "Cite me.").decode()
    found = facts_in(text)
    assert ("map" in found["figures"]) == (query != "country=GBR")
    traces = {}
    for trace in found["figures"].get("map", {"data": []})["data"]:
        traces.setdefault(trace["geo"], {})[trace["name"]] = trace
    for panel in traces.values():
        places = panel["places"]
        hollow = [symbol for symbol in places["marker"]["symbol"] if symbol.endswith("-open")]
        assert panel["halos"]["lon"].count(None) == len(hollow)
        spots = set(zip(places["lon"], places["lat"], strict=True))
        if "counts" in panel:
            assert set(zip(panel["counts"]["lon"], panel["counts"]["lat"], strict=True)) <= spots
        assert set(places["customdata"]) <= found["places"].keys()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Give a function that opens a page from disk, offline, and fails on any complaint."""
    complaints = []
    context = browser.new_context(
        offline=True,
        viewport={"width": 1280, "height": 1000},
        timezone_id="America/Los_Angeles",  # far from UTC, in which days begin
    )

    def open_page(content):
        path = Path(tmp_path / "page.html")
        path.write_bytes(content)
        tab = context.new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("request", lambda request: note(request.url))
        tab.goto(path.as_uri())
        tab.wait_for_selector("#count:has-text('Showing'), #picture .main-svg", timeout=15_000)
        return tab

    def note(url):
        if not url.startswith(("file:", "data:", "blob:")):
            complaints.append(f"asked {url}")

    yield open_page
    context.close()
    assert complaints == []


@pytest.mark.image
def test_a_browser_too_old_for_the_page_is_told_so(browser, small, tmp_path):
    path = Path(tmp_path / "page.html")
    path.write_bytes(page.single(Order("map"), small))
    context = browser.new_context(offline=True)
    context.add_init_script("delete window.DecompressionStream")
    tab = context.new_page()
    tab.goto(path.as_uri())
    assert tab.inner_text("body").startswith("This browser is too old to unpack the page.")
    context.close()


PAINTED = """([name, ghost]) => {
    const isSeen = ({ marker }, at) =>
        name === "map" ? [marker.opacity].flat().at(at) !== 0 : !ghost.includes(marker.color[at]);
    const isDrawn = (trace) => trace.name === (name === "map" ? "places" : "events");
    const traces = document.getElementById(name).data.filter(isDrawn);
    const seen = traces.flatMap((trace) => trace.customdata.filter((_, at) => isSeen(trace, at)));
    return seen.length;
}"""


def painted(tab, figure):
    """Count the marks of a figure that are not grey or hidden."""
    return tab.evaluate(PAINTED, [figure, [LIGHT.ghost, LIGHT.ghost_edge]])


@pytest.mark.image
def test_dragging_over_the_months_filters_both_figures_and_the_count(opened, curated):
    order = Order("timeline", "theatre=mozambique&from=2021-01-01&to=2021-12-31")
    tab = opened(page.linked(order, curated, "Cite me."))
    whole = [painted(tab, name) for name in ("timeline", "map")]
    count = tab.inner_text("#count")
    shown, total = (int(number) for number in re.findall(r"(\d+) of (\d+) events", count)[0])
    assert (shown, whole[0]) == (total, total)
    box = tab.locator("#brush").bounding_box()
    y = box["y"] + box["height"] / 2
    tab.mouse.move(box["x"] + box["width"] * 0.25, y)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 0.48, y, steps=4)
    tab.mouse.up()
    tab.wait_for_selector("#reset:not([hidden])")
    count = tab.inner_text("#count")
    shown = int(re.findall(r"(\d+) of", count)[0])
    assert 0 < shown < total
    assert count.endswith("1 April 2021 – 30 June 2021")
    assert painted(tab, "timeline") == shown
    assert 0 < painted(tab, "map") < whole[1]
    assert tab.locator("#events li:visible").count() == shown
    tab.click("#reset")
    assert [painted(tab, name) for name in ("timeline", "map")] == whole


@pytest.mark.image
def test_the_period_can_be_chosen_by_keyboard(opened, small):
    tab = opened(page.linked(Order("timeline", "theatre=mozambique"), small, "Cite me."))
    handle = tab.get_by_role("slider", name="First month")
    handle.focus()
    assert handle.get_attribute("aria-valuetext") == "23 March 2020"
    tab.keyboard.press("PageUp")
    assert handle.get_attribute("aria-valuetext") == "1 March 2021"
    assert tab.inner_text("#count").startswith("Showing 2 of 3 events")
    tab.keyboard.press("Home")
    assert tab.inner_text("#count") == "Showing 3 of 3 events · 107 killed"


@pytest.mark.image
def test_a_day_is_the_same_day_in_every_time_zone(opened, small):
    tab = opened(page.linked(Order("timeline", "theatre=mozambique"), small, "Cite me."))
    found = tab.evaluate(
        """() => {
            const { data, calcdata } = document.getElementById("timeline");
            const at = data.findIndex((trace) => trace.name === "events");
            return calcdata[at].map(({ x }, mark) => x - data[at].x[mark]);
        }"""
    )
    assert found == [0, 0, 0]


NAMED = """() => {
    const { data, layout } = document.getElementById("timeline");
    const { x, y, customdata } = data.find((trace) => trace.name === "events");
    const named = (note) => customdata.find((_, at) => x[at] === note.x && y[at] === note.y);
    return layout.annotations.filter((note) => note.visible !== false).map(named).filter(Boolean);
}"""


@pytest.mark.image
def test_names_go_with_their_circles_and_come_back(opened, small):
    tab = opened(page.linked(Order("timeline", "theatre=mozambique"), small, "Cite me."))
    whole = tab.evaluate(NAMED)
    assert set(whole) == {"2020-03-23-mocimboa", "2021-03-24-palma"}
    tab.get_by_role("slider", name="First month").press("PageUp")
    assert tab.evaluate(NAMED) == ["2021-03-24-palma"]
    tab.click("#reset")
    assert tab.evaluate(NAMED) == whole


@pytest.mark.image
def test_an_event_opens_with_its_sources_as_text(opened, hostile):
    tab = opened(page.linked(Order("timeline"), hostile, HOSTILE))
    tab.locator("#events button").first.click()
    panel = tab.locator("#panel")
    assert panel.locator("h3").inner_text() == " ".join(HOSTILE.split())
    links = panel.locator("a").all()
    assert {link.get_attribute("rel") for link in links} == {"noopener noreferrer nofollow"}
    assert all(link.get_attribute("href").startswith("https://") for link in links)
    tab.keyboard.press("Escape")
    assert "Point at a mark" in panel.inner_text()


def point_at(tab, figure):
    """Move the pointer onto the first mark of a figure, from elsewhere."""
    tab.mouse.move(1, 1)
    tab.locator(f"#{figure} path.point").first.hover(force=True)


@pytest.mark.image
def test_pointing_at_a_mark_shows_its_event_and_a_click_keeps_it(opened, small):
    tab = opened(page.linked(Order("timeline", "country=BFA"), small, "Cite me."))
    for figure in ("timeline", "map"):
        point_at(tab, figure)
        expect(tab.locator("#panel")).to_contain_text("Le Monde")
        tab.mouse.down()
        tab.mouse.up()
        tab.wait_for_selector("#panel .event__close")
        tab.click("#panel .event__close")


@pytest.mark.image
def test_a_mark_says_what_its_event_is_and_as_text(opened, hostile):
    tab = opened(page.linked(Order("timeline", "country=BFA"), hostile, "Cite me."))
    for figure in ("timeline", "map"):
        point_at(tab, figure)
        label = tab.locator(f"#{figure} .hoverlayer .hovertext")
        expect(label).to_contain_text(" ".join(HOSTILE.split()))
        expect(label).to_contain_text("Burkina Faso")
        assert label.locator("img").count() == 0


@pytest.mark.image
def test_a_page_of_events_without_a_place_has_no_map(opened, small):
    tab = opened(page.linked(Order("timeline", "country=GBR"), small, "Cite me."))
    assert tab.inner_text("#map") == "None of these events has a place."
    assert tab.inner_text("#count") == "Showing 1 of 1 event"


def test_a_page_of_events_without_a_date_has_no_months_to_choose(opened, tmp_path):
    places = plain(tmp_path, "id,date,lat,lon,killed", "1,,36.3,43.1,3", "2,,33.3,44.4,").dataset
    tab = opened(page.linked(Order("timeline"), places, "Cite me."))
    assert tab.inner_text("#count") == "Showing 2 of 2 events · 3 killed"
    assert tab.locator("#brush").is_hidden()
    assert "Drag over the months" not in tab.inner_text("main")
    tab.get_by_role("button", name="Event").first.click()
    assert "date not known" in tab.inner_text("#panel")


@pytest.mark.image
@pytest.mark.parametrize("view", ["map", "trend"])
def test_one_view_opens_as_a_page_too(opened, small, view):
    tab = opened(page.single(Order(view, "theatre=mozambique"), small))
    assert tab.locator("#picture").bounding_box()["width"] >= 1200
    assert tab.title().startswith("Mozambique: 107 killed")
