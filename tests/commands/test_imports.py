import json
import shutil

import pytest

from dashboard.dataset import load, noncanonical_files
from dashboard.describe import outdated_descriptions
from dashboard.readers import acled as acled_reader
from dashboard.readers import gtd as gtd_reader
from dashboard.readers import open_table
from tests import package
from tests.readers.tables import acled, gtd, ucdp

pytestmark = pytest.mark.unit

FILES = {"README.md", "actors.csv", "datapackage.json", "events.csv", "reports.csv"}
FILES |= {"report.json", "terms.json", "theatres.csv"}


@pytest.fixture
def out(tmp_path):
    return tmp_path / "imported"


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_writes_a_folder_of_ours(run, write, out):
    path = write("ged.csv", ucdp(1), ucdp(2))
    code, lines, _ = run("import", path, "--out", out)
    version = load(out).version
    assert (code, lines) == (
        0,
        [f"Written: {out}, 2 events, 2 reports, 2 actors, 1 theatre, data {version}."],
    )
    assert names(out) == FILES


def test_the_folder_loads_again_as_the_file_was_read(run, write, out):
    path = write("ged.csv", ucdp(1), ucdp(2, low="9"))
    run("import", path, "--out", out)
    loaded, read = load(out), open_table(path).dataset
    assert noncanonical_files(loaded, out) == []
    assert outdated_descriptions(loaded, out) == []
    assert (loaded.version, loaded.terms) == (read.version, read.terms)
    assert list(loaded.events["source_event_id"]) == ["1", "2"]


def test_the_same_file_twice_gives_the_same_bytes(run, write, out, tmp_path):
    path = write("ged.csv", ucdp(1), ucdp(2))
    run("import", path, "--out", out)
    run("import", path, "--out", tmp_path / "again")
    for file in out.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()


def test_the_folder_keeps_how_its_file_was_read(run, write, out):
    path = write("ged.csv", ucdp(1), ucdp(2, date_start="x"), ucdp(3, low="9", latitude="33.0"))
    run("import", path, "--out", out)
    kept, told = load(out).report, open_table(path).report
    assert kept is not None
    assert (kept.file, kept.summary) == ("ged.csv", told.summary)
    assert (kept.assumptions, kept.problems, kept.warnings) == (
        told.assumptions,
        told.problems,
        told.warnings,
    )


def test_the_folder_is_checked_as_a_folder_although_its_file_had_problems(run, write, out):
    run("import", write("ged.csv", ucdp(1), ucdp(2, date_start="x")), "--out", out)
    code, lines, _ = run("check", out)
    assert code == 0
    assert not any("date_start" in line for line in lines)


def test_a_zip_of_the_folder_says_how_its_file_was_read(run, write, out, tmp_path):
    run("import", write("ged.csv", ucdp(1), ucdp(2, date_start="x")), "--out", out)
    shutil.make_archive(str(tmp_path / "ged"), "zip", out)
    report = open_table(tmp_path / "ged.zip").dataset.report
    assert report is not None
    assert (report.form_name, report.rejected) == ("UCDP GED", 1)


def test_the_folder_says_whose_its_rows_are(run, write, out):
    run("import", write("ged.csv", ucdp(1)), "--out", out)
    assert json.loads((out / "terms.json").read_text("utf-8"))["name"] == "UCDP GED"
    assert "UCDP data are under" in (out / "README.md").read_text("utf-8")
    assert "curated" not in (out / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("row", "terms"), [(acled(1), acled_reader.TERMS), (gtd(1), gtd_reader.TERMS)]
)
def test_rows_that_may_not_be_passed_on_are_written_for_oneself_alone(run, write, out, row, terms):
    path = write("table.csv", row)
    code, lines, err = run("import", path, "--out", out)
    assert (code, lines) == (1, [])
    assert err[-1] == (
        f"{terms.sentence} To keep the rows in a folder for yourself alone, add --private."
    )
    assert not out.exists()
    assert run("import", path, "--out", out, "--private")[0] == 0
    assert load(out).terms == terms
    assert "CC BY" not in (out / "README.md").read_text("utf-8")
    assert "CC-BY" not in (out / "datapackage.json").read_text("utf-8")


def test_a_newer_file_lists_what_is_new_what_differs_and_what_is_gone(run, write, out):
    run("import", write("v1.csv", ucdp(1), ucdp(2), ucdp(3)), "--out", out)
    before = load(out).version
    newer = write("v2.csv", ucdp(1), ucdp(2, date_start="2015-05-02", best="6"), ucdp(4))
    code, lines, _ = run("import", newer, "--out", out)
    assert code == 0
    assert lines[1:] == [
        f"Against the table before (data {before}): 1 added, 1 changed, 1 gone.",
        "added    4",
        "changed  2: start_date, killed_best",
        "gone     3",
    ]
    assert list(load(out).events["source_event_id"]) == ["2", "1", "4"]


