import pytest

from tests.checks.tables import found, said, table
from tests.package import event

pytestmark = pytest.mark.unit

EVENT = "2020-03-02-a"


def _toll(number):
    return {f"killed_{level}": str(number) for level in ("low", "best", "high")}


@pytest.fixture
def contradicted(tmp_path):
    """Return whether the rule contradicts a type, by the event's targets and toll."""

    def _contradicted(word, targets="civilians", killed=None):
        toll = {} if killed is None else _toll(killed)
        row = event(EVENT, event_type=word, targets=targets, **toll)
        return bool(found("kind", table(tmp_path, row)))

    return _contradicted


@pytest.mark.parametrize(
    ("word", "targets", "killed"),
    [
        ("armed_assault", "civilians", 3),
        ("mass_killing", "civilians", 4),
        ("mass_killing", "civilians", None),
        ("civilian_attack", "civilians", 5),
        ("civilian_attack", "civilians;sdf", 9),
    ],
)
def test_finds_a_type_that_says_other_than_targets_and_toll(contradicted, word, targets, killed):
    assert contradicted(word, targets, killed)


@pytest.mark.parametrize(
    ("word", "targets", "killed"),
    [
        ("armed_assault", "sdf;civilians", 30),
        ("mass_killing", "civilians", 5),
        ("civilian_attack", "civilians", 4),
        ("civilian_attack", "civilians", None),
        ("bombing", "civilians", 40),
    ],
)
def test_keeps_a_type_that_fits(contradicted, word, targets, killed):
    assert not contradicted(word, targets, killed)


def test_an_overview_has_its_dead_in_its_parts(tmp_path):
    rows = (
        event(EVENT, event_type="mass_killing", targets="civilians"),
        event("2020-03-02-b", event_type="bombing", part_of=EVENT, **_toll(9)),
    )
    assert found("kind", table(tmp_path, *rows)) == []


def test_says_what_to_write(tmp_path):
    row = event(EVENT, event_type="civilian_attack", targets="civilians", **_toll(7))
    assert said("kind", table(tmp_path, row)) == (
        "events.csv, record 1, event_type: 2020-03-02-a: is 'civilian_attack', but 7 died. Write"
        " 'mass_killing'."
    )
