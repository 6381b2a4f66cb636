"""The contract on ClickHouse: its own engine, asked by Ibis over HTTP."""

from __future__ import annotations

import pytest

from dashboard import engine
from dashboard.errors import EngineError
from tests.engine import bridge
from tests.engine.contract import check, differences
from tests.engine.questions import CASES, answers

pytest.importorskip("chdb", reason="pip install chdb: ClickHouse's own engine")
pytest.importorskip("ibis", reason="pip install 'conflict-timeline[clickhouse]'")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def address(engine_tables, tmp_path_factory):
    files = {name: table.folder / "events.parquet" for name, table in engine_tables.items()}
    files["reports"] = engine_tables["odd"].folder / "reports.parquet"
    with bridge.server(tmp_path_factory.mktemp("chdb"), files) as served:
        yield served


@pytest.fixture(scope="module")
def house(address, engine_tables):
    opened = {name: engine.connect(f"{address}?table={name}") for name in engine_tables}
    yield opened
    for connection in opened.values():
        connection.close()


@pytest.mark.parametrize(("name", "link"), CASES)
def test_clickhouse_answers_as_pandas_does(house, name, link, engine_tables, expected):
    found = answers(house[name].events(), link, engine_tables[name].families)
    assert differences(found, expected(name, link)) == []


def test_gives_the_reports_of_its_table(address, engine_tables):
    connection = engine.connect(f"{address}?table=odd&reports=reports")
    table = engine_tables["odd"]
    ids = ["2020-02-29-b", "2020-02-29-a"]
    expected = table.reports[table.reports["event_id"].isin(ids)]
    check(connection.reports(ids), expected.reset_index(drop=True))
    connection.close()


def test_says_that_there_is_no_such_table(address):
    with pytest.raises(EngineError, match=r"clickhouse://127\.0\.0\.1:\d+ does not give the table"):
        engine.connect(f"{address}?table=nothing")


def test_says_that_nobody_answers():
    with pytest.raises(EngineError, match=r"clickhouse://127\.0\.0\.1:9 does not give the table"):
        engine.connect("clickhouse://127.0.0.1:9/default")
