import datetime
from pathlib import Path

import pytest

from dashboard import cli
from dashboard.changes import load_changes
from dashboard.dataset import load
from tests import package

pytestmark = pytest.mark.unit

HEAD = "changed_date,event_id,column,old,new,why\n"
EVENTS = package.SMALL["events"]


@pytest.fixture
def folders(tmp_path):
    """Return two tables: the second has another toll, a new event, and no report of Solhan."""
    added = package.event("2022-01-01-new")
    changed = [
        row | {"killed_high": "700"} if row["event_id"] == "2014-06-06-mosul" else row
        for row in EVENTS
        if row["event_id"] != "2021-06-04-solhan"
    ]
    reports = [r for r in package.SMALL["reports"] if r["event_id"] != "2021-06-04-solhan"]
    reports.append(package.report("2022-01-01-new"))
    old = package.write(tmp_path / "old")
    new = package.write(tmp_path / "new", events=[*changed, added], reports=reports)
    return str(old), str(new)


ROWS = (
    "2026-01-02,2014-06-06-mosul,killed_high,500,700,Later count.\n"
    "2026-01-02,2021-06-04-solhan,event_id,2021-06-04-solhan,,Later count.\n"
    "2026-01-02,2022-01-01-new,event_id,,2022-01-01-new,Later count.\n"
)
OPTIONS = ("--date", "2026-01-02", "--why", "Later count.")


def test_lists_what_changed_as_rows_of_changes(folders, capsys):
    assert cli.main(["diff", *folders, *OPTIONS]) == 0
    assert capsys.readouterr().out == HEAD + ROWS


def test_writes_a_file_that_the_new_table_can_hold(folders, tmp_path, capsys):
    out = tmp_path / "new" / "changes.csv"
    assert cli.main(["diff", *folders, *OPTIONS, "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"3 changes of 3 events: {out}\n"
    assert out.read_text(encoding="utf-8") == HEAD + ROWS
    changes, problems = load_changes(out.parent, load(out.parent))
    assert (len(changes), problems) == (3, [])


def test_what_was_changed_of_an_event_before_it_was_taken_out_stays_told(folders):
    _, new = folders
    early = "2025-01-02,2021-06-04-solhan,killed_low,1,2,Counted again.\n"
    (Path(new) / "changes.csv").write_text(HEAD + early + ROWS, encoding="utf-8")
    changes, problems = load_changes(new, load(new))
    assert (len(changes), problems) == (4, [])
    (Path(new) / "changes.csv").write_text(HEAD + early, encoding="utf-8")
    (problem,) = load_changes(new, load(new))[1]
    assert "no event has the id '2021-06-04-solhan'" in str(problem)


def test_lists_nothing_where_nothing_changed(folders, capsys):
    assert cli.main(["diff", folders[0], folders[0]]) == 0
    assert capsys.readouterr().out == HEAD


def test_takes_today_for_the_day(folders, capsys):
    before = datetime.date.today()
    cli.main(["diff", *folders])
    day = capsys.readouterr().out.splitlines()[1][:10]
    assert before <= datetime.date.fromisoformat(day) <= datetime.date.today()


def test_refuses_a_day_that_is_none(folders, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["diff", *folders, "--date", "2.1.2026"])
    assert stop.value.code == 2
    assert "'2.1.2026' is not a day. Write it as yyyy-mm-dd." in capsys.readouterr().err


def test_a_missing_table_is_one_sentence(folders, tmp_path, capsys):
    assert cli.main(["diff", folders[0], str(tmp_path / "nowhere")]) == 1
    assert "is not there. Name a folder that holds events.csv" in capsys.readouterr().err
