import dataclasses
import re

import pytest
from dash import dcc, html

from dashboard import dataset as packages
from dashboard.app import ids, panel
from dashboard.figures.theme import Medium
from dashboard.selection import Selection
from dashboard.views.chosen import ids as chosen_ids
from tests import package
from tests.app.table import FORMULA, HARBOUR, REEF, SCRIPT
from tests.app.tree import having, links, of_class, said, text, texts, walk

pytestmark = pytest.mark.unit

PALMA, MOSUL, SOLHAN = "2021-03-24-palma", "2014-06-06-mosul", "2021-06-04-solhan"
LONDON, CABO = "2015-01-22-london", "2021-03-01-cabo-delgado"
ALL = Selection()
MEDIUM = Medium("screen", 320, 0, 12, framed=False)


@pytest.fixture
def opened(odd):
    """Open an event in a selection."""

    def _opened(event_id, selection=ALL):
        return panel.contents(odd, selection.with_(event=event_id), MEDIUM)

    return _opened


def steps(parts):
    """Return where the arrows lead: previous and next event, None where there is none."""
    (bar,) = of_class(parts, "panel__steps")
    found = {said(part, "aria-label"): said(part, "href") for part in walk(bar)}
    return [
        href and Selection.from_query(href).event
        for href in (found.get("Previous event"), found.get("Next event"))
    ]


def test_shows_each_report_with_its_own_figure_and_link(opened, odd):
    rows = of_class(opened(SCRIPT), "reports__row")
    reports = odd.reports[odd.reports["event_id"] == SCRIPT]
    assert {said(having(row, "href")[0], "href") for row in rows} == set(reports["url"])
    assert [text(of_class(row, "reports__figure")) for row in rows] == ["5–9", "7"]
    assert [text(having(row, "href")) for row in rows] == ["Daily <News>", "Gazeti"]


def test_a_report_says_its_agency_day_language_scope_and_note(opened):
    first, second = (text(row) for row in of_class(opened(SCRIPT), "reports__row"))
    assert first == "5–9Daily <News>Hospital & <i>"
    assert second == "7Gazeti (AFP, Lusa) · 11 January 2022 · swCivilians: "


def test_a_report_without_a_figure_has_a_dash(opened):
    figures = [text(part) for part in of_class(opened(LONDON), "reports__figure")]
    assert figures == ["–"]


def test_a_report_with_one_end_of_a_range_is_shown(odd):
    reports = odd.reports.assign(
        killed_min=odd.reports["killed_min"].mask(odd.reports["killed_min"].notna())
    )
    table = dataclasses.replace(odd, reports=reports)
    parts = panel.contents(table, Selection(event=SCRIPT), MEDIUM)
    assert "9" in text(of_class(parts, "reports__figure"))


def test_the_largest_figure_comes_first_then_the_earliest_page(opened):
    assert texts(of_class(opened(MOSUL), "reports__row"), html.A)[0] == "Dawn"
    names = texts(of_class(opened(PALMA), "reports__row"), html.A)
    assert names == ["Lusa", "Club of Mozambique", "Reuters", "Zitamar"]


def test_counts_reports_and_independent_sources(opened):
    headings = [text(part) for part in of_class(opened(MOSUL), "panel__heading")]
    assert "3 reports, 2 independent" in headings


def test_links_lead_to_the_web_or_within_the_page_only(odd):
    for event_id in odd.events["event_id"]:
        for link in having(panel.contents(odd, Selection(event=event_id), MEDIUM), "href"):
            assert re.match(r"https?://|\?|cite/(plain|bibtex|ris)\?event=", said(link, "href"))


def test_a_link_of_another_kind_never_gets_into_the_table(tmp_path):
    report = package.report(LONDON) | {"url": "javascript:alert(1)"}
    rows = [row for row in package.SMALL["reports"] if row["event_id"] != LONDON]
    package.write(tmp_path, reports=[*rows, report])
    with pytest.raises(ValueError, match="is not a web address"):
        packages.load(tmp_path)


def test_a_link_to_the_web_opens_beside_and_tells_nothing(opened):
    outward = [link for link in having(opened(PALMA), "href") if said(link, "href")[:4] == "http"]
    assert len(outward) == 4
    for link in outward:
        assert said(link, "target") == "_blank"
        assert {"noopener", "noreferrer"} <= set(said(link, "rel").split())


