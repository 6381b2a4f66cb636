"""Typed columns of a large table: compact while it is read, joined one by one in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.schema import Column

_TEXT = pa.large_string()
_TYPES = {
    "date": pa.date32(),
    "count": pa.int64(),
    "latitude": pa.float64(),
    "longitude": pa.float64(),
}


ROWS_AT_A_TIME = 50_000
_PACKING = pa.ipc.IpcWriteOptions(compression="lz4")


@dataclass(frozen=True, slots=True)
class Packed:
    """Some cells of a column, compressed.

    Attributes:
        size: How many they are.
        weight: Their bytes once they are unpacked.
        content: The cells as an Arrow stream; None where all are empty.
    """

    size: int
    weight: int = 0
    content: pa.Buffer | None = None

    def array(self) -> pa.Array:
        """Unpack the cells."""
        if self.content is None:
            return pa.nulls(self.size)
        column = pa.ipc.open_stream(self.content).read_all().column(0)
        return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


Part = dict[str, Packed]


def typed(schema: Iterable[Column], values: Mapping[str, Sequence], size: int) -> Part:
    """Make the columns of a schema from lists; a column that is not given is empty."""
    part = {}
    for column in schema:
        given = values.get(column.name)
        kind = _TYPES.get(column.kind, _TEXT)
        if given is None or (kind is _TEXT and not any(given)):
            part[column.name] = Packed(size)
        else:
            part[column.name] = _packed(pa.array(given, kind))
    return part


def _packed(array: pa.Array) -> Packed:
    weight = array.nbytes
    if array.type is _TEXT or pa.types.is_large_string(array.type):
        encoded = array.dictionary_encode()
        array = encoded if encoded.nbytes < weight / 2 else array
    batch = pa.record_batch([array], names=["cells"])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema, options=_PACKING) as stream:
        stream.write_batch(batch)
    return Packed(len(array), weight, _trimmed(sink.getvalue()))


def _trimmed(content: pa.Buffer) -> pa.Buffer:
    """Copy a stream into a buffer of its size: its own is up to twice as large."""
    exact = pa.allocate_buffer(content.size)
    np.frombuffer(exact, dtype=np.uint8)[:] = np.frombuffer(content, dtype=np.uint8)
    return exact


def joined(schema: Iterable[Column], parts: list[Part], keys: Sequence[str]) -> pd.DataFrame:
    """Join parts to a frame, sorted by keys; the parts are used up.

    Column by column, the heaviest first, so that a large table is never there twice.
    """
    kinds = {column.name: _TYPES.get(column.kind, _TEXT) for column in schema}
    sorting = pa.table({name: _whole([part[name] for part in parts], kinds[name]) for name in keys})
    by = pc.SortOptions([(name, "ascending") for name in keys])  # empty ones last
    indices = pc.call_function("sort_indices", [sorting], by)
    del sorting
    columns = {}
    blank = _blank(len(indices))
    weights = {name: sum(part[name].weight for part in parts) for name in kinds}
    for name in sorted(kinds, key=lambda name: -weights[name]):
        cells = [part.pop(name) for part in parts]
        if kinds[name] is _TEXT and not weights[name]:
            columns[name] = _series(blank)
            continue
        columns[name] = _series(_sorted(_whole(cells, kinds[name]), indices))
        cells.clear()
        pa.default_memory_pool().release_unused()
    pa.system_memory_pool().release_unused()  # Python's own strings of the batches, too
    return pd.DataFrame({name: columns[name] for name in kinds}, copy=False)


def _sorted(whole: pa.Array, indices: pa.Array) -> pa.ChunkedArray:
    """Return cells in another order, piece by piece: at once, texts take room for twice as many."""
    starts = range(0, len(indices), ROWS_AT_A_TIME)
    pieces = [whole.take(indices.slice(start, ROWS_AT_A_TIME)) for start in starts]
    return pa.chunked_array(pieces, whole.type)


def _blank(size: int) -> pa.Array:
    """Return a column of empty texts; all columns without a text share its memory."""
    offsets = pa.py_buffer(np.zeros(size + 1, dtype=np.int64))
    return pa.Array.from_buffers(_TEXT, size, [None, offsets, pa.py_buffer(b"")])


def _whole(cells: Iterable[Packed], kind: pa.DataType) -> pa.Array:
    """Join the cells of a column, unpacked."""
    return pa.concat_arrays([_plain(some.array(), kind) for some in cells])


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
