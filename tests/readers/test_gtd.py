import datetime

import pytest

from dashboard.readers import open_table
from dashboard.readers.gtd import TERMS
from dashboard.wording import days_text
from tests.readers.tables import (
    GTD_COLUMNS,
    first,
    gtd,
    read,
    read_bytes,
    reasons,
    text,
    warnings,
    workbook,
)

pytestmark = pytest.mark.unit


def test_maps_an_event_and_keeps_what_the_source_said(tmp_path):
    event = first(read(tmp_path, gtd()))
    assert event["event_id"] == "gtd-201505030001"
    assert event["source_event_id"] == "201505030001"
    assert (event["initiators"], event["targets"]) == ("is", "civilians")
    assert (event["event_type"], event["source_event_type"]) == ("bombing", "Bombing/Explosion")
    assert (event["country_code"], event["admin1"], event["place"]) == ("IRQ", "Ninawa", "Madina")
    assert event["attribution"] == "attributed"
    assert event["summary"] == ("Invented: a bomb at Madina. Target: Private Citizens & Property.")


def test_carries_the_terms_that_forbid_passing_rows_on(tmp_path):
    dataset = read(tmp_path, gtd()).dataset
    assert dataset.terms == TERMS
    assert not TERMS.may_redistribute


@pytest.mark.parametrize(
    ("everyone", "attackers", "killed"),
    [
        ("6", "1", 5),
        ("6", "", 6),
        ("6", "-99", 6),
        ("6", "6", 0),
        ("0", "0", 0),
        ("6.0", "1.0", 5),
        ("", "1", None),
        ("-99", "1", None),
        ("-9", "", None),
    ],
)
def test_takes_the_attackers_off_the_dead_and_keeps_unknown_unknown(
    tmp_path, everyone, attackers, killed
):
    events = read(tmp_path, gtd(nkill=everyone, nkillter=attackers)).dataset.events
    for level in ("low", "best", "high"):
        figures = (
            events[f"killed_{level}"].astype("object").where(events["killed_best"].notna(), None)
        )
        assert [*figures] == [killed]


def test_lets_no_code_for_unknown_into_a_sum(tmp_path):
    rows = gtd(1), gtd(2, nkill="-99", nwound="-9"), gtd(3, nkill="-5", nwound="")
    reading = read(tmp_path, *rows)
    assert reading.dataset.events["killed_best"].sum() == 5
    assert reading.dataset.events["wounded_best"].sum() == 10
    assert warnings(reading) == [
        "table.csv, record 3, line 4, nkill: '-5' is negative: taken as unknown."
    ]


@pytest.mark.parametrize("cell", ["1.000", "1,000", "1,384"])
def test_rejects_a_toll_that_may_be_thousands_or_a_fraction(tmp_path, cell):
    reading = read(tmp_path, gtd(1), gtd(2, nkill=cell))
    said = f"nkill: '{cell}' may be thousands or a fraction. Write digits only."
    assert reasons(reading) == [f"table.csv, record 2, line 3, {said}"]


def test_makes_a_range_of_a_part_of_a_total(tmp_path):
    reading = read(tmp_path, gtd(nkill="2.5", nkillter="0"))
    event = first(reading)
    assert [event[f"killed_{level}"] for level in ("low", "best", "high")] == [2, 3, 3]
    assert "is a part of a total for several events" in warnings(reading)[0]


@pytest.mark.parametrize(
    ("month", "day", "precision", "shown"),
    [
        ("5", "3", "day", "3 May 2015"),
        ("5", "0", "month", "May 2015"),
        ("0", "0", "year", "2015"),
        ("2.0", "0.0", "month", "February 2015"),
    ],
)
def test_knows_a_date_no_better_than_its_source(tmp_path, month, day, precision, shown):
    event = first(read(tmp_path, gtd(imonth=month, iday=day)))
    assert event["date_precision"] == precision
    assert days_text(event["start_date"].date(), event["end_date"].date(), precision) == shown


def test_ends_an_event_that_lasted_on_its_resolution(tmp_path):
    rows = gtd(1, extended="1", resolution="5/17/2015"), gtd(2, resolution="")
    event = first(read(tmp_path, *rows))
    assert event["end_date"].date() == datetime.date(2015, 5, 17)


def test_leaves_out_a_resolution_before_the_event(tmp_path):
    reading = read(tmp_path, gtd(resolution="4/17/2015"))
    assert first(reading)["end_date"].date() == datetime.date(2015, 5, 3)
    assert "is before the first day" in warnings(reading)[0]


def test_tells_the_date_as_it_was_given_in_words(tmp_path):
    assert (
        "Date as given: May 4-5, 2007."
        in first(read(tmp_path, gtd(iday="0", approxdate="May 4-5, 2007")))["summary"]
    )


@pytest.mark.parametrize(
    ("code", "precision"),
    [
        *(("1", "place"), ("2", "district"), ("3", "district"), ("4", "admin1"), ("5", "")),
        *(("", ""), ("1.0", "place")),
    ],
)
def test_keeps_an_imprecise_place_imprecise(tmp_path, code, precision):
    event = first(read(tmp_path, gtd(specificity=code)))
    assert event["geo_precision"] == precision
    assert (event["latitude_deg"] != event["latitude_deg"]) == (precision == "")


