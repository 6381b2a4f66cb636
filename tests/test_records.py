import pytest

from dashboard.records import Briefs, Cells, Record

pytestmark = pytest.mark.unit


def record(number, **cells):
    places = {name: place for place, name in enumerate(cells)}
    return Record(number, number + 1, Cells(places, list(cells.values())), {"any": number})


@pytest.fixture
def kept():
    found = Briefs(("event_id", "part_of", "event_id"))
    found.add(record(1, event_id="a", title="A", part_of=""))
    found.add(record(2, event_id="b", title="B", part_of="a"))
    return found


def test_keeps_the_cells_that_are_asked_for_and_where_they_stand(kept):
    assert [(one.number, one.line, dict(one.cells)) for one in kept] == [
        (1, 2, {"event_id": "a", "part_of": ""}),
        (2, 3, {"event_id": "b", "part_of": "a"}),
    ]


def test_keeps_no_values(kept):
    assert [one.values for one in kept] == [{}, {}]


def test_may_be_gone_through_again(kept):
    assert (len(kept), len([*kept]), len([*kept])) == (2, 2, 2)


def test_keeps_one_text_for_all_that_say_the_same(kept):
    first, second = kept
    assert second.cells["part_of"] is first.cells["event_id"]


def test_knows_its_own_rows(kept):
    first, _ = kept
    assert any(one.number == first.number for one in kept)
    assert record(3, event_id="c", part_of="") not in kept


def test_a_table_of_no_row_has_none():
    assert [*Briefs(("event_id",))] == []
