import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.figures import compare
from dashboard.figures.axes import DAY_MS, Span
from dashboard.figures.theme import PRESETS, Medium

pytestmark = pytest.mark.unit

WEB = PRESETS["web"]
PHONE = Medium("phone", 340, 700, 12, framed=False)
NAN = float("nan")


def months(a, b):
    """Make months of 30 days: each table's (events, paired)."""
    frames = []
    for table, pairs in (("a", a), ("b", b)):
        starts = np.arange(len(pairs)) * 30 * DAY_MS
        frames.append(
            pd.DataFrame(
                {
                    "table": table,
                    "start_ms": starts,
                    "end_ms": starts + 30 * DAY_MS,
                    "events": [events for events, _ in pairs],
                    "paired": [paired for _, paired in pairs],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def tolls(*pairs):
    """Make pairs of tolls, each (low, best, high) of A and of B."""
    rows = [
        dict(zip(("a_low", "a_best", "a_high", "b_low", "b_best", "b_high"), a + b, strict=True))
        for a, b in pairs
    ]
    columns = ("a_low", "a_best", "a_high", "b_low", "b_best", "b_high")
    frame = pd.DataFrame(rows, columns=list(columns)).astype("float64")
    ids = [f"e{number}" for number in range(len(frame))]
    return frame.assign(is_confirmed=False, a_event_id=ids, hover=ids)


def drawn(a=((1, 1),), b=((100, 1),), pairs=None, *, names=("Ours", "Theirs"), **room):
    medium, size = room.get("medium", WEB), room.get("size", (1160, 480))
    rows = months(a, b)
    found = tolls(((9, 9, 9), (9, 9, 9))) if pairs is None else pairs
    span = Span(0, float(rows["end_ms"].max()))
    spec = compare.draw(rows, found, names, span, (medium, size))
    go.Figure(spec)
    return {trace["name"]: trace for trace in spec["data"]}, spec["layout"]


def texts(layout):
    return [note["text"] for note in layout["annotations"]]


def test_never_adds_the_two_counts():
    traces, layout = drawn([(2, 1), (0, 0)], [(300, 1), (50, 0)])
    assert traces["Ours, all"]["y"].tolist() == [2, 0]
    assert traces["Theirs, all"]["y"].tolist() == [300, 50]
    assert traces["Theirs, in a pair"]["y"].tolist() == [1, 0]
    assert layout["barmode"] == "overlay"
    axes = [trace.get("yaxis") for name, trace in traces.items() if name.endswith("all")]
    assert axes == ["y", "y2"]


def test_gives_each_table_its_own_scale_and_says_so():
    _, layout = drawn([(2, 1)], [(300, 1)])
    assert layout["yaxis"]["range"][1] < 3 < 300 < layout["yaxis2"]["range"][1]
    assert "<b>Events a month in Ours; own scale</b>" in texts(layout)


def test_has_the_same_months_in_both_rows():
    _, layout = drawn()
    assert layout["xaxis2"]["matches"] == "x"
    assert layout["xaxis"]["domain"] == layout["xaxis2"]["domain"]


def test_puts_tolls_told_alike_on_the_slant_and_zero_apart_from_unknown():
    pairs = tolls(((99, 99, 99), (99, 99, 99)), ((0, 0, 0), (0, 0, 0)))
    traces, _ = drawn(pairs=pairs)
    assert traces["suggested"]["x"] == pytest.approx([2, 0])
    assert traces["suggested"]["y"] == pytest.approx([2, 0])
    assert len(traces["toll unknown"]["x"]) == 0


def test_puts_an_unknown_toll_into_a_strip_of_its_own():
    unknown = (NAN, NAN, NAN)
    traces, layout = drawn(
        pairs=tolls((unknown, (9, 9, 9)), ((9, 9, 9), unknown), (unknown, unknown))
    )
    square = traces["toll unknown"]
    assert square["marker"]["symbol"] == "square"
    assert (square["x"] < 0).tolist() == [True, False, True]
    assert (square["y"] < 0).tolist() == [False, True, True]
    assert layout["xaxis3"]["ticktext"][:2] == ["unknown", "0"]


def test_sets_unknown_tolls_of_one_number_beside_each_other():
    unknown = (NAN, NAN, NAN)
    traces, _ = drawn(pairs=tolls(*[(unknown, (9, 9, 9))] * 3))
    assert len(set(traces["toll unknown"]["x"])) == 3


def test_fills_the_mark_of_a_confirmed_pair():
    pairs = tolls(((9, 9, 9), (9, 9, 9)), ((5, 5, 5), (5, 5, 5)))
    traces, _ = drawn(pairs=pairs.assign(is_confirmed=[True, False]))
    assert traces["confirmed"]["customdata"] == ["e0"]
    assert traces["suggested"]["customdata"] == ["e1"]
    colours = [traces[name]["marker"]["color"] for name in ("confirmed", "suggested")]
    assert colours == [WEB.palette.accent, WEB.palette.panel]


def test_draws_each_range_from_low_to_high():
    traces, _ = drawn(pairs=tolls(((9, 99, 999), (99, 99, 99)), ((NAN, 9, NAN), (9, 9, 9))))
    ranges = traces["ranges"]
    assert ranges["x"][:2] == pytest.approx([1, 3])
    assert ranges["y"][:2] == pytest.approx([2, 2])
    assert np.isnan(ranges["x"][3:6]).all()


def test_shows_tolls_square_and_to_the_same_number():
    size = (1160, 480)
    _, layout = drawn(pairs=tolls(((9, 9, 5000), (9, 9, 9))), size=size)
    across, up = layout["xaxis3"], layout["yaxis3"]
    assert across["range"] == up["range"]
    wide = (across["domain"][1] - across["domain"][0]) * size[0]
    high = (up["domain"][1] - up["domain"][0]) * size[1]
    assert wide == pytest.approx(high)
    assert "1,000" in up["ticktext"]


def test_draws_empty_axes_without_pairs():
    traces, layout = drawn(pairs=tolls())
    assert len(traces["suggested"]["x"]) == 0
    assert layout["xaxis3"]["range"][1] > 0


def test_stands_the_tolls_under_the_months_on_a_phone():
    _, wide = drawn()
    _, tall = drawn(medium=PHONE, size=(340, 700))
    assert wide["xaxis"]["domain"][1] < wide["xaxis3"]["domain"][0]
    assert tall["yaxis3"]["domain"][1] < tall["yaxis2"]["domain"][0]


def test_writes_names_without_markup():
    _, layout = drawn(names=("A <b>", "B & c"))
    assert any("A &lt;b&gt;" in text for text in texts(layout))
    assert not any("<b>;" in text or "by A <b>" in text for text in texts(layout))