def test_accepts_an_event_without_a_place(tmp_path):
    reading = read(tmp_path, gtd(latitude="", longitude="", specificity="5", city="Unknown"))
    event = first(reading)
    assert (event["place"], event["geo_precision"]) == ("", "")
    assert reading.report.warnings == ()


@pytest.mark.parametrize(
    ("cells", "ours"),
    [
        ({"attacktype1": "2"}, "armed_assault"),
        ({"attacktype1": "3", "suicide": "1"}, "suicide_bombing"),
        ({"attacktype1": "3.0"}, "bombing"),
        ({"attacktype1": "6"}, "kidnapping"),
        ({"attacktype1": "8"}, "civilian_attack"),
        ({"attacktype1": "9"}, "other"),
    ],
)
def test_maps_every_kind_of_attack(tmp_path, cells, ours):
    assert first(read(tmp_path, gtd(**cells)))["event_type"] == ours


@pytest.mark.parametrize(
    ("code", "target"),
    [
        *(("14", "civilians"), ("8", "civilians"), ("4", "iraqi-forces"), ("3", "iraqi-forces")),
        *(("2", "iraqi-forces"), ("20", ""), ("", ""), ("17", "terrorists-non-state-militia")),
    ],
)
def test_names_the_side_that_was_attacked(tmp_path, code, target):
    assert first(read(tmp_path, gtd(targtype1=code)))["targets"] == target


@pytest.mark.parametrize(
    ("cells", "attribution"),
    [
        ({}, "attributed"),
        ({"claimed": "1"}, "claimed"),
        ({"claimed": "-9"}, "attributed"),
        ({"claimed": "1", "guncertain1": "1"}, "suspected"),
        ({"gname": "Unknown"}, "suspected"),
    ],
)
def test_says_how_the_group_is_known(tmp_path, cells, attribution):
    assert first(read(tmp_path, gtd(**cells)))["attribution"] == attribution


def test_names_one_movement_by_one_id(tmp_path):
    names = (
        "Islamic State of Iraq and the Levant (ISIL)",
        "Islamic State in the Greater Sahara (ISGS)",
        "Ansar al-Sunna (Mozambique)",
        "Unknown",
    )
    rows = [gtd(number, gname=name) for number, name in enumerate(names)]
    assert [*read(tmp_path, *rows).dataset.events["initiators"]] == [
        *("is", "is-sahel", "is-mozambique", "unidentified-armed-group"),
    ]


def test_reads_a_citation(tmp_path):
    report = read(tmp_path, gtd()).dataset.reports.iloc[0]
    assert (report["publisher"], report["title"]) == ("Agence Exemple", "Bomb at Madina")
    assert str(report["published_date"].date()) == "2015-05-04"


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_reads_windows_1252_with_its_curly_quotes(tmp_path, delimiter):
    row = gtd(city="Médine", summary="Invented: “a bomb” – at Médine.")
    content = text([row], delimiter=delimiter).encode("cp1252")
    reading = read_bytes(tmp_path, content)
    event = first(reading)
    assert event["place"] == "Médine"
    assert "“a bomb” – at Médine." in event["summary"]
    assert "Encoding: Windows-1252 (it is not UTF-8)." in reading.report.assumptions


def test_reads_an_excel_workbook(tmp_path):
    row = gtd() | {"eventid": 202101010001, "nkill": 6, "resolution": datetime.datetime(2015, 5, 9)}
    path = workbook(tmp_path, [GTD_COLUMNS, [row[name] for name in GTD_COLUMNS]])
    event = first(open_table(path))
    assert event["event_id"] == "gtd-202101010001"
    assert event["end_date"].date() == datetime.date(2015, 5, 9)


def test_refuses_an_id_that_a_spreadsheet_has_rounded(tmp_path):
    reading = read(tmp_path, gtd(1), gtd(2, eventid="2.02101E+11"))
    assert reasons(reading) == [
        "table.csv, record 2, line 3, eventid: '2.02101E+11' was rounded by a spreadsheet: its last"
        " digits are lost."
    ]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"iday": "31", "imonth": "2"}, "iyear: '2015-2-31' is not a day of the calendar."),
        ({"iyear": ""}, "iyear: '0-5-3' is in the year 0."),
        ({"attacktype1": "77"}, "attacktype1: '77' is no attack type:"),
        ({"nkill": "many"}, "nkill: 'many' is not a number."),
    ],
)
def test_rejects_a_record_that_cannot_be_meant_and_says_why(tmp_path, cells, message):
    reading = read(tmp_path, gtd(1), gtd(2, **cells))
    assert (reading.report.loaded, reading.report.rejected) == (1, 1)
    assert message in reasons(reading)[0]


def test_takes_a_country_that_is_no_more(tmp_path):
    names = ("West Germany (FRG)", "East Germany (GDR)", "Yugoslavia", "Zaire", "South Yemen")
    rows = [gtd(number, country_txt=name) for number, name in enumerate(names)]
    assert [*read(tmp_path, *rows).dataset.events["country_code"]] == [
        *("DEU", "DDR", "YUG", "COD", "YEM"),
    ]