def test_markup_in_the_table_stays_text(opened):
    parts = opened(SCRIPT)
    assert texts(of_class(parts, "panel__title"), html.H2) == ["<script>alert(1)</script>"]
    assert text(of_class(parts, "panel__summary")) == 'A "summary" with <b>markup</b> & more.'
    assert not any("dangerously" in str(part.to_plotly_json()) for part in walk(parts))
    assert not [part for part in walk(parts) if isinstance(part, dcc.Markdown)]


def test_says_when_and_where(opened):
    where = [text(part) for part in of_class(opened(PALMA), "panel__where")]
    assert where[0] == "24 March – 4 April 2021 · Palma, Mozambique"
    assert (
        text(of_class(opened(REEF), "panel__where")[0]) == "about 1 June 2022 · Reef, Philippines"
    )


def test_says_who_what_and_how_it_is_known(opened):
    tags = [text(part) for part in of_class(opened(PALMA), "tag")]
    assert tags == ["is-mozambique → civilians, mozambique-police", "Siege", "claimed"]


def test_says_the_toll_with_its_range(opened):
    assert text(of_class(opened(PALMA), "panel__toll")) == "Killed: 87 (55–1,000)"
    assert "2 wounded (1–3) · 64,705 displaced" in text(of_class(opened(PALMA), "panel__where"))
    assert text(of_class(opened(REEF), "panel__toll")) == "Killed: 1,234 (1,000–2,500)"


def test_a_known_toll_is_drawn_and_an_unknown_one_is_not(opened):
    (graph,) = [part for part in walk(opened(PALMA)) if isinstance(part, dcc.Graph)]
    assert said(graph, "figure")["data"]
    parts = opened(LONDON)
    assert not [part for part in walk(parts) if isinstance(part, dcc.Graph)]
    assert text(of_class(parts, "panel__toll")) == "Killed: unknown"


def test_says_in_words_what_is_uncertain(opened):
    def doubts(event_id):
        return texts(of_class(opened(event_id), "doubts"), html.Li)

    assert doubts(CABO) == [
        "Only the month is known.",
        "It has no place on the map.",
        "Who did it is only presumed.",
        "No source read gives a number of dead; that is not the same as none.",
        "All reports read go back to one source.",
    ]
    # One of its sources gives figures.
    assert doubts(MOSUL) == ["The toll is uncertain: the table gives 100 to 500."]
    # None of its reports gives a figure.
    assert doubts(PALMA) == ["The toll is uncertain: the table gives 55 to 1,000."]


@pytest.mark.parametrize(
    ("scope", "said_of_it"),
    [
        (
            "attackers",
            "Its reports count the initiators' own dead alone, whom the toll leaves out.",
        ),
        (
            "civilians",
            "Its reports give numbers of dead, but none is taken as the toll of this event.",
        ),
    ],
)
def test_denies_no_figure_that_stands_among_the_reports(small, scope, said_of_it):
    figures = {"killed_min": 13, "killed_max": 13, "scope": scope}
    reports = small.reports.assign(**figures).astype(small.reports.dtypes)
    table = dataclasses.replace(small, reports=reports)
    parts = panel.contents(table, Selection(event=CABO), MEDIUM)
    assert said_of_it in texts(of_class(parts, "doubts"), html.Li)


def test_has_no_list_of_doubts_where_nothing_is_uncertain(small):
    certain = small.events.assign(killed_low=87, killed_best=87, killed_high=87)
    table = dataclasses.replace(small, events=certain)
    parts = panel.contents(table, Selection(event=PALMA), MEDIUM)
    assert of_class(parts, "doubts") == []


def test_lists_what_happened_near_in_time_and_place(opened):
    (near,) = of_class(opened(SCRIPT), "events")
    assert links(near) == {'=HYPERLINK("https://example.org")': f"?event={FORMULA}"}


@pytest.mark.parametrize("event_id", [LONDON, SOLHAN, MOSUL])
def test_has_no_list_where_nothing_is_near(opened, event_id):
    parts = opened(event_id)
    assert of_class(parts, "events") == []
    assert "Near in time and place" not in text(parts)


