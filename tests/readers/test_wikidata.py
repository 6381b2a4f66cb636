"""Wikidata's CSV: several rows an item, longitude first, dates no better than they are known."""

import pytest

from dashboard.dataset import load, save
from dashboard.errors import ReaderError
from tests.readers.tables import first, read_bytes, reasons, warnings

pytestmark = pytest.mark.unit

ITEM = "http://www.wikidata.org/entity/Q"
HEADER = "item,itemLabel,date,coord,countryLabel,deaths"


def read(folder, *lines):
    return read_bytes(folder, "\n".join(lines).encode(), "query.csv")


def row(number=1, label="Battle of Qarya", date="2014-06-10T00:00:00Z", rest="Iraq,5"):
    return f"{ITEM}{number},{label},{date},Point(43.13 36.34),{rest}"


def dates(event):
    found = (event[name].date().isoformat() for name in ("start_date", "end_date"))
    return (*found, event["date_precision"])


def test_reads_an_item(tmp_path):
    reading = read(tmp_path, HEADER, row())
    event = first(reading)
    assert event["event_id"] == "wikidata-q1"
    assert (event["title"], event["source_event_id"]) == ("Battle of Qarya", "Q1")
    assert (event["latitude_deg"], event["longitude_deg"]) == (36.34, 43.13)
    assert (event["country_code"], event["killed_best"]) == ("IRQ", 5)
    assert dates(event) == ("2014-06-10", "2014-06-10", "day")
    assert reading.dataset.terms.credit == "Wikidata, CC0"


def test_joins_the_rows_of_an_item_and_never_counts_its_dead_twice(tmp_path):
    lines = (
        row(1, rest="Iraq,5"),
        row(2, rest="Iraq,7"),
        row(1, rest="Iraq,5"),
        row(1, rest="Iraq,9"),
    )
    reading = read(tmp_path, HEADER, *lines)
    events = reading.dataset.events.set_index("source_event_id")
    assert (reading.report.records, reading.report.loaded) == (2, 2)
    assert [*events.loc["Q1", ["killed_low", "killed_best", "killed_high"]]] == [5, 5, 9]
    assert events["killed_best"].sum() == 12
    assert any(line.startswith("4 rows hold 2 items") for line in reading.report.assumptions)


def test_makes_no_range_of_numbers_that_may_be_thousands_or_fractions(tmp_path):
    lines = row(1), row(2, rest="Iraq,1.000"), row(2, rest="Iraq,2")
    assert reasons(read(tmp_path, HEADER, *lines)) == [
        "query.csv, record 2, line 3, deaths: '1.000; 2' is not a whole number."
    ]


def test_joins_the_names_of_several_values(tmp_path):
    header = HEADER + ",perpetratorLabel"
    reading = read(tmp_path, header, row() + ",IS", row() + ",Boko Haram", row() + ",Q77")
    assert len(first(reading)["initiators"].split(";")) == 3
    assert "Wikidata item Q77" in [*reading.dataset.actors["name"]]


@pytest.mark.parametrize(
    ("date", "code", "span"),
    [
        ("2014-01-01", "9", ("2014-01-01", "2014-12-31", "year")),
        ("2014-06-01", "10", ("2014-06-01", "2014-06-30", "month")),
        ("2014-01-01", "11", ("2014-01-01", "2014-01-01", "day")),
        ("2010-01-01", "8", ("2010-01-01", "2019-12-31", "year")),
        ("2000-01-01", "7", ("1901-01-01", "2000-12-31", "year")),
    ],
)
def test_keeps_the_precision_that_the_query_asked_for(tmp_path, date, code, span):
    lines = HEADER + ",datePrecision", row(date=f"{date}T00:00:00Z") + f",{code}"
    reading = read(tmp_path, *lines)
    event = first(reading)
    assert (*dates(event), event["source_date_precision"]) == (*span, code)
    assert warnings(reading) == []


