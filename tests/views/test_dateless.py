"""A table in which no event has a date: what stands for its days is shown nowhere."""

import json
import re

import pytest

from dashboard import batch, views
from dashboard.app import filters, header, layout
from dashboard.app.site import Site
from dashboard.downloads import write
from dashboard.engine import enlarged
from dashboard.errors import ExportError
from dashboard.pictures import Order
from dashboard.schema import NO_DAY
from dashboard.selection import Selection
from tests.readers.test_plain import plain
from tests.test_downloads import CITED

pytestmark = pytest.mark.unit

ROWS = ("1,36.3,43.1,Mosul,3", "2,-10.8,40.5,Palma,")


@pytest.fixture
def dateless(tmp_path):
    mapping = {"date_precision": "=unknown"}
    return plain(tmp_path, "id,lat,lon,place,killed", *ROWS, mapping=mapping).dataset


@pytest.mark.parametrize("name", views.VIEWS)
def test_no_view_shows_the_day_that_stands_for_none(dateless, name):
    for link in ("", "zoom=1", "event=plain-1", "q=zzz", "from=2015-01-01&to=2015-12-31"):
        selection = Selection.from_query(link)
        drawn = json.dumps(views.render(name, dateless, selection).to_dict(), default=str)
        assert str(NO_DAY.year) not in drawn
        assert not re.search(r"-22\d{11}\b", drawn), "milliseconds of those days"
        assert str(NO_DAY.year) not in views.alt_text(name, dateless, selection)


def test_the_timeline_says_why_it_is_empty_and_not_how_to_read_it(dateless):
    said = views.page_reading("timeline", dateless, Selection())
    assert said == "2 events have no date and are not on the timeline."


def test_the_page_offers_no_window_and_no_playback(dateless):
    site = Site(dateless, {})
    assert header.tagline(site).endswith(f"2 events, 2 reports · data {dateless.version}")
    assert [*filters.windows(dateless)] == ["Whole table"]
    assert str(NO_DAY.year) not in str(layout.page(site))


def test_what_has_no_date_has_none_as_geojson(dateless):
    written = write("geojson", dateless, Selection(), CITED)
    found = [feature["properties"] for feature in json.loads(written)["features"]]
    assert [(one["start_date"], one["end_date"]) for one in found] == [(None, None)] * len(ROWS)


def test_pictures_for_each_month_are_refused_with_the_reason(dateless, tmp_path):
    order = Order("map")
    with pytest.raises(ExportError, match="chooses no event with a date"):
        batch.series(order, "month", tmp_path, dateless)


def test_an_engine_knows_that_it_has_no_dates(dateless, tmp_path):
    assert enlarged(dateless, tmp_path / "large").days is None


def test_a_table_of_one_real_day_has_that_day(tmp_path):
    day = NO_DAY.isoformat()
    found = plain(
        tmp_path, "date,lat,lon,place", f"{day},36.3,43.1,A", f"{day},36.4,43.1,B"
    ).dataset
    assert found.days == (NO_DAY, NO_DAY)
    assert views.alt_text("timeline", found, Selection()).startswith("A timeline of Iraq")
