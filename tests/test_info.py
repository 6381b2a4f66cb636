import json

import pytest
from hypothesis import given

from dashboard.info import info
from dashboard.selection import Selection
from tests.strategies import filters

SOME_ACTORS = ("is", "is-mozambique", "civilians")


@pytest.mark.unit
def test_counts_the_whole_table(small):
    assert info(small, Selection()) == {
        "version": small.version,
        "events": 8,
        "selected": 8,
        "killed": {"low": 297, "best": 445, "high": 1690, "known": 5},
        "wounded": {"low": 41, "best": 42, "high": 43, "known": 2},
        "displaced": 564705,
        "displaced_known": 2,
        "by_theatre": {"iraq": 2, "syria": 1, "mozambique": 3, "sahel": 1, "elsewhere": 1},
        "by_month": {
            "2014-06": 1,
            "2014-08": 1,
            "2015-01": 1,
            "2019-03": 1,
            "2020-03": 1,
            "2021-03": 2,
            "2021-06": 1,
        },
        "unplaced": 2,
    }


@pytest.mark.unit
def test_counts_what_a_search_finds(small):
    assert info(small, Selection(q="siege palma"))["selected"] == 1


@pytest.mark.unit
def test_counts_a_selection_and_an_event_in_the_month_of_its_first_day(small):
    selection = Selection.from_query("theatre=mozambique&from=2021-04-01&to=2021-04-30")
    assert info(small, selection) == {
        "version": small.version,
        "events": 8,
        "selected": 2,
        "killed": {"low": 55, "best": 87, "high": 1000, "known": 1},
        "wounded": {"low": 1, "best": 2, "high": 3, "known": 1},
        "displaced": 64705,
        "displaced_known": 1,
        "by_theatre": {"mozambique": 2},
        "by_month": {"2021-03": 2},
        "unplaced": 1,
    }


@pytest.mark.unit
def test_counts_nothing(small):
    assert info(small, Selection(q="nothing like this")) == {
        "version": small.version,
        "events": 8,
        "selected": 0,
        "killed": {"low": None, "best": None, "high": None, "known": 0},
        "wounded": {"low": None, "best": None, "high": None, "known": 0},
        "displaced": None,
        "displaced_known": 0,
        "by_theatre": {},
        "by_month": {},
        "unplaced": 0,
    }


@pytest.mark.unit
def test_lanes_and_months_stand_in_their_order(small):
    facts = info(small, Selection())
    assert list(facts["by_theatre"]) == ["iraq", "syria", "mozambique", "sahel", "elsewhere"]
    assert list(facts["by_month"]) == sorted(facts["by_month"])


@pytest.mark.property
@given(selection=filters(SOME_ACTORS))
def test_every_selected_event_is_counted_once_and_all_is_json(small, selection):
    facts = info(small, selection)
    assert sum(facts["by_theatre"].values()) == facts["selected"]
    assert sum(facts["by_month"].values()) == facts["selected"]
    assert facts["unplaced"] <= facts["selected"] <= facts["events"]
    assert json.loads(json.dumps(facts)) == facts
