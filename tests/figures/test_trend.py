import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import trend
from dashboard.figures.axes import DAY_MS, Span
from dashboard.figures.theme import PRESETS, Medium
from dashboard.figures.trend import ROLLING_MONTHS, Series, rolling_mean

WEB = PRESETS["web"]
NAN = float("nan")
IRAQ, SYRIA = Series("iraq", "Iraq"), Series("syria", "Syria")


def months(**rows):
    """Make months of 30 days: each series' (events, killed)."""
    frames = []
    for series, pairs in rows.items():
        starts = [30.0 * DAY_MS * number for number in range(len(pairs))]
        frames.append(
            pd.DataFrame(
                {
                    "series": series,
                    "start_ms": starts,
                    "end_ms": [start + 30 * DAY_MS for start in starts],
                    "events": [events for events, _ in pairs],
                    "killed": [float(killed) for _, killed in pairs],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def drawn(rows, series=(IRAQ,), medium=WEB, size=(1160, 480)):
    span = Span(0, float(rows["end_ms"].max()))
    spec = trend.draw(rows, series, span, medium, size)
    go.Figure(spec)
    return spec["data"], spec["layout"]


def texts(layout):
    return [note["text"] for note in layout["annotations"]]


@pytest.mark.unit
def test_the_mean_begins_with_the_sixth_month():
    mean = rolling_mean(pd.Series([6.0] * 7))
    assert np.isnan(mean[: ROLLING_MONTHS - 1]).all()
    assert mean[ROLLING_MONTHS - 1 :].tolist() == [6, 6]


@pytest.mark.unit
def test_the_mean_leaves_unknown_months_out():
    assert rolling_mean(pd.Series([NAN, 2, 4, NAN, 6, 8.0]))[5] == 5


@pytest.mark.property
@given(st.lists(st.one_of(st.just(NAN), st.floats(0, 1000)), max_size=30))
def test_the_mean_lies_between_the_months_it_is_of(values):
    mean = rolling_mean(pd.Series(values, dtype="float64"))
    for number, value in enumerate(mean.tolist()):
        window = [v for v in values[max(0, number - 5) : number + 1] if v == v]
        if value == value:
            assert min(window) - 1e-6 <= value <= max(window) + 1e-6
        else:
            assert number < 5 or not window


@pytest.mark.unit
def test_each_row_of_the_dead_has_its_own_scale_and_the_events_one_for_all():
    rows = months(iraq=[(1, 3000)], syria=[(4, 10)])
    _, layout = drawn(rows, (IRAQ, SYRIA))
    events, dead = ("yaxis", "yaxis2"), ("yaxis3", "yaxis4")
    assert len({layout[axis]["range"][1] for axis in events}) == 1
    assert layout[dead[0]]["range"][1] > 3000 > 20 > layout[dead[1]]["range"][1]
    assert any("each row its own scale" in text for text in texts(layout))


@pytest.mark.unit
def test_one_row_says_nothing_of_other_scales():
    _, layout = drawn(months(iraq=[(1, 30)]))
    assert not any("scale" in text for text in texts(layout))


@pytest.mark.unit
def test_an_unknown_month_is_a_square_and_no_bar():
    traces, _ = drawn(months(iraq=[(2, NAN), (1, 5), (0, 0)]))
    bars, _, unknown = traces[3:]
    assert np.isnan(bars["y"][0])
    assert bars["y"][1:].tolist() == [5, 0]
    assert unknown["x"].tolist() == [15 * DAY_MS]


@pytest.mark.unit
def test_where_no_toll_is_known_it_says_so_and_draws_no_zeros():
    traces, layout = drawn(months(iraq=[(2, NAN), (0, 0)]))
    assert np.isnan(traces[3]["y"]).all()
    assert "No toll is known." in texts(layout)


@pytest.mark.unit
def test_numbers_have_separators_and_names_no_markup():
    _, layout = drawn(months(iraq=[(1, 3000)]), (Series("iraq", "A <b> & c"),))
    assert layout["yaxis2"]["tickformat"] == ",d"
    assert "<b>A &lt;b&gt; &amp; c</b>" in texts(layout)


@pytest.mark.unit
def test_a_phone_has_names_above_the_rows():
    _, wide = drawn(months(iraq=[(1, 3)], syria=[(1, 3)]), (IRAQ, SYRIA))
    _, narrow = drawn(
        months(iraq=[(1, 3)], syria=[(1, 3)]),
        (IRAQ, SYRIA),
        Medium("phone", 340, 400, 12),
        (300, 300),
    )
    assert narrow["margin"]["l"] < wide["margin"]["l"] - 60


@pytest.mark.unit
def test_events_and_dead_stand_above_each_other_in_a_tall_room():
    _, tall = drawn(months(iraq=[(1, 3)]), size=(600, 900))
    _, wide = drawn(months(iraq=[(1, 3)]))
    assert tall["xaxis"]["domain"] == tall["xaxis2"]["domain"]
    assert wide["xaxis"]["domain"][1] < wide["xaxis2"]["domain"][0]


@pytest.mark.unit
def test_only_the_last_row_has_the_months_under_it():
    _, layout = drawn(months(iraq=[(1, 3)], syria=[(1, 3)]), (IRAQ, SYRIA))
    shown = [layout[f"xaxis{n}"]["showticklabels"] for n in ("", 2, 3, 4)]
    assert shown == [False, True, False, True]


@pytest.mark.unit
def test_more_rows_find_room_in_a_higher_picture():
    assert trend.capacity(WEB, (1160, 480)) > trend.capacity(WEB, (1160, 200)) >= 1


@pytest.mark.unit
def test_no_row_has_the_colour_of_a_type_of_event():
    traces, _ = drawn(months(iraq=[(1, 3)], syria=[(2, 4)]), (IRAQ, SYRIA))
    bars = {trace["marker"]["color"] for trace in traces if trace["type"] == "bar"}
    assert bars == {WEB.palette.accent}
    assert bars.isdisjoint(WEB.palette.fill.values())
