import threading

import duckdb
import narwhals as nw
import pandas as pd
import pytest

from dashboard import comparison, engine, query
from dashboard.engine import addresses
from dashboard.errors import DependencyError, EngineError
from dashboard.selection import Selection

pytestmark = pytest.mark.unit


@pytest.fixture
def folder(small, tmp_path):
    rows = engine.prepared(small)
    engine.write([rows], [small.reports], small.actors, small.theatres, tmp_path / "large")
    return tmp_path / "large"


@pytest.fixture
def opened(folder):
    connection = engine.connect(str(folder))
    yield connection
    connection.close()


def test_says_where_nothing_is(tmp_path):
    with pytest.raises(EngineError, match=r"events\.parquet is not there\. Name a folder with"):
        engine.connect(str(tmp_path))


def test_says_what_cannot_be_read(tmp_path):
    (tmp_path / "events.parquet").write_bytes(b"no Parquet at all")
    with pytest.raises(EngineError, match=r"events\.parquet cannot be read: "):
        engine.connect(str(tmp_path))


def test_says_which_columns_are_missing(tmp_path):
    pd.DataFrame({"event_id": ["a"]}).to_parquet(tmp_path / "events.parquet")
    with pytest.raises(
        EngineError, match=r"lacks the columns start_date, end_date, .* place_key, "
    ):
        engine.connect(str(tmp_path))


def test_opens_a_duckdb_file_with_its_reports(folder, tmp_path):
    path = tmp_path / "mine.duckdb"
    with duckdb.connect(str(path)) as base:
        for table in ("events", "reports"):
            base.execute(f"CREATE TABLE {table} AS FROM '{folder / table}.parquet'")
    connection = engine.connect(str(path))
    assert query.totals(connection.events()).killed.best == 445
    assert len(connection.reports(["2021-03-24-palma"])) == 4
    connection.close()


def test_a_table_that_was_changed_is_not_taken_from_the_old_file(small, folder):
    rows = engine.prepared(small)
    rows.head(2).to_parquet(folder / "events.parquet", index=False)
    connection = engine.connect(str(folder))
    assert query.totals(connection.events()).events == 2
    connection.close()


def test_a_duckdb_file_that_does_not_open_is_left_alone(folder):
    held = folder / "events.duckdb"
    held.write_bytes(b"X" * held.stat().st_size)
    connection = engine.connect(str(folder))
    assert query.totals(connection.events()).killed.best == 445
    connection.close()


def test_answers_many_threads_at_once(opened):
    found, failed = [], []

    def ask(link):
        try:
            for _ in range(5):
                events, left = query.narrowed(opened, Selection.from_query(link))
                found.append((link, query.totals(query.select(events, left)).events))
        except duckdb.Error as error:
            failed.append(error)

    links = ["", "q=mosul", "theatre=mozambique", "q=palma", "killed_min=1", "q=solhan"]
    threads = [threading.Thread(target=ask, args=(link,)) for link in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert set(found) == {
        ("", 8), ("q=mosul", 1), ("theatre=mozambique", 3), ("q=palma", 1), ("killed_min=1", 4),
        ("q=solhan", 1),
    }  # fmt: skip
    assert len(found) == 30


@pytest.mark.parametrize("most_copied", [0, 100], ids=["listed", "copied"])
@pytest.mark.parametrize("most_read", [0, 100], ids=["scanned", "read"])
def test_a_dear_filter_is_answered_once(folder, monkeypatch, most_copied, most_read):
    monkeypatch.setattr("dashboard.engine.duck.MOST_COPIED", most_copied)
    monkeypatch.setattr("dashboard.engine.duck.MOST_READ", most_read)
    (folder / "meta.json").unlink()
    opened = engine.connect(str(folder))
    area = (38.0, 29.0, 49.0, 29.0, 49.0, 38.0, 38.0, 38.0)
    selection = Selection(q="is", area=area, theatres=("iraq",))
    events, left = query.narrowed(opened, selection)
    assert left == Selection(theatres=("iraq",))
    assert len(query.rows(events, 9)) == 3
    chosen = query.rows(query.select(events, left), 9)["event_id"].tolist()
    plain = query.rows(query.select(opened.events(), selection), 9)["event_id"].tolist()
    assert chosen == plain == ["2014-06-06-mosul", "2014-08-03-sinjar"]
    opened.close()


def test_cheap_filters_are_left_to_the_questions(opened):
    selection = Selection(theatres=("iraq",), area=(38.0, 29.0, 49.0, 38.0))
    events, left = query.narrowed(opened, selection)
    assert left == selection
    assert query.totals(events).events == 8


def test_old_answers_go_once_no_request_can_read_them(opened, monkeypatch):
    monkeypatch.setattr("dashboard.engine.duck.MOST_KEPT", 2)
    frames = [opened.kept(str(n), nw.col("killed_best") >= n) for n in range(4)]
    assert [query.totals(frame).events for frame in frames] == [5, 4, 4, 4]
    monkeypatch.setattr("dashboard.engine.duck.RETIRED_SECONDS", -1)
    opened.kept("another", nw.col("killed_best") > 100)
    with pytest.raises(duckdb.Error):
        query.totals(frames[0])
    assert query.totals(opened.kept("0", nw.col("killed_best") >= 0)).events == 5


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("spark://:7077?path=x", "spark://… names no host. Write spark://host:port?…"),
        ("spark://host:7077?pat=x", "spark://host: no option is called 'pat'. There are path, "),
        ("spark://host:7077", "spark://host:7077: write either path=… or table=… behind it."),
        ("sc://host:1?path=x&table=y", "sc://host:1: write either path=… or table=… behind it."),
        ("clickhouse://host:70000/db", "clickhouse://…: the port is not a number to 65535."),
        ("clickhouse://host/db?tables=x", "clickhouse://host: no option is called 'tables'."),
    ],
)
def test_says_what_is_wrong_with_an_address(address, said):
    with pytest.raises(EngineError) as caught:
        engine.connect(address)
    assert str(caught.value).startswith(said)


def test_takes_an_address_apart():
    found = addresses.parse("clickhouse://me:secret@host:8443/db?table=t", ("table",))
    assert (found.host, found.port, found.database) == ("host", 8443, "db")
    assert (found.user, found.password, found.options) == ("me", "secret", {"table": "t"})
    assert found.place == "clickhouse://host:8443"


@pytest.mark.parametrize(
    ("address", "extra"),
    [("spark://127.0.0.1:1?path=x", "spark"), ("clickhouse://127.0.0.1:1/db", "clickhouse")],
)
def test_names_the_package_that_an_engine_needs(address, extra, monkeypatch):
    for name in ("pyspark.errors", "pyspark.sql", "ibis"):
        monkeypatch.setitem(__import__("sys").modules, name, None)
    with pytest.raises(DependencyError, match=rf"pip install 'conflict-timeline\[{extra}\]'"):
        engine.connect(address)


def test_a_narrowed_table_is_compared_within_the_edges_of_the_whole(opened):
    selection = Selection.from_query("q=is&from=2021-03-01&to=2021-06-04")
    edges = query.totals(opened.events()).days
    events, left = query.narrowed(opened, selection)
    found = comparison.compare(events, left, edges)
    assert found is not None
    assert found == comparison.compare(opened.events(), selection)
    first = selection.with_(from_date=query.totals(events).days[0])
    assert comparison.obstacle(events, first.with_(q=""), edges) == comparison.obstacle(
        opened.events(), first
    )
