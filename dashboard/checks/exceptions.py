"""The argued exceptions to the editorial rules, as they stand beside a table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from dashboard.companions import EXCEPTIONS, RULES
from dashboard.dataset import Dataset
from dashboard.errors import Problem, nearest, plural, shown

FILE = "exceptions.csv"
COLUMNS = tuple(column.name for column in EXCEPTIONS)
_RULES = tuple(rule.id for rule in RULES)


@dataclass(frozen=True, slots=True)
class Exempt:
    """One case that may break a rule, and its row in the file, from 1."""

    record: int
    rule: str
    event_id: str
    detail: str
    why: str

    @property
    def key(self) -> tuple[str, str, str]:
        """The key of the finding that it excuses."""
        return self.rule, self.event_id, self.detail


def has_exceptions(folder: str | Path) -> bool:
    """Whether a table is kept by the editorial rules: it has a file of exceptions, even if none."""
    return (Path(folder) / FILE).is_file()


def load_exceptions(folder: str | Path, dataset: Dataset) -> tuple[list[Exempt], list[Problem]]:
    """Read the exceptions beside a table.

    Returns:
        The sound rows, and every problem of the others.
    """
    path = Path(folder) / FILE
    try:
        lines = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return [], [Problem(FILE, f"cannot be read: {error}.")]
    if not lines or tuple(lines[0]) != COLUMNS:
        return [], [Problem(FILE, f"must begin with the columns {','.join(COLUMNS)}.", line=1)]
    known = set(dataset.events["event_id"])
    found: dict[tuple[str, str, str], Exempt] = {}
    problems = []
    for number, cells in enumerate(filter(None, lines[1:]), start=1):
        faults = _faults(cells, known)
        if not faults:
            exempt = Exempt(number, *cells)
            first = found.setdefault(exempt.key, exempt)
            if first is not exempt:
                faults = [("", f"says what record {first.record} says already. Keep one.")]
        problems += [Problem(FILE, reason, number, None, column) for column, reason in faults]
    return list(found.values()), problems


def _faults(cells: list[str], known: set[str]) -> list[tuple[str, str]]:
    if len(cells) != len(COLUMNS):
        return [("", f"has {plural(len(cells), 'cell')}, not {len(COLUMNS)}.")]
    row = dict(zip(COLUMNS, cells, strict=True))
    faults = []
    if row["rule"] not in _RULES:
        hint = nearest(row["rule"], _RULES)
        faults.append(("rule", f"no rule is called {shown(row['rule'])}.{hint}"))
    if row["event_id"] not in known:
        hint = nearest(row["event_id"], known)
        faults.append(("event_id", f"no event has the id {shown(row['event_id'])}.{hint}"))
    if not row["why"].strip():
        faults.append(("why", "is empty. An exception needs its argument."))
    return faults
