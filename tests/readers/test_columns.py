import datetime

import pytest

from dashboard.readers import columns
from dashboard.schema import Column

pytestmark = pytest.mark.unit
SCHEMA = (
    Column("name", "text", "Who."),
    Column("day", "date", "When."),
    Column("dead", "count", "How many."),
    Column("note", "text", "What else."),
)
DAY = datetime.date(2014, 6, 6)


def part(names, days, dead):
    return columns.typed(SCHEMA, {"name": names, "day": days, "dead": dead}, len(names))


def test_joins_parts_in_the_order_of_their_keys_piece_by_piece(monkeypatch):
    monkeypatch.setattr(columns, "ROWS_AT_A_TIME", 2)
    parts = [part(["c", "a"], [DAY, DAY], [3, None]), part(["b", "d"], [DAY, None], [2, 4])]
    found = columns.joined(SCHEMA, parts, ("name",))
    assert found["name"].tolist() == ["a", "b", "c", "d"]
    assert found["dead"].fillna(-1).tolist() == [-1, 2, 3, 4]
    assert found["day"].isna().tolist() == [False, False, False, True]
    assert found["note"].tolist() == [""] * 4
    assert found.dtypes.astype("str").tolist() == ["str", "datetime64[ms]", "Int64", "str"]


def test_uses_the_parts_up_while_it_joins_them():
    parts = [part(["a"], [DAY], [1])]
    columns.joined(SCHEMA, parts, ("name",))
    assert parts == [{}]


def test_packs_a_column_into_a_buffer_that_is_no_larger_than_its_content():
    names = [f"Somebody {number * 7919 % 10_007}" for number in range(3_000)]
    packed = part(names, [DAY] * 3_000, [1] * 3_000)["name"]
    assert packed.content is not None
    assert packed.content.size < packed.weight
    assert packed.array().to_pylist() == names
