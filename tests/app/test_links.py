import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.app import links
from dashboard.selection import Selection
from tests.app.tree import said, text

pytestmark = pytest.mark.unit

ACTORS = st.lists(st.sampled_from("abcd"), unique=True, max_size=4).map(tuple)


def option(selection, members, count=2):
    return links.Options(selection, "actors").one(members, "Name", count)


@pytest.mark.parametrize(
    ("values", "members", "expected"),
    [
        ((), ("a",), {"a"}),
        (("a",), ("a",), set()),
        (("a", "b"), ("a",), {"b"}),
        (("a",), ("a", "b"), {"a", "b"}),
        (("a", "b", "c"), ("a", "b"), {"c"}),
    ],
)
def test_adds_members_or_removes_them_where_all_are_in(values, members, expected):
    assert set(links.toggled(values, members)) == expected


@pytest.mark.property
@given(ACTORS, ACTORS.filter(bool))
def test_two_clicks_leave_all_members_or_none(values, members):
    once = links.toggled(values, members)
    twice = links.toggled(once, members)
    assert set(once) - set(members) == set(twice) - set(members) == set(values) - set(members)
    assert {len(set(once) & set(members)), len(set(twice) & set(members))} == {0, len(set(members))}


@pytest.mark.parametrize(
    ("values", "state"),
    [((), "false"), (("a",), "mixed"), (("a", "b"), "true"), (("c",), "false")],
)
def test_an_option_says_whether_it_is_ticked(values, state):
    assert said(option(Selection(actors=values), ("a", "b")), "aria-checked") == state


def test_an_option_leads_to_the_toggled_filter_and_keeps_the_rest():
    start = Selection(actors=("c",), theatres=("iraq",), tab="trend")
    found = Selection.from_query(said(option(start, ("a", "b")), "href"))
    assert found == start.with_(actors=("a", "b", "c"))


def test_the_last_option_unticked_leads_to_the_bare_page():
    assert said(option(Selection(actors=("a",)), ("a",)), "href") == "?"


@pytest.mark.parametrize(
    ("count", "shown", "spoken"),
    [(0, "0", "Name, 0 events"), (1, "1", "Name, 1 event"), (1234, "1,234", "Name, 1,234 events")],
)
def test_an_option_shows_and_says_its_count(count, shown, spoken):
    found = option(Selection(), ("a",), count)
    assert (said(found, "data-count"), said(found, "aria-label")) == (shown, spoken)


def test_an_option_is_a_tick_box_with_its_name():
    found = links.Options(Selection(), "actors").one(
        ("a",), "Name", 1, look="sub", hint="Long name"
    )
    assert (text(found), said(found, "role"), said(found, "title")) == (
        "Name",
        "checkbox",
        "Long name",
    )
    assert said(found, "className") == "option sub"


@pytest.mark.parametrize(("is_on", "current", "look"), [(True, "true", 2), (False, None, 1)])
def test_a_choice_says_whether_it_is_in_force(is_on, current, look):
    found = links.choice("Name", "?tab=trend", is_on=is_on)
    assert said(found, "aria-current") == current
    assert len(said(found, "className").split()) == look


def test_an_address_is_the_canonical_link():
    selection = Selection(from_date=datetime.date(2021, 3, 1))
    assert links.href(selection, theatres=("syria", "iraq")) == (
        "?theatre=iraq,syria&from=2021-03-01"
    )
