"""Files in every state: one clear sentence or a rejected record; no traceback, no loss."""

import gzip
import io
import time
import zipfile

import pytest

from dashboard.errors import ReaderError
from dashboard.readers import READERS, open_table
from tests.readers.samples import zipped
from tests.readers.tables import (
    UCDP_COLUMNS,
    acled,
    as_json,
    first,
    read,
    read_bytes,
    reasons,
    text,
    ucdp,
    warnings,
    workbook,
)

pytestmark = pytest.mark.unit

LINES = text([ucdp(number) for number in range(1, 6)]).splitlines(keepends=True)


def sentence(folder, content, name="table.csv", **options):
    with pytest.raises(ReaderError) as caught:
        read_bytes(folder, content, name, **options)
    said = str(caught.value)
    assert "\n" not in said
    return said


def balance(reading):
    report = reading.report
    assert report.records == report.loaded + report.rejected
    assert report.loaded == len(reading.dataset.events)
    return report.loaded, report.rejected


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "table.csv is empty. Its first line must name the columns."),
        (b" \r\n\n", "table.csv is empty. Its first line must name the columns."),
        (LINES[0].encode(), "table.csv has a header but no records."),
        (b"%PDF-1.7", "table.csv is a PDF document, not a table that can be read here."),
        (b"\x00\x01\x02" * 90, "table.csv is not a text: it holds NUL bytes."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "is an old Excel file (xls), not a table that can be"),
        (b"<!DOCTYPE html><p>Log in", "is a web page, not a table: the download may have needed"),
        (
            b"a,b,c\n1,2,3\n",
            "table.csv is no table that we know. Found: the columns 'a', 'b', 'c'.",
        ),
        (b"PK\x03\x04" + b"x" * 99, "is a zip file that is cut off or damaged. Download it again."),
        (b"\x1f\x8b\x08" + b"x" * 99, "is gzipped but cut off or damaged. Download it again."),
    ],
)
def test_says_in_one_sentence_what_a_file_is_instead(tmp_path, content, said):
    assert said in sentence(tmp_path, content)


def test_names_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ReaderError, match=r"nowhere\.csv is not there\."):
        open_table(tmp_path / "nowhere.csv")


