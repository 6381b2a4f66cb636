from urllib.parse import quote

import pytest

from dashboard import views
from dashboard.app import embed
from dashboard.figures import legend
from dashboard.figures.theme import Medium
from dashboard.selection import Selection
from dashboard.views.common import headline
from tests.app.tree import having, links, said, text

pytestmark = pytest.mark.unit

MEDIUM = Medium("screen", 900, 0, framed=False)


def test_says_nothing_on_the_whole_page(odd):
    assert embed.caption(odd, Selection(theatres=("iraq",)), "http://localhost/", MEDIUM) == []


def test_a_figure_alone_carries_its_finding_and_its_source(odd):
    selection = Selection(theatres=("iraq",), embed="map")
    written = text(embed.caption(odd, selection, "http://localhost/", MEDIUM))
    assert written.startswith(headline(odd, selection))
    assert "Source: Conflict Timeline" in written
    assert "2 of 12 events; Iraq" in written
    assert odd.version in written


def test_leads_to_the_whole_page_beside(odd):
    selection = Selection(theatres=("iraq",), embed="map")
    parts = embed.caption(odd, selection, "http://localhost/", MEDIUM)
    assert list(links(parts).values()) == ["http://localhost/?theatre=iraq"]
    (link,) = having(parts, "href")
    assert (said(link, "target"), said(link, "rel")) == ("_blank", "noopener")


def test_an_event_alone_leads_to_itself_and_names_its_own_sources(odd):
    event = (
        odd.events.index[0] if odd.events.index.name == "event_id" else odd.events["event_id"][0]
    )
    selection = Selection(theatres=("iraq",), embed="event", event=event)
    parts = embed.caption(odd, selection, "http://localhost/", MEDIUM)
    (link,) = links(parts).values()
    assert link == f"http://localhost/?theatre=iraq&event={event}"
    assert headline(odd, selection) not in text(parts)
    assert text(parts).startswith("Source: Conflict Timeline")
    assert f"Data {odd.version}." in text(parts)


def test_the_event_embedded_without_one_stands_for_the_chosen_events(odd):
    selection = Selection(theatres=("iraq",), embed="event")
    parts = embed.caption(odd, selection, "http://localhost/", MEDIUM)
    assert text(parts).startswith(headline(odd, selection))


@pytest.mark.parametrize("name", [name for name in views.VIEWS if name != "event"])
def test_a_figure_alone_says_what_its_marks_mean(odd, name):
    selection = Selection(embed=name)
    parts = embed.caption(odd, selection, "http://localhost/", MEDIUM)
    keys = views.view(name).keys(odd, selection, MEDIUM)
    assert keys
    written = text(parts)
    assert all(key.text in written for key in keys)
    marks = [said(mark, "src") for mark in having(parts, "src")]
    assert marks == [f"data:image/svg+xml,{quote(legend.svg(key))}" for key in keys]
