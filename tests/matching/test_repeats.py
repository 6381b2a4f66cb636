import csv
import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.checks.distance import distance_km
from dashboard.matching import repeats as module
from dashboard.matching.repeats import UNLISTED, repeats
from tests.matching.tables import NORTH_9_KM, bombing, table
from tests.package import placed, toll

FIRST = "2016-05-03-mosul"


def pairs(found):
    columns = ("event_id", "other_id", "is_equal")
    return list(zip(*(found.pairs[name] for name in columns), strict=True))


@pytest.fixture
def found(tmp_path):
    """Return a function that looks for repeats among an attack at Mosul and other events."""

    def look(*events):
        return repeats(table(tmp_path, bombing(), *events))

    return look


@pytest.mark.unit
def test_names_an_event_of_the_same_actors_and_dead_near_in_days_and_place(found):
    near = found(bombing("2016-05-06-near", **placed("36.78", "43.13")))
    assert pairs(near) == [(FIRST, "2016-05-06-near", False)]
    assert near.pairs["days"][0] == 3
    assert near.pairs["km"][0] == pytest.approx(48.9, abs=0.1)
    assert near.pairs["killed"][0] == 10
    assert near.sentence == (
        "Perhaps told twice, and all loaded: 1 pair of events with the same actors and as many"
        " dead, within 3 days and 50 km."
    )


@pytest.mark.unit
@pytest.mark.parametrize(
    ("event_id", "cells"),
    [
        ("2016-05-07-later", {}),
        ("2016-05-03-far", placed("36.8", "43.13")),
        ("2016-05-03-toll", toll("8", "11", "12")),
        ("2016-05-03-actors", {"initiators": "gunmen"}),
        ("2016-05-03-targets", {"targets": "civilians;iraqi-army"}),
        ("2016-05-03-unplaced", placed("", "", "")),
    ],
)
def test_names_none_that_differs_or_lies_farther(found, event_id, cells):
    assert not found(bombing(event_id, **cells)).sentence


@pytest.mark.unit
def test_an_unknown_toll_and_none_dead_are_alike_to_nothing(tmp_path):
    for cells in (toll("", "", ""), toll("0", "0", "0")):
        events = (bombing(f"2016-05-03-{name}", title=name, **cells) for name in "ab")
        assert not repeats(table(tmp_path, *events)).sentence


@pytest.mark.unit
def test_equal_records_are_named_whatever_their_toll_and_before_the_others(tmp_path):
    same = {"title": "Bombing", "place": "Tikrit", **placed("34.6", "43.68"), **toll("", "", "")}
    rows = [bombing(f"2016-05-03-{name}", **same) for name in "abc"]
    rows += [bombing(), bombing("2016-05-04-near", **NORTH_9_KM)]
    twice = repeats(table(tmp_path, *rows))
    assert pairs(twice) == [
        ("2016-05-03-a", "2016-05-03-b", True),
        ("2016-05-03-b", "2016-05-03-c", True),
        (FIRST, "2016-05-04-near", False),
    ]
    assert "2 pairs of events that agree in all but the id; 1 pair of events with" in twice.sentence


@pytest.mark.unit
def test_a_pair_that_is_equal_is_named_once(tmp_path):
    rows = [bombing(f"2016-05-03-{name}", title="Bombing") for name in "ab"]
    assert pairs(repeats(table(tmp_path, *rows))) == [("2016-05-03-a", "2016-05-03-b", True)]


@pytest.mark.unit
def test_an_event_without_a_date_is_near_nothing(tmp_path):
    undated = [bombing(f"2016-05-03-{name}", date_precision="unknown") for name in "abc"]
    undated[2]["title"] = "Another"
    twice = repeats(table(tmp_path, *undated, bombing("2016-05-03-dated")))
    assert not twice.pairs["is_equal"].eq(False).any()


