"""Plain tables: by a mapping, by a TOML file, by plain names of columns."""

import datetime

import pandas as pd
import pytest

from dashboard.dataset import load, save
from dashboard.errors import ReaderError
from dashboard.readers import open_table
from dashboard.readers.eventtypes import type_of
from dashboard.readers.mapping import mapping_of, pairs
from tests.readers.tables import first, read_bytes, reasons, warnings, workbook

pytestmark = pytest.mark.unit

HEADER = "date,country,town,lat,lon,type,perpetrator,fatalities,injured,notes,source,url"
ROW = "2015-05-03,Iraq,Qarya,36.1,43.2,Bombing,Islamic State,5,12,A bomb.,Radio Exemplo,"


def plain(folder, *lines, name="table.csv", **options):
    return read_bytes(folder, "\n".join(lines).encode(), name, **options)


def day(event, column="start_date"):
    return event[column].date().isoformat()


def test_reads_a_table_whose_columns_are_plainly_named(tmp_path):
    reading = plain(tmp_path, HEADER, ROW)
    event = first(reading)
    assert day(event) == "2015-05-03"
    assert (event["country_code"], event["place"]) == ("IRQ", "Qarya")
    assert (event["latitude_deg"], event["longitude_deg"]) == (36.1, 43.2)
    assert (event["event_type"], event["initiators"]) == ("bombing", "is")
    assert [event[f"killed_{level}"] for level in ("low", "best", "high")] == [5, 5, 5]
    assert event["wounded_best"] == 12
    assert event["summary"] == "A bomb."
    assert event["source_event_type"] == "Bombing"
    assert [*reading.dataset.reports["publisher"]] == ["Radio Exemplo"]


def test_lists_what_it_took_for_what_and_what_it_left(tmp_path):
    reading = plain(tmp_path, HEADER + ",zone", ROW + ",7")
    said = reading.report.assumptions
    assert any(
        sentence.startswith("Columns taken by their names: date as start_date, country as")
        for sentence in said
    )
    assert "Not read: the column 'zone'." in said
    assert "Dates in date are written y-m-d." in said
    assert "Encoding: UTF-8." in said
    assert "Columns are parted by: comma." in said
    assert "The table does not say how exact its places are: taken as towns." in said
    assert reading.report.form_name == "plain table"


@pytest.mark.parametrize(
    "header",
    [
        "Datum;Land;Ort;Breitengrad;Längengrad;Täter;Ziel;Tote;Verletzte;Quelle",
        "DATUM;Land;Stadt;Geogr_Breite;Laengengrad;Taeter;Ziele;Todesopfer;Verwundete;Quellen",
        "Date;Pays;Localité;Latitude;Longitude;Assaillants;Cible;Décès;Blessés;Source",
        "Fecha;País;Ciudad;Latitud;Longitud;Atacante;Objetivo;Fallecidos;Heridos;Fuente",
        "Data de início;País;Cidade;Latitude;Longitude;Agressor;Alvo;Mortos;Feridos;Fonte",
    ],
)
def test_knows_plain_names_in_five_languages(tmp_path, header):
    row = "2015-05-03;Irak;Qarya;36,1;43,2;Islamic State;civilians;5;12;Radio Exemplo"
    reading = plain(tmp_path, header.replace("Geogr_", "Geografische "), row)
    event = first(reading)
    assert not [said for said in reading.report.assumptions if said.startswith("Not read")]
    assert (day(event), event["country_code"], event["place"]) == ("2015-05-03", "IRQ", "Qarya")
    assert (event["latitude_deg"], event["longitude_deg"]) == (36.1, 43.2)
    assert (event["initiators"], event["targets"]) == ("is", "civilians")
    assert (event["killed_best"], event["wounded_best"]) == (5, 12)
    assert [*reading.dataset.reports["publisher"]] == ["Radio Exemplo"]


