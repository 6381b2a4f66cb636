import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import ExportError
from dashboard.export import pdf, png, read_recipe, svg
from dashboard.export.recipe import pdf_info, png_texts, to_json
from tests.export.pixels import smallest_png
from tests.export.test_pdf import printed
from tests.export.test_svg import DRAWN

RECIPE = {"view": "timeline", "query": "?theatre=iraq&q=a%20b", "title": "Palma – März"}
recipes = st.dictionaries(st.text(), st.text(), min_size=1)


def images_of(recipe):
    text = to_json(recipe)
    return {
        "png": png.with_text(smallest_png(), png_texts(recipe), 1),
        "svg": svg.with_parts(DRAWN, title=recipe.get("title", ""), recipe=text),
        "pdf": pdf.finished(printed(), 900, 506.25, pdf_info(recipe)),
    }


@pytest.mark.property
@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
@given(recipe=recipes)
def test_survives_the_image(form, recipe):
    assert read_recipe(images_of(recipe)[form]) == recipe


@pytest.mark.unit
@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_is_read_from_a_path(form, tmp_path):
    path = tmp_path / f"palma.{form}"
    path.write_bytes(images_of(RECIPE)[form])
    assert read_recipe(path) == read_recipe(str(path)) == RECIPE


@pytest.mark.unit
def test_has_one_spelling():
    assert to_json({"b": "ä", "a": "1"}) == to_json({"a": "1", "b": "ä"})
    assert to_json({"b": "ä", "a": "1"}) == '{"a":"1","b":"\\u00e4"}'


@pytest.mark.unit
@pytest.mark.parametrize("wrong", [{"scale": 2}, {1: "a"}, {"title": None}])
def test_holds_nothing_but_text(wrong):
    with pytest.raises(TypeError, match="A recipe maps str to str"):
        to_json(wrong)


@pytest.mark.unit
def test_fills_the_fields_that_other_programs_show():
    recipe = RECIPE | {"source": "Source: ICG", "program": "Conflict Timeline 1.2"}
    assert list(png_texts(recipe)) == ["Title", "Source", "Software", "conflict-timeline"]
    assert list(pdf_info(recipe)) == ["Title", "Subject", "Creator", "ConflictTimeline"]
    assert png_texts(recipe)["Software"] == "Conflict Timeline 1.2"
    assert png_texts({"view": "map"})["Software"] == "Conflict Timeline"


@pytest.mark.unit
@pytest.mark.parametrize("image", [smallest_png(), DRAWN.encode(), printed()])
def test_says_when_there_is_none(image):
    with pytest.raises(ExportError) as caught:
        read_recipe(image)
    assert str(caught.value) == (
        "The image holds no recipe: Conflict Timeline did not draw it, or a program that saved it "
        "again dropped the recipe."
    )


@pytest.mark.unit
@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<html></html>", b"\x89PNG"])
def test_says_when_it_is_no_image(content, tmp_path):
    path = tmp_path / "palma.png"
    path.write_bytes(content)
    with pytest.raises(ExportError) as caught:
        read_recipe(path)
    assert str(caught.value) == f"{path} is not a PNG, SVG or PDF image."


@pytest.mark.unit
@pytest.mark.parametrize("text", ["[]", '{"a":1}', "{", "[" * 200_000])
def test_says_when_it_is_damaged(text):
    image = png.with_text(smallest_png(), {"conflict-timeline": text}, 1)
    with pytest.raises(ExportError, match="holds a damaged recipe"):
        read_recipe(image)


@pytest.mark.unit
def test_says_why_a_file_cannot_be_read(tmp_path):
    for path, reason in (
        (tmp_path / "none.png", "No such file or directory"),
        (tmp_path, "Is a directory"),
        (tmp_path / "a\0b.png", "embedded null byte"),
    ):
        with pytest.raises(ExportError) as caught:
            read_recipe(path)
        assert str(caught.value) == f"Cannot read {path}: {reason}."
