import pytest
from hypothesis import given, settings

from dashboard import views
from dashboard.dataset import load
from dashboard.figures import frame
from dashboard.figures.map_marks import SIDE_STEPS
from dashboard.figures.mercator import Bounds
from dashboard.figures.theme import PRESETS, Medium
from dashboard.selection import Selection
from dashboard.views import event_map, spots
from dashboard.views.chosen import described
from dashboard.views.chosen import ids as chosen_ids
from tests import package
from tests.strategies import filters, packages

WEB = PRESETS["web"]
PAGE = Medium("page", 900, 460, 12, framed=False)
WORDS = frame.Words("Title", "Subtitle", ["Source"])


def rows(dataset, link):
    return spots.place_rows(dataset, Selection.from_query(link))


def pictured(dataset, link):
    return event_map.picture(dataset, Selection.from_query(link), WEB, WORDS)


def drawn(spec):
    return [
        key for trace in spec["data"] if trace["name"] == "places" for key in trace["customdata"]
    ]


def texts(spec):
    return [note["text"] for note in spec["layout"]["annotations"]]


@pytest.mark.property
@settings(max_examples=15)
@given(tables=packages(), selection=filters())
def test_every_chosen_event_with_a_place_is_in_one_mark(tmp_path_factory, tables, selection):
    dataset = load(package.write(tmp_path_factory.mktemp("any"), **tables))
    chosen = described(dataset).loc[chosen_ids(dataset, selection)]
    placed = chosen[chosen["latitude_deg"].notna()]
    marks = spots.place_rows(dataset, selection)
    assert marks["events"].sum() == len(placed)
    assert marks["killed"].sum() == placed["killed"].sum()


@pytest.mark.property
@settings(max_examples=15)
@given(tables=packages(), selection=filters())
def test_every_mark_is_on_one_map_of_the_picture(tmp_path_factory, tables, selection):
    dataset = load(package.write(tmp_path_factory.mktemp("any"), **tables))
    marks = spots.place_rows(dataset, selection)
    spec = event_map.picture(dataset, selection, WEB, WORDS)
    assert sorted(drawn(spec)) == sorted(marks["key"])


@pytest.mark.unit
def test_every_mark_lies_on_its_map(invented):
    boxes = event_map.theatre_bounds(invented)
    for mark in rows(invented, "").to_dict("records"):
        box = boxes[mark["theatre"]]
        assert box.west <= mark["longitude_deg"] <= box.east
        assert box.south <= mark["latitude_deg"] <= box.north


@pytest.mark.unit
def test_a_place_is_unknown_only_where_all_its_events_are(small):
    marks = rows(small, "").set_index("key")
    assert marks.loc["2014-08-03-sinjar", "killed"] != marks.loc["2014-08-03-sinjar", "killed"]
    assert marks.loc["2019-03-23-baghuz", "killed"] == 0


def twice(tmp_path, first="place", **cells):
    """Load two events at one place, the first of them known so well."""
    place = package.placed("34.1", "43.2")
    one = place | {"geo_precision": first} | package.toll("1", "2", "3")
    events = [
        package.event("2020-01-01-a", **one),
        package.event("2020-02-01-b", **(place | cells)),
    ]
    reports = [package.report("2020-01-01-a"), package.report("2020-02-01-b")]
    return load(package.write(tmp_path, events=events, reports=reports))


@pytest.mark.unit
def test_events_of_one_place_are_one_mark_with_their_sum(tmp_path):
    dataset = twice(tmp_path, **package.toll("10", "20", "30"))
    [mark] = rows(dataset, "").to_dict("records")
    assert (mark["events"], mark["killed"], mark["key"]) == (2, 22, "@34.1,43.2")
    assert "2 events" in mark["hover"]


@pytest.mark.unit
def test_an_event_of_the_province_makes_no_exact_place_of_its_capital(tmp_path):
    dataset = twice(tmp_path, geo_precision="admin1")
    [mark] = rows(dataset, "").to_dict("records")
    assert (mark["events"], mark["is_exact"], mark["radius_km"]) == (2, False, 100)
    assert "<br>1 of 2 known to the province only<br>" in mark["hover"]
    for spec in (event_map.screen(dataset, Selection(), PAGE), pictured(dataset, "")):
        [symbols] = [one["marker"]["symbol"] for one in spec["data"] if one["name"] == "places"]
        assert symbols == ["circle-open"]
    told = [key.text for key in event_map.keys(dataset, Selection(), WEB)]
    assert "Not all exact, in the pale disc" in told


