import numpy as np
import pytest

from dashboard.checks.areas import YOUNGER, Area, areas, named, nearest

pytestmark = pytest.mark.unit


def square(size, start=0.0):
    corners = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]
    return np.array([(start + size * x, start + size * y) for x, y in corners])


PLAIN = Area("XXX", "Plain", (square(2.0),))
HOLLOW = Area("XXX", "Hollow", (square(3.0), square(1.0, 1.0)))


def test_lies_at_no_distance_inside():
    assert PLAIN.distance_km((1.0, 1.0)) == 0


@pytest.mark.parametrize(
    ("point", "distance"),
    [((-1.0, 1.0), 111.2), ((1.0, 3.0), 111.2), ((3.0, 3.0), 157.1)],
)
def test_measures_to_the_nearest_side_or_corner(point, distance):
    assert PLAIN.distance_km(point) == pytest.approx(distance, rel=2e-3)


def test_counts_a_hole_as_outside():
    assert HOLLOW.distance_km((0.5, 0.5)) == 0
    assert HOLLOW.distance_km((1.5, 1.5)) == pytest.approx(55.6, rel=2e-3)


def test_names_the_nearest_area():
    assert nearest([PLAIN, HOLLOW], (1.5, 1.5)) == (0, "Plain")


@pytest.mark.parametrize(
    ("name", "found"), [("Al Anbar", "Al Anbar"), ("al-anbar", "Al Anbar"), ("Atlantis", None)]
)
def test_finds_a_province_by_its_name(name, found):
    assert [area.name for area in named("IRQ", name)] == ([found] if found else [])


def test_every_younger_province_lies_in_outlines_that_we_have():
    for (code, _), older in YOUNGER.items():
        assert set(older) <= {area.name for area in areas()[code]}
