"""Narrow screens: everything is reached and nothing runs out of sight."""

import pytest

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_needs_no_sideways_scrolling(open_page, width):
    page = open_page(**PHONE)
    page.resize(width, 844)
    assert page.width_needed() <= width
    page.show("?event=2021-03-24-palma&tab=trend")
    assert page.width_needed() <= width
    page.show("?q=zzzz&theatre=mozambique&certain=1")
    assert page.width_needed() <= width


def test_a_phone_opens_and_closes_the_filters(open_page):
    page = open_page(**PHONE)
    assert not page.is_in_sight("Filters")
    page.press_button("Filters")
    assert page.is_in_sight("Filters")
    page.tick("Iraq")
    assert page.query() == "?theatre=iraq"
    page.press_button("Filters")
    assert not page.is_in_sight("Filters")


def test_a_phone_opens_an_event_from_the_timeline(open_page, curated):
    page = open_page(**PHONE)
    page.open_event_on_timeline("2021-03-24-palma")
    assert page.query() == "?event=2021-03-24-palma"


def test_a_tablet_needs_no_sideways_scrolling(open_page):
    page = open_page(viewport={"width": 1024, "height": 768})
    assert page.width_needed() <= 1024
