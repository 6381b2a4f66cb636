import datetime

import pytest

from dashboard.errors import ReaderError
from dashboard.readers import open_table
from dashboard.readers.acled import TERMS, kind_of_actor
from dashboard.wording import days_text
from tests.readers.tables import (
    ACLED_COLUMNS,
    OLD_ACLED_COLUMNS,
    acled,
    as_json,
    first,
    read,
    read_bytes,
    reasons,
    text,
    warnings,
    workbook,
)

pytestmark = pytest.mark.unit


def test_maps_an_event_and_keeps_what_the_source_said(tmp_path):
    event = first(read(tmp_path, acled(1234)))
    assert (event["event_id"], event["source_event_id"]) == ("acled-moz1234", "MOZ1234")
    assert (event["initiators"], event["targets"]) == ("is-mozambique", "fadm")
    assert (event["event_type"], event["source_event_type"]) == ("battle", "Battles: Armed clash")
    assert (event["country_code"], event["admin1"], event["place"]) == (
        *("MOZ", "Cabo Delgado", "Vila"),
    )
    assert [event[f"killed_{level}"] for level in ("low", "best", "high")] == [4, 4, 4]
    assert event["title"] == "Battle: IS Mozambique and FADM, Vila"
    assert event["summary"] == (
        "Invented: a clash at Vila. Sides: political militia and state forces."
    )


def test_carries_the_terms_that_forbid_passing_rows_on(tmp_path):
    dataset = read(tmp_path, acled()).dataset
    assert dataset.terms == TERMS
    assert not TERMS.may_redistribute


def test_says_that_the_toll_is_one_estimate(tmp_path):
    assert any(
        "one estimate of the dead" in said for said in read(tmp_path, acled()).report.assumptions
    )


def test_keeps_zero_apart_from_unknown(tmp_path):
    rows = acled(1, fatalities="0"), acled(2, fatalities=""), acled(3, fatalities="NA")
    killed = read(tmp_path, *rows).dataset.events["killed_best"]
    assert killed.isna().tolist() == [False, True, True]
    assert killed[0] == 0


def test_reads_the_layout_of_before_2023_and_never_takes_data_id_for_the_key(tmp_path):
    row = acled(7) | {"data_id": "555", "event_id_no_cnty": "7", "iso3": "MOZ"}
    event = first(read(tmp_path, row, columns=OLD_ACLED_COLUMNS))
    assert event["event_id"] == "acled-moz7"


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        ("Battle-No change of territory", "battle"),
        ("Remote violence", "bombing"),
        ("Riots/Protests", "protest"),
        ("Strategic development", "political"),
    ],
)
def test_reads_the_event_types_of_before_2019(tmp_path, kind, ours):
    columns = [name for name in OLD_ACLED_COLUMNS if name != "sub_event_type"]
    event = first(read(tmp_path, acled(event_type=kind), columns=columns))
    assert (event["event_type"], event["source_event_type"]) == (ours, kind)


@pytest.mark.parametrize(
    ("kind", "sub_kind", "ours"),
    [
        ("Battles", "Government regains territory", "territorial_change"),
        ("Explosions/Remote violence", "Suicide bomb", "suicide_bombing"),
        ("Explosions/Remote violence", "Air/drone strike", "air_strike"),
        ("Explosions/Remote violence", "Remote explosive/landmine/IED", "bombing"),
        ("Violence against civilians", "Attack", "civilian_attack"),
        ("Violence against civilians", "Abduction/forced disappearance", "kidnapping"),
        ("Protests", "Peaceful protest", "protest"),
        ("Riots", "Mob violence", "protest"),
        ("Strategic developments", "Agreement", "diplomacy"),
        ("Strategic developments", "Non-violent transfer of territory", "territorial_change"),
        ("Strategic developments", "Other", "other"),
    ],
)
def test_maps_every_kind_of_event(tmp_path, kind, sub_kind, ours):
    row = acled(event_type=kind, sub_event_type=sub_kind)
    assert first(read(tmp_path, row))["event_type"] == ours


def test_keeps_an_event_whose_sub_type_is_new_and_rejects_an_unknown_type(tmp_path):
    rows = acled(1, sub_event_type="Drone swarm"), acled(2, event_type="Batles", sub_event_type="")
    reading = read(tmp_path, *rows)
    assert [*reading.dataset.events["event_type"]] == ["battle"]
    assert "the sub-event type 'drone swarm' is new to us." in warnings(reading)[0]
    assert reasons(reading) == [
        "table.csv, record 2, line 3, event_type: 'Batles' is no event type of ACLED."
        " Did you mean 'battles'?"
    ]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        *(("1", "state forces"), ("1.0", "state forces"), ("State forces", "state forces")),
        *(("STATE FORCES", "state forces"), ("2", "rebel group"), ("Rebel groups", "rebel group")),
        *(("Rebel forces", "rebel group"), ("Political militia groups", "political militia")),
        *(
            ("Identity militias", "identity militia"),
            ("5", "rioters"),
            ("Protesters", "protesters"),
        ),
        *(
            ("Civilians", "civilians"),
            ("Other forces", "external or other forces"),
            ("0", ""),
            ("", ""),
            ("NA", ""),
        ),
        *(("External/Other forces", "external or other forces"), ("8", "external or other forces")),
    ],
)
def test_reads_kinds_of_actors_as_numbers_or_words_whatever_their_spelling(cell, kind):
    assert kind_of_actor(cell) == kind


