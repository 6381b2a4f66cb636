import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard.figures import event_map
from dashboard.figures.event_map import Base, Outlines
from dashboard.figures.mercator import Bounds
from dashboard.figures.panels import Map, arranged
from dashboard.figures.theme import PRESETS, Medium
from dashboard.geography import Place
from tests.figures import marks
from tests.figures.marks import COLOURS, UNKNOWN

WEB = PRESETS["web"]
SCREEN = Medium("screen", 900, 460, 12, framed=False)
BOX = Bounds(39, 29, 49, 38)
TOWN = Place("Aldar & <Co>", "IRQ", 31.0, 40.0, "city", 1)
BASE = Base(Outlines([[[40, 30], [41, 31]]], [[[44, 36], [45, 36]]]), [TOWN])


ONE = (Map("", "", BOX),)


def drawn(places, medium=WEB, maps=ONE, base=BASE):
    panels = arranged(maps, medium, (1160, 450))
    spec = event_map.draw(places, panels, base, COLOURS, medium)
    go.Figure(spec)
    found = {}
    for trace in spec["data"]:
        found.setdefault(trace["name"], []).append(trace)
    return found, spec["layout"]


TWO = (Map("Iraq", "iraq", BOX), Map("Syria", "syria", Bounds(35, 32, 42, 37)))


@pytest.mark.unit
def test_an_approximate_place_is_hollow_and_an_unknown_toll_a_square():
    rows = marks.places(5, UNKNOWN, 5, UNKNOWN, is_exact=[True, True, False, False])
    found, _ = drawn(rows)
    [places] = found["places"]
    symbols = dict(zip(places["customdata"], places["marker"]["symbol"], strict=True))
    assert symbols == {"e0": "circle", "e1": "square", "e2": "circle-open", "e3": "square-open"}


@pytest.mark.unit
def test_a_halo_reaches_as_far_as_the_place_is_uncertain():
    rows = marks.places(5, 6, is_exact=[True, False], radius_km=[5.0, 111.195])
    [halo] = drawn(rows)[0]["halos"]
    latitudes = halo["lat"][~np.isnan(halo["lat"])]
    assert latitudes.max() - 35 == pytest.approx(1, abs=0.02)
    assert 35 - latitudes.min() == pytest.approx(1, abs=0.02)


@pytest.mark.unit
def test_a_halo_runs_clockwise_or_d3_would_fill_the_rest_of_the_world():
    [halo] = drawn(marks.places(5, is_exact=[False], radius_km=[50.0]))[0]["halos"]
    x, y = halo["lon"][:-1].astype(float), halo["lat"][:-1].astype(float)
    assert np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) < 0


@pytest.mark.unit
def test_a_panel_of_a_theatre_keeps_to_its_events():
    rows = marks.places(5, 6, theatre=["iraq", "syria"])
    found, layout = drawn(rows, maps=TWO)
    assert [trace["customdata"] for trace in found["places"]] == [["e0"], ["e1"]]
    assert [trace["geo"] for trace in found["places"]] == ["geo", "geo2"]
    assert {"geo", "geo2"} <= layout.keys() and "geo5" not in layout


@pytest.mark.unit
def test_every_map_says_where_it_is():
    found, layout = drawn(marks.places(5))
    assert [trace["geo"] for trace in found["locator"]] == ["geo2"]
    assert layout["geo2"]["domain"]["x"][1] <= 1
    found, layout = drawn(marks.places(5, 6, theatre=["iraq", "syria"]), maps=TWO)
    assert [trace["geo"] for trace in found["locator"]] == ["geo3", "geo4"]


@pytest.mark.unit
def test_a_figure_of_the_page_has_neither_scale_nor_locator_of_its_own():
    found, layout = drawn(marks.places(5), SCREEN)
    assert "locator" not in found
    assert layout["annotations"] == layout["shapes"] == []


@pytest.mark.unit
@pytest.mark.parametrize("places", [marks.places(5), marks.places()], ids=["one", "none"])
def test_no_name_stands_where_the_page_draws_its_scale_bar(places):
    names = {}
    for east in (31.0, 40.0):
        town = Place("Aldar", "IRQ", 29.15, east, "city", 1)
        found, _ = drawn(places, SCREEN, base=Base(BASE.outlines, [town]))
        names[east] = found["names"][0]["text"]
    assert names == {31.0: [], 40.0: ["Aldar"]}


@pytest.mark.unit
def test_a_picture_has_a_scale_bar_for_each_map():
    _, layout = drawn(marks.places(5), maps=TWO)
    texts = [note["text"] for note in layout["annotations"]]
    assert sum(text.endswith(" km") for text in texts) == 2
    assert "<b>Iraq</b>" in texts and "<b>Syria</b>" in texts


@pytest.mark.unit
def test_countries_are_named_in_a_quieter_colour_than_towns():
    country = Place("Iraq", "IRQ", 33.0, 46.0, "country", 1)
    found, _ = drawn(marks.places(), SCREEN, base=Base(BASE.outlines, [country, TOWN]))
    palette = SCREEN.palette
    assert found["names"][0]["text"][0] == "IRAQ"
    assert found["names"][0]["textfont"]["color"] == [palette.region, palette.soft]


@pytest.mark.unit
def test_names_are_no_markup():
    found, _ = drawn(marks.places(900, label=["A<b>c"]))
    assert found["names"][0]["text"] == ["Aldar &amp; &lt;Co&gt;"]
    assert found["labels"][0]["text"] == ["<b>900</b> A&lt;b&gt;c"]


@pytest.mark.unit
def test_a_label_says_how_many_events_share_the_place():
    found, _ = drawn(marks.places(900, events=[8]))
    assert found["labels"][0]["text"] == ["<b>900</b> Place 0, 8 events"]
    assert "counts" not in found


