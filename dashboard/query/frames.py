"""What a question is put to: rows in memory, or a query that an engine has yet to run."""

from __future__ import annotations

from typing import Any, TypeVar

import narwhals as nw
import pandas as pd

from dashboard.engine.columns import typed

Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]
AnyFrame = TypeVar("AnyFrame", nw.DataFrame[Any], nw.LazyFrame[Any], Frame)


def collected(frame: Frame) -> pd.DataFrame:
    """Run a query and return its answer, in pandas types that do not depend on the engine."""
    if isinstance(frame, nw.LazyFrame):
        return typed(frame.collect("pyarrow").to_native().to_pandas())
    return typed(frame.to_pandas())


def whole(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Bring sums and counts to int64; the sum of nothing is 0."""
    return rows.assign(**{name: rows[name].fillna(0).astype("int64") for name in names})


def integers(*names: str) -> list[nw.Expr]:
    """Cast sums: an engine may give decimals, and a cast inside an aggregate is slow on pandas."""
    return [nw.col(name).cast(nw.Int64) for name in names]
