"""Typed columns of a large table: compact while it is read, joined one by one in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import pyarrow as pa

from dashboard.schema import Column

Part = dict[str, pa.Array]
_TYPES = {
    "date": pa.date32(),
    "count": pa.int64(),
    "latitude": pa.float64(),
    "longitude": pa.float64(),
}


def typed(schema: Iterable[Column], values: Mapping[str, Sequence], size: int) -> Part:
    """Make the columns of a schema from lists; a column that is not given is empty."""
    part = {}
    for column in schema:
        kind = _TYPES.get(column.kind, pa.large_string())
        given = values.get(column.name)
        if given is None:
            given = [None if column.kind in _TYPES else ""] * size
        part[column.name] = pa.array(given, kind)
    return part


def joined(parts: list[Part], keys: Sequence[str]) -> pd.DataFrame:
    """Join parts to a frame, sorted by keys; the parts are used up.

    Column by column, so that a large table is never there twice.
    """
    names = list(parts[0])
    sorting = {name: _series(pa.concat_arrays([part[name] for part in parts])) for name in keys}
    order = pd.DataFrame(sorting).sort_values([*keys], na_position="last", kind="stable").index
    sorting.clear()
    indices = pa.array(order.to_numpy())
    columns = {}
    sizes = {name: sum(part[name].nbytes for part in parts) for name in names}
    for name in sorted(names, key=lambda name: -sizes[name]):
        whole = pa.concat_arrays([part.pop(name) for part in parts])
        columns[name] = _series(whole.take(indices))
        pa.default_memory_pool().release_unused()
    return pd.DataFrame({name: columns[name] for name in names})


def _series(values: pa.Array) -> pd.Series:
    """Return an array as a series in the dtypes of `dataset`."""
    if pa.types.is_large_string(values.type):
        return pd.Series(pd.array(values, dtype="str"))
    if pa.types.is_integer(values.type):
        unknown = values.is_null().to_numpy(zero_copy_only=False)
        return pd.Series(pd.arrays.IntegerArray(values.fill_null(0).to_numpy(), unknown.copy()))
    plain = values.to_numpy(zero_copy_only=False)
    return pd.Series(plain.astype("datetime64[ms]") if pa.types.is_date(values.type) else plain)
