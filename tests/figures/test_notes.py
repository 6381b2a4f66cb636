import pytest

from dashboard.figures.notes import note, notice, shape
from dashboard.figures.packing import Box
from dashboard.figures.theme import PRESETS

WEB = PRESETS["web"]


@pytest.mark.unit
def test_a_note_stands_so_many_pixels_right_of_and_below_the_corner():
    found = note("Palma", {}, 12, 30)
    assert (found["xshift"], found["yshift"]) == (12, -30)
    assert (found["x"], found["y"], found["xanchor"], found["yanchor"]) == (0, 1, "left", "top")


@pytest.mark.unit
def test_a_note_may_be_anchored_elsewhere():
    assert note("Palma", {}, 0, 0, xanchor="right")["xanchor"] == "right"


@pytest.mark.unit
def test_a_shape_fills_its_box_downwards():
    found = shape("rect", Box(1, 2, 3, 4))
    assert [found[side] for side in ("x0", "x1", "y0", "y1")] == [1, 3, -2, -4]


@pytest.mark.unit
def test_a_notice_has_a_plate_and_no_markup():
    found = notice("No event matches: <b>", WEB, (100, 50))
    assert found["text"] == "No event matches: &lt;b&gt;"
    assert found["bgcolor"] == WEB.palette.panel
