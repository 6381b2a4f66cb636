import numpy as np
import pytest

from dashboard.matching import candidates as module
from dashboard.matching.candidates import candidates
from dashboard.matching.side import side
from tests.matching.tables import bombing, perturbed, table
from tests.package import placed

pytestmark = pytest.mark.unit

NOWHERE = {"latitude_deg": "", "longitude_deg": "", "geo_precision": ""}


def found(one, other):
    return {
        (int(a), int(b))
        for pairs in candidates(one, other)
        for a, b in zip(pairs.one, pairs.other, strict=True)
    }


@pytest.fixture
def is_candidate(tmp_path):
    def ask(ours, theirs):
        one = side(table(tmp_path / "a", bombing(**ours)))
        other = side(table(tmp_path / "b", bombing(**theirs)))
        return found(one, other) == {(0, 0)}

    return ask


# 36.34 north is Mosul; a degree is 111 km.
@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ({}, {}, True),
        ({}, placed("36.55", "43.13"), True),  # 23 km, places within 5 km each
        ({}, placed("36.65", "43.13"), False),  # 34 km
        ({}, placed("36.65", "43.13", "district"), True),
        ({}, {"start_date": "2016-05-06", "end_date": "2016-05-06"}, True),
        ({}, {"start_date": "2016-05-07", "end_date": "2016-05-07"}, False),
        (
            {"date_precision": "week"},
            {"start_date": "2016-05-09", "end_date": "2016-05-09"},
            True,
        ),
        (
            {"date_precision": "month"},
            {"start_date": "2016-05-28", "end_date": "2016-05-28"},
            True,
        ),
        ({"start_date": "2016-02-01", "end_date": "2016-05-02"}, {}, True),
        ({}, NOWHERE, True),
        (NOWHERE, NOWHERE, True),
        (NOWHERE, {"country_code": "SYR"}, False),
        ({}, {"country_code": "SYR"}, True),  # borders move, places do not
    ],
)
def test_keeps_what_precision_allows(is_candidate, ours, theirs, expected):
    assert is_candidate(ours, theirs) is expected


def all_pairs(one, other):
    here, there = (grid.ravel() for grid in np.indices((len(one), len(other))))
    pairs = module._near_enough(module.measured(one, other, here, there), one, other)
    return {(int(a), int(b)) for a, b in zip(pairs.one, pairs.other, strict=True)}


@pytest.mark.parametrize("at_a_time", [400_000, 50])
def test_finds_what_comparing_all_pairs_finds(curated, monkeypatch, at_a_time):
    monkeypatch.setattr(module, "PAIRS_AT_A_TIME", at_a_time)
    copy, _ = perturbed(curated, 3)
    one, other = side(curated), side(copy)
    expected = all_pairs(one, other)
    assert len(expected) > 500
    assert found(one, other) == expected
    assert found(other, one) == {(b, a) for a, b in expected}


def test_gives_no_more_than_so_many_at_a_time(curated, monkeypatch):
    monkeypatch.setattr(module, "PAIRS_AT_A_TIME", 200)
    one = side(curated)
    assert max(len(pairs) for pairs in candidates(one, one)) <= 200


def test_measures_days_and_kilometres(tmp_path):
    one = side(table(tmp_path / "a", bombing()))
    later = {"start_date": "2016-05-05", "end_date": "2016-05-05"}
    other = side(table(tmp_path / "b", bombing(**later, **placed("36.44", "43.13"))))
    (pairs,) = candidates(one, other)
    assert pairs.days.tolist() == [2.0]
    assert pairs.km == pytest.approx([11.12], abs=0.01)
