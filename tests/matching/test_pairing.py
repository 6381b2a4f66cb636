import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from dashboard.matching.pairing import Decisions, suggest
from tests.matching.tables import NORTH_9_KM, bombing, table

pytestmark = pytest.mark.unit

EXACT, NEAR, FAR = "2016-05-03-exact", "2016-05-03-near", "2016-06-03-far"


@pytest.fixture
def one(tmp_path):
    return table(tmp_path / "a", bombing())


@pytest.fixture
def other(tmp_path):
    return table(tmp_path / "b", bombing(EXACT), bombing(NEAR, **NORTH_9_KM), bombing(FAR))


def named(pairs, one, other):
    return [
        (one.events["event_id"][a], other.events["event_id"][b], decision)
        for a, b, decision in zip(pairs["a"], pairs["b"], pairs["decision"], strict=True)
    ]


def test_suggests_the_likeliest(one, other):
    pairs = suggest(one, other)
    assert named(pairs, one, other) == [("2016-05-03-mosul", EXACT, "")]
    assert pairs["days"][0] == 0.0
    assert pairs["km"][0] == pytest.approx(0.0)
    assert pairs["cast"][0] == pytest.approx(1.0)


def test_suggests_nothing_where_nothing_is_near(one, tmp_path):
    far = table(tmp_path / "far", bombing(FAR))
    assert suggest(one, far).empty


def test_puts_no_event_into_two_pairs(curated):
    pairs = suggest(curated, curated)
    assert pairs["a"].is_unique
    assert pairs["b"].is_unique
    assert (pairs["a"] == pairs["b"]).mean() > 0.98


def test_gives_up_the_likeliest_pair_where_two_pairs_are_likelier_together(tmp_path):
    # Both of A would rather have the exact one; only the first has anyone else.
    one = table(
        tmp_path / "a",
        bombing("2016-05-03-a1", **NORTH_9_KM),
        bombing("2016-05-03-a2", latitude_deg="36.25"),
    )
    other = table(
        tmp_path / "b", bombing(EXACT), bombing(NEAR, latitude_deg="36.53", longitude_deg="43.13")
    )
    found = named(suggest(one, other, at_least=0.1), one, other)
    assert set(found) == {("2016-05-03-a1", NEAR, ""), ("2016-05-03-a2", EXACT, "")}


def test_does_not_suggest_again_what_is_refused(one, other):
    said = Decisions(refused=(("2016-05-03-mosul", EXACT),))
    found = named(suggest(one, other, said, at_least=0.1), one, other)
    assert found == [("2016-05-03-mosul", NEAR, ""), ("2016-05-03-mosul", EXACT, "no")]


def test_keeps_what_is_confirmed_however_unlikely(one, other):
    said = Decisions(confirmed=(("2016-05-03-mosul", FAR),))
    assert named(suggest(one, other, said), one, other) == [("2016-05-03-mosul", FAR, "yes")]


def test_keeps_the_decisions_on_events_that_both_tables_have(one, other):
    mosul = "2016-05-03-mosul"
    said = Decisions(((mosul, EXACT), ("gone", NEAR)), ((mosul, NEAR), (mosul, "gone")))
    assert said.among(one, other) == Decisions(((mosul, EXACT),), ((mosul, NEAR),))


def test_changes_neither_table(one, other):
    before = one.events.copy(), other.events.copy()
    suggest(one, other)
    assert one.events.equals(before[0])
    assert other.events.equals(before[1])


def test_gives_the_same_pairs_the_other_way_round(curated):
    later = curated.events.assign(
        event_id=[f"x-{number}" for number in range(len(curated.events))]
    ).iloc[::2]
    copy = replace(curated, events=later.reset_index(drop=True))
    there = suggest(curated, copy)
    back = suggest(copy, curated)
    assert len(there) >= 0.98 * copy.events["latitude_deg"].notna().sum()  # no place, no pair
    assert set(zip(there["a"], there["b"], strict=True)) == set(
        zip(back["b"], back["a"], strict=True)
    )


def test_stays_small_where_all_events_are_alike(tmp_path):
    ours = table(tmp_path / "a", *(bombing(f"2016-05-03-a{i}") for i in range(100)))
    many = 20_000
    rows = ours.events.iloc[np.zeros(many, dtype=int)]
    theirs = replace(ours, events=rows.assign(event_id=np.arange(many).astype(str)))
    tracemalloc.start()
    try:
        pairs = suggest(ours, theirs)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Two million pairs are near enough; all at once, with what is measured, they take over 200 MB.
    assert peak < 120e6
    assert len(pairs) == 20  # the best rivals of each of A are the same twenty of B
