"""An event: opened from anywhere, with each source's own figure."""

import pandas as pd
import pytest

from dashboard.wording import range_text
from tests.browser import expected
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

PALMA = "2021-03-24-palma"


def test_a_click_on_the_timeline_opens_the_event_with_its_sources(page, curated):
    page.open_event_on_timeline(PALMA)
    assert page.query() == f"?event={PALMA}"
    assert page.panel_title() == expected.title(curated, PALMA)
    reports = curated.reports[curated.reports["event_id"] == PALMA]
    sources = page.sources()
    assert len(reports) > 5
    assert sorted(source.link for source in sources) == sorted(reports["url"])
    for source in sources:
        report = reports[reports["url"] == source.link].iloc[0]
        assert source.publisher == report["publisher"]
        unknown = pd.isna(report["killed_max"])
        figure = "–" if unknown else range_text(report["killed_min"], report["killed_max"])
        assert source.figure == figure


def test_both_figures_ring_the_open_event(page_at):
    page = page_at("?map=mozambique")
    page.open_event_on_timeline(PALMA)
    assert page.ringed("timeline") == PALMA
    assert page.ringed("map") in {PALMA, "@-10.776,40.473"}
    page.press("Escape")
    assert page.ringed("timeline") == page.ringed("map") == ""


def test_pointing_at_a_mark_says_what_it_is(page, curated):
    said = page.hover_on_timeline(PALMA)
    assert expected.title(curated, PALMA) in said
    assert "24 March – 4 April 2021" in said


def test_a_row_of_the_table_opens_its_event(page_at, curated):
    page = page_at("?q=palma")
    title = page.table_rows()[2]["title"]
    page.open_row(title)
    assert page.panel_title() == title
    opened = page.query().removeprefix("?q=palma&event=")
    assert expected.title(curated, opened) == title
    page.press("Escape")
    assert page.query() == "?q=palma"
    page.open_row(title)
    assert page.panel_title() == title


def test_previous_and_next_go_through_the_selection_by_link_and_by_key(page, curated):
    order = expected.events(curated, "?theatre=mozambique")
    at = order.index(PALMA)
    page.show(f"?theatre=mozambique&event={PALMA}")
    assert page.panel_position() == f"{at + 1} of {len(order)}"
    page.follow("Next event")
    assert page.query() == f"?theatre=mozambique&event={order[at + 1]}"
    page.follow("Previous event")
    assert page.query() == f"?theatre=mozambique&event={PALMA}"
    page.press("ArrowLeft")
    assert page.query() == f"?theatre=mozambique&event={order[at - 1]}"
    page.press("ArrowRight", "ArrowRight")
    assert page.query() == f"?theatre=mozambique&event={order[at + 1]}"


def test_the_event_is_closed_by_its_button_and_by_escape(page_at):
    page = page_at(f"?event={PALMA}")
    page.follow("Close the event")
    assert page.query() == ""
    page.show(f"?event={PALMA}")
    page.press("Escape")
    assert page.query() == ""
    assert page.panel_title() == "The deadliest of these events"


def test_keys_work_after_a_day_was_typed_and_a_mark_clicked(page):
    page.type_day("from", "2021")
    page.open_event_on_timeline(PALMA)
    page.press("Escape")
    assert page.query() == "?from=2021-01-01"


def test_an_event_outside_the_selection_opens_and_says_so(page_at, curated):
    page = page_at(f"?theatre=iraq&event={PALMA}")
    assert page.panel_title() == expected.title(curated, PALMA)
    assert page.panel_position() == "not in the selection"


def test_each_step_from_event_to_event_is_one_request(page_at):
    page = page_at(f"?event={PALMA}")
    before = page.turns()
    page.press("ArrowRight", "ArrowRight", "ArrowLeft", "Escape")
    assert page.turns() == before + 4, page.causes()


@pytest.mark.parametrize(
    ("event", "window"),
    [(PALMA, {"viewport": {"width": 1366, "height": 768}}), ("2016-07-03-karrada", PHONE)],
    ids=["laptop", "phone"],
)
def test_a_link_to_an_event_opens_where_the_event_is_told(open_page, event, window):
    page = open_page(f"?event={event}", reduced_motion="reduce", **window)
    assert 0 <= page.panel_top() <= 0.2
    assert page.keyboard_at() == "BODY"


def test_a_reader_who_scrolls_while_the_page_comes_is_left_alone(open_page):
    page = open_page(viewport={"width": 1366, "height": 768})
    page.tab.goto(f"{page.origin}/?event={PALMA}", wait_until="commit")
    page.tab.wait_for_selector("#panel .panel__title")
    page.scroll(40)
    page.settle()
    assert page.panel_top() > 0.7
    assert page.scrolled() == 40


def test_a_link_to_no_event_opens_at_its_head(open_page):
    page = open_page("?theatre=mozambique", viewport={"width": 1366, "height": 768})
    assert page.panel_top() > 0.7
    assert page.scrolled() == 0
