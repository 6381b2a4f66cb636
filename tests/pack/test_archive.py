import csv
import dataclasses
import datetime
import io
import shlex
import zipfile

import pytest

from dashboard import cli, pack
from dashboard.dataset import CURATED
from dashboard.errors import ExportError
from dashboard.export import read_recipe
from dashboard.pack import archive
from dashboard.pictures import Order, recipe
from dashboard.provenance import Report, Terms

DAY = datetime.date(2026, 3, 9)
TERMS = Terms(
    "ACLED", "ACLED", "Rows may not be passed on.", "Raleigh 2010", "https://x.org", False
)


class Pen:
    """Stands for Chromium where the pictures themselves do not matter."""

    def image(self, figure, form, *, scale=1.0, recipe=None):
        return f"{form} {scale} {recipe['view']}".encode()


@pytest.fixture(scope="module")
def files(small):
    return pack.build(Order("timeline", "theatre=mozambique", scale=2), small, Pen(), DAY)


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


@pytest.mark.unit
def test_a_pack_holds_pictures_rows_citation_and_a_page(files):
    assert list(files) == [
        *("README.txt", "page.html"),
        *("images/timeline.png", "images/timeline.svg", "images/map.png", "images/map.svg"),
        *("images/trend.png", "images/trend.svg"),
        *("images/timeline.txt", "images/map.txt", "images/trend.txt"),
        *("events.csv", "reports.csv", "actors.csv"),
        *("CITATION.txt", "CITATION.bib", "CITATION.ris", "LICENSE.txt"),
    ]
    assert files["images/map.png"] == b"png 2.0 map"


@pytest.mark.unit
def test_a_pack_of_an_open_event_has_its_toll_too(small):
    found = pack.build(Order("timeline", "event=2021-03-24-palma"), small, Pen(), DAY)
    assert {"images/event.png", "images/event.svg", "images/event.txt"} <= found.keys()
    assert "timeline, map, trend and event as png and svg" in found["README.txt"].decode()


@pytest.mark.unit
def test_a_pack_has_no_picture_of_an_event_whose_rows_it_has_not(small):
    order = Order("timeline", "theatre=iraq&event=2021-03-24-palma")
    found = pack.build(order, small, Pen(), DAY)
    assert "2021-03-24-palma" not in found["events.csv"].decode()
    assert not any(name.startswith("images/event") for name in found)
    words = found["README.txt"].decode()
    assert "The open event, 2021-03-24-palma, is not among these: its picture" in words
    assert "timeline, map and trend as png" in words


@pytest.mark.unit
def test_the_command_in_a_pack_makes_the_same_pack(small):
    order = Order(
        "timeline",
        "country=IRQ",
        preset="social",
        scale=2,
        link="https://example.org/x?a=1&b=2",
        dark=True,
    )
    line = pack.build(order, small, Pen(), DAY)["README.txt"].decode().splitlines()[-1]
    told = shlex.split(line.removeprefix("conflict-timeline "))
    options = cli._parser().parse_args(told)
    assert (options.view, options.data) == ("pack", small.folder.name)
    assert (options.query, options.preset, options.link, options.dark) == (
        *("?country=IRQ", "social", "https://example.org/x?a=1&b=2", True),
    )
    assert options.scale is None  # the command's own is that of this pack


@pytest.mark.unit
def test_its_rows_are_those_of_the_selection(files):
    events, reports, actors = (
        rows(files[f"{name}.csv"]) for name in ("events", "reports", "actors")
    )
    assert [row["event_id"] for row in events] == [
        *("2020-03-23-mocimboa", "2021-03-01-cabo-delgado", "2021-03-24-palma")
    ]
    assert {row["event_id"] for row in reports} == {row["event_id"] for row in events}
    assert [row["actor_id"] for row in actors] == [
        *("civilians", "is", "is-mozambique", "mozambique-police")
    ]


@pytest.mark.unit
def test_a_spreadsheet_runs_nothing_of_its_rows(small):
    notes = small.reports.assign(note="=1+1")
    actors = small.actors.assign(note="@x")
    odd = dataclasses.replace(small, reports=notes, actors=actors)
    found = pack.build(Order("timeline"), odd, Pen(), DAY)
    assert {row["note"] for row in rows(found["reports.csv"])} == {"'=1+1"}
    assert {row["note"] for row in rows(found["actors.csv"])} == {"'@x"}


