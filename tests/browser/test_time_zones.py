"""Days are days: the one typed is the one filtered and the one shown, wherever the reader is."""

import pytest

from tests.browser import expected

pytestmark = pytest.mark.browser

KOCHO = "2014-08-15-kocho"


@pytest.fixture
def traveller(page):
    """Return the shared page, at home again after the test."""
    yield page
    page.move_to("")


def test_a_mark_stands_at_its_day_in_every_time_zone(traveller):
    page = traveller
    for zone in ("UTC", "Asia/Kolkata", "America/Los_Angeles", "Pacific/Kiritimati"):
        page.move_to(zone)
        page.show("?theatre=iraq&from=2014-08-11&to=2014-08-19&zoom=1")
        assert abs(page.days_off(KOCHO, "15 Aug")) < 0.1, zone


def test_a_day_is_the_same_day_in_every_time_zone(traveller, curated):
    page = traveller
    for zone in ("Asia/Tokyo", "America/Los_Angeles"):
        page.move_to(zone)
        assert page.zone() == zone
        page.show("")
        page.type_day("from", "2014-08-15")
        page.type_day("to", "2014-08-15")
        assert page.query() == "?from=2014-08-15&to=2014-08-15"
        assert page.days() == ("2014-08-15", "2014-08-15")
        assert page.pill() == "15 August 2014"
        assert page.lit_events() == set(expected.events(curated, page.query()))
        page.open_event_on_timeline(KOCHO)
        assert page.panel_date() == "15 August 2014"
        assert "15 August 2014" in [row["date"] for row in page.table_rows()]
        assert "15 August 2014" in page.hover_on_timeline(KOCHO)
        page.follow("Close the event")
        page.brush("2021-01-03", "2021-12-30")
        assert page.query() == "?from=2021-01-01&to=2021-12-31"
        assert page.pill() == "1 January – 31 December 2021"
        assert page.handle_says("First month shown") == "1 January 2021"
        assert page.handle_says("Last month shown") == "31 December 2021"
