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
