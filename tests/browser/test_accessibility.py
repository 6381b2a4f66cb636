"""What assistive technology finds, and what a reader does without mouse, motion or scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

STATES = {
    "page": "",
    "panel open": "?event=2021-03-24-palma",
    "trend": "?tab=trend",
    "about": "?tab=about",
    "story": "?story=palma-march-2021&theatre=mozambique&from=2020-03-24&to=2021-03-23",
    "nothing chosen": "?theatre=mozambique&type=suicide_bombing",
    "embed": "?embed=timeline",  # a page of its own, so it comes last
}


# The same rules on the same elements; what passes is not written down node by node, which is
# four fifths of the time.
VIOLATIONS_ALONE = {"resultTypes": ["violations"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(open_page, scheme):
    page = open_page("", color_scheme=scheme)
    found = {}
    for state, query in STATES.items():
        go = page.open if state == "embed" else page.show
        go(query)
        answer = Axe().run(page.tab, options=VIOLATIONS_ALONE)
        found[state] = [
            (violation["id"], violation["nodes"][0]["html"][:200])
            for violation in answer.response["violations"]
        ]
    assert found == {state: [] for state in STATES}


def test_everything_is_done_by_keyboard(open_page, curated):
    page = open_page("")
    page.focus_on("Iraq")
    page.press("Space")
    assert page.query() == "?theatre=iraq"
    page.press_on_handle("First month shown", "PageUp")
    assert page.query().startswith("?theatre=iraq&from=20")
    page.focus_on("Attack on the Yazidis of Sinjar")
    page.press("Enter")
    assert page.panel_title() == "Attack on the Yazidis of Sinjar"
    assert page.focused() == "Attack on the Yazidis of Sinjar"
    page.press("ArrowRight")
    assert page.panel_title() != "Attack on the Yazidis of Sinjar"
    page.press("Escape")
    assert "event=" not in page.query()
    page.show("?story=palma-march-2021&theatre=mozambique&from=2020-03-24&to=2021-03-23")
    page.press("ArrowRight")
    assert "2 of" in page.story()
    page.press("Escape")
    page.open_menu_by_keyboard("Download")
    assert page.download_by_keyboard("Timeline as PNG").read_bytes().startswith(b"\x89PNG")


def test_a_reader_who_wants_no_motion_plays_step_by_step(open_page):
    page = open_page("?from=2021-01-01&to=2021-03-31", reduced_motion="reduce")
    page.press_button("Step ▸")
    assert page.days() == ("2021-02-01", "2021-04-30")
    page.tab.wait_for_timeout(1500)
    assert page.days() == ("2021-02-01", "2021-04-30")


def test_without_scripts_the_newest_events_are_a_table(browser, origin, curated):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{origin}/?theatre=iraq")
    titles = tab.locator("tbody tr td:nth-child(2)").all_inner_texts()
    iraq = curated.events[curated.events["country_code"] == "IRQ"]
    assert titles[0] == iraq["title"].iloc[-1]
    assert len(titles) == 40
    context.close()


def test_the_page_fits_at_twice_the_zoom(open_page):
    page = open_page("?event=2021-03-24-palma", viewport={"width": 720, "height": 450})
    assert page.width_needed() <= 720
    page.resize(320, 640)
    assert page.width_needed() <= 320
