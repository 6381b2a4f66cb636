import numpy as np
import pandas as pd
import pytest

from dashboard.matching import parties
from tests.package import actor, event

pytestmark = pytest.mark.unit

OURS = pd.DataFrame(
    [
        actor("is", "is_network", name="Islamic State", aliases="ISIS;Daesh"),
        actor("iraq-army", "state_forces", country_code="IRQ"),
        actor("mahdi-army", "other_armed_groups"),
    ]
)
THEIRS = pd.DataFrame(
    [
        actor("isil", "is_network", name="DAESH"),
        actor("iswap", "is_network"),
        actor("government-of-iraq", "governments", country_code="IRQ"),
        actor("government-of-iran", "governments", country_code="IRN"),
        actor("other-militia", "other_armed_groups"),
    ]
)


@pytest.fixture(scope="module")
def alike():
    return parties.likeness(OURS, THEIRS)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("is", "isil", 1.0),  # by an alias, whatever its case
        ("is", "iswap", 0.5),  # the same family
        ("iraq-army", "government-of-iraq", 0.8),  # the same state
        ("iraq-army", "government-of-iran", 0.0),
        ("mahdi-army", "other-militia", 0.0),  # a family of all others says nothing
    ],
)
def test_tells_the_same_actor_by_name_state_and_family(alike, ours, theirs, expected):
    row = list(OURS["actor_id"]).index(ours)
    column = list(THEIRS["actor_id"]).index(theirs)
    assert alike[row, column] == pytest.approx(expected)


def test_is_like_nobody_where_nobody_is_named(alike):
    assert alike.shape == (len(OURS) + 1, len(THEIRS) + 1)
    assert alike[-1].max() == 0.0
    assert alike[:, -1].max() == 0.0


def casts(actors, *sides):
    rows = [event(f"2015-01-0{i + 1}-x", initiators=a, targets=b) for i, (a, b) in enumerate(sides)]
    found, which = parties.sides(pd.DataFrame(rows), actors)
    return found[which]


def test_agrees_wholly_whoever_began(alike):
    ours = casts(OURS, ("is", "iraq-army"))
    theirs = casts(THEIRS, ("government-of-iraq", "isil"))
    assert parties.agreement(ours, theirs, alike) == pytest.approx([(1 + 0.8) / 2])


def test_agrees_by_the_mean_over_both_casts(alike):
    ours = casts(OURS, ("is", "iraq-army;mahdi-army"))
    theirs = casts(THEIRS, ("isil", "other-militia"))
    # is with isil both ways; iraq-army, mahdi-army and other-militia with nobody.
    assert parties.agreement(ours, theirs, alike) == pytest.approx([2 / 5])


def test_does_not_know_where_a_cast_is_empty(alike):
    ours = casts(OURS, ("", ""))
    theirs = casts(THEIRS, ("isil", ""))
    assert np.isnan(parties.agreement(ours, theirs, alike)).all()
