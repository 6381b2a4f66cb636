import pytest

from tests.checks.tables import found, said, table
from tests.package import event, report

pytestmark = pytest.mark.unit

EVENT = "2020-03-02-a"


def test_says_which_id_its_first_day_would_give(tmp_path):
    late = event(EVENT, start_date="2020-03-01")
    assert said("id_date", table(tmp_path, late)) == (
        "events.csv, record 1, event_id: 2020-03-02-a: begins on 2020-03-01."
        " Write the id '2020-03-01-a', or correct start_date."
    )


def test_keeps_an_id_that_begins_with_its_first_day(tmp_path):
    assert found("id_date", table(tmp_path, event(EVENT, end_date="2020-03-09"))) == []


def test_finds_a_report_that_is_older_than_its_event(tmp_path):
    dataset = table(tmp_path, event(EVENT), reports=[report(EVENT, published_date="2020-03-01")])
    assert said("report_date", dataset) == (
        "reports.csv, record 1, published_date: 2020-03-02-a: published 2020-03-01, but the event"
        " begins 2020-03-02. Correct either day, or remove a page that speaks of an earlier event."
    )


@pytest.mark.parametrize(
    ("precision", "published", "is_found"),
    [
        ("day", "2020-03-02", False),
        ("week", "2020-02-24", False),
        ("week", "2020-02-23", True),
        ("month", "2020-01-31", False),
        ("month", "2020-01-30", True),
    ],
)
def test_lets_a_report_precede_an_uncertain_day(tmp_path, precision, published, is_found):
    rows = [report(EVENT, published_date=published)]
    dataset = table(tmp_path, event(EVENT, date_precision=precision), reports=rows)
    assert bool(found("report_date", dataset)) == is_found


def test_lets_a_report_be_without_a_day(tmp_path):
    assert found("report_date", table(tmp_path, event(EVENT), reports=[report(EVENT)])) == []