def test_says_which_table_of_an_archive_to_open(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("GEDEvent_v25_1.csv", "".join(LINES))
    said = sentence(tmp_path, out.getvalue(), "ged251-csv.zip")
    assert said == "ged251-csv.zip is a zip archive. Unpack it and open GEDEvent_v25_1.csv."


@pytest.mark.parametrize("shadow", ["__MACOSX/._attacks.csv", "__MACOSX/x.csv", "in/._x.csv"])
def test_names_no_shadow_of_a_table_in_an_archive_from_a_mac(tmp_path, shadow):
    parts = {"__MACOSX/": b"", shadow: b"\0\5\x16\7", "in/attacks.csv": b"x"}
    said = sentence(tmp_path, zipped(parts), "mac.zip")
    assert said == "mac.zip is a zip archive. Unpack it and open in/attacks.csv."
    only_shadow = sentence(tmp_path, zipped({shadow: b"x", "a.txt": b"x"}), "mac.zip")
    assert only_shadow == "mac.zip is a zip archive. Unpack it; it holds 1 file."


def test_names_the_nearest_form_and_what_it_needs_besides(tmp_path):
    said = sentence(tmp_path, b"eventid,country_txt,latitude,longitude,nkill\n1,Iraq,1,1,1\n")
    assert "The nearest is GTD, which also needs the columns 'iyear', 'imonth', 'iday'" in said
    assert said.endswith(f"Known: {', '.join(module.NAME for module in READERS.values())}.")


def test_names_the_nearest_form_to_a_wrong_one(tmp_path):
    said = sentence(tmp_path, "".join(LINES).encode(), form="acledd")
    assert said.startswith("No form is called 'acledd'. Did you mean 'acled'?")


def test_reads_a_gzipped_file(tmp_path):
    content = gzip.compress("".join(LINES).encode())
    assert balance(read_bytes(tmp_path, content, "table.csv.gz")) == (5, 0)


def test_refuses_a_gzipped_file_that_is_cut_off(tmp_path):
    content = gzip.compress("".join(LINES * 50).encode())
    said = sentence(tmp_path, content[: len(content) // 2], "table.csv.gz")
    assert said == "table.csv.gz is gzipped but cut off or damaged. Download it again."


def test_refuses_a_gzip_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.readers.files.GROWTH_FROM", 1_000_000)
    content = gzip.compress(LINES[0].encode() + b"0" * 8_000_000)
    assert "grows more than 250 times when unpacked: refused." in sentence(
        tmp_path, content, "b.csv.gz"
    )


def test_refuses_a_workbook_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.readers.workbooks._SMALL", 100_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<row>" * 400_000)
    assert "when unpacked: refused." in sentence(tmp_path, out.getvalue(), "b.xlsx")


def test_refuses_entities_in_a_workbook(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
    assert sentence(tmp_path, out.getvalue(), "b.xlsx") == "b.xlsx holds XML entities: refused."


@pytest.mark.parametrize(
    ("row", "cell", "reach"),
    [
        ("1048576", "XFD1048576", "row 1,048,576 and column 16,384"),
        # Damaged references: no such column, a row of which the row's own number says nothing.
        ("9", "Qnull9", "row 9 and column 8,029,176"),
        ("2", "Z99999999", "row 99,999,999 and column 26"),
    ],
)
def test_refuses_a_sheet_with_a_stray_cell_far_out(tmp_path, row, cell, reach):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'
        )
    said = sentence(tmp_path, out.getvalue(), "b.xlsx")
    assert f"has a sheet that reaches to {reach}. Delete the stray cells" in said


def test_refuses_a_damaged_workbook(tmp_path):
    path = workbook(tmp_path, [UCDP_COLUMNS, [*ucdp().values()]])
    content = path.read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as archive:
        for name in old.namelist():
            part = old.read(name)
            archive.writestr(name, part[: len(part) // 2] if "sheet1" in name else part)
    assert "is an Excel file that is cut off or damaged" in sentence(
        tmp_path, out.getvalue(), "t.xlsx"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_finds_the_encoding(tmp_path, encoding):
    content = text([ucdp(where_coordinates="Médine “Est”")]).encode(encoding)
    assert first(read_bytes(tmp_path, content))["place"] == "Médine “Est”"


@pytest.mark.parametrize(
    "start",
    [
        "\ufeff\ufeff",
        "\ufeff\ufeff\ufeff",
        "\ufeff\ufeffsep=,\r\n",
        "\ufeffsep=,\r\n\ufeff",
        "\r\n\ufeff",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_reads_the_first_column_behind_any_byte_order_marks(tmp_path, start, encoding):
    content = f'{start}"date","country","killed"\r\n2021-03-01,Iraq,3\r\n'.encode(encoding)
    reading = read_bytes(tmp_path, content)
    assert (first(reading)["country_code"], first(reading)["killed_best"]) == ("IRQ", 3)
    said = "date as start_date, country as country_code, killed as killed_best"
    assert any(said in sentence for sentence in reading.report.assumptions)


def test_writes_rejects_without_the_byte_order_marks_of_the_source(tmp_path):
    lines = b'"date","killed"', b"2021-03-01,3", b"2021-03-02,x"
    reading = read_bytes(tmp_path, b"\xef\xbb\xbf" * 2 + b"\n".join(lines))
    reading.report.write_rejects(tmp_path / "rejects.csv")
    kept = (tmp_path / "rejects.csv").read_text("utf-8-sig")
    assert kept.splitlines() == ['"date","killed"', "2021-03-02,x"]


@pytest.mark.parametrize("marks", [0, 1, 2])
def test_reads_the_header_of_a_file_of_two_encodings_in_its_own(tmp_path, marks):
    lines = (
        '"Datum";Land;Täter'.encode(),
        "2021-03-01;Irak;Größe".encode("cp1252"),
        b"2021-03-02;Irak;IS",
    )
    event = first(read_bytes(tmp_path, b"\xef\xbb\xbf" * marks + b"\n".join(lines)))
    assert (event["country_code"], event["initiators"]) == ("IRQ", "grosse")


def test_reads_each_line_of_a_file_of_two_encodings_in_its_own(tmp_path):
    rows = [text([ucdp(number, where_coordinates="Médine")]) for number in (1, 2)]
    lines = [LINES[0].encode(), rows[0].splitlines(True)[1].encode()]
    lines.append(rows[1].splitlines(True)[1].encode("cp1252"))
    reading = read_bytes(tmp_path, b"".join(lines))
    assert [*reading.dataset.events["place"]] == ["Médine", "Médine"]
    assert "Lines in Windows-1252: 1." in reading.report.assumptions


def test_takes_an_encoding_at_our_word_or_says_why_not(tmp_path):
    content = text([ucdp(where_coordinates="Médine")]).encode()
    assert first(read_bytes(tmp_path, content, encoding="cp1252"))["place"] == "MÃ©dine"
    assert "is not ascii (byte 0xc3)" in sentence(tmp_path, content, encoding="ascii")
    assert "No encoding is called 'utf-9'." in sentence(tmp_path, content, encoding="utf-9")


@pytest.mark.parametrize(("delimiter", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
def test_finds_the_delimiter_and_says_so(tmp_path, delimiter, name):
    reading = read_bytes(tmp_path, text([ucdp()], delimiter=delimiter).encode())
    assert balance(reading) == (1, 0)
    assert f"Columns are parted by: {name}." in reading.report.assumptions


def test_obeys_the_line_by_which_excel_says_its_delimiter(tmp_path):
    content = b"sep=;\r\n" + text([ucdp()], delimiter=";").encode()
    reading = read_bytes(tmp_path, content + b"broken\n")
    assert balance(reading) == (1, 1)
    assert reasons(reading)[0].startswith("table.csv, record 2, line 4: has 1 cell,")


def test_says_what_a_wrong_delimiter_leads_to(tmp_path):
    said = sentence(tmp_path, "".join(LINES).encode(), delimiter=";")
    assert said.startswith("table.csv is no table that we know.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_reads_every_kind_of_line_end(tmp_path, end):
    assert balance(read_bytes(tmp_path, "".join(LINES).replace("\n", end).encode())) == (5, 0)


def test_leaves_out_empty_lines_and_says_so(tmp_path):
    content = "".join([LINES[0], LINES[1], "\n", "," * (len(UCDP_COLUMNS) - 1) + "\n", LINES[2]])
    reading = read_bytes(tmp_path, content.encode())
    assert balance(reading) == (2, 0)
    assert "Empty lines left out: 2." in reading.report.assumptions


def test_rejects_a_record_with_too_few_cells(tmp_path):
    cut = LINES[3][: len(LINES[3]) // 2]
    reading = read_bytes(tmp_path, "".join([*LINES[:3], cut + "\n", *LINES[4:]]).encode())
    assert balance(reading) == (4, 1)
    assert reasons(reading)[0].startswith("table.csv, record 3, line 4: has ")


def test_rejects_the_last_record_of_a_file_that_is_cut_off(tmp_path):
    row = text([ucdp(6, gwnob="“cut")]).splitlines()[1].replace("“", '"')
    reading = read_bytes(tmp_path, ("".join(LINES) + row).encode())
    assert balance(reading) == (5, 1)
    assert reasons(reading) == [
        "table.csv, record 6, line 7: is cut off: its last cell has an opening quote and no closing"
        " one."
    ]


@pytest.mark.parametrize("place", [1, 3, 5])
def test_loses_no_record_behind_a_quote_that_is_not_closed(tmp_path, place):
    broken = [
        line.replace("Qarya town", '"Qarya town') if n == place else line
        for n, line in enumerate(LINES)
    ]
    reading = read_bytes(tmp_path, "".join(broken).encode())
    assert balance(reading) == (4, 1)
    assert [problem.record for problem in reading.report.problems] == [place]


def test_loses_no_record_between_two_quotes_that_are_not_closed(tmp_path):
    broken = [
        line.replace("Qarya town", '"Qarya town') if n in (2, 4) else line
        for n, line in enumerate(LINES)
    ]
    reading = read_bytes(tmp_path, "".join(broken).encode())
    assert balance(reading) == (3, 2)
    assert {*reading.dataset.events["source_event_id"]} == {"1", "3", "5"}


def test_loses_no_record_where_the_quote_of_the_next_one_closes_it(tmp_path):
    rows = [ucdp(number, source_headline="One, two") for number in (1, 2, 3)]
    lines = text(rows).splitlines(keepends=True)
    lines[1] = lines[1].replace('two"', "two")
    reading = read_bytes(tmp_path, "".join(lines).encode())
    assert balance(reading) == (2, 1)
    assert {*reading.dataset.events["source_event_id"]} == {"2", "3"}


@pytest.mark.parametrize("filler", ["x", "x\n"])
def test_bears_a_cell_of_many_megabytes(tmp_path, filler):
    rows = [ucdp(1), ucdp(2, where_description=filler * (8_000_000 // len(filler))), ucdp(3)]
    began = time.perf_counter()
    reading = read_bytes(tmp_path, text(rows).encode())
    assert time.perf_counter() - began < 30
    assert balance(reading) == (2, 1)
    assert "characters" in reasons(reading)[0]


def test_bears_ten_thousand_columns(tmp_path):
    more = [f"x{number}" for number in range(10_000)]
    row = ucdp() | dict.fromkeys(more, "1")
    assert balance(read(tmp_path, row, columns=[*UCDP_COLUMNS, *more])) == (1, 0)
    said = sentence(tmp_path, (",".join(more) + "\n").encode())
    assert said.count("'x") == 12
    assert "and 9,988 more" in said


def test_reads_the_first_of_two_columns_of_one_name(tmp_path):
    lines = text([ucdp()]).splitlines()
    content = f"{lines[0]},best\n{lines[1]},999\n"
    reading = read_bytes(tmp_path, content.encode())
    assert first(reading)["killed_best"] == 5
    assert "The column 'best' stands twice: the first is read." in reading.report.assumptions


def test_says_of_the_only_record_that_it_cannot_be_read(tmp_path):
    assert sentence(tmp_path, text([ucdp(best="x")]).encode()) == (
        "The one record of table.csv cannot be read as UCDP GED: table.csv, record 1, line 2, best:"
        " 'x' is not a whole number."
    )


def test_names_the_first_problem_where_no_record_can_be_read(tmp_path):
    said = sentence(tmp_path, text([ucdp(best="x"), ucdp(2, best="y")]).encode())
    assert said == (
        "None of the 2 records of table.csv can be read as UCDP GED. The first: table.csv,"
        " record 1, line 2, best: 'x' is not a whole number."
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (as_json([ucdp()])[:-90], "page.json is cut off or no JSON from line 1 on."),
        (b"[" * 100_000, "page.json is no table that we know. Found: a JSON text."),
        (b'{"Result": []}', "page.json is no table that we know. Found: a JSON text."),
    ],
)
def test_says_what_is_wrong_with_a_json_text(tmp_path, content, said):
    assert said in sentence(tmp_path, content, "page.json")


def test_rejects_an_item_of_a_json_list_that_is_no_record(tmp_path):
    content = as_json([ucdp(1), 5, ucdp(2)])
    assert balance(read_bytes(tmp_path, content, "page.json")) == (2, 1)


def test_tells_a_letter_that_no_encoding_has(tmp_path):
    content = text([ucdp(where_coordinates="M€dine")]).encode("cp1252").replace(b"\x80", b"\x81")
    reading = read_bytes(tmp_path, content)
    assert warnings(reading) == [
        "table.csv, record 1, line 2: holds a byte that is no letter, shown as \ufffd."
    ]


def test_reports_how_far_it_is(tmp_path):
    parts = []
    read(tmp_path, *(acled(number) for number in range(10)), progress=parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def test_writes_the_rejects_as_they_stand_so_that_they_can_be_mended(tmp_path):
    lines = [*LINES[:3], LINES[3].replace(",5,7,4,", ",five,7,4,"), "broken\n", *LINES[5:]]
    reading = read_bytes(tmp_path, "".join(lines).encode())
    assert balance(reading) == (3, 2)
    assert reading.report.write_rejects(tmp_path / "rejects.csv") == 2
    kept = (tmp_path / "rejects.csv").read_text()
    assert kept == "".join([lines[0], lines[3], "broken\n"])
    mended = kept.replace("five", "5").replace("broken\n", "")
    assert balance(read_bytes(tmp_path, mended.encode(), "mended.csv")) == (1, 0)


def test_writes_rejects_in_the_encoding_of_the_source(tmp_path):
    rows = [ucdp(1), ucdp(2, best="x", where_coordinates="Médine")]
    reading = read_bytes(tmp_path, text(rows).encode("cp1252"))
    reading.report.write_rejects(tmp_path / "rejects.csv")
    assert "Médine".encode("cp1252") in (tmp_path / "rejects.csv").read_bytes()


def test_writes_rejects_of_json_as_json(tmp_path):
    reading = read_bytes(tmp_path, as_json([ucdp(1), ucdp(2, best="x")]), "page.json")
    reading.report.write_rejects(tmp_path / "rejects.json")
    content = (tmp_path / "rejects.json").read_bytes().replace(b'"x"', b'"5"')
    assert balance(read_bytes(tmp_path, content, "mended.json")) == (1, 0)


def test_writes_rejects_of_a_workbook_as_csv(tmp_path):
    rows = [[*ucdp(1).values()], [*ucdp(2, best="x").values()]]
    reading = open_table(workbook(tmp_path, [UCDP_COLUMNS, *rows]))
    reading.report.write_rejects(tmp_path / "rejects.csv")
    content = (tmp_path / "rejects.csv").read_bytes().replace(b",x,", b",5,")
    assert balance(read_bytes(tmp_path, content, "mended.csv")) == (1, 0)


@pytest.mark.parametrize(
    "content",
    [
        b'[{"date": "2015-05-03", "place": "A"}',
        b'[{"date": "2015-05-03", "place": "A"}, ',
        b'[{"date": "2015-05-03", "place": "A"}}, {"date": "2015-05-04", "place": "B"}]',
        b'[{"date": "2015-05-03", "place": "A"}], {"date": "2015-05-04", "place": "B"}]',
        b'{"date": "2015-05-03", "place": "A"}\n{"date": "2015-05-04"}]\n{"date": "2015-05-05"}',
    ],
)
def test_takes_no_part_of_a_json_list_for_the_whole(tmp_path, content):
    assert "is cut off or no JSON from line" in sentence(tmp_path, content, "page.json")
