"""Every command of docs/bring-your-own.md, run on invented files of the names that it uses."""

import re
import shlex
import shutil

import pytest

from dashboard import cli
from dashboard.commands import tables as opening
from dashboard.readers import READERS
from tests import package
from tests.readers import samples
from tests.readers.tables import text, ucdp
from tests.rules.sources import ROOT

pytestmark = pytest.mark.unit

PAGE = ROOT / "docs" / "bring-your-own.md"
WORDS = PAGE.read_text("utf-8")
SAMPLES = {
    "GEDEvent_v25_1.csv": "ucdp.csv",
    "GEDEvent_v25_1.csv.gz": "ucdp.csv.gz",
    "acled-mozambique.csv": "acled.csv",
    "globalterrorismdb.xlsx": "gtd.xlsx",
    "globalterrorismdb.csv": "gtd.csv",
    "my-table.zip": "package.zip",
    "attacks.geojson": "geojson.geojson",
    "places.kml": "kml.kml",
    "places.kmz": "kml.kmz",
    "timeline.csv": "timelinejs.csv",
    "timeline.json": "timelinejs.json",
    "timemap.json": "timemap.json",
    "timemap.csv": "timemap.csv",
    "query.csv": "wikidata.csv",
}


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", WORDS, re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with every file that the page names, the page's own among them."""
    folder = tmp_path_factory.mktemp("own")
    made = samples.samples(tmp_path_factory.mktemp("samples"))
    for name, sample in SAMPLES.items():
        (folder / name).write_bytes(made[sample])
    newer = [ucdp(number, best="6") for number in range(2, 10)]
    (folder / "GEDEvent_v26_1.csv").write_text(text(newer), encoding="utf-8")
    package.write(folder / "my-table")
    for kind in ("csv", "toml"):
        (block,) = blocks(kind)
        (folder / f"attacks.{kind}").write_text(block, encoding="utf-8")
    return folder


@pytest.fixture
def here(folder, tmp_path, monkeypatch):
    """Work in a copy of that folder."""
    shutil.copytree(folder, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def opened(line):
    """Return the table that a line of `serve` would show."""
    options = cli._parser().parse_args(shlex.split(line)[1:])
    return opening.open_named(options.table, options)


SERVED = [line for line in COMMANDS if line.split()[1] == "serve"]


@pytest.mark.parametrize("line", SERVED)
def test_serve_shows_the_whole_file(here, line):
    dataset = opened(line)
    assert len(dataset.events)
    if dataset.report is not None:
        # What TimelineJS shows besides events: its title and its eras.
        assert [one for one in dataset.report.problems if "not an event" not in one.reason] == []


def test_every_other_command_runs_one_after_the_other(here, capsys):
    for line in COMMANDS:
        if line not in SERVED:
            program, *arguments = shlex.split(line)
            assert program == "conflict-timeline"
            assert cli.main(arguments) == 0, (line, capsys.readouterr().err)
    out = capsys.readouterr().out
    assert ": 2 added, 6 changed, 2 gone." in out
    assert (here / "iraq.html").is_file()


def test_the_mapping_in_options_and_in_the_file_give_the_same(here):
    by_options, by_file = (
        opened(line) for line in SERVED if line.startswith("conflict-timeline serve attacks.csv")
    )
    assert by_options.version == by_file.version
    events = by_file.events
    assert list(events["event_type"]) == ["armed_assault", "bombing"]
    assert list(events["start_date"].dt.strftime("%Y-%m-%d")) == ["2021-04-03", "2021-04-14"]
    assert events["killed_best"].sum() == 4
    assert events["killed_best"].isna().sum() == 1


def test_there_is_a_walk_through_for_every_form(here):
    reports = [dataset.report for dataset in map(opened, SERVED)]
    assert {report.form for report in reports if report} == set(READERS)
    assert WORDS.count("\n## ") == len(READERS) + 1


def test_every_option_of_reading_is_named():
    how = ("format", "encoding", "delimiter", "date-format", "sheet", "map", "theatres")
    for option in (*how, "rejects", "repeats"):
        assert f"--{option}" in WORDS
