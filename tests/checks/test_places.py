import pytest

from tests.checks.tables import found, said, table
from tests.package import event, placed

pytestmark = pytest.mark.unit

EVENT = "2020-03-02-a"
MOSUL = {"place": "Mosul", "admin1": "Nineveh"} | placed("36.335", "43.119")


@pytest.fixture
def one(tmp_path):
    """Return a table of one event in Iraq with the cells of Mosul, some changed."""

    def _one(**cells):
        return table(tmp_path, event(EVENT, **(MOSUL | cells)))

    return _one


@pytest.mark.parametrize("rule", ["province", "outline", "gazetteer", "listed_point", "same_place"])
def test_keeps_a_point_in_its_town(one, rule):
    assert found(rule, one()) == []


@pytest.mark.parametrize("rule", ["province", "outline", "gazetteer", "listed_point", "same_place"])
def test_keeps_an_event_without_a_point(one, rule):
    nowhere = placed("", "", "") | {"place": "online", "admin1": ""}
    assert found(rule, one(**nowhere)) == []


def test_names_the_province_that_was_meant(one):
    assert said("province", one(admin1="Ninevah")) == (
        "events.csv, record 1, admin1: 2020-03-02-a: no province of IRQ is called 'Ninevah'."
        " Did you mean 'Nineveh'? Its point lies in 'Nineveh'."
    )


@pytest.mark.parametrize(("code", "name"), [("IRQ", "Halabja"), ("MLI", "Menaka")])
def test_knows_provinces_younger_than_the_outlines(tmp_path, code, name):
    assert found("province", table(tmp_path, event(EVENT, country_code=code, admin1=name))) == []


def test_leaves_countries_without_outlines_alone(tmp_path):
    row = event(EVENT, country_code="GBR", admin1="Wales", place="Nowhere", **placed("51", "0"))
    for rule in ("province", "outline", "gazetteer"):
        assert found(rule, table(tmp_path, row)) == []


def test_says_where_a_point_lies_instead(one):
    assert said("outline", one(admin1="Erbil")) == (
        "events.csv, record 1, latitude_deg: 2020-03-02-a: 36.335, 43.119 lies 42 km outside Erbil,"
        " in Nineveh (IRQ). Correct the point, the province or the country."
    )


def test_finds_a_point_outside_its_country(tmp_path):
    row = event(EVENT, country_code="SYR", **placed("36.335", "43.119"))
    assert found("outline", table(tmp_path, row)) == [(EVENT, "", "latitude_deg")]


def test_finds_a_point_in_the_sea(tmp_path):
    row = event(EVENT, country_code="MOZ", admin1="Cabo Delgado", **placed("-12", "41"))
    assert "in no province of the countries in focus" in said("outline", table(tmp_path, row))


def test_allows_for_the_accuracy_of_the_outlines(tmp_path):
    # Kobani lies on the Turkish side of the outline, by 0.5 km.
    row = event(EVENT, country_code="SYR", admin1="Aleppo", **placed("36.891", "38.354"))
    assert found("outline", table(tmp_path, row)) == []


@pytest.mark.parametrize(
    ("precision", "is_found"), [("site", True), ("place", True), ("district", False)]
)
def test_wants_a_listed_place_as_near_as_the_precision_says(one, precision, is_found):
    away = placed("36.335", "42.9", precision)  # 20 km west, 10 km from the houses
    assert bool(found("gazetteer", one(**away))) == is_found


@pytest.mark.parametrize("precision", ["admin1", "country"])
def test_leaves_wide_precisions_to_the_outline(one, precision):
    assert found("gazetteer", one(place="somewhere", geo_precision=precision)) == []


def test_says_how_far_a_listed_place_is(one):
    assert said("gazetteer", one(latitude_deg="36.6")) == (
        "events.csv, record 1, place: 2020-03-02-a: its point lies 20 km from 'Mosul', which the"
        " gazetteer lists; 'place' allows 6 km. Correct the point or its precision, or argue an"
        " exception."
    )


def test_says_what_is_listed_near_an_unlisted_place(one):
    assert said("gazetteer", one(place="Xyzzy")) == (
        "events.csv, record 1, place: 2020-03-02-a: the gazetteer lists no place 'Xyzzy' there;"
        " nearest is 'Mosul', 0 km away. Add it to villages.csv with a page that gives its point,"
        " or argue in exceptions.csv where ours is from."
    )


def test_takes_a_place_that_the_title_or_summary_names(one):
    assert found("gazetteer", one(place="Police station", title="Attack in Mosul")) == []
    assert found("gazetteer", one(place="Police station", summary="A raid in Mosul.")) == []


@pytest.mark.parametrize("place", ["Mosul", "Mosul (west)", "Mosul, Nineveh"])
def test_wants_a_place_at_the_point_that_is_listed(one, place):
    away = placed("36.335", "42.9", "district")  # 20 km west, 10 km from the houses
    assert found("gazetteer", one(place=place, **away)) == []
    assert said("listed_point", one(place=place, **away)) == (
        "events.csv, record 1, latitude_deg: 2020-03-02-a: its point lies 11 km from 'Mosul', which"
        " the gazetteer lists at 36.335, 43.1189. Take that point, or argue an exception."
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"place": "near Mosul"},
        {"place": "road from Mosul to Erbil"},
        {"place": "Mosul Dam"},
        {"geo_precision": "admin1"},
        {"longitude_deg": "43.0"},  # within 3 km of the houses
        {"latitude_deg": "33.3"},  # another place of the same name
    ],
)
def test_lets_a_place_with_a_name_of_its_own_lie_elsewhere(one, cells):
    away = placed("36.335", "42.9", "district")
    assert found("listed_point", one(**(away | cells))) == []


def test_finds_two_points_of_one_name(tmp_path):
    other = event("2020-05-01-b", **(MOSUL | {"place": "Mosul (west)", "longitude_deg": "43.0"}))
    assert said("same_place", table(tmp_path, event(EVENT, **MOSUL), other)) == (
        "events.csv, record 2, place: 2020-05-01-b: 'Mosul (west)' lies 11 km from where"
        " '2020-03-02-a' has 'Mosul'; their precisions allow 10 km. Bring them together, or name"
        " the places apart."
    )


@pytest.mark.parametrize(
    "cells",
    [{"geo_precision": "district"}, {"admin1": "Erbil"}, {"place": "Tal Afar"}, {"place": ""}],
)
def test_keeps_points_that_may_be_one(tmp_path, cells):
    other = event("2020-05-01-b", **(MOSUL | {"longitude_deg": "43.0"} | cells))
    assert found("same_place", table(tmp_path, event(EVENT, **MOSUL), other)) == []
