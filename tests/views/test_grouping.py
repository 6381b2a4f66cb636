import pytest

from dashboard.figures.theme import DARK, LIGHT
from dashboard.schema import ATTRIBUTION_NAMES, FAMILY_NAMES, GROUP_NAMES
from dashboard.selection import LANES, Selection
from dashboard.views.chosen import described
from dashboard.views.grouping import LANE_COLUMNS, colouring, lane_names


@pytest.mark.unit
@pytest.mark.parametrize("kind", LANES)
def test_every_event_has_a_lane_with_a_name(invented, kind):
    names = lane_names(invented, kind)
    assert set(described(invented)[LANE_COLUMNS[kind]]) == names.keys()
    assert all(names.values())


@pytest.mark.unit
def test_events_outside_every_theatre_have_the_last_lane(invented):
    assert list(lane_names(invented, "theatre").items())[-1] == ("elsewhere", "Elsewhere")
    countries = list(lane_names(invented, "country"))
    assert countries[:3] == ["IRQ", "SYR", "MOZ"]
    assert set(countries[-2:]) == {"COD", "GBR"}


@pytest.mark.unit
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("colour", "names"),
    [("type", GROUP_NAMES), ("attribution", ATTRIBUTION_NAMES), ("actor", FAMILY_NAMES)],
)
def test_every_kind_has_a_colour_and_a_name(palette, colour, names):
    paint = colouring(Selection(colour=colour), palette)
    assert paint.colours.keys() == names.keys() == paint.names.keys()


@pytest.mark.unit
def test_only_what_occurs_is_in_the_key():
    paint = colouring(Selection(), LIGHT)
    assert [key.text for key in paint.keys({"battles", "territory"})] == [
        "Raids and battles",
        "Territory",
    ]
