import plotly.graph_objects as go
import pytest

from dashboard.figures import swarm, timeline
from dashboard.figures.axes import DAY_MS, Span
from dashboard.figures.swarm import Scene
from dashboard.figures.theme import PRESETS, Medium
from tests.figures import marks
from tests.figures.marks import COLOURS, UNKNOWN

WEB = PRESETS["web"]
SPAN = Span(-10 * DAY_MS, 200 * DAY_MS)


def drawn(events, medium=WEB, lanes=None, bars=None):
    names = lanes or {"iraq": "Iraq"}
    room = swarm.room_for(medium, len(names), medium.width_px - 40, 480)
    counted = marks.months(2, 0, 1) if bars is None else bars
    rows = timeline.Rows(events, counted, marks.coverage(3, 0, 9))
    spec = timeline.draw(rows, Scene(names, SPAN, COLOURS, room), medium)
    go.Figure(spec)
    return {trace["name"]: trace for trace in spec["data"]}, spec["layout"]


def texts(layout):
    return [note["text"] for note in layout["annotations"]]


@pytest.mark.unit
def test_an_unknown_toll_is_a_hollow_square_and_none_dead_a_circle():
    traces, _ = drawn(marks.events(UNKNOWN, 0))
    by_event = dict(
        zip(traces["events"]["customdata"], traces["events"]["marker"]["symbol"], strict=True)
    )
    assert by_event == {"e0": "square-open", "e1": "circle"}


@pytest.mark.unit
def test_each_circle_has_its_event_and_the_small_lie_on_the_large():
    traces, _ = drawn(marks.events(3, 900, UNKNOWN, 20))
    sizes = traces["events"]["marker"]["size"].tolist()
    assert sorted(traces["events"]["customdata"]) == ["e0", "e1", "e2", "e3"]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.unit
def test_an_event_that_is_not_chosen_is_grey_and_has_no_name():
    traces, layout = drawn(marks.events(90, is_chosen=[False]))
    assert traces["events"]["marker"]["color"] == [WEB.palette.ghost]
    assert not any("Place 0" in text for text in texts(layout))


@pytest.mark.unit
def test_the_deadliest_are_named_and_the_names_are_no_markup():
    _, layout = drawn(marks.events(900, 0, UNKNOWN, label=["A<b>c", "B", "C"]))
    named = [text for text in texts(layout) if "A&lt;b&gt;c" in text]
    assert named == ["<b>900</b><br>A&lt;b&gt;c"]
    assert not any("B" in text or "C" in text for text in texts(layout) if text not in named)


@pytest.mark.unit
def test_an_event_of_several_days_has_a_bar_that_covers_its_last_day():
    rows = marks.events(5).assign(end_ms=2 * DAY_MS)
    traces, _ = drawn(rows)
    assert traces["spans"]["base"].tolist() == [0]
    assert traces["spans"]["x"].tolist() == [3 * DAY_MS]


@pytest.mark.unit
def test_a_vague_date_is_a_pale_wide_bar():
    rows = marks.events(5, is_vague=[True]).assign(end_ms=6 * DAY_MS)
    traces, _ = drawn(rows)
    assert traces["spans"]["marker"]["opacity"] == [0.28]
    assert traces["spans"]["width"] == [7.0]


@pytest.mark.unit
def test_a_ring_stands_around_the_event_in_focus():
    traces, _ = drawn(marks.events(5, 6, is_focus=[False, True]))
    assert traces["focus"]["x"].tolist() == [30 * DAY_MS]


@pytest.mark.unit
def test_lanes_are_named():
    _, layout = drawn(marks.events(5), lanes={"iraq": "Iraq & <Co>"})
    assert "<b>Iraq &amp; &lt;Co&gt;</b>" in texts(layout)


@pytest.mark.unit
def test_a_long_lane_name_breaks_into_two_lines():
    _, layout = drawn(marks.events(5), lanes={"iraq": "Democratic Republic of the Congo"})
    [name] = [text for text in texts(layout) if "Democratic" in text]
    assert name.count("<br>") == 1


@pytest.mark.unit
def test_the_axis_of_the_months_has_whole_numbers_and_no_zero():
    _, layout = drawn(marks.events(5))
    assert layout["yaxis2"]["tickvals"] == [2, 4]


@pytest.mark.unit
def test_a_phone_has_lane_names_above_and_no_numbers_beside():
    _, layout = drawn(marks.events(5), Medium("phone", 340, 480, 12))
    assert layout["margin"]["l"] == 0
    assert layout["yaxis2"]["showticklabels"] is False


@pytest.mark.unit
def test_nothing_can_be_drawn():
    traces, layout = drawn(marks.events(), bars=marks.months())
    assert len(traces) == 6
    assert len(traces["events"]["x"]) == 0
    assert layout["shapes"] == []


@pytest.mark.unit
def test_the_number_of_traces_does_not_depend_on_the_events():
    assert len(drawn(marks.events())[0]) == len(drawn(marks.events(1, 2, UNKNOWN))[0])


@pytest.mark.unit
def test_at_most_sixteen_events_are_named():
    _, layout = drawn(marks.events(*range(10, 60)))
    assert sum("Place" in text for text in texts(layout)) <= 16
