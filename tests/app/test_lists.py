import pytest

from dashboard.app import gestures, ids, lists
from dashboard.selection import Selection
from dashboard.views import spots
from tests.app.tree import links, of_class, text

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("name", ["odd", "curated"])
def test_a_mark_of_several_events_opens_the_list_of_just_these(request, name):
    dataset = request.getfixturevalue(name)
    marks = spots.place_rows(dataset, Selection())
    several = marks[marks["events"] > 1]
    assert len(several) > 0
    for mark in several.itertuples():
        wish = {"gesture": {"open": mark.key}}
        selection, _ = gestures.follow(dataset, Selection(), wish, {f"{ids.WISH}.data": ids.WISH})
        parts = lists.of_place(dataset, Selection.from_query(selection.to_query()))
        assert text(of_class(parts, "panel__position")) == f"{mark.events} events", mark.key


def test_an_event_of_a_list_opens_in_the_same_selection(odd):
    selection = Selection(theatres=("mozambique",), at=(-10.5, 40.2))
    (events,) = of_class(lists.of_place(odd, selection), "events")
    for href in links(events).values():
        assert Selection.from_query(href).theatres == ("mozambique",)


def test_the_list_of_a_place_says_which_of_its_events_are_not_known_to_be_there(curated):
    marks = spots.place_rows(curated, Selection())
    [raqqa] = marks[marks["hover"].str.contains("7 events at Raqqa")].to_dict("records")
    assert (raqqa["is_exact"], raqqa["vague"]) == (True, 2)
    assert "2 of 7 known to the province or country only" in raqqa["hover"]
    at = (raqqa["latitude_deg"], raqqa["longitude_deg"])
    notes = of_class(lists.of_place(curated, Selection(at=at)), "reports__note")
    endings = [text(note).rpartition(" · ")[2] for note in notes]
    said = ["known to the country only", "known to the province only"]
    assert [ending for ending in endings if ending.startswith("known")] == said


def test_other_lists_say_nothing_of_places(curated):
    assert "known to the" not in text(lists.deadliest_first(curated, Selection()))
