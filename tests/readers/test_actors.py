import pytest

from dashboard.readers.actors import Actors
from dashboard.schema import ACTORS
from dashboard.tables import table_bytes
from dashboard.validation import read_table

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        *(("IS", "is"), ("Islamic State", "is"), ("ISLAMIC STATE", "is"), ("ISIS", "is")),
        *(("Government of Iraq", "iraqi-forces"), ("Military Forces of Iraq", "iraqi-forces")),
        *(("Military Forces of Mali (2012-2020)", "mali-army"), ("Civilians (Peru)", "civilians")),
        *(
            ("Military Forces of Mali (2030-)", "mali-army"),
            ("Private Citizens & Property", "civilians"),
        ),
        *(
            ("Unidentified Armed Group (Peru)", "unidentified-armed-group"),
            ("Unknown", "unidentified-armed-group"),
        ),
        *(("Boko Haram", "boko-haram"), ("Ansar al-Sunna (Mozambique)", "is-mozambique")),
    ],
)
def test_finds_our_actors_by_name_and_alias(name, actor_id):
    assert Actors().ids(name) == actor_id


@pytest.mark.parametrize(
    ("name", "actor_id", "family", "kind", "country"),
    [
        ("Government of Peru", "government-of-peru", "state_forces", "government", "PER"),
        (
            *("Military Forces of Peru (2001-)", "military-forces-of-peru", "state_forces"),
            *("armed_forces", "PER"),
        ),
        ("Police Forces of Peru", "police-forces-of-peru", "state_forces", "police", "PER"),
        ("Protesters (Peru)", "protesters-peru", "civilians", "civilians", "PER"),
        ("Sendero Luminoso", "sendero-luminoso", "other_armed_groups", "armed_group", ""),
        (
            *("Sinai Province of the Islamic State", "sinai-province-of-the-islamic-state"),
            *("is_network", "armed_group", ""),
        ),
        (
            *("Al-Qaida in the Arabian Peninsula (AQAP)", "al-qaida-in-the-arabian-peninsula-aqap"),
            *("al_qaeda_network", "armed_group", ""),
        ),
    ],
)
def test_gives_other_actors_a_family_and_kind_by_their_name(name, actor_id, family, kind, country):
    actors = Actors()
    assert actors.ids(name) == actor_id
    row = actors.frame().iloc[0]
    assert (row["family"], row["kind"], row["country_code"]) == (family, kind, country)


def test_names_each_actor_of_a_side_once():
    assert Actors().ids("IS; Islamic State;; Civilians") == "is;civilians"


def test_nobody_is_nobody():
    assert Actors().ids("") == ""
    assert Actors().label("") == ""


def test_a_name_without_latin_letters_has_an_id_all_the_same():
    actors = Actors()
    one, other = actors.ids("المقاومة"), actors.ids("الجيش")
    assert one != other
    assert one.startswith("actor-")


def test_two_names_of_one_spelling_stay_two_actors():
    actors = Actors()
    assert len({actors.ids("Group A/B"), actors.ids("Group A-B")}) == 2


def test_an_id_of_ours_is_never_given_to_another():
    assert Actors().ids("SDF!") != "sdf"


def test_names_no_parent_that_is_not_there():
    actors = Actors()
    actors.ids("Military Forces of Mali")
    assert actors.frame()["parent"].tolist() == [""]


def test_makes_sound_rows_in_order():
    actors = Actors()
    for name in ("Taleban", "Islamic State", "Government of Mali, Government of Chad", "x" * 300):
        actors.ids(name)
    frame = actors.frame()
    assert [*frame["actor_id"]] == sorted(frame["actor_id"])
    assert read_table("actors", table_bytes(ACTORS, frame), "actors.csv")[1] == []
    assert frame["short_name"].str.len().max() <= 28