def test_says_how_a_column_that_is_not_read_can_be(tmp_path):
    said = plain(tmp_path, "date,lat,lon,`x`,Opfer", "2015-05-03,36,43,,3").report.assumptions
    assert (
        'To read one, say what it is, as in --map "Opfer=country_code" (still free: country_code,'
        " place, killed_best, wounded_best, initiators, targets, event_type, source)."
    ) in said


def test_says_how_a_country_that_is_not_known_can_be(tmp_path):
    lines = "date,country", "2015-05-03,Atlantis", "2015-05-03,Iraq"
    assert (
        "Countries whose names are not known: 'Atlantis'. To say which they are, by three letters"
        ' like IRQ: --map "country_code:Atlantis==CODE".'
    ) in plain(tmp_path, *lines).report.assumptions
    reading = plain(tmp_path, *lines, mapping=pairs(["country_code:Atlantis==MLI"]))
    assert sorted(reading.dataset.events["country_code"]) == ["IRQ", "MLI"]
    assert "not known" not in " ".join(reading.report.assumptions)


def test_stands_as_the_source_of_its_events_where_it_names_none(tmp_path):
    reading = plain(tmp_path, "date,place", "2015-05-03,Qarya")
    assert [*reading.dataset.reports["publisher"]] == ["table.csv"]
    assert "table.csv" in reading.dataset.terms.credit
    assert reading.dataset.name == "table.csv"


def test_obeys_a_mapping(tmp_path):
    mapping = pairs(
        ["Wann=start_date", "Tote=killed_low,killed_best,killed_high", "country_code==IRQ"]
        + ["Was=event_type", "event_type:Anschlag==bombing", "Wer=initiators", "actors:D==is"]
    )
    reading = plain(
        tmp_path, "Wann,Tote,Was,Wer", "3.5.2015,7,Anschlag,D", "31.5.2015,,x,Y", mapping=mapping
    )
    events = reading.dataset.events
    assert [*events["country_code"]] == ["IRQ", "IRQ"]
    assert [*events["event_type"]] == ["bombing", "other"]
    assert [*events["initiators"]] == ["is", "y"]
    assert events["killed_low"].tolist()[0] == 7
    assert day(first(reading)) == "2015-05-03"


@pytest.mark.parametrize(("rows", "number"), [(1, "1 event"), (2, "2 events")])
def test_an_event_whose_type_nobody_states_is_of_no_type_however_many_died(tmp_path, rows, number):
    reading = plain(tmp_path, "date,killed,lat,lon", *["2014-06-06,12,36,43"] * rows)
    assert set(reading.dataset.events["event_type"]) == {"other"}
    assert (
        f"No type that we know is stated for {number}: 'Other or not stated'. A mapping of"
        " event_type says it better."
    ) in reading.report.assumptions


NOT_LOADED = [
    "2,,,3,,",  # neither a date nor a place
    "3,2014-06-06,2014-06-01,3,36.3,43.1",  # ends before it begins
    "1,2014-06-06,,3,36.3,43.1",  # an id that stands already
    "4,2014-06-06,,many deaths,36.3,43.1",  # a toll that is no number
]


@pytest.mark.parametrize("line", NOT_LOADED)
@pytest.mark.parametrize(
    "said",
    [
        "No type that we know is stated for 1 event: 'Other or not stated'.",
        "Countries told by the coordinates, as the table does not: 1 event.",
    ],
)
def test_what_a_table_leaves_open_is_counted_of_loaded_events_alone(tmp_path, line, said):
    header = "id,date,end_date,killed,lat,lon"
    report = plain(tmp_path, header, "1,2014-06-05,,3,36.3,43.1", line).report
    assert (report.records, report.loaded) == (2, 1)
    assert [one for one in report.assumptions if one.startswith(said)]


