import xml.etree.ElementTree as ElementTree

import pytest

from dashboard.export import svg

pytestmark = pytest.mark.unit
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'
NS = "{http://www.w3.org/2000/svg}"
HARD = 'a < b & "c" > d ]]> </metadata> \x00\x1b\ufffe\ud800 ملبورن'


def test_adds_nothing_to_a_drawing_without_parts():
    assert svg.with_parts(DRAWN) == DRAWN.encode()


def test_puts_title_metadata_and_fonts_first():
    file = svg.with_parts(DRAWN, fonts="@font-face {}", title="Palma", recipe="{}")
    root = ElementTree.fromstring(file)
    assert [child.tag.removeprefix(NS) for child in root] == ["title", "metadata", "defs", "rect"]
    assert root.findtext(f"{NS}defs/{NS}style") == "@font-face {}"


def test_is_well_formed_whatever_the_title():
    root = ElementTree.fromstring(svg.with_parts(DRAWN, title=HARD))
    assert root.findtext(f"{NS}title") == 'a < b & "c" > d ]]> </metadata>  ملبورن'


def test_reads_the_recipe_that_it_wrote():
    recipe = '{"title":"</metadata> & <b> \\u0000"}'
    assert svg.recipe_of(svg.with_parts(DRAWN, recipe=recipe)) == recipe


def test_reads_the_recipe_after_another_program_gave_the_tag_a_prefix():
    file = b'<svg xmlns:svg="x"><svg:metadata x="1" id="conflict-timeline">\n {}\n</svg:metadata>'
    assert svg.recipe_of(file) == "{}"


def test_finds_no_recipe_in_another_metadata():
    assert svg.recipe_of(b'<svg><metadata id="metadata7">{}</metadata></svg>') == ""


def test_writes_a_lone_surrogate_as_a_question_mark():
    assert b"a?b" in svg.with_parts(DRAWN.replace("<rect", "<text>a\ud800b</text><rect"))