@pytest.mark.unit
@pytest.mark.parametrize(
    ("precisions", "said"),
    [
        (("place", "place"), None),
        (("site", "place"), None),
        (("admin1", "admin1"), "all known to the province only"),
        (("district", "country"), "all known to the district or country only"),
    ],
)
def test_a_mark_says_how_many_of_its_events_are_approximate(tmp_path, precisions, said):
    first, second = precisions
    dataset = twice(tmp_path, first=first, geo_precision=second)
    [mark] = rows(dataset, "").to_dict("records")
    assert mark["is_exact"] == (said is None)
    assert mark["hover"].split("<br>")[2:-1] == ([said] if said else [])
    told = [key.text for key in event_map.keys(dataset, Selection(), WEB)]
    assert ("Place approximate, in the pale disc" in told) == (said is not None)


@pytest.mark.unit
def test_an_unknown_toll_adds_nothing_to_a_place(tmp_path):
    [mark] = rows(twice(tmp_path), "").to_dict("records")
    assert (mark["events"], mark["killed"]) == (2, 2)


@pytest.mark.unit
def test_a_picture_has_a_panel_for_each_theatre_with_events(invented):
    headings = {"<b>Iraq</b>", "<b>Syria</b>", "<b>Mozambique</b>", "<b>Sahel</b>"}
    assert headings <= set(texts(pictured(invented, "")))
    assert "<b>Elsewhere</b>" in texts(pictured(invented, ""))
    assert not headings & set(texts(pictured(invented, "theatre=iraq")))


@pytest.mark.unit
def test_a_picture_of_a_country_is_one_map_around_its_events(invented):
    spec = pictured(invented, "country=MOZ")
    west, east = spec["layout"]["geo"]["lonaxis"]["range"]
    marks = rows(invented, "country=MOZ")
    assert west < marks["longitude_deg"].min() < marks["longitude_deg"].max() < east


@pytest.mark.unit
def test_a_picture_says_that_borders_are_no_judgement_and_what_it_cannot_show(invented):
    lines = texts(pictured(invented, ""))
    assert "1 event has no place and is not drawn. " + event_map.BORDERS in lines
    assert event_map.BORDERS in texts(pictured(invented, "theatre=iraq"))


@pytest.mark.unit
def test_a_picture_of_events_without_place_says_so(invented):
    assert "The one event has no place on the map." in texts(pictured(invented, "q=nowhere"))


@pytest.mark.unit
def test_the_page_shows_a_map_a_theatre_or_the_one_asked_for(invented):
    def maps(link):
        spec = event_map.screen(invented, Selection.from_query(link), PAGE)
        return [name for name in spec["layout"] if name.startswith("geo")]

    assert len(maps("")) == 5
    assert maps("map=iraq") == maps("map=fit") == ["geo"]


@pytest.mark.unit
def test_the_zoom_of_the_page_is_kept_until_another_region_is_asked_for(invented):
    def revision(link):
        spec = event_map.screen(invented, Selection.from_query(link), PAGE)
        return spec["layout"]["uirevision"]

    assert revision("theatre=iraq") == revision("theatre=syria")
    assert revision("map=iraq") != revision("map=syria")
    assert revision("map=fit&theatre=iraq") != revision("map=fit&theatre=syria")


@pytest.mark.unit
def test_the_place_of_the_event_in_focus_has_a_ring(invented):
    marks = rows(invented, "event=2019-03-11-sombra")
    assert marks[marks["is_focus"]]["key"].tolist() == ["2019-03-11-sombra"]
    at = rows(invented, "at=-11.02,40.21")
    assert at[at["is_focus"]]["key"].tolist() == ["2019-03-11-sombra"]


@pytest.mark.unit
def test_the_places_of_a_cell_have_a_ring(invented):
    marks = rows(invented, "at=40,-12,41,-11")
    inside = marks["longitude_deg"].between(40, 41) & marks["latitude_deg"].between(-12, -11)
    assert inside.sum() > 1
    assert marks["is_focus"].tolist() == inside.tolist()
    assert not rows(invented, "at=170,80,171,81")["is_focus"].any()


POLAR = [
    [("33", "44"), ("90", "0")],
    [("90", "0"), ("-90", "10")],
    [("-89.99", "180")],
    [("89.9", "-180"), ("-86", "0")],
]


