import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures.mercator import Bounds
from dashboard.figures.panels import Map, arranged
from dashboard.figures.theme import PRESETS

MEDIUM = PRESETS["web"]
ROOMS = st.tuples(st.floats(250, 2000), st.floats(180, 1200))
BOXES = st.builds(
    lambda west, south, wide, tall: Bounds(west, south, west + wide, south + tall),
    st.floats(-20, 40),
    st.floats(-20, 20),
    st.floats(1, 30),
    st.floats(1, 20),
)


def maps(boxes, heading="Theatre"):
    return [Map(heading, f"t{number}", box) for number, box in enumerate(boxes)]


@pytest.mark.property
@settings(max_examples=30)
@given(st.lists(BOXES, min_size=1, max_size=8), ROOMS)
def test_panels_share_the_room_without_meeting(boxes, room):
    panels = arranged(maps(boxes), MEDIUM, room)
    assert [panel.theatre for panel in panels] == [f"t{n}" for n in range(len(boxes))]
    for panel in panels:
        assert 0 <= panel.x[0] < panel.x[1] <= 1
        assert 0 <= panel.y[0] < panel.y[1] <= 1
    for one, other in itertools.combinations(panels, 2):
        is_beside = one.x[1] <= other.x[0] + 1e-9 or other.x[1] <= one.x[0] + 1e-9
        is_above = one.y[1] <= other.y[0] + 1e-9 or other.y[1] <= one.y[0] + 1e-9
        assert is_beside or is_above


@pytest.mark.property
@settings(max_examples=30)
@given(st.lists(BOXES, min_size=1, max_size=5), ROOMS)
def test_a_panel_knows_its_pixels(boxes, room):
    for panel in arranged(maps(boxes), MEDIUM, room):
        if min(panel.size_px) > 2:
            assert (panel.x[1] - panel.x[0]) * room[0] == pytest.approx(panel.width_px, abs=1e-6)
            assert (panel.y[1] - panel.y[0]) * room[1] == pytest.approx(panel.height_px, abs=1e-6)


@pytest.mark.unit
def test_one_map_without_a_heading_fills_the_room():
    [panel] = arranged(maps([Bounds(0, 0, 10, 10)], heading=""), MEDIUM, (800, 400))
    assert (panel.x, panel.y, panel.size_px) == ((0, 1), (0, 1), (800, 400))


@pytest.mark.unit
def test_two_square_maps_stand_side_by_side_in_a_wide_room():
    one, other = arranged(maps([Bounds(0, 0, 9, 9)] * 2), MEDIUM, (1000, 400))
    assert one.y == other.y
    assert one.width_px == pytest.approx(other.width_px)


@pytest.mark.unit
def test_two_square_maps_stand_above_each_other_in_a_tall_room():
    one, other = arranged(maps([Bounds(0, 0, 9, 9)] * 2), MEDIUM, (400, 1000))
    assert one.x == other.x
    assert one.y[0] > other.y[1]


@pytest.mark.unit
@pytest.mark.parametrize("sides", [(40, -10, 40, -10), (40, -10, 40, 5), (40, -10, 50, -10)])
def test_bounds_without_width_or_height_have_a_map(sides):
    panels = arranged(maps([Bounds(*sides), Bounds(0, 0, 10, 10)]), MEDIUM, (800, 400))
    assert all(panel.box.west < panel.box.east for panel in panels)
    assert all(panel.box.south < panel.box.north for panel in panels)


@pytest.mark.unit
def test_a_panel_shows_its_bounds_widened_to_its_shape():
    [panel] = arranged(maps([Bounds(0, 0, 10, 10)], heading=""), MEDIUM, (800, 400))
    assert panel.box.aspect == pytest.approx(2)
    assert panel.box.west < 0 < 10 < panel.box.east
