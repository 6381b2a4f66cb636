import io
import json
import sys

import pytest

from dashboard.commands import tables
from tests import package
from tests.readers.tables import acled, book, gtd, ucdp

pytestmark = pytest.mark.unit

MAPPED = ("--map", "Day=start_date", "--map", "Dead=killed_best", "--map", "country_code==MOZ")
BAD_DAY = "date_start: '2015-13-01' is not a day of the calendar."


def facts(done):
    code, out, _ = done
    assert code == 0, done
    return json.loads("\n".join(out))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ucdp(1), ucdp(2, date_start="2015-05-01")], "UCDP GED: 2 of 2 records loaded."),
        ([acled(1)], "ACLED: 1 of 1 record loaded."),
        ([gtd(1), gtd(2), gtd(3)], "GTD: 3 of 3 records loaded."),
    ],
)
def test_recognises_a_file_and_says_what_it_took_for_granted(run, write, rows, said):
    code, _, err = run("info", write("table.csv", *rows))
    assert code == 0
    assert err[:3] == [f"table.csv: {said}", "Encoding: UTF-8.", "Columns are parted by: comma."]


def test_opens_a_folder_of_ours_without_a_word(run, small_folder):
    code, _, err = run("info", small_folder)
    assert (code, err) == (0, [])


def test_a_form_that_is_named_is_taken(run, write):
    code, _, err = run("info", write("table.csv", ucdp(1)), "--format", "gtd")
    assert code == 1
    assert "GTD" in err[-1]
    code, _, err = run("info", write("table.csv", ucdp(1)), "--format", "ucpd")
    assert (code, err) == (
        1,
        [
            "No form is called 'ucpd'. Did you mean 'ucdp'? The forms are"
            f" {', '.join(tables.READERS)}."
        ],
    )


def test_a_mapping_is_said_in_options(run, own):
    done = run("info", own, *MAPPED, "--json")
    found = facts(done)
    assert (found["events"], found["killed"]["best"]) == (2, 4)
    assert found["by_theatre"] == {"mozambique": 2}
    assert "own" not in done[2][0]
    assert done[2][0] == "attacks.csv: plain table: 2 of 2 records loaded."


def test_a_mapping_may_stand_in_a_toml_file_and_options_add_to_it(run, own, write):
    mapping = write(
        "attacks.toml",
        '[columns]\nstart_date = "Day"\nkilled_best = "Dead"\n[constants]\ncountry_code = "IRQ"\n',
    )
    assert facts(run("info", own, "--map", mapping, "--json"))["killed"]["best"] == 4
    found = facts(run("info", own, "--map", mapping, "--map", "country_code==MOZ", "--json"))
    assert found["by_theatre"] == {"mozambique": 2}


def test_a_mapping_of_a_column_that_is_not_there_is_one_sentence(run, own):
    code, out, err = run("info", own, "--map", "Dya=start_date")
    assert (code, out) == (1, [])
    assert err == [
        "attacks.csv has no column 'Dya'. Did you mean 'Day'? It has the columns 'Day', 'Site',"
        " 'Dead', 'lat', 'lon'."
    ]


@pytest.mark.parametrize(
    ("option", "first_days"),
    [("d/m/y", {"2021-04": 2}), ("m/d/y", {"2021-03": 1})],
)
def test_the_form_of_dates_can_be_said(run, own, option, first_days):
    found = facts(run("info", own, *MAPPED, "--date-format", option, "--json"))
    assert found["by_month"] == first_days


