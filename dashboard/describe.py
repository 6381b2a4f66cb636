"""The descriptions that stand beside a package's tables: for programs and for people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.errors import plural
from dashboard.schema import (
    KEYS,
    REFERENCES,
    TABLES,
    TYPE_GROUPS,
    Column,
    columns_of,
    words,
)
from dashboard.tables import table_bytes

TITLE = "Conflict Timeline: a curated, sourced table of conflict events"
# What one row of each table is.
ROWS = {
    "events": "an event: what happened, when, where, by whom, to whom, with what toll",
    "reports": "what one page says of one event: its publisher, link and figures",
    "actors": "an actor that events name: a group, a force, a body, or civilians",
    "theatres": "a theatre: the countries that share a lane and a map",
}
# Each kind of cell: its type in a Table Schema with what goes with it, and the words for people.
_KINDS: dict[str, tuple[dict[str, object], str]] = {
    "text": ({"type": "string"}, "text"),
    "word": ({"type": "string"}, "one of the words below"),
    "id": ({"type": "string"}, "key"),
    "event": ({"type": "string"}, "event id"),
    "actor": ({"type": "string"}, "actor id"),
    "actors": ({"type": "string"}, "actor ids"),
    "list": ({"type": "string"}, "texts"),
    "country": ({"type": "string"}, "country code"),
    "countries": ({"type": "string"}, "country codes"),
    "language": ({"type": "string"}, "language code"),
    "url": ({"type": "string", "format": "uri"}, "web address"),
    "date": ({"type": "date", "format": "default"}, "yyyy-mm-dd"),
    "count": ({"type": "integer"}, "whole number"),
    "latitude": ({"type": "number"}, "decimal number"),
    "longitude": ({"type": "number"}, "decimal number"),
}
_BOUNDS = {
    "count": {"minimum": 0},
    "latitude": {"minimum": -90, "maximum": 90},
    "longitude": {"minimum": -180, "maximum": 180},
}


def describe(dataset: Dataset) -> dict[str, bytes]:
    """Write the texts that describe a package, by the name of their file."""
    return {
        "datapackage.json": _descriptor(dataset).encode(),
        "README.md": _readme(dataset).encode(),
    }


def write_descriptions(dataset: Dataset, folder: str | Path) -> list[str]:
    """Write the descriptions into a folder and name the files."""
    texts = describe(dataset)
    for name, content in texts.items():
        (Path(folder) / name).write_bytes(content)
    return list(texts)


def outdated_descriptions(dataset: Dataset, folder: str | Path) -> list[str]:
    """Name the description files of a folder that are missing or do not fit its tables."""
    return [
        name
        for name, content in describe(dataset).items()
        if not (Path(folder) / name).is_file() or (Path(folder) / name).read_bytes() != content
    ]


def _descriptor(dataset: Dataset) -> str:
    package = {
        "profile": "tabular-data-package",
        "name": "conflict-timeline",
        "title": TITLE,
        "version": dataset.version,
        "licenses": [_licence(dataset)],
        "resources": [_resource(dataset, table) for table in TABLES],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _licence(dataset: Dataset) -> dict[str, str]:
    """Name the licence: that of the source whose rows they are, else ours."""
    if dataset.terms is not None:
        return {"title": dataset.terms.sentence, "path": dataset.terms.url}
    return {
        "name": "CC-BY-4.0",
        "title": "Creative Commons Attribution 4.0 International",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    }


def _resource(dataset: Dataset, table: str) -> dict[str, object]:
    rows = getattr(dataset, table)
    columns = columns_of(table, rows.columns)
    content = table_bytes(columns, rows)
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "description": f"One row is {ROWS[table]}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "header": True},
        "schema": _table_schema(table, columns, rows),
    }


def _table_schema(table: str, columns: Sequence[Column], rows: pd.DataFrame) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(table, column) for column in columns],
        "missingValues": [""],
    }
    if not (rows[list(KEYS[table])] == "").any(axis=None):  # a key with an empty cell is none
        schema["primaryKey"] = list(KEYS[table])
    keys = [_foreign_key(table, column) for column in columns if _is_foreign(column)]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(table: str, column: Column) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    if KEYS[table] == (column.name,):
        constraints["unique"] = True
    constraints |= _BOUNDS.get(column.kind, {})
    if column.words:
        constraints["enum"] = list(words(column))
    field: dict[str, object] = {
        "name": column.name,
        **_KINDS[column.kind][0],
        "description": _meaning(column),
    }
    if column.unit:
        field["unit"] = column.unit
    return field | ({"constraints": constraints} if constraints else {})


def _meaning(column: Column) -> str:
    if column.required or "empty" in column.meaning:
        return column.meaning
    return f"{column.meaning} Empty: {column.empty}."


def _is_foreign(column: Column) -> bool:
    """A list of ids is no foreign key for the standard; `dataset.load` checks it all the same."""
    return column.kind in REFERENCES and not column.kind.endswith("s")


def _foreign_key(table: str, column: Column) -> dict[str, object]:
    other = REFERENCES[column.kind]
    resource = "" if other == table else other
    return {
        "fields": column.name,
        "reference": {"resource": resource, "fields": KEYS[other][0]},
    }


def _readme(dataset: Dataset) -> str:
    parts = [
        f"# {TITLE}",
        _opening(dataset),
        "## Files",
        _files(dataset),
        "## How to read it",
        _RULES,
        *(_table_part(dataset, table) for table in TABLES),
        "## Licence",
        _terms_text(dataset) or _LICENCE.format(version=dataset.version),
    ]
    return "\n\n".join(parts) + "\n"


def _opening(dataset: Dataset) -> str:
    events = dataset.events
    span = ""
    if len(events):
        span = f" from {dataset.first_day} to {dataset.last_day}"
    return (
        f"Data version `{dataset.version}`: {plural(len(events), 'event')}{span}, with"
        f" {plural(len(dataset.reports), 'source report')}.\n\n"
        "This file and `datapackage.json` are written by `conflict-timeline describe` from"
        " `dashboard/schema.py` and the tables; do not edit them by hand."
    )


def _files(dataset: Dataset) -> str:
    lines = [
        (f"`{table}.csv`", f"{len(getattr(dataset, table)):,}", ROWS[table]) for table in TABLES
    ]
    others = [
        ("`stories/*.md`", "", "not a table: a guided reading, each step with its selection"),
        ("`datapackage.json`", "", "not a table: the same description for programs"),
        ("`LICENSE.md`", "", "not a table: what the licence covers and what it does not"),
    ]
    return _grid(("file", "rows", "a row is"), [*lines, *others])


def _terms_text(dataset: Dataset) -> str:
    terms = dataset.terms
    return f"{terms.sentence} {terms.url}\n\nCite as: {terms.citation}" if terms else ""


def _table_part(dataset: Dataset, table: str) -> str:
    known = columns_of(table, getattr(dataset, table).columns)
    columns = [
        (
            f"`{column.name}`",
            _KINDS[column.kind][1] + (f", {column.unit}" if column.unit else ""),
            "never empty" if column.required else column.empty,
            column.meaning,
        )
        for column in known
    ]
    parts = [
        f"## {table}.csv",
        f"One row is {ROWS[table]}. Key: {' and '.join(f'`{key}`' for key in KEYS[table])}.",
        _grid(("column", "holds", "empty means", "meaning"), columns),
    ]
    for column in known:
        if column.words:
            parts += [f"### The words of `{column.name}`", _words_table(column)]
    return "\n\n".join(parts)


def _words_table(column: Column) -> str:
    groups = {group.id: group.name for group in TYPE_GROUPS}
    has_groups = any(word.group for word in column.words)
    head = ("word", "name", *(("group",) if has_groups else ()), "meaning")
    rows = [
        (
            f"`{word.id}`",
            word.name,
            *((f"{groups[word.group]} (`{word.group}`)",) if has_groups else ()),
            word.meaning,
        )
        for word in column.words
    ]
    return _grid(head, rows)


def _grid(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


_RULES = """\
- **Empty means unknown, never zero.** A toll is empty where no source gives a figure; `0` is
  written only where a source says that nobody came to harm. Where an empty cell says something
  else, the tables below say what.
- A toll is given as low, best and high together, or not at all. Sums leave unknown tolls out.
- Days are local days, written yyyy-mm-dd; an event of one day has the same first and last day.
  `date_precision` and `geo_precision` say how well day and place are known: an imprecise one is
  not the exact day or point that it is written as.
- A cell that holds several ids or texts joins them with `;`, without spaces.
- An overview whose parts (`part_of`) carry tolls carries none, so that a sum never counts twice.
- Two pages that carry one agency's text are one source: independent sources are counted by `via`,
  or by `publisher` where `via` is empty.
- Files are UTF-8 with commas, `"` where needed and LF; rows are sorted, and degrees have at most
  five decimals. `conflict-timeline check` says what breaks a rule, `check --fix` brings a sound
  package to this form.
- The data version is a hash of the four tables: it changes with any cell, not with their layout."""

_LICENCE = """\
Creative Commons Attribution 4.0 International (CC BY 4.0); `LICENSE.md` says what it covers. Name
the source as: Conflict Timeline contributors, data version `{version}`, CC BY 4.0. Each figure's
own source stands in `reports.csv` and keeps its rights in its text."""
