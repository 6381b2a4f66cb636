import csv
import io

import pytest

from dashboard.errors import TableError
from dashboard.matching import review
from dashboard.matching.pairing import Decisions, suggest
from tests.matching.tables import NORTH_9_KM, bombing, table

pytestmark = pytest.mark.unit

A, B, C = "2016-05-03-mosul", "2016-05-03-b", "2016-05-03-c"
HEADER = "decision,a_event_id,b_event_id,note"


@pytest.fixture
def one(tmp_path):
    return table(tmp_path / "a", bombing(title="=Bomb at Mosul"))


@pytest.fixture
def other(tmp_path):
    unknown = {"killed_low": "", "killed_best": "", "killed_high": ""}
    return table(tmp_path / "b", bombing(B, **unknown), bombing(C, **NORTH_9_KM | unknown))


@pytest.fixture
def read(tmp_path, one, other):
    def read(*lines, encoding="utf-8"):
        path = tmp_path / "pairs.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return review.read(path, one, other)

    return read


@pytest.fixture
def problems(read):
    def problems(*lines):
        with pytest.raises(TableError) as caught:
            read(*lines)
        return [str(problem) for problem in caught.value.problems]

    return problems


def written(one, other, decisions=Decisions(), notes=None):  # noqa: B008 (frozen)
    pairs = suggest(one, other, decisions, at_least=0.05)
    text = review.text(review.rows(one, other, pairs), notes or {})
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_puts_both_events_side_by_side(one, other):
    rows = written(one, other, Decisions(confirmed=((A, C),)))
    (row,) = rows
    assert tuple(row) == review.COLUMNS
    assert (row["decision"], row["a_event_id"], row["b_event_id"]) == ("yes", A, C)
    assert (row["a_start_date"], row["b_end_date"], row["days_apart"]) == (
        "2016-05-03",
        "2016-05-03",
        "0",
    )
    assert (row["a_place"], row["km_apart"]) == ("Mosul (place)", "9")
    assert row["b_actors"] == "is → civilians"
    assert [row[f"a_killed_{figure}"] for figure in ("low", "best", "high")] == ["8", "10", "12"]
    assert row["agreements"].startswith("the same day; 9 km apart")


def test_leaves_an_unknown_toll_empty(one, other):
    (row,) = written(one, other)
    assert row["b_event_id"] == B
    assert [row[f"b_killed_{figure}"] for figure in ("low", "best", "high")] == ["", "", ""]
    assert row["gaps"] == "number killed unknown in B"


def test_never_calls_a_pair_certain(curated):
    scores = [float(row["score"]) for row in written(curated, curated)]
    assert max(scores) == 0.99


def test_runs_no_formula_in_a_spreadsheet(one, other):
    (row,) = written(one, other)
    assert row["a_title"] == "'=Bomb at Mosul"


def test_keeps_notes_beside_their_pairs(one, other, read):
    (row,) = written(one, other, notes={(A, B): "=seen"})
    assert row["note"] == "'=seen"
    assert read(HEADER, f"yes,{A},{B},{row['note']}").notes == {(A, B): "=seen"}


@pytest.mark.parametrize(
    "note",
    ["'quoted' word", "'", "''twice'", "=1+1", "'=1+1", "''=1+1", "-", "'-'", "@x", "a\nb;c"],
)
def test_writes_a_note_as_it_was_read(one, other, read, note):
    out = io.StringIO(newline="")
    csv.writer(out).writerow(("yes", A, B, note))
    notes = read(HEADER, out.getvalue()).notes
    (row,) = written(one, other, notes=notes)
    assert row["note"] == (f"'{note}" if note[0] in "=-@" else note)
    out = io.StringIO(newline="")
    csv.writer(out).writerow(("yes", A, B, row["note"]))
    assert read(HEADER, out.getvalue()).notes == notes


@pytest.mark.parametrize("note", ["'quoted' word", "don’t know – “see” Größe"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_takes_no_letter_of_a_note_for_another(read, note, encoding):
    assert read(HEADER, f"yes,{A},{B},{note}", encoding=encoding).notes == {(A, B): note}


def test_reads_each_line_of_a_file_of_two_encodings_in_its_own(tmp_path, one, other):
    lines = HEADER.encode(), f"yes,{A},{B},Größe".encode(), f"no,{A},{C},“Maß”".encode("cp1252")
    (tmp_path / "pairs.csv").write_bytes(b"\r\n".join(lines))
    notes = review.read(tmp_path / "pairs.csv", one, other).notes
    assert notes == {(A, B): "Größe", (A, C): "“Maß”"}


@pytest.mark.parametrize("start", ["sep=;\n", "\n", "\ufeff"])
def test_counts_lines_from_the_first_of_the_file(problems, start):
    lines = HEADER.replace(",", ";"), f"maybe;{A};{B};"
    (problem,) = problems(start + lines[0], lines[1])
    assert problem.startswith(f"pairs.csv, record 1, line {2 + start.count(chr(10))}, decision:")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_reads_what_a_spreadsheet_makes_of_the_file(read, delimiter, encoding):
    lines = (HEADER, f"YES ,{A},{B},vérifié", f"No,{A},{C},")
    found = read(*(line.replace(",", delimiter) for line in lines), encoding=encoding)
    assert found.decisions == Decisions(confirmed=((A, B),), refused=((A, C),))
    assert found.notes == {(A, B): "vérifié"}


def test_decides_nothing_where_nothing_is_written(read):
    assert read(HEADER, f",{A},{B},").decisions == Decisions()


def test_names_each_unknown_id(problems):
    assert problems(HEADER, f"yes,{A}l,{B},", f",{A},{A},", f"no,{A},,") == [
        f"pairs.csv, record 1, line 2, a_event_id: table A has no event '{A}l'."
        f" Did you mean '{A}'?",
        f"pairs.csv, record 2, line 3, b_event_id: table B has no event '{A}'."
        " The other table has it: are A and B the other way round?",
        "pairs.csv, record 3, line 4, b_event_id: table B has no event ''.",
    ]


def test_refuses_another_word(problems):
    assert problems(HEADER, f"maybe,{A},{B},") == [
        "pairs.csv, record 1, line 2, decision: 'maybe' is no decision."
        " Write yes or no, or leave it empty."
    ]


def test_refuses_two_decisions_on_one_pair(problems):
    assert problems(HEADER, f"yes,{A},{B},", f"yes,{A},{B},", f"no,{A},{B},") == [
        "pairs.csv, record 3, line 4, decision: this pair stands above as yes."
        " Keep one of the two rows."
    ]


@pytest.mark.parametrize("lines", [(), ("decision,score", "yes,1")])
def test_says_what_file_it_needs(problems, lines):
    (problem,) = problems(*lines)
    assert "a_event_id, b_event_id. Give a CSV that `match A B --out FILE` wrote." in problem


def test_says_when_it_is_no_csv(problems):
    (problem,) = problems(HEADER, f"yes,{A},{B}," + "x" * 200_000)
    assert problem == (
        "pairs.csv, line 1: cannot be read as CSV: field larger than field limit (131072)."
    )
