import pytest

from dashboard.errors import Problem, TableError
from dashboard.provenance import Rejects, Report, Terms, kinds, read_origin, write_origin

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


def test_a_report_survives_a_folder_with_the_first_of_its_faults_and_no_record(tmp_path):
    faults = tuple(Problem("t.csv", "is odd.", number, column="a") for number in range(300))
    report = Report(
        *("t.csv", "ucdp", "UCDP GED", 600, 300),
        problems=faults,
        warnings=faults[:2],
        assumptions=("Encoding: UTF-8.",),
        rejects=Rejects(records=("secret",) * 300),
    )
    write_origin(tmp_path, TERMS, report)
    assert "secret" not in (tmp_path / "report.json").read_text("utf-8")
    terms, found = read_origin(tmp_path)
    assert terms == TERMS
    assert found is not None
    assert (found.summary, found.assumptions) == (report.summary, report.assumptions)
    assert (found.rejected, found.problems, found.unlisted) == (300, faults[:100], 200)
    assert found.warnings == report.warnings
    assert found.as_dict() == report.as_dict()


def test_takes_away_what_an_earlier_table_left(tmp_path):
    write_origin(tmp_path, TERMS, Report("t.csv", "ucdp", "UCDP GED", 1, 1))
    write_origin(tmp_path, None, None)
    assert [*tmp_path.iterdir()] == []
    assert read_origin(tmp_path) == (None, None)


@pytest.mark.parametrize("content", ["[]", "{", '{"file": "t.csv"}', '{"problems": 3}'])
def test_says_which_file_is_no_report(tmp_path, content):
    (tmp_path / "report.json").write_text(content)
    with pytest.raises(TableError, match=r"report\.json: is no"):
        read_origin(tmp_path)


def test_counts_problems_by_column():
    problems = [Problem("t.csv", "x", column=name) for name in ("a", "b", "b")]
    assert kinds(problems) == {"b": 2, "a": 1}