def test_the_same_file_again_changes_nothing(run, write, out):
    path = write("ged.csv", ucdp(1))
    run("import", path, "--out", out)
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    _, lines, _ = run("import", path, "--out", out)
    assert lines[1].endswith(": 0 added, 0 changed, 0 gone.")
    assert lines[2:] == []
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


def test_many_changes_are_counted_after_the_first_unless_asked_for(run, write, out):
    newer = write("v2.csv", *(ucdp(number) for number in range(1, 41)))
    run("import", write("v1.csv", ucdp(99)), "--out", out)
    lines = run("import", newer, "--out", out)[1]
    assert sum(line.startswith("added ") for line in lines) == 21
    assert "added    … and 20 more" in lines
    run("import", write("v1.csv", ucdp(99)), "--out", out)
    lines = run("import", newer, "--out", out, "--list")[1]
    assert sum(line.startswith("added ") for line in lines) == 40


def test_a_file_that_breaks_leaves_the_folder_as_it_was(run, write, out):
    run("import", write("ged.csv", ucdp(1)), "--out", out)
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    assert run("import", write("ged.csv", "no table"), "--out", out)[0] == 1
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


def test_a_readers_own_table_follows_one_of_another_name(run, own, write, out):
    mapping = ("--map", "Day=start_date", "--map", "country_code==MOZ")
    assert run("import", own, "--out", out, *mapping)[0] == 0
    newer = write("attacks-2.csv", own.read_text("utf-8") + "15/4/2021;Vila;1;-11.5;40.1\n")
    code, lines, _ = run("import", newer, "--out", out, *mapping)
    assert code == 0
    assert lines[1].endswith(": 1 added, 0 changed, 0 gone.")


def test_another_sources_table_is_not_written_over(run, write, out):
    run("import", write("acled.csv", acled(1)), "--out", out, "--private")
    code, _, err = run("import", write("ged.csv", ucdp(1)), "--out", out)
    assert code == 1
    assert err[-1] == (
        f"{out} holds a table of ACLED, and this one is of UCDP GED. Name another folder: two"
        " sources are two tables."
    )


def test_a_table_that_was_made_by_hand_is_not_written_over(run, write, out):
    package.write(out)
    before = (out / "events.csv").read_bytes()
    code, _, err = run("import", write("ged.csv", ucdp(1)), "--out", out)
    assert (code, err) == (
        1,
        [f"{out} holds a table that was not imported. Name another folder."],
    )
    assert (out / "events.csv").read_bytes() == before


def test_the_curated_table_is_not_written_over(run, write, curated):
    code, _, err = run("import", write("ged.csv", ucdp(1)), "--out", curated.folder)
    assert code == 1
    assert err == [f"{curated.folder} holds the curated table. Name another folder: --out FOLDER."]


def test_a_file_or_a_folder_of_other_files_is_not_written_over(run, write, tmp_path, out):
    path = write("ged.csv", ucdp(1))
    code, _, err = run("import", path, "--out", path)
    assert (code, err) == (1, [f"{path} is a file. Name a folder: --out FOLDER."])
    out.mkdir()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    code, _, err = run("import", path, "--out", out)
    assert (code, err) == (
        1,
        [f"{out} holds other files. Name a new folder, or an earlier import."],
    )
    assert names(out) == {"notes.txt"}


def test_an_empty_folder_may_be_filled(run, write, out):
    out.mkdir()
    assert run("import", write("ged.csv", ucdp(1)), "--out", out)[0] == 0


def test_events_that_may_stand_twice_are_loaded_and_named(run, write, out, tmp_path):
    path = write("ged.csv", ucdp(1), ucdp(2), ucdp(3, best="41", high="41"))
    code, _, err = run("import", path, "--out", out, "--repeats", tmp_path / "twice.csv")
    said = "Perhaps told twice, and all loaded: 1 pair of events that agree in all but the id."
    assert code == 0
    assert said in err
    assert err[-1] == f"Listed: 1 pair in {tmp_path / 'twice.csv'}"
    assert (tmp_path / "twice.csv").read_text().splitlines()[1].startswith("ucdp-1,ucdp-2,0.0,")
    imported = load(out)
    assert len(imported.events) == 3
    assert imported.report
    assert said in imported.report.assumptions


def test_a_list_of_repeats_does_not_take_the_tables_place(run, write):
    path = write("ged.csv", ucdp(1))
    before = path.read_bytes()
    assert run("check", path, "--repeats", path)[0] == 1
    assert path.read_bytes() == before


def test_a_list_that_cannot_be_written_is_named(run, write, tmp_path):
    path, nowhere = write("ged.csv", ucdp(1)), tmp_path / "none" / "twice.csv"
    code, _, err = run("check", path, "--repeats", nowhere)
    assert (code, err[-1]) == (1, f"{nowhere}: No such file or directory.")


def test_two_lists_do_not_share_a_file(run, write, tmp_path):
    path, kept = write("ged.csv", ucdp(1)), tmp_path / "kept.csv"
    code, _, err = run("check", path, "--repeats", kept, "--rejects", kept)
    assert code == 1
    assert f"{kept} is named for two lists" in err[-1]
    assert not kept.exists()
