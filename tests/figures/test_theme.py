import pytest

from dashboard.figures import theme
from dashboard.figures.contrast import contrast
from dashboard.figures.theme import PALETTES, PRESETS


@pytest.mark.unit
@pytest.mark.parametrize("name", PRESETS)
def test_the_smallest_text_of_a_preset_can_be_read(name):
    assert PRESETS[name].small_px >= 8


@pytest.mark.unit
@pytest.mark.parametrize("name", PALETTES)
def test_text_stands_out_from_the_ground(name):
    palette = PALETTES[name]
    for ground in (palette.panel, palette.page):
        assert contrast(palette.ink, ground) >= 7
        assert contrast(palette.soft, ground) >= 4.5


@pytest.mark.unit
@pytest.mark.parametrize("name", PALETTES)
def test_names_of_countries_can_be_read_and_stand_back_behind_places(name):
    palette = PALETTES[name]
    for ground in (palette.land_focus, palette.land, palette.sea):
        assert 3 <= contrast(palette.region, ground) <= 0.75 * contrast(palette.soft, ground)


@pytest.mark.unit
@pytest.mark.parametrize("name", PALETTES)
def test_a_hollow_mark_stands_out_from_the_ground(name):
    palette = PALETTES[name]
    edges = [*palette.edge.values(), *palette.attribution.values(), *palette.family.values()]
    assert min(contrast(edge, palette.panel) for edge in edges) >= 3


@pytest.mark.unit
def test_both_palettes_colour_the_same_things():
    light, dark = PALETTES["light"], PALETTES["dark"]
    for part in ("fill", "edge", "attribution", "family"):
        assert getattr(light, part).keys() == getattr(dark, part).keys()


@pytest.mark.unit
def test_a_column_is_90_mm_wide_and_a_page_180():
    assert PRESETS["column"].width_px == pytest.approx(90 / 25.4 * 96, abs=1)
    assert PRESETS["page"].width_px == pytest.approx(180 / 25.4 * 96, abs=1)


@pytest.mark.unit
def test_writes_numbers_as_newspapers_do():
    assert theme.number(1193) == "1,193"


@pytest.mark.unit
def test_a_picture_has_a_size_and_a_figure_of_the_page_has_not():
    assert theme.base_layout(PRESETS["web"])["width"] == 1200
    assert "width" not in theme.base_layout(theme.Medium("screen", 900, 400, framed=False))
