import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import months, swarm
from dashboard.figures.theme import LIGHT, PRESETS, Medium
from tests.figures import marks
from tests.figures.marks import COLOURS

WEB = PRESETS["web"]


def traces(bars, reports=(1,)):
    found = months.traces(bars, marks.coverage(*reports), COLOURS, LIGHT)
    return {trace["name"]: trace for trace in found}


@pytest.mark.property
@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=12), st.lists(st.integers(0, 9), max_size=12)
)
def test_bars_stack_without_gap_to_the_months_events(battles, civilians):
    rows = pd.concat([marks.months(*battles), marks.months(*civilians, colour="civilians")])
    rows["total"] = rows.groupby("start_ms")["events"].transform("sum")
    found = traces(rows)
    tops: dict[float, float] = {}
    for x, base, height in zip(
        found["months"]["x"], found["months"]["base"], found["months"]["y"], strict=True
    ):
        assert base == tops.get(x, 0)
        tops[x] = base + height
    assert sum(tops.values()) == sum(battles) + sum(civilians)
    for x, total in zip(found["all months"]["x"], found["all months"]["y"], strict=True):
        assert tops.get(x, 0) == total


@pytest.mark.unit
def test_colours_stack_in_their_order():
    rows = pd.concat([marks.months(2, colour="civilians"), marks.months(1)])
    found = traces(rows)["months"]
    assert found["base"].tolist() == [0, 1]
    assert found["marker"]["color"] == ["#4477AA", "#AA3377"]


@pytest.mark.unit
def test_a_month_with_more_reports_is_darker():
    depths = traces(marks.months(1), (0, 1, 40, 900))["coverage"]["marker"]["opacity"]
    assert depths == sorted(depths)
    assert depths[0] < 0.1 < depths[1]
    assert depths[2] == depths[3]


@pytest.mark.unit
def test_says_what_bars_and_strip_count():
    wide = swarm.room_for(WEB, 4, 1160, 480)
    narrow = swarm.room_for(Medium("phone", 340, 480), 4, 300, 480)
    assert [note["text"] for note in months.notes(wide, "month", 10, WEB)] == [
        "Events<br>a month",
        "Reports",
    ]
    assert [note["text"] for note in months.notes(narrow, "day", 10, WEB)] == ["Events a day"]
