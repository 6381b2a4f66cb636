"""What the tables of a package say of one another: known ids, and a source for each event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from dashboard.errors import Problem, nearest, shown
from dashboard.records import Record
from dashboard.schema import KEYS, REFERENCES, TABLES, Column


def reference_problems(records: Mapping[str, Collection[Record]]) -> list[Problem]:
    """List the ids that no row has, and the events that no report tells of."""
    known = {
        table: {record.cells[KEYS[table][0]] for record in records[table]}
        for table in REFERENCES.values()
    }
    problems = []
    for table, columns in TABLES.items():
        for column in columns:
            if column.kind in REFERENCES:
                ids = known[REFERENCES[column.kind]]
                problems += _unknown_ids(table, column, records[table], ids)
    reported = {record.cells["event_id"] for record in records["reports"]}
    problems += [
        Problem(
            "events.csv",
            "has no report. Every figure needs a source: add a row to reports.csv.",
            record.number,
            record.line,
            "event_id",
            record.cells["event_id"],
        )
        for record in records["events"]
        if record.cells["event_id"] not in reported
    ]
    return problems


def _unknown_ids(
    table: str, column: Column, records: Iterable[Record], ids: Collection[str]
) -> list[Problem]:
    noun = REFERENCES[column.kind].removesuffix("s")
    problems = []
    for record in records:
        for item in filter(None, record.cells[column.name].split(";")):
            if item not in ids:
                reason = f"no {noun} has the id {shown(item)}.{nearest(item, ids)}"
                place = (record.number, record.line, column.name, item)
                problems.append(Problem(f"{table}.csv", reason, *place))
    return problems
