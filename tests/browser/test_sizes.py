"""Narrow screens: everything is reached and nothing runs out of sight."""

import pytest

pytestmark = pytest.mark.browser


def test_phones_need_no_sideways_scrolling(phone):
    page = phone
    wide = {}
    for width in (390, 320):
        page.resize(width, 844)
        for query in ("", "?event=2021-03-24-palma&tab=trend", "?q=zzzz&theatre=mozambique"):
            page.show(query)
            wide[width, query] = page.width_needed() - width
    assert {where: over for where, over in wide.items() if over > 0} == {}


def test_a_phone_opens_and_closes_the_filters(phone):
    page = phone
    page.resize(390, 844)
    page.show("")
    assert not page.is_in_sight("Filters")
    page.press_button("Filters")
    assert page.is_in_sight("Filters")
    page.tick("Iraq")
    assert page.query() == "?theatre=iraq"
    page.press_button("Filters")
    assert not page.is_in_sight("Filters")
    page.open_event_on_timeline("2014-08-03-sinjar")
    assert page.query() == "?theatre=iraq&event=2014-08-03-sinjar"


def test_where_the_filters_are_beside_them_the_figures_need_no_key(page):
    page.show("?theatre=mozambique")
    assert page.is_in_sight("Filters") and page.key() == []


def test_on_a_phone_a_key_says_what_the_colours_mean(phone):
    page = phone
    page.resize(390, 844)
    page.show("?theatre=mozambique")
    assert {"Attacks on civilians", "Territory", "Toll unknown"} <= set(page.key())
    page.show("?theatre=mozambique&colour=attribution")
    assert {"Claimed", "Suspected"} <= set(page.key())
    page.show("?theatre=mozambique&embed=timeline")
    assert page.key() == []


def test_paper_has_the_figures_with_their_key_and_nothing_to_press(page):
    page.show("?theatre=mozambique")
    pressed = ("Filters", "Playback", "Map tools", "First month shown", "Lanes")
    assert [name for name in pressed if not page.is_in_sight(name)] == []
    assert page.shows_table()
    page.show("?theatre=mozambique&event=2021-03-24-palma")
    with page.on_paper():
        assert page.buttons() == []
        assert [name for name in pressed if page.is_in_sight(name)] == []
        assert "Territory" in page.key()
        assert page.is_in_sight("When and how deadly") and page.is_in_sight("Event")
        # The table's first rows would pass for all of them.
        assert not page.shows_table()
        page.show("?theatre=mozambique&tab=trend")
        assert page.is_in_sight("More about the selection")


def test_a_tablet_needs_no_sideways_scrolling(tablet):
    assert tablet.width_needed() <= 1024
    tablet.show("?event=2021-03-24-palma&tab=sources")
    assert tablet.width_needed() <= 1024


@pytest.fixture
def tablet(page):
    """Return the shared page in a smaller window for one test."""
    page.resize(1024, 768)
    yield page
    page.resize(1440, 900)
