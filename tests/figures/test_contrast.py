import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.contrast import contrast, luminance, reading_on
from dashboard.figures.theme import DARK, LIGHT

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.unit
def test_black_on_white_is_the_most_there_is():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


# The grey that WCAG gives as just below 4.5:1 on white.
@pytest.mark.unit
def test_agrees_with_a_known_pair():
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.property
@given(one=COLOURS, other=COLOURS)
def test_is_the_same_both_ways_round(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1
    assert 0 <= luminance(one) <= 1


@pytest.mark.unit
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_number_can_be_read_on_every_family(palette):
    for colour in palette.family.values():
        text = reading_on(colour, palette)
        assert text in (palette.ink, palette.panel)
        assert contrast(text, colour) >= 3
