from dataclasses import replace

import pandas as pd
import pytest

from dashboard.figures import bins, swarm
from dashboard.figures.axes import DAY_MS, Span
from dashboard.figures.swarm import Scene
from dashboard.figures.theme import PRESETS

pytestmark = pytest.mark.unit

WEB = PRESETS["web"]
COLUMNS = ["lane", "start_ms", "end_ms", "events", "killed", "known", "colour", "key", "hover"]


def bar(day, killed, known=1, lane="a"):
    return (lane, day * DAY_MS, (day + 1) * DAY_MS, 1, killed, known, "battles", f"{day}", "")


def table(*bars):
    return pd.DataFrame(bars, columns=COLUMNS)


@pytest.fixture
def scene():
    room = swarm.room_for(WEB, 1, 900.0, 400.0)
    return Scene({"a": "A"}, Span(0.0, 10.0 * DAY_MS), {"battles": ("blue", "blue")}, room)


def heights(rows, every, scene):
    drawn = bins.traces(rows, every, scene, bins.lanes(scene), WEB)
    return drawn[1]["y"].tolist()


def test_the_chosen_bars_give_the_scale_where_they_are_drawn_alone(scene):
    rows = table(bar(1, 1000), bar(2, 500), bar(3, 10))
    high, half, low = heights(rows, rows[:0], scene)
    assert high <= scene.room.swarm_px
    assert half == pytest.approx(high / 2, abs=0.1)
    assert low < high / 20


def test_all_bars_give_the_scale_where_they_are_drawn_behind(scene):
    rows = table(bar(1, 500))
    (behind,) = heights(rows, table(bar(1, 1000)), scene)
    (alone,) = heights(rows, rows[:0], scene)
    assert behind == pytest.approx(alone / 2, abs=0.1)


def test_a_bar_of_unknown_tolls_has_a_height_of_its_own(scene):
    rows = table(bar(1, 1000), bar(2, 0, known=0), bar(3, 0))
    _, unknown, none = heights(rows, rows[:0], scene)
    assert (unknown, none) == (bins.UNKNOWN_PX, bins.LEAST_PX)


def test_the_name_of_the_highest_bar_stands_above_every_bar_of_its_lane(scene):
    rows = table(bar(1, 900), bar(2, 1000), bar(3, 950)).assign(label="a day")
    packed = bins.lanes(scene)
    (named,) = bins.labels(rows, rows[:0], scene, packed, WEB)
    drawn = bins.traces(rows, rows[:0], scene, packed, WEB)[1]
    tops = [base + height for base, height in zip(drawn["base"], drawn["y"], strict=True)]
    assert named["yanchor"] == "bottom"
    assert named["y"] + named["yshift"] >= max(tops) - 0.1


def test_more_lanes_are_less_high(scene):
    both = replace(scene, lanes={"a": "A", "b": "B"})
    rows = table(bar(1, 1000))
    assert heights(rows, rows[:0], both)[0] < heights(rows, rows[:0], scene)[0]
