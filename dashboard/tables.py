"""A frame as the bytes of its CSV table, always the same for the same rows."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from dashboard.schema import DEGREE_PLACES, Column

# So many rows are written at a time: a large table's text never stands in memory at once.
_ROWS_AT_A_TIME = 5_000


def table_bytes(columns: Sequence[Column], rows: pd.DataFrame) -> bytes:
    """Write a frame as CSV: UTF-8, LF, quotes where needed, no trailing zeros, empty = unknown."""
    return b"".join(table_parts(columns, rows))


def table_parts(columns: Sequence[Column], rows: pd.DataFrame) -> Iterator[bytes]:
    """Write the bytes of `table_bytes` piece by piece."""
    yield _csv_bytes([[column.name for column in columns]])
    for start in range(0, len(rows), _ROWS_AT_A_TIME):
        some = rows.iloc[start : start + _ROWS_AT_A_TIME]
        yield _csv_bytes(zip(*(_texts(some[column.name]) for column in columns), strict=True))


def is_sorted(rows: pd.DataFrame, keys: Sequence[str]) -> bool:
    """Whether rows stand in the order of their keys, empty ones last: cheaper than sorting."""
    ties = np.ones(max(len(rows) - 1, 0), dtype=bool)
    for key in keys:
        values = rows[key].array
        one, other = values[:-1], values[1:]
        one_empty, other_empty = np.asarray(pd.isna(one)), np.asarray(pd.isna(other))
        falls = np.asarray(one > other, dtype=bool) | (one_empty & ~other_empty)
        if (ties & falls).any():
            return False
        ties &= np.asarray(one == other, dtype=bool) | (one_empty & other_empty)
    return True


def _csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _texts(values: pd.Series) -> list[str]:
    if values.dtype.kind == "M":
        days = np.datetime_as_string(values.to_numpy("datetime64[D]"))
        return ["" if day == "NaT" else str(day) for day in days]
    if values.dtype == "str" and not values.hasnans:
        return values.tolist()
    return [_cell(value) for value in values.tolist()]


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, pd.Timestamp | datetime.date):
        return value.isoformat()[:10]  # strftime drops the zeros of a year below 1000
    if isinstance(value, float):
        return f"{value:.{DEGREE_PLACES}f}".rstrip("0").rstrip(".")
    return str(value)
