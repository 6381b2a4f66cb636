import datetime
import re

import pytest
from dash import html
from hypothesis import assume, given, settings

from dashboard import comparison, wording
from dashboard.app import status
from dashboard.dataset import load
from dashboard.engine import open_events
from dashboard.selection import FILTER_FIELDS, Selection
from dashboard.views.chosen import ids as chosen_ids
from tests import package
from tests.app.tree import having, links, of_class, said, text, texts
from tests.strategies import selections

pytestmark = pytest.mark.unit


def read(dataset, href):
    return Selection.from_query(href, {**dataset.vocabulary, "event": None})


def figures(dataset, selection):
    """Return the value and the notes under each name."""
    found = {}
    for part in of_class(status.numbers(dataset, selection), "number"):
        name, value = text(of_class(part, "number__name")), text(of_class(part, "number__value"))
        found[name] = (value, [text(note) for note in of_class(part, "number__note")])
    return found


def window(first, last):
    return Selection(
        from_date=datetime.date.fromisoformat(first), to_date=datetime.date.fromisoformat(last)
    )


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), "Showing 12 of 12 events"),
        (Selection(theatres=("iraq",)), "Showing 2 of 12 events"),
        (Selection(q="no such words"), "Showing 0 of 12 events"),
    ],
)
def test_says_how_many_events_are_shown(odd, selection, expected):
    assert status.showing(odd, selection) == expected
    assert text(status.line(odd, selection, expected)).startswith(expected)


@pytest.mark.property
@settings(max_examples=30)
@given(selections())
def test_each_pill_removes_its_filter_and_no_other(odd, selection):
    found = [part for part in status.pills(odd, selection) if said(part, "className") == "pill"]
    removed = []
    for pill in found:
        after = read(odd, said(pill, "href"))
        gone = {name for name in FILTER_FIELDS if getattr(after, name) != getattr(selection, name)}
        assert all(getattr(after, name) == getattr(Selection(), name) for name in gone)
        removed += [gone]
        assert said(pill, "aria-label") == f"Remove filter: {text(pill)}"
    every = {
        name for name in FILTER_FIELDS if getattr(selection, name) != getattr(Selection(), name)
    }
    assert set().union(*removed) == every
    assert sum(map(len, removed)) == len(every)


@pytest.mark.property
@settings(max_examples=20)
@given(selections())
def test_the_reset_clears_all_filters_and_keeps_the_look(odd, selection):
    found = links(status.pills(odd, selection))
    assert ("Reset" in found) == selection.is_limited
    if selection.is_limited:
        kept = {
            name: getattr(selection, name)
            for name in Selection.__dataclass_fields__
            if name not in FILTER_FIELDS
        }
        assert read(odd, found["Reset"]) == Selection(**kept)


def test_countries_outside_every_theatre_have_a_pill(odd):
    selection = Selection(theatres=("elsewhere", "iraq"))
    assert "Elsewhere" in text(status.pills(odd, selection))


def test_counts_the_chosen_events(odd):
    found = figures(odd, Selection(theatres=("mozambique",)))
    assert found["Events"][0] == "5"
    assert found["Killed, best estimate"] == (
        "114",
        ["70–1,039 over all sources; known for 3 of 5 events"],
    )
    assert found["Wounded"] == ("2", ["known for 1 of 5 events"])
    assert found["Displaced"] == ("64,705", ["known for 1 event"])
    assert found["Places"][0] == "3"


def test_an_unknown_sum_is_not_zero(odd):
    found = figures(odd, Selection(q="coalition meet"))
    for name in ("Killed, best estimate", "Wounded", "Displaced"):
        assert found[name][0] == "unknown", name
    assert found["Killed, best estimate"][1] == ["no source gives a number"]


def test_a_known_toll_of_none_is_zero(odd):
    assert figures(odd, Selection(theatres=("syria",)))["Killed, best estimate"] == (
        "0",
        ["0 over all sources; known for 1 of 1 event"],
    )


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (Selection(), "2 events have no place"),
        (Selection(theatres=("mozambique",)), "1 event has no place"),
        (Selection(theatres=("iraq",)), "every event has a place"),
    ],
)
def test_says_how_many_events_have_no_place(odd, selection, words):
    assert figures(odd, selection)["Places"][1] == [words]


def test_events_without_a_place_are_a_click_away(odd):
    (link,) = having(status.numbers(odd, Selection(event="2021-03-24-palma")), "data-scroll")
    assert said(link, "href") == "?"


def test_an_empty_selection_offers_what_to_give_up(odd):
    selection = Selection(theatres=("iraq",), types=("siege",), tab="trend")
    found = links(status.numbers(odd, selection))
    assert list(found) == ["2 events without “siege”", "1 event without “Iraq”"]
    for words, href in found.items():
        after = read(odd, href)
        promised = int(re.match(r"([\d,]+) event", words)[1].replace(",", ""))
        assert promised == len(chosen_ids(odd, after)) > 0
        assert after.tab == "trend"


@pytest.mark.property
@settings(max_examples=15)
@given(selections())
def test_every_offer_keeps_its_promise_the_largest_first(odd, selection):
    assume(not chosen_ids(odd, selection))
    promised = []
    for words, href in links(status.numbers(odd, selection)).items():
        promised.append(int(words.split()[0].replace(",", "")))
        assert len(chosen_ids(odd, read(odd, href))) == promised[-1] > 0
    assert promised == sorted(promised, reverse=True) != []


def test_where_no_single_filter_helps_all_are_offered(odd):
    found = links(status.numbers(odd, Selection(q="no such words", killed_min=10**6)))
    assert found == {"12 events without “all filters”": "?"}


def test_a_window_is_compared_with_the_time_before(odd):
    selection = window("2021-01-01", "2021-12-31")
    compared = comparison.compare(open_events(odd), selection)
    value, notes = figures(odd, selection)["Events"]
    assert value == "3"
    assert notes == [f"{comparison.brief(compared)}; a curated table, not a census"]
    (change,) = of_class(status.numbers(odd, selection), "number__change")
    assert comparison.sentence(compared) in said(change, "title")
    assert comparison.METHOD in said(change, "title")


def test_the_dead_are_compared_without_an_interval(odd):
    notes = figures(odd, window("2021-01-01", "2021-12-31"))["Killed, best estimate"][1]
    assert notes[1] == "11× the time before, no interval: deaths come in clusters"


def test_without_a_window_it_says_why_nothing_is_compared(odd):
    notes = having(status.numbers(odd, Selection()), "title")
    reason = comparison.obstacle(open_events(odd), Selection())
    assert [said(note, "title") for note in notes] == [reason]


def test_says_nothing_of_filters_where_none_is_set(odd):
    assert status.pills(odd, Selection(tab="trend", event="2021-03-24-palma")) == []


def test_writes_counts_as_newspapers_do(odd):
    assert figures(odd, Selection())["Killed, best estimate"][0] == "1,686"
    assert texts(status.line(odd, Selection(), "x"), html.Strong) == ["x"]
    assert wording.plural(1, "event") == "1 event"


def test_says_how_many_of_the_events_have_no_date(tmp_path):
    rows = [package.event("2014-06-06-a"), package.event("2014-06-06-b", date_precision="unknown")]
    reports = [package.report(row["event_id"]) for row in rows]
    dataset = load(package.write(tmp_path, events=rows, reports=reports))
    _, notes = figures(dataset, Selection())["Events"]
    assert notes[-1] == "1 event has no date: on the map, on no timeline"
