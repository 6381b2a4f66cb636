"""TimeMap: events as JSON with and without side tables, and as a sheet."""

import json

import pytest

from tests.readers.tables import first, read_bytes, warnings

pytestmark = pytest.mark.unit

EVENT = {
    "id": "1",
    "description": "Shells fell on a market.",
    "date": "10/11/2015",
    "time": "16:20",
    "time_precision": "to the hour",
    "location": "Qarya",
    "latitude": "36.1",
    "longitude": "43.2",
    "category": "Shelling",
    "associations": [],
    "sources": [],
}
SOURCES = [
    {
        "id": "s1",
        "title": "Video of the market",
        "url": "https://example.org/video",
        "author": "Ana Exemplo",
        "date": "10/12/2015",
        "description": "Filmed from a roof.",
    },
    {"id": "s2", "title": "Photo", "paths": ["https://example.org/photo.jpg"]},
]
ASSOCIATIONS = [
    {"id": "a1", "title": "IS", "mode": "FILTER", "filter_paths": ["Perpetrators", "IS"]},
    {"id": "a2", "title": "Civilians", "mode": "FILTER", "filter_paths": ["Victims", "Civilians"]},
    {"id": "a3", "title": "The siege", "mode": "NARRATIVE"},
    {"id": "a4", "title": "Air strike", "mode": "CATEGORY"},
    {"id": "a5", "title": "At night", "mode": "FILTER", "filter_paths": ["Time", "At night"]},
]


def read(folder, *events, **more):
    whole = {"events": events, **more} if more else list(events)
    return read_bytes(folder, json.dumps(whole).encode(), "events.json")


def test_reads_an_event_whose_values_are_all_texts(tmp_path):
    reading = read(tmp_path, EVENT)
    event = first(reading)
    assert event["start_date"].date().isoformat() == "2015-10-11"
    assert (event["place"], event["latitude_deg"]) == ("Qarya", 36.1)
    assert (event["event_type"], event["summary"]) == ("bombing", "Shells fell on a market.")
    assert event["source_date_precision"] == "to the hour"
    assert (reading.report.form, event["event_id"]) == ("timemap", "timemap-1")


def test_says_that_it_took_the_month_first(tmp_path):
    said = read(tmp_path, EVENT).report.assumptions
    assert "Dates in date are written m/d/y." in said
    assert any(line.startswith("Where a day may be month/day or day/month") for line in said)


def test_keeps_an_event_without_a_place_and_one_without_a_date(tmp_path):
    nowhere = EVENT | {"id": "2", "latitude": "", "longitude": ""}
    undated = EVENT | {"id": "3", "date": ""}
    reading = read(tmp_path, EVENT, nowhere, undated)
    assert (reading.report.loaded, reading.report.rejected) == (3, 0)
    assert reading.dataset.events["latitude_deg"].isna().sum() == 1
    assert (reading.dataset.events["date_precision"] == "unknown").sum() == 1
    assert "events.json, record 3: has no date: it stands on the map alone." in warnings(reading)


def test_makes_reports_of_sources(tmp_path):
    event = EVENT | {"sources": ["s1", "s2", "unlisted", "https://example.org/other"]}
    reports = read(tmp_path, event, sources=SOURCES).dataset.reports.set_index("publisher")
    assert reports.loc["Ana Exemplo", "url"] == "https://example.org/video"
    assert reports.loc["Ana Exemplo", "title"] == "Video of the market"
    assert reports.loc["Ana Exemplo", "published_date"].date().isoformat() == "2015-10-12"
    assert "https://example.org/photo.jpg" in [*reports["url"]]
    assert {"unlisted", "example.org"} <= {*reports.index}
    assert len(reports) == 4


def test_makes_actors_types_and_notes_of_associations_as_their_mode_says(tmp_path):
    event = EVENT | {"associations": ["a1", "a2", "a3", "a4", "a5", "free"]}
    found = first(read(tmp_path, event, associations=ASSOCIATIONS))
    assert (found["initiators"], found["targets"]) == ("is", "civilians")
    assert found["event_type"] == "air_strike"
    assert found["summary"].endswith("Tagged: The siege; Time > At night; free.")


def test_reads_the_sheet_form(tmp_path):
    header = "id,description,date,time,location,latitude,longitude,association1,source1,source2"
    row = "1,Shells fell.,10/31/2015,16:20,Qarya,36.1,43.2,At night,Radio A,https://b.example/x"
    reading = read_bytes(tmp_path, f"{header}\n{row}\n".encode(), "events.csv")
    assert reading.report.form == "timemap"
    assert {*reading.dataset.reports["publisher"]} == {"Radio A", "b.example"}
    assert "Tagged: At night." in first(reading)["summary"]


def test_bears_side_tables_that_are_misshapen(tmp_path):
    event = EVENT | {"sources": "s1", "associations": {"a": 1}}
    reading = read(tmp_path, event, sources=5, associations=[[1], "x"])
    assert reading.report.loaded == 1


def test_gives_sources_the_day_of_the_report_unless_they_have_their_own(tmp_path):
    event = EVENT | {"sources": ["s1", "s2"], "report_date": "10/14/2015"}
    reports = read(tmp_path, event, sources=SOURCES).dataset.reports
    assert [*reports["published_date"].astype(str)] == ["2015-10-12", "2015-10-14"]
