"""Downloads carry their recipe: the command line draws the same picture from the file."""

import re
from xml.etree import ElementTree

import pytest

from dashboard import cli, pictures
from dashboard.export import png, read_recipe
from dashboard.pictures import Order
from dashboard.views import alt_text
from tests.export.pixels import pixels

pytestmark = pytest.mark.browser

QUERY = "?theatre=mozambique&from=2021-01-01&to=2021-12-31"


@pytest.mark.parametrize(("form", "scale"), [("png", 2), ("svg", 1)])
def test_a_download_holds_the_recipe_that_the_command_line_would_write(page, curated, form, scale):
    page.show(f"{QUERY}&tab=trend")
    order = Order("map", QUERY, link=page.origin + "/" + QUERY, form=form, scale=scale)
    assert read_recipe(page.download("Map", form.upper())) == pictures.recipe(order, curated)


def test_a_png_says_what_it_shows_to_other_programs(page, curated):
    page.show(QUERY)
    texts = png.texts_of(page.download("Timeline", "PNG").read_bytes())
    words = alt_text("timeline", curated, Order("timeline", QUERY).selection(curated))
    assert list(texts) == ["Title", "Source", "Description", "Software", "conflict-timeline"]
    assert texts["Description"] == words


def test_an_svg_is_whole_and_brings_its_fonts(page):
    page.show(QUERY)
    content = page.download("Timeline", "SVG").read_text("utf-8")
    root = ElementTree.fromstring(content)
    assert [child.tag.partition("}")[2] for child in root][:4] == [
        *("title", "desc", "metadata", "defs")
    ]
    faces = set(re.findall(r'font-family: "?([\w ]+)"?; font-weight: (\d+)', content))
    assert faces == {("Noto Sans", "400"), ("Noto Sans", "700"), ("Noto Serif", "700")}
    assert set(re.findall(r"url\((?!#|data:|&quot;#|'#)([^)]{1,40})", content)) == set()


@pytest.fixture
def twice(page, tmp_path):
    """Give a function that downloads a picture and draws it again: the bytes of both files."""

    def draw(view, form):
        page.show(QUERY)
        file = page.download(view, form).rename(tmp_path / f"page.{form.lower()}")
        again = tmp_path / f"again.{form.lower()}"
        assert cli.main(["export", "--from-image", str(file), "--out", str(again)]) == 0
        assert read_recipe(again) == read_recipe(file)
        return file.read_bytes(), again.read_bytes()

    return draw


@pytest.mark.parametrize("view", ["Map", "Timeline"])
def test_the_command_line_draws_a_download_again_pixel_for_pixel(twice, view):
    one, other = (pixels(image)[..., :3] for image in twice(view, "PNG"))
    assert one.shape == (1350, 2400, 3)
    assert (one == other).all()


def drawn(svg):
    """List what an SVG draws: plotly's ids, and the order of attributes, are its own each time."""
    parts = ElementTree.fromstring(svg).iter()
    kept = ("d", "transform", "style", "x", "y", "width", "height")
    return [
        (part.tag, part.text, *(part.get(name) for name in kept))
        for part in parts
        if part.tag.partition("}")[2] not in ("title", "desc", "metadata", "style")
    ]


@pytest.mark.parametrize("view", ["Map", "Trend"])
def test_the_command_line_draws_a_download_again_line_for_line(twice, view):
    one, other = (drawn(image) for image in twice(view, "SVG"))
    assert len(one) > 200
    assert one == other
