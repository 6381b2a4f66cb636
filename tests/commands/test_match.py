import csv

import pytest

from dashboard.cli import main
from tests import package
from tests.matching.tables import bombing
from tests.readers.tables import text, ucdp

pytestmark = pytest.mark.unit

A = "2015-05-03-qarya"


@pytest.fixture
def ours(tmp_path):
    """Return the folder of a table with the event that `ucdp()` makes, as we would tell it."""
    cells = {"latitude_deg": "36.1", "longitude_deg": "43.2", "killed_low": "5"}
    event = bombing(A, targets="iraqi-army", **(cells | {"killed_best": "5", "killed_high": "6"}))
    return package.write(tmp_path / "ours", events=[event], reports=[package.report(A)])


@pytest.fixture
def theirs(tmp_path):
    rows = [ucdp(1), ucdp(2, latitude="36.18", best="6")]
    path = tmp_path / "ged.csv"
    path.write_text(text(rows), encoding="utf-8", newline="")
    return path


@pytest.fixture
def pairs(tmp_path):
    return tmp_path / "pairs.csv"


def match(*arguments):
    return main(["match", *map(str, arguments)])


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def decide(path, *words):
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    decided = [word + line for word, line in zip(words, lines[1:], strict=True)]
    path.write_text("\n".join([lines[0], *decided, ""]), encoding="utf-8")


def decisions(path):
    return [(row["b_event_id"], row["decision"]) for row in rows(path)]


def test_writes_the_pairs_of_a_folder_and_a_file(ours, theirs, pairs, capsys):
    assert match(ours, theirs, "--out", pairs) == 0
    assert decisions(pairs) == [("ucdp-1", "")]
    out, err = (text.splitlines() for text in capsys.readouterr())
    assert err[0] == "ged.csv: UCDP GED: 2 of 2 records loaded."
    assert out[0] == "A: ours, 0 events without a pair."
    assert out[1].startswith("B: UCDP GED, ged.csv, 1 event without a pair. UCDP data are under")
    assert out[2] == f"1 suggested, 0 confirmed, 0 refused: {pairs}"
    assert out[3].endswith(f"match {ours} {theirs} --review {pairs}")


def test_keeps_a_confirmed_pair(ours, theirs, pairs, capsys):
    match(ours, theirs, "--out", pairs)
    decide(pairs, "yes")
    assert match(ours, theirs, "--review", pairs) == 0
    assert decisions(pairs) == [("ucdp-1", "yes")]
    assert "0 suggested, 1 confirmed, 0 refused" in capsys.readouterr().out


def test_does_not_suggest_a_refused_pair_again(ours, theirs, pairs):
    match(ours, theirs, "--out", pairs)
    decide(pairs, "no")
    assert match(ours, theirs, "--review", pairs, "--at-least", "0.01") == 0
    assert decisions(pairs) == [("ucdp-2", ""), ("ucdp-1", "no")]
    assert match(ours, theirs, "--review", pairs, "--at-least", "0.01") == 0
    assert decisions(pairs) == [("ucdp-2", ""), ("ucdp-1", "no")]


def test_writes_into_another_file_when_asked(ours, theirs, pairs, tmp_path):
    match(ours, theirs, "--out", pairs)
    decide(pairs, "no")
    before = pairs.read_bytes()
    assert match(ours, theirs, "--review", pairs, "--out", tmp_path / "new.csv") == 0
    assert pairs.read_bytes() == before
    assert ("ucdp-1", "no") in decisions(tmp_path / "new.csv")


def test_leaves_a_file_with_faults_as_it_is(ours, theirs, pairs, capsys):
    match(ours, theirs, "--out", pairs)
    pairs.write_text(pairs.read_text("utf-8").replace("ucdp-1", "ucdp-9"), encoding="utf-8")
    before = pairs.read_bytes()
    assert match(ours, theirs, "--review", pairs) == 1
    assert pairs.read_bytes() == before
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "1 problem",
        "pairs.csv, record 1, line 2, b_event_id: table B has no event 'ucdp-9'."
        " Did you mean 'ucdp-2'?",
    ]


def test_does_not_write_over_decisions(ours, theirs, pairs, capsys):
    pairs.write_text("mine", encoding="utf-8")
    assert match(ours, theirs, "--out", pairs) == 1
    assert pairs.read_text("utf-8") == "mine"
    assert "Name it with --review to keep them" in capsys.readouterr().err


def test_needs_a_folder_to_write_into(ours, theirs, tmp_path, capsys):
    assert match(ours, theirs, "--out", tmp_path / "no" / "pairs.csv") == 1
    assert f"{tmp_path / 'no'}: is no folder. Make it first." in capsys.readouterr().err


def test_leaves_nothing_else_behind(ours, theirs, pairs, tmp_path):
    match(ours, theirs, "--out", pairs)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ged.csv", "ours", "pairs.csv"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ((), "say where the pairs go: --out FILE"),
        (("--out", "x.csv", "--at-least", "2"), "'2' is not a score. Write 0.01 to 0.99."),
    ],
)
def test_says_how_it_is_used(ours, theirs, more, expected, capsys):
    with pytest.raises(SystemExit) as caught:
        match(ours, theirs, *more)
    assert caught.value.code == 2
    assert expected in capsys.readouterr().err
