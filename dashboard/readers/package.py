"""Our own package, as a folder or a zip of it, and a single `events.csv` in our columns.

A whole package is loaded as `dataset.load` does: it is sound or it is not. A single table of events
is read record by record; it has no reports, so the file itself is the source of its events.
"""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

from dashboard import dataset
from dashboard.cells import EMPTY, parse
from dashboard.dataset import Dataset
from dashboard.errors import ReaderError, TableError, plural
from dashboard.provenance import REPORT_FILE, TERMS_FILE, Report
from dashboard.readers import values
from dashboard.readers.actors import name_of
from dashboard.readers.archives import parts, unpacked
from dashboard.readers.base import Batch, Fault, Head, Memo, Reading, Source, require_columns
from dashboard.readers.building import Builder
from dashboard.readers.drafts import Draft
from dashboard.readers.own import terms_of
from dashboard.readers.tabular import fill, table_of
from dashboard.schema import EVENTS, SOURCE_COLUMNS, TABLES, UNDATED

KEY = "package"
NAME = "our own package"
NEEDS = tuple(column.name for column in EVENTS if column.required)
_DAYS = ("start_date", "end_date")
_LEVELS = ("low", "best", "high")
_COLUMNS = {column.name: column for column in (*EVENTS, *SOURCE_COLUMNS)}
_FILES = (*(f"{table}.csv" for table in TABLES), TERMS_FILE, REPORT_FILE)


def recognises(head: Head) -> bool:
    """Whether a folder or zip holds our tables, or a table has our columns of events."""
    if head.kind == "folder":
        return "events.csv" in head.header
    if head.kind == "package":
        return True
    return head.kind in ("csv", "workbook") and head.share(NEEDS) >= 0.8


def read(source: Source) -> Reading:
    """Read a package or a single table of events.

    Raises:
        ReaderError: The package breaks a rule of ours, or no record could be loaded.
    """
    if source.head.kind == "folder":
        return _whole(source, source.path)
    if source.head.kind == "package":
        with tempfile.TemporaryDirectory() as folder:
            _unpack(source.path, Path(folder))
            return _whole(source, Path(folder))
    table = table_of(source)
    require_columns(source.name, "our table of events", table.header, NEEDS)
    builder = Builder(
        source.name, KEY, terms_of(source.name), form_name="our table of events", has_our_ids=True
    )
    return fill(builder, table, _Events())


def _unpack(archive: Path, folder: Path) -> None:
    """Write the tables of the package that lies least deep in an archive."""
    names = parts(archive)
    tables = [name for name in names if name.rpartition("/")[2] == "events.csv"]
    head = min(tables, key=lambda name: (name.count("/"), name)).removesuffix("events.csv")
    for name in _FILES:
        if head + name in names:
            (folder / name).write_bytes(unpacked(archive, head + name))


def _whole(source: Source, folder: Path) -> Reading:
    try:
        found = dataset.load(folder)
    except TableError as error:
        first, number = error.problems[0], len(error.problems)
        more = f" ({plural(number - 1, 'more problem')})" if number > 1 else ""
        raise ReaderError(f"{source.name} is no sound package: {first}{more}") from None
    if found.events.empty:
        raise ReaderError(f"{source.name} has a header but no records.")
    source.options.progress(1.0)
    report = Report(
        file=source.name,
        form=KEY,
        form_name=NAME,
        records=len(found.events),
        loaded=len(found.events),
        assumptions=("The tables are a package of ours: UTF-8, commas, days as yyyy-mm-dd.",),
    )
    # What an import left says more: how the file was read that the package was made from.
    return Reading(_named(found, source, found.report or report), report)


def _named(found: Dataset, source: Source, report: Report) -> Dataset:
    if source.head.kind == "folder":
        return dataclasses.replace(found, report=report)
    name = source.name.removesuffix(".zip")
    return dataclasses.replace(found, name=name, folder=None, report=report)


class _Events:
    """Makes drafts of a table in our own columns and words: no guessing, each cell as we say."""

    needs = NEEDS

    def __init__(self) -> None:
        self.memos = {name: Memo(_strictly(name)) for name in _COLUMNS if name not in _DAYS}
        self.days = {name: Memo(_strictly(name, may_be_empty=True)) for name in _DAYS}

    def assumptions(self) -> list[str]:
        """Say what was taken for granted."""
        return ["The table has no reports: the file itself stands as the source of its events."]

    def draft(self, batch: Batch) -> Draft:
        """Make the events of a batch."""
        cells = {name: batch.read(name, memo) for name, memo in self.memos.items()}
        cells |= self._read_days(batch, cells["date_precision"])
        texts = {name: [value or "" for value in column] for name, column in cells.items()}
        return Draft(
            ids=texts["event_id"],
            id_column="event_id",
            starts=cells["start_date"],
            ends=cells["end_date"],
            date_precisions=texts["date_precision"],
            countries=texts["country_code"],
            admin1=texts["admin1"],
            places=texts["place"],
            latitudes=cells["latitude_deg"],
            longitudes=cells["longitude_deg"],
            geo_precisions=self._geo_precisions(batch, texts["geo_precision"]),
            types=texts["event_type"],
            initiators=list(map(_names, texts["initiators"])),
            targets=list(map(_names, texts["targets"])),
            attributions=texts["attribution"],
            killed=list(zip(*(cells[f"killed_{level}"] for level in _LEVELS), strict=True)),
            toll_columns="killed_low, killed_best, killed_high",
            wounded=list(zip(*(cells[f"wounded_{level}"] for level in _LEVELS), strict=True)),
            displaced=cells["displaced"],
            parents=texts["part_of"],
            titles=texts["title"],
            summaries=texts["summary"],
            source_ids=[
                own or event_id
                for own, event_id in zip(texts["source_event_id"], texts["event_id"], strict=True)
            ],
            source_types=texts["source_event_type"],
            source_date_precisions=texts["source_date_precision"],
            source_geo_precisions=texts["source_geo_precision"],
        )

    def _read_days(self, batch: Batch, precisions: list[str]) -> dict[str, list]:
        """Read the days; both are empty where the table says that it knows none."""
        days = {name: batch.read(name, memo) for name, memo in self.days.items()}
        written = [batch.cells(name) for name in _DAYS]
        for place, word in enumerate(precisions):
            cells = [column[place].strip() for column in written]
            if word == UNDATED and not any(cells):
                continue
            for name, cell in zip(_DAYS, cells, strict=True):
                if not cell:
                    batch.reject(place, name, EMPTY)
        return days

    @staticmethod
    def _geo_precisions(batch: Batch, words: list[str]) -> list[str]:
        """Take a place that is not said to be exact for approximate."""
        for place, (word, cell) in enumerate(zip(words, batch.cells("latitude_deg"), strict=True)):
            if not word and cell:
                batch.warn(place, "geo_precision", "is empty: the place is taken as approximate.")
        return [word or "district" for word in words]


def _strictly(name: str, may_be_empty: bool = False):
    column = _COLUMNS[name]
    if may_be_empty:
        column = dataclasses.replace(column, required=False)

    def read_cell(cell: str) -> object:
        try:
            return parse(column, values.text(cell) if column.kind == "text" else cell.strip())
        except ValueError as error:
            return Fault(str(error))

    return read_cell


def _names(ids: str) -> str:
    return ";".join(map(name_of, ids.split(";"))) if ids else ""
