import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures import spread
from dashboard.figures.spread_room import (
    MOST,
    ZERO,
    arrange,
    at,
    capacity,
    height_px,
    row_px,
    ticks,
)
from dashboard.figures.text import width_px
from dashboard.figures.theme import PRESETS, Medium

SCREEN = Medium("screen", 1100, 0, 12.0, framed=False)
PHONE = Medium("phone", 350, 0, 12.0, framed=False)
SIZES = {
    name: (medium, (0.94 * medium.width_px, 0.7 * medium.height_px))
    for name, medium in PRESETS.items()
}
SIZES |= {"screen": (SCREEN, (1100.0, 500.0)), "phone": (PHONE, (350.0, 900.0))}


def events(*tolls, title="Siege of a town by the coast"):
    """Make rows of (low, best, high)."""
    return pd.DataFrame(
        [
            (f"e{number}", title, "24 Mar 2021", *map(float, toll), number + 1, f"hover {number}")
            for number, toll in enumerate(tolls)
        ],
        columns=["event_id", "title", "date", "low", "best", "high", "sources", "hover"],
    )


def reports(*figures):
    """Make reports of (event number, least, most, whether all are counted)."""
    return pd.DataFrame(
        [
            (f"e{number}", float(least), float(most), whole, f"report of {number}")
            for number, least, most, whole in figures
        ],
        columns=["event_id", "killed_min", "killed_max", "is_whole", "hover"],
    )


def drawn(rows, figures, medium=SCREEN, size=(1100.0, 500.0), note=""):
    spec = spread.draw(rows, figures, note, medium, size)
    go.Figure(spec)
    return spec, {trace["name"]: trace for trace in spec["data"]}


@pytest.mark.unit
def test_no_row_says_that_there_is_no_second_figure():
    spec = spread.draw(events(), reports(), "", SCREEN, (600.0, 200.0))
    assert spec["data"] == []
    assert spec["layout"]["annotations"][0]["text"] == spread.NOTHING


@pytest.mark.unit
def test_equal_factors_have_bars_of_equal_length():
    _, traces = drawn(events((10, 20, 40), (500, 600, 2000)), reports())
    x = traces["ranges"]["x"]
    assert x[1] - x[0] == pytest.approx(x[4] - x[3]) == pytest.approx(math.log10(4))


@pytest.mark.unit
def test_zero_stands_apart_at_the_left_and_has_its_own_number():
    spec, traces = drawn(events((0, 3, 10)), reports((0, 0, 0, True)))
    assert at(0) == ZERO < at(1) == 0
    assert traces["ranges"]["x"][0] == ZERO
    assert spec["layout"]["xaxis"]["ticktext"][0] == "0"


@pytest.mark.unit
def test_the_axis_without_zero_does_not_show_it():
    spec, _ = drawn(events((55, 1193, 1357)), reports((0, 55, 55, True)))
    assert "0" not in spec["layout"]["xaxis"]["ticktext"]


@pytest.mark.unit
def test_a_report_is_a_ring_at_its_figure_faint_where_it_counts_a_part():
    _, traces = drawn(events((10, 20, 40)), reports((0, 10, 10, True), (0, 40, 40, False)))
    rings = traces["figures"]
    assert list(rings["x"]) == [pytest.approx(at(10)), pytest.approx(at(40))]
    assert rings["marker"]["opacity"] == [1.0, 0.45]
    assert rings["customdata"] == ["e0", "e0"]
    assert traces["best"]["customdata"] == ["e0"]


@pytest.mark.unit
def test_a_range_is_two_rings_at_its_ends_joined_by_a_line():
    rows = events((10, 20, 40), (1, 5, 9))
    _, traces = drawn(rows, reports((0, 40, 40, True), (0, 10, 30, True), (1, 2, 4, False)))
    rings = traces["figures"]
    assert list(rings["x"]) == [pytest.approx(at(n)) for n in (10, 2, 40, 30, 4)]
    assert rings["customdata"] == ["e0", "e1", "e0", "e0", "e1"]
    assert rings["hovertext"] == [f"report of {number}" for number in (0, 1, 0, 0, 1)]
    assert rings["marker"]["opacity"] == [1.0, 0.45, 1.0, 1.0, 0.45]
    assert list(traces["lines"]["x"][:2]) == [pytest.approx(at(10)), pytest.approx(at(30))]
    assert list(traces["faint lines"]["x"][:2]) == [pytest.approx(at(2)), pytest.approx(at(4))]
    assert set(traces["lines"]["y"][:2]) == {rings["y"][0]} == {rings["y"][3]}


@pytest.mark.unit
def test_a_number_makes_way_for_a_range_that_crosses_its_end():
    _, traces = drawn(events((800, 1193, 1400)), reports((0, 300, 900, True)))
    assert traces["ends"]["x"][1] < at(300)


@pytest.mark.unit
def test_rings_of_one_figure_stand_beside_the_best_figures_dot():
    _, traces = drawn(events((20, 20, 20)), reports(*[(0, 20, 20, True)] * 2))
    heights = traces["figures"]["y"] - traces["best"]["y"][0]
    apart = (spread.RING + spread.DOT) / 2 * SCREEN.font_px
    assert sorted(heights) == [pytest.approx(-apart, abs=1), pytest.approx(apart, abs=1)]


@pytest.mark.unit
def test_low_and_high_are_written_once_where_they_agree():
    _, traces = drawn(events((20, 20, 20), (10, 20, 2000)), reports())
    assert traces["ends"]["text"] == ["20", "2,000", "10"]
    assert traces["ends"]["textposition"] == ["middle right", "middle right", "middle left"]


