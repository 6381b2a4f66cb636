"""A package of tables in memory: load, check, save, and its version."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from dashboard import paths
from dashboard.errors import Problem, TableError
from dashboard.pieces import frame, pieces_of
from dashboard.provenance import OURS, Report, Terms, own_terms, read_origin, write_origin
from dashboard.records import Briefs
from dashboard.references import reference_problems
from dashboard.schema import (
    ELSEWHERE,
    KEYS,
    ORDER,
    REFERENCES,
    TABLES,
    UNDATED,
    columns_of,
)
from dashboard.tables import is_sorted, table_bytes, table_parts
from dashboard.validation import read_table, repeated_keys

VERSION_LENGTH = 7
# The name of the table that ships with the program.
CURATED = "curated table"
_FILES = ", ".join(f"{table}.csv" for table in TABLES)


@dataclass(frozen=True, eq=False)
class Dataset:
    """The four tables and their version.

    Each frame has the columns of its table in `schema.TABLES`: texts are `str` with "" for an empty
    cell, counts nullable integers, days datetime64[ms], degrees floats. Rows stand in the order of
    their file. The events of a foreign table have `schema.SOURCE_COLUMNS` behind their own.
    `terms` are those of a foreign source, `report` says what became of its records. Of a part of a
    table `of_days` are the first and the last day of the whole.
    """

    events: pd.DataFrame
    reports: pd.DataFrame
    actors: pd.DataFrame
    theatres: pd.DataFrame
    version: str
    name: str = CURATED
    folder: Path | None = field(default=None, compare=False)
    terms: Terms | None = None
    report: Report | None = None
    of_days: tuple[datetime.date, datetime.date] | None = None

    @property
    def size(self) -> int:
        """How many events it holds."""
        return len(self.events)

    @property
    def report_count(self) -> int:
        """How many source reports it holds."""
        return len(self.reports)

    def reports_of(self, ids: Collection[str]) -> pd.DataFrame:
        """Return the reports of some events."""
        return self.reports[self.reports["event_id"].isin(list(ids))]

    @property
    def is_curated(self) -> bool:
        """Whether its events were chosen by editors, so that counts of them are no rates."""
        return self.terms is None or not self.terms.is_systematic

    @property
    def licence(self) -> Terms:
        """The terms that stand wherever its rows do: its source's, or ours, or its owner's."""
        if self.terms is not None:
            return self.terms
        return OURS if self.name == CURATED else own_terms(self.name)

    @cached_property
    def actor_names(self) -> dict[str, str]:
        """Map each actor id to its full name."""
        return dict(zip(self.actors["actor_id"], self.actors["name"], strict=True))

    @cached_property
    def actor_labels(self) -> dict[str, str]:
        """Map each actor id to its short name."""
        return dict(zip(self.actors["actor_id"], self.actors["short_name"], strict=True))

    @cached_property
    def actor_hints(self) -> dict[str, str]:
        """Map each actor id to its full name and aliases in one line."""
        return {
            actor: " · ".join((name, *filter(None, aliases.split(";"))))
            for actor, name, aliases in zip(
                self.actors["actor_id"], self.actors["name"], self.actors["aliases"], strict=True
            )
        }

    @cached_property
    def actor_families(self) -> dict[str, str]:
        """Map each actor id to its family's id."""
        return dict(zip(self.actors["actor_id"], self.actors["family"], strict=True))

    @cached_property
    def theatre_names(self) -> dict[str, str]:
        """Map each theatre id to its name, in the order of lanes."""
        return dict(zip(self.theatres["theatre_id"], self.theatres["name"], strict=True))

    @cached_property
    def theatre_of_country(self) -> dict[str, str]:
        """Map each country of a theatre to the theatre's id."""
        return {
            code: theatre
            for theatre, codes in zip(
                self.theatres["theatre_id"], self.theatres["country_codes"], strict=True
            )
            for code in codes.split(";")
        }

    @cached_property
    def vocabulary(self) -> dict[str, tuple[str, ...]]:
        """List the ids that a Selection may name in this table, by its key."""
        countries = {*self.events["country_code"]}
        elsewhere = () if countries <= self.theatre_of_country.keys() else (ELSEWHERE,)
        return {
            "theatre": (*self.theatre_names, *elsewhere),
            "country": tuple(sorted(countries | self.theatre_of_country.keys())),
            "actor": tuple(self.actors["actor_id"]),
            "against": tuple(self.actors["actor_id"]),
            "event": tuple(self.events["event_id"]),
        }

    @property
    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day of any event; None for a table without an event or a date."""
        return (self.first_day, self.last_day) if self.is_dated else None

    @cached_property
    def is_dated(self) -> bool:
        """Whether any event has a date."""
        return bool((self.events["date_precision"] != UNDATED).any())

    @property
    def held_days(self) -> tuple[datetime.date, datetime.date]:
        """The days that a window can show: from the first to the last of the whole table."""
        return self.of_days or (self.first_day, self.last_day)

    @cached_property
    def first_day(self) -> datetime.date:
        """The first day of any event."""
        return self.events["start_date"].min().date()

    @cached_property
    def last_day(self) -> datetime.date:
        """The last day of any event."""
        return self.events["end_date"].max().date()


def load(folder: str | Path) -> Dataset:
    """Read and check a package: events, reports, actors and theatres as CSV in one folder.

    Raises:
        TableError: With every problem of every table, and between tables.
    """
    folder = Path(folder)
    if not folder.is_dir():
        found = "is a file, not a folder" if folder.exists() else "is not there"
        raise TableError([Problem(str(folder), f"{found}. Name a folder that holds {_FILES}.")])
    frames, records, problems = {}, {}, []
    for table in TABLES:
        frames[table], records[table] = _read(table, folder / f"{table}.csv", problems)
    if not problems:
        problems = reference_problems(records)
    if problems:
        raise TableError(problems)
    is_shipped = folder.resolve() == paths.folder("data").resolve()
    name = CURATED if is_shipped else folder.resolve().name
    terms, report = read_origin(folder)
    return assemble(frames, name=name, folder=folder, terms=terms, report=report)


def _read(table: str, path: Path, problems: list[Problem]) -> tuple[pd.DataFrame, Briefs]:
    """Read a table; of each row its key and references are kept beside."""
    references = [column.name for column in TABLES[table] if column.kind in REFERENCES]
    kept = Briefs((*KEYS[table], *references))
    pieces = list(pieces_of(table, path, problems, kept))
    problems += repeated_keys(table, kept, path.name)
    if not pieces:
        return frame(TABLES[table], ()), kept
    return pd.concat(pieces, ignore_index=True), kept


def load_lists(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Read and check the actors and theatres of a folder.

    Raises:
        TableError: With every problem of both.
    """
    found, problems = {}, []
    for table in ("actors", "theatres"):
        path = Path(folder) / f"{table}.csv"
        try:
            content = path.read_bytes()
        except OSError as error:
            problems.append(Problem(path.name, f"cannot be read: {error.strerror}."))
            continue
        rows, faults = read_table(table, content, path.name)
        problems += faults
        found[table] = frame(TABLES[table], rows)
    if problems:
        raise TableError(problems)
    return found


