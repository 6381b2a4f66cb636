"""Every form in every container, sound and broken: one sentence, or all records accounted for.

`tests/readers/samples.py` has a sound file of each kind.
"""

import codecs
import json
import time

import pytest

from dashboard.dataset import load, save
from dashboard.errors import ReaderError
from dashboard.readers import READERS, open_table
from tests.readers.samples import ROWS, samples, zipped
from tests.readers.tables import as_json, read_bytes

pytestmark = pytest.mark.unit

# Known without making the files: test_knows_every_sample holds them together.
NAMES = (
    *(f"{form}{end}" for form in ("ucdp", "acled", "gtd") for end in (".csv", ".json", ".xlsx")),
    *(f"{form}-{kind}.csv" for form in ("ucdp", "acled", "gtd") for kind in ("semicolon", "tab")),
    *(f"{form}.csv.gz" for form in ("ucdp", "acled", "gtd")),
    *("package.zip", "package-events.csv", "plain.csv", "plain.tsv", "plain.json", "plain.xlsx"),
    *("geojson.geojson", "geojson-lines.geojson", "geojson-rs.geojsons", "kml.kml", "kml.kmz"),
    *("timelinejs.csv", "timelinejs.json", "timemap.json", "timemap-list.json", "timemap.csv"),
    "wikidata.csv",
)
CSV = tuple(name for name in NAMES if name.endswith(".csv") and "-tab" not in name)
# The records of a file, and how many of them are no events.
RECORDS = {"timelinejs.csv": (ROWS, 1), "timelinejs.json": (ROWS + 2, 2), "wikidata.csv": (4, 0)}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return samples(tmp_path_factory.mktemp("samples"))


def ending(name):
    return f"table{name[name.index('.') :]}"


def outcome(folder, content, name, **options):
    """Open a file: its report, or the sentence that says why it cannot be read."""
    try:
        reading = read_bytes(folder, content, ending(name), **options)
    except ReaderError as error:
        assert "\n" not in str(error)
        assert len(str(error)) < 1_500
        return str(error)
    report = reading.report
    assert report.records == report.loaded + report.rejected
    assert report.loaded == len(reading.dataset.events)
    return report


def test_knows_every_sample_and_every_reader_has_one(files):
    assert {*NAMES} == files.keys()
    assert {name.partition(".")[0].partition("-")[0] for name in NAMES} == READERS.keys()


@pytest.mark.parametrize("name", NAMES)
def test_recognises_and_loads_a_sound_file(files, name, tmp_path):
    report = outcome(tmp_path, files[name], name)
    form = name.partition(".")[0].partition("-")[0]
    records, others = RECORDS.get(name, (ROWS, 0))
    assert (report.form, report.records, report.rejected) == (form, records, others)


@pytest.mark.parametrize("name", NAMES)
def test_says_what_it_recognised_and_took_for_granted(files, name, tmp_path):
    report = outcome(tmp_path, files[name], name)
    assert report.form_name
    assert report.assumptions
    assert all(line.endswith(".") and "\n" not in line for line in report.assumptions)
    if name.endswith((".csv", ".tsv", ".csv.gz")):
        assert any(line.startswith("Encoding: ") for line in report.assumptions)
        assert any(line.startswith("Columns are parted by: ") for line in report.assumptions)


@pytest.mark.parametrize("name", NAMES)
def test_gives_a_sound_package(files, name, tmp_path):
    dataset = read_bytes(tmp_path, files[name], ending(name)).dataset
    save(dataset, tmp_path / "package")
    assert load(tmp_path / "package").version == dataset.version


@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
@pytest.mark.parametrize("name", NAMES)
def test_accounts_for_a_file_that_is_cut_off(files, name, share, tmp_path):
    content = files[name][: int(len(files[name]) * share)]
    report = outcome(tmp_path, content, name)
    # A table of lines loses the records behind the cut; other files are refused as a whole.
    if not isinstance(report, str):
        assert name.endswith((".csv", ".tsv")) or name == "geojson-rs.geojsons"
        assert report.records <= ROWS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01\x02\x03" * 500, b"PK\x03\x04" * 9])
def test_says_that_a_file_holds_nothing_that_can_be_read(name, content, tmp_path):
    assert isinstance(outcome(tmp_path, content, name), str)


