"""Rows of frames as plain values, whose types pandas does not know."""

from __future__ import annotations

from typing import Any

import pandas as pd


def records(rows: pd.DataFrame) -> list[Any]:
    """List a frame's rows as named tuples."""
    return list(rows.itertuples(index=False))


def record(rows: pd.DataFrame, key: str) -> Any:
    """Return the row with this index label."""
    return rows.loc[key]
