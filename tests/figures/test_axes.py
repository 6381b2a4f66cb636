import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.axes import (
    DAY_MS,
    DAYS_UP_TO,
    Span,
    count_axis,
    nice_step,
    tick_lines,
    time_axis,
)
from dashboard.figures.text import width_px
from dashboard.figures.theme import PRESETS, Medium

WEB = PRESETS["web"]
SCREEN = Medium("screen", 1100, 400, 12, framed=False)


def span(first, last):
    start, end = (
        datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.UTC) for day in (first, last)
    )
    return Span(start.timestamp() * 1000, end.timestamp() * 1000)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        ("2021-03-21", "2021-03-28", DAY_MS),
        ("2021-03-01", "2021-04-10", 2 * DAY_MS),
        ("2021-01-01", "2021-04-30", "M1"),
        ("2020-01-01", "2021-12-31", "M3"),
        ("2013-01-01", "2026-03-31", "M12"),
        ("1990-01-01", "2026-03-31", "M24"),
        ("1000-01-01", "2026-03-31", "M600"),
    ],
)
def test_ticks_of_a_picture_stand_at_round_distances(first, last, step):
    assert time_axis(span(first, last), 1060, WEB)["dtick"] == step


@pytest.mark.unit
@pytest.mark.parametrize(
    ("first", "last", "width", "lines"),
    [
        ("2021-03-21", "2021-03-28", 1000, 2),
        ("2021-01-01", "2021-03-31", 1000, 2),
        ("2020-01-01", "2021-12-31", 1000, 2),
        ("2013-01-01", "2026-03-31", 1000, 1),
        ("2018-01-01", "2021-12-31", 1000, 2),
        ("2018-01-01", "2021-12-31", 330, 1),
    ],
)
def test_months_and_days_have_their_year_in_a_second_line(first, last, width, lines):
    assert tick_lines(span(first, last), width, SCREEN) == lines


@pytest.mark.unit
def test_days_are_counted_from_the_start_of_a_month():
    assert time_axis(span("2021-03-21", "2021-04-10"), 1060, WEB)["tick0"] == "2021-03-01"


@pytest.mark.unit
def test_months_and_years_are_named_in_their_middle():
    assert time_axis(span("2021-01-01", "2021-04-30"), 1060, WEB)["ticklabelmode"] == "period"
    assert time_axis(span("2021-01-01", "2022-12-31"), 1060, WEB)["ticklabelmode"] == "instant"


@pytest.mark.property
@given(st.floats(1, 200_000), st.floats(60, 2000))
def test_ticks_of_a_picture_leave_room_for_their_names(days, width):
    axis = time_axis(Span(0, days * DAY_MS), width, WEB)
    step = axis["dtick"]
    length = int(step[1:]) * 30.44 if isinstance(step, str) else step / DAY_MS
    is_last = step == "M600"
    is_longest_day = days < DAYS_UP_TO and not isinstance(step, str)
    label = "30 Sep" if is_longest_day else "2024"
    assert is_last or length / days * width > width_px(label, WEB.small_px) * 0.75


@pytest.mark.property
@given(st.floats(DAYS_UP_TO, 200_000), st.floats(60, 2000))
def test_the_page_never_asks_for_ticks_closer_than_half_a_month_unless_zoomed(days, width):
    ticks = time_axis(Span(0, days * DAY_MS), width, SCREEN)["nticks"]
    assert ticks == 2 or days / ticks > 30.44 / 2


@pytest.mark.property
@given(st.integers(0, 10**7), st.floats(10, 800))
def test_counts_have_at_most_four_ticks_from_zero_in_whole_steps(largest, height):
    axis = count_axis(largest, height, WEB)
    ticks = axis["tickvals"]
    assert ticks[0] == 0
    assert 1 <= len(ticks) <= 4
    assert all(isinstance(tick, int) for tick in ticks)
    assert axis["range"][1] >= largest
    assert ticks[-1] <= axis["range"][1]


@pytest.mark.unit
def test_counts_are_written_with_separators():
    assert count_axis(3100, 100, WEB)["tickformat"] == ",d"


@pytest.mark.unit
def test_counts_up_to_one_have_a_tick_at_one():
    assert count_axis(1, 100, WEB)["tickvals"] == [0, 1]


@pytest.mark.property
@given(st.floats(0.01, 10**8))
def test_a_nice_step_is_the_next_of_1_2_and_5(least):
    step = nice_step(least)
    assert step >= least
    assert str(step)[0] in "125"
    assert set(str(step)[1:]) <= {"0"}
    assert step == 1 or step / 2.51 < least
