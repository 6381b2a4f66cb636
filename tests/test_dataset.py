import copy
import datetime
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import pieces
from dashboard.dataset import assemble, load, noncanonical_files, save
from dashboard.errors import TableError
from dashboard.schema import TABLES
from tests import package
from tests.strategies import packages

FILES = [f"{table}.csv" for table in TABLES]


def contents(folder):
    return {name: (folder / name).read_bytes() for name in FILES}


def problems(folder, **tables):
    with pytest.raises(TableError) as caught:
        load(package.write(folder, **tables))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.unit
def test_loads_every_row_into_typed_columns(small):
    assert [len(getattr(small, table)) for table in TABLES] == [8, 13, 8, 4]
    palma = small.events.set_index("event_id").loc["2021-03-24-palma"]
    assert palma["start_date"] == pd.Timestamp(2021, 3, 24)
    assert palma["killed_best"] == 87
    assert palma["latitude_deg"] == -10.776
    assert palma["targets"] == "civilians;mozambique-police"


@pytest.mark.unit
def test_keeps_unknown_apart_from_zero(small):
    killed = small.events.set_index("event_id")["killed_best"]
    assert killed["2014-08-03-sinjar"] is pd.NA
    assert killed["2019-03-23-baghuz"] == 0
    assert small.events["killed_best"].dtype == "Int64"


@pytest.mark.unit
def test_looks_up_names_families_and_theatres(small):
    assert small.actor_names["is"] == "Islamic State"
    assert small.actor_labels["is-mozambique"] == "is-mozambique"
    assert small.actor_families["sdf"] == "local_forces"
    assert list(small.theatre_names) == ["iraq", "syria", "mozambique", "sahel"]
    assert small.theatre_of_country["TZA"] == "mozambique"


@pytest.mark.unit
def test_spans_from_the_first_day_to_the_last_day_of_any_event(small):
    assert small.first_day == datetime.date(2014, 6, 6)
    assert small.last_day == datetime.date(2021, 6, 4)


@pytest.mark.unit
def test_knows_the_words_of_a_selection_elsewhere_included(small):
    assert small.vocabulary["theatre"] == ("iraq", "syria", "mozambique", "sahel", "elsewhere")
    assert small.vocabulary["country"] == (
        *("BFA", "GBR", "IRQ", "MLI", "MOZ", "NER", "SYR", "TZA"),
    )


@pytest.mark.unit
def test_offers_no_elsewhere_where_every_country_has_a_theatre(tmp_path):
    rows = [row for row in package.SMALL["events"] if row["country_code"] != "GBR"]
    reports = [row for row in package.SMALL["reports"] if "london" not in row["event_id"]]
    dataset = load(package.write(tmp_path, events=rows, reports=reports))
    assert "elsewhere" not in dataset.vocabulary["theatre"]


@pytest.mark.unit
def test_names_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(TableError) as caught:
        load(tmp_path / "nowhere")
    assert str(caught.value) == (
        f"1 problem\n{tmp_path / 'nowhere'}: is not there. Name a folder that holds"
        " events.csv, reports.csv, actors.csv, theatres.csv."
    )


@pytest.mark.unit
def test_names_a_file_given_for_a_folder(small_folder):
    with pytest.raises(TableError) as caught:
        load(small_folder / "events.csv")
    assert "events.csv: is a file, not a folder. Name a folder that holds" in str(caught.value)


@pytest.mark.unit
def test_names_each_file_that_is_missing(tmp_path):
    package.write(tmp_path)
    (tmp_path / "actors.csv").unlink()
    (tmp_path / "theatres.csv").unlink()
    with pytest.raises(TableError) as caught:
        load(tmp_path)
    assert [str(problem) for problem in caught.value.problems] == [
        "actors.csv: cannot be read: No such file or directory.",
        "theatres.csv: cannot be read: No such file or directory.",
    ]


@pytest.mark.unit
def test_names_an_unknown_actor_and_the_nearest(tmp_path):
    rows = copy.deepcopy(package.SMALL["events"])
    rows[0]["targets"] = "iraqi-arny"
    assert problems(tmp_path, events=rows) == [
        "events.csv, record 1, line 2, targets: no actor has the id 'iraqi-arny'."
        " Did you mean 'iraqi-army'?"
    ]


@pytest.mark.unit
def test_names_an_unknown_event_and_an_unknown_parent(tmp_path):
    events = copy.deepcopy(package.SMALL["events"])
    events[6]["part_of"] = "2021-03-01-cabo"
    reports = [*package.SMALL["reports"], package.report("1999-01-01-nowhere")]
    actors = [*package.SMALL["actors"], package.actor("wagner", "international_forces", parent="x")]
    assert problems(tmp_path, events=events, reports=reports, actors=actors) == [
        "events.csv, record 7, line 8, part_of: no event has the id '2021-03-01-cabo'."
        " Did you mean '2021-03-01-cabo-delgado'?",
        "reports.csv, record 14, line 15, event_id: no event has the id '1999-01-01-nowhere'.",
        "actors.csv, record 9, line 10, parent: no actor has the id 'x'.",
    ]


