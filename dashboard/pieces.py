"""The rows of a checked table as frames, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from dashboard.errors import Problem
from dashboard.records import Briefs, Record
from dashboard.schema import Column, columns_of
from dashboard.validation import read_rows

ROWS_AT_A_TIME = 5_000
_DTYPES = {
    "date": "datetime64[ms]",
    "count": "Int64",
    "latitude": "float64",
    "longitude": "float64",
}


def pieces_of(
    table: str, path: Path, problems: list[Problem], kept: Briefs | None = None
) -> Iterator[pd.DataFrame]:
    """Read and check a table some rows at a time.

    Args:
        table: Its name in the schema.
        path: Its file.
        problems: Where what is wrong with it is added.
        kept: Where the key and the references of each row are added.
    """
    try:
        with path.open("rb") as content:
            rows = read_rows(table, content, path.name, problems)
            while some := list(islice(rows, ROWS_AT_A_TIME)):
                if kept is not None:
                    for record in some:
                        kept.add(record)
                yield frame(columns_of(table, some[0].cells), some)
    except OSError as error:
        problems.append(Problem(path.name, f"cannot be read: {error.strerror}."))


def frame(columns: Sequence[Column], records: Iterable[Record]) -> pd.DataFrame:
    """Make a frame of checked rows, a typed column for each of the schema's."""
    rows = [record.values for record in records]
    return pd.DataFrame({column.name: _series(column, rows) for column in columns})


def _series(column: Column, rows: Sequence[Mapping[str, object]]) -> pd.Series:
    values = [row[column.name] for row in rows]
    if column.kind in _DTYPES:
        return pd.Series(values, dtype=_DTYPES[column.kind])
    return pd.Series([value or "" for value in values], dtype="str")
