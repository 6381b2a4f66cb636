"""The description of a package for programs: a Frictionless Data Package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import pandas as pd

from dashboard.companions import COMPANIONS
from dashboard.dataset import Dataset
from dashboard.describe.words import KINDS, ROWS, title
from dashboard.provenance import OURS
from dashboard.schema import KEYS, REFERENCES, TABLES, Column, columns_of, words
from dashboard.tables import table_parts

_BOUNDS = {
    "count": {"minimum": 0},
    "latitude": {"minimum": -90, "maximum": 90},
    "longitude": {"minimum": -180, "maximum": 180},
}
_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "header": True}


def descriptor(dataset: Dataset, beside: Sequence[str]) -> str:
    """Write datapackage.json; `beside` names the tables about the tables."""
    package = {
        "profile": "tabular-data-package",
        "name": "conflict-timeline",
        "title": title(dataset),
        "version": dataset.version,
        **_licences(dataset),
        "resources": [
            *(_resource(dataset, table) for table in TABLES),
            *(_companion(name) for name in beside),
        ],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _licences(dataset: Dataset) -> dict[str, object]:
    """Name the licence: that of the source whose rows they are, or ours; the owner's is unknown."""
    terms = dataset.licence
    if terms is OURS:
        name, words = "CC-BY-4.0", "Creative Commons Attribution 4.0 International"
        return {"licenses": [{"name": name, "title": words, "path": terms.url}]}
    return {"licenses": [{"title": terms.sentence, "path": terms.url}]} if terms.url else {}


def _resource(dataset: Dataset, table: str) -> dict[str, object]:
    rows = getattr(dataset, table)
    columns = columns_of(table, rows.columns)
    size, digest = 0, hashlib.sha256()
    for part in table_parts(columns, rows):
        size += len(part)
        digest.update(part)
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "description": f"One row is {ROWS[table]}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest.hexdigest()}",
        "dialect": _DIALECT,
        "schema": _table_schema(table, columns, rows),
    }


def _companion(name: str) -> dict[str, object]:
    """Describe a table about the tables; it changes with them, so its bytes are not counted."""
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "description": f"One row is {ROWS[name]}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "schema": {
            "fields": [_field(name, column) for column in COMPANIONS[name]],
            "missingValues": [""],
        },
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
    if KEYS.get(table) == (column.name,):
        constraints["unique"] = True
    constraints |= _BOUNDS.get(column.kind, {})
    if column.words:
        constraints["enum"] = list(words(column))
    field: dict[str, object] = {
        "name": column.name,
        **KINDS[column.kind][0],
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
