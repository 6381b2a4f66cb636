import pytest

from dashboard.engine import open_events
from dashboard.errors import ReaderError
from dashboard.readers import open_table
from dashboard.readers.ucdp import COLUMNS, TERMS
from dashboard.wording import days_text
from tests.readers.tables import (
    UCDP_COLUMNS,
    as_json,
    first,
    read,
    read_bytes,
    reasons,
    text,
    ucdp,
    warnings,
    workbook,
)

pytestmark = pytest.mark.unit


def days(event):
    return days_text(event["start_date"].date(), event["end_date"].date(), event["date_precision"])


def test_maps_an_event_and_keeps_what_the_source_said(tmp_path):
    event = first(read(tmp_path, ucdp(12345)))
    assert event["event_id"] == "ucdp-12345"
    assert event["source_event_id"] == "12345"
    assert (event["initiators"], event["targets"]) == ("iraqi-forces", "is")
    assert (event["event_type"], event["source_event_type"]) == ("battle", "1 state-based conflict")
    assert (event["country_code"], event["admin1"], event["place"]) == (
        *("IRQ", "Ninawa province", "Qarya town"),
    )
    assert (event["killed_low"], event["killed_best"], event["killed_high"]) == (4, 5, 7)
    assert (event["source_date_precision"], event["source_geo_precision"]) == ("1", "1")
    assert event["title"] == "Battle: Iraqi forces and IS, Qarya town"


def test_says_whose_data_they_are(tmp_path):
    reading = read(tmp_path, ucdp())
    assert reading.dataset.terms == TERMS
    assert TERMS.may_redistribute
    assert reading.dataset.report is reading.report
    assert reading.dataset.name == "UCDP GED, table.csv"


@pytest.mark.parametrize("wanted", ["19.1", "20.1"])
def test_reads_columns_by_name_whatever_their_order(tmp_path, wanted):
    lacking = ("relid", "code_status", "conflict_dset_id", "where_description", "geom_wkt")
    columns = [name for name in UCDP_COLUMNS if wanted == "20.1" or name not in lacking]
    if wanted == "19.1":
        columns = [name for name in columns if name not in ("low", "best", "high")]
        columns += ["low", "best", "high"]
    event = first(read(tmp_path, ucdp(), columns=columns))
    assert (event["killed_low"], event["killed_best"], event["killed_high"]) == (4, 5, 7)


def test_reads_column_names_in_capitals(tmp_path):
    content = text([ucdp()])
    head, _, rest = content.partition("\n")
    assert read_bytes(tmp_path, f"{head.upper()}\n{rest}".encode()).report.loaded == 1


def test_takes_a_second_line_of_tags_for_what_it_is(tmp_path):
    tags = dict.fromkeys(UCDP_COLUMNS, "") | {"year": "#date+year", "best": "#affected+killed"}
    reading = read(tmp_path, tags, ucdp())
    assert (reading.report.records, reading.report.loaded) == (1, 1)
    assert "The second line holds HXL tags and was left out." in reading.report.assumptions


def test_reads_a_file_that_pandas_saved_again(tmp_path):
    tags = dict.fromkeys(UCDP_COLUMNS, "") | {"": "0", "year": "#date+year"}
    row = {"": "1"} | ucdp(id="15960.0", type_of_violence="1.0", where_prec="4.0", best="5.0")
    reading = read(tmp_path, tags, row, columns=("", *UCDP_COLUMNS))
    event = first(reading)
    assert (event["event_id"], event["geo_precision"]) == ("ucdp-15960", "admin1")
    assert event["killed_best"] == 5
    assert "The first column has no name: an index, left out." in reading.report.assumptions


def test_reads_a_page_of_the_api(tmp_path):
    row = ucdp() | {"id": 7, "best": 5, "latitude": 36.1, "gwnoa": None, "active_year": True}
    reading = read_bytes(tmp_path, as_json([row]), "page.json")
    assert first(reading)["event_id"] == "ucdp-7"
    assert first(reading)["latitude_deg"] == 36.1


def test_reads_an_excel_workbook(tmp_path):
    path = workbook(tmp_path, [UCDP_COLUMNS, [*ucdp().values()]])
    assert first(open_table(path))["event_id"] == "ucdp-1"


def test_knows_a_release_without_a_header(tmp_path):
    content = text([ucdp(1), ucdp(2)], COLUMNS).partition("\n")[2]
    reading = read_bytes(tmp_path, content.encode())
    assert [*reading.dataset.events["event_id"]] == ["ucdp-1", "ucdp-2"]
    assert "The file has no header; its columns are those of the form." in (
        reading.report.assumptions
    )


@pytest.mark.parametrize(
    "written", ["2009-06-09 00:00:00.000", "2009-06-09", "2009-06-09T00:00:00", "6/9/2009"]
)
def test_reads_the_days_of_every_release(tmp_path, written):
    rows = ucdp(1, date_start=written, date_end=written), ucdp(2, date_start="6/30/2009")
    some = rows if "/" in written else rows[:1]
    some = [row | {"date_end": row["date_start"]} for row in some]
    event = read(tmp_path, *some).dataset.events.set_index("event_id").loc["ucdp-1"]
    assert str(event["start_date"].date()) == "2009-06-09"


