"""Style sheets and the script: the theme's colours, no force, no markup from strings."""

import ast
import re

import pytest

from dashboard.figures import map_furniture
from dashboard.figures.theme import PALETTES
from tests.rules.sources import ROOT, page_modules, walk

pytestmark = pytest.mark.rules

ASSETS = ROOT / "assets"
SCRIPTS = sorted(ASSETS.glob("*.js"))
GROUND = ("page", "panel", "ink", "soft", "line", "rule", "accent", "band")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
# Ways by which a string becomes markup or code.
UNSAFE = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|createContextual"
    r"|setTimeout\(\s*[\"'`]|setInterval\(\s*[\"'`]|javascript:"
)


def style_sheets():
    return {
        path.name: COMMENT.sub("", path.read_text("utf-8")) for path in sorted(ASSETS.glob("*.css"))
    }


def tokens(theme):
    """Read the tokens in force in a theme: those of the root, then the theme's own."""
    found = {}
    for selector, body in RULE.findall(style_sheets()["tokens.css"]):
        if selector.strip() == ":root" or f'[data-theme="{theme}"]' in selector:
            found |= TOKEN.findall(body)
    return {name: value.strip() for name, value in found.items()}


@pytest.mark.parametrize("theme", PALETTES)
def test_the_page_has_the_colours_of_the_figures(theme):
    palette = PALETTES[theme]
    expected = {name: getattr(palette, name) for name in GROUND}
    found = tokens(theme)
    assert {name: found.get(name, "").lower() for name in expected} == {
        name: colour.lower() for name, colour in expected.items()
    }


def test_a_theme_changes_only_tokens_that_there_are():
    light, dark = tokens("light"), tokens("dark")
    assert light.keys() == dark.keys()


def test_every_token_that_is_used_is_given_and_every_given_one_is_used():
    texts = style_sheets()
    used = {name for text in texts.values() for name in re.findall(r"var\(--([\w-]+)", text)}
    own = {name for text in texts.values() for name in re.findall(r"--([\w-]+):", text)}
    assert {name for name in used if not name.startswith("ag-")} <= own
    assert set(tokens("light")) <= used


def test_no_style_sheet_uses_force():
    assert [name for name, text in style_sheets().items() if "!important" in text] == []


def scripts():
    return {path.name: COMMENT.sub("", path.read_text("utf-8")) for path in SCRIPTS}


def test_scripts_make_no_markup_and_no_code_from_strings():
    unsafe = [
        f"{path.name}:{number}"
        for path in SCRIPTS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if UNSAFE.search(line)
    ]
    assert unsafe == []


def test_scripts_have_one_name_in_the_window():
    written, outside = set(), []
    for name, text in scripts().items():
        written |= set(
            re.findall(r"^\s*(?:window|globalThis|self)\.(\w+)(?:\.\w+)*\s*=[^=]", text, re.M)
        )
        outside += [
            f"{name}: {line}"
            for line in text.splitlines()
            if re.match(r"(?:var|let|const|class|function)\b", line)
        ]
    assert written == {"conflict", "dash_clientside"}
    assert outside == []


def test_scripts_ask_only_our_own_server():
    for text in scripts().values():
        addresses = set(re.findall(r"https?://[\w./-]+", text))
        assert {address for address in addresses if "://www.w3.org/" not in address} == set()
        assert not re.search(r"XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\(", text)


def test_no_style_is_set_under_another_name():
    styled = [
        place
        for place, node in walk(ast.Dict, page_modules())
        for key in node.keys
        if isinstance(key, ast.Constant) and key.value == "style"
    ]
    assert styled == []


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("x.innerHTML = y;", True),
        ("eval(text)", True),
        ("new Function('a')", True),
        ('setTimeout("go()", 1)', True),
        ("setTimeout(measure, 1)", False),
        ("const evaluated = 1;", False),
        ("x.textContent = y;", False),
    ],
)
def test_knows_an_unsafe_line_when_it_sees_one(line, is_found):
    assert bool(UNSAFE.search(line)) == is_found


def test_names_keep_off_the_scale_bar_where_the_page_draws_it():
    script = scripts()["clientside.js"]
    (widest, share), *_ = re.findall(r"Math\.min\((\d+), .*? \* wide \* ([\d.]+)\)", script)
    before, behind = re.findall(r"graph\.offsetLeft \+ (\d+) .*? \* wide \+ (\d+)\}px", script)[0]
    assert float(widest) == map_furniture.PAGE_SCALE_PX
    assert float(share) == map_furniture.PAGE_SCALE_SHARE
    assert float(before) + float(behind) == map_furniture.PAGE_SCALE_LEFT_PX