@pytest.mark.parametrize("name", CSV)
def test_says_so_where_the_delimiter_is_wrong(files, name, tmp_path):
    assert isinstance(outcome(tmp_path, files[name], name, delimiter="|"), str)


@pytest.mark.parametrize("name", [name for name in CSV if "semicolon" not in name])
def test_reads_lines_of_two_encodings(files, name, tmp_path):
    lines = files[name].splitlines(keepends=True)
    content = b"".join([*lines[:-1], lines[-1][:-2] + "é".encode("cp1252") + lines[-1][-2:]])
    report = outcome(tmp_path, b"\xef\xbb\xbf" + content.replace(b"Qarya", "Médine".encode()), name)
    if not isinstance(report, str):
        assert any("Windows-1252" in line for line in report.assumptions)


@pytest.mark.parametrize("name", [name for name in CSV if "semicolon" not in name])
def test_bears_ten_thousand_columns(files, name, tmp_path):
    lines = files[name].decode().splitlines()
    more = ",".join(f"extra{number}" for number in range(10_000))
    content = "\n".join([f"{lines[0]},{more}", *(line + "," * 10_000 for line in lines[1:])])
    report = outcome(tmp_path, content.encode(), name)
    # A cell of the samples holds no line break, so that lines are records.
    if name == "package-events.csv":
        return
    assert report.records == RECORDS.get(name, (ROWS, 0))[0]


def big_json(cell):
    return as_json([{"date": "2015-05-03", "place": "A", "notes": cell}])


def big_feature(cell):
    feature = {"type": "Feature", "geometry": None, "properties": {"date": "2015", "notes": cell}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def big_kml(cell):
    when = "<TimeStamp><when>2015</when></TimeStamp>"
    return f"<kml><Placemark><name>{cell}</name>{when}</Placemark></kml>".encode()


def big_csv(cell):
    return f"date,place,notes\n2015-05-03,A,{cell}\n2015-05-04,B,short\n".encode()


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (big_json, "t.json"),
        (big_feature, "t.geojson"),
        (big_kml, "t.kml"),
        (lambda cell: zipped({"doc.kml": big_kml(cell)}), "t.kmz"),
        (big_csv, "t.csv"),
    ],
)
@pytest.mark.parametrize("filler", ["x", "<b ", "&amp;", "http://a.b/c "])
def test_bears_a_cell_of_many_megabytes(make, name, filler, tmp_path):
    escaped = filler.replace("<", "&lt;") if "kml" in name or "kmz" in name else filler
    cell = escaped * (2_000_000 // len(escaped))
    began = time.perf_counter()
    report = outcome(tmp_path, make(cell), name)
    assert time.perf_counter() - began < 10
    assert not isinstance(report, str)
    assert report.loaded == 1


@pytest.mark.parametrize(
    "name", [name for name in NAMES if not name.endswith((".gz", ".xlsx", ".zip", ".kmz"))]
)
def test_reads_a_text_behind_two_byte_order_marks_as_one_without(tmp_path, files, name):
    content = files[name]
    if name.endswith("-semicolon.csv"):
        content = content.decode("cp1252").encode()
    if name.endswith("-tab.csv"):
        content = content.decode("utf-16").encode()
    found = [outcome(tmp_path, codecs.BOM_UTF8 * marks + content, name) for marks in (0, 2)]
    assert [(report.form, report.records, report.loaded) for report in found] == [
        (found[0].form, found[0].records, found[0].loaded)
    ] * 2


def test_says_that_a_zip_is_no_package(tmp_path):
    for parts, said in (
        ({"a.txt": b"x"}, "is a zip archive. Unpack it; it holds 1 file."),
        ({"GED.csv": b"x"}, "is a zip archive. Unpack it and open GED.csv."),
        ({"events.csv": b"x"}, "is no sound package: "),
        ({"a.kml": b"x"}, "is cut off or no XML from line 1 on"),
    ):
        assert said in outcome(tmp_path, zipped(parts), "t.zip")


def test_says_that_a_folder_holds_no_package(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(ReaderError, match="is no table that we know. Found: a folder of 1 file"):
        open_table(tmp_path)
