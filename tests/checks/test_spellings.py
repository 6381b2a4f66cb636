import pytest

from dashboard.checks.spellings import plain, skeleton

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hawija", "Al Ḩawījah"),
        ("Qamishli", "al-Qāmishlī"),
        ("Tal Tamr", "Tall Tamr"),
        ("Ain al-Tamr", "‘Ayn Tamr"),
        ("Sayyida Zeinab", "Sayyeda Zainab"),
        ("Djibo", "Jibo"),
        ("Mocimboa da Praia", "Mocímboa da Praia"),
        ("Ouallam", "Uallam"),
    ],
)
def test_is_one_for_two_spellings(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Mosul", "Masul"), ("Hit", "Hal"), ("Tal Afar", "Tal Abyad")]
)
def test_tells_two_places_apart(one, other):
    assert skeleton(one) != skeleton(other)


def test_drops_accents_signs_and_blanks():
    assert plain("N’Djaména (Ville)") == "ndjamenaville"
