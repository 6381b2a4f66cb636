"""What changed in the table since it was first gathered: each cell, before and after, and why."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.cells import day
from dashboard.companions import CHANGES
from dashboard.dataset import Dataset, table_bytes
from dashboard.errors import Problem, nearest, plural, shown
from dashboard.schema import EVENTS

FILE = "changes.csv"
COLUMNS = tuple(column.name for column in CHANGES)
_NAMES = tuple(column.name for column in EVENTS)


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of the events table that changed.

    An event that was added or removed has one change, of its event_id, with the old or the new side
    empty.
    """

    changed_date: datetime.date
    event_id: str
    column: str
    old: str
    new: str
    why: str


def load_changes(folder: str | Path, dataset: Dataset) -> tuple[list[Change], list[Problem]]:
    """Read the changes beside a table, newest first; a table without the file has none.

    Of one day the later line of the file is the newer.

    Returns:
        The sound changes and every problem of the others.
    """
    path = Path(folder) / FILE
    if not path.is_file():
        return [], []
    try:
        lines = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return [], [Problem(FILE, f"cannot be read: {error}.")]
    if not lines or tuple(lines[0]) != COLUMNS:
        return [], [Problem(FILE, f"must begin with the columns {','.join(COLUMNS)}.", line=1)]
    # What was changed of an event before it was taken out stays told.
    known = set(dataset.events["event_id"]) | {
        cells[1] for cells in lines[1:] if len(cells) == len(COLUMNS) and _takes_out(cells)
    }
    changes, problems = [], []
    for number, cells in enumerate(lines[1:], start=1):
        faults = _faults(cells, known)
        problems += [Problem(FILE, reason, number, None, column) for column, reason in faults]
        if not faults:
            changes.append(Change(day(cells[0]), *cells[1:]))
    changes.reverse()
    changes.sort(key=lambda change: change.changed_date, reverse=True)
    return changes, problems


def net(changes: Iterable[Change]) -> list[Change]:
    """Join what changed of a cell within one day: as it was before and is after, the last reason.

    Args:
        changes: Newest first, as the answer is. A cell that is as it was that morning is left out.
    """
    joined: dict[tuple[datetime.date, str, str], Change] = {}
    for change in changes:
        key = (change.changed_date, change.event_id, change.column)
        later = joined.get(key)
        joined[key] = replace(later, old=change.old) if later else change
    return [change for change in joined.values() if change.old != change.new]


def _takes_out(cells: list[str]) -> bool:
    row = dict(zip(COLUMNS, cells, strict=True))
    return row["column"] == "event_id" and not row["new"]


def _faults(cells: list[str], known: set[str]) -> list[tuple[str, str]]:
    if len(cells) != len(COLUMNS):
        return [("", f"has {plural(len(cells), 'cell')}, not {len(COLUMNS)}.")]
    row = dict(zip(COLUMNS, cells, strict=True))
    faults = []
    try:
        day(row["changed_date"])
    except ValueError as error:
        faults.append(("changed_date", str(error)))
    if row["event_id"] not in known:
        hint = nearest(row["event_id"], known)
        faults.append(("event_id", f"no event has the id {shown(row['event_id'])}.{hint}"))
    if row["column"] not in _NAMES:
        hint = nearest(row["column"], _NAMES)
        faults.append(("column", f"no column is called {shown(row['column'])}.{hint}"))
    if not row["why"]:
        faults.append(("why", "is empty. Say which source or rule the change follows."))
    return faults


def diff(old: Dataset, new: Dataset, when: datetime.date, why: str = "") -> list[Change]:
    """List the cells of the events that differ between two tables, by event and column."""
    before, after = (_texts(dataset) for dataset in (old, new))
    found = []
    for event_id in sorted({*before, *after}):
        was, now = before.get(event_id), after.get(event_id)
        if was is None or now is None:
            sides = ("" if was is None else event_id, "" if now is None else event_id)
            found.append(Change(when, event_id, "event_id", *sides, why))
            continue
        found += [
            Change(when, event_id, name, was[name], now[name], why)
            for name in _NAMES
            if was[name] != now[name]
        ]
    return found


def _texts(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return each event's cells as its file writes them."""
    lines = io.StringIO(table_bytes(EVENTS, dataset.events).decode(), newline="")
    return {row["event_id"]: row for row in csv.DictReader(lines)}


def as_csv(changes: Iterable[Change]) -> str:
    """Write changes as the file holds them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for change in changes:
        writer.writerow([getattr(change, name) for name in COLUMNS])
    return out.getvalue()
