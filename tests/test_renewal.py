import pandas as pd
import pytest

from dashboard import renewal as module
from dashboard.dataset import load, save
from dashboard.errors import TableError
from dashboard.renewal import Past, Renewal
from tests import package
from tests.readers.tables import read, ucdp

pytestmark = pytest.mark.unit


def past(dataset):
    pieces = [dataset.events.iloc[:2], dataset.events.iloc[2:]]
    return Past.of(pieces, dataset.version, dataset.licence)


def renewal(old, new):
    return module.renewal(past(old), new)


def table(tmp_path, *rows):
    return read(tmp_path, *rows).dataset


def test_a_corrected_day_does_not_make_another_event(tmp_path):
    old = table(tmp_path, ucdp(7))
    new = table(tmp_path, ucdp(7, date_start="2015-05-01", date_end="2015-05-01"))
    assert renewal(old, new) == Renewal((), {"7": ("start_date", "end_date")}, ())


def test_an_unknown_toll_that_becomes_known_is_a_change(tmp_path):
    old = table(tmp_path, ucdp(1, low="", best="", high=""))
    found = renewal(old, table(tmp_path, ucdp(1, low="0", best="0", high="0")))
    assert found.changed == {"1": ("killed_low", "killed_best", "killed_high")}


def test_equal_tables_differ_in_nothing(tmp_path):
    rows = ucdp(1), ucdp(2, low="", best="", high="")
    found = renewal(table(tmp_path, *rows), table(tmp_path, *rows))
    assert found == Renewal((), {}, ())
    assert found.lines(5) == []
    assert found.summary == "0 added, 0 changed, 0 gone"


def test_events_without_a_sources_id_are_told_by_ours(small, tmp_path):
    events = package.SMALL["events"]
    fewer = package.write(tmp_path, events=events[1:])
    reports = [row for row in package.SMALL["reports"] if row["event_id"] != "2014-06-06-mosul"]
    package.write(tmp_path, events=events[1:], reports=reports)
    assert renewal(small, load(fewer)) == Renewal((), {}, ("2014-06-06-mosul",))
    assert renewal(load(fewer), small).added == ("2014-06-06-mosul",)


def test_events_whose_source_gives_no_ids_are_told_by_ours(tmp_path):
    row = {"date": "2021-04-03", "title": "Raid", "country": "Iraq", "place": "Qarya"}
    other = row | {"place": "Madina"}
    old, new = table(tmp_path, row), table(tmp_path, row, other)
    assert (old.events["source_event_id"] == "").all()
    assert len(renewal(old, new).added) == 1
    assert renewal(new, old).gone == renewal(old, new).added


def test_an_event_without_a_date_does_not_change_when_a_later_one_is_added(tmp_path):
    row = {"id": "a", "date": "", "title": "Raid", "latitude": "12", "longitude": "15"}
    first, later = ({**row, "id": key, "date": f"202{key}-04-03"} for key in "12")
    old, new = table(tmp_path, row, first), table(tmp_path, row, first, later)
    days = [one.events.set_index("date_precision").loc["unknown", "end_date"] for one in (old, new)]
    assert days[0] != days[1]
    found = renewal(old, new)
    assert (found.changed, len(found.added), found.gone) == ({}, 1, ())


def test_compares_piece_by_piece_in_the_order_of_the_tables(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "ROWS_AT_A_TIME", 2)
    days = {number: f"2015-05-{20 - number:02}" for number in range(1, 10)}
    rows = {number: ucdp(number, date_start=day, date_end=day) for number, day in days.items()}
    old = table(tmp_path, *(rows[number] for number in range(1, 8)))
    closer = [ucdp(number, adm_1="Anbar province", **moved(days[number])) for number in (3, 6)]
    new = table(tmp_path, *(rows[number] for number in (2, 4, 5, 8, 9)), *closer)
    found = renewal(old, new)
    assert (found.added, found.gone) == (("9", "8"), ("7", "1"))
    assert [*found.changed.items()] == [("6", ("admin1",)), ("3", ("admin1",))]


def moved(day):
    return {"date_start": day, "date_end": day}


def test_a_packed_table_is_the_table(small):
    packed = past(small)
    assert (packed.version, packed.licence, packed.has_source_ids) == (
        small.version,
        small.licence,
        False,
    )
    pd.testing.assert_frame_equal(pd.concat(packed.frames(), ignore_index=True), small.events)


def test_lists_the_first_of_each_kind_and_counts_the_others():
    found = Renewal(("1", "2", "3"), {"4": ("title",)}, ("5",))
    assert found.lines(2) == [
        "added    1",
        "added    2",
        "added    … and 1 more",
        "changed  4: title",
        "gone     5",
    ]
    assert found.summary == "3 added, 1 changed, 1 gone"


def test_reads_the_package_that_was_saved(small, tmp_path):
    save(small, tmp_path)
    packed = Past.read(tmp_path)
    assert packed.version == load(tmp_path).version
    assert packed.licence == load(tmp_path).licence
    assert module.renewal(packed, small).summary == "0 added, 0 changed, 0 gone"


def test_an_earlier_table_that_is_broken_says_where(small, tmp_path):
    save(small, tmp_path)
    path = tmp_path / "events.csv"
    path.write_text(path.read_text().replace(",day,", ",dusk,", 1))
    with pytest.raises(TableError, match=r"events\.csv"):
        Past.read(tmp_path)
