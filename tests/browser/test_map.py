"""The map: areas, regions, places, and a view that stays."""

import pytest

from dashboard.selection import Selection
from tests.browser import expected

pytestmark = pytest.mark.browser


@pytest.fixture
def boxed(page_at):
    """Return the page with a box drawn on the map of Mozambique, and the tool put away after."""
    page = page_at("?map=mozambique")
    page.select_box_on_map(39.5, -12.5, 41, -10.5)
    yield page
    page.put_tool_away("Choose events in a box")


def test_a_box_chooses_an_area(boxed, curated):
    page = boxed
    query = page.query()
    west, south, east, north = Selection.from_query(query).area
    assert (west, south, east, north) == pytest.approx((39.5, -12.5, 41, -10.5), abs=0.05)
    assert page.pill() == "an area on the map"
    assert page.lit_events() == set(expected.events(curated, query))
    assert page.map_marks() == expected.marks(curated, query)
    assert page.table_count() == len(expected.events(curated, query))


def test_a_second_box_replaces_the_first_and_reset_lights_every_name_again(boxed, curated):
    page = boxed
    first = page.query()
    page.select_box_on_map(39, -14, 41, -12)
    assert page.query() != first
    assert page.lit_events() == set(expected.events(curated, page.query()))
    page.reset()
    assert page.query() == "?map=mozambique"
    assert page.faded_names() == []


def test_a_free_shape_chooses_an_area(page_at, curated):
    page = page_at("?map=mozambique")
    page.select_shape_on_map([(39.5, -10.5), (41, -10.5), (41, -12.5), (39.5, -12)])
    query = page.query()
    assert len(Selection.from_query(query).area) >= 8
    chosen = expected.events(curated, query)
    assert 0 < len(chosen) < len(curated.events)
    assert page.lit_events() == set(chosen)
    page.put_tool_away("Choose events in a free shape")


def test_each_region_has_a_map_of_its_own(page):
    assert page.maps() == 4
    for region in ("Iraq", "Syria", "Mozambique", "Sahel"):
        page.choose("Region", region)
        assert page.query() == f"?map={region.lower()}"
        assert page.chosen("Region") == [region]
        assert page.maps() == 1


def test_fit_to_events_follows_the_filter(page_at):
    page = page_at("?map=fit")
    whole = page.map_view()
    page.tick("Mozambique")
    assert page.map_view() != whole
    assert page.map_view()[2] == pytest.approx(-12, abs=2.5)


def test_the_view_stays_where_the_reader_left_it_when_a_filter_changes(page_at):
    page = page_at("?map=iraq")
    start = page.map_view()
    page.turn_wheel_on_map(4)
    left = page.map_view()
    assert left[0] > start[0] * 1.3
    page.tick("Bombings")
    assert page.map_view() == left
    page.untick("Bombings")
    page.choose("Region", "Syria")
    assert page.map_view()[0] == 1
    page.choose("Region", "Iraq")
    assert page.map_view() == start


def test_buttons_zoom(page_at):
    page = page_at("?map=sahel")
    page.press_button("Zoom in")
    assert page.map_view()[0] == pytest.approx(1.6)
    page.press_button("Zoom out")
    assert page.map_view()[0] == pytest.approx(1)


def test_a_click_on_an_event_opens_it(page_at, curated):
    page = page_at("?map=mozambique")
    event = page.in_reach(of_several=False)
    page.open_event_on_map(event)
    assert page.query() == f"?event={event}&map=mozambique"
    assert page.panel_title() == expected.title(curated, event)


def test_a_click_on_a_place_with_several_events_lists_them(page_at, curated):
    page = page_at("?map=mozambique")
    place = page.in_reach(of_several=True)
    page.open_event_on_map(place)
    latitude, longitude = (float(part) for part in place[1:].split(","))
    rows = curated.events
    near = (rows["latitude_deg"] - latitude).abs() + (rows["longitude_deg"] - longitude).abs()
    here = rows[near < 0.001]["title"].tolist()
    assert len(here) > 1
    assert page.listed() == here
    assert page.query() == f"?at={place[1:]}&map=mozambique"
    page.follow(here[0])
    assert page.panel_title() == here[0]
    page.go_back()
    assert page.listed() == here
    page.press("Escape")
    assert page.query() == "?map=mozambique"


def test_a_pan_that_ends_on_a_mark_opens_nothing(page_at):
    page = page_at("?map=mozambique")
    page.pan_map_onto(page.in_reach(of_several=False))
    assert page.map_view()[0] == 1
    assert page.query() == "?map=mozambique"


def test_events_without_a_place_are_listed(page, curated):
    missing = curated.events[curated.events["latitude_deg"].isna()]["title"].tolist()
    heading, titles = page.unplaced()
    assert heading == f"{len(missing)} events have no place on the map"
    assert titles == missing
    page.follow(missing[0])
    assert page.panel_title() == missing[0]


def test_land_and_borders_are_drawn_again_only_when_the_view_changes(page_at):
    page = page_at("?map=iraq")
    written = page.watch_ground()
    page.tick("Bombings")
    assert written() == 0
    page.press_button("Zoom in")
    assert written() > 0


def test_land_and_borders_that_were_kept_are_those_of_a_fresh_page(page_at):
    page = page_at("?map=fit")
    before = page.ground()
    page.tick("Mozambique")
    page.prefer("dark")
    kept = page.ground()
    page.reload()
    assert len(kept) > 5
    assert page.ground() == kept != before
    page.prefer("light")
