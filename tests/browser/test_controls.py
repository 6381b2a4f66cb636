"""Typing and choosing: days, words, thresholds, lanes, colours, theme."""

import pytest

from tests.browser import expected

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("first", "last", "query"),
    [
        ("2021", "2021", "?from=2021-01-01&to=2021-12-31"),
        ("2021-03", "2021-04", "?from=2021-03-01&to=2021-04-30"),
        ("2021-03-24", "2021-4-4", "?from=2021-03-24&to=2021-04-04"),
    ],
)
def test_a_day_may_be_typed_as_year_month_or_day(page, curated, first, last, query):
    page.type_day("from", first)
    page.type_day("to", last)
    assert page.query() == query
    assert page.lit_events() == set(expected.events(curated, query))
    assert page.notice() == ""


def test_the_boxes_show_the_days_that_were_understood(page):
    page.type_day("to", "2021-02")
    assert page.days() == ("", "2021-02-28")
    page.type_day("to", "")
    assert page.query() == ""


def test_what_is_no_day_is_said_and_changes_nothing(page):
    page.type_day("from", "2021")
    page.type_day("from", "last spring")
    assert page.notice() == "'last spring' is not a day. Write 2021, 2021-03 or 2021-03-24."
    assert page.query() == "?from=2021-01-01"
    assert page.days() == ("2021-01-01", "")
    page.type_day("from", "2022")
    assert page.notice() == ""


def test_days_in_the_wrong_order_are_said(page):
    page.type_day("to", "2020")
    page.type_day("from", "2021")
    assert page.notice() == "2021-01-01 is after 2020-12-31. Swap the two days."
    assert page.query() == "?to=2020-12-31"
    assert page.days() == ("", "2020-12-31")


def test_a_preset_sets_the_window(page):
    page.follow("Caliphate")
    assert page.query() == "?from=2014-06-29&to=2019-03-23"
    assert page.pill() == "29 June 2014 – 23 March 2019"
    assert page.days() == ("2014-06-29", "2019-03-23")


@pytest.mark.parametrize("text", ["mocimboa", " MOCÍMBOA "])
def test_the_search_ignores_case_and_accents(page, curated, text):
    page.search(text)
    found = expected.events(curated, "?q=mocimboa")
    assert len(found) > 10
    assert page.lit_events() == set(found)
    assert page.query() == f"?q={text.strip()}"


def test_a_search_without_a_match_shows_nothing_and_says_so(page, curated):
    page.search("zzzz")
    assert page.showing() == (0, len(curated.events))
    assert page.lit_events() == set()
    assert page.map_marks() == set()
    assert page.table_count() == 0
    page.search("")
    assert page.query() == ""


def test_thresholds_are_chosen_one_at_a_time(page, curated):
    page.choose("Killed at least", "100")
    page.choose("Killed at least", "500")
    assert page.query() == "?killed_min=500"
    assert page.chosen("Killed at least") == ["500"]
    page.choose("Independent sources at least", "3")
    assert page.query() == "?killed_min=500&sources_min=3"
    assert page.lit_events() == set(expected.events(curated, "?killed_min=500&sources_min=3"))


def test_the_role_of_an_actor_can_be_chosen(page, curated):
    page.unfold("IS network")
    page.tick("IS Mozambique")
    page.choose("Role of the actor", "target")
    assert page.query() == "?actor=is-mozambique&role=target"
    assert page.pill() == "IS Mozambique as target"
    assert page.lit_events() == set(expected.events(curated, page.query()))


def test_lanes_are_switched(page):
    assert page.lanes() == ["Iraq", "Syria", "Mozambique", "Sahel"]
    page.choose("Lanes", "Type")
    assert page.query() == "?lanes=type"
    assert len(page.lanes()) == 6
    page.choose("Lanes", "Theatre")
    assert page.query() == ""


def test_colours_are_switched(page):
    before = page.mark_colour("2021-03-24-palma")
    page.choose("Colour", "Attribution")
    assert page.query() == "?colour=attribution"
    assert page.mark_colour("2021-03-24-palma") != before
    page.choose("Colour", "Event type")
    assert page.mark_colour("2021-03-24-palma") == before


def test_the_timeline_zooms_to_the_window(page):
    page.type_day("from", "2021-03")
    page.type_day("to", "2021-04")
    before = page.day_span()
    page.zoom_to_window()
    first, last = page.day_span()
    assert page.query() == "?from=2021-03-01&to=2021-04-30&zoom=1"
    assert before[0] < "2013-01-01" < "2021-02-20" < first < "2021-03-01"
    assert "2021-05-01" < last < "2021-05-10"


@pytest.fixture
def at_night(page):
    """Return the shared page where the system is dark, for one test."""
    page.prefer("dark")
    yield page
    page.prefer("light")


def test_the_theme_follows_the_system_until_it_is_switched(at_night):
    page = at_night
    dark = page.mark_colour("2021-03-24-palma")
    assert page.is_dark()
    page.press_button("Change between light and dark")
    assert not page.is_dark()
    assert page.mark_colour("2021-03-24-palma") != dark
    page.reload()
    assert not page.is_dark()
    assert page.mark_colour("2021-03-24-palma") != dark


def test_a_slash_leads_to_the_search(page):
    page.press("/")
    page.type("palma")
    assert page.query() == "?q=palma"
