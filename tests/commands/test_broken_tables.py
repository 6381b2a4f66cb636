"""What a reader is told of a table that cannot be read: one sentence, no traceback, code 1."""

import gzip
import os
import zipfile

import pytest

from tests.readers.tables import text, ucdp

pytestmark = pytest.mark.unit

WHOLE = text([ucdp(number) for number in range(1, 60)]).encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def _zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ged.csv", WHOLE)


def _folder(path):
    path.mkdir()
    (path / "notes.txt").write_text("mine", encoding="utf-8")


def _package_that_lacks_tables(path):
    path.mkdir()
    (path / "events.csv").write_text("event_id\n", encoding="utf-8")


BROKEN = {
    "binary.csv": (
        lambda path: path.write_bytes(bytes(range(256)) * 20),
        "binary.csv is not a text: it holds NUL bytes. Save the table as CSV in UTF-8.",
    ),
    "picture.png": (
        lambda path: path.write_bytes(PNG),
        "picture.png is a picture, not a table that can be read here. Choose the table itself.",
    ),
    "empty.csv": (
        lambda path: path.write_bytes(b""),
        "empty.csv is empty. Its first line must name the columns.",
    ),
    "archive.zip": (_zip, "archive.zip is a zip archive. Unpack it and open ged.csv."),
    "cut.csv.gz": (
        lambda path: path.write_bytes(gzip.compress(WHOLE, mtime=0)[:300]),
        "cut.csv.gz is gzipped but cut off or damaged. Download it again.",
    ),
    "cut.csv": (
        lambda path: path.write_bytes(WHOLE[: WHOLE.index(b"\n") + 100]),
        "The one record of cut.csv cannot be read as UCDP GED: cut.csv, record 1, line 2: has ",
    ),
    "words.txt": (
        lambda path: path.write_text("a line of words\nand another\n", encoding="utf-8"),
        "words.txt is no table that we know. Found: the column 'a line of words'.",
    ),
    "folder": (_folder, "folder is a folder without events.csv. Name a file of events, or a"),
    "lacking": (_package_that_lacks_tables, "events.csv"),
    "missing.csv": (lambda path: None, "missing.csv is not there. Name a file of events, or a"),
    "pipe": (os.mkfifo, "pipe is not a file."),
}


@pytest.mark.parametrize("command", ["serve", "import"])
@pytest.mark.parametrize("name", BROKEN)
def test_says_what_is_wrong_in_a_sentence(run, tmp_path, name, command):
    make, sentence = BROKEN[name]
    path = tmp_path / name
    make(path)
    more = ("--port", "0") if command == "serve" else ("--out", tmp_path / "out")
    code, out, err = run(command, path, *more)
    assert (code, out) == (1, [])
    assert sentence in "\n".join(err)
    assert name == "lacking" or len(err) == 1
    assert not (tmp_path / "out").exists()


def test_a_record_that_breaks_off_is_the_only_one_that_is_lost(run, tmp_path):
    path = tmp_path / "ged.csv"
    path.write_bytes(WHOLE[:-40])
    code, _, err = run("import", path, "--out", tmp_path / "out")
    assert code == 0
    assert err[0] == "ged.csv: UCDP GED: 58 of 59 records loaded, 1 not."
    assert err[-1].startswith("  ged.csv, record 59, line 60: has ")


def test_rejects_do_not_take_the_tables_place(run, write):
    path = write("ged.csv", ucdp(1), ucdp(2, date_start="x"))
    before = path.read_bytes()
    code, _, err = run("info", path, "--rejects", path)
    assert code == 1
    assert err == [f"{path} is the table itself. Name another file: --rejects FILE."]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "place"), [("--rejects", "no/left.csv"), ("--map", "no.toml"), ("--theatres", "no")]
)
def test_a_file_beside_the_table_that_cannot_be_had_is_named(run, write, tmp_path, option, place):
    path = write("ged.csv", ucdp(1), ucdp(2, date_start="x"))
    code, _, err = run("info", path, option, tmp_path / place)
    assert code == 1
    assert place.rsplit("/")[-1] in err[-1]
    assert "Traceback" not in "\n".join(err)


@pytest.mark.parametrize("target", ["missing/deep/folder", "file"])
def test_a_folder_that_cannot_be_made_is_named(run, write, tmp_path, target):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    out = tmp_path / target
    code, _, err = run("import", write("ged.csv", ucdp(1)), "--out", out)
    if target == "file":
        assert (code, err) == (1, [f"{out} is a file. Name a folder: --out FOLDER."])
        code, _, err = run("import", tmp_path / "ged.csv", "--out", out / "below")
        assert code == 1
        assert "Not a directory" in err[-1]
    else:
        assert code == 0
        assert out.is_dir()