def assemble(
    frames: Mapping[str, pd.DataFrame],
    *,
    name: str,
    folder: Path | None = None,
    terms: Terms | None = None,
    report: Report | None = None,
) -> Dataset:
    """Join checked frames to a Dataset, with the version that their bytes give."""
    ordered = {table: _ordered(table, frames[table]) for table in TABLES}
    digest = hashlib.sha256()
    for table, content in ordered.items():
        digest.update(table.encode() + b"\0")
        for part in table_parts(columns_of(table, content.columns), content):
            digest.update(part)
    version = digest.hexdigest()[:VERSION_LENGTH]
    about = {"name": name, "folder": folder, "terms": terms, "report": report}
    return Dataset(**ordered, version=version, **about)


def save(dataset: Dataset, folder: str | Path) -> None:
    """Write the four tables in canonical form; `save(load(x))` gives the bytes of a canonical x.

    The terms of a foreign source, and the report on its file, are written beside them.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        rows = getattr(dataset, table)
        with (folder / f"{table}.csv").open("wb") as out:
            out.writelines(table_parts(columns_of(table, rows.columns), rows))
    write_origin(folder, dataset.terms, dataset.report)


def noncanonical_files(dataset: Dataset, folder: str | Path) -> list[str]:
    """Name the files of a folder whose bytes are not what `save` would write there."""
    return [
        f"{table}.csv"
        for table in TABLES
        for rows in [getattr(dataset, table)]
        if (Path(folder) / f"{table}.csv").read_bytes()
        != table_bytes(columns_of(table, rows.columns), rows)
    ]


def _ordered(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    keys = list(ORDER[table])
    if not keys:
        return rows.reset_index(drop=True)
    if is_sorted(rows, keys):
        return rows.reset_index(drop=True)
    return rows.sort_values(keys, na_position="last", kind="stable", ignore_index=True)
