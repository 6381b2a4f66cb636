import argparse
import tempfile
from pathlib import Path

import pytest

from dashboard import cli
from dashboard.commands import engines, tables
from dashboard.engine import LargeDataset
from dashboard.selection import Selection
from dashboard.views import chosen
from tests.readers.tables import acled, gtd, ucdp

pytestmark = pytest.mark.unit


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Return the folder of temporary files, where nothing is yet."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def small_limit(monkeypatch):
    """Let two events be too many for pandas."""
    monkeypatch.setattr(engines, "PANDAS_UP_TO", 1)


def page(*arguments):
    """Return what `serve` would show."""
    return cli._page(cli._parser().parse_args(["serve", *map(str, arguments)]))


def test_a_small_table_stays_in_pandas(write):
    assert not isinstance(page(write("acled.csv", acled(1))).live.now.dataset, LargeDataset)


def test_a_large_table_that_may_be_passed_on_is_written_for_an_engine(
    write, temporary, small_limit
):
    found = page(write("ged.csv", ucdp(1), ucdp(2))).live.now.dataset
    assert isinstance(found, LargeDataset)
    assert (next(temporary.iterdir()) / "events.duckdb").is_file()
    found.connection.close()


@pytest.mark.parametrize("row", [acled, gtd])
def test_a_large_table_that_may_not_is_held_by_an_engine_in_memory(
    write, temporary, small_limit, row, monkeypatch
):
    path = write("theirs.csv", row(1), row(2))
    monkeypatch.chdir(temporary)
    shown = page(path)
    found = shown.live.now.dataset
    assert isinstance(found, LargeDataset)
    assert found.size == 2
    assert "theirs.csv" in shown.server.test_client().get("/").text
    assert list(temporary.iterdir()) == []
    found.connection.close()


def test_an_import_that_may_not_be_passed_on_is_not_written_again(
    run, write, temporary, small_limit, tmp_path
):
    path = write("acled.csv", acled(1), acled(2))
    run("import", path, "--out", tmp_path / "own", "--private")
    found = page(tmp_path / "own").live.now.dataset
    assert isinstance(found, LargeDataset)
    assert list(temporary.iterdir()) == []
    found.connection.close()


def test_the_engine_may_be_named(write, temporary, monkeypatch):
    path = write("acled.csv", acled(1), acled(2))
    one = page(path, "--engine", "duckdb").live.now.dataset
    assert isinstance(one, LargeDataset)
    assert list(temporary.iterdir()) == []
    one.connection.close()
    monkeypatch.setattr(engines, "PANDAS_UP_TO", 1)
    assert not isinstance(page(path, "--engine", "pandas").live.now.dataset, LargeDataset)


@pytest.mark.parametrize("row", [acled, ucdp])
def test_an_engine_may_hold_a_table_of_any_size(write, temporary, row):
    shown = page(write("table.csv", row(1)), "--engine", "duckdb")
    assert shown.server.test_client().get("/").status_code == 200
    found = shown.live.now.dataset
    assert isinstance(found, LargeDataset)
    assert len(chosen.rows(found, Selection())) == 1
    found.connection.close()


def test_tables_that_are_compared_stay_in_memory(write, small_limit):
    one, other = write("acled.csv", acled(1), acled(2)), write("ged.csv", ucdp(1))
    shown = page(one, "--compare", other).live.now
    assert len(shown.dataset.events) == 2
    assert shown.matched.names == ("ACLED", "UCDP GED")


def test_a_table_in_memory_follows_its_file(write, temporary, small_limit):
    path = write("acled.csv", acled(1), acled(2))
    shown = page(path)
    before = shown.live.now.dataset
    write("acled.csv", acled(1), acled(2), acled(3))
    assert [shown.live.look() for _ in range(2)] == [False, True]
    found = shown.live.now.dataset
    assert (found.size, found.version != before.version) == (3, True)
    assert list(Path(temporary).iterdir()) == []
    for one in (before, found):
        one.connection.close()


def test_a_broken_file_leaves_the_table_in_memory(write, temporary, small_limit):
    path = write("acled.csv", acled(1), acled(2))
    shown = page(path)
    write("acled.csv", "no table\n")
    assert [shown.live.look() for _ in range(2)] == [False, True]
    assert shown.live.now.dataset.size == 2
    assert shown.live.now.notice.startswith("acled.csv has changed and cannot be read")
    assert shown.server.test_client().get("/readyz").status_code == 200
    shown.live.now.dataset.connection.close()


@pytest.mark.unit
def test_a_table_that_is_read_again_writes_no_list_again(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("date,country,killed\n2021-03-04,Iraq,3\n2021-03-05,Iraq,4\n", encoding="utf-8")
    parser = argparse.ArgumentParser()
    tables.add_options(parser)
    engines.add_option(parser)
    lists = [tmp_path / "twice.csv", tmp_path / "not.csv"]
    options = parser.parse_args(["--repeats", str(lists[0]), "--rejects", str(lists[1])])
    assert engines.opener(path, options)().size == 2
    assert [kept for kept in lists if kept.exists()] == []
