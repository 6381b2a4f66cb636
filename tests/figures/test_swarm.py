import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import swarm
from dashboard.figures.axes import Span
from dashboard.figures.swarm import LEAST_RADIUS_PX, UNKNOWN_RADIUS_PX, radius_of
from dashboard.figures.theme import PRESETS, Medium

WEB = PRESETS["web"]
MARKS = st.lists(
    st.tuples(
        st.floats(0, 1000),
        st.one_of(st.just(float("nan")), st.integers(0, 3000).map(float)),
        st.integers(0, 3),
    ),
    max_size=40,
)
PHONE = Medium("phone", 340, 0, 12, framed=False)


def packed(marks, medium=WEB, height=480.0):
    x, killed, lane = (
        (np.array(column, dtype=float) for column in zip(*marks, strict=True))
        if marks
        else [np.array([])] * 3
    )
    room = swarm.room_for(medium, 4, medium.width_px - 40, height)
    return x, killed, lane, room, swarm.pack(x, killed, lane, room, medium)


@pytest.mark.property
@given(MARKS)
def test_circles_stand_in_their_lanes_in_order(marks):
    _, _, lane, room, found = packed(marks)
    edges = [*found.edges, room.swarm_px]
    assert edges == sorted(edges)
    for y, radius, number in zip(found.y, found.radius, lane.astype(int), strict=True):
        assert y - radius >= edges[number] - 0.5
        assert y + radius <= edges[number + 1] + 0.5


@pytest.mark.property
@given(MARKS)
def test_circles_of_a_lane_do_not_overlap_where_there_is_room(marks):
    x, _, lane, _, found = packed(marks)
    for number in range(4):
        rows = np.flatnonzero(lane == number)
        if len(rows) > 1 and found.radius.max() > swarm.CROWDED * WEB.font_px:
            apart = np.hypot(x[rows][:, None] - x[rows], found.y[rows][:, None] - found.y[rows])
            reach = found.radius[rows][:, None] + found.radius[rows]
            others = ~np.eye(len(rows), dtype=bool)
            assert (apart[others] >= reach[others] - 1e-3).all()


@pytest.mark.property
@given(st.lists(st.one_of(st.just(float("nan")), st.integers(0, 5000).map(float)), min_size=1))
def test_area_is_in_proportion_to_the_dead_and_unknown_is_not_zero(tolls):
    killed = np.array(tolls)
    largest = float(np.nanmax(killed, initial=1.0))
    radius = radius_of(killed, 60, largest)
    known = ~np.isnan(killed)
    seen = known & (radius > LEAST_RADIUS_PX)
    assert np.allclose(radius[seen] ** 2 / 60**2, killed[seen] / largest)
    assert (radius[~known] == UNKNOWN_RADIUS_PX).all()
    assert (radius[known] >= LEAST_RADIUS_PX).all()


@pytest.mark.unit
def test_an_empty_timeline_has_its_lanes():
    *_, found = packed([])
    assert len(found.middles) == len(found.edges) == 4


@pytest.mark.unit
def test_lane_names_stand_above_their_lanes_on_a_phone():
    narrow, wide = (swarm.room_for(medium, 4, 340, None) for medium in (PHONE, WEB))
    assert (narrow.left_px, wide.head_px) == (0, 0)
    assert narrow.head_px > 0 < wide.left_px


@pytest.mark.unit
def test_a_room_of_a_height_is_filled():
    assert swarm.room_for(WEB, 4, 1160, 500).height_px == pytest.approx(500)


@pytest.mark.unit
def test_more_lanes_need_more_height_on_the_page():
    few, many = (swarm.room_for(PHONE, lanes, 340, None) for lanes in (4, 12))
    assert many.height_px > few.height_px
    assert swarm.capacity(many, PHONE) >= 12


@pytest.mark.property
@given(st.lists(st.tuples(st.floats(0, 800), st.floats(1, 90)), min_size=1, max_size=20))
def test_a_widened_span_holds_every_circle_whole(circles):
    x, radius = (list(column) for column in zip(*circles, strict=True))
    span = Span(0, 800)
    found = swarm.widened(span, x, radius, 800)
    assert found.first_ms <= 0
    assert found.last_ms >= 800
    scale = 800 / (found.last_ms - found.first_ms)
    for place, size in circles:
        at = (place - found.first_ms) * scale
        assert at - size >= swarm.RIM_PX - 0.01
        assert at + size <= 800.01 - swarm.RIM_PX


@pytest.mark.unit
def test_circles_outside_the_window_do_not_widen_it():
    assert swarm.widened(Span(0, 800), [-50, 900], [60, 200], 800) == Span(0, 800)
