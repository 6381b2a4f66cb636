import re

import pytest
from dash import html
from hypothesis import given
from hypothesis import strategies as st

from dashboard import query
from dashboard.app import story
from dashboard.app.site import Site
from dashboard.selection import Selection
from dashboard.stories import PLACEHOLDERS, Step, Story
from dashboard.views.asking import events as chosen
from tests.app.tree import having, links, of_class, said, text, texts, walk

pytestmark = pytest.mark.unit


def read(site, query_string):
    return story.contents(site, site.parse(query_string)[0])


def shape(part):
    """Write components as nested names and texts."""
    if isinstance(part, str):
        return part
    children = part.children if isinstance(part.children, list) else [part.children]
    return (type(part).__name__, *map(shape, children))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One.\n\nTwo.", [("P", "One."), ("P", "Two.")]),
        ("One\ntwo.", [("P", "One", " ", "two.")]),
        ("An *old* word.", [("P", "An ", ("Em", "old"), " word.")]),
        ("A **new** one.", [("P", "A ", ("Strong", "new"), " one.")]),
        ("**A *b* c**", [("P", ("Strong", "A ", ("Em", "b"), " c"))]),
        ("[Page](https://example.org/a)", [("P", ("A", "Page"))]),
        ("a & b < c", [("P", "a & b < c")]),
        ("", []),
    ],
)
def test_turns_markdown_into_components(markdown, expected):
    assert [shape(part) for part in story.paragraphs(markdown)] == expected


@pytest.mark.parametrize(("mark", "kind"), [("-", html.Ul), ("1.", html.Ol)])
def test_items_stand_in_a_list(mark, kind):
    found = story.paragraphs(f"Before.\n\n{mark} one\n{mark} *two*\n\nAfter.")
    assert [type(part) for part in found] == [html.P, kind, html.P]
    assert [shape(item) for item in walk(found) if isinstance(item, html.Li)] == [
        ("Li", "one"),
        ("Li", ("Em", "two")),
    ]


def test_a_quotation_is_no_item_of_a_list():
    found = story.paragraphs("> He said so.")
    assert texts(found, html.Li) == []
    assert text(found) == "He said so."


def test_a_link_to_the_web_opens_beside_and_one_to_the_page_does_not():
    outward, inward = (
        said(link, "target")
        for link in walk(story.paragraphs("[a](https://example.org/a) [b](?theatre=iraq)"))
        if isinstance(link, html.A)
    )
    assert (outward, inward) == ("_blank", None)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "/download/csv"])
def test_a_link_of_another_kind_is_no_link(href):
    assert links(story.paragraphs(f"[a]({href})")) == {}


def test_markup_stays_text():
    found = story.paragraphs("<script>alert(1)</script>\n\nA <b>bold</b> word.")
    assert text(found) == "<script>alert(1)</script>A <b>bold</b> word."


@pytest.mark.property
@given(st.text(st.sampled_from("ab *_[]()<>#-1.>\n"), max_size=40))
def test_any_text_becomes_known_components(markdown):
    kinds = {type(part).__name__ for part in walk(story.paragraphs(markdown))}
    assert kinds <= {"P", "Ul", "Ol", "Li", "A", "Em", "Strong", "Blockquote"}


@pytest.mark.parametrize(
    "query_string", ["", "?theatre=mozambique", "?from=2020-01-01&to=2021-12-31", "?q=zzz"]
)
def test_its_figures_are_the_totals(site, query_string):
    selection = site.parse(query_string)[0]
    totals = query.totals(chosen(site.dataset, selection))
    found = story.figures(site, selection)
    expected = {
        "events": totals.events,
        "killed": totals.killed.best,
        "killed_low": totals.killed.low,
        "killed_high": totals.killed.high,
        "killed_known": totals.killed.known,
        "wounded": totals.wounded.best,
        "displaced": totals.displaced,
        "places": totals.places,
    }
    # A sum that rests on no event is unknown, not zero.
    known = {
        **dict.fromkeys(("killed", "killed_low", "killed_high"), totals.killed.known),
        "wounded": totals.wounded.known,
        "displaced": totals.displaced_known,
    }
    assert {name: found[name] for name in expected} == {
        name: f"{number:,}" if known.get(name, 1) else "an unknown number"
        for name, number in expected.items()
    }


