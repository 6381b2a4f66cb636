import html as markup
import re
from urllib.parse import urlsplit

import pytest
from dash import html

from dashboard import downloads
from dashboard.app import header
from dashboard.app.site import Site
from dashboard.selection import Selection
from dashboard.views import VIEWS
from tests.app.tree import having, links, of_class, said, text, walk

pytestmark = pytest.mark.unit

ALL = Selection()
HOST = "https://example.org/"


def codes(selection=ALL):
    """Return what can be copied: the link and the embed codes."""
    return [
        said(part, "data-text")
        for part in having(header.share(HOST, selection, "abc1234"), "data-do")
    ]


def framed(code):
    """Read the address of an embed code as a browser does."""
    assert not re.search("&(?!amp;)", code)
    return markup.unescape(re.fullmatch(r'<iframe src="([^"<>]*)" [^<>]*></iframe>', code)[1])


def test_says_what_the_table_is(site, odd):
    line = header.tagline(site)
    assert "12 events, 18 reports, to June 2022" in line
    assert line.endswith(f"data {odd.version}")


def test_the_name_leads_to_the_bare_page(site):
    assert links(header.header(site))["Conflict Timeline"] == "?"


def test_each_view_but_the_event_can_be_downloaded_twice(site):
    buttons = having(header.header(site), "data-do", "download")
    assert [(said(part, "data-view"), said(part, "data-form")) for part in buttons] == [
        (name, form) for name in VIEWS if name != "event" for form in ("png", "svg")
    ]


def test_the_data_can_be_downloaded_in_every_form(site):
    paths = [said(part, "data-path") for part in having(header.header(site), "data-do", "fetch")]
    assert paths == [f"download/{form}" for form in downloads.FORMS]


def test_there_is_a_menu_of_stories_only_where_there_are_some(site, small):
    assert "The north" in text(header.header(site))
    menus = of_class(header.header(Site.of(small)), "menu")
    assert "Stories" not in [text(said(menu, "children")[0]) for menu in menus]


def test_shares_the_link_of_the_view():
    selection = Selection(theatres=("iraq",), q='"&<')
    assert Selection.from_query(urlsplit(codes(selection)[0]).query) == selection
    assert codes(selection)[0].startswith("https://example.org/?theatre=iraq")


def test_embeds_the_newest_data_or_this_version():
    selection = Selection(countries=("IRQ", "SYR"), q='"><script>&amp;')
    live, frozen = (framed(code) for code in codes(selection)[1:])
    assert Selection.from_query(urlsplit(live).query) == selection.with_(embed="timeline")
    assert Selection.from_query(urlsplit(frozen).query) == selection.with_(
        embed="map", version="abc1234"
    )


def test_the_open_event_can_be_embedded():
    selection = Selection(theatres=("iraq",), event="2021-03-24-palma")
    embeds = [Selection.from_query(urlsplit(framed(code)).query) for code in codes(selection)[1:]]
    assert embeds[-1] == selection.with_(embed="event")
    assert [one.embed for one in embeds] == ["timeline", "map", "event"]


def test_every_button_without_words_has_a_name(site):
    for button in walk(header.header(site)):
        if isinstance(button, html.Button):
            assert re.search(r"\w", said(button, "aria-label") or text(button)), button


def test_the_list_of_keys_is_a_dialog_that_can_be_closed():
    dialog = header.shortcuts()
    assert isinstance(dialog, html.Dialog)
    assert having(dialog, "data-do", "help")
    for key, what in header.SHORTCUTS:
        assert key in text(dialog)
        assert what in text(dialog)
