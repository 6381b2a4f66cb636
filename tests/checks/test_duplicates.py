import pytest

from dashboard.checks.distance import distance_km
from tests.checks.tables import found, said, table
from tests.package import event, placed

pytestmark = pytest.mark.unit

ONE = event("2020-03-02-a", place="Mosul", **placed("36.34", "43.13"))


def like(event_id="2020-03-05-b", **cells):
    return (
        ONE | {"event_id": event_id, "start_date": event_id[:10], "end_date": event_id[:10]} | cells
    )


def test_finds_two_events_of_a_kind_at_one_place_and_time(tmp_path):
    assert said("duplicate", table(tmp_path, ONE, like())) == (
        "events.csv, record 2, event_id: 2020-03-05-b: is like '2020-03-02-a' in place, days and"
        " kind. Keep one, or say in exceptions.csv how the two differ."
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"place": "West Mosul", "latitude_deg": "36.38"},
        {"event_type": "siege"},
        {"latitude_deg": "", "longitude_deg": "", "geo_precision": ""},
    ],
)
def test_finds_what_differs_in_nothing_that_counts(tmp_path, cells):
    case = ("2020-03-05-b", "2020-03-02-a", "event_id")
    assert found("duplicate", table(tmp_path, ONE, like(**cells))) == [case]


@pytest.mark.parametrize(
    "other",
    [
        like("2020-03-06-b"),
        like(event_type="bombing"),
        like(place="Tal Afar", latitude_deg="36.39"),
        like(part_of="2020-03-02-a"),
        like(place="", latitude_deg="", longitude_deg="", geo_precision=""),
    ],
)
def test_keeps_two_events_apart(tmp_path, other):
    assert found("duplicate", table(tmp_path, ONE, other)) == []


def test_measures_along_the_ground():
    assert distance_km((36.34, 43.13), (36.34, 43.13)) == 0
    assert distance_km((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111.2, abs=0.1)
    assert distance_km((60.0, 0.0), (60.0, 1.0)) == pytest.approx(55.6, abs=0.1)
