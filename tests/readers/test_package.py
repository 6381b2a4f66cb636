"""Our own package: a folder, a zip of it, and a table of events alone."""

import re
import shutil
import zipfile

import pytest

from dashboard.dataset import load
from dashboard.errors import ReaderError
from dashboard.paths import folder
from dashboard.readers import open_table
from tests.package import event, placed
from tests.package import text as table_text
from tests.readers.tables import first, read_bytes, reasons, warnings

pytestmark = pytest.mark.unit

DATA = folder("data")


def zipped(path, head="", **changed):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("events", "reports", "actors", "theatres"):
            content = changed.get(name, (DATA / f"{name}.csv").read_bytes())
            archive.writestr(f"{head}{name}.csv", content)
    return path


def single(tmp_path, *rows, name="events.csv", **options):
    return read_bytes(tmp_path, table_text("events", rows).encode(), name, **options)


def test_opens_a_folder_as_load_does():
    reading, loaded = open_table(DATA), load(DATA)
    assert reading.dataset.version == loaded.version
    assert (reading.report.records, reading.report.loaded) == (len(loaded.events),) * 2
    assert reading.dataset.report is reading.report


@pytest.mark.parametrize("head", ["", "curated-1.0/data/"])
def test_opens_a_zip_of_a_package(tmp_path, head):
    reading = open_table(zipped(tmp_path / "curated.zip", head))
    assert reading.dataset.version == load(DATA).version
    assert reading.dataset.name == "curated"
    assert reading.dataset.folder is None


def test_opens_a_zip_of_a_package_from_a_mac(tmp_path):
    path = zipped(tmp_path / "curated.zip", "new/data/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/events.csv", b"\0\5\x16\7")
    assert open_table(path).dataset.version == load(DATA).version


def test_names_the_first_problem_of_a_package_and_how_many_more_there_are(tmp_path):
    target = shutil.copytree(DATA, tmp_path / "mine")
    text = (target / "events.csv").read_text().replace(",armed_assault,", ",armed_asault,")
    (target / "events.csv").write_text(text)
    with pytest.raises(ReaderError) as caught:
        open_table(target)
    said = str(caught.value)
    where = (
        r"mine is no sound package: events\.csv, record \d+, line \d+, event_type: 'armed_asault'"
    )
    assert re.match(where, said)
    assert "Did you mean 'armed_assault'?" in said
    assert said.endswith("more problems)")
    assert "\n" not in said


def test_says_which_table_a_package_lacks(tmp_path):
    target = shutil.copytree(DATA, tmp_path / "mine")
    (target / "actors.csv").unlink()
    with pytest.raises(ReaderError, match=r"mine is no sound package: actors\.csv: cannot be read"):
        open_table(target)


def test_refuses_a_bomb_in_a_package(tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.readers.archives.GROWTH_FROM", 1_000_000)
    path = zipped(tmp_path / "bomb.zip", reports=b"0" * 8_000_000)
    with pytest.raises(ReaderError, match=r"bomb\.zip: reports\.csv grows to more than .* refused"):
        open_table(path)


def test_refuses_a_damaged_package(tmp_path):
    content = bytearray(zipped(tmp_path / "good.zip").read_bytes())
    content[200:240] = b"\0" * 40
    with pytest.raises(ReaderError, match="is a zip file that is cut off or damaged"):
        read_bytes(tmp_path, bytes(content), "bad.zip")


def test_reads_a_table_of_events_alone_and_keeps_what_it_says(tmp_path):
    reading = open_table(DATA / "events.csv")
    events, ours = reading.dataset.events, load(DATA).events
    assert (reading.report.records, reading.report.rejected) == (len(ours), 0)
    assert [*events["event_id"]] == [*ours["event_id"]]
    for column in ours.columns:
        assert events[column].equals(ours[column]), column
    assert {*reading.dataset.reports["publisher"]} == {"events.csv"}
    assert "events.csv" in reading.dataset.terms.credit


def test_rejects_a_row_of_ours_with_a_wrong_word(tmp_path):
    reading = single(tmp_path, event("2015-05-03-a"), event("2015-05-04-b", event_type="batle"))
    assert (reading.report.loaded, reading.report.rejected) == (1, 1)
    assert reasons(reading)[0].startswith(
        "events.csv, record 2, line 3, event_type: 'batle' is not one of"
    )


def test_takes_no_day_for_a_day_where_the_table_knows_none(tmp_path):
    undated = {"start_date": "", "end_date": "", "date_precision": "unknown"}
    reading = single(
        tmp_path, event("2015-05-03-a"), event("nowhen", **undated, **placed("33", "44"))
    )
    found = reading.dataset.events.set_index("event_id")
    assert reading.report.rejected == 0
    assert found.loc["nowhen", "date_precision"] == "unknown"
    assert [*warnings(reading)] == [
        "events.csv, record 2, line 3: has no date: it stands on the map alone."
    ]


@pytest.mark.parametrize("word", ["day", "unknown"])
def test_rejects_half_a_span_and_a_day_that_is_missing(tmp_path, word):
    reading = single(
        tmp_path,
        event("2015-05-03-a"),
        event("2015-05-04-b", end_date="", date_precision=word, **placed("33", "44")),
    )
    assert [*reasons(reading)] == [
        "events.csv, record 2, line 3, end_date: is empty and must not be."
    ]


def test_keeps_an_actor_that_is_not_ours_under_its_own_id(tmp_path):
    reading = single(tmp_path, event("2015-05-03-a", initiators="local-guards;is"))
    assert first(reading)["initiators"] == "local-guards;is"
    assert {"local-guards", "is"} == {*reading.dataset.actors["actor_id"]}


def test_lets_a_part_stand_alone_whose_overview_was_rejected(tmp_path):
    rows = [
        event("2015-05-03-whole", start_date="x"),
        event("2015-05-04-part", part_of="2015-05-03-whole"),
    ]
    assert first(single(tmp_path, *rows))["part_of"] == ""


def test_takes_a_place_without_precision_for_approximate(tmp_path):
    row = event("2015-05-03-a", latitude_deg="36", longitude_deg="43")
    reading = single(tmp_path, row)
    assert first(reading)["geo_precision"] == "district"
    assert warnings(reading) == [
        "events.csv, record 1, line 2, geo_precision: is empty: the place is taken as approximate."
    ]


def test_reads_a_table_of_ours_that_excel_has_saved(tmp_path):
    content = table_text("events", [event("2015-05-03-a")]).replace(",", ";").encode("utf-8-sig")
    reading = read_bytes(tmp_path, content, "events.csv")
    assert reading.report.loaded == 1
    assert "Encoding: UTF-8 with a byte order mark." in reading.report.assumptions
    assert "Columns are parted by: semicolon." in reading.report.assumptions
