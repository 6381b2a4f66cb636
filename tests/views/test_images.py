"""Pictures of an invented table as pixels, one for each view and case."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from dashboard import views
from dashboard.figures import mercator
from dashboard.figures.mercator import Bounds
from dashboard.figures.theme import LIGHT
from dashboard.selection import Selection
from dashboard.views.event_map import AREA_PAD
from tests import pictures
from tests.export.pixels import pixels
from tests.views import table

pytestmark = pytest.mark.image
VIEWS = ("timeline", "map", "trend", "actors", "sources", "event")
# A map is drawn smaller: its pixels fill more bytes.
SIZES = dict.fromkeys(VIEWS, "480x340") | {"map": "360x260"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("case", table.QUERIES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_looks_as_before(invented, drawer, view, case, request):
    selection = Selection.from_query(table.query(view, case), invented.vocabulary)
    png = drawer.image(views.render(view, invented, selection, size=SIZES[view]), "png")
    is_update = request.config.getoption("--update-images")
    assert pictures.apart(f"{view}-{case}", png, is_update=is_update) <= pictures.LIMIT


def test_a_dark_picture_looks_as_before(invented, drawer, request):
    png = drawer.image(views.render("map", invented, dark=True, size=SIZES["map"]), "png")
    is_update = request.config.getoption("--update-images")
    assert pictures.apart("map-dark", png, is_update=is_update) <= pictures.LIMIT


def test_the_map_of_all_has_a_panel_for_each_theatre_and_no_bitmap(curated, drawer):
    root = ET.fromstring(drawer.image(views.render("map", curated), "svg"))
    layers = [part for part in root.iter(f"{SVG}g") if "layer land" in part.get("class", "")]
    # A map for each theatre, and in each the small one that says where it is.
    assert len(layers) == 2 * len(curated.theatre_names) == 8
    assert list(root.iter(f"{SVG}image")) == []


def test_the_map_is_drawn_the_same_twice_in_the_size_of_its_preset(curated, drawer):
    one, other = (drawer.image(views.render("map", curated), "png") for _ in range(2))
    assert one == other
    assert pixels(one).shape[:2] == (675, 1200)


def test_a_wide_map_is_drawn_where_labels_and_scale_expect_it(curated, drawer):
    area = Bounds(-5, 8, 50, 40)
    sides = (area.west, area.south, area.east, area.north)
    figure = views.render("map", curated, Selection(area=sides), size="600x400")
    line = [int(LIGHT.accent[at : at + 2], 16) for at in (1, 3, 5)]
    picture = pixels(drawer.image(figure, "png"))[..., :3].astype(int)
    is_line = np.abs(picture - line).sum(axis=2) < 220
    top, left = figure.layout.margin.t, figure.layout.margin.l
    wide = figure.layout.width - left - figure.layout.margin.r
    tall = figure.layout.height - top - figure.layout.margin.b
    box = mercator.fitted(padded(area), wide, tall)
    x, y = mercator.pixels(sides[::2], sides[1::2], box, (wide, tall))
    rows, columns = is_line.mean(axis=1), is_line.mean(axis=0)
    assert np.flatnonzero(rows > 0.4)[[0, -1]] == pytest.approx(y[::-1] + top, abs=1.5)
    assert np.flatnonzero(columns > 0.4)[[0, -1]] == pytest.approx(x + left, abs=1.5)


def padded(area):
    """Return the box that a picture of an area shows."""
    aside = AREA_PAD * (area.east - area.west)
    above = AREA_PAD * (area.north - area.south)
    return Bounds(area.west - aside, area.south - above, area.east + aside, area.north + above)
