"""A table in which no event has a date: what stands for its days is shown nowhere."""

import json

import pytest

from dashboard import views
from dashboard.app import filters, header, layout
from dashboard.app.site import Site
from dashboard.schema import NO_DAY
from dashboard.selection import Selection
from tests.readers.test_plain import plain

pytestmark = pytest.mark.unit

ROWS = ("1,36.3,43.1,Mosul,3", "2,-10.8,40.5,Palma,")


@pytest.fixture
def dateless(tmp_path):
    mapping = {"date_precision": "=unknown"}
    return plain(tmp_path, "id,lat,lon,place,killed", *ROWS, mapping=mapping).dataset


@pytest.mark.parametrize("name", views.VIEWS)
def test_no_view_shows_the_day_that_stands_for_none(dateless, name):
    for link in ("", "zoom=1", "event=plain-1", "from=2015-01-01&to=2015-12-31"):
        selection = Selection.from_query(link)
        drawn = views.render(name, dateless, selection).to_dict()
        assert str(NO_DAY.year) not in json.dumps(drawn, default=str)
        assert str(NO_DAY.year) not in views.alt_text(name, dateless, selection)


def test_the_timeline_says_why_it_is_empty_and_not_how_to_read_it(dateless):
    said = views.page_reading("timeline", dateless, Selection())
    assert said == "2 events have no date and are not on the timeline."


def test_the_page_offers_no_window_and_no_playback(dateless):
    site = Site(dateless, {})
    assert header.tagline(site).endswith(f"2 events, 2 reports · data {dateless.version}")
    assert [*filters.windows(dateless)] == ["Whole table"]
    assert "Growing window" not in str(layout.page(site))
