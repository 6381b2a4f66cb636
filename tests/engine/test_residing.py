import dataclasses
import tempfile
import weakref

import duckdb
import pytest

from dashboard import engine, query
from dashboard.dataset import assemble, load
from dashboard.engine import preparing, residing
from dashboard.errors import EngineError
from tests import package
from tests.engine.contract import check, differences
from tests.engine.questions import CASES, answers
from tests.engine.tables import TABLES

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def residents(engine_tables):
    """Return the tables by name, each in DuckDB's memory."""
    held = {}
    for name, table in engine_tables.items():
        names = [column for column in table.events if column not in preparing.DERIVED_DTYPES]
        lists = engine.open_large(table.folder)
        frames = {"events": table.events[names], "reports": table.reports}
        frames |= {"actors": lists.actors, "theatres": lists.theatres}
        lists.connection.close()
        held[name] = engine.resident(assemble(frames, name=name))
    yield held
    for large in held.values():
        large.connection.close()


@pytest.fixture
def large(small):
    opened = engine.resident(small)
    yield opened
    opened.connection.close()


def fresh(small):
    """Return a copy of a table whose rows nobody else keeps."""
    return dataclasses.replace(small, events=small.events.copy(), reports=small.reports.copy())


# What is derived of the generated table was invented with it.
PREPARED = [case for case in CASES if case[0] != "generated"]


@pytest.mark.parametrize(("name", "link"), PREPARED)
def test_answers_as_pandas_does(residents, name, link, engine_tables, expected):
    held = residents[name]
    found = answers(held.connection.events(), link, engine_tables[name].families)
    assert differences(found, expected(name, link)) == []


@pytest.mark.parametrize("name", TABLES)
def test_gives_the_reports_of_its_table(residents, name, engine_tables):
    reports = engine_tables[name].reports
    ids = reports["event_id"].unique()[:7].tolist()
    expected = reports[reports["event_id"].isin(ids)].reset_index(drop=True)
    check(residents[name].reports_of(ids), expected)


def test_says_of_a_table_what_writing_it_says(small, large, tmp_path):
    rows = engine.prepared(small)
    said = engine.write([rows], [small.reports], small.actors, small.theatres, tmp_path)
    said.pop("held")
    assert large.meta == said | {"version": small.version}
    assert (large.size, large.report_count) == (small.size, small.report_count)
    assert (large.first_day, large.last_day) == (small.first_day, small.last_day)


def test_is_the_same_table_but_for_its_rows(small, large):
    for name in ("version", "name", "folder", "terms", "report", "actors", "theatres"):
        assert getattr(large, name) is getattr(small, name)
    assert list(large.events.columns) == list(small.events.columns)
    assert len(large.events) == len(large.reports) == 0


def test_keeps_the_order_of_rows_through_many_pieces(small, monkeypatch):
    for module in (preparing, residing):
        monkeypatch.setattr(module, "ROWS_AT_A_TIME", 2)
    monkeypatch.setattr(residing, "ROWS_PER_BLOCK", 4)
    large = engine.resident(small)
    base = large.connection._base
    ids = base.execute("SELECT event_id FROM held.events ORDER BY rowid").fetchall()
    assert [name for (name,) in ids] == small.events["event_id"].tolist()
    large.connection.close()


def test_pieces_fill_a_block():
    assert residing.ROWS_PER_BLOCK % residing.ROWS_AT_A_TIME == 0


def test_lets_go_of_a_table_that_nobody_else_keeps_while_it_takes_it(small, monkeypatch):
    kept = [fresh(small)]
    events, reports = weakref.ref(kept[0].events), weakref.ref(kept[0].reports)
    alive, coded = [], residing.coded
    haystack = preparing._haystack

    def seen_reports(*given):
        alive.append(reports())
        return coded(*given)

    def seen_events(*given):
        alive.append(events())
        return haystack(*given)

    monkeypatch.setattr(residing, "coded", seen_reports)
    monkeypatch.setattr(preparing, "_haystack", seen_events)
    engine.resident(kept.pop()).connection.close()
    assert alive == [None, None]


def test_puts_nothing_on_a_disk(small, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    large = engine.resident(small)
    base = large.connection._base
    answers(large.connection.events(), "q=palma", small.actor_families)
    large.reports_of(["2021-03-24-palma"])
    files = base.execute("SELECT path FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert {path for (path,) in files} <= {None, ""}
    assert list(tmp_path.iterdir()) == []
    large.connection.close()


def test_a_question_beyond_its_memory_fails_and_does_not_spill(large, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    base = large.connection._base
    assert base.execute("SELECT current_setting('temp_directory')").fetchall() == [("",)]
    base.execute("SET memory_limit = '20MB'")
    with pytest.raises(duckdb.OutOfMemoryException):
        base.execute("CREATE TABLE more AS SELECT hash(range)::TEXT AS a FROM range(5_000_000)")
    assert list(tmp_path.iterdir()) == []


def test_says_that_a_table_is_too_large_for_the_memory(small, monkeypatch):
    opened = residing.open_memory

    def tight():
        base = opened()
        base.execute("SET memory_limit = '1MB'")
        return base

    monkeypatch.setattr(residing, "open_memory", tight)
    with pytest.raises(EngineError, match="cannot be held in memory: Out of Memory Error"):
        engine.resident(small)


def test_takes_a_table_without_events(tmp_path):
    empty = load(package.write(tmp_path, events=[], reports=[]))
    large = engine.resident(empty)
    assert (large.size, large.days) == (0, None)
    assert large.connection.events().collect().shape[0] == 0
    large.connection.close()


def test_holds_figures_beyond_four_bytes(small):
    killed = small.events["killed_high"].copy()
    killed.iloc[0] = 3_000_000_000
    large = engine.resident(
        dataclasses.replace(small, events=small.events.assign(killed_high=killed))
    )
    assert query.totals(large.connection.events()).killed.high == killed.sum()
    large.connection.close()
