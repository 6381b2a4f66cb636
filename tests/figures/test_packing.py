import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.packing import Box, beeswarm, stack

CIRCLES = st.lists(
    st.tuples(st.floats(0, 1000), st.floats(0.5, 60)), min_size=1, max_size=60, unique=True
)


@pytest.mark.property
@given(CIRCLES)
def test_no_circle_overlaps_another(circles):
    x, radius = np.array(circles).T
    y = beeswarm(x, radius, gap_px=0.0)
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    reach = radius[:, None] + radius
    others = ~np.eye(len(x), dtype=bool)
    assert (apart[others] >= reach[others] - 1e-3).all()


@pytest.mark.property
@given(CIRCLES)
def test_the_largest_circle_lies_on_the_line(circles):
    x, radius = np.array(circles).T
    assert beeswarm(x, radius)[np.lexsort((x, -radius))[0]] == 0


@pytest.mark.property
@given(CIRCLES)
def test_packs_the_same_circles_the_same_way(circles):
    x, radius = np.array(circles).T
    assert (beeswarm(x, radius) == beeswarm(x, radius)).all()


@pytest.mark.unit
def test_circles_that_are_far_apart_all_lie_on_the_line():
    assert beeswarm(np.array([0.0, 50, 100]), np.array([5.0, 9, 5])).tolist() == [0, 0, 0]


@pytest.mark.unit
def test_packs_nothing():
    assert beeswarm(np.array([]), np.array([])).tolist() == []


@pytest.mark.unit
def test_boxes_that_share_an_edge_do_not_meet():
    assert not Box(0, 0, 5, 5).meets(Box(5, 0, 9, 5))
    assert Box(0, 0, 5, 5).meets(Box(4, 4, 9, 9))


@pytest.mark.unit
def test_a_box_lies_within_itself_and_within_a_larger_one():
    assert Box(0, 0, 5, 5).within(Box(0, 0, 5, 5))
    assert Box(1, 1, 4, 4).within(Box(0, 0, 5, 5))
    assert not Box(1, 1, 6, 4).within(Box(0, 0, 5, 5))


@pytest.mark.property
@given(CIRCLES, st.integers(1, 4))
def test_lanes_are_packed_as_if_each_were_alone(circles, lanes):
    x, radius = np.array(circles).T
    lane = (np.arange(len(x)) % lanes).astype(float)
    together = beeswarm(x, radius, lane=lane)
    for number in range(lanes):
        rows = lane == number
        assert together[rows] == pytest.approx(beeswarm(x[rows], radius[rows]))


@pytest.mark.property
@given(CIRCLES)
def test_each_circle_takes_the_free_height_nearest_to_the_line(circles):
    x, radius = np.array(circles).T
    y = beeswarm(x, radius)
    order = np.lexsort((x, -radius))
    for place, number in enumerate(order.tolist()):
        before = order[:place]
        reach = radius[before] + radius[number] + 0.8
        lift = np.sqrt(np.maximum(reach**2 - (x[before] - x[number]) ** 2, 0))
        heights = np.concatenate([[0.0], y[before] + lift, y[before] - lift])
        is_free = (np.abs(heights[:, None] - y[before]) >= lift - 2e-6).all(axis=1)
        assert abs(y[number]) <= np.abs(heights[is_free]).min() + 1e-5


@pytest.mark.property
@given(CIRCLES)
def test_circles_are_stacked_as_a_beeswarm(circles):
    x, radius = np.array(circles).T
    assert stack(x, x, radius) == pytest.approx(beeswarm(x, radius))


@pytest.mark.property
@given(CIRCLES, st.integers(0, 2**32 - 1))
def test_stacked_ranges_do_not_overlap(circles, seed):
    low, radius = np.array(circles).T
    high = low + np.random.default_rng(seed).integers(0, 60, len(low))
    y = stack(low, high, radius)
    for one in range(len(low)):
        for other in range(one):
            across = max(low[one] - high[other], low[other] - high[one], 0)
            apart = math.hypot(across, y[one] - y[other])
            assert apart >= radius[one] + radius[other] + 0.8 - 1e-5