def test_reads_a_mapping_from_a_toml_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'date_format = "m/d/y"\n[columns]\nstart_date = "When"\nend_date = "When"\n'
        '[constants]\ncountry_code = "SYR"\n[event_type]\nHit = "air_strike"\n'
        '[actors]\n"Da\'esh" = "is"\n[country_code]\nRojava = "SYR"\n'
    )
    mapping = mapping_of(path)
    assert mapping == {
        "date_format": "=m/d/y",
        "When": "start_date,end_date",
        "country_code": "=SYR",
        "event_type:Hit": "=air_strike",
        "actors:Da'esh": "=is",
        "country_code:Rojava": "=SYR",
    }
    reading = plain(tmp_path, "When,Type,Group", "5/3/2015,Hit,Da'esh", mapping=mapping)
    event = first(reading)
    assert day(event) == "2015-05-03"
    assert [event[n] for n in ("country_code", "event_type", "initiators")] == [
        *("SYR", "air_strike", "is")
    ]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[colums]\n", "mine.toml has an unknown or empty part 'colums'. Did you mean 'columns'?"),
        ("a = ", "mine.toml is no TOML file: "),
        ("[columns]\nstart_date = [1]\n", "mine.toml: columns.start_date is no text."),
    ],
)
def test_says_what_is_wrong_with_a_toml_file(tmp_path, toml, said):
    (tmp_path / "mine.toml").write_text(toml)
    with pytest.raises(ReaderError) as caught:
        mapping_of(tmp_path / "mine.toml")
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


def test_names_a_toml_file_that_is_not_there(tmp_path):
    with pytest.raises(ReaderError, match=r"none\.toml cannot be read: No such file"):
        mapping_of(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"Dat": "start_date"}, "table.csv has no column 'Dat'. Did you mean 'date'?"),
        ({"date": "start"}, "No column of ours is called 'start'. Did you mean 'start_date'?"),
        ({"event_type:x": "=batle"}, "No type of events is called 'batle'. Did you mean 'battle'?"),
        ({"place:x": "=y"}, "No words of 'place' can be mapped: only event_type, actors,"),
    ],
)
def test_says_what_is_wrong_with_a_mapping(tmp_path, mapping, said):
    with pytest.raises(ReaderError) as caught:
        plain(tmp_path, HEADER, ROW, mapping=mapping)
    assert str(caught.value).startswith(said)


def test_says_how_a_pair_is_written():
    with pytest.raises(ReaderError, match=r"'Day' is no mapping\. Write column=ours"):
        pairs(["Day"])


def test_asks_for_the_column_of_dates_where_none_is_plain(tmp_path):
    with pytest.raises(ReaderError, match="has no column that is plainly a date. Say which"):
        plain(tmp_path, "a,b", "1,2", form="plain")


def test_leaves_out_a_column_that_the_mapping_empties(tmp_path):
    reading = plain(tmp_path, HEADER, ROW, mapping={"perpetrator": "targets", "initiators": "="})
    assert (first(reading)["initiators"], first(reading)["targets"]) == ("not-stated", "is")


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("2014", ("2014-01-01", "2014-12-31", "year")),
        ("2014-06", ("2014-06-01", "2014-06-30", "month")),
        ("2014-06-00", ("2014-06-01", "2014-06-30", "month")),
        ("2014-00-00", ("2014-01-01", "2014-12-31", "year")),
        ("June 2014", ("2014-06-01", "2014-06-30", "month")),
        ("2014-06-10", ("2014-06-10", "2014-06-10", "day")),
        ("1942-02-03", ("1942-02-03", "1942-02-03", "day")),
    ],
)
def test_never_takes_a_date_for_more_precise_than_it_is(tmp_path, cell, span):
    event = first(plain(tmp_path, "date,place", f"{cell},Qarya"))
    assert (day(event), day(event, "end_date"), event["date_precision"]) == span


def test_takes_a_year_column_for_a_year(tmp_path):
    event = first(plain(tmp_path, "year,place", "2014,Qarya"))
    assert (day(event), day(event, "end_date")) == ("2014-01-01", "2014-12-31")
    assert event["date_precision"] == "year"


def test_takes_year_month_and_day_0_for_a_month(tmp_path):
    event = first(plain(tmp_path, "year,month,day,place", "2014,6,0,Qarya"))
    assert (day(event), event["date_precision"]) == ("2014-06-01", "month")


