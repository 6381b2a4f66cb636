import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.text import balanced, clip, width_px, wrap

TEXTS = st.text(alphabet="abcdefgW .-–éı&<", max_size=120)
LIMITS = st.floats(10, 400)


@pytest.mark.property
@given(TEXTS, LIMITS)
def test_lines_are_no_wider_than_the_limit_unless_one_word_is(text, limit):
    for line in wrap(text, 12, limit):
        assert width_px(line, 12) <= limit or " " not in line


@pytest.mark.property
@given(TEXTS, LIMITS)
def test_wrapping_keeps_every_word_in_its_order(text, limit):
    assert " ".join(wrap(text, 12, limit)).split() == text.split()


@pytest.mark.property
@given(TEXTS, LIMITS)
def test_balanced_lines_are_as_few_as_can_be_and_no_wider(text, limit):
    lines, even = wrap(text, 12, limit), balanced(text, 12, limit)
    assert len(even) == len(lines)
    assert " ".join(even).split() == text.split()
    widest = max((width_px(line, 12) for line in lines), default=0)
    assert all(width_px(line, 12) <= widest + 1e-9 for line in even)


@pytest.mark.unit
def test_balanced_lines_are_of_equal_length():
    assert balanced("aa aa aa aa", 12, width_px("aa aa aa ", 12)) == ["aa aa", "aa aa"]


@pytest.mark.property
@given(TEXTS, LIMITS)
def test_a_clipped_text_fits_or_is_the_ellipsis_alone(text, limit):
    clipped = clip(text, 12, limit)
    assert width_px(clipped, 12) <= limit or clipped == "…"


@pytest.mark.property
@given(TEXTS)
def test_a_text_that_fits_stays_as_it_is(text):
    assert clip(text, 12, width_px(text, 12) + 1) == text


@pytest.mark.property
@given(TEXTS, TEXTS)
def test_widths_add_up(one, other):
    assert width_px(one + other, 10) == pytest.approx(width_px(one, 10) + width_px(other, 10))


@pytest.mark.unit
def test_width_grows_with_the_size_and_the_weight():
    assert width_px("Palma", 24) == pytest.approx(2 * width_px("Palma", 12))
    assert width_px("Palma", 12, "sans-700") > width_px("Palma", 12)


@pytest.mark.unit
def test_wraps_nothing_to_no_line():
    assert wrap("", 12, 100) == []


@pytest.mark.unit
def test_a_clipped_text_ends_in_an_ellipsis_without_a_comma_before_it():
    assert clip("Palma, Cabo Delgado", 12, width_px("Palma, …", 12)) == "Palma…"
