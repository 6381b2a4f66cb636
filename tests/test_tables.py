import pandas as pd
import pytest

from dashboard.schema import Column
from dashboard.tables import table_bytes, table_parts

pytestmark = pytest.mark.unit

COLUMNS = (Column("name", "text", "A name."), Column("number", "count", "A number."))


def rows(size):
    return pd.DataFrame(
        {
            "name": pd.Series([f"x{number}" for number in range(size)], dtype="str"),
            "number": pd.Series(range(size), dtype="Int64"),
        }
    )


def test_the_parts_of_a_large_table_are_its_bytes():
    frame = rows(45_000)
    parts = list(table_parts(COLUMNS, frame))
    assert len(parts) == 4
    assert b"".join(parts) == table_bytes(COLUMNS, frame)
    assert table_bytes(COLUMNS, frame).count(b"\n") == 45_001


def test_an_empty_table_has_its_header():
    assert table_bytes(COLUMNS, rows(0)) == b"name,number\n"