def test_what_is_near_need_not_be_chosen_and_keeps_the_selection(opened):
    (near,) = of_class(opened(SCRIPT, Selection(types=("bombing",))), "events")
    assert list(links(near).values()) == [f"?type=bombing&event={FORMULA}"]


def test_can_be_cited_in_each_form(opened):
    found = links(opened(PALMA, Selection(theatres=("mozambique",), tab="trend")))
    for name, form in (("Text", "plain"), ("BibTeX", "bibtex"), ("RIS", "ris")):
        assert found[name] == f"cite/{form}?event={PALMA}"
    (button,) = having(opened(PALMA), "data-do", "cite")
    assert said(button, "data-path") == f"cite/plain?event={PALMA}"


@pytest.mark.parametrize("selection", [Selection(), Selection(theatres=("mozambique",))])
def test_the_arrows_go_through_the_selection_in_order(opened, odd, selection):
    order = chosen_ids(odd, selection)
    walked = [tuple(steps(opened(event_id, selection))) for event_id in order]
    assert walked == list(zip([None, *order[:-1]], [*order[1:], None], strict=True))


def test_says_where_the_event_stands_in_the_selection(opened):
    moz = Selection(theatres=("mozambique",))
    assert text(of_class(opened(PALMA, moz), "panel__position")) == "3 of 5"
    outside = opened(MOSUL, moz)
    assert text(of_class(outside, "panel__position")) == "not in the selection"
    assert steps(outside) == [None, None]


def test_can_be_closed_with_the_filters_kept(opened):
    (close,) = of_class(opened(PALMA, Selection(theatres=("mozambique",))), "panel__close")
    assert said(close, "href") == "?theatre=mozambique"
    assert said(close, "data-key") == "Escape"


def test_an_unknown_event_opens_the_invitation(opened):
    assert "The deadliest of these events" in text(opened("2020-01-01-nowhere"))


def test_offers_no_list_where_nothing_is_chosen(odd):
    parts = panel.contents(odd, Selection(q="nosuchword"), MEDIUM)
    assert of_class(parts, "events") == []
    assert "No event to open" in text(parts)


def test_invites_to_the_deadliest_first(odd):
    parts = panel.contents(odd, Selection(), MEDIUM)
    first = of_class(parts, "events")[0]
    assert next(iter(links(first).values())) == f"?event={REEF}"
    assert text(first).startswith(f"Event {REEF}about 1 June 2022 · 1,234 killed (1,000–2,500)")


def test_lists_the_events_without_a_place(odd):
    parts = panel.contents(odd, Selection(), MEDIUM)
    (heading,) = having(parts, "id", ids.UNPLACED)
    assert text(heading) == "2 events have no place on the map"
    assert set(links(of_class(parts, "events")[1]).values()) == {
        f"?event={LONDON}",
        f"?event={CABO}",
    }


def test_an_empty_selection_invites_to_nothing(odd):
    assert links(panel.contents(odd, Selection(q="zzz"), MEDIUM)) == {}


@pytest.mark.parametrize(
    ("at", "name", "events"),
    [
        ((-10.5, 40.2), "Fish & 'Chips'", [SCRIPT, FORMULA]),
        ((7.98765, 124.29321), "Reef", [REEF, HARBOUR]),
        ((0.0, 0.0), "This place", []),
    ],
)
def test_lists_the_events_of_a_place(odd, at, name, events):
    parts = panel.contents(odd, Selection(at=at), MEDIUM)
    assert texts(parts, html.H2) == [name]
    found = [Selection.from_query(href).event for href in links(of_class(parts, "events")).values()]
    assert found == events


def test_a_place_lists_only_the_chosen(odd):
    parts = panel.contents(odd, Selection(at=(-10.5, 40.2), types=("bombing",)), MEDIUM)
    assert len(links(of_class(parts, "events"))) == 1


def test_every_published_event_opens(curated):
    for event_id in curated.events["event_id"][::20]:
        parts = panel.contents(curated, Selection(event=event_id), MEDIUM)
        reports = curated.reports[curated.reports["event_id"] == event_id]
        assert len(of_class(parts, "reports__row")) == len(reports) > 0
