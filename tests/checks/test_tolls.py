import pytest

from tests.checks.tables import found, said, table
from tests.package import event, report, toll

pytestmark = pytest.mark.unit

EVENT = "2020-03-02-a"


def counts(publisher, low, high, scope="all", quantity="killed"):
    cells = {f"{quantity}_min": low, f"{quantity}_max": high, "scope": scope}
    return report(EVENT, publisher, **cells)


@pytest.fixture
def told(tmp_path):
    """Return what a rule finds in one event with a toll, told by some reports."""

    def _told(rule, figures, *reports, quantity="killed"):
        cells = toll(*figures, quantity) if figures else {}
        return found(rule, table(tmp_path, event(EVENT, **cells), reports=list(reports)))

    return _told


def test_keeps_a_range_that_is_that_of_its_reports(told):
    reports = (counts("A", "3", "5"), counts("B", "9", "9"))
    for rule in ("toll_source", "toll_span", "toll_blank"):
        assert told(rule, ("3", "5", "9"), *reports) == []


@pytest.mark.parametrize(
    ("figures", "column"),
    [(("2", "5", "9"), "killed_low"), (("3", "5", "10"), "killed_high")],
)
def test_finds_a_range_beyond_its_reports(told, figures, column):
    reports = (counts("A", "3", "5"), counts("B", "9", "9"))
    assert told("toll_source", figures, *reports) == [(EVENT, "killed", column)]


@pytest.mark.parametrize(
    ("figures", "column"),
    [(("4", "5", "9"), "killed_low"), (("3", "5", "8"), "killed_high")],
)
def test_finds_a_range_that_leaves_a_report_out(told, figures, column):
    reports = (counts("A", "3", "5"), counts("B", "9", "9"))
    assert told("toll_span", figures, *reports) == [(EVENT, "killed", column)]


def test_finds_a_toll_that_no_report_counts(told):
    assert told("toll_source", ("3", "3", "3"), counts("A", "3", "3", quantity="wounded")) == [
        (EVENT, "killed", "killed_low")
    ]


def test_takes_the_range_of_one_part_where_nobody_counts_all(told):
    reports = (counts("A", "3", "5", "civilians"), counts("B", "9", "9", "partial"))
    assert told("toll_source", ("3", "4", "5"), *reports) == []


@pytest.mark.parametrize("figures", [("3", "5", "9"), ("14", "14", "14")])
def test_joins_no_two_parts(told, figures):
    reports = (counts("A", "3", "5", "civilians"), counts("B", "9", "9", "security_forces"))
    assert told("toll_source", figures, *reports) == [(EVENT, "killed", "killed_low")]


def test_takes_no_part_where_somebody_counts_all(told):
    reports = (counts("A", "3", "3", "civilians"), counts("B", "9", "9"))
    assert told("toll_source", ("3", "9", "9"), *reports) == [(EVENT, "killed", "killed_low")]


def test_does_not_count_the_attackers(told):
    reports = (counts("A", "7", "7", "attackers"),)
    assert told("toll_source", ("7", "7", "7"), *reports) == [(EVENT, "killed", "killed_low")]


def test_does_not_stretch_a_range_to_a_part_of_the_dead(told):
    reports = (counts("A", "5", "5"), counts("B", "2", "2", "security_forces"))
    assert told("toll_span", ("5", "5", "5"), *reports) == []


def test_finds_a_toll_that_was_left_empty(told):
    assert told("toll_blank", None, counts("A", "0", "4")) == [(EVENT, "killed", "killed_low")]


def test_leaves_a_toll_empty_where_only_a_part_is_told(told):
    assert told("toll_blank", None, counts("A", "4", "4", "partial")) == []


def test_says_what_the_reports_say(tmp_path):
    rows = [counts("A", "3", "5")]
    dataset = table(tmp_path, event(EVENT, **toll("3", "5", "7")), reports=rows)
    assert said("toll_source", dataset) == (
        "events.csv, record 1, killed_high: 2020-03-02-a: killed 3-7 reaches beyond its reports"
        " of scope 'all', which say 3 to 5. Narrow the range, or add the report that says it."
    )


WHOLE = "2020-03-01-whole"


def test_keeps_an_overview_without_a_toll(tmp_path):
    whole = event(WHOLE, end_date="2020-03-31")
    part = event(EVENT, part_of=WHOLE, **toll("1", "1", "1"))
    rows = [counts("A", "1", "1"), report(WHOLE, killed_min="9", killed_max="9", scope="all")]
    dataset = table(tmp_path, whole, part, reports=rows)
    assert found("parts", dataset) == []
    assert found("toll_blank", dataset) == []


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (toll("1", "1", "1"), "killed_best"),
        (toll("1", "1", "1", "wounded"), "wounded_best"),
        ({"displaced": "5"}, "displaced"),
    ],
)
def test_finds_what_a_sum_would_count_twice(tmp_path, cells, column):
    whole = event(WHOLE, end_date="2020-03-31", **cells)
    dataset = table(tmp_path, whole, event(EVENT, part_of=WHOLE, **cells))
    assert found("parts", dataset) == [(WHOLE, column, column)]


def test_lets_an_overview_carry_what_no_part_has(tmp_path):
    whole = event(WHOLE, end_date="2020-03-31", displaced="5")
    part = event(EVENT, part_of=WHOLE, **toll("1", "1", "1"))
    assert found("parts", table(tmp_path, whole, part)) == []


def test_finds_a_part_outside_the_days_of_its_overview(tmp_path):
    dataset = table(tmp_path, event(WHOLE), event(EVENT, part_of=WHOLE))
    assert found("parts", dataset) == [(EVENT, "days", "start_date")]


def test_finds_a_part_in_another_theatre(tmp_path):
    whole = event(WHOLE, end_date="2020-03-31")
    dataset = table(tmp_path, whole, event(EVENT, part_of=WHOLE, country_code="SYR"))
    assert found("parts", dataset) == [(EVENT, "theatre", "country_code")]


def test_finds_an_overview_that_is_itself_a_part(tmp_path):
    whole = event(WHOLE, end_date="2020-03-31")
    middle = event(EVENT, end_date="2020-03-09", part_of=WHOLE)
    dataset = table(tmp_path, whole, middle, event("2020-03-03-b", part_of=EVENT))
    assert found("parts", dataset) == [(EVENT, "", "part_of")]
