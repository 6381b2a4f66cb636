"""The page: ids and colours in one place each, no styles in Python."""

import ast
import re

import pytest

from tests.rules.sources import ROOT, docstrings, modules, page_modules, walk

pytestmark = pytest.mark.rules

HEX = re.compile(
    r"(?<![&\w])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|"
    r"\b(?:rgb|hsl)a?\((?!0, ?0, ?0, ?0\))"  # no colour at all is none
)
CSS_HEX = re.compile(r":[^;{}]*?(#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(\d)")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
THEME = "dashboard/figures/theme.py"
DEPENDENCIES = {"Input", "Output", "State", "Trigger"}


def pages_without_ids():
    return {path: tree for path, tree in page_modules().items() if not path.endswith("/ids.py")}


def test_colours_stand_in_the_theme_alone():
    others = {path: tree for path, tree in modules().items() if path != THEME}
    said = {number for tree in others.values() for number in docstrings(tree)}
    coloured = [
        f"{place} {node.value!r}"
        for place, node in walk(ast.Constant, others)
        if isinstance(node.value, str) and id(node) not in said and HEX.search(node.value)
    ]
    assert coloured == []


def test_style_sheets_take_colours_from_the_tokens():
    coloured = {
        str(path.relative_to(ROOT)): CSS_HEX.findall(CSS_COMMENT.sub("", path.read_text("utf-8")))
        for path in sorted((ROOT / "assets").rglob("*.css"))
        if path.name != "tokens.css"
    }
    assert {path: found for path, found in coloured.items() if found} == {}


def test_scripts_hold_no_colour():
    coloured = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "assets").glob("*.js"))
        if HEX.search(path.read_text("utf-8"))
    ]
    assert coloured == []


def test_no_style_is_set_in_python():
    styled = [
        place
        for place, node in walk(ast.Call, page_modules())
        if any(keyword.arg == "style" for keyword in node.keywords)
    ]
    assert styled == []


def test_an_id_comes_from_the_list_of_ids():
    loose = [
        place
        for place, node in walk(ast.Call, pages_without_ids())
        for keyword in node.keywords
        if keyword.arg == "id" and not _is_named(keyword.value)
    ]
    assert loose == []


def test_a_callback_names_its_parts_by_the_list_of_ids():
    loose = [
        place
        for place, node in walk(ast.Call, pages_without_ids())
        if getattr(node.func, "attr", getattr(node.func, "id", "")) in DEPENDENCIES
        and node.args
        and not _is_named(node.args[0])
    ]
    assert loose == []


def _is_named(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript)


def test_every_id_has_its_own_text():
    tree = page_modules().get("dashboard/app/ids.py")
    if tree is None:
        pytest.skip("dashboard/app/ids.py is still to be written")
    texts = [
        node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]
    assert sorted(texts) == sorted(set(texts))


@pytest.mark.parametrize(
    ("text", "is_colour"),
    [
        ("#fff", True),
        ("#0f5c6e", True),
        ("1px solid #E4E1D9", True),
        ("rgba(0, 0, 0, .5)", True),
        ("rgba(0,0,0,0)", False),
        ("&#39;", False),
        ("#main-content", False),
        ("issue #12", False),
        ("https://example.org/page#abc1234", False),
    ],
)
def test_knows_a_colour_when_it_sees_one(text, is_colour):
    assert bool(HEX.search(text)) == is_colour
