"""A table too large to be held as frames: an engine has its rows, and answers questions."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.dataset import Dataset, load_lists
from dashboard.engine.columns import EVENT_DTYPES, REPORT_DTYPES, typed
from dashboard.engine.connecting import Connection, connect
from dashboard.engine.writing import EVENTS_FILE, META_FILE, write
from dashboard.errors import EngineError
from dashboard.provenance import read_origin
from dashboard.schema import ELSEWHERE


@dataclass(frozen=True, eq=False)
class LargeDataset(Dataset):
    """A `Dataset` whose events and reports stay with an engine; its own frames of them are empty.

    `meta` is what `engine.write` says of the table.
    """

    connection: Connection = field(kw_only=True)
    meta: dict[str, Any] = field(kw_only=True)

    @property
    def size(self) -> int:
        """How many events it holds."""
        return int(self.meta["events"])

    @property
    def report_count(self) -> int:
        """How many source reports it holds."""
        return int(self.meta["reports"])

    def reports_of(self, ids: Collection[str]) -> pd.DataFrame:
        """Return the reports of some events."""
        return self.connection.reports(list(ids))

    @cached_property
    def vocabulary(self) -> dict[str, tuple[str, ...]]:
        """List the ids that a Selection may name; event ids are too many, any may be asked for."""
        elsewhere = (ELSEWHERE,) if ELSEWHERE in self.meta["theatres"] else ()
        countries = {*self.meta["countries"]}
        actors = tuple(self.actors["actor_id"])
        return {
            "theatre": (*self.theatre_names, *elsewhere),
            "country": tuple(sorted(countries | self.theatre_of_country.keys())),
            "actor": actors,
            "against": actors,
        }

    @cached_property
    def first_day(self) -> datetime.date:
        """The first day of any event."""
        return datetime.date.fromisoformat(self.meta["first_day"])

    @cached_property
    def is_dated(self) -> bool:
        """Whether any event has a date."""
        # Folders that an earlier version wrote do not say: they have dates.
        return self.size > 0 and self.meta.get("dated", True)

    @cached_property
    def last_day(self) -> datetime.date:
        """The last day of any event."""
        return datetime.date.fromisoformat(self.meta["last_day"])


def enlarged(dataset: Dataset, folder: str | Path) -> LargeDataset:
    """Write a table into a folder for an engine to hold, and open it from there.

    Args:
        dataset: The table, in memory.
        folder: Where `engine.write` puts it; it must stay while the answer is used.
    """
    from dashboard.engine.preparing import prepared_pieces

    bare = without_rows(dataset)
    pieces, reports = prepared_pieces(dataset), iter([dataset.reports])
    # The rows of a caller who keeps none go as soon as they are written.
    del dataset
    meta = write(pieces, reports, bare.actors, bare.theatres, folder)
    return large(bare, connect(str(folder)), meta)


def without_rows(dataset: Dataset) -> Dataset:
    """Return a table with its lists and without its events and reports."""
    # Not slices: they would keep all rows alive.
    return replace(
        dataset,
        events=_blank(dataset.events.columns),
        reports=_blank(dataset.reports.columns),
    )


def large(bare: Dataset, connection: Connection, meta: dict[str, Any]) -> LargeDataset:
    """Join a table without rows with what holds them."""
    about = {part.name: getattr(bare, part.name) for part in fields(Dataset)}
    return LargeDataset(**about, connection=connection, meta=meta)


def _blank(names: Iterable[str]) -> pd.DataFrame:
    """Return a table of these columns without a row."""
    return typed(pd.DataFrame({name: [] for name in names}))


def is_large(path: str | Path) -> bool:
    """Tell whether a path is a folder that `engine.write` made, or its events.parquet."""
    path = Path(path)
    folder = path.parent if path.name == EVENTS_FILE else path
    return (folder / META_FILE).is_file() and (folder / EVENTS_FILE).is_file()


def open_large(path: str | Path, address: str = "") -> LargeDataset:
    """Open a large package.

    Args:
        path: The folder that `engine.write` made, or its events.parquet: actors, theatres, terms
            and meta.json are read from there.
        address: Where the events are, as `connect` takes it; by default in the folder.

    Raises:
        EngineError, DependencyError: As `connect`, or meta.json cannot be read.
        TableError: actors.csv or theatres.csv breaks a rule.
    """
    path = Path(path)
    folder = path.parent if path.name == EVENTS_FILE else path
    try:
        meta = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(f"{folder / META_FILE} cannot be read: {error}.") from error
    lists = load_lists(folder)
    terms, report = read_origin(folder)
    return LargeDataset(
        events=_blank(EVENT_DTYPES),
        reports=_blank(REPORT_DTYPES),
        actors=lists["actors"],
        theatres=lists["theatres"],
        version=meta["version"],
        name=folder.resolve().name,
        folder=folder,
        terms=terms,
        report=report,
        connection=connect(address or str(folder)),
        meta=meta,
    )
