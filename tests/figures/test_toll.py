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


@pytest.mark.unit
def test_a_ring_stands_in_the_middle_of_a_report_s_range():
    spec = toll.draw(reports((900, 978), (55, 55)), (55, 1193, 1357), "#AA3377", PANEL, (330, 74))
    go.Figure(spec)
    bar, point, rings = spec["data"]
    assert bar["x"] == [55, 1357]
    assert point["x"] == [1193]
    assert rings["x"].tolist() == [939, 55]


@pytest.mark.unit
def test_many_equal_figures_stay_in_the_room():
    spec = toll.draw(reports(*[(7, 7)] * 30), (7, 7, 7), "#AA3377", PANEL, (330, 74))
    low, high = spec["layout"]["yaxis"]["range"]
    assert all(low <= y <= high for y in spec["data"][2]["y"])


@pytest.mark.unit
def test_an_event_without_reports_of_its_toll_can_be_drawn():
    spec = toll.draw(reports(), (0, 0, 0), "#AA3377", PANEL, (330, 74))
    assert len(spec["data"][2]["x"]) == 0