def test_widens_a_day_that_is_said_to_be_known_to_the_month(tmp_path):
    event = first(plain(tmp_path, "date,date_precision", "2014-06-01,month"))
    assert (day(event), day(event, "end_date")) == ("2014-06-01", "2014-06-30")


def test_asks_for_day_or_month_first_rather_than_guess(tmp_path):
    lines = "date,place", "05/03/2015,Qarya", "06/04/2015,Qarya"
    with pytest.raises(ReaderError, match=r"may be day/month or month/day.*Say which"):
        plain(tmp_path, *lines)
    event = first(plain(tmp_path, *lines, date_format="d/m/y"))
    assert day(event) == "2015-03-05"


def test_spans_from_the_first_day_to_the_last(tmp_path):
    event = first(plain(tmp_path, "start,end", "2014-06-06,2014-06"))
    assert (day(event), day(event, "end_date")) == ("2014-06-06", "2014-06-30")
    assert event["date_precision"] == "month"


def test_keeps_an_event_without_a_place(tmp_path):
    event = first(plain(tmp_path, "date,lat,lon", "2014-06-06,,"))
    assert event.isna()[["latitude_deg", "longitude_deg"]].all()
    assert (event["geo_precision"], event["country_code"]) == ("", "XXX")


def test_keeps_an_event_with_a_place_but_no_date(tmp_path):
    reading = plain(tmp_path, "date,lat,lon", "2015-02-03,36,43", ",36,43", "2014-06-06,36,43")
    events = reading.dataset.events.set_index("event_id")
    assert events["date_precision"].to_dict() == {
        "plain-1": "day",
        "plain-2": "unknown",
        "plain-3": "day",
    }
    assert [f"{events.loc['plain-2', end]:%Y-%m-%d}" for end in ("start_date", "end_date")] == [
        "2014-06-06",
        "2015-02-03",
    ]
    assert reasons(reading) == []
    assert warnings(reading) == [
        "table.csv, record 2, line 3: has no date: it stands on the map alone."
    ]
    said = "1 event has a place and no date: on the map, on no timeline."
    assert said in reading.report.assumptions


def test_an_event_without_a_date_survives_a_folder(tmp_path):
    found = plain(tmp_path, "date,lat,lon", ",36,43", "2014-06-06,36,43").dataset
    save(found, tmp_path / "kept")
    assert load(tmp_path / "kept").version == found.version


def test_reports_an_event_with_neither_place_nor_date(tmp_path):
    reading = plain(tmp_path, "date,lat,lon,place", ",,,A", "2014-06-06,36,43,B", ",0,0,C")
    assert reasons(reading) == [
        f"table.csv, record {number}, line {number + 1}:"
        " has neither a date nor a place: nowhere to show it."
        for number in (1, 3)
    ]


@pytest.mark.parametrize(
    ("header", "row", "mapping"),
    [
        ("year,lat,lon", ",36,43", {}),
        ("lat,lon,place", "36,43,A", {"date_precision": "=unknown"}),
    ],
)
def test_a_table_of_places_without_any_date_is_on_the_map(tmp_path, header, row, mapping):
    reading = plain(tmp_path, header, row, mapping=mapping)
    assert reading.dataset.days is None
    said = "table.csv has places and no dates: its events are on the map, on no timeline."
    assert said in reading.report.assumptions


def test_a_date_whose_precision_is_said_to_be_unknown_is_none(tmp_path):
    rows = "2014-06-06,unknown,36,43", "2014-06-07,day,36,43"
    found = plain(tmp_path, "date,date_precision,lat,lon", *rows).dataset
    assert [*found.events["date_precision"]] == ["unknown", "day"]
    mapping = {"date_precision": "=Unknown"}
    assert plain(tmp_path, "date,lat,lon", "2014-06-06,36,43", mapping=mapping).dataset.days is None


def test_a_table_without_a_column_of_dates_is_told_what_to_say(tmp_path):
    with pytest.raises(ReaderError, match="If none is one, say date_precision==unknown"):
        plain(tmp_path, "lat,lon,place", "36,43,A", mapping={"place": "place"})


