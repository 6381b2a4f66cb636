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
