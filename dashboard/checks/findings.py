"""What a rule looks at, and what it finds: rows as plain values, findings that can be excepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.errors import Problem

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that breaks an editorial rule.

    Attributes:
        rule: The rule's name, as `data/exceptions.csv` writes it.
        event_id: The event that it concerns.
        detail: What tells two findings of one rule and event apart: the other event of a pair, an
            address, a word; empty where there can be one only.
        problem: Where it stands, what was found, what would be right.
    """

    rule: str
    event_id: str
    detail: str
    problem: Problem

    @property
    def key(self) -> tuple[str, str, str]:
        """The cells of the exception that would excuse it."""
        return self.rule, self.event_id, self.detail


@dataclass(frozen=True, slots=True)
class Table:
    """The events and their reports as rows of plain values: None is an empty number or day.

    Each row has its columns and `record`, its number in the file from 1.
    """

    dataset: Dataset
    events: tuple[Row, ...]
    reports_of: Mapping[str, tuple[Row, ...]]

    @classmethod
    def of(cls, dataset: Dataset) -> Table:
        """Take the rows out of the frames."""
        reports = defaultdict(list)
        for row in _rows(dataset.reports):
            reports[row["event_id"]].append(row)
        rows = {event: tuple(found) for event, found in reports.items()}
        return cls(dataset, tuple(_rows(dataset.events)), rows)

    def reports(self, event: Row) -> tuple[Row, ...]:
        """Return the reports of an event."""
        return self.reports_of.get(event["event_id"], ())


Rule = Callable[[Table], Iterator[Finding]]


def _rows(frame: pd.DataFrame) -> Iterator[Row]:
    columns = [[_plain(value) for value in frame[name].tolist()] for name in frame.columns]
    for number, values in enumerate(zip(*columns, strict=True), start=1):
        yield {"record": number, **dict(zip(frame.columns, values, strict=True))}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def event_finding(rule: str, event: Row, column: str, reason: str, detail: str = "") -> Finding:
    """Report a cell of the events table; the reason begins with the event's id."""
    sentence = f"{event['event_id']}: {reason}"
    value = "" if event[column] is None else str(event[column])
    problem = Problem("events.csv", sentence, event["record"], None, column, value)
    return Finding(rule, event["event_id"], detail, problem)


def report_finding(
    rule: str, report: Row, column: str, reason: str, detail: str | None = None
) -> Finding:
    """Report a cell of the reports table; the report's address tells it apart unless said."""
    sentence = f"{report['event_id']}: {reason}"
    value = "" if report[column] is None else str(report[column])
    problem = Problem("reports.csv", sentence, report["record"], None, column, value)
    return Finding(rule, report["event_id"], report["url"] if detail is None else detail, problem)
