import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import mercator
from dashboard.figures.mercator import Bounds, around, axis_ranges, fitted, scale_length_km

SIDES = st.floats(20, 2000)


@st.composite
def boxes(draw):
    west, south = draw(st.floats(-170, 150)), draw(st.floats(-70, 60))
    return Bounds(west, south, west + draw(st.floats(0.01, 20)), south + draw(st.floats(0.01, 10)))


@pytest.mark.property
@given(boxes(), SIDES, SIDES)
def test_a_fitted_box_holds_the_box_and_has_the_panels_shape(box, width, height):
    found = fitted(box, width, height)
    assert found.west <= box.west + 1e-9
    assert found.south <= box.south + 1e-9
    assert found.east >= box.east - 1e-9
    assert found.north >= box.north - 1e-9
    assert found.aspect == pytest.approx(width / height, rel=1e-6)


@pytest.mark.property
@given(boxes(), SIDES, SIDES)
def test_a_fitted_box_keeps_its_middle(box, width, height):
    found = fitted(box, width, height)
    assert found.middle_latitude == pytest.approx(box.middle_latitude, abs=1e-6)
    assert found.west + found.east == pytest.approx(box.west + box.east, abs=1e-6)


@pytest.mark.property
@given(boxes(), SIDES, SIDES, st.floats(0, 1), st.floats(0, 1))
def test_pixels_and_degrees_undo_each_other(box, width, height, across, down):
    x, y = across * width, down * height
    longitude, latitude = mercator.degrees([x], [y], box, (width, height))
    back = mercator.pixels(longitude, latitude, box, (width, height))
    assert np.allclose(np.concatenate(back), [x, y], atol=1e-4)


@pytest.mark.property
@given(st.floats(-85, 85))
def test_height_and_latitude_undo_each_other(latitude):
    assert mercator.latitude(mercator.height(latitude)) == pytest.approx(latitude, abs=1e-9)


@pytest.mark.property
@given(st.floats(1e-3, 100), st.floats(20, 400))
def test_a_scale_bar_is_a_round_length_that_fits(per_px, wanted):
    length = scale_length_km(per_px, wanted)
    assert length <= per_px * wanted * (1 + 1e-12)
    assert length > per_px * wanted / 2.51
    assert round(length / 10 ** math.floor(math.log10(length) + 1e-9), 6) in (1, 2, 5)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("per_px", "wanted", "length"), [(1, 100, 100), (0.9, 100, 50), (2, 99, 100)]
)
def test_a_scale_bar_has_a_length(per_px, wanted, length):
    assert scale_length_km(per_px, wanted) == length


@pytest.mark.property
@given(st.floats(-60, 60), st.floats(-100, 100), st.floats(5, 500))
def test_a_box_around_a_place_reaches_as_far_each_way(latitude, longitude, radius):
    box = around(latitude, longitude, radius)
    per_degree = mercator.EARTH_KM_PER_DEGREE
    assert (box.north - latitude) * per_degree == pytest.approx(radius, abs=1e-6)
    across = (box.east - longitude) * per_degree * math.cos(math.radians(latitude))
    assert across == pytest.approx(radius, abs=1e-6)


@pytest.mark.property
@given(boxes())
def test_the_great_circles_of_plotlys_edge_reach_the_box_and_no_farther(box):
    # The middle of a great circle between two points of one latitude lies nearer to the pole.
    _, (south, north) = axis_ranges(box)
    bow = math.cos(math.radians((box.east - box.west) / 8))

    def middle(latitude):
        return math.degrees(math.atan(math.tan(math.radians(latitude)) / bow))

    assert max(north, middle(north)) == pytest.approx(box.north, abs=1e-9)
    assert min(south, middle(south)) == pytest.approx(box.south, abs=1e-9)


@pytest.mark.property
@given(st.floats(-90, 90), st.floats(5, 3000), SIDES, SIDES)
def test_a_box_around_any_place_can_be_drawn_and_holds_its_mark(latitude, radius, width, height):
    box = fitted(around(latitude, 20, radius), width, height)
    assert -90 < box.south < box.north < 90
    assert math.isfinite(box.aspect)
    limit = mercator.LIMIT_DEG
    assert box.south < min(max(latitude, -limit), limit) < box.north


@pytest.mark.property
@given(st.floats(-200, 200))
def test_every_latitude_has_a_height(latitude):
    assert math.isfinite(mercator.height(latitude))


@pytest.mark.unit
def test_says_how_many_kilometres_a_pixel_is():
    assert mercator.km_per_px(Bounds(0, -1, 10, 1), 1000) == pytest.approx(1.11195)
