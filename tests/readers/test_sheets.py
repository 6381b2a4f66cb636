"""Workbooks of several sheets: which is read, what is said of the others, several as one table."""

import csv
from itertools import chain

import openpyxl
import pytest

from dashboard.errors import ReaderError
from dashboard.readers import open_table
from tests.readers.tables import SHARED, UCDP_COLUMNS, book, first, read_bytes, reasons, ucdp

pytestmark = pytest.mark.unit

HEADER = ["Date", "Country", "Killed"]
REAL = SHARED / "ucdp_ged_bgd_hdx_v19_1.csv"


def rows(year, number, killed=1):
    return [[f"{year}-03-{day:02}", "Iraq", killed] for day in range(1, number + 1)]


def years(folder, **more):
    return book(folder, _2020=[HEADER, *rows(2020, 3)], _2021=[HEADER, *rows(2021, 5)], **more)


def codebook(width=8, number=2):
    return [[f"{sign}{column}" for column in range(width)] for sign in "abcdef"[: number + 1]]


def said(reading, start):
    return [sentence for sentence in reading.report.assumptions if sentence.startswith(start)]


def sentence(path, **options):
    with pytest.raises(ReaderError) as caught:
        open_table(path, **options)
    return str(caught.value)


def test_names_the_sheets_that_are_not_read_with_their_records_and_how_to(tmp_path):
    reading = open_table(years(tmp_path))
    assert (reading.report.records, reading.report.loaded) == (3, 3)
    assert reading.report.assumptions[:3] == (
        "The sheet '2020' of the workbook was read.",
        "Not read: the sheet '2021', 5 records.",
        'To read sheets of the same columns as one table: --sheet "2020" --sheet "2021".'
        " For match and --compare, import it so into a folder first.",
    )


def test_says_nothing_of_sheets_without_records(tmp_path):
    sheets = {"events": [HEADER, *rows(2020, 1)], "empty": [], "title": [["About this file"]]}
    tagged = [HEADER, ["#date", "#country", "#killed"]]
    assert not said(open_table(book(tmp_path, **sheets, tagged=tagged)), "Not read: the sheet")


def test_counts_the_records_of_an_unread_sheet_as_it_would_read_them(tmp_path):
    tagged = ["#date", "#country", "#killed"]
    titled = [["Attacks of 2021"], [], [h.upper() for h in HEADER], tagged, *rows(2021, 2), []]
    path = book(tmp_path, _2020=[HEADER, *rows(2020, 1)], _2021=[*titled, *rows(2022, 2)])
    assert said(open_table(path), "Not read") == ["Not read: the sheet '2021', 4 records."]
    assert open_table(path, sheets=["2021"]).report.records == 4


def test_adds_up_the_records_of_many_unread_sheets(tmp_path):
    others = {f"s{number}": codebook(2, 1) for number in range(15)}
    (line,) = said(
        open_table(book(tmp_path, a=[HEADER, *rows(2020, 1)], **others)), "Not read: the"
    )
    assert line.startswith("Not read: the sheets 's0', 1 record; 's1', 1 record; 's2'")
    assert line.endswith("'s11', 1 record; and 3 more, 3 records.")


@pytest.mark.parametrize("name", ['a"b', "$(x)", "-x"])
def test_repeats_no_odd_name_of_a_sheet_as_an_option(tmp_path, name):
    path = book(tmp_path, **{"a": [HEADER, *rows(2020, 1)], name: [HEADER, *rows(2021, 1)]})
    assert said(open_table(path), "To read sheets") == [
        "To read sheets of the same columns as one table: --sheet NAME for each."
        " For match and --compare, import it so into a folder first."
    ]


def test_prefers_a_sheet_that_is_a_table_to_a_wider_one(tmp_path):
    path = book(tmp_path, events=[HEADER, *rows(2020, 1)], codebook=codebook())
    reading = open_table(path)
    assert reading.report.assumptions[:3] == (
        "The sheet 'events' of the workbook was read.",
        "Not read: the sheet 'codebook', 2 records.",
        "To read another sheet, name it: --sheet NAME. For match and --compare, import it so into a"
        " folder first.",
    )
    assert first(reading)["country_code"] == "IRQ"


