import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import frame
from dashboard.figures.frame import LEAST_SHARE, Words
from dashboard.figures.legend import Key, Scale
from dashboard.figures.text import width_px
from dashboard.figures.theme import PRESETS, Medium

WEB = PRESETS["web"]
KEY = Key("circle", "FILL", "EDGE", "Raids and battles")
WORDS = Words(
    "24 killed in 5 events", "Each circle is an event.", ["Source: a table.", "5 of 9"], [KEY]
)
SENTENCES = st.text(alphabet="abcdefg hij", max_size=300)
SIZES = st.tuples(st.integers(200, 3000), st.integers(200, 3000))


def bare(**layout):
    return {"data": [], "layout": {"margin": {"l": 0, "r": 0, "t": 0, "b": 0}, **layout}}


def texts(spec):
    return [note["text"] for note in spec["layout"]["annotations"]]


@pytest.mark.property
@given(SENTENCES, SENTENCES, SENTENCES, SIZES)
def test_a_picture_of_any_size_keeps_room_for_its_drawing(title, subtitle, source, size):
    medium = Medium("any", *size, font_px=10)
    where = frame.plan(Words(title, subtitle, [source, source], [KEY] * 9), medium)
    wide, tall = where.room(medium)
    assert wide > 0.8 * medium.width_px
    assert tall > 0.3 * medium.height_px


@pytest.mark.property
@given(SENTENCES, SIZES)
def test_no_line_of_text_is_wider_than_the_picture(sentence, size):
    medium = Medium("any", *size, font_px=10)
    where = frame.plan(Words(sentence, sentence, [sentence], ()), medium)
    lines = [(line, medium.font_px, "sans-400") for line in where.subtitle]
    lines += [(line, medium.title_px, "serif-700") for line in where.title]
    lines += [(line, medium.small_px, "sans-400") for line in where.caption]
    for line, size_px, face in lines:
        fits = width_px(line, size_px, face) <= medium.width_px - 2 * where.pad
        assert fits or " " not in line


@pytest.mark.unit
def test_a_picture_says_all_its_words():
    where = frame.plan(WORDS, WEB)
    spec = frame.framed(bare(), where, WEB)
    assert texts(spec) == [
        "<b>24 killed in 5 events</b>",
        "Each circle is an event.",
        "Raids and battles",
        "Source: a table.",
        "5 of 9",
    ]


@pytest.mark.unit
def test_words_are_no_markup():
    words = Words("A <b>bold</b> & true", "<i>x</i>", ["<br>"], [Key("bar", "", "", "<u>")])
    spec = frame.framed(bare(), frame.plan(words, WEB), WEB)
    assert texts(spec) == [
        "<b>A &lt;b&gt;bold&lt;/b&gt; &amp; true</b>",
        "&lt;i&gt;x&lt;/i&gt;",
        "&lt;u&gt;",
        "&lt;br&gt;",
    ]


@pytest.mark.unit
def test_a_low_picture_leaves_out_the_subtitle_then_the_key():
    low = Medium("low", 600, 200, font_px=12)
    where = frame.plan(WORDS, low)
    assert where.subtitle == []
    lower = Medium("lower", 600, 160, font_px=12)
    where = frame.plan(WORDS, lower)
    assert (where.subtitle, where.rows) == ([], [])
    assert where.title == ["24 killed in 5 events"]


@pytest.mark.unit
def test_a_high_picture_keeps_its_share_for_the_drawing():
    where = frame.plan(WORDS, WEB)
    assert where.room(WEB)[1] >= LEAST_SHARE * WEB.height_px


@pytest.mark.unit
def test_margins_add_those_of_the_axes():
    where = frame.plan(WORDS, WEB)
    found = frame.margins(where, {"l": 10, "r": 1, "t": 2, "b": 20})
    assert found["l"] == where.pad + 10
    assert found["b"] == where.bottom + 20
    assert found["autoexpand"] is False


@pytest.mark.unit
def test_keeps_what_the_drawing_says_and_shows():
    spec = bare(annotations=[{"text": "Palma"}], shapes=[{"type": "line"}])
    spec = frame.framed(spec, frame.plan(WORDS, WEB), WEB)
    assert texts(spec)[0] == "Palma"
    assert spec["layout"]["shapes"][0] == {"type": "line"}
    assert spec["layout"]["height"] == WEB.height_px


@pytest.mark.unit
def test_circles_are_explained_only_where_room_is_kept_for_it():
    scale = Scale(3000, 30)
    with_room = frame.framed(bare(), frame.plan(WORDS, WEB, key_px=120), WEB, scale)
    without = frame.framed(bare(), frame.plan(WORDS, WEB), WEB, scale)
    assert any("killed" in text for text in texts(with_room)[:2])
    assert len(texts(without)) == len(texts(with_room)) - 2


@pytest.mark.unit
def test_there_is_no_room_for_circles_beside_one_long_word():
    assert frame.has_size_key(WORDS, WEB)
    assert not frame.has_size_key(Words("W" * 80, "", []), WEB)
