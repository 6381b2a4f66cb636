"""Tabs, playback, stories and embedding."""

import pytest

from tests.browser import expected

pytestmark = pytest.mark.browser


TABS = {
    "Trend": "Is it rising?",
    "Actors": "Who acts against whom",
    "Sources": "Most quoted agencies and papers",
    "About": "What is counted",
}


def test_each_tab_opens_and_has_an_address(page):
    for tab, words in TABS.items():
        page.open_tab(tab)
        assert page.query() == f"?tab={tab.lower()}"
        assert words in page.text()


def test_the_playback_steps_the_window_and_leaves_an_address_when_it_pauses(page_at, curated):
    page = page_at("?from=2021-01-01&to=2021-03-31")
    page.play_for(1.5)
    first, last = page.days()
    assert first > "2021-01-01"
    assert page.query() == f"?from={first}&to={last}"
    assert page.lit_events() == set(expected.events(curated, page.query()))
    page.go_back()
    assert page.query() == "?from=2021-01-01&to=2021-03-31"


def test_the_playback_begins_with_the_first_chosen_event(page_at, curated):
    page = page_at("?theatre=mozambique")
    page.play_for(0.5)
    first = expected.events(curated, "?theatre=mozambique")[0]
    assert page.days()[0][:7] == first[:7]
    assert first in expected.events(curated, page.query())


def test_a_story_is_read_step_by_step(page):
    title = page.open_first_story()
    assert f"{title} · 1 of" in page.story()
    first = page.query()
    page.press("ArrowRight")
    assert f"{title} · 2 of" in page.story()
    page.press("ArrowLeft")
    assert page.query() == first
    page.press("Escape")
    assert page.story() == ""


def test_an_embedded_figure_stands_alone(page, curated):
    page.open("?theatre=mozambique&embed=timeline")
    assert "in this table" not in page.text()
    assert curated.version in page.text()
    assert page.lit_events() == set(expected.events(curated, "?theatre=mozambique"))


def test_an_embedded_event_is_its_panel_alone(page, curated):
    page.open("?event=2021-03-24-palma&embed=event")
    assert page.panel_title() == expected.title(curated, "2021-03-24-palma")
    for part in ("More about the selection", "Playback"):
        assert not page.is_in_sight(part), part
    page.follow("Close the event")
    assert page.query() == "?embed=event"
    assert page.panel_title() == "The deadliest of these events"


@pytest.mark.parametrize("figure", ["trend", "actors", "sources"])
def test_an_embedded_tab_leaves_the_table_of_events_out(page, figure):
    page.open(f"?embed={figure}")
    assert "Initiator → target" not in page.text()
