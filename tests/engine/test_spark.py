"""The contract on a Spark cluster: a standalone master with two workers on loopback."""

from __future__ import annotations

import shutil

import pytest

from dashboard import engine
from dashboard.errors import EngineError
from tests.engine import cluster
from tests.engine.contract import check, differences
from tests.engine.questions import LINKS, answers

pytest.importorskip("pyspark", reason="pip install 'conflict-timeline[spark]'")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17: no java here"),
]


SOME = [("odd", ""), ("odd", LINKS[6]), ("published", LINKS[3]), ("generated", LINKS[9])]


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        with cluster.standalone(tmp_path_factory.mktemp("spark")) as address:
            yield address


@pytest.fixture(scope="module")
def spark(master, engine_tables):
    opened = {
        name: engine.connect(
            f"{master}?path={table.folder / 'events.parquet'}"
            f"&reports_path={table.folder / 'reports.parquet'}"
        )
        for name, table in engine_tables.items()
    }
    # A session is shared by its connections; for so few rows, fewer parts are quicker.
    opened["odd"].events().to_native().sparkSession.conf.set("spark.sql.shuffle.partitions", "1")
    yield opened
    next(iter(opened.values())).close()


# A question takes a second or two however few the rows: a case of each table, and the odd days.
@pytest.mark.parametrize(("name", "link"), SOME)
def test_spark_answers_as_pandas_does(spark, name, link, engine_tables, expected):
    found = answers(spark[name].events(), link, engine_tables[name].families)
    assert differences(found, expected(name, link)) == []


def test_two_workers_answer(spark, master):
    """A cluster that runs in this process would pass every other test."""
    session = spark["odd"].events().to_native().sparkSession
    assert session.sparkContext.master == master
    executors = session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
    assert len(executors) == 3, "the driver and one executor on each worker"


def test_gives_the_reports_of_its_table(spark, engine_tables):
    reports = engine_tables["odd"].reports
    ids = ["2020-02-29-b", "2020-02-29-a"]
    expected = reports[reports["event_id"].isin(ids)].reset_index(drop=True)
    check(spark["odd"].reports(ids), expected)
    check(spark["odd"].reports([]), reports.head(0))


def test_says_what_is_not_there(spark, master):
    with pytest.raises(EngineError, match=r"does not give the table: .*PATH_NOT_FOUND"):
        engine.connect(f"{master}?path=/nowhere/events.parquet")
