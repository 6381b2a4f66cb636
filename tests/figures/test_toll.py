import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.figures import toll
from dashboard.figures.theme import Medium

PANEL = Medium("panel", 330, 0, 12, framed=False)


def reports(*figures):
    return pd.DataFrame(
        {
            "killed_min": pd.array([low for low, _ in figures], dtype="Int64"),
            "killed_max": pd.array([high for _, high in figures], dtype="Int64"),
            "publisher": "Wire",
            "is_whole": True,
            "hover": "hover",
        }
    )


def drawn(toll_of, *figures):
    spec = toll.draw(reports(*figures), toll_of, "#AA3377", PANEL, (330, 74))
    go.Figure(spec)
    return spec, {trace["name"]: trace for trace in spec["data"]}


@pytest.mark.unit
def test_a_range_is_two_rings_at_its_ends_joined_by_a_line():
    _, traces = drawn((55, 1193, 1357), (900, 978), (55, 55))
    assert traces["range"]["x"] == [55, 1357]
    assert traces["best"]["x"] == [1193]
    rings, lines = traces["figures"], traces["lines"]
    assert rings["x"].tolist() == [900, 978, 55]
    assert lines["x"].tolist()[:2] == [900, 978]
    assert set(lines["y"].tolist()[:2]) == set(rings["y"].tolist()[:2])
    assert len(lines["x"]) == 3


@pytest.mark.unit
def test_both_ends_of_a_range_say_what_it_is():
    _, traces = drawn((11, 45, 79), (11, 79))
    assert traces["figures"]["hovertext"] == ["hover", "hover"]


@pytest.mark.unit
def test_the_best_figure_is_drawn_last_and_no_ring_stands_under_it():
    spec, traces = drawn((200, 324, 341), *[(324, 324)] * 2, (200, 341))
    assert spec["data"][-1] is traces["best"]
    apart = (toll.DOT_PX + toll.RING_PX) / 2
    assert np.abs(traces["figures"]["y"]).min() >= apart
    assert np.abs(traces["lines"]["y"][:2]).min() >= apart


@pytest.mark.unit
@pytest.mark.parametrize("figure", [(7, 7), (5, 9)])
def test_many_equal_figures_stay_in_the_room(figure):
    spec, traces = drawn((7, 7, 7), *[figure] * 30)
    low, high = spec["layout"]["yaxis"]["range"]
    assert all(low <= y <= high for y in traces["figures"]["y"])


@pytest.mark.unit
def test_an_event_without_reports_of_its_toll_can_be_drawn():
    _, traces = drawn((0, 0, 0))
    assert len(traces["figures"]["x"]) == 0


@pytest.mark.unit
@pytest.mark.parametrize(
    ("high", "numbers"), [(1, [0, 1]), (2, [0, 1, 2]), (7, [0, 2, 4, 6]), (1357, [0, 500, 1000])]
)
def test_under_the_axis_stand_whole_numbers_each_once(high, numbers):
    spec, _ = drawn((1, 1, high), (1, high))
    assert spec["layout"]["xaxis"]["tickvals"] == numbers
