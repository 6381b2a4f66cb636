import pytest

from dashboard.checks import PENDING, RULES, has_exceptions, rule_problems
from dashboard.companions import RULES as WORDS
from dashboard.paths import folder
from tests import package
from tests.checks.tables import table

pytestmark = pytest.mark.unit

HEAD = "rule,event_id,detail,why\n"


@pytest.fixture
def kept(tmp_path):
    """Return what breaks the rules in a table whose one event has a wrong attribution."""

    def _kept(exceptions):
        row = package.event("2020-03-02-a", attribution="official")
        dataset = table(tmp_path, row)
        (tmp_path / "exceptions.csv").write_text(exceptions, encoding="utf-8")
        return [str(problem) for problem in rule_problems(dataset, tmp_path)]

    return _kept


def test_every_rule_is_described_and_every_description_is_of_a_rule():
    assert [word.id for word in WORDS] == list(RULES)
    assert set(PENDING) <= set(RULES)


def test_names_the_exception_that_would_excuse_a_case(kept):
    assert kept(HEAD) == [
        "events.csv, record 1, attribution: 2020-03-02-a: is 'official', but no initiator is a"
        " force or body. Write 'claimed' for a group's own word. [attribution,2020-03-02-a]"
    ]


def test_excuses_a_case_that_is_argued(kept):
    assert kept(f"{HEAD}attribution,2020-03-02-a,,The court calls the group a body.\n") == []


@pytest.mark.parametrize(
    "key", ["sides,2020-03-02-a,", "attribution,2020-03-02-a,other", "id_date,2020-03-02-a,"]
)
def test_complains_of_an_exception_that_nothing_needs(kept, key):
    problems = kept(f"{HEAD}{key},Once it was so.\n")
    cells = key.strip(",")
    line = "exceptions.csv, record 1: nothing breaks the rule any more: "
    assert f"{line}{cells}. Remove the row." in problems


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("sidess,2020-03-02-a,,Why", "rule: no rule is called 'sidess'. Did you mean 'sides'?"),
        (
            "sides,2020-03-02-b,,Why",
            "event_id: no event has the id '2020-03-02-b'. Did you mean '2020-03-02-a'?",
        ),
        ("sides,2020-03-02-a,, ", "why: is empty. An exception needs its argument."),
    ],
)
def test_finds_a_faulty_exception(kept, row, reason):
    assert f"exceptions.csv, record 1, {reason}" in kept(f"{HEAD}{row}\n")


def test_counts_the_cells_of_an_exception(kept):
    assert "exceptions.csv, record 1: has 3 cells, not 4." in kept(f"{HEAD}sides,a,b\n")


def test_finds_an_exception_that_stands_twice(kept):
    row = "attribution,2020-03-02-a,,Why.\n"
    found = kept(HEAD + row + row)
    assert found == ["exceptions.csv, record 2: says what record 1 says already. Keep one."]


@pytest.mark.parametrize("text", ["", "rule,event,why\n"])
def test_wants_the_columns_of_exceptions(kept, text):
    line = "exceptions.csv, line 1: must begin with the columns rule,event_id,detail,why."
    assert line in kept(text)


def test_holds_only_tables_that_have_a_file_of_exceptions(tmp_path):
    assert not has_exceptions(tmp_path)
    (tmp_path / "exceptions.csv").write_text(HEAD, encoding="utf-8")
    assert has_exceptions(tmp_path)


def test_our_table_keeps_the_rules(curated):
    assert has_exceptions(folder("data"))
    assert [str(problem) for problem in rule_problems(curated, folder("data"))] == []


def test_no_rule_is_pending_for_our_table():
    assert PENDING == ()
