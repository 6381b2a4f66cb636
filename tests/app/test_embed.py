import pytest

from dashboard.app import embed
from dashboard.selection import Selection
from dashboard.views.common import headline
from tests.app.tree import having, links, said, text

pytestmark = pytest.mark.unit


def test_says_nothing_on_the_whole_page(odd):
    assert embed.caption(odd, Selection(theatres=("iraq",)), "http://localhost/") == []


def test_a_figure_alone_carries_its_finding_and_its_source(odd):
    selection = Selection(theatres=("iraq",), embed="map")
    written = text(embed.caption(odd, selection, "http://localhost/"))
    assert written.startswith(headline(odd, selection))
    assert "Source: Conflict Timeline" in written
    assert "2 of 12 events; Iraq" in written
    assert odd.version in written


def test_leads_to_the_whole_page_beside(odd):
    selection = Selection(theatres=("iraq",), embed="map")
    parts = embed.caption(odd, selection, "http://localhost/")
    assert list(links(parts).values()) == ["http://localhost/?theatre=iraq"]
    (link,) = having(parts, "href")
    assert (said(link, "target"), said(link, "rel")) == ("_blank", "noopener")
