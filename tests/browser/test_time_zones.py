"""Days are days: the one typed is the one filtered and the one shown, wherever the reader is."""

import pytest

from tests.browser import expected

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_a_day_is_the_same_day_in_every_time_zone(open_page, curated, zone):
    page = open_page(timezone_id=zone)
    page.type_day("from", "2021-03-24")
    page.type_day("to", "2021-03-24")
    assert page.query() == "?from=2021-03-24&to=2021-03-24"
    assert page.days() == ("2021-03-24", "2021-03-24")
    assert page.pill() == "24 March 2021"
    assert page.lit_events() == set(expected.events(curated, page.query()))

    page.show("")
    page.brush("2021-01-03", "2021-12-30")
    assert page.query() == "?from=2021-01-01&to=2021-12-31"
    assert page.pill() == "1 January – 31 December 2021"
    assert page.handle_says("First month shown") == "1 January 2021"
    assert page.handle_says("Last month shown") == "31 December 2021"
    page.press_on_handle("First month shown", "ArrowRight")
    assert page.query() == "?from=2021-02-01&to=2021-12-31"

    page.show("?q=kocho&event=2014-08-15-kocho")
    assert page.panel_date() == "15 August 2014"
    assert "15 August 2014" in [row["date"] for row in page.table_rows()]
    assert "15 August 2014" in page.hover_on_timeline("2014-08-15-kocho")
