import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.text import clip, width_px, wrap

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