def test_flags_0_0_and_keeps_the_event_without_a_place(tmp_path):
    reading = plain(tmp_path, "date,lat,lon", "2014-06-06,0,0")
    assert first(reading).isna()["latitude_deg"]
    assert "lies at 0, 0, which stands for a missing place" in warnings(reading)[0]


def test_tells_the_country_by_the_place(tmp_path):
    reading = plain(tmp_path, "date,lat,lon", "2014-06-06,36.3,43.1", "2014-06-07,48.9,2.4")
    assert [*reading.dataset.events["country_code"]] == ["IRQ", "FRA"]
    assert (
        "Countries told by the coordinates, as the table does not: 2 events."
        in reading.report.assumptions
    )


@pytest.mark.parametrize(
    ("cell", "figures", "warned"),
    [
        ("0", [0, 0, 0], 0),
        ("", None, 0),
        ("NA", None, 0),
        ("10-15", [10, 10, 15], 1),
        ("12+", [12, 12, 12], 1),
        ("about 12", [12, 12, 12], 1),
        ("dozens", None, 1),
        ("?", None, 1),
        ("n/a", None, 0),
        ("Unbekannt", None, 1),
        ("keine", None, 1),
        ("non communiqué", None, 1),
        ("-99", None, 1),
    ],
)
def test_never_takes_an_unknown_toll_for_none(tmp_path, cell, figures, warned):
    reading = plain(tmp_path, "date,killed", f"2014-06-06,{cell}")
    event = first(reading)[["killed_low", "killed_best", "killed_high"]]
    assert event.isna().all() if figures is None else [*event] == figures
    assert len(warnings(reading)) == warned


def test_names_the_cell_whose_toll_it_took_for_unknown(tmp_path):
    reading = plain(tmp_path, "Datum;Tote;Vertriebene", "2014-06-06;keine;5", "2014-06-07;1;unklar")
    assert reading.report.loaded == 2
    assert warnings(reading) == [
        "table.csv, record 1, line 2, tote: 'keine' is no number: taken as unknown.",
        "table.csv, record 2, line 3, vertriebene: 'unklar' is no number: taken as unknown.",
    ]


def test_rejects_a_toll_that_is_no_number(tmp_path):
    reading = plain(tmp_path, "date,killed", "2014-06-06,5", "2014-06-07,five")
    assert reasons(reading) == [
        "table.csv, record 2, line 3, killed: 'five' is not a whole number."
    ]


@pytest.mark.parametrize(
    "cell", ["1.000", "2.500", "12.000", "1.000.000", "+1.000", "1,000", "12,500", "1,000,000"]
)
def test_rejects_a_toll_that_may_be_thousands_or_a_fraction(tmp_path, cell):
    reading = plain(tmp_path, "Datum;Tote;Vertriebene", "2021-03-01;5;", f"2021-03-02;{cell};")
    said = f"tote: '{cell}' may be thousands or a fraction. Write digits only."
    assert reasons(reading) == [f"table.csv, record 2, line 3, {said}"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *(("12.", 12), ("12.0", 12), ("12.00", 12), ("12.0000", 12), ("12,0", 12), ("12,00", 12)),
        # No thousand begins with 0, and a group of digits before its mark has three at most.
        *(("0.000", 0), ("0,000", 0), ("1500.000", 1500), ("1500,000", 1500)),
    ],
)
def test_reads_a_number_that_a_program_has_made_a_fraction(tmp_path, cell, number):
    event = first(plain(tmp_path, "Datum;Tote", f"2021-03-01;{cell}"))
    assert [event[f"killed_{level}"] for level in ("low", "best", "high")] == [number] * 3


def test_takes_no_id_with_a_mark_of_thousands_for_a_small_number(tmp_path):
    lines = "id;Datum;Tote", "1;2021-03-01;5", "1.000;2021-03-02;6"
    events = plain(tmp_path, *lines).dataset.events
    assert sorted(events["source_event_id"]) == ["1", "1.000"]


