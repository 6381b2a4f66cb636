import dataclasses
from pathlib import Path

import pytest
from dash import html

from dashboard.app import callbacks, create_app, pairs
from dashboard.app.live import Comparing
from dashboard.app.site import ALONE, Site
from dashboard.figures.theme import Medium
from dashboard.matching.pairing import Decisions, suggest
from dashboard.provenance import Terms
from dashboard.selection import Selection
from dashboard.views.matched import Matched
from tests.app.conftest import VIEWPORT
from tests.app.tree import filled, having, links, of_class, said, text, texts, walk
from tests.matching.tables import bombing, table
from tests.package import toll

pytestmark = pytest.mark.unit

MEDIUM = Medium("screen", 960, 0, 12, framed=False)
TERMS = Terms("ACLED", "ACLED, acleddata.com", "Not to be passed on.", "", "https://x.org", False)
HERE, THERE = "2016-05-03-mosul", "2016-05-03-x"


@pytest.fixture(scope="module")
def matched(tmp_path_factory):
    """Return two tables of which one event stands in both, 10 dead here and 40 there."""
    folder = tmp_path_factory.mktemp("pairs")
    ours = table(folder / "ours", bombing(HERE, title="<b>Bomb</b>"), bombing("2016-07-20-mosul"))
    theirs = table(
        folder / "theirs", bombing(THERE, **toll("30", "40", "50")), bombing("2016-08-01-y")
    )
    theirs = dataclasses.replace(theirs, terms=TERMS)
    return Matched(ours, theirs, suggest(ours, theirs, at_least=0.1))


def decided(matched, decisions):
    found = suggest(matched.one, matched.other, decisions, at_least=0.1)
    return dataclasses.replace(matched, pairs=found)


def rows(part):
    (head, *lines) = [one for one in walk(part) if isinstance(one, html.Tr)]
    return [[text(cell) for cell in said(line, "children")] for line in (head, *lines)]


def test_lays_both_tolls_side_by_side(matched):
    head, line = rows(pairs.body(matched, Selection(), MEDIUM))
    assert head == ["Pair", "ours", "ACLED", "What agrees", "What does not"]
    assert "3 May 2016 · 10 killed (8–12)" in line[1]
    assert "3 May 2016 · 40 killed (30–50)" in line[2]
    assert (HERE in line[1], THERE in line[2]) == (True, True)
    assert line[3]
    assert line[4]


def test_adds_nothing_up(matched):
    words = text(pairs.body(matched, Selection(), MEDIUM))
    assert "50 killed" not in words.replace("(30–50)", "")
    assert "Two tables, never added" in words


def test_a_suggestion_says_its_score_and_a_decision_that_it_is_one(matched):
    open_pair = rows(pairs.body(matched, Selection(), MEDIUM))[1][0]
    assert open_pair.startswith("suggested, score 0.")
    confirmed = decided(matched, Decisions(confirmed=((HERE, THERE),)))
    assert rows(pairs.body(confirmed, Selection(), MEDIUM))[1][0] == "confirmed"
    refused = decided(matched, Decisions(refused=((HERE, THERE),)))
    part = pairs.body(refused, Selection(), MEDIUM)
    assert "No event of one table seems to be in the other." in text(part)


def test_calls_the_tables_in_a_pairs_words_as_in_the_head(tmp_path, matched):
    unknown = {"killed_low": "", "killed_best": "", "killed_high": ""}
    theirs = table(tmp_path / "theirs", bombing(THERE, end_date="2016-05-12", **unknown))
    found = Matched(matched.one, theirs, suggest(matched.one, theirs, at_least=0.1))
    line = rows(pairs.body(found, Selection(), MEDIUM))[1]
    assert line[4] == "lasts 1 day in ours, 10 in theirs; number killed unknown in theirs"


def test_leads_to_the_event_here_and_to_the_page_there(matched):
    found = links(pairs.body(matched, Selection(tab="compare", countries=("IRQ",)), MEDIUM))
    assert found["<b>Bomb</b>"] == f"?country=IRQ&event={HERE}&tab=compare"
    (other,) = [href for name, href in found.items() if name.startswith("Event ")]
    assert other == f"https://example.org/{THERE}/reuters"


def test_carries_the_terms_of_both(matched):
    words = text(pairs.body(matched, Selection(), MEDIUM))
    assert f"ACLED, acleddata.com, data {matched.other.version}. Not to be passed on." in words
    assert "ours: ours, data" in words
    assert "CC BY" not in words


def test_has_the_figure_and_says_it_in_words(matched):
    part = pairs.body(matched, Selection(), MEDIUM)
    assert [said(one, "id") for one in having(part, "figure")] == ["graph-compare"]
    (unseen,) = [text(one) for one in of_class(part, "unseen")]
    assert "ours: 1 event" in unseen or "ours: 2 events" in unseen
    assert "ACLED: " in unseen


def test_counts_the_pairs_that_it_does_not_list(matched, monkeypatch):
    monkeypatch.setattr(pairs, "MOST_PAIRS", 0)
    words = text(pairs.body(matched, Selection(), MEDIUM))
    assert "… and 1 more; the command match writes them all." in words


def test_tables_that_never_meet_say_so(matched):
    part = pairs.body(matched, Selection(q="zzz"), MEDIUM)
    assert texts(part, html.Tr) == []
    assert "have no country and month in common" in text(part)
    assert "Not to be passed on." in text(part)


def test_a_link_to_it_without_a_second_table_says_how_to_get_there(site):
    selection, problems = site.parse("?tab=compare&theatre=iraq")
    assert problems == [ALONE]
    assert selection == Selection(theatres=("iraq",))


def test_a_link_to_it_opens_it_beside_a_second_table(matched):
    site = Site.of(matched.one, matched)
    assert site.parse("?tab=compare") == (Selection(tab="compare"), [])


def test_the_page_fills_the_tab(matched):
    app = create_app(matched.one, comparing=Comparing(Path(), lambda: matched.other))
    with app.server.test_request_context("/"):
        triggers = {"url.search": "url"}
        answer = callbacks.next_page(app.live.now, "?tab=compare", VIEWPORT, {}, None, triggers)
        parts = filled(answer)
        assert "Compare" in text(parts["tabs"])
        assert of_class(parts["tab_body"], "tab-compare")
        callbacks.as_sent(answer)
