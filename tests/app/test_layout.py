import re

import pytest
from dash import html

from dashboard.app import cards, ids
from dashboard.paths import folder
from dashboard.selection import COLOURS, LANES, Selection
from tests.app.tree import filled, having, links, of_class, said, text, walk

pytestmark = pytest.mark.unit


def everything(app, turn):
    """Return the page with all that may fill it."""
    parts = [app.layout()]
    for link in ("", "?event=2021-03-24-palma", "?story=the-north&tab=actors", "?q=zzz"):
        parts += filled(turn(link)).values()
    return parts


def script():
    return (folder("assets") / "clientside.js").read_text(encoding="utf-8")


def test_what_a_button_asks_for_is_done_by_the_script(app, turn):
    asked = {said(part, "data-do") for part in having(everything(app, turn), "data-do")}
    table = re.search(r"const actions = \{\n(.*?)\n  \};", script(), re.DOTALL)[1]
    done = set(re.findall(r"^    (\w+)[:,]", table, re.MULTILINE))
    assert asked == done


def test_the_script_knows_the_ids_that_it_looks_for(app, turn):
    on_page = {said(part, "id") for part in having(everything(app, turn), "id")}
    wanted = set(re.findall(r'\$\("([\w-]+)"\)', script()))
    wanted |= set(re.findall(r'tell\("([\w-]+)"', script()))
    assert wanted
    assert wanted <= on_page


def test_every_group_and_region_has_a_name(app, turn):
    for part in walk(everything(app, turn)):
        if said(part, "role") in ("group", "slider") or isinstance(
            part, html.Aside | html.Nav | html.Section
        ):
            assert said(part, "aria-label"), part


def test_every_button_has_a_name_and_submits_nothing(app, turn):
    for part in walk(everything(app, turn)):
        if isinstance(part, html.Button):
            assert re.search(r"\w", said(part, "aria-label") or text(part)), part
            assert said(part, "type") == "button", part


def test_the_first_link_skips_to_the_figures(app):
    first = next(part for part in walk(app.layout()) if isinstance(part, html.A))
    assert said(first, "href") == f"#{ids.MAIN}"


def test_has_one_main_heading_and_one_main_part(app):
    kinds = [type(part) for part in walk(app.layout())]
    assert kinds.count(html.H1) == kinds.count(html.Main) == 1


def test_says_whose_the_data_and_the_map_are(app, odd):
    footer = next(part for part in walk(app.layout()) if isinstance(part, html.Footer))
    for words in (odd.version, "CC BY 4.0", "Natural Earth", "GeoNames", "no judgement"):
        assert words in text(footer)


def test_no_link_and_no_picture_leads_to_another_site_by_itself(app):
    for part in walk(app.layout()):
        assert not str(said(part, "src") or "").startswith(("http", "//"))
        assert not str(said(part, "href") or "").startswith(("http", "//"))


def test_each_figure_of_the_page_has_a_frame_with_its_question(app):
    for name in cards.FIGURES:
        (card,) = of_class(app.layout(), f"card--{name}")
        assert {ids.graph(name), ids.head(name), ids.words(name)} <= {
            said(part, "id") for part in having(card, "id")
        }


def test_figures_ask_no_other_server():
    for config in (cards.GRAPH_CONFIG, cards.STILL_CONFIG):
        assert config["topojsonURL"] == config["plotlyServerURL"] == ""


@pytest.mark.parametrize(
    ("field", "words", "head"),
    [
        ("lanes", LANES, "timeline"),
        ("colour", COLOURS, "timeline"),
        ("map", ("", "iraq", "fit"), "map"),
    ],
)
def test_the_head_of_a_figure_offers_every_way_of_looking(odd, field, words, head):
    for word in words:
        selection = Selection(**{field: word})
        parts = cards.heads(odd, selection)[head]
        offered = {getattr(Selection.from_query(href), field) for href in links(parts).values()}
        assert set(words) <= offered
        current = [
            getattr(Selection.from_query(said(part, "href")), field)
            for part in having(parts, "aria-current", "true")
        ]
        assert word in current


def test_the_zoom_turns_on_and_off(odd):
    for zoom, href in ((False, "?zoom=1"), (True, "?")):
        (switch,) = having(cards.heads(odd, Selection(zoom=zoom))["timeline"], "role", "switch")
        assert (said(switch, "href"), said(switch, "aria-checked")) == (href, str(zoom).lower())