def test_reads_decimal_commas(tmp_path):
    event = first(plain(tmp_path, "date;lat;lon", "2014-06-06;36,25;43,5"))
    assert (event["latitude_deg"], event["longitude_deg"]) == (36.25, 43.5)


def test_leaves_out_a_line_of_hxl_tags(tmp_path):
    reading = plain(tmp_path, "date,killed", "#date,#affected+killed", "2014-06-06,5")
    assert (reading.report.records, first(reading)["killed_best"]) == (1, 5)
    assert "The second line holds HXL tags and was left out." in reading.report.assumptions


def test_reads_a_workbook_and_a_json_list_alike(tmp_path):
    rows = [["date", "place", "killed"], [datetime.date(2015, 5, 3), "Qarya", 5]]
    event = first(open_table(workbook(tmp_path, rows)))
    assert (day(event), event["killed_best"]) == ("2015-05-03", 5)
    listed = b'[{"date": "2015-05-03", "place": "Qarya", "killed": 5}]'
    event = first(read_bytes(tmp_path, listed, "table.json"))
    assert (day(event), event["killed_best"]) == ("2015-05-03", 5)


def test_keeps_the_terms_of_a_source_whose_columns_a_table_has(tmp_path):
    reading = plain(tmp_path, "event_date,sub_event_type,fatalities", "2015-05-03,Armed clash,1")
    assert reading.dataset.terms.may_redistribute is False
    assert "ACLED" in reading.dataset.terms.credit


def test_bears_an_empty_line_before_the_first_record(tmp_path):
    reading = plain(tmp_path, "date,killed", "", "2014-06-06,5")
    assert (reading.report.records, reading.report.loaded) == (1, 1)
    assert "Empty lines left out: 1." in reading.report.assumptions


def test_takes_a_publisher_out_of_its_link(tmp_path):
    link = '"<a href=""https://a.example/about"">Radio A</a>"'
    reports = plain(tmp_path, "date,source,url", f"2015-05-03,{link},https://a.example/x")
    report = reports.dataset.reports.iloc[0]
    assert (report["publisher"], report["url"]) == ("Radio A", "https://a.example/x")


def test_cleans_html_out_of_a_text(tmp_path):
    lines = "date,title,notes", '2015-05-03,A &amp; B,"<p>One<br>two</p><script>x()</script>"'
    event = first(plain(tmp_path, *lines))
    assert (event["title"], event["summary"]) == ("A & B", "One two")


def test_joins_names_and_addresses_of_sources(tmp_path):
    lines = "date,source,url", "2015-05-03,Radio A; Radio B,https://a.example https://b.example/x"
    reports = plain(tmp_path, *lines).dataset.reports
    assert sorted(zip(reports["publisher"], reports["url"], strict=True)) == [
        ("Radio A", "https://a.example"),
        ("Radio B", "https://b.example/x"),
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("air_strike", "air_strike"),
        ("Air strike", "air_strike"),
        ("IED explosion", "bombing"),
        ("Suicide car bomb", "suicide_bombing"),
        ("Armed clash", "battle"),
        ("Protest with intervention", "protest"),
        ("Zzz", ""),
    ],
)
def test_tells_a_type_by_the_words_of_any_table(words, kind):
    assert type_of(words) == kind


def test_tells_the_order_of_day_and_month_by_the_other_column(tmp_path):
    for lines in (("start,end", "5/3/2015,5/30/2015"), ("start,end", "5/30/2015,6/3/2015")):
        assert first(plain(tmp_path, *lines))["start_date"].month == 5


def test_keeps_an_exact_double_aside_and_says_which_record_it_repeats(tmp_path):
    reading = plain(
        tmp_path, "id,date,killed", "a,2015-05-03,5", "b,2015-05-04,1", "a,2015-05-03,5"
    )
    assert reading.dataset.events["killed_best"].sum() == 6
    assert reasons(reading) == ["table.csv, record 3, line 4, id: 'a' stands already in record 1."]
    assert reading.report.rejects.records == ("a,2015-05-03,5",)


