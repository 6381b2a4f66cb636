"""TimelineJS: the sheet in both layouts, and the JSON."""

import json

import pytest

from dashboard.errors import ReaderError
from tests.readers.tables import first, read_bytes, reasons

pytestmark = pytest.mark.unit

COLUMNS = (
    *("Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time"),
    *("Display Date", "Headline", "Text", "Media", "Media Credit", "Media Caption"),
    *("Media Thumbnail", "Type", "Group", "Background"),
)


def line(**cells):
    cells = {"headline": "A bomb at Qarya", "year": "2015", "month": "5", "day": "3"} | cells
    keys = (name.lower().replace(" ", "_") for name in COLUMNS)
    return ",".join(f'"{cells.get(key, "")}"' for key in keys)


def sheet(folder, *lines):
    return read_bytes(folder, "\n".join([",".join(COLUMNS), *lines]).encode(), "timeline.csv")


def slide(headline="A bomb at Qarya", end=None, **start):
    start = start or {"year": "2015", "month": "5", "day": "3"}
    found = {"start_date": start, "text": {"headline": headline, "text": "<p>Two <b>dead</b>.</p>"}}
    return found | ({"end_date": end} if end else {})


def as_json(folder, *events, **more):
    return read_bytes(folder, json.dumps({"events": events, **more}).encode(), "timeline.json")


def dates(event):
    found = (event[name].date().isoformat() for name in ("start_date", "end_date"))
    return (*found, event["date_precision"])


def test_reads_the_sheet(tmp_path):
    media = {"media": "https://example.org/x.jpg", "media_credit": "Foto Exemplo"}
    reading = sheet(tmp_path, line(text="<p>Two <b>dead</b>.</p>", group="Bombing", **media))
    event = first(reading)
    assert (event["title"], event["summary"]) == ("A bomb at Qarya", "Two dead.")
    assert (event["event_type"], event["source_event_type"]) == ("bombing", "Bombing")
    report = reading.dataset.reports.iloc[0]
    assert (report["publisher"], report["url"]) == ("Foto Exemplo", "https://example.org/x.jpg")
    assert reading.report.form_name == "TimelineJS"


@pytest.mark.parametrize(
    ("cells", "span"),
    [
        ({}, ("2015-05-03", "2015-05-03", "day")),
        ({"day": ""}, ("2015-05-01", "2015-05-31", "month")),
        ({"day": "", "month": ""}, ("2015-01-01", "2015-12-31", "year")),
        ({"year": "1,942", "month": "2"}, ("1942-02-03", "1942-02-03", "day")),
        (
            {"end_year": "2015", "end_month": "5", "end_day": "9"},
            ("2015-05-03", "2015-05-09", "day"),
        ),
        ({"end_year": "2016"}, ("2015-05-03", "2016-12-31", "year")),
    ],
)
def test_tells_the_precision_by_what_is_missing(tmp_path, cells, span):
    assert dates(first(sheet(tmp_path, line(**cells)))) == span


def test_keeps_an_event_without_coordinates_and_its_own_words_for_the_date(tmp_path):
    event = first(sheet(tmp_path, line(display_date="early May")))
    assert event.isna()[["latitude_deg", "longitude_deg"]].all()
    assert event["source_date_precision"] == "early May"


def test_accounts_for_the_title_and_eras_without_making_them_events(tmp_path):
    title = line(type="title", year="", month="", day="", headline="All")
    reading = sheet(tmp_path, title, line(), line(type="era", end_year="2016", headline="Era"))
    assert (reading.report.records, reading.report.loaded, reading.report.rejected) == (3, 1, 2)
    assert reasons(reading) == [
        "timeline.csv, record 1, line 2, type: is the title slide, not an event.",
        "timeline.csv, record 3, line 4, type: is an era, a span of time and not an event.",
    ]


def test_rejects_a_year_that_is_none_of_ours(tmp_path):
    reading = sheet(tmp_path, line(year="-44"), line(year="x"), line(month="13"), line())
    assert (reading.report.loaded, reading.report.rejected) == (1, 3)
    assert "is in the year -44" in reasons(reading)[0]


def test_reads_the_old_layout(tmp_path):
    header = "Start Date,End Date,Headline,Text,Media,Media Credit,Media Caption,Tag"
    rows = "5/30/2015,6/2/2015,A bomb,Two dead.,,,,Bombing", "2014,,Unrest,,,,,Protest"
    events = read_bytes(tmp_path, "\n".join([header, *rows]).encode(), "old.csv").dataset.events
    assert dates(events.iloc[0]) == ("2014-01-01", "2014-12-31", "year")
    assert dates(events.iloc[1]) == ("2015-05-30", "2015-06-02", "day")
    assert [*events["event_type"]] == ["protest", "bombing"]


def test_takes_no_time_of_day_for_a_date(tmp_path):
    reading = sheet(tmp_path, line(time="16:20", end_time="17:00"))
    assert dates(first(reading)) == ("2015-05-03", "2015-05-03", "day")
    assert not any("end time" in said for said in reading.report.assumptions)


def test_reads_the_json(tmp_path):
    reading = as_json(
        tmp_path,
        slide(),
        slide(year=2014),
        slide(year="2014", month="6", end={"year": 2014, "month": 7, "day": 2}),
        title={"text": {"headline": "All"}},
        eras=[{"start_date": {"year": 2014}, "end_date": {"year": 2015}}],
    )
    assert (reading.report.records, reading.report.loaded, reading.report.rejected) == (5, 3, 2)
    assert sorted(map(dates, (event for _, event in reading.dataset.events.iterrows()))) == [
        ("2014-01-01", "2014-12-31", "year"),
        ("2014-06-01", "2014-07-02", "month"),
        ("2015-05-03", "2015-05-03", "day"),
    ]
    assert {*reading.dataset.events["summary"]} == {"Two dead."}


def test_numbers_slides_of_which_some_have_no_id(tmp_path):
    reading = as_json(tmp_path, slide() | {"unique_id": "a"}, slide())
    assert reading.report.loaded == 2
    own = as_json(tmp_path, slide() | {"unique_id": "a"}, slide() | {"unique_id": "b"})
    assert [*own.dataset.events["event_id"]] == ["timelinejs-a", "timelinejs-b"]


def test_rejects_a_slide_that_is_no_object(tmp_path):
    reading = as_json(tmp_path, slide(), 5, [1])
    assert (reading.report.loaded, reading.report.rejected) == (1, 2)


def test_says_where_a_json_text_breaks_off(tmp_path):
    content = json.dumps({"events": [slide(), slide()]}).encode()[:-30]
    with pytest.raises(ReaderError, match=r"t\.json is cut off or no JSON from line 1 on"):
        read_bytes(tmp_path, content, "t.json")
