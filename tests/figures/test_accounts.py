import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.figures import accounts
from dashboard.figures.accounts import Place, Toll
from dashboard.figures.packing import Box
from dashboard.figures.theme import PRESETS

WEB, COLUMN = PRESETS["web"], PRESETS["column"]
TOLL = Toll(55, 1193, 1357)
ROOM = Box(0, 0, 700, 400)


def reports(*figures, label="Daily Wire (AP)", detail="4 Apr 2021", is_whole=True):
    return pd.DataFrame(
        {
            "label": label,
            "detail": detail,
            "killed_min": [low for low, _ in figures],
            "killed_max": [high for _, high in figures],
            "figure": [f"{low:,}" if low == high else f"{low:,}–{high:,}" for low, high in figures],
            "is_whole": is_whole,
            "hover": "hover",
        }
    )


def drawn(rows, toll=TOLL, medium=WEB, box=ROOM):
    place = Place(box, (1100, 400))
    spec = accounts.draw(rows, toll, "#AA3377", medium, place)
    go.Figure(spec)
    return {trace["name"]: trace for trace in spec["data"]}, spec["layout"]


def texts(layout):
    return [note["text"] for note in layout["annotations"]]


@pytest.mark.unit
def test_each_report_has_its_name_its_date_its_figure_and_its_ring():
    traces, layout = drawn(reports((1193, 1193), (55, 55)))
    assert texts(layout) == [
        *("Daily Wire (AP)", "4 Apr 2021") * 2,
        "<b>1,193</b>",
        "<b>55</b>",
    ]
    assert traces["reports"]["x"].tolist() == [1193, 55]
    assert traces["reports"]["y"].tolist() == [0.5, 1.5]


@pytest.mark.unit
def test_a_range_has_a_ring_at_both_ends():
    traces, layout = drawn(reports((900, 978), (55, 55)))
    assert traces["reports"]["x"].tolist() == [900, 978, 55]
    assert traces["ranges"]["x"].tolist()[:2] == [900, 978]
    assert "<b>900–978</b>" in texts(layout)


@pytest.mark.unit
def test_the_table_s_own_range_is_a_band_and_its_best_a_line():
    _, layout = drawn(reports((55, 55)))
    band, line = layout["shapes"][:2]
    assert (band["type"], band["x0"], band["x1"]) == ("rect", 55, 1357)
    assert (line["type"], line["x0"], line["x1"]) == ("line", 1193, 1193)


@pytest.mark.unit
def test_without_a_best_figure_there_is_neither():
    _, layout = drawn(reports((55, 60), (70, 70)), toll=None)
    assert [shape["type"] for shape in layout["shapes"]] == ["line"]
    assert layout["shapes"][0]["yref"] == "paper"


@pytest.mark.unit
def test_a_report_of_part_of_the_dead_is_faint():
    traces, _ = drawn(reports((55, 55), (90, 90), is_whole=[True, False]))
    assert traces["reports"]["marker"]["opacity"] == [1.0, accounts.FAINT]


@pytest.mark.unit
def test_names_are_no_markup():
    _, layout = drawn(reports((55, 55), label="Wire & <b>Sons</b>", detail=""))
    assert texts(layout)[0] == "Wire &amp; &lt;b&gt;Sons&lt;/b&gt;"


@pytest.mark.unit
def test_rows_that_are_low_have_one_line():
    _, layout = drawn(reports(*[(5, 5)] * 9), medium=COLUMN, box=Box(0, 0, 300, 150))
    assert texts(layout)[0].startswith("Daily Wire (AP), 4 Apr")


@pytest.mark.unit
def test_a_figure_stands_left_of_its_ring_where_the_best_would_cross_it():
    _, layout = drawn(reports((1000, 1140)))
    assert layout["annotations"][-1]["xanchor"] == "right"
    _, layout = drawn(reports((55, 55)))
    assert layout["annotations"][-1]["xanchor"] == "left"


@pytest.mark.unit
def test_the_axis_has_a_number_beside_zero_and_separators():
    for figure in (1, 2, 1357):
        _, layout = drawn(reports((figure, figure)), Toll(figure, figure, figure))
        assert layout["xaxis"]["tickvals"][0] == 0
        assert len(layout["xaxis"]["tickvals"]) > 1
        assert layout["xaxis"]["tickformat"] == ",d"


@pytest.mark.unit
def test_a_low_room_has_room_for_fewer_rows():
    assert accounts.capacity(WEB, 400) > accounts.capacity(WEB, 100) >= 1
    assert accounts.height_px(3, WEB) < accounts.height_px(9, WEB)
    assert accounts.height_px(90, WEB, 300) == 300
