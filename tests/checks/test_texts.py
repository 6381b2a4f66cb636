import pytest

from tests.checks.tables import found, said, table
from tests.package import event

pytestmark = pytest.mark.unit

EVENT = "2020-03-02-a"


@pytest.mark.parametrize(("column", "longest"), [("title", 70), ("summary", 280)])
def test_finds_a_text_that_is_too_long(tmp_path, column, longest):
    fits = table(tmp_path / "fits", event(EVENT, **{column: "x" * longest}))
    over = table(tmp_path / "over", event(EVENT, **{column: "x" * (longest + 1)}))
    assert found("text_length", fits) == []
    assert found("text_length", over) == [(EVENT, column, column)]


@pytest.mark.parametrize(
    "word",
    ["Terrorists", "martyr", "soldiers of the caliphate", "neutralised", "Liberated", "mujahideen"],
)
def test_finds_a_loaded_word(tmp_path, word):
    dataset = table(tmp_path, event(EVENT, summary=f"In the town {word} were seen."))
    assert found("wording", dataset) == [(EVENT, word.lower(), "summary")]


@pytest.mark.parametrize(
    "text",
    [
        "Counter-Terrorism Service takes the town",
        "Anti-terrorism police at the door",
        "A devilish error in the evilness of spelling",
        "The strategic heroine cleaned up",
    ],
)
def test_keeps_names_and_other_words(tmp_path, text):
    assert found("wording", table(tmp_path, event(EVENT, title=text))) == []


def test_says_a_plain_word(tmp_path):
    assert said("wording", table(tmp_path, event(EVENT, title="Rebels liberate a town"))) == (
        "events.csv, record 1, title: 2020-03-02-a: says 'liberate'. Write retook."
    )
