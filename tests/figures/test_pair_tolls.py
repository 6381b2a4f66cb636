import pytest

from dashboard.figures.packing import Box
from dashboard.figures.pair_tolls import draw, shares
from dashboard.figures.theme import PRESETS
from tests.figures.test_compare import tolls

pytestmark = pytest.mark.unit

WEB = PRESETS["web"]


def axis(size, largest=5000):
    pairs = tolls(((1, 1, largest), (1, 1, 1)))
    spec = draw(pairs, ("A", "B"), WEB, Box(0, 0, size, size), (size, size))
    return spec["axes"]["xaxis3"]


def test_names_the_unknown_where_there_is_room():
    assert axis(600)["ticktext"][0] == "unknown"
    assert axis(200)["ticktext"][0] == "?"


def test_leaves_out_every_other_number_where_they_would_touch():
    assert axis(600)["ticktext"][1:] == ["0", "1", "10", "100", "1,000"]
    assert axis(170)["ticktext"][1:] == ["0", "", "10", "", "1,000"]


def test_turns_pixels_to_shares_of_the_whole():
    assert shares(20, 80, 100) == [0.2, 0.8]
    assert shares(-1, 101, 100) == [0.0, 1.0]