@pytest.mark.parametrize(
    "written",
    [
        "2022-02-23",
        "23 February 2022",
        "23-February-2022",
        "23-02-2022",
        "2022-02-23T00:00:00Z",
        "2022-02-23 00:00:00",
        "44615",
    ],
)
def test_reads_every_form_of_day_that_exports_have(tmp_path, written):
    event = first(read(tmp_path, acled(event_date=written)))
    assert event["start_date"].date() == datetime.date(2022, 2, 23)


def test_takes_the_day_first_where_figures_may_be_either_as_the_codebook_says(tmp_path):
    reading = read(tmp_path, acled(event_date="03-04-2022"))
    assert first(reading)["start_date"].date() == datetime.date(2022, 4, 3)
    assert "Dates in event_date are written d/m/y." in reading.report.assumptions


def test_rejects_a_day_in_another_form_than_the_columns(tmp_path):
    rows = acled(1), acled(2), acled(3, event_date="24 February 2022")
    reading = read(tmp_path, *rows)
    assert reasons(reading) == [
        "table.csv, record 3, line 4, event_date: '24 February 2022' is not a day in the form"
        " y-m-d."
    ]


def test_reports_a_year_that_lost_its_century(tmp_path):
    reading = read(tmp_path, acled(1), acled(2, event_date="0025-03-01"))
    assert reading.report.loaded == 1
    assert "'0025-03-01' is in the year 25. Is 2025 meant?" in reasons(reading)[0]


@pytest.mark.parametrize(
    ("code", "precision", "shown"),
    [
        ("1", "day", "23 February 2022"),
        ("2", "week", "about 23 February 2022"),
        ("3", "month", "February 2022"),
    ],
)
def test_keeps_an_imprecise_date_imprecise(tmp_path, code, precision, shown):
    event = first(read(tmp_path, acled(time_precision=code)))
    assert event["date_precision"] == precision
    assert days_text(event["start_date"].date(), event["end_date"].date(), precision) == shown


@pytest.mark.parametrize(
    ("code", "precision"), [("1", "place"), ("2", "district"), ("3", "admin1")]
)
def test_draws_events_known_to_the_province_as_approximate(tmp_path, code, precision):
    event = first(read(tmp_path, acled(geo_precision=code)))
    assert (event["geo_precision"], event["source_geo_precision"]) == (precision, code)


def test_takes_NA_for_an_empty_cell_in_files_saved_from_r(tmp_path):
    row = acled(actor2="NA", assoc_actor_1="NA", admin1="NA", tags="NA", inter2="NA", notes="NA")
    event = first(read(tmp_path, row))
    assert (event["targets"], event["admin1"]) == ("", "")
    assert "NA" not in event["summary"].split()


def test_finds_a_country_by_number_without_its_leading_zero(tmp_path):
    row = acled(country="", iso="4")
    assert first(read(tmp_path, row))["country_code"] == "AFG"


@pytest.mark.parametrize("side", ["", " ", ";", " ; ;"])
def test_says_that_nobody_is_named_where_the_first_actor_is_no_name(tmp_path, side):
    reading = read(tmp_path, acled(actor1=side), acled(2))
    assert first(reading)["initiators"] == "not-stated"
    assert "not-stated" in {*reading.dataset.actors["actor_id"]}


def test_joins_one_army_under_several_governments(tmp_path):
    names = ("Military Forces of Kenya (2013-2022)", "Military Forces of Kenya (2022-)")
    rows = [acled(number, actor1=name) for number, name in enumerate(names)]
    dataset = read(tmp_path, *rows).dataset
    assert {*dataset.events["initiators"]} == {"military-forces-of-kenya"}
    row = dataset.actors.set_index("actor_id").loc["military-forces-of-kenya"]
    assert (row["family"], row["kind"], row["country_code"]) == (
        *("state_forces", "armed_forces", "KEN"),
    )


def test_parts_the_sources(tmp_path):
    reports = read(tmp_path, acled(source="Jornal Exemplo; Radio Exemplo;  ")).dataset.reports
    assert [*reports["publisher"]] == ["Jornal Exemplo", "Radio Exemplo"]
    assert [*reports["url"]] == ["", ""]


