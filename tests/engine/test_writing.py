import dataclasses
import json
import weakref

import pandas as pd
import pyarrow.parquet
import pytest

from dashboard import engine
from dashboard.dataset import load, save
from dashboard.engine import writing
from dashboard.schema import EVENTS
from tests.engine.contract import check

pytestmark = pytest.mark.unit


@pytest.fixture
def rows(small):
    return engine.prepared(small)


def write(small, folder, *frames):
    return engine.write(frames, [small.reports], small.actors, small.theatres, folder)


def test_says_what_the_table_holds(small, rows, tmp_path):
    found = write(small, tmp_path / "new" / "folder", rows)
    sizes = [
        (tmp_path / "new/folder" / f"events.{end}").stat().st_size for end in ("parquet", "duckdb")
    ]
    assert found == {
        "events": 8,
        "reports": 13,
        "first_day": "2014-06-06",
        "last_day": "2021-06-04",
        "dated": True,
        "version": found["version"],
        "countries": ["BFA", "GBR", "IRQ", "MOZ", "SYR"],
        "theatres": ["elsewhere", "iraq", "mozambique", "sahel", "syria"],
        "bounds": [-0.1, -11.346, 43.13, 36.34],
        "held": sizes,
    }
    assert json.loads((tmp_path / "new/folder/meta.json").read_text("utf-8")) == found


def test_sorts_pieces_in_any_order(small, rows, tmp_path):
    write(small, tmp_path, rows.iloc[5:], rows.iloc[4:1:-1], rows.iloc[:2])
    kept = pyarrow.parquet.read_table(tmp_path / "events.parquet").column("event_id").to_pylist()
    assert kept == rows["event_id"].tolist()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "actors.csv",
        "events.duckdb",
        "events.parquet",
        "meta.json",
        "reports.parquet",
        "theatres.csv",
    ]


def test_the_version_is_that_of_the_content(small, rows, tmp_path):
    one = write(small, tmp_path / "one", rows)["version"]
    other = write(small, tmp_path / "other", rows.iloc[4:], rows.iloc[:4])["version"]
    changed = rows.assign(killed_best=rows["killed_best"].replace(87, 88))
    assert one == other
    assert write(small, tmp_path / "changed", changed)["version"] != one


def test_lists_are_those_of_a_small_package(small, rows, tmp_path):
    write(small, tmp_path / "large", rows)
    save(small, tmp_path / "small")
    for name in ("actors.csv", "theatres.csv"):
        assert (tmp_path / "large" / name).read_bytes() == (tmp_path / "small" / name).read_bytes()


def test_writes_a_table_of_no_event(small, rows, tmp_path):
    about = engine.write([], [], small.actors, small.theatres, tmp_path)
    assert (about["events"], about["first_day"], about["bounds"]) == (0, None, None)
    connection = engine.connect(str(tmp_path))
    assert connection.events().collect().shape[0] == 0
    connection.close()


def test_columns_of_the_source_stay(small, rows, tmp_path):
    write(small, tmp_path, rows.assign(source_event_id="17"))
    connection = engine.connect(str(tmp_path))
    assert "source_event_id" in connection.events().columns
    connection.close()


def test_a_piece_with_other_columns_is_refused(small, rows, tmp_path):
    with pytest.raises(ValueError, match="events: a piece has the columns event_id, start_date"):
        write(small, tmp_path, rows, rows[["event_id", "start_date"]])


def test_reports_come_back_as_they_were(small, rows, tmp_path):
    write(small, tmp_path, rows)
    connection = engine.connect(str(tmp_path))
    expected = small.reports[small.reports["event_id"] == "2021-03-24-palma"]
    check(connection.reports(["2021-03-24-palma"]), expected.reset_index(drop=True))
    connection.close()


def test_what_is_written_can_be_read_without_us(small, rows, tmp_path):
    write(small, tmp_path, rows)
    read = pd.read_parquet(tmp_path / "events.parquet")
    assert list(read["event_id"]) == list(load(small.folder).events["event_id"])
    assert {column.name for column in EVENTS} <= set(read.columns)


def test_lets_go_of_a_table_that_nobody_else_keeps_once_its_rows_are_written(
    small, tmp_path, monkeypatch
):
    kept = [dataclasses.replace(small, events=small.events.copy())]
    rows, write_held = weakref.ref(kept[0].events), writing.write_held
    alive = []
    monkeypatch.setattr(
        writing, "write_held", lambda path: alive.append(rows()) or write_held(path)
    )
    large = engine.enlarged(kept.pop(), tmp_path)
    assert alive == [None]
    assert list(large.events.columns) == list(small.events.columns)
    assert (large.size, len(large.events)) == (8, 0)
    large.connection.close()
