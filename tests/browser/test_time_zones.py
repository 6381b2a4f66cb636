"""Days are days: the one typed is the one filtered and the one shown, wherever the reader is."""

import pytest

from tests.browser import expected

pytestmark = pytest.mark.browser

IMAM_WAIS = "2014-08-22-imam-wais"


@pytest.fixture
def traveller(page):
    """Return the shared page, at home again after the test."""
    yield page
    page.move_to("")


def test_a_mark_stands_at_its_day_in_every_time_zone(traveller):
    page = traveller
    for zone in ("UTC", "Asia/Kolkata", "America/Los_Angeles", "Pacific/Kiritimati"):
        page.move_to(zone)
        page.show("?theatre=iraq&from=2014-08-18&to=2014-08-26&zoom=1")
        assert abs(page.days_off(IMAM_WAIS, "22 Aug")) < 0.1, zone


def test_a_day_is_the_same_day_in_every_time_zone(traveller, curated):
    page = traveller
    for zone in ("Asia/Tokyo", "America/Los_Angeles"):
        page.move_to(zone)
        assert page.zone() == zone
        page.show("")
        page.type_day("from", "2014-08-22")
        page.type_day("to", "2014-08-22")
        assert page.query() == "?from=2014-08-22&to=2014-08-22"
        assert page.days() == ("2014-08-22", "2014-08-22")
        assert page.pill() == "22 August 2014"
        assert page.lit_events() == set(expected.events(curated, page.query()))
        page.open_event_on_timeline(IMAM_WAIS)
        assert page.panel_date() == "22 August 2014"
        assert "22 August 2014" in [row["date"] for row in page.table_rows()]
        assert "22 August 2014" in page.hover_on_timeline(IMAM_WAIS)
        page.follow("Close the event")
        page.brush("2021-01-03", "2021-12-30")
        assert page.query() == "?from=2021-01-01&to=2021-12-31"
        assert page.pill() == "1 January – 31 December 2021"
        assert page.handle_says("First month shown") == "1 January 2021"
        assert page.handle_says("Last month shown") == "31 December 2021"