def test_prefers_a_particular_form_to_a_wider_plain_table(tmp_path):
    ged = [UCDP_COLUMNS, [*ucdp().values()]]
    wide = [*HEADER, *(f"x{number}" for number in range(80))]
    path = book(tmp_path, sums=[wide, *rows(2020, 2)], ged=ged)
    assert open_table(path).report.form == "ucdp"
    assert open_table(path, form="plain", sheets=["sums"]).report.records == 2


def test_prefers_the_widest_of_sheets_of_one_form(tmp_path):
    more = [[*HEADER, "Town"], *([*row, "Qarya"] for row in rows(2021, 2))]
    path = book(tmp_path, narrow=[HEADER, *rows(2020, 1)], wide=more)
    assert said(open_table(path), "The sheet") == ["The sheet 'wide' of the workbook was read."]


def test_prefers_a_sheet_with_records(tmp_path):
    path = book(tmp_path, template=[[*HEADER, "Town"]], events=[HEADER, *rows(2020, 2)])
    assert open_table(path).report.loaded == 2


def test_prefers_the_sheet_that_has_the_columns_of_the_mapping(tmp_path):
    own = [["Wann", "Wo"], ["2020-03-01", "Irak"]]
    path = book(tmp_path, events=[HEADER, *rows(2020, 3)], own=own)
    mapping = {"Wann": "start_date", "Wo": "country_code"}
    assert open_table(path, mapping=mapping).report.records == 1


def test_says_which_sheet_was_looked_at_where_none_is_a_table(tmp_path):
    path = book(tmp_path, some=codebook(2), more=codebook(3))
    assert sentence(path).startswith("table.xlsx is no table that we know. Found: the columns 'a0'")
    assert sentence(path).endswith(
        "This is its sheet 'more'; --sheet NAME reads another: 'some'. For match and --compare,"
        " import it so into a folder first."
    )


def test_reads_the_sheet_that_is_named(tmp_path):
    reading = open_table(years(tmp_path), sheets=[" 2021"])
    assert reading.report.loaded == 5
    assert reading.report.assumptions[:2] == (
        "The sheet '2021' of the workbook was read.",
        "Not read: the sheet '2020', 3 records.",
    )
    assert not said(reading, "To read sheets")


def test_reads_sheets_of_the_same_columns_as_one_table(tmp_path):
    reading = open_table(years(tmp_path), sheets=["2021", "2020", "2021"])
    assert (reading.report.records, reading.report.loaded) == (8, 8)
    assert said(reading, "The sheets") == [
        "The sheets '2021', '2020' of the workbook were read as one table."
    ]
    assert not said(reading, "Not read: the sheet")


def dated(folder, **sheets):
    """Write sheets of events by their days alone, and the same records as one CSV."""
    rows = {name: [[day, "Iraq", 1] for day in days] for name, days in sheets.items()}
    lines = [",".join(map(str, row)) for row in chain([HEADER], *rows.values())]
    (folder / "one.csv").write_text("\n".join(lines) + "\n")
    return book(folder, **{name: [HEADER, *some] for name, some in rows.items()})


@pytest.mark.parametrize("names", [["a", "b"], ["b", "a"]])
def test_one_sheet_tells_the_form_of_the_dates_of_another(tmp_path, names):
    path = dated(tmp_path, a=["25/04/2020"], b=["03/04/2020"])
    reading = open_table(path, sheets=names)
    assert [f"{day:%m-%d}" for day in sorted(reading.dataset.events["start_date"])] == [
        "04-03",
        "04-25",
    ]
    assert said(reading, "Dates in") == ["Dates in date are written d/m/y."]


@pytest.mark.parametrize("names", [["a", "b"], ["b", "a"]])
def test_sheets_whose_dates_contradict_each_other_are_refused_as_one_csv_is(tmp_path, names):
    path = dated(tmp_path, a=["25/04/2020"], b=["04/25/2020", "03/04/2020"])
    refused = sentence(path, sheets=names)
    assert "in date may be day/month or month/day, and no other date of the column" in refused
    assert (
        refused.partition(" in date ")[2]
        == sentence(tmp_path / "one.csv").partition(" in date ")[2]
    )


