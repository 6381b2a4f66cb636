import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.schema import Column
from dashboard.tables import is_sorted, table_bytes, table_parts

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
    assert len(parts) == 10
    assert b"".join(parts) == table_bytes(COLUMNS, frame)
    assert table_bytes(COLUMNS, frame).count(b"\n") == 45_001


def test_an_empty_table_has_its_header():
    assert table_bytes(COLUMNS, rows(0)) == b"name,number\n"


@pytest.mark.property
@given(
    st.lists(st.tuples(st.none() | st.integers(0, 2), st.sampled_from(["", "a", "b"])), max_size=6)
)
def test_knows_rows_in_order_as_sorting_would_leave_them(pairs):
    frame = pd.DataFrame(
        {
            "day": pd.array(
                [pd.NaT if day is None else pd.Timestamp(2020, 1, 1 + day) for day, _ in pairs],
                dtype="datetime64[ms]",
            ),
            "name": pd.array([name for _, name in pairs], dtype="str"),
        }
    )
    keys = ["day", "name"]
    ordered = frame.sort_values(keys, na_position="last", kind="stable")
    assert is_sorted(frame, keys) == ordered.index.equals(frame.index)
    assert is_sorted(ordered, keys)