@pytest.mark.unit
def test_its_readme_names_every_file_and_the_command_that_made_it(files, small):
    text = files["README.txt"].decode()
    for name in files:
        assert (
            name in text
            or name.startswith("images/")
            or name in ("CITATION.bib", "CITATION.ris", "README.txt")
        )
    data = f"--data {small.folder.name}"  # only our own table goes without saying
    assert f"export pack {data} --query '?theatre=mozambique' --out pack.zip" in text
    assert "3 events and 6 reports" in text


@pytest.mark.unit
def test_it_says_how_to_cite_it_and_on_what_day(files, small):
    for name in ("CITATION.txt", "CITATION.bib", "CITATION.ris"):
        assert small.version in files[name].decode()
    assert "accessed 9 March 2026" in files["CITATION.txt"].decode()


@pytest.mark.unit
def test_only_the_curated_table_is_under_our_licence(small):
    ours = archive.licence(dataclasses.replace(small, name=CURATED))
    assert ours.startswith("The rows and the pictures: CC BY 4.0, https://creativecommons.org/")
    own = archive.licence(small)
    assert own.startswith(f"{small.name}\nThis is a table of your own")
    assert "creativecommons" not in own


@pytest.mark.unit
def test_no_pack_is_made_of_rows_that_may_not_be_passed_on(small):
    with pytest.raises(ExportError) as refusal:
        pack.build(Order("timeline"), dataclasses.replace(small, terms=TERMS), Pen(), DAY)
    assert str(refusal.value) == "These rows cannot be downloaded. Rows may not be passed on."


@pytest.mark.unit
def test_a_pack_of_another_source_carries_its_terms(small):
    allowed = dataclasses.replace(TERMS, may_redistribute=True, sentence="With credit.")
    found = pack.build(Order("timeline"), dataclasses.replace(small, terms=allowed), Pen(), DAY)
    words = found["LICENSE.txt"].decode()
    assert words.startswith("ACLED\nWith credit.\nRaleigh 2010\nhttps://x.org\n")
    assert "CC BY 4.0, https" not in words
    assert "Raleigh 2010. Shown as" in found["CITATION.txt"].decode()


@pytest.mark.unit
def test_equal_files_give_equal_zips(files):
    first = pack.zipped(files)
    assert pack.zipped(files) == first
    with zipfile.ZipFile(io.BytesIO(first)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == files
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.unit
def test_replaces_a_pack_and_no_other_file(files, tmp_path):
    path = tmp_path / "pack.zip"
    pack.check(path)
    path.write_bytes(pack.zipped(files))
    pack.check(path)
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("a", "b")
    for content in (path.read_bytes(), b"no zip"):
        path.write_bytes(content)
        with pytest.raises(ExportError, match="is there already and is not by Conflict Timeline"):
            pack.check(path)
        pack.check(path, overwrite=True)


@pytest.mark.unit
def test_a_pack_of_nothing_says_so(small):
    found = pack.build(Order("timeline", "q=nosuchword"), small, Pen(), DAY)
    assert rows(found["events.csv"]) == []
    assert "No event matches" in found["page.html"].decode()


@pytest.mark.image
def test_the_command_makes_a_pack(curated, tmp_path, capsys):
    path = tmp_path / "palma.zip"
    query = "theatre=mozambique&from=2021-03-01&to=2021-04-30"
    assert cli.main(["export", "pack", "--query", query, "--out", str(path)]) == 0
    assert capsys.readouterr() == (f"Written: {path}, 18 files\n", "")
    with zipfile.ZipFile(path) as opened:
        for view in archive.VIEWS:
            for form in archive.FORMS:
                order = Order(view, query, form=form, scale=2)
                assert read_recipe(opened.read(f"images/{view}.{form}")) == recipe(order, curated)


@pytest.mark.unit
def test_a_pack_of_a_file_says_that_the_file_was_read_with_options(small):
    report = Report("two.xlsx", "plain", "a plain table", 3, 3)
    read = dataclasses.replace(small, report=report)
    words = pack.build(Order("timeline"), read, Pen(), DAY)["README.txt"].decode()
    assert "export pack --data two.xlsx --scale 1 --out pack.zip\nand by the options" in words
