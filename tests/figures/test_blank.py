import plotly.graph_objects as go
import pytest

from dashboard.figures.blank import blank
from dashboard.figures.theme import PRESETS, Medium


@pytest.mark.unit
def test_says_one_sentence_and_draws_nothing():
    figure = go.Figure(blank("Nothing here.", PRESETS["web"], (1000, 400)))
    assert len(figure.data) == 0
    assert [note.text for note in figure.layout.annotations] == ["Nothing here."]
    assert (figure.layout.width, figure.layout.height) == (1200, 675)


@pytest.mark.unit
def test_on_the_page_it_is_as_high_as_its_room_and_breaks_its_lines():
    spec = blank(
        "A sentence that is too long for one line. " * 3, Medium("s", 300, 0, 12, False), (300, 120)
    )
    assert spec["layout"]["height"] == 120
    assert "<br>" in spec["layout"]["annotations"][0]["text"]