def test_writes_a_precision_that_is_none_in_one_line(tmp_path):
    reading = read(tmp_path, HEADER + ",datePrecision", row() + ',"a\nb"')
    assert first(reading)["source_date_precision"] == "a b"
    save(reading.dataset, tmp_path / "saved")
    assert load(tmp_path / "saved").version == reading.dataset.version


@pytest.mark.parametrize(
    ("date", "span", "said"),
    [
        ("2014-01-01", ("2014-01-01", "2014-12-31", "year"), "year or day"),
        ("2014-06-01", ("2014-06-01", "2014-06-30", "month"), "month or day"),
        ("2014-06-10", ("2014-06-10", "2014-06-10", "day"), ""),
    ],
)
def test_marks_a_first_day_without_precision_as_unsure(tmp_path, date, span, said):
    reading = read(tmp_path, HEADER, row(date=f"{date}T00:00:00Z"))
    event = first(reading)
    assert (*dates(event), event["source_date_precision"]) == (*span, said)
    assert len(warnings(reading)) == bool(said)
    assert any("did not ask how precise" in line for line in reading.report.assumptions)


@pytest.mark.parametrize(
    "unknown",
    ["t123456", "_:genid42", "http://www.wikidata.org/.well-known/genid/abc", ""],
)
def test_takes_a_blank_node_for_unknown(tmp_path, unknown):
    reading = read(tmp_path, HEADER, row(rest=f"{unknown},{unknown}"))
    event = first(reading)
    assert event[["killed_low", "killed_best", "killed_high"]].isna().all()
    assert event["country_code"] == "IRQ"  # by its place


def test_keeps_an_item_whose_date_is_unknown(tmp_path):
    reading = read(tmp_path, HEADER, row(1, date="t9"), row(2))
    assert reading.report.loaded == 2
    assert "query.csv, record 1, line 2: has no date: it stands on the map alone." in warnings(
        reading
    )


def test_makes_a_title_for_an_item_without_a_label(tmp_path):
    event = first(read(tmp_path, HEADER, row(label="Q1")))
    assert event["title"] == "Event"


def test_names_the_other_places_of_an_item(tmp_path):
    other = row().replace("43.13 36.34", "44 37")
    reading = read(tmp_path, HEADER, row(), other)
    assert warnings(reading) == [
        "query.csv, record 1, line 2, coord: has several values: Point(43.13 36.34) stands."
    ]


def test_finds_its_columns_under_other_names(tmp_path):
    header = "attack,attackLabel,when_it_was,where_it_was,placeLabel,numberOfDeaths"
    event = first(read(tmp_path, header, row(rest="Qarya,5")))
    assert (event["title"], event["place"]) == ("Battle of Qarya", "Qarya")
    assert (event["killed_best"], event["latitude_deg"]) == (5, 36.34)


def test_spans_from_start_to_end(tmp_path):
    header = "item,itemLabel,startTime,coord,countryLabel,deaths,endTime"
    event = first(read(tmp_path, header, row() + ",2014-06-12T00:00:00Z"))
    assert dates(event) == ("2014-06-10", "2014-06-12", "day")


def test_says_that_no_column_holds_items(tmp_path):
    with pytest.raises(ReaderError, match="no column holds items such as http://www.wikidata.org"):
        read(tmp_path, "item,itemLabel,date", "x,y,2014-06-10T00:00:00Z")


def test_keeps_a_malformed_row_aside(tmp_path):
    reading = read(tmp_path, HEADER, row(1), "broken,row", row(2))
    assert (reading.report.records, reading.report.loaded, reading.report.rejected) == (3, 2, 1)


def test_never_takes_the_day_of_publication_for_that_of_the_event(tmp_path):
    header = "item,itemLabel,publicationDate,eventTime,sourceUrl"
    line = f"{ITEM}1,Battle,2014-06-13T00:00:00Z,2014-06-10T00:00:00Z,https://a.example/1"
    reading = read(tmp_path, header, line)
    assert dates(first(reading)) == ("2014-06-10", "2014-06-10", "day")
    assert [*reading.dataset.reports["published_date"].astype(str)] == ["2014-06-13"]