@pytest.mark.unit
def test_of_a_crowded_table_the_deadliest_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_PAIRS", 3)
    few = [bombing(f"2016-05-03-few-{number}", **toll("1", "1", "1")) for number in range(4)]
    many = [bombing(f"2016-05-03-many-{number}") for number in range(3)]
    crowded = repeats(table(tmp_path, *few, *many))
    assert len(crowded.pairs) == 3
    assert set(crowded.pairs["killed"]) == {10}
    assert "as many dead, 2 or more, within" in crowded.sentence
    more = [bombing(f"2016-05-03-more-{number}") for number in range(3)]
    too_many = repeats(table(tmp_path, *few, *many, *more))
    assert too_many.least_dead == UNLISTED
    assert too_many.pairs.empty
    assert "too many with the same actors and as many dead" in too_many.sentence


@pytest.mark.unit
def test_of_very_many_equal_records_the_deadliest_are_listed_and_all_are_counted(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(module, "MOST_PAIRS", 1)
    rows = [
        bombing(f"{day}-{letter}", title="Bombing", **toll(dead, dead, dead))
        for day, dead in (("2016-05-03", "2"), ("2017-05-03", "30"), ("2018-05-03", ""))
        for letter in "ab"
    ]
    many = repeats(table(tmp_path, *rows))
    assert pairs(many) == [("2017-05-03-a", "2017-05-03-b", True)]
    assert "3 pairs of events that agree in all but the id" in many.sentence


@pytest.mark.unit
def test_writes_the_pairs(found, tmp_path):
    path = tmp_path / "pairs.csv"
    assert found(bombing("2016-05-04-near", **NORTH_9_KM)).write(path) == 1
    with path.open(newline="") as file:
        assert list(csv.DictReader(file)) == [
            {
                "event_id": FIRST,
                "other_id": "2016-05-04-near",
                "days": "1.0",
                "km": "8.9",
                "killed": "10",
                "is_equal": "no",
            }
        ]


@pytest.mark.unit
def test_our_own_table_holds_no_equal_record(curated):
    assert not repeats(curated).pairs["is_equal"].any()


CELLS = st.fixed_dictionaries(
    {
        "day": st.sampled_from(["2016-05-01", "2016-05-03", "2016-05-04", "2016-05-08"]),
        "where": st.sampled_from([placed("36", "43"), placed("36.4", "43"), placed("36", "43.6")]),
        "dead": st.sampled_from([toll("", "", ""), toll("0", "0", "0"), toll("4", "5", "9")]),
        "targets": st.sampled_from(["civilians", "sdf"]),
        "title": st.sampled_from(["A", "B"]),
    }
)


def plainly(events):
    """Go through all pairs: equal ones, and those near each other with the same actors and dead."""
    for (_, one), (_, other) in itertools.combinations(events.iterrows(), 2):
        cells = one.drop("event_id"), other.drop("event_id")
        points = [(row["latitude_deg"], row["longitude_deg"]) for row in (one, other)]
        days = abs((one["start_date"] - other["start_date"]).days)
        same = all(one[name] == other[name] for name in ("initiators", "targets"))
        dead = [row["killed_best"] for row in (one, other)]
        alike = same and not any(pd.isna(number) for number in dead) and dead[0] == dead[1] > 0
        is_equal = cells[0].equals(cells[1])
        if is_equal or (alike and days <= 3 and distance_km(*points) <= 50):
            yield one["event_id"], other["event_id"], is_equal


@pytest.mark.property
@settings(max_examples=60)
@given(rows=st.lists(CELLS, min_size=2, max_size=7))
def test_finds_what_a_plain_reading_of_all_pairs_finds(tmp_path_factory, rows):
    events = [
        bombing(
            f"{row['day']}-{number}",
            targets=row["targets"],
            title=row["title"],
            **row["where"],
            **row["dead"],
        )
        for number, row in enumerate(rows)
    ]
    dataset = table(tmp_path_factory.mktemp("any"), *events)
    found = set(pairs(repeats(dataset)))
    wanted = set(plainly(dataset.events))
    # Of three equal records the first and the last are told by the one between them.
    assert {pair for pair in wanted if not pair[2]} == {pair for pair in found if not pair[2]}
    assert {pair for pair in found if pair[2]} <= wanted
    told = {event for pair in found if pair[2] for event in pair[:2]}
    assert told == {event for pair in wanted if pair[2] for event in pair[:2]}
