"""Pictures of an invented table as pixels, one for each view and case."""

import xml.etree.ElementTree as ET

import pytest

from dashboard import views
from dashboard.selection import Selection
from tests import pictures
from tests.export.pixels import pixels
from tests.views import table

pytestmark = pytest.mark.image
VIEWS = ("timeline", "map", "trend", "event")
# A map is drawn smaller: its pixels fill more bytes.
SIZES = dict.fromkeys(VIEWS, "480x340") | {"map": "360x260"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("case", table.QUERIES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_looks_as_before(invented, drawer, view, case, request):
    selection = Selection.from_query(table.query(view, case), invented.vocabulary)
    png = drawer.image(views.render(view, invented, selection, size=SIZES[view]), "png")
    is_update = request.config.getoption("--update-images")
    pictures.compare(f"{view}-{case}", png, is_update=is_update)


def test_a_dark_picture_looks_as_before(invented, drawer, request):
    png = drawer.image(views.render("map", invented, dark=True, size=SIZES["map"]), "png")
    pictures.compare("map-dark", png, is_update=request.config.getoption("--update-images"))


def test_the_map_of_all_has_a_panel_for_each_theatre_and_no_bitmap(curated, drawer):
    root = ET.fromstring(drawer.image(views.render("map", curated), "svg"))
    layers = [part for part in root.iter(f"{SVG}g") if "layer land" in part.get("class", "")]
    assert len(layers) == len(curated.theatre_names) == 4
    assert list(root.iter(f"{SVG}image")) == []


def test_the_map_is_drawn_the_same_twice_in_the_size_of_its_preset(curated, drawer):
    one, other = (drawer.image(views.render("map", curated), "png") for _ in range(2))
    assert one == other
    assert pixels(one).shape[:2] == (675, 1200)
