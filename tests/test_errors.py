import pytest

from dashboard.errors import (
    DashboardError,
    DependencyError,
    ExportError,
    Problem,
    SelectionError,
    ServeError,
    TableError,
    nearest,
    plural,
    shown,
)

pytestmark = pytest.mark.unit


def test_a_problem_names_its_place():
    problem = Problem("events.csv", "is wrong.", 3, 4, "title", "x")
    assert str(problem) == "events.csv, record 3, line 4, title: is wrong."


def test_a_problem_of_a_file_names_the_file():
    assert str(Problem("events.csv", "is empty.")) == "events.csv: is empty."


def test_a_table_error_holds_every_problem():
    problems = [Problem("a.csv", "one."), Problem("b.csv", "two.")]
    error = TableError(problems)
    assert error.problems == tuple(problems)
    assert str(error) == "2 problems\na.csv: one.\nb.csv: two."


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (SelectionError, ValueError),
        (TableError, ValueError),
        (ExportError, RuntimeError),
        (DependencyError, RuntimeError),
        (ServeError, RuntimeError),
    ],
)
def test_an_error_is_ours_and_the_builtin_that_it_refines(kind, builtin):
    assert issubclass(kind, DashboardError)
    assert issubclass(kind, builtin)


def test_shortens_a_long_value():
    assert shown("x" * 61) == repr("x" * 59 + "…")
    assert shown("x" * 60) == repr("x" * 60)


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("batle", " Did you mean 'battle'?"),
        ("BATTLE", " Did you mean 'battle'?"),
        ("cinema", ""),
        ("", ""),
    ],
)
def test_suggests_the_nearest_known_word(word, answer):
    assert nearest(word, ["battle", "siege"]) == answer


def test_writes_a_count_with_its_noun():
    assert [plural(1, "event"), plural(0, "event"), plural(1806, "report")] == [
        "1 event",
        "0 events",
        "1,806 reports",
    ]
    assert plural(2, "person", "people") == "2 people"
