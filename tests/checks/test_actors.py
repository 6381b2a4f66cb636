import pytest

from tests.checks.tables import found, said, table
from tests.package import event, report

pytestmark = pytest.mark.unit

EVENT = "2020-03-02-a"


@pytest.fixture
def attributed(tmp_path):
    """Return whether the rule contradicts an attribution, by its event and its report's note."""

    def _attributed(word, initiators="is", summary="", note=""):
        row = event(EVENT, attribution=word, initiators=initiators, summary=summary or "It was.")
        return bool(found("attribution", table(tmp_path, row, reports=[report(EVENT, note=note)])))

    return _attributed


def test_finds_an_actor_on_both_sides(tmp_path):
    dataset = table(tmp_path, event(EVENT, initiators="sdf;is", targets="is;civilians"))
    assert found("sides", dataset) == [(EVENT, "is", "targets")]


def test_keeps_two_sides_apart(tmp_path):
    assert found("sides", table(tmp_path, event(EVENT, targets="civilians"))) == []


@pytest.mark.parametrize(
    ("word", "initiators"), [("claimed", "sdf"), ("official", "is"), ("official", "gunmen")]
)
def test_wants_a_claim_of_a_group_and_an_announcement_of_a_body(attributed, word, initiators):
    assert attributed(word, initiators, "Is said. A statement claimed it.")


@pytest.mark.parametrize("initiators", ["sdf", "is;global-coalition"])
def test_takes_the_word_of_a_force(attributed, initiators):
    assert not attributed("official", initiators)


def test_wants_the_claim_to_be_told(attributed):
    assert attributed("claimed")


@pytest.mark.parametrize(
    ("summary", "note"),
    [
        ("The group claimed it.", ""),
        ("", "records the claim"),
        ("", "l'attaque a été revendiquée"),
        ("", "reivindicado pelo grupo"),
        ("", "film of the group"),
        ("Gunmen came. is said it took the town.", ""),
    ],
)
def test_takes_a_claim_that_is_told(attributed, summary, note):
    assert not attributed("claimed", summary=summary, note=note)


@pytest.mark.parametrize("word", ["attributed", "suspected"])
def test_finds_a_summary_that_knows_of_a_claim(attributed, word):
    assert attributed(word, summary="Men fired. The group claimed it.")


@pytest.mark.parametrize(
    "summary", ["No group claimed it.", "It burned; nobody claimed the attack.", "It never was."]
)
def test_keeps_what_nobody_claimed(attributed, summary):
    assert not attributed("suspected", summary=summary)


def test_says_what_to_write(tmp_path):
    assert said("attribution", table(tmp_path, event(EVENT, attribution="official"))) == (
        "events.csv, record 1, attribution: 2020-03-02-a: is 'official', but no initiator is a"
        " force or body. Write 'claimed' for a group's own word."
    )
