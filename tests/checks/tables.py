"""Tables of a few rows for the editorial rules, and what a rule finds in them."""

from __future__ import annotations

from pathlib import Path

from dashboard.checks import RULES
from dashboard.checks.findings import Table
from dashboard.dataset import Dataset, load
from tests import package
from tests.package import Row


def table(folder: Path, *events: Row, reports: list[Row] | None = None) -> Dataset:
    """Load a package of these events; each has one report unless reports are given."""
    known = {row["event_id"] for row in reports or ()}
    bare = [package.report(row["event_id"]) for row in events if row["event_id"] not in known]
    return load(package.write(folder, events=events, reports=[*(reports or ()), *bare]))


def found(rule: str, dataset: Dataset) -> list[tuple[str, str, str]]:
    """Return the event, detail and column of each finding of one rule."""
    findings = RULES[rule](Table.of(dataset))
    return [(case.event_id, case.detail, case.problem.column) for case in findings]


def said(rule: str, dataset: Dataset) -> str:
    """Return the line of the only finding of one rule."""
    (case,) = RULES[rule](Table.of(dataset))
    return str(case.problem)
