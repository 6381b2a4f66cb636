import numpy as np
import pytest

from dashboard.matching import parties, scoring
from dashboard.matching.candidates import measured
from dashboard.matching.side import side
from tests.matching.tables import NORTH_9_KM, bombing, table
from tests.package import toll

pytestmark = pytest.mark.unit

NO_TOLL = {"killed_low": "", "killed_best": "", "killed_high": ""}


@pytest.fixture
def score(tmp_path):
    def ask(theirs, ours=None):
        one, other = (
            table(tmp_path / "a", bombing(**(ours or {}))),
            table(tmp_path / "b", bombing(**theirs)),
        )
        alike = parties.likeness(one.actors, other.actors)
        a, b = side(one), side(other)
        first = np.array([0])
        return float(scoring.score(measured(a, b, first, first), a, b, alike)[0])

    return ask


@pytest.mark.parametrize(
    "worse",
    [
        {"start_date": "2016-05-04", "end_date": "2016-05-04"},
        NORTH_9_KM,
        {"end_date": "2016-05-20"},
        {"initiators": "sdf"},
        toll("30", "40", "50"),
        NO_TOLL,
    ],
)
def test_falls_with_each_difference(score, worse):
    assert score({}) > score(worse) > 0.0


def test_says_more_where_many_died(score):
    many = toll("80", "100", "120")
    assert score(many, many) > score({}) > score(toll("1", "1", "1"), toll("1", "1", "1"))


def test_takes_ranges_that_overlap_for_no_gap(score):
    assert score(toll("10", "10", "90")) == pytest.approx(score(toll("11", "11", "90")), rel=0.01)
    assert score(toll("60", "70", "90")) < score(toll("12", "70", "90"))


def test_lets_an_unknown_toll_speak_neither_way(score):
    assert score(NO_TOLL) == pytest.approx(score(toll("0", "0", "0"), toll("0", "0", "0")))


def test_turns_a_score_into_odds_and_back():
    scores = np.array([0.1, 0.5, 0.9])
    assert 1 / (1 + np.exp(-scoring.odds_of(scores))) == pytest.approx(scores)
    assert np.isfinite(scoring.odds_of(np.array([0.0, 1.0]))).all()
