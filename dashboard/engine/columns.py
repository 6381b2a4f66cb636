"""The columns that queries may ask for, and their types in pandas: the same on every engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd
import pyarrow as pa

from dashboard.schema import EVENTS, REPORTS, SOURCE_COLUMNS, Column

_DTYPES = {
    "date": "datetime64[ms]",
    "count": "Int64",
    "latitude": "float64",
    "longitude": "float64",
}


def _dtypes(columns: tuple[Column, ...]) -> dict[str, str]:
    return {column.name: _DTYPES.get(column.kind, "str") for column in columns}


EVENT_DTYPES = _dtypes(EVENTS)
SOURCE_DTYPES = _dtypes(SOURCE_COLUMNS)
REPORT_DTYPES = _dtypes(REPORTS)
# What `prepared` adds to a table's own columns.
DERIVED_DTYPES = {
    "theatre": "str",
    "type_group": "str",
    "sources": "int64",
    "initiator_key": "str",
    "target_key": "str",
    "family": "str",
    "is_exact": "bool",
    "month": "int64",
    "day": "int64",
    "end_day": "int64",
    "place_key": "Int64",
    "haystack": "str",
}
DTYPES = {**EVENT_DTYPES, **SOURCE_DTYPES, **REPORT_DTYPES, **DERIVED_DTYPES}
_ARROW = {
    "str": pa.string(),
    "Int64": pa.int64(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "datetime64[ms]": pa.timestamp("ms"),
}
# Few values in many rows: an engine holds their numbers instead of their texts.
CODED = (
    *("date_precision", "country_code", "geo_precision", "event_type", "attribution"),
    *("theatre", "type_group", "family"),
)


def arrow_schema(names: Iterable[str]) -> pa.Schema:
    """Return the types in which engines are given these columns."""
    return pa.schema([(name, _ARROW[DTYPES[name]]) for name in names])


def missing_columns(names: Collection[str]) -> list[str]:
    """List the columns of `prepared` that a table with these columns lacks."""
    return [name for name in {**EVENT_DTYPES, **DERIVED_DTYPES} if name not in names]


def typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Bring a small answer to the types of `prepared`, whatever engine gave it.

    Args:
        rows: Columns of any table; those that `DTYPES` does not know stay as they are.
    """
    return pd.DataFrame(
        {name: _cast(rows[name], DTYPES.get(str(name), "")) for name in rows.columns},
        index=pd.RangeIndex(len(rows)),
    )


def _cast(values: pd.Series, dtype: str) -> pd.Series:
    values = values.reset_index(drop=True)
    if not dtype or str(values.dtype) == dtype:
        return values
    if dtype == "str":
        return values.astype("object").fillna("").astype("str")
    if dtype == "datetime64[ms]":
        return pd.to_datetime(values).dt.tz_localize(None).astype(dtype)
    if dtype == "Int64" and values.dtype.kind == "O":
        return pd.to_numeric(values).astype("Float64").astype("Int64")
    return values.astype(dtype)  # type: ignore[call-overload]
