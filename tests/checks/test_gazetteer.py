import csv

import pytest

from dashboard.checks.areas import ACCURACY_KM, areas
from dashboard.checks.gazetteer import nearest_town, towns, towns_named
from dashboard.paths import folder

pytestmark = pytest.mark.unit

MOSUL = (36.335, 43.119)


def test_names_the_places_of_a_country_in_the_order_of_the_text():
    found = towns_named("Road from Tikrit to al-Hawija, north of Baghdad", "IRQ")
    names = [town.name for town in found]
    assert names.index("Tikrīt") < names.index("Al Ḩawījah") < names.index("Baghdad")


def test_names_places_of_several_words():
    assert "Mocímboa da Praia" in {town.name for town in towns_named("In Mocimboa da Praia", "MOZ")}


def test_names_nothing_in_another_country():
    assert towns_named("Mosul", "MOZ") == []


def test_a_town_reaches_as_far_as_its_people_say():
    (mosul,) = (town for town in towns_named("Mosul", "IRQ") if town.population > 1_000_000)
    assert 8 < mosul.radius_km < 10
    assert mosul.apart_km(MOSUL) == 0
    assert mosul.apart_km((36.335, 43.4)) == pytest.approx(25.2 - mosul.radius_km, abs=1)


def test_finds_the_nearest_place():
    assert nearest_town(MOSUL).name == "Mosul"


def test_every_place_lies_in_or_by_its_country():
    astray = [
        town.name
        for town in towns()[::7]
        if min(area.distance_km(town.point) for area in areas()[town.country_code]) > 100
    ]
    assert astray == []


def test_lists_places_once_and_says_from_where():
    path = folder("assets") / "geo" / "gazetteer.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["source"] for row in rows} == {"GeoNames", "OurAirports", "UCDP GED"}
    provenance = (path.parent / "PROVENANCE.md").read_text(encoding="utf-8")
    assert all(row["source"] in provenance for row in rows[:1] + rows[-1:])
    keys = {(row["source"], row["name"], row["latitude_deg"], row["longitude_deg"]) for row in rows}
    assert len(keys) == len(rows) > 5_000


def test_every_village_that_was_looked_up_has_a_page_and_lies_in_its_country():
    path = folder("assets") / "geo" / "villages.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows == sorted(rows, key=lambda row: (row["country_code"], row["name"]))
    for row in rows:
        assert row["source"].startswith("https://"), row["name"]
        point = (float(row["latitude_deg"]), float(row["longitude_deg"]))
        away = min(area.distance_km(point) for area in areas()[row["country_code"]])
        assert away <= ACCURACY_KM, row["name"]
        assert point in {town.point for town in towns_named(row["name"], row["country_code"])}
