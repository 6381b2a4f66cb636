"""What a question is put to: rows in memory, or a query that an engine has yet to run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.engine.columns import DTYPES, typed

Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]
AnyFrame = TypeVar("AnyFrame", nw.DataFrame[Any], nw.LazyFrame[Any], Frame)
_NULLABLE = {pa.int64(): pd.Int64Dtype()}


def collected(frame: Frame) -> pd.DataFrame:
    """Run a query and return its answer, in pandas types that do not depend on the engine."""
    if not isinstance(frame, nw.LazyFrame):
        return typed(frame.to_pandas())
    return _typed(_arrow(frame))


def collected_in_order(frame: nw.LazyFrame, keys: Sequence[str]) -> pd.DataFrame:
    """As `collected`, sorted by some columns, unknown last: few rows are sooner sorted here."""
    return _typed(_arrow(frame).sort_by([(key, "ascending") for key in keys]))


def _typed(answer: pa.Table) -> pd.DataFrame:
    # Arrow changes types once for the whole table; pandas would do it column by column.
    fields = [pa.field(field.name, _arrow_type(field)) for field in answer.schema]
    rows = answer.cast(pa.schema(fields), safe=False).to_pandas(types_mapper=_NULLABLE.get)
    # One by one: pandas takes a table apart and joins it anew to change several at once.
    for name, dtype in rows.dtypes.astype("str").items():
        wanted = DTYPES.get(str(name), dtype)
        if wanted != dtype:
            rows[name] = rows[name].astype(wanted)  # type: ignore[call-overload]
    return rows


def _arrow(frame: nw.LazyFrame) -> pa.Table:
    return frame.collect("pyarrow").to_native()


def _arrow_type(field: pa.Field) -> pa.DataType:
    dtype = DTYPES.get(field.name)
    if dtype == "datetime64[ms]":
        return pa.timestamp("ms")
    if dtype == "Int64" or pa.types.is_decimal(field.type):
        return pa.int64()
    if dtype == "int64" or pa.types.is_integer(field.type):
        return pa.int32() if dtype == "int64" else pa.int64()
    if dtype == "bool":
        return pa.bool_()
    return pa.string() if pa.types.is_dictionary(field.type) else field.type


def figures(frame: Frame) -> dict[str, np.ndarray]:
    """Run a query and return its columns: texts as objects, sums and counts as int64, else floats.

    The sum of nothing is 0. Small answers come in a tenth of the time that `collected` takes.
    """
    if not isinstance(frame, nw.LazyFrame):
        rows = frame.to_pandas()
        return {str(name): _plain(rows[name]) for name in rows.columns}
    answer = _arrow(frame)
    return {
        name: _numpy(column)
        for name, column in zip(answer.column_names, answer.columns, strict=True)
    }


def _plain(values: pd.Series) -> np.ndarray:
    if values.dtype.kind == "f":
        return values.to_numpy("float64")
    if values.dtype.kind in "iu":
        return values.fillna(0).to_numpy("int64")
    return values.to_numpy("bool" if values.dtype.kind == "b" else "object")


def _numpy(column: pa.ChunkedArray) -> np.ndarray:
    kind = column.type
    if pa.types.is_floating(kind):
        return column.to_numpy().astype("float64", copy=False)
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        whole = column.cast(pa.int64(), safe=False)
        return (whole.fill_null(0) if whole.null_count else whole).to_numpy()
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
    return np.asarray(column.to_pylist(), dtype="bool" if pa.types.is_boolean(kind) else "object")


def coded(
    frame: Frame, texts: Iterable[str]
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Run a query and return its columns, texts as numbers: no text is made for each row.

    Args:
        frame: The query.
        texts: Its columns of texts, none of them unknown.

    Returns:
        All columns as `figures` gives them, but for texts the numbers of their words; and the words
        of each column of texts, in the order of the alphabet.
    """
    columns, words = {}, {}
    if isinstance(frame, nw.LazyFrame):
        answer = _arrow(frame)
        given = dict(zip(answer.column_names, answer.columns, strict=True))
    else:
        rows = frame.to_pandas()
        given = {str(name): rows[name] for name in rows.columns}
    for name, column in given.items():
        if name in texts:
            codes, values = _words(column)
            order = np.argsort(values)
            ranks = np.empty(len(order), dtype="int32")
            ranks[order] = np.arange(len(order))
            columns[name], words[name] = ranks[codes], values[order]
        else:
            columns[name] = _plain(column) if isinstance(column, pd.Series) else _numpy(column)
    return columns, words


def _words(column: pa.ChunkedArray | pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of each row's word, and the words."""
    if isinstance(column, pd.Series):
        codes, values = pd.factorize(column)
        return codes, np.asarray(values, dtype="object")
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    if not len(column):
        return np.zeros(0, dtype="int64"), np.zeros(0, dtype="object")
    pieces = column.unify_dictionaries().combine_chunks()
    return pieces.indices.to_numpy(), np.asarray(pieces.dictionary.to_pylist(), dtype="object")


def ordering(*keys: np.ndarray) -> np.ndarray:
    """Return the order of rows by some columns, the first counts most."""
    return np.lexsort([_sortable(key) for key in reversed(keys)])


def _sortable(key: np.ndarray) -> np.ndarray:
    return pd.factorize(key, sort=True)[0] if key.dtype.kind == "O" else key


def whole(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Bring sums and counts to int64; the sum of nothing is 0."""
    return rows.assign(**{name: rows[name].fillna(0).astype("int64") for name in names})


def integers(*names: str) -> list[nw.Expr]:
    """Cast sums: an engine may give decimals, and a cast inside an aggregate is slow on pandas."""
    return [nw.col(name).cast(nw.Int64) for name in names]


def whole_row(sums: Frame) -> dict[str, int]:
    """Return a query's only row as whole numbers; the sum of nothing is 0."""
    answer = sums.collect("pyarrow") if isinstance(sums, nw.LazyFrame) else sums
    return {
        name: 0 if value is None or value != value else int(value)
        for name, value in answer.rows(named=True)[0].items()
    }