def test_asks_whether_a_day_or_a_month_stands_first(tmp_path):
    row = ucdp(date_start="3/5/2015", date_end="3/5/2015")
    with pytest.raises(ReaderError, match=r"may be day/month or month/day.*d/m/y or m/d/y"):
        read(tmp_path, row)
    assert str(first(read(tmp_path, row, date_format="d/m/y"))["start_date"].date()) == "2015-05-03"
    assert str(first(read(tmp_path, row, date_format="m/d/y"))["start_date"].date()) == "2015-03-05"


@pytest.mark.parametrize(
    ("code", "end", "precision", "shown"),
    [
        ("1", "2015-05-03", "day", "3 May 2015"),
        ("2", "2015-05-06", "week", "about 3–6 May 2015"),
        ("3", "2015-05-09", "week", "about 3–9 May 2015"),
        ("4", "2015-05-31", "month", "May 2015"),
        ("5", "2015-09-30", "year", "between 3 May 2015 and 30 September 2015"),
    ],
)
def test_keeps_an_imprecise_date_imprecise(tmp_path, code, end, precision, shown):
    event = first(read(tmp_path, ucdp(date_prec=code, date_end=end)))
    assert (event["date_precision"], days(event)) == (precision, shown)


def test_shows_a_date_known_to_the_year_as_the_year(tmp_path):
    row = ucdp(date_prec="5", date_start="2014-01-01", date_end="2014-12-31")
    assert days(first(read(tmp_path, row))) == "2014"


@pytest.mark.parametrize(
    ("code", "precision"),
    [
        *(("1", "place"), ("2", "district"), ("3", "district"), ("4", "admin1")),
        *(("5", "admin1"), ("6", "country"), ("7", "country")),
    ],
)
def test_keeps_an_imprecise_place_imprecise(tmp_path, code, precision):
    assert first(read(tmp_path, ucdp(where_prec=code)))["geo_precision"] == precision


def test_keeps_a_row_whose_toll_is_not_in_order_with_a_warning(tmp_path):
    reading = read(tmp_path, ucdp(low="9", best="5", high="7"))
    event = first(reading)
    assert (event["killed_low"], event["killed_best"], event["killed_high"]) == (5, 5, 9)
    assert warnings(reading) == [
        "table.csv, record 1, line 2, low, best, high: 9, 5, 7 are not in the order low, best,"
        " high."
    ]


def test_keeps_zero_apart_from_unknown_and_lets_nothing_negative_into_a_sum(tmp_path):
    rows = (
        ucdp(1, low="0", best="0", high="3"),
        ucdp(2, low="", best="", high=""),
        ucdp(3, low="-1", best="-1", high="-1"),
    )
    reading = read(tmp_path, *rows)
    assert reading.dataset.events["killed_best"].astype("object").tolist()[0] == 0
    assert reading.dataset.events["killed_best"].isna().tolist() == [False, True, True]
    assert reading.dataset.events["killed_best"].sum() == 0
    assert len(reading.report.warnings) == 3


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("0", "0"), ("0.0", "0"), ("", "43"), ("", "")]
)
def test_leaves_an_event_without_a_place_where_coordinates_are_missing(
    tmp_path, latitude, longitude
):
    reading = read(tmp_path, ucdp(latitude=latitude, longitude=longitude))
    event = first(reading)
    assert event[["latitude_deg", "longitude_deg"]].isna().all()
    assert event["geo_precision"] == ""
    assert len(reading.report.warnings) == (0 if latitude == longitude == "" else 1)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"best": "five"}, "best: 'five' is not a whole number."),
        ({"best": "1,500"}, "best: '1,500' may be thousands or a fraction. Write digits only."),
        ({"best": "1.000"}, "best: '1.000' may be thousands or a fraction. Write digits only."),
        ({"date_start": "2015-02-30"}, "date_start: '2015-02-30' is not a day of the calendar."),
        ({"date_start": ""}, "date_start: is empty: the event has no date."),
        (
            {"date_start": "0015-05-03", "date_end": "0015-05-03"},
            "date_start: '0015-05-03' is in the year 15. Is 2015 meant?",
        ),
        ({"type_of_violence": "4"}, "type_of_violence: '4' is no type of violence:"),
        ({"id": ""}, "id: is empty: the event has no id."),
        ({"id": "1"}, "id: '1' stands already in record 1."),
        ({"date_end": "2015-05-01"}, "ends on 2015-05-01, before it begins on 2015-05-03."),
    ],
)
def test_rejects_a_record_that_cannot_be_meant_and_says_why(tmp_path, cells, message):
    reading = read(tmp_path, ucdp(1), ucdp(2) | cells)
    assert (reading.report.records, reading.report.loaded, reading.report.rejected) == (2, 1, 1)
    assert reasons(reading)[0].startswith("table.csv, record 2, line 3")
    assert message in reasons(reading)[0]


