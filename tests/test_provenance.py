import pytest

from dashboard.errors import Problem
from dashboard.provenance import Rejects, Report, Terms, kinds

pytestmark = pytest.mark.unit

TERMS = Terms("Source", "Source, 2025", "You may.", "A. Author", "https://example.org/t", True)


def test_terms_survive_a_file():
    assert Terms.from_dict(TERMS.as_dict()) == TERMS


@pytest.mark.parametrize("said", [None, "yes", 1])
def test_nothing_but_a_plain_yes_permits_passing_rows_on(said):
    assert not Terms.from_dict({"name": "Source", "may_redistribute": said}).may_redistribute


def test_writes_rejects_between_head_and_tail(tmp_path):
    rejects = Rejects("[", ("{}", "{}"), ",", "]")
    assert rejects.write(tmp_path / "rejects.json") == 2
    assert (tmp_path / "rejects.json").read_text() == "[{},{}]"


def test_writes_a_letter_that_the_encoding_lacks_in_figures(tmp_path):
    Rejects("", ("é ☃\n",), encoding="cp1252").write(tmp_path / "rejects.csv")
    assert (tmp_path / "rejects.csv").read_bytes() == b"\xe9 \\u2603\n"


def test_a_report_sums_itself_up():
    warning = Problem("t.csv", "is odd.", 1)
    report = Report(
        *("t.csv", "ucdp", "UCDP GED", 1_200, 1_199),
        warnings=(warning,),
        rejects=Rejects(records=("x",)),
    )
    assert report.rejected == 1
    assert report.summary == "UCDP GED: 1,199 of 1,200 records loaded, 1 not, 1 warning"


def test_counts_problems_by_column():
    problems = [Problem("t.csv", "x", column=name) for name in ("a", "b", "b")]
    assert kinds(problems) == {"b": 2, "a": 1}