@pytest.mark.unit
def test_a_number_stands_at_its_bar_and_not_beside_a_ring_far_from_it():
    _, traces = drawn(events((800, 1193, 1400)), reports((0, 55, 55, False)))
    away = 0.62 * SCREEN.font_px
    scale = away / (traces["ends"]["x"][0] - at(1400))
    assert (at(800) - traces["ends"]["x"][1]) * scale == pytest.approx(away)


@pytest.mark.unit
@pytest.mark.parametrize("figure", [795, 780, 1450, 1500])
def test_a_number_makes_way_for_a_ring_close_to_its_bar(figure):
    _, traces = drawn(events((800, 1193, 1400)), reports((0, figure, figure, True)))
    right, left = traces["ends"]["x"]
    assert left < min(at(800), at(figure)) < max(at(1400), at(figure)) < right


@pytest.mark.unit
def test_best_figure_and_sources_stand_at_the_right():
    spec, _ = drawn(events((55, 1193, 1357)), reports())
    texts = [note["text"] for note in spec["layout"]["annotations"]]
    assert texts[:3] == ["<b>Killed</b>, logarithmic axis", "<b>Best</b>", "<b>Sources</b>"]
    assert texts[3:] == ["Siege of a town by the coast", "24 Mar 2021", "<b>1,193</b>", "1"]


@pytest.mark.unit
def test_where_it_is_narrow_title_and_date_stand_above_the_bar():
    spec, traces = drawn(events((55, 1193, 1357)), reports(), PHONE, (350.0, 300.0))
    title = spec["layout"]["annotations"][3]
    assert title["text"].startswith("Siege of a town by the coast <span")
    assert title["text"].endswith(">24 Mar 2021</span>")
    assert 0 < title["y"] < traces["best"]["y"][0]


@pytest.mark.unit
def test_a_title_is_clipped_before_it_is_escaped():
    spec, _ = drawn(events((1, 2, 3), title="<b>&" * 40), reports())
    title = spec["layout"]["annotations"][3]["text"]
    assert title.startswith("&lt;b&gt;&amp;")
    assert title.endswith("…")
    assert "<" not in title


@pytest.mark.unit
@pytest.mark.parametrize("kind", SIZES)
def test_there_is_room_for_the_rows_that_capacity_promises(kind):
    medium, size = SIZES[kind]
    rows = capacity(medium, size[1])
    assert 1 <= rows <= MOST
    names = [f"e{number}" for number in range(rows)]
    room = arrange(names, np.array([1.0, 5000.0]), "", medium, size)
    assert room.height / rows >= row_px(medium) - 1e-6
    assert room.margin["t"] + room.height + room.margin["b"] == pytest.approx(size[1])
    assert room.margin["l"] + room.width + room.margin["r"] == pytest.approx(size[0])
    assert room.width > 0.3 * size[0]
    assert room.margin["b"] >= 1.5 * medium.small_px


@pytest.mark.unit
def test_the_page_gives_the_height_that_the_rows_take():
    note = "A note."
    height = height_px(7, note, SCREEN, 1100)
    room = arrange([f"e{n}" for n in range(7)], np.array([1.0, 50.0]), note, SCREEN, (1100, height))
    assert room.height / 7 == pytest.approx(row_px(SCREEN))


TOLLS = st.lists(st.tuples(*[st.integers(0, 20_000)] * 3).map(sorted), min_size=1, max_size=6)


@pytest.mark.property
@settings(max_examples=40)
@given(
    tolls=TOLLS, kind=st.sampled_from(sorted(SIZES)), note=st.just("") | st.just("A note. " * 20)
)
def test_marks_and_their_numbers_stay_in_the_chart_and_in_their_rows(tolls, kind, note):
    medium, size = SIZES[kind]
    figures = reports(*((n, low, high, True) for n, (low, _, high) in enumerate(tolls)))
    rows = events(*tolls)
    spec, traces = drawn(rows, figures, medium, size, note)
    first, last = spec["layout"]["xaxis"]["range"]
    width = size[0] - spec["layout"]["margin"]["l"] - spec["layout"]["margin"]["r"]
    scale = width / (last - first)
    for x, text, side in zip(
        traces["ends"]["x"], traces["ends"]["text"], traces["ends"]["textposition"], strict=True
    ):
        wide = width_px(text, medium.small_px) * (1 if side == "middle right" else -1)
        assert (x - first) * scale + min(wide, 0) >= -3
        assert (x - first) * scale + max(wide, 0) <= width + 3
    row = spec["layout"]["yaxis"]["range"][0] / len(tolls)
    lines = dict(zip(rows["event_id"], traces["best"]["y"], strict=True))
    for event, y in zip(traces["figures"]["customdata"], traces["figures"]["y"], strict=True):
        assert abs(y - lines[event]) + spread.RING * medium.font_px / 2 <= row / 2 + 0.5


@pytest.mark.property
@given(tolls=TOLLS, kind=st.sampled_from(sorted(SIZES)))
def test_numbers_under_the_axis_do_not_overlap(tolls, kind):
    medium, size = SIZES[kind]
    values = np.array(tolls, dtype=float).ravel()
    room = arrange(["e"], values, "", medium, size)
    numbers = ticks(room, medium)
    assert numbers
    right = -math.inf
    for number in numbers:
        half = width_px(f"{number:,.0f}", medium.small_px) / 2
        middle = (at(number) - room.span[0]) * room.scale
        assert middle - half > right
        right = middle + half


@pytest.mark.unit
def test_leaves_the_tables_as_they_were():
    rows, figures = events((1, 2, 3)), reports((0, 1, 3, True))
    copies = rows.copy(), figures.copy()
    spread.draw(rows, figures, "", SCREEN, (600.0, 300.0))
    pd.testing.assert_frame_equal(rows, copies[0])
    pd.testing.assert_frame_equal(figures, copies[1])