def test_counts_an_event_once_in_an_export_with_a_row_for_each_actor(tmp_path):
    rows = acled(1), acled(1, actor1="Military Forces of Mozambique (1990-)"), acled(2)
    reading = read(tmp_path, *rows)
    assert (reading.report.records, reading.report.loaded) == (3, 2)
    assert reading.dataset.events["killed_best"].sum() == 8
    assert "'MOZ1' stands already in record 1." in reasons(reading)[0]


@pytest.mark.parametrize(
    "header", ["Country,Admin1,Month,Year,Events,Fatalities", "WEEK,COUNTRY,EVENTS,FATALITIES"]
)
def test_refuses_counts_that_are_no_events(tmp_path, header):
    row = ",".join("1" for _ in header.split(","))
    with pytest.raises(ReaderError, match="holds ACLED's counts by area and time, not events"):
        read_bytes(tmp_path, f"{header}\n{row}\n".encode())


def test_reads_an_excel_workbook_with_names_in_capitals_and_real_dates(tmp_path):
    row = acled() | {"event_date": datetime.datetime(2022, 2, 23), "fatalities": 4, "iso": 508}
    names = [name.upper() for name in ACLED_COLUMNS]
    event = first(open_table(workbook(tmp_path, [names, [row[name] for name in ACLED_COLUMNS]])))
    assert (event["killed_best"], str(event["start_date"].date())) == (4, "2022-02-23")


def test_reads_a_sheet_below_a_title(tmp_path):
    rows = [["ACLED export"], [], ACLED_COLUMNS, [*acled().values()]]
    assert first(open_table(workbook(tmp_path, rows)))["event_id"] == "acled-moz1"


def test_reads_the_json_of_the_api(tmp_path):
    reading = read_bytes(tmp_path, as_json([acled() | {"fatalities": 4}], "data"), "read.json")
    assert first(reading)["killed_best"] == 4


def test_leaves_an_event_without_a_place_at_zero_zero(tmp_path):
    reading = read(tmp_path, acled(latitude="0", longitude="0"))
    assert first(reading)[["latitude_deg", "longitude_deg"]].isna().all()
    assert "lies at 0, 0" in warnings(reading)[0]


def test_reads_a_european_export(tmp_path):
    row = acled(latitude="-11,5", longitude="40,1", location="Mocímboa")
    content = "\ufeff" + text([row], delimiter=";").replace("\n", "\r\n")
    event = first(read_bytes(tmp_path, content.encode()))
    assert (event["latitude_deg"], event["longitude_deg"]) == (-11.5, 40.1)
    assert event["place"] == "Mocímboa"


@pytest.mark.parametrize("between", [0, 6_000])
def test_a_later_version_that_was_appended_replaces_the_earlier(tmp_path, between):
    rows = [acled(1, fatalities="4", timestamp="1650000000"), acled(2)]
    rows += [acled(number) for number in range(3, 3 + between)]
    rows.append(acled(1, fatalities="9", timestamp="1660000000"))
    reading = read(tmp_path, *rows)
    event = reading.dataset.events.set_index("source_event_id").loc["MOZ1"]
    assert event["killed_best"] == 9
    assert (reading.report.records, reading.report.loaded) == (3 + between, 2 + between)
    assert reasons(reading) == [
        f"table.csv, record 1, line 2, event_id_cnty: 'MOZ1' is replaced by record {3 + between}:"
        " its timestamp is later."
    ]
    assert len(reading.report.rejects.records) == 1
    assert any("1 record replaced" in said for said in reading.report.assumptions)


def test_of_many_versions_the_latest_stands_wherever_it_is(tmp_path):
    stamps = {"1": "1650000000", "2": "1670000000", "3": "1660000000", "4": "1670000000"}
    rows = [acled(1, fatalities=dead, timestamp=stamp) for dead, stamp in stamps.items()]
    reading = read(tmp_path, *rows)
    assert [*reading.dataset.events["killed_best"]] == [2]
    assert [said.partition(" is replaced")[2] != "" for said in reasons(reading)] == [
        *(True, True, False)
    ]
    assert "'MOZ1' stands already in record 2." in reasons(reading)[2]


@pytest.mark.parametrize(
    "later", [{"timestamp": "1640000000"}, {"timestamp": ""}, {"timestamp": "soon"}]
)
def test_an_earlier_version_replaces_nothing(tmp_path, later):
    reading = read(tmp_path, acled(1), acled(1, fatalities="9", **later))
    assert [*reading.dataset.events["killed_best"]] == [4]
    assert "'MOZ1' stands already in record 1." in reasons(reading)[0]


def test_a_later_version_that_cannot_be_read_replaces_nothing(tmp_path):
    later = acled(1, fatalities="many", timestamp="1660000000")
    reading = read(tmp_path, acled(1), later)
    assert [*reading.dataset.events["killed_best"]] == [4]
    assert (reading.report.records, reading.report.loaded) == (2, 1)
