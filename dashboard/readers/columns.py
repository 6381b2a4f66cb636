"""Typed columns of a large table: compact while it is read, joined one by one in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.schema import Column

Part = dict[str, pa.Array]
_TEXT = pa.large_string()
_TYPES = {
    "date": pa.date32(),
    "count": pa.int64(),
    "latitude": pa.float64(),
    "longitude": pa.float64(),
}


def typed(schema: Iterable[Column], values: Mapping[str, Sequence], size: int) -> Part:
    """Make the columns of a schema from lists; a column that is not given is empty.

    An empty column takes no room, and one of few different texts little.
    """
    part = {}
    for column in schema:
        given = values.get(column.name)
        kind = _TYPES.get(column.kind, _TEXT)
        if given is None or (kind is _TEXT and not any(given)):
            part[column.name] = pa.nulls(size)
            continue
        array = pa.array(given, kind)
        if kind is _TEXT:
            encoded = array.dictionary_encode()
            array = encoded if encoded.nbytes < array.nbytes / 2 else array
        part[column.name] = array
    return part


def joined(schema: Iterable[Column], parts: list[Part], keys: Sequence[str]) -> pd.DataFrame:
    """Join parts to a frame, sorted by keys; the parts are used up.

    Column by column, so that a large table is never there twice.
    """
    kinds = {column.name: _TYPES.get(column.kind, _TEXT) for column in schema}
    sorting = pa.table({name: _whole([part[name] for part in parts], kinds[name]) for name in keys})
    by = pc.SortOptions([(name, "ascending") for name in keys])  # empty ones last
    indices = pc.call_function("sort_indices", [sorting], by)
    del sorting
    columns = {}
    sizes = {name: sum(part[name].nbytes for part in parts) for name in kinds}
    for name in sorted(kinds, key=lambda name: -sizes[name]):
        whole = _whole([part.pop(name) for part in parts], kinds[name])
        columns[name] = _series(whole.take(indices))
        pa.default_memory_pool().release_unused()
    return pd.DataFrame({name: columns[name] for name in kinds})


def _whole(arrays: list[pa.Array], kind: pa.DataType) -> pa.Array:
    """Join the arrays of a column, those that are compact unfolded."""
    return pa.concat_arrays([_plain(array, kind) for array in arrays])


def _plain(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_null(array.type):
        is_text = kind is _TEXT
        return pa.repeat(pa.scalar("", kind), len(array)) if is_text else array.cast(kind)
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def _series(values: pa.Array) -> pd.Series:
    """Return an array as a series in the dtypes of `dataset`."""
    if pa.types.is_large_string(values.type):
        return pd.Series(pd.array(values, dtype="str"))
    if pa.types.is_integer(values.type):
        unknown = values.is_null().to_numpy(zero_copy_only=False)
        return pd.Series(pd.arrays.IntegerArray(values.fill_null(0).to_numpy(), unknown.copy()))
    plain = values.to_numpy(zero_copy_only=False)
    return pd.Series(plain.astype("datetime64[ms]") if pa.types.is_date(values.type) else plain)