def published(reading):
    return [
        None if pd.isna(d) else f"{d:%Y-%m-%d}" for d in reading.dataset.reports["published_date"]
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("report_date", "Published date", "publicationDate", "source_date", "Date reported"),
        *("reported_on", "Meldedatum", "Veröffentlichungsdatum", "Date de publication"),
        *("Fecha de publicación", "Data de publicação"),
    ],
)
def test_an_incident_reported_three_days_late_keeps_both_days(tmp_path, name):
    reading = plain(tmp_path, f"{name},date,killed,source", "2015-05-06,2015-05-03,5,Radio A")
    assert (day(first(reading)), day(first(reading), "end_date")) == ("2015-05-03", "2015-05-03")
    assert [*reading.dataset.reports["publisher"]] == ["Radio A"]
    assert published(reading) == ["2015-05-06"]
    assert not warnings(reading)
    assert not [said for said in reading.report.assumptions if said.startswith("Not read")]


def test_obeys_a_mapping_of_the_day_of_the_report(tmp_path):
    lines = "seen;when;killed", "6/5/2015;3/5/2015;5"
    reading = plain(tmp_path, *lines, mapping={"seen": "published_date"}, date_format="d/m/y")
    assert (day(first(reading)), published(reading)) == ("2015-05-03", ["2015-05-06"])
    assert [*reading.dataset.reports["publisher"]] == ["table.csv"]


def test_takes_the_order_of_a_reports_day_and_month_from_the_events(tmp_path):
    reading = plain(tmp_path, "report_date,date,killed", "6/5/2015,30/4/2015,5")
    assert published(reading) == ["2015-05-06"]


@pytest.mark.parametrize("cell", ["soon", "2015-05", "2015-02-30", "6/5/2015"])
def test_a_report_without_a_day_that_can_be_read_leaves_the_event(tmp_path, cell):
    lines = "date,report_date,killed", f"2015-05-03,{cell},5", "2015-05-04,,1"
    reading = plain(tmp_path, *lines)
    assert [*reading.dataset.events["killed_best"]] == [5, 1]
    assert published(reading) == [None, None]
    assert [said.partition(": ")[0] for said in warnings(reading)] == [
        "table.csv, record 1, line 2, report_date"
    ]
    assert f"{cell!r} is not a day" in warnings(reading)[0]


def test_warns_of_a_report_from_before_its_event_and_keeps_both_days(tmp_path):
    reading = plain(
        tmp_path, "date,report_date,killed", "2015-05-03,2015-05-01,5", "2015-06,2015-06-01,1"
    )
    assert day(first(reading)) == "2015-05-03"
    assert published(reading) == ["2015-05-01", "2015-06-01"]
    assert warnings(reading) == [
        "table.csv, record 1, line 2, report_date: 2015-05-01 is before the event, which begins on"
        " 2015-05-03: both days are kept."
    ]


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("2015-05-04; 2015-05-06", ["2015-05-04", "2015-05-06"]),
        ("2015-05-04", ["2015-05-04", "2015-05-04"]),
        ("2015-05-04;2015-05-05;2015-05-06", [None, None]),
    ],
)
def test_gives_days_to_sources_one_by_one(tmp_path, cell, days):
    reading = plain(tmp_path, "date,source,report_date", f"2015-05-03,Radio A;Radio B,{cell}")
    assert published(reading) == days
    assert len(warnings(reading)) == days.count(None) / 2


def test_never_takes_the_day_of_a_report_for_that_of_the_event(tmp_path):
    with pytest.raises(ReaderError, match="no column that is plainly a date|not recognised"):
        plain(tmp_path, "report_date,country,killed", "2015-05-06,Iraq,5", form="plain")
    reading = plain(
        tmp_path, "report_date,country", "2015-05-06,Iraq", mapping={"report_date": "start_date"}
    )
    assert (day(first(reading)), published(reading)) == ("2015-05-06", [None])
