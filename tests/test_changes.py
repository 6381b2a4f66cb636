"""What readers are told of the table's changes."""

import csv
import datetime

import pytest

from dashboard.changes import Change, load_changes, net
from dashboard.dataset import load
from tests.rules.sources import ROOT

pytestmark = pytest.mark.unit

LATE, EARLY = datetime.date(2026, 3, 9), datetime.date(2026, 3, 1)


def killed(when, old, new, why="Counted again.", event="a"):
    return Change(when, event, "killed_best", old, new, why)


def test_a_cell_that_changed_twice_in_a_day_is_told_once():
    assert net([killed(LATE, "8", "9", "Last."), killed(LATE, "", "8", "First.")]) == [
        killed(LATE, "", "9", "Last.")
    ]


def test_what_was_taken_back_the_same_day_is_not_told():
    assert net([killed(LATE, "8", "7"), killed(LATE, "7", "8")]) == []


def test_another_day_event_or_column_is_a_change_of_its_own():
    changes = [
        killed(LATE, "8", "7"),
        killed(LATE, "8", "7", event="b"),
        Change(LATE, "a", "killed_high", "8", "7", "So."),
        killed(EARLY, "7", "8"),
    ]
    assert net(changes) == changes


def test_our_own_changes_come_newest_first_by_day_and_line():
    dataset = load(ROOT / "data")
    changes, problems = load_changes(ROOT / "data", dataset)
    assert problems == []
    with (ROOT / "data" / "changes.csv").open(encoding="utf-8", newline="") as file:
        last = list(csv.DictReader(file))[-1]
    assert [changes[0].event_id, changes[0].column, changes[0].new] == [
        last[name] for name in ("event_id", "column", "new")
    ]
    days = [change.changed_date for change in changes]
    assert days == sorted(days, reverse=True)
