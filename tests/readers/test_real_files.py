"""UCDP's own files against a count with nothing but the csv module."""

import csv
import gzip
from collections import Counter

import pytest

from dashboard.dataset import load, save
from dashboard.geography import country_name
from dashboard.readers import open_table
from tests.readers.tables import SHARED

FILES = {
    "ucdp_ged_bgd_hdx_v19_1.csv": 601,
    "ucdp_ged_car_v23_1.csv.gz": 1_848,
    "ucdp_ged_irq_hdx_v19_1.csv.gz": 7_473,
    "ucdp_ged_mex_v24_1.csv.gz": 18_957,
    "ucdp_ged_mmr_v24_1.csv.gz": 7_374,
    "ucdp_ged_nga_hdx_v20_1.csv.gz": 4_603,
    "ucdp_ged_sample1000_v23_1.csv": 1_000,
    "ucdp_ged_syr_2016_2019.csv.gz": 16_566,
}
PRECISIONS = {
    **{"1": "place", "2": "district", "3": "district", "4": "admin1", "5": "admin1"},
    **{"6": "country", "7": "country"},
}
DAY_PRECISIONS = {"1": "day", "2": "week", "3": "week", "4": "month", "5": "year"}


@pytest.fixture(scope="module", params=FILES, ids=lambda name: name.split(".")[0])
def opened(request):
    """Return a file's rows as the csv module gives them, its expected number, its reading."""
    path = SHARED / request.param
    if not path.is_file():
        pytest.skip(f"the UCDP files are not at {SHARED}")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if not row["country"].startswith("#")]
    return rows, FILES[request.param], open_table(path)


def number(cell):
    return int(float(cell))


@pytest.mark.unit
def test_loads_every_record(opened):
    rows, expected, reading = opened
    report = reading.report
    assert len(rows) == expected
    assert (report.records, report.loaded, report.rejected) == (expected, expected, 0)
    assert len(reading.dataset.events) == expected
    assert report.problems == ()


@pytest.mark.unit
def test_keeps_the_sums_of_the_dead(opened):
    rows, _, reading = opened
    events = reading.dataset.events
    triples = [[number(row[name]) for name in ("low", "best", "high")] for row in rows]
    assert events["killed_best"].sum() == sum(best for _, best, _ in triples)
    assert events["killed_low"].sum() == sum(map(min, triples))
    assert events["killed_high"].sum() == sum(map(max, triples))
    assert (events["killed_low"] <= events["killed_best"]).all()
    assert (events["killed_best"] <= events["killed_high"]).all()


@pytest.mark.unit
def test_warns_of_every_toll_that_is_not_in_order_and_keeps_its_row(opened):
    rows, _, reading = opened
    crooked = [
        int(position)
        for position, row in enumerate(rows, 1)
        if not number(row["low"]) <= number(row["best"]) <= number(row["high"])
    ]
    warned = [problem.record for problem in reading.report.warnings if "order" in problem.reason]
    assert warned == crooked


@pytest.mark.unit
def test_counts_events_by_country_and_precision_as_the_file_does(opened):
    rows, _, reading = opened
    events = reading.dataset.events
    names = {"Myanmar (Burma)": "Myanmar", "DR Congo (Zaire)": "DR Congo"}
    if len({row["country"] for row in rows}) == 1:
        name = names.get(rows[0]["country"], rows[0]["country"])
        assert set(events["country_code"].map(country_name)) == {name}
    assert sorted(events["country_code"].value_counts()) == sorted(
        Counter(row["country"] for row in rows).values()
    )
    assert Counter(events["geo_precision"]) == Counter(
        PRECISIONS[str(number(row["where_prec"]))] for row in rows
    )
    assert Counter(events["date_precision"]) == Counter(
        DAY_PRECISIONS[str(number(row["date_prec"]))] for row in rows
    )


@pytest.mark.unit
def test_keeps_days_and_coordinates_of_every_event(opened):
    rows, _, reading = opened
    events = reading.dataset.events.set_index("source_event_id")
    for row in rows[:: max(len(rows) // 300, 1)]:
        event = events.loc[str(number(row["id"]))]
        assert str(event["start_date"].date()) == row["date_start"][:10]
        assert str(event["end_date"].date()) == row["date_end"][:10]
        assert event["latitude_deg"] == pytest.approx(float(row["latitude"]), abs=1e-5)
        assert event["longitude_deg"] == pytest.approx(float(row["longitude"]), abs=1e-5)


@pytest.mark.unit
def test_gives_every_country_a_lane_and_every_event_a_place_on_its_map(opened):
    _, _, reading = opened
    dataset = reading.dataset
    assert set(dataset.events["country_code"]) <= dataset.theatre_of_country.keys()
    bounds = dataset.theatres.set_index("theatre_id")
    lanes = dataset.events["country_code"].map(dataset.theatre_of_country)
    longitude, latitude = dataset.events["longitude_deg"], dataset.events["latitude_deg"]
    assert longitude.between(lanes.map(bounds["west_deg"]), lanes.map(bounds["east_deg"])).all()
    assert latitude.between(lanes.map(bounds["south_deg"]), lanes.map(bounds["north_deg"])).all()


@pytest.mark.unit
def test_is_a_sound_package_once_it_is_saved(tmp_path):
    path = SHARED / "ucdp_ged_bgd_hdx_v19_1.csv"
    if not path.is_file():
        pytest.skip(f"the UCDP files are not at {SHARED}")
    dataset = open_table(path).dataset
    save(dataset, tmp_path / "one")
    again = load(tmp_path / "one")
    save(again, tmp_path / "two")
    assert again.version == dataset.version
    assert again.terms == dataset.terms
    assert [*again.events.columns] == [*dataset.events.columns]
    for part in sorted((tmp_path / "one").iterdir()):
        assert (tmp_path / "two" / part.name).read_bytes() == part.read_bytes()
