import pytest

from dashboard.app.live import Comparing, Live
from dashboard.dataset import load
from dashboard.matching import review
from tests import package
from tests.matching.tables import bombing

pytestmark = pytest.mark.unit

HERE, THERE = "2016-05-03-mosul", "2016-05-03-x"


def written(folder, *event_ids):
    """Write a table of bombings."""
    reports = [package.report(event_id) for event_id in event_ids]
    return package.write(folder, events=[bombing(one) for one in event_ids], reports=reports)


def decide(path, *pairs):
    lines = ["decision,a_event_id,b_event_id", *(",".join(["yes", *pair]) for pair in pairs)]
    path.write_text("\n".join(lines), encoding="utf-8")


def break_(folder):
    (folder / "events.csv").write_text("nothing\n1\n", encoding="utf-8")


@pytest.fixture
def ours(tmp_path):
    return written(tmp_path / "ours", HERE, "2016-07-20-mosul")


@pytest.fixture
def theirs(tmp_path):
    return written(tmp_path / "theirs", THERE, "2016-08-01-y")


@pytest.fixture
def said(tmp_path):
    path = tmp_path / "pairs.csv"
    decide(path, (HERE, THERE))
    return path


@pytest.fixture
def held(ours, theirs, said):
    """Hold two folders and the decisions on their pairs, looked at by hand."""

    def decisions(one, other):
        return review.read(said, one, other).decisions

    comparing = Comparing(theirs, lambda: load(theirs), said, decisions)
    return Live(load(ours), ours, lambda: load(ours), comparing)


def look(held):
    """Look until a change has rested; return the ids of both tables and the decisions."""
    assert [held.look(), held.look()] == [False, True]
    matched = held.now.matched
    assert matched.one is held.now.dataset
    decided = matched.pairs[matched.pairs["decision"] == review.YES]
    return (
        matched.one.events["event_id"].tolist(),
        matched.other.events["event_id"].tolist(),
        [matched.one.events["event_id"].iloc[place] for place in decided["a"]],
    )


def test_reads_each_file_that_changes(held, ours, theirs, said):
    written(ours, HERE)
    assert look(held) == ([HERE], [THERE, "2016-08-01-y"], [HERE])
    written(theirs, THERE)
    assert look(held) == ([HERE], [THERE], [HERE])
    decide(said)
    assert look(held) == ([HERE], [THERE], [])
    assert held.now.notice == ""


def test_reads_no_file_that_has_not_changed(held, theirs):
    before = held.now.dataset
    written(theirs, THERE)
    look(held)
    assert held.now.dataset is before


def test_names_the_second_table_where_that_is_broken_and_its_version(held, theirs):
    version = held.now.matched.other.version
    break_(theirs)
    look(held)
    assert held.now.notice.startswith(
        "theirs has changed and cannot be read, so the table before is still shown (data"
        f" {version}). events.csv"
    )
    assert version != held.now.dataset.version


def test_a_broken_second_table_does_not_hold_back_the_first(held, ours, theirs):
    break_(theirs)
    look(held)
    before = held.now.notice
    written(ours, HERE)
    assert look(held)[0] == [HERE]
    assert held.now.notice == before


def test_a_broken_first_table_does_not_hold_back_the_second(held, ours, theirs):
    version = held.now.dataset.version
    break_(ours)
    look(held)
    written(theirs, THERE)
    assert look(held)[1] == [THERE]
    assert held.now.notice.startswith("ours has changed and cannot be read")
    assert f"(data {version})" in held.now.notice


def test_one_of_two_that_change_at_once_may_be_broken(held, ours, theirs):
    break_(ours)
    written(theirs, THERE)
    assert look(held)[:2] == ([HERE, "2016-07-20-mosul"], [THERE])
    assert held.now.notice.count("cannot be read") == 1


def test_names_every_broken_table_until_it_is_mended(held, ours, theirs):
    break_(theirs)
    look(held)
    break_(ours)
    look(held)
    first, second = held.now.notice.split(" Also: theirs has changed and cannot be read")
    assert first.startswith("ours has changed and cannot be read")
    assert f"(data {held.now.matched.other.version})" in second
    written(ours, HERE)
    look(held)
    assert held.now.notice.startswith("theirs has changed and cannot be read")
    written(theirs, THERE)
    look(held)
    assert held.now.notice == ""


def test_broken_decisions_leave_those_before_with_a_notice(held, said):
    said.unlink()
    assert look(held)[2] == [HERE]
    assert held.now.notice == (
        "pairs.csv cannot be read for the tables shown now, so the decisions before stay for"
        " events that both still have. pairs.csv cannot be read: No such file or directory."
    )


def test_decisions_on_an_event_that_is_gone_hold_back_no_table(held, ours, theirs, said):
    decide(said, (HERE, THERE), ("2016-07-20-mosul", "2016-08-01-y"))
    look(held)
    written(ours, HERE)
    assert look(held) == ([HERE], [THERE, "2016-08-01-y"], [HERE])
    assert held.now.notice.startswith("pairs.csv cannot be read for the tables shown now")
    assert "'2016-07-20-mosul'" in held.now.notice
    written(ours, HERE, "2016-07-20-mosul")
    assert look(held)[2] == [HERE, "2016-07-20-mosul"]
    assert held.now.notice == ""


def test_tells_two_files_of_one_name_apart(tmp_path):
    one, other = (written(tmp_path / part / "data", HERE) for part in "ab")
    held = Live(load(one), one, lambda: load(one), Comparing(other, lambda: load(other)))
    break_(other)
    look(held)
    assert held.now.notice.startswith(f"{other} has changed and cannot be read")


def test_a_table_beside_itself_has_one_notice(ours):
    held = Live(load(ours), ours, lambda: load(ours), Comparing(ours, lambda: load(ours)))
    break_(ours)
    look(held)
    assert held.now.notice.count("cannot be read") == 1