def test_names_a_column_that_is_missing_and_the_nearest(tmp_path):
    columns = ["bets" if name == "best" else name for name in UCDP_COLUMNS]
    row = {("bets" if name == "best" else name): cell for name, cell in ucdp().items()}
    with pytest.raises(ReaderError) as caught:
        read(tmp_path, row, columns=columns)
    assert "looks like UCDP GED but lacks the column 'best'. Did you mean 'bets'?" in str(
        caught.value
    )


def test_parts_the_sources_and_counts_each_once(tmp_path):
    reading = read(
        tmp_path,
        ucdp(
            source_office="Agence Exemple;Radio Exemple;Agence Exemple",
            source_date="2015-05-04;2015-05-05;2015-05-06",
            source_headline="One;Two;Three",
        ),
    )
    reports = reading.dataset.reports
    assert [*reports["publisher"]] == ["Agence Exemple", "Radio Exemple", "Agence Exemple"]
    assert [*reports["title"]] == ["One", "Two", "Three"]
    assert [str(day.date()) for day in reports["published_date"]] == [
        *("2015-05-04", "2015-05-05", "2015-05-06"),
    ]
    assert open_events(reading.dataset)["sources"].to_list() == [2]


@pytest.mark.parametrize(
    ("article", "publisher", "title"),
    [
        ("Reuters 1992-03-02", "Reuters", "[Reuters 1992-03-02]"),
        ('"Agence X,2014-01-25,Clash, again"', "Agence X", "Clash, again"),
        ("", "UCDP GED", ""),
    ],
)
def test_takes_the_outlet_from_the_reference_of_an_old_event(tmp_path, article, publisher, title):
    row = ucdp(source_office="", source_date="", source_headline="", source_article=article)
    report = read(tmp_path, row).dataset.reports.iloc[0]
    assert (report["publisher"], report["title"]) == (publisher, title)


def test_says_in_the_summary_what_has_no_column_here(tmp_path):
    row = ucdp(
        deaths_a="2",
        deaths_b="3",
        deaths_civilians="0",
        source_original="A mayor",
        event_clarity="2",
    )
    assert first(read(tmp_path, row))["summary"] == (
        "Clash at Qarya. Conflict: Iraq: Government. Dead by side: Government of Iraq 2, IS 3,"
        " civilians 0. According to: A mayor. Part of a figure for several events."
    )


def test_finds_an_actor_on_either_side(tmp_path):
    rows = ucdp(1), ucdp(2, type_of_violence="3", side_a="IS", side_b="Civilians")
    events = read(tmp_path, *rows).dataset.events
    assert [*events["targets"]] == ["is", "civilians"]
    assert [*events["initiators"]] == ["iraqi-forces", "is"]
    assert [*events["event_type"]] == ["battle", "civilian_attack"]


def test_parts_allied_governments_but_no_alliance_with_a_name(tmp_path):
    row = ucdp(side_a="Government of Iraq, Government of Jordan", side_b="Group A, Group B")
    event = first(read(tmp_path, row))
    assert event["initiators"] == "iraqi-forces;jordan"
    assert event["targets"] == "group-a-group-b"


def test_gives_countries_outside_our_theatres_a_lane_each_most_events_first(tmp_path):
    somalia = {"country": "Somalia", "country_id": "520", "latitude": "2", "longitude": "45"}
    rows = [ucdp(1), *(ucdp(number, **somalia) for number in (2, 3))]
    dataset = read(tmp_path, *rows).dataset
    assert [*dataset.theatres["theatre_id"]] == ["som", "iraq"]
    assert dataset.theatre_names["som"] == "Somalia"
    assert dataset.vocabulary["theatre"] == ("som", "iraq")


def test_knows_a_country_by_its_number_where_its_name_is_new(tmp_path):
    row = ucdp(country="Republic of Somewhere (Iraq)", country_id="645")
    assert first(read(tmp_path, row))["country_code"] == "IRQ"


def test_keeps_an_event_whose_country_nobody_knows(tmp_path):
    at_sea = {"latitude": "30", "longitude": "-40"}
    reading = read(tmp_path, ucdp(country="Atlantis", country_id="9999", **at_sea))
    assert first(reading)["country_code"] == "XXX"
    assert warnings(reading) == [
        "table.csv, record 1, line 2, country: no country that we know is called 'Atlantis'."
    ]


def test_counts_records_not_lines_where_a_cell_holds_line_breaks(tmp_path):
    rows = ucdp(1, where_description="one\r\ntwo\nthree"), ucdp(2), ucdp(3, best="x")
    reading = read(tmp_path, *rows)
    assert (reading.report.records, reading.report.loaded) == (3, 2)
    assert reasons(reading)[0].startswith("table.csv, record 3, line 6, best:")
