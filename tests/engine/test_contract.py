"""Every question has one answer, whatever engine holds the table."""

from __future__ import annotations

import pytest

from dashboard import engine
from dashboard.schema import REPORTS
from tests.engine.contract import check, differences
from tests.engine.questions import CASES, LINKS, QUESTIONS, WIDER, answers
from tests.engine.tables import TABLES

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def duck(engine_tables):
    connections = {name: engine.connect(str(table.folder)) for name, table in engine_tables.items()}
    yield connections
    for connection in connections.values():
        connection.close()


@pytest.mark.parametrize(("name", "link"), CASES)
def test_duckdb_answers_as_pandas_does(duck, name, link, engine_tables, expected):
    found = answers(duck[name].events(), link, engine_tables[name].families)
    assert differences(found, expected(name, link)) == []


@pytest.mark.parametrize("most_read", [0, 1_000_000], ids=["scanned", "read"])
def test_a_parquet_file_alone_answers_as_its_package_does(
    most_read, engine_tables, expected, tmp_path, monkeypatch
):
    monkeypatch.setattr("dashboard.engine.duck.MOST_READ", most_read)
    table = engine_tables["odd"]
    alone = tmp_path / "it's alone.parquet"
    alone.write_bytes((table.folder / "events.parquet").read_bytes())
    connection = engine.connect(str(alone))
    link = "actor=is,civilians&role=either"
    assert (
        differences(answers(connection.events(), link, table.families), expected("odd", link)) == []
    )
    assert connection.reports(["2020-02-29-b"]).empty
    connection.close()


@pytest.mark.parametrize("name", TABLES)
def test_a_package_gives_the_reports_of_its_table(name, engine_tables):
    table = engine_tables[name]
    connection = engine.connect(str(table.folder))
    ids = table.reports["event_id"].unique()[:7].tolist()
    expected = table.reports[table.reports["event_id"].isin(ids)]
    check(connection.reports(ids), expected.reset_index(drop=True))
    check(connection.reports([]), table.reports.head(0))
    connection.close()
    assert list(expected.columns) == [column.name for column in REPORTS]


def test_the_tables_and_links_put_every_question_to_the_test(expected):
    """A question whose answers are all alike would pass on any engine."""
    found = [expected("odd", link) for link in LINKS]
    for question in (*QUESTIONS, *WIDER):
        assert len({str(given[question]) for given in found}) > 1, question