@pytest.mark.unit
def test_names_an_event_without_a_report(tmp_path):
    reports = [row for row in package.SMALL["reports"] if "solhan" not in row["event_id"]]
    assert problems(tmp_path, reports=reports) == [
        "events.csv, record 8, line 9, event_id: has no report. Every figure needs a source: add a"
        " row to reports.csv."
    ]


@pytest.mark.unit
def test_reports_the_problems_of_all_tables_at_once(tmp_path):
    faults = problems(
        tmp_path,
        events=[package.event("2021-13-01-x")],
        actors=[package.actor("is", "network")],
    )
    assert [fault.split(",")[0] for fault in faults] == ["events.csv", "events.csv", "actors.csv"]


@pytest.mark.unit
def test_saves_the_bytes_that_it_loaded(small, small_folder, tmp_path):
    save(small, tmp_path / "copy")
    assert contents(tmp_path / "copy") == contents(small_folder)
    assert noncanonical_files(small, small_folder) == []


@pytest.mark.unit
def test_names_the_files_that_are_not_canonical(tmp_path):
    package.write(tmp_path, events=list(reversed(package.SMALL["events"])))
    content = (tmp_path / "actors.csv").read_bytes()
    (tmp_path / "actors.csv").write_bytes(content.replace(b"\n", b"\r\n"))
    assert noncanonical_files(load(tmp_path), tmp_path) == ["events.csv", "actors.csv"]


@pytest.mark.unit
def test_writes_a_day_of_a_distant_year_with_four_digits(tmp_path):
    row = package.event("0987-01-02-baghdad")
    tables = {"events": [row], "reports": [package.report(row["event_id"])]}
    dataset = load(package.write(tmp_path / "a", **tables))
    save(dataset, tmp_path / "b")
    assert contents(tmp_path / "b") == contents(tmp_path / "a")


@pytest.mark.unit
def test_loads_a_package_without_events(tmp_path):
    dataset = load(package.write(tmp_path, events=[], reports=[]))
    assert len(dataset.events) == 0
    assert dataset.events["start_date"].dtype == "datetime64[ms]"
    assert noncanonical_files(dataset, tmp_path) == []


@pytest.mark.unit
@pytest.mark.parametrize(
    ("table", "row", "column", "text"),
    [
        ("events", 3, "killed_low", ""),
        ("events", 0, "displaced", "500001"),
        ("events", 6, "latitude_deg", "-10.77601"),
        ("reports", 0, "note", "As the governor says."),
        ("actors", 4, "aliases", "ISIS"),
        ("theatres", 0, "name", "Irak"),
    ],
)
def test_the_version_changes_with_a_cell(small, tmp_path, table, row, column, text):
    rows = copy.deepcopy(package.SMALL[table])
    rows[row][column] = text
    if column == "killed_low":
        rows[row] |= package.toll("", "", "")
    assert load(package.write(tmp_path, **{table: rows})).version != small.version


@pytest.mark.unit
def test_the_version_stays_when_rows_are_reordered(small, tmp_path):
    order = random.Random(1)
    tables = {table: list(package.SMALL[table]) for table in ("events", "reports", "actors")}
    for rows in tables.values():
        order.shuffle(rows)
    dataset = load(package.write(tmp_path, **tables))
    assert dataset.version == small.version
    pd.testing.assert_frame_equal(dataset.events, small.events)


@pytest.mark.unit
def test_the_version_changes_with_the_order_of_lanes(small, tmp_path):
    rows = list(reversed(package.SMALL["theatres"]))
    assert load(package.write(tmp_path, theatres=rows)).version != small.version


@pytest.mark.unit
def test_the_version_does_not_depend_on_where_the_package_lies(small, tmp_path):
    assert load(package.write(tmp_path / "elsewhere")).version == small.version
    assert len(small.version) == 7


@pytest.mark.property
@settings(max_examples=30)
@given(tables=packages(), seed=st.integers(0, 5))
def test_any_sound_package_is_saved_and_loaded_unchanged(tmp_path_factory, tables, seed):
    folder = tmp_path_factory.mktemp("any")
    first = load(package.write(folder, **tables))
    save(first, folder)
    saved = contents(folder)
    second = load(folder)
    save(second, folder)
    assert contents(folder) == saved
    assert second.version == first.version
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(second, table), getattr(first, table))
    for table in ("events", "reports", "actors"):
        random.Random(seed).shuffle(tables[table])
    assert load(package.write(folder, **tables)).version == first.version


@pytest.mark.property
@settings(max_examples=15)
@given(tables=packages())
def test_frames_that_were_loaded_assemble_to_the_same_version(tmp_path_factory, tables):
    dataset = load(package.write(tmp_path_factory.mktemp("any"), **tables))
    frames = {table: getattr(dataset, table) for table in TABLES}
    assert assemble(frames, name="again").version == dataset.version


def test_loads_the_same_some_rows_at_a_time(small_folder, monkeypatch):
    whole = load(small_folder)
    monkeypatch.setattr(pieces, "ROWS_AT_A_TIME", 3)
    found = load(small_folder)
    assert found.version == whole.version
    for name in ("events", "reports", "actors", "theatres"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(whole, name))