@pytest.mark.unit
@pytest.mark.parametrize("link", ["", "map=fit", "area=-180,-90,180,90", "country=NOR"])
@pytest.mark.parametrize("places", POLAR)
def test_a_mark_near_a_pole_stands_at_the_edge_of_the_map(tmp_path, places, link):
    names = [f"2020-01-01-{letter}" for letter in "abc"[: len(places)]]
    events = [
        package.event(name, country_code="NOR", **package.placed(*place))
        for name, place in zip(names, places, strict=True)
    ]
    reports = [package.report(name) for name in names]
    dataset = load(package.write(tmp_path, events=events, reports=reports))
    selection = Selection.from_query(link)
    for spec in (pictured(dataset, link), event_map.screen(dataset, selection, PAGE)):
        assert sorted(drawn(spec)) == names
        [latitudes] = [one["lat"] for one in spec["data"] if one["name"] == "places"]
        assert abs(latitudes).max() <= 85.06
    for name in names:
        views.render("event", dataset, Selection(event=name))
    held = described(dataset)["latitude_deg"].tolist()
    assert held == [float(latitude) for latitude, _ in places]


@pytest.mark.unit
def test_cells_reach_to_the_poles_where_the_map_does():
    assert spots._rounded(Bounds(0, 84, 20, 86), 0.25)[3] >= 90
    assert spots._rounded(Bounds(0, -86, 20, -84), 0.25)[1] <= -90


@pytest.mark.unit
@pytest.mark.parametrize(
    "area", ["40.21,-11.02,40.21,-11.02", "40.21,-12,40.21,-11", "40,-11.02,41,-11.02"]
)
def test_an_area_without_width_is_drawn(invented, area):
    assert "area" in {trace["name"] for trace in pictured(invented, f"area={area}")["data"]}


@pytest.mark.unit
def test_an_area_is_drawn_as_a_closed_line(small):
    [outline] = [
        trace
        for trace in event_map.screen(small, Selection(area=(38, 29, 49, 38)), PAGE)["data"]
        if trace["name"] == "area" and trace["geo"] == "geo"
    ]
    corners = outline["lon"][:-1:SIDE_STEPS]
    assert corners.tolist() == [38, 38, 49, 49, 38]


@pytest.mark.unit
@pytest.mark.parametrize("area", [(30, 29, 60, 38), (38, 29, 60, 31, 44, 45)])
def test_a_picture_of_an_area_shows_all_of_it(small, area):
    geo = pictured(small, "area=" + ",".join(map(str, area)))["layout"]["geo"]
    for axis, sides in (("lonaxis", area[::2]), ("lataxis", area[1::2])):
        low, high = geo[axis]["range"]
        assert low < min(sides) < max(sides) < high


def countries(folder, number):
    """Make a table of one event in each of some countries of the world."""
    codes = ["AFG", "COD", "IND", "MEX", "COL", "UKR", "PHL", "BRA"][:number]
    rows = [
        package.event(f"2020-01-0{day}-a", country_code=code)
        | package.placed(str(-10 + 5 * day), str(-110 + 30 * day))
        for day, code in enumerate(codes, 1)
    ]
    reports = [package.report(row["event_id"]) for row in rows]
    lanes = [package.theatre(code.lower(), code) for code in codes]
    return load(package.write(folder, events=rows, reports=reports, theatres=lanes))


@pytest.mark.unit
@pytest.mark.parametrize(("number", "maps"), [(6, 6), (7, 1)])
def test_more_maps_than_can_be_read_are_one_that_fits_them_all(tmp_path, number, maps):
    dataset = countries(tmp_path, number)
    for spec in (event_map.screen(dataset, Selection(), PAGE), pictured(dataset, "")):
        assert len({trace["geo"] for trace in spec["data"] if trace["name"] == "places"}) == maps
        assert len(drawn(spec)) == number
    shown = event_map._shown(dataset, Selection())
    box = shown[0].bounds
    if maps == 1:
        assert box.west < -80 and box.east > -110 + 30 * number


@pytest.mark.unit
def test_a_region_of_a_worldwide_table_has_a_map_of_its_own(tmp_path):
    dataset = countries(tmp_path, 7)
    [mexico] = event_map._shown(dataset, Selection(map="mex"))
    assert mexico.bounds.east - mexico.bounds.west < 30
