"""What a newer file of a source changes: events that are new, that differ, that are gone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.dataset import VERSION_LENGTH, Dataset
from dashboard.errors import Problem, TableError
from dashboard.pieces import pieces_of
from dashboard.provenance import Terms, own_terms, read_origin
from dashboard.schema import TABLES, UNDATED

SOURCE_ID = "source_event_id"
ROWS_AT_A_TIME = 10_000
BYTES_AT_A_TIME = 1 << 20
_PACKING = pa.ipc.IpcWriteOptions(compression="zstd")


@dataclass(frozen=True, slots=True)
class Past:
    """A table before it is renewed, its events packed: a newer one is read beside them.

    Attributes:
        version: Its version.
        licence: Its source's terms.
        has_source_ids: Whether every event can be told by an id of its source's.
        pieces: Its events, each piece an Arrow stream.
    """

    version: str
    licence: Terms
    has_source_ids: bool
    pieces: tuple[bytes, ...]

    @classmethod
    def of(cls, events: Iterable[pd.DataFrame], version: str, licence: Terms) -> Past:
        """Pack the events of a table, given piece by piece; a fifth of their bytes are left."""
        pieces = tuple(map(_packed, events))
        ids = _column(pieces, SOURCE_ID)
        return cls(version, licence, ids is not None and _tell_apart(ids), pieces)

    @classmethod
    def read(cls, folder: Path) -> Past:
        """Pack the events of a package, which never stand in memory all at once.

        Raises:
            TableError: With every problem of its events.
        """
        problems: list[Problem] = []
        terms, _ = read_origin(folder)
        events = pieces_of("events", folder / "events.csv", problems)
        past = cls.of(events, _version(folder), terms or own_terms(folder.resolve().name))
        if problems:
            raise TableError(problems)
        return past

    def frames(self) -> Iterator[pd.DataFrame]:
        """Unpack the events piece by piece, in their order."""
        for piece in self.pieces:
            yield pa.ipc.open_stream(piece).read_all().to_pandas()


def _version(folder: Path) -> str:
    """Return the version of a package in canonical form, by the bytes of its files."""
    digest = hashlib.sha256()
    for table in TABLES:
        digest.update(table.encode() + b"\0")
        path = folder / f"{table}.csv"
        try:
            with path.open("rb") as content:
                while part := content.read(BYTES_AT_A_TIME):
                    digest.update(part)
        except OSError as error:
            raise TableError([Problem(path.name, f"cannot be read: {error.strerror}.")]) from error
    return digest.hexdigest()[:VERSION_LENGTH]


@dataclass(frozen=True, slots=True)
class Renewal:
    """Events by their key: the source's own id where both tables have it, else ours.

    `changed` maps each key to the columns that differ.
    """

    added: tuple[str, ...]
    changed: dict[str, tuple[str, ...]]
    gone: tuple[str, ...]

    @property
    def summary(self) -> str:
        """Say it in one line."""
        return f"{len(self.added):,} added, {len(self.changed):,} changed, {len(self.gone):,} gone"

    def lines(self, most: int) -> list[str]:
        """List the events, at most so many of each kind."""
        found = []
        for name, keys in (("added", self.added), ("changed", self.changed), ("gone", self.gone)):
            shown = list(keys)[:most]
            columns = self.changed if name == "changed" else {}
            found += [
                f"{name:<8} {key}" + (f": {', '.join(columns[key])}" if key in columns else "")
                for key in shown
            ]
            if len(keys) > most:
                found.append(f"{name:<8} … and {len(keys) - most:,} more")
        return found


def renewal(old: Past, new: Dataset) -> Renewal:
    """Compare two states of one source's table.

    A correction may change an event's day or place, and with them our id of it: events are told by
    the source's own id.
    """
    events = new.events
    key = SOURCE_ID if old.has_source_ids and _has_source_ids(events) else "event_id"
    places = _places(old, events[key], key)
    is_met = np.zeros(len(events), dtype=bool)
    is_met[places[places >= 0]] = True
    changed: dict[str, tuple[str, ...]] = {}
    gone: list[str] = []
    start = 0
    for before in old.frames():
        here = places[start : start + len(before)]
        start += len(before)
        gone += before[key][here < 0].tolist()
        # Rows of few blocks are taken at a time: of many, Arrow copies every text of the table.
        for first in np.unique(here[here >= 0] // ROWS_AT_A_TIME) * ROWS_AT_A_TIME:
            is_here = (here >= first) & (here < first + ROWS_AT_A_TIME)
            after = events.iloc[first : first + ROWS_AT_A_TIME].iloc[here[is_here] - first]
            changed |= _changed(key, before[is_here], after)
    return Renewal(tuple(events[key][~is_met]), changed, tuple(gone))


def _places(old: Past, keys: pd.Series, key: str) -> np.ndarray:
    """Return where each event of a table stands in a newer one, by its key; -1 for nowhere."""
    # By Arrow: pandas would look an id up by way of a Python string for each.
    names = _column(old.pieces, key)
    assert names is not None  # every table has event_id, and the other was looked for
    known = pc.SetLookupOptions(pa.array(keys).cast(pa.large_string()))
    found = pc.call_function("index_in", [names], known)
    return pc.fill_null(found, -1).to_numpy()


def _changed(key: str, before: pd.DataFrame, after: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Map the key of each event that differs to the columns that do; events stand side by side."""
    columns = [name for name in after.columns if name in before.columns]
    differs = np.column_stack(
        [_cells(before[name]).to_numpy() != _cells(after[name]).to_numpy() for name in columns]
    )
    # An event without a date has its table's first and last day: these are not its own.
    is_undated = [rows["date_precision"].to_numpy() == UNDATED for rows in (before, after)]
    for place, name in enumerate(columns):
        if name in ("start_date", "end_date"):
            differs[is_undated[0] & is_undated[1], place] = False
    rows = np.flatnonzero(differs.any(axis=1))
    keys = before[key].iloc[rows].tolist()
    return {
        name: tuple(columns[place] for place in np.flatnonzero(differs[row]))
        for name, row in zip(keys, rows, strict=True)
    }


def _cells(values: pd.Series) -> pd.Series:
    return values.astype("str").where(values.notna(), "")


def _column(pieces: Iterable[bytes], name: str) -> pa.ChunkedArray | None:
    """Return a column of texts of packed events, None where some lack it."""
    tables = (pa.ipc.open_stream(piece).read_all() for piece in pieces)
    parts: list[pa.Array] = []
    for table in tables:
        if name not in table.column_names:
            return None
        parts += table.column(name).chunks
    return pa.chunked_array(parts, pa.large_string())


def _has_source_ids(events: pd.DataFrame) -> bool:
    """Whether every event can be told by an id of its source's; a plain table may have none."""
    return SOURCE_ID in events and _tell_apart(pa.array(events[SOURCE_ID]))


def _tell_apart(ids: pa.Array | pa.ChunkedArray) -> bool:
    # By Arrow: pandas would make a Python string of each.
    is_named = pc.call_function("all", [pc.call_function("not_equal", [ids, ""])]).as_py()
    return bool(is_named) and pc.call_function("count_distinct", [ids]).as_py() == len(ids)


def _packed(rows: pd.DataFrame) -> bytes:
    table = pa.Table.from_pandas(rows, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=_PACKING) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()  # the sink's own buffer is up to twice as large
