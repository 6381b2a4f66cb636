import pytest

from dashboard import cli
from dashboard.checks import PENDING, RULES
from tests import package

pytestmark = pytest.mark.unit


@pytest.fixture
def check(capsys, tmp_path):
    """Return the exit code of `check` and what it printed below the counts of rows."""

    def _check(**files):
        package.write(tmp_path, events=[package.event("2020-03-02-a", attribution="official")])
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        code = cli.main(["check", str(tmp_path)])
        return code, capsys.readouterr().out.splitlines()[5:]

    return _check


@pytest.fixture(autouse=True)
def one_report(monkeypatch):
    rows = [package.report("2020-03-02-a")]
    monkeypatch.setitem(package.SMALL, "reports", rows)


def test_leaves_a_table_without_exceptions_to_its_schema(check):
    assert check() == (0, [])


def test_holds_a_table_with_exceptions_to_the_editorial_rules(check):
    code, lines = check(exceptions="rule,event_id,detail,why\n")
    assert code == 1
    assert lines[0] == f"rules        {len(RULES) - len(PENDING):>9}"
    assert lines[1].startswith("events.csv, record 1, attribution: 2020-03-02-a: is 'official',")
    assert lines[2:] == ["1 problem"]


def test_finds_faults_of_the_changes(check):
    text = "changed_date,event_id,column,old,new,why\n2020-01-01,2020-03-02-a,title,a,b,\n"
    assert check(changes=text) == (
        1,
        [
            "changes.csv, record 1, why: is empty. Say which source or rule the change follows.",
            "1 problem",
        ],
    )