def test_counts_the_reports_of_the_window_and_of_the_time_before(site):
    found = story.figures(site, site.parse("?from=2021-01-01&to=2021-12-31")[0])
    assert (found["events"], found["reports"]) == ("3", "6")
    assert (found["events_before"], found["reports_before"]) == ("1", "1")
    assert found["before"] == "2 January – 31 December 2020"
    assert found["killed_before"] == "20"


@pytest.mark.parametrize(
    "query_string",
    [
        "?from=2021-01-01&to=2021-12-31",
        "?from=2021-01-01&to=2021-12-31&theatre=iraq",
        "?from=2014-06-06&to=2014-12-31",
        "?from=2030-01-01&to=2030-12-31",
    ],
)
def test_has_every_figure_that_a_step_may_name(site, query_string):
    found = story.figures(site, site.parse(query_string)[0])
    assert set(PLACEHOLDERS) <= set(found)
    assert not {"inf", "nan"} & set(re.findall(r"[a-z]+", " ".join(found.values())))


def test_is_empty_where_no_story_is_open(site):
    assert read(site, "") == read(site, "?story=gone") == []


def test_the_menu_starts_each_story(site):
    (item,) = story.menu(site)
    assert text(item) == "The northWhat the table holds of it."
    assert site.parse(said(item, "href"))[0] == site.step(site.stories["the-north"], 0)


def test_a_step_has_its_place_heading_and_figures(site):
    parts = read(site, site.step(site.stories["the-north"], 0).to_query())
    assert "The north · 1 of 2" in text(of_class(parts, "panel__steps"))
    assert texts(parts, html.H2) == ["Before and after"]
    written = text(of_class(parts, "story__text"))
    assert "has 3 events here and 107 dead." in written
    assert "6 reports" in written
    assert "2 places" in written


def test_the_steps_lead_to_one_another(site):
    found = site.stories["the-north"]
    first, second = (site.step(found, number).to_query() for number in (0, 1))
    turns = {
        query_string: of_class(read(site, query_string), "story__turn")
        for query_string in (first, second)
    }
    assert [(text(link), said(link, "href")) for link in turns[first]] == [("Next ›", second)]
    assert [(text(link), said(link, "href")) for link in turns[second]] == [("‹ Back", first)]
    assert said(turns[first][0], "data-key") == "ArrowRight"


def test_can_be_closed_with_the_selection_kept(site):
    (close,) = of_class(read(site, "?theatre=iraq&story=the-north"), "panel__close")
    assert said(close, "href") == "?theatre=iraq"


def test_a_step_beyond_the_last_is_the_last(site):
    parts = read(site, "?story=the-north&step=99")
    assert texts(parts, html.H2) == ["One event"]


def test_leads_back_to_what_the_step_shows(site):
    shown = site.step(site.stories["the-north"], 0)
    back = "Back to what this step shows"
    assert back not in links(read(site, shown.to_query()))
    assert back not in links(read(site, shown.with_(tab="trend").to_query()))
    away = shown.with_(types=("siege",))
    assert links(read(site, away.to_query()))[back] == shown.to_query()


def test_the_figures_stay_those_of_the_step(site):
    shown = site.step(site.stories["the-north"], 0)
    away = read(site, shown.with_(types=("bombing",)).to_query())
    assert "has 3 events here" in text(away)


def test_a_step_that_cannot_be_compared_is_still_shown(odd):
    step = Step("A", "?from=2014-06-06&to=2014-12-31", "There were {events_before} before.")
    site = Site(odd, {"early": Story("early", "Early", "x", (step,))})
    assert texts(story.contents(site, Selection(story="early")), html.H2) == ["A"]


def published(curated):
    return [
        (site, found, number)
        for site in [Site.of(curated)]
        for found in site.stories.values()
        for number in range(len(found.steps))
    ]


def test_every_published_step_is_written_out(curated):
    steps = published(curated)
    assert len({found.story_id for _, found, _ in steps}) >= 2
    for site, found, number in steps:
        parts = story.contents(site, site.step(found, number))
        assert texts(parts, html.H2) == [found.steps[number].heading]
        written = text(of_class(parts, "story__text"))
        assert written
        assert not re.search(r"[{}]|\b(inf|nan)\b", written), written


def test_every_link_of_a_published_step_is_understood(curated):
    for site, found, number in published(curated):
        assert site.parse(found.steps[number].query)[1] == []
        for link in having(story.contents(site, site.step(found, number)), "href"):
            href = said(link, "href")
            assert href.startswith(("https://", "http://")) or site.parse(href)[1] == [], href