def test_encoding_and_delimiter_can_be_said(run, tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes("Day;Site;lat;lon\n2021-04-03;Chitolo Mocímboa;-11;40\n".encode("cp1252"))
    options = ("--encoding", "cp1252", "--delimiter", ";", "--map", "Day=start_date")
    code, _, err = run("info", path, *options, "--map", "country_code==MOZ")
    assert code == 0
    assert err[1].startswith("Encoding: Windows-1252")


def test_the_sheet_of_a_workbook_can_be_said(run, tmp_path):
    path = two_years(tmp_path)
    assert facts(run("info", path, "--json"))["killed"]["best"] == 3
    assert facts(run("info", path, "--sheet", "2021", "--json"))["killed"]["best"] == 4
    both = run("info", path, "--sheet", "2020", "--sheet", "2021", "--json")
    assert facts(both)["killed"]["best"] == 7
    assert "The sheets '2020', '2021' of the workbook were read as one table." in both[2]


def test_check_names_the_sheets_that_it_did_not_read(run, tmp_path):
    code, out, _ = run("check", two_years(tmp_path))
    assert code == 0
    assert "Not read: the sheet '2021', 1 record." in out


def test_what_is_said_of_other_sheets_holds_where_no_sheet_can_be_named(
    run, tmp_path, small_folder
):
    path, out = two_years(tmp_path), tmp_path / "out"
    code, _, err = run("match", small_folder, path, "--out", tmp_path / "pairs.csv")
    (line,) = [line for line in err if "--sheet" in line]
    assert (code, line) == (
        0,
        'To read sheets of the same columns as one table: --sheet "2020" --sheet "2021".'
        " For match and --compare, import it so into a folder first.",
    )
    named = ("--sheet", "2020", "--sheet", "2021", "--private")
    assert run("import", path, *named, "--out", out)[0] == 0
    code, said, _ = run("match", small_folder, out, "--out", tmp_path / "both.csv")
    assert code == 0
    assert any(line.startswith("B: ") and "2 events without a pair" in line for line in said)


def two_years(folder):
    header = ["date", "country", "killed"]
    rows = {f"_{year}": [header, [f"{year}-03-01", "Iraq", year - 2017]] for year in (2020, 2021)}
    return book(folder, **rows)


def test_theatres_of_another_file_take_the_place_of_ours(run, write):
    theatres = write(
        "theatres.csv",
        package.text(
            "theatres",
            [package.theatre("north", "IRQ", "38 29 49 38"), package.theatre("south", "MOZ")],
        ),
    )
    path = write("table.csv", ucdp(1), ucdp(2))
    assert facts(run("info", path, "--json"))["by_theatre"] == {"iraq": 2}
    found = facts(run("info", path, "--theatres", theatres, "--json"))
    assert found["by_theatre"] == {"north": 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "none.csv: cannot be read: No such file or directory."),
        ("theatre_id,name\nx,X\n", "none.csv"),
    ],
)
def test_theatres_that_cannot_be_read_are_named(run, write, tmp_path, text, said):
    path = write("table.csv", ucdp(1))
    if text:
        write("none.csv", text)
    code, _, err = run("info", path, "--theatres", tmp_path / "none.csv")
    assert code == 1
    assert any(line.startswith(said) for line in err)


def test_records_that_were_not_loaded_are_listed_and_kept_aside(run, write, tmp_path):
    rows = [ucdp(1), ucdp(2, date_start="2015-13-01"), ucdp(3)]
    path, rejects = write("ged.csv", *rows), tmp_path / "left.csv"
    code, _, err = run("info", path, "--rejects", rejects)
    assert code == 0
    assert err[0] == "ged.csv: UCDP GED: 2 of 3 records loaded, 1 not."
    assert err[-3:] == [
        "Not loaded:",
        f"  ged.csv, record 2, line 3, {BAD_DAY}",
        f"Kept aside: 1 record in {rejects}",
    ]
    lines = path.read_text("utf-8").splitlines()
    assert rejects.read_text("utf-8").splitlines() == [lines[0], lines[2]]


def test_the_file_of_rejects_reads_like_its_source_once_mended(run, write, tmp_path):
    rejects = tmp_path / "left.csv"
    run("info", write("ged.csv", ucdp(1), ucdp(2, date_start="2015-13-01")), "--rejects", rejects)
    text = rejects.read_text("utf-8").replace("2015-13-01", "2015-05-01")
    rejects.write_text(text, encoding="utf-8", newline="")
    assert facts(run("info", rejects, "--json"))["events"] == 1


