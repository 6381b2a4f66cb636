import numpy as np
import pytest

from dashboard.figures import swarm
from dashboard.figures.axes import DAY_MS, Span
from dashboard.figures.swarm import Packed, Scene
from dashboard.figures.swarm_labels import labels
from dashboard.figures.theme import PRESETS, Medium
from tests.figures import marks
from tests.figures.marks import COLOURS

WEB = PRESETS["web"]
PHONE = Medium("phone", 340, 480, 12)


def labelled(places, medium=WEB, lanes=("iraq",)):
    """Label marks at (x, y, radius)."""
    x, y, radius = (list(column) for column in zip(*places, strict=True))
    rows = marks.events(*(10.0 * size for size in radius), at_ms=[value * DAY_MS for value in x])
    rows = rows.assign(x_px=x, y_px=y, radius=radius, lane=[lanes[-1]] * len(rows))
    room = swarm.room_for(medium, len(lanes), 1000, 480)
    step = room.swarm_px / len(lanes)
    edges = [number * step for number in range(len(lanes))]
    packed = Packed(np.array(y), np.array(radius), [edge + step / 2 for edge in edges], edges)
    names = {lane: lane.title() for lane in lanes}
    scene = Scene(names, Span(0, 1000 * DAY_MS), COLOURS, room)
    return labels(rows, scene, packed, medium)


@pytest.mark.unit
def test_a_large_circle_holds_its_name():
    [note], leaders = labelled([(500, 100, 60)])
    assert note["text"] == "<b>600</b><br>Place 0"
    assert "xshift" not in note
    assert leaders == []


@pytest.mark.unit
def test_a_small_circle_has_its_name_above():
    [note], leaders = labelled([(500, 100, 8)])
    assert note["text"] == "<b>80</b> Place 0"
    assert note["yshift"] > 8
    assert leaders == []


@pytest.mark.unit
def test_a_name_that_stands_off_is_led_to():
    crowd = [
        (500 + 26 * across, 150 + 26 * down, 12) for across in (-1, 0, 1) for down in (-1, 0, 1)
    ]
    _, leaders = labelled([*crowd, (500, 150.5, 13)])
    assert all(line["type"] == "line" and line["xref"] == "x" for line in leaders)


@pytest.mark.unit
def test_a_name_of_a_phone_stays_in_its_lane():
    [note], _ = labelled([(200, 300, 5)], PHONE, ("syria", "iraq"))
    room = swarm.room_for(PHONE, 2, 1000, 480)
    assert 300 - note["yshift"] > room.swarm_px / 2