@pytest.mark.parametrize("names", [["a", "b"], ["b", "a"]])
def test_a_sheet_without_dates_leaves_their_form_to_the_others(tmp_path, names):
    path = dated(tmp_path, a=["", "?"], b=["25/04/2020", "03/04/2020"])
    reading, whole = open_table(path, sheets=names), open_table(tmp_path / "one.csv")
    for found in (reading, whole):
        assert (found.report.loaded, found.report.rejected) == (2, 2)


def test_names_the_sheet_of_a_problem_and_its_line_there(tmp_path):
    titled = [["Attacks"], [], HEADER, *rows(2021, 2, "x"), *rows(2021, 1)]
    path = book(tmp_path, _2020=[HEADER, *rows(2020, 3, "?")], _2021=titled)
    reading = open_table(path, sheets=["2020", "2021"])
    assert reasons(reading) == [
        f"table.xlsx, sheet '2021', record {number}, line {number}, killed: 'x' is not a whole"
        " number."
        for number in (4, 5)
    ]
    assert [(one.record, one.line) for one in reading.report.warnings] == [(1, 2), (2, 3), (3, 4)]
    assert str(reading.report.warnings[0]).startswith("table.xlsx, sheet '2020', record 1, line 2")


def test_keeps_rejects_of_several_sheets_in_one_layout(tmp_path):
    # A stray cell behind the last column makes a sheet wider than its header.
    wide = [HEADER, *rows(2021, 1, "x"), ["2021-03-02", "", "y", "", "stray"]]
    path = book(tmp_path, _2020=[HEADER, *rows(2020, 2)], _2021=wide)
    open_table(path, sheets=["2020", "2021"]).report.write_rejects(tmp_path / "left.csv")
    with (tmp_path / "left.csv").open(encoding="utf-8-sig", newline="") as lines:
        kept = list(csv.reader(lines))
    assert kept == [
        [*HEADER, "", ""],
        ["2021-03-01", "Iraq", "x", "", ""],
        ["2021-03-02", "", "y", "", "stray"],
    ]
    content = (tmp_path / "left.csv").read_bytes().replace(b",x,", b",5,").replace(b",y,", b",6,")
    assert read_bytes(tmp_path, content, "mended.csv").report.loaded == 2


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (
            ["2012"],
            "table.xlsx has no sheet '2012'. Did you mean '2021'? It has '2020', '2021', 'a",
        ),
        (["2020", "a"], "The sheets '2020' and 'a' of table.xlsx have not the same columns in the"),
        (["e"], "The sheet 'e' of table.xlsx is empty. Its first row must name the columns."),
    ],
)
def test_says_why_sheets_cannot_be_read(tmp_path, names, words):
    assert sentence(years(tmp_path, a=codebook(), e=[]), sheets=names).startswith(words)


def test_a_file_without_sheets_has_none_to_be_named(tmp_path):
    (tmp_path / "a.csv").write_text("date,country\n2020-03-01,Iraq\n")
    assert sentence(tmp_path / "a.csv", sheets=["2020"]) == (
        "a.csv is no Excel workbook and has no sheets: leave --sheet out."
    )


def test_passes_over_a_sheet_that_is_a_chart(tmp_path):
    path = book(tmp_path, events=[HEADER, *rows(2020, 1)])
    whole = openpyxl.load_workbook(path)
    whole.create_chartsheet("Chart", 0)
    whole.save(path)
    assert open_table(path).report.assumptions[0] == "The sheet 'events' of the workbook was read."


@pytest.mark.skipif(not REAL.is_file(), reason="the UCDP files are not there")
def test_a_real_table_in_two_sheets_is_the_table(tmp_path):
    with REAL.open(encoding="utf-8-sig", newline="") as lines:
        header, tags, *records = csv.reader(lines)
    halves = {"a": [header, tags, *records[:300]], "b": [header, *records[300:]]}
    path = book(tmp_path, codebook=codebook(60, 5), **halves)
    alone = open_table(path)
    assert alone.report.records == 300
    assert said(alone, "Not read") == [
        "Not read: the sheets 'codebook', 5 records; 'b', 301 records."
    ]
    both, whole = open_table(path, sheets=["a", "b"]), open_table(REAL)
    assert (both.report.records, both.report.loaded) == (601, 601)
    assert [*both.dataset.events["event_id"]] == [*whole.dataset.events["event_id"]]
    assert both.dataset.events["killed_best"].sum() == whole.dataset.events["killed_best"].sum()
