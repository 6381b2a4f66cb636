import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import legend
from dashboard.figures.legend import Key, Scale
from dashboard.figures.packing import Box
from dashboard.figures.text import width_px
from dashboard.figures.theme import PRESETS

WEB = PRESETS["web"]
WORDS = st.lists(st.text(alphabet="abc de", min_size=1, max_size=30), max_size=12)


def key(text, mark="circle"):
    return Key(mark, "FILL", "EDGE", text)


@pytest.mark.property
@given(WORDS, st.floats(50, 900))
def test_rows_are_no_wider_than_the_limit_unless_one_entry_is(words, limit):
    for row in legend.rows([key(word) for word in words], WEB, limit):
        across, last = row[-1]
        end = across + 1.5 * WEB.font_px + width_px(last.text, WEB.font_px)
        assert end <= limit + 1e-6 or len(row) == 1


@pytest.mark.property
@given(WORDS, st.floats(50, 900))
def test_rows_keep_every_entry_in_its_order(words, limit):
    rows = legend.rows([key(word) for word in words], WEB, limit)
    assert [entry.text for row in rows for _, entry in row] == words


@pytest.mark.property
@given(st.floats(1, 5000), st.floats(2, 100), st.floats(0.1, 5000))
def test_radius_and_dead_undo_each_other(largest, radius, dead):
    scale = Scale(largest, radius)
    assert scale.dead(scale.radius(dead)) == pytest.approx(dead)
    assert scale.radius(largest) == pytest.approx(radius)


@pytest.mark.property
@given(st.integers(1, 9000), st.floats(2, 90), st.floats(10, 120))
def test_the_size_key_stands_in_its_box(largest, radius, height):
    box = Box(900, 20, 900 + legend.size_key_px(WEB), 20 + height)
    shapes, notes = legend.size_key(Scale(largest, radius), WEB, box)
    for shape in shapes:
        assert shape["x0"] >= box.left - 1e-6
        assert shape["x1"] <= box.right
        assert -shape["y1"] <= max(box.bottom, box.top + 1.4 * WEB.small_px) + 2
    for note in notes:
        wide = width_px(note["text"], WEB.small_px)
        assert note["xshift"] + wide <= box.right + 1e-6


@pytest.mark.unit
def test_the_size_key_says_what_round_numbers_look_like():
    box = Box(900, 20, 1100, 70)
    shapes, notes = legend.size_key(Scale(3100, 33), WEB, box)
    assert [note["text"] for note in notes] == ["1,000 killed", "200"]
    assert shapes[0]["x1"] - shapes[0]["x0"] == pytest.approx(2 * Scale(3100, 33).radius(1000))


@pytest.mark.unit
def test_there_is_no_size_key_where_circles_are_points():
    assert legend.size_key(Scale(3100, 2), WEB, Box(0, 0, 200, 50)) == ([], [])


@pytest.mark.unit
def test_there_is_no_size_key_without_room():
    assert legend.size_key(Scale(3100, 33), WEB, Box(0, 0, 200, 3)) == ([], [])


@pytest.mark.unit
@pytest.mark.parametrize(
    ("mark", "kind", "is_filled"),
    [
        ("circle", "circle", True),
        ("hollow", "circle", False),
        ("pale-hollow", "circle", False),
        ("square", "rect", False),
        ("solid-square", "rect", True),
        ("bar", "rect", True),
        ("ghost", "rect", True),
        ("band", "rect", True),
        ("line", "rect", True),
    ],
)
def test_a_mark_has_its_shape(mark, kind, is_filled):
    shape = legend.mark(key("", mark), 10, 20, WEB)
    assert shape["type"] == kind
    assert (shape["fillcolor"] == "FILL") == is_filled
    assert shape["y0"] > -20 > shape["y1"]


@pytest.mark.unit
def test_a_mark_alone_is_an_svg_in_its_colours():
    assert legend.svg(key("Bombings")) == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="11" height="11"><rect x="0.3" y="0.3"'
        ' width="10.4" height="10.4" rx="5.5" fill="FILL" stroke="EDGE" stroke-width="0.6"'
        ' opacity="1"/></svg>'
    )
    hollow = legend.svg(key("Approximate", "hollow"))
    assert 'fill="none" stroke="EDGE" stroke-width="1.4"' in hollow
    pale = legend.svg(key("A month", "ghost"))
    assert 'rx="0"' in pale
    assert 'opacity="0.35"' in pale
