import pytest
from dash import dcc, html

from dashboard import comparison, downloads
from dashboard.app import layout, tabs
from dashboard.engine import open_events
from dashboard.figures.theme import Medium
from dashboard.schema import ATTRIBUTIONS, DATE_PRECISIONS, GEO_PRECISIONS, TYPE_GROUPS
from dashboard.selection import TABS, Selection
from tests.app.tree import having, of_class, said, text, texts, walk

pytestmark = pytest.mark.unit

MEDIUM = Medium("screen", 960, 0, 12, framed=False)


def body(dataset, **fields):
    return tabs.body(dataset, Selection(**fields), MEDIUM)


def graphs(part):
    return [said(graph, "id") for graph in walk(part) if isinstance(graph, dcc.Graph)]


def test_the_comparison_has_a_tab_only_beside_a_second_table():
    assert "Compare" not in text(layout.tab_links(Selection()))
    assert "Compare" in text(layout.tab_links(Selection(), is_compared=True))


def test_there_is_a_tab_for_each_word_of_a_link():
    assert tuple(layout.TABS) == TABS


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_has_something_to_say(odd, tab):
    part = body(odd, tab=tab)
    assert said(part, "className") == f"tab-{tab}"
    assert text(part)


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_stands_an_empty_selection(odd, tab):
    assert text(body(odd, tab=tab, q="zzz"))


@pytest.mark.parametrize("tab", ["trend", "actors", "sources"])
def test_a_figure_has_its_tab(odd, tab):
    assert graphs(body(odd, tab=tab)) == [f"graph-{tab}"]


@pytest.mark.parametrize("name", ["trend", "actors", "sources"])
def test_an_embedded_figure_needs_no_tab(odd, name):
    assert graphs(body(odd, embed=name)) == [f"graph-{name}"]


def test_the_links_of_the_tabs_keep_the_selection():
    found = layout.tab_links(Selection(theatres=("iraq",), tab="trend"))
    assert [said(link, "href") for link in found][:2] == [
        "?theatre=iraq",
        "?theatre=iraq&tab=trend",
    ]
    assert [text(link) for link in having(found, "aria-current", "true")] == ["Trend"]


def test_the_chosen_events_can_be_downloaded_in_every_form(odd):
    buttons = having(body(odd), "data-do", "fetch")
    assert [said(button, "data-path") for button in buttons] == [
        f"download/{form}" for form in downloads.FORMS
    ]


def test_the_selection_can_be_cited_without_how_it_is_shown(odd):
    (button,) = having(body(odd, theatres=("iraq",), colour="actor"), "data-do", "cite")
    assert said(button, "data-path") == "cite/plain?theatre=iraq"


def test_the_trend_says_what_changed(odd):
    selection = Selection.from_query("?from=2021-01-01&to=2021-12-31&tab=trend")
    compared = comparison.compare(open_events(odd), selection)
    written = texts(tabs.body(odd, selection, MEDIUM), html.P)
    assert comparison.sentence(compared) in written
    assert comparison.killed_sentence(compared) in written


def test_the_trend_compares_no_dead_where_no_event_is_compared(odd):
    selection = Selection.from_query("?theatre=mozambique&from=2021-04-01&to=2021-04-04&tab=trend")
    written = texts(tabs.body(odd, selection, MEDIUM), html.P)
    assert any("that began earlier left out), and none" in text for text in written)
    assert not any("killed against" in text for text in written)


def test_the_trend_says_why_nothing_is_compared(odd):
    reason = comparison.obstacle(open_events(odd), Selection())
    assert reason in texts(body(odd, tab="trend"), html.P)


def test_the_sources_are_counted_by_agency(odd):
    tables = {
        text(table.children[0]): [
            (text(row.children[0]), text(row.children[1]))
            for row in walk(table)
            if isinstance(row, html.Tr)
        ]
        for table in of_class(body(odd, tab="sources", theatres=("iraq",)), "small-table")
    }
    assert ("AFP", "2") in tables["Most quoted agencies and papers"]
    assert set(tables) == {
        "Events by independent sources",
        "Most quoted agencies and papers",
        "Pages by publisher",
        "Languages of the reports",
    }


def test_explains_every_word_of_the_table(odd):
    terms = texts(body(odd, tab="about"), html.Dt)
    for word in (*TYPE_GROUPS, *ATTRIBUTIONS, *DATE_PRECISIONS, *GEO_PRECISIONS):
        assert word.name in terms


def test_says_how_much_there_is_and_how_to_cite_it(odd):
    written = text(body(odd, tab="about"))
    for part in ("12 events", "6 June 2014 to 2 June 2022", odd.version, "CC BY 4.0"):
        assert part in written
    assert comparison.METHOD in written
