import numpy as np
import pytest

from dashboard.figures import map_furniture
from dashboard.figures.map_marks import Sheet
from dashboard.figures.mercator import Bounds, km_per_px
from dashboard.figures.panels import Map, arranged
from dashboard.figures.theme import PRESETS

WEB = PRESETS["web"]
NONE = np.empty((0, 3))
IRAQ = Bounds(39, 29, 49, 38)


def sheet(bounds=IRAQ, room=(800, 500)):
    [panel] = arranged([Map("", "", bounds)], WEB, room)
    return Sheet("geo", panel, panel.box, WEB)


@pytest.mark.unit
def test_the_first_free_corner_is_the_lower_left():
    box = map_furniture.free_corner(sheet(), (100, 20), NONE)
    assert (box.left, box.bottom) == (map_furniture.INSET_PX, 500 - map_furniture.INSET_PX)


@pytest.mark.unit
def test_a_corner_with_a_mark_is_passed_over():
    marks = np.array([[20.0, 490.0, 5.0]])
    box = map_furniture.free_corner(sheet(), (100, 20), marks)
    assert box.left > 600


@pytest.mark.unit
def test_there_may_be_no_free_corner():
    marks = np.array([[x, y, 30.0] for x in (20, 780) for y in (20, 480)])
    assert map_furniture.free_corner(sheet(), (100, 40), marks) is None


@pytest.mark.unit
def test_the_scale_bar_is_as_long_as_it_says():
    on = sheet()
    box = map_furniture.free_corner(on, map_furniture.scale_size_px(on), NONE)
    text, line = map_furniture.scale_bar(on, box)
    length = float(text["text"].removesuffix(" km").replace(",", ""))
    start, end = (
        float(part)
        for part in (line["path"][1:].split(",")[0], line["path"].split("H")[1].split(" ")[0])
    )
    assert end - start == pytest.approx(length / km_per_px(on.box, 800), abs=0.11)


@pytest.mark.unit
def test_a_map_of_half_the_world_needs_no_locator():
    assert map_furniture.locator_size_px(sheet(Bounds(-150, -40, 150, 60))) is None


@pytest.mark.unit
def test_the_locator_of_a_map_far_away_shows_the_world():
    on = sheet(Bounds(100, 10, 105, 15))
    size = map_furniture.locator_size_px(on)
    box = map_furniture.free_corner(on, size, NONE)
    ground, [where] = map_furniture.locator(on, box, "geo2")
    assert ground["lonaxis"]["range"][0] <= -160
    assert where["geo"] == "geo2"


@pytest.mark.unit
def test_a_small_map_is_a_point_in_the_locator_and_a_large_one_a_rim():
    for bounds, mode in ((Bounds(43, 33, 43.3, 33.2), "markers"), (Bounds(0, 0, 20, 12), "lines")):
        on = sheet(bounds)
        box = map_furniture.free_corner(on, map_furniture.locator_size_px(on), NONE)
        _, [where] = map_furniture.locator(on, box, "geo2")
        assert where["mode"] == mode


@pytest.mark.unit
def test_a_heading_is_no_wider_than_its_panel_and_no_markup():
    [panel, _] = arranged(
        [Map("The <b>very long</b> name of a theatre of war", "", Bounds(0, 0, 9, 9))] * 2,
        WEB,
        (240, 200),
    )
    text = map_furniture.heading(panel, WEB)["text"]
    assert text.startswith("<b>The &lt;b")
    assert text.endswith("…</b>")