@pytest.mark.unit
def test_a_mark_of_the_page_says_how_many_events_it_is():
    [counts] = drawn(marks.places(900, 3, events=[8, 1]), SCREEN)[0]["counts"]
    assert counts["text"] == ["8"]


@pytest.mark.unit
def test_a_number_beside_a_small_mark_is_left_out_where_it_would_cover_another():
    crowd = marks.places(
        *(900, 1, 1),
        events=[1, 3, 3],
        latitude_deg=[30.0, 34.0, 34.0],
        longitude_deg=[42.0, 42.0, 42.05],
    )
    found, _ = drawn(crowd, SCREEN, maps=TWO)
    assert found["counts"][0]["text"] == ["3"]


@pytest.mark.unit
def test_a_number_stands_in_its_mark_only_where_the_mark_holds_it():
    rows = marks.places(9, 9, radius=[14.0, 14.0], events=[12, 54_164])
    [counts] = drawn(rows, SCREEN)[0]["counts"]
    sides = dict(zip(counts["text"], counts["textposition"], strict=True))
    assert sides == {"12": "middle center", "54,164": "bottom right"}


@pytest.mark.unit
@pytest.mark.parametrize("maps", [ONE, TWO], ids=["one map", "several"])
def test_a_town_is_named_where_no_number_stands(maps):
    town = Place("Aldar", "IRQ", 34.0, 42.0, "city", 1)
    base = Base(Outlines([], []), [town])
    small = {"radius": [2.0], "latitude_deg": [34.0], "longitude_deg": [42.0]}
    alone, several = (
        drawn(marks.places(1, events=[number], **small), SCREEN, maps, base)[0]["names"][0]
        for number in (1, 5)
    )
    assert alone["textposition"] == ["middle right"]
    assert several["textposition"] and several["textposition"] != ["middle right"]


@pytest.mark.unit
def test_of_many_numbers_none_covers_another_on_a_single_map_either():
    count = 60
    rows = marks.places(
        *(1,) * count,
        radius=[3.0] * count,
        events=[100] * count,
        latitude_deg=[34.0] * count,
        longitude_deg=np.linspace(41, 46, count).tolist(),
    )
    [counts] = drawn(rows, SCREEN)[0]["counts"]
    assert 0 < len(counts["text"]) < count / 3


@pytest.mark.unit
def test_a_mark_that_is_alone_is_named_whatever_its_toll():
    assert drawn(marks.places(UNKNOWN))[0]["labels"][0]["text"] == ["Place 0"]


@pytest.mark.unit
def test_the_size_of_a_mark_may_be_given():
    [places] = drawn(marks.places(UNKNOWN, radius=[7.5]))[0]["places"]
    assert places["marker"]["size"].tolist() == [15]


@pytest.mark.unit
def test_the_reader_s_area_is_drawn():
    base = Base(Outlines((), ()), (), [(40, 30), (41, 30), (41, 31), (40, 30)])
    [area] = drawn(marks.places(5), base=base)[0]["area"]
    corners = {(40.0, 30.0), (41.0, 30.0), (41.0, 31.0)}
    line = [*zip(area["lon"].tolist(), area["lat"].tolist(), strict=True)][:-1]
    assert corners < set(line)
    assert line[0] == line[-1] == (40.0, 30.0)


@pytest.mark.unit
def test_the_sides_of_an_area_are_straight_on_the_map():
    # What the filter tests: plotly's own line from corner to corner would bow by a degree.
    base = Base(Outlines((), ()), (), [(0, 40), (60, 40)])
    [area] = drawn(marks.places(5), base=base)[0]["area"]
    assert np.diff(area["lon"][:-1]).max() < 10
    assert set(area["lat"][:-1].tolist()) == {40.0}


@pytest.mark.unit
def test_lines_far_from_a_still_map_are_left_out():
    far = Base(Outlines([[[0, 0], [1, 1]]], ()), ())
    [admin1] = drawn(marks.places(5), base=far)[0]["admin1"]
    assert len(admin1["lon"]) == 0


@pytest.mark.unit
def test_nothing_can_be_drawn():
    found, _ = drawn(marks.places())
    assert len(found["places"][0]["lon"]) == 0


@pytest.mark.unit
def test_the_number_of_traces_of_the_page_does_not_depend_on_the_events():
    few, many = (drawn(rows, SCREEN)[0] for rows in (marks.places(), marks.places(1, 2, 3)))
    assert few.keys() == many.keys()


WORLD = (Map("", "", Bounds(-110, -35, 130, 55)),)


@pytest.mark.unit
def test_on_a_map_of_the_world_no_country_is_in_focus_and_no_town_of_ours_is_named():
    found, layout = drawn(marks.places(5), maps=WORLD)
    assert layout["geo"]["landcolor"] == layout["geo"]["oceancolor"]
    assert [len(trace["text"]) for trace in found["names"]] == [0]
    assert [len(trace["lon"]) for trace in found["admin1"]] == [0]
    found, layout = drawn(marks.places(5))
    assert layout["geo"]["landcolor"] != layout["geo"]["oceancolor"]
    assert [len(trace["lon"]) for trace in found["admin1"]] != [0]


@pytest.mark.unit
def test_a_map_of_the_world_writes_a_number_only_where_there_is_room():
    crowd = marks.places(*(900, 1, 1), events=[1, 3, 3], longitude_deg=[42.0, 90.0, 90.5])
    found, _ = drawn(crowd, SCREEN, maps=WORLD)
    assert found["counts"][0]["text"] == ["3"]
    found, _ = drawn(crowd, SCREEN, maps=(Map("", "", Bounds(40, 29, 95, 38)),))
    assert found["counts"][0]["text"] == ["3", "3"]
