import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.labels import LEADER_PX, Anchor, place_labels, room_beside
from dashboard.figures.packing import Box

ROOM = Box(0, 0, 600, 300)
NO_CIRCLES = np.empty((0, 3))
POINTS = st.lists(
    st.tuples(st.floats(0, 600), st.floats(0, 300), st.floats(1, 30), st.floats(10, 120)),
    max_size=25,
)


def placed(points, **more):
    anchors = [Anchor(x, y, radius, width, 14, **more) for x, y, radius, width in points]
    circles = np.array([point[:3] for point in points]).reshape(-1, 3)
    return anchors, circles, list(place_labels(anchors, circles, ROOM))


def distance(line, x, y):
    """Return how far a point is from a line between two points."""
    start, end = np.array(line[:2]), np.array(line[2:])
    share = np.clip(
        (np.array([x, y]) - start) @ (end - start) / max(1e-9, (end - start) @ (end - start)), 0, 1
    )
    return float(np.hypot(*(start + share * (end - start) - (x, y))))


@pytest.mark.property
@given(POINTS)
def test_labels_meet_neither_each_other_nor_a_mark_nor_the_edge(points):
    _, circles, labels = placed(points)
    boxes = [label.box for label in labels if label]
    assert all(box.within(ROOM) for box in boxes)
    assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))
    for box, (x, y, radius) in itertools.product(boxes, circles.tolist()):
        near_x, near_y = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
        assert np.hypot(near_x - x, near_y - y) >= radius - 1e-6


@pytest.mark.property
@given(POINTS)
def test_a_leader_runs_over_no_other_mark(points):
    anchors, circles, labels = placed(points)
    for anchor, label in zip(anchors, labels, strict=True):
        if label and label.leader:
            for x, y, radius in circles.tolist():
                if np.hypot(x - anchor.x, y - anchor.y) >= 0.01:
                    assert distance(label.leader, x, y) >= radius - 1e-6


@pytest.mark.property
@given(POINTS)
def test_a_leader_runs_through_no_other_label(points):
    _, _, labels = placed(points, may_cross=True)
    found = [label for label in labels if label]
    for one, other in itertools.permutations(found, 2):
        if one.leader:
            x, y, to_x, to_y = one.leader
            steps = np.linspace(0.01, 0.99, 60)
            for share in steps.tolist():
                across, down = x + share * (to_x - x), y + share * (to_y - y)
                inside = other.box.left < across < other.box.right
                assert not (inside and other.box.top < down < other.box.bottom)


@pytest.mark.property
@given(POINTS)
def test_a_label_that_stands_off_has_a_leader(points):
    anchors, _, labels = placed(points)
    for anchor, label in zip(anchors, labels, strict=True):
        if label:
            box = label.box
            x = min(max(anchor.x, box.left + 2), box.right - 2)
            y = min(max(anchor.y, box.top), box.bottom)
            gap = np.hypot(x - anchor.x, y - anchor.y) - anchor.radius
            assert (label.leader is None) == (gap <= LEADER_PX)


@pytest.mark.unit
def test_the_first_label_stands_above_its_mark():
    [label] = place_labels([Anchor(100, 100, 10, 40, 14)], NO_CIRCLES, ROOM)
    assert label.leader is None
    assert label.box == Box(80, 74, 120, 88)


@pytest.mark.unit
def test_a_label_without_room_is_left_out():
    wall = np.array([[100.0, 100.0, 400.0]])
    assert list(place_labels([Anchor(100, 100, 5, 40, 14)], wall, ROOM)) == [None]


@pytest.mark.unit
def test_the_more_important_label_takes_the_place():
    near = [Anchor(100, 100, 3, 40, 14), Anchor(101, 100, 3, 40, 14)]
    first, second = place_labels(near, NO_CIRCLES, ROOM, ways=[(0, -1, 2)])
    assert first is not None
    assert second is None


@pytest.mark.unit
def test_a_label_keeps_to_its_band():
    anchor = Anchor(100, 100, 10, 40, 14, top=95, bottom=200)
    [label] = place_labels([anchor], NO_CIRCLES, ROOM)
    assert label.box.top >= 95


@pytest.mark.unit
def test_a_leader_crosses_marks_only_where_it_may():
    ring = [(100 + 22 * np.cos(a), 100 + 22 * np.sin(a), 7) for a in np.linspace(0, 6.28, 22)]
    circles = np.array([(100, 100, 4), *ring])
    far = [(0.0, -1.0, 40.0)]
    assert list(place_labels([Anchor(100, 100, 4, 30, 12)], circles, ROOM, ways=far)) == [None]
    [label] = place_labels([Anchor(100, 100, 4, 30, 12, may_cross=True)], circles, ROOM, ways=far)
    assert label.leader is not None


@pytest.mark.unit
def test_keeps_clear_of_what_is_taken():
    above = Box(50, 60, 150, 90)
    [label] = place_labels([Anchor(100, 100, 10, 40, 14)], NO_CIRCLES, ROOM, taken=[above])
    assert not label.box.meets(above)


@pytest.mark.property
@given(POINTS)
def test_a_text_beside_a_mark_has_its_room_to_itself(points):
    marks = np.array(points).reshape(-1, 4)
    found = room_beside(marks, 10.0, marks[:, :3], ROOM)
    left = marks[:, 0] + marks[:, 2] + 1.0
    boxes = [
        Box(x, y - 5.0, x + width, y + 5.0)
        for x, y, width in zip(left, marks[:, 1], marks[:, 3], strict=True)
    ]
    assert [box for box in found if box] == [
        box for box, one in zip(boxes, found, strict=True) if one
    ]
    shown = [box for box in found if box]
    for one, other in itertools.combinations(shown, 2):
        assert not one.meets(other)
    for box in shown:
        assert box.within(ROOM)
        for x, y, radius, _ in points:
            across, down = max(box.left - x, x - box.right, 0), max(box.top - y, y - box.bottom, 0)
            assert across**2 + down**2 >= radius**2 - 1e-6


@pytest.mark.unit
def test_the_first_of_two_texts_takes_the_room():
    marks = np.array([[100.0, 50, 3, 40], [110.0, 56, 3, 40]])
    assert room_beside(marks, 10.0, NO_CIRCLES, ROOM) == [Box(104, 45, 144, 55), None]
    assert room_beside(marks, 10.0, NO_CIRCLES, ROOM, [Box(0, 0, 110, 50)]) == [
        None,
        Box(114, 51, 154, 61),
    ]


@pytest.mark.unit
def test_no_texts_need_no_room():
    assert room_beside(np.empty((0, 4)), 10.0, NO_CIRCLES, ROOM) == []


@pytest.mark.unit
def test_a_label_covers_what_it_shuns_only_where_there_is_no_other_room():
    above = np.array([[60.0, 70.0, 140.0, 90.0]])
    everywhere = np.array([[-500.0, -500.0, 500.0, 500.0]])
    anchor = Anchor(100, 100, 10, 40, 14)
    [free] = place_labels([anchor], NO_CIRCLES, ROOM)
    [moved] = place_labels([anchor], NO_CIRCLES, ROOM, shunned=above)
    [forced] = place_labels([anchor], NO_CIRCLES, ROOM, shunned=everywhere)
    assert free.box.meets(Box(60, 70, 140, 90))
    assert not moved.box.meets(Box(60, 70, 140, 90))
    assert forced == free