def test_many_problems_are_counted_after_the_first(run, write):
    rows = [ucdp(1), *(ucdp(number, date_start="x") for number in range(2, 32))]
    _, _, err = run("info", write("ged.csv", *rows))
    assert sum("date_start" in line for line in err) == tables.MOST_LISTED + 1
    assert err[-1] == "  … and 10 more"


def test_what_is_odd_is_told_and_loaded(run, write):
    done = run("info", write("ged.csv", ucdp(1, low="9")), "--json")
    assert facts(done)["events"] == 1
    assert done[2][-2:] == [
        "Loaded, but odd:",
        "  ged.csv, record 1, line 2, low, best, high: 9, 5, 7 are not in the order low, best,"
        " high.",
    ]


class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True


def seen(monkeypatch, run, *arguments):
    """Return what a terminal shows of stderr."""
    screen = Terminal(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stderr", screen)
    code = run(*arguments)[0]
    screen.flush()
    return code, screen.buffer.getvalue().decode()


def test_a_terminal_sees_how_far_the_reading_is(run, write, monkeypatch):
    path = write("ged.csv", *(ucdp(number) for number in range(1, 50)))
    code, shown = seen(monkeypatch, run, "info", path)
    assert code == 0
    assert f"\r{'█' * tables.BAR_WIDTH} 100% read" in shown
    assert "\r\x1b[Kged.csv: UCDP GED: 49 of 49 records loaded." in shown


def test_the_bar_is_gone_before_a_complaint(run, write, monkeypatch):
    path = write("ged.csv", ucdp(1, date_start="x"))
    code, shown = seen(monkeypatch, run, "info", path)
    assert code == 1
    assert "read\r\x1b[Kged.csv" in shown or shown.startswith("\r\x1b[Kged.csv")


def test_no_bar_is_drawn_into_a_file(run, write):
    _, _, err = run("info", write("ged.csv", ucdp(1)))
    assert not any("█" in line or "\r" in line for line in err)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--format", "ucdp"),
        ("--encoding", "cp1252"),
        ("--delimiter", ";"),
        ("--date-format", "d/m/y"),
        ("--sheet", "2021"),
        ("--map", "a=title"),
        ("--rejects", "left.csv"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(run, small_folder, option, value):
    code, _, err = run("info", small_folder, option, value)
    assert (code, err) == (
        1,
        [
            f"{small_folder} is a folder of ours, which says all of itself: leave {option} out, or"
            " name a file of another source."
        ],
    )


def test_check_lists_every_record_of_a_foreign_file(run, write):
    rows = [ucdp(1, low="9"), *(ucdp(number, date_start="x") for number in range(2, 32))]
    code, out, err = run("check", write("ged.csv", *rows))
    assert (code, err) == (1, [])
    assert "UCDP GED: 1 of 31 records loaded, 30 not, 1 warning." in out
    assert sum(", date_start: " in line for line in out) == 30
    assert out[-1] == "30 problems"


def test_check_parts_what_is_odd_from_what_was_not_loaded(run, write):
    _, out, _ = run("check", write("ged.csv", ucdp(1, low="9"), ucdp(2, date_start="x")))
    odd, left = out.index("Loaded, but odd:"), out.index("Not loaded:")
    assert [line.split(",")[1] for line in out[odd + 1 : left]] == [" record 1"]
    assert [line.split(",")[1] for line in out[left + 1 : -1]] == [" record 2"]


def test_check_is_content_with_a_foreign_file_that_is_whole(run, write):
    code, out, _ = run("check", write("ged.csv", ucdp(1, low="9")))
    assert code == 0
    assert out[-2] == "Loaded, but odd:"


def test_check_leaves_a_foreign_file_as_it_is(run, write):
    path = write("ged.csv", ucdp(1))
    before = path.read_bytes()
    code, _, err = run("check", path, "--fix")
    assert code == 2
    assert err[-1].endswith("--fix rewrites a folder of ours; ged.csv stays as its source made it")
    assert path.read_bytes() == before
