import datetime

import pytest

from dashboard import spelling
from dashboard.errors import SelectionError


@pytest.mark.unit
def test_reads_a_list_once_through_and_keeps_what_it_knows():
    read = spelling.listing("theatre", ("iraq", "syria"))
    assert read("theatre", " Iraq, ,syria", None) == ("iraq", "syria")
    with pytest.raises(SelectionError) as caught:
        read("theatre", "iraq,syriaa", None)
    sentences, kept = caught.value.args
    assert sentences == ["No theatre is called 'syriaa'. Did you mean 'syria'?"]
    assert kept == ("iraq",)


@pytest.mark.unit
def test_a_word_without_a_list_need_only_be_well_formed():
    assert spelling.one("event")("event", " 2021-03-24-Palma ", None) == "2021-03-24-palma"
    with pytest.raises(SelectionError):
        spelling.one("event")("event", "two words", None)


@pytest.mark.unit
def test_reads_days_numbers_and_flags():
    assert spelling.read_day("from", "2021-03-24", None) == datetime.date(2021, 3, 24)
    assert spelling.read_number("killed_min", "100", None) == 100
    assert spelling.read_flag("certain", "1", None) is True


@pytest.mark.unit
@pytest.mark.parametrize(
    ("read", "text"),
    [
        (spelling.read_number, "-1"),
        (spelling.read_number, "1e3"),
        (spelling.read_flag, "yes"),
        (spelling.read_text, "x" * 201),
        (spelling.read_area, "1,2,3"),
        (spelling.read_area, "nan,2,3,4"),
        (spelling.read_area, ",".join(["1"] * 82)),
        (spelling.read_area, "1,2,3,nan"),
        (spelling.read_at, "91,0"),
        (spelling.read_at, "nan,0"),
        (spelling.read_at, "0,nan"),
        (spelling.read_at, "1,nan,2,3"),
        (spelling.read_at, "1,2,3,nan"),
        (spelling.read_at, "1,2,inf,3"),
        (spelling.read_at, "1"),
    ],
)
def test_says_what_it_cannot_read(read, text):
    with pytest.raises(SelectionError) as caught:
        read("key", text, None)
    [sentence], kept = caught.value.args
    assert sentence.startswith("key")
    assert kept is None


@pytest.mark.unit
def test_a_box_may_be_any_two_opposite_corners():
    assert spelling.read_area("area", "49,38,38,29", None) == (49, 38, 38, 29)
