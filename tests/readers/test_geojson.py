"""GeoJSON: points, other geometries, no geometry, one feature a line, record separators."""

import json

import pytest

from dashboard.errors import ReaderError
from dashboard.readers.geometry import spot_of
from tests.readers.tables import first, read_bytes, ucdp, warnings

pytestmark = pytest.mark.unit

SQUARE = [[43.0, 36.0], [43.2, 36.0], [43.2, 36.2], [43.0, 36.2], [43.0, 36.0]]


def point(longitude=43.2, latitude=36.1):
    return {"type": "Point", "coordinates": [longitude, latitude]}


def feature(geometry, **properties):
    properties = {"date": "2015-05-03", "name": "A bomb", "killed": 5} | properties
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", **more, "features": list(features)}).encode()


def read(folder, *features, **more):
    return read_bytes(folder, collection(*features, **more), "events.geojson")


def test_reads_longitude_first(tmp_path):
    reading = read(tmp_path, feature(point()))
    event = first(reading)
    assert (event["latitude_deg"], event["longitude_deg"]) == (36.1, 43.2)
    assert (event["geo_precision"], event["country_code"]) == ("place", "IRQ")
    assert (event["title"], event["killed_best"]) == ("A bomb", 5)
    assert reading.report.form_name == "GeoJSON"


def test_says_what_it_took_for_granted(tmp_path):
    said = read(tmp_path, feature(point())).report.assumptions
    assert "Encoding: UTF-8." in said
    assert any(line.startswith("The file is GeoJSON: coordinates are longitude") for line in said)
    assert "Dates in date are written y-m-d." in said


def test_keeps_a_feature_without_geometry(tmp_path):
    reading = read(tmp_path, feature(None), feature(point()))
    assert reading.report.loaded == 2
    assert reading.dataset.events["latitude_deg"].isna().sum() == 1


@pytest.mark.parametrize("joint", ["\n", "\r\n", "\n\x1e", "\n\n"])
def test_reads_features_one_behind_the_other(tmp_path, joint):
    lines = [json.dumps(feature(point(), data=[1], events=[{"x": 1}])) for _ in range(3)]
    content = ("\x1e" if "\x1e" in joint else "") + joint.join(lines)
    assert read_bytes(tmp_path, content.encode(), "e.geojsonl").report.loaded == 3


def test_reads_a_single_feature(tmp_path):
    content = json.dumps(feature(point()), indent=1).encode()
    assert read_bytes(tmp_path, content, "one.geojson").report.loaded == 1


@pytest.mark.parametrize(
    ("kind", "coordinates", "spot"),
    [
        ("Polygon", [SQUARE], (36.1, 43.1, "district")),
        ("LineString", [[43.0, 36.0], [43.0, 36.2]], (36.1, 43.0, "district")),
        ("MultiPoint", [[43.0, 36.0], [43.1, 36.0], [43.2, 36.0]], (36.0, 43.1, "district")),
        ("MultiPolygon", [[[[1, 1], [1.01, 1], [1, 1.01]]], [SQUARE]], (36.1, 43.1, "country")),
        ("Polygon", [[[40, 30], [41, 30], [41, 31], [40, 31]]], (30.5, 40.5, "admin1")),
    ],
)
def test_takes_a_point_on_other_geometries_and_marks_it_approximate(kind, coordinates, spot):
    found = spot_of({"type": kind, "coordinates": coordinates})
    assert found is not None
    assert found[:2] == pytest.approx(spot[:2])
    assert found[2] == spot[2]


def test_takes_a_point_inside_a_ring_with_a_hole():
    hole = [[43.02, 36.02], [43.18, 36.02], [43.18, 36.18], [43.02, 36.18], [43.02, 36.02]]
    found = spot_of({"type": "Polygon", "coordinates": [SQUARE, hole]})
    assert found is not None
    assert 43.0 < found[1] < 43.02 or 43.18 < found[1] < 43.2


def test_takes_a_point_inside_a_crescent():
    crescent = [[0, 0], [4, 0], [4, 3], [3, 3], [3, 1], [1, 1], [1, 3], [0, 3], [0, 0]]
    found = spot_of({"type": "Polygon", "coordinates": [crescent]})
    assert found is not None
    latitude, longitude, _ = found
    assert latitude < 1 or longitude < 1 or longitude > 3


def test_takes_the_point_of_a_collection_of_geometries():
    parts = [{"type": "Polygon", "coordinates": [SQUARE]}, point()]
    assert spot_of({"type": "GeometryCollection", "geometries": parts}) == (36.1, 43.2, "")


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": ["a", "b"]},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "MultiPolygon", "coordinates": 5},
        {"type": "MultiLineString", "coordinates": []},
        {"type": "Circle", "coordinates": [1, 2]},
        {"type": "Point", "coordinates": [4300000.0, 360.0]},
        "POINT(1 2)",
    ],
)
def test_keeps_an_event_whose_geometry_cannot_be_read_and_warns(tmp_path, geometry):
    reading = read(tmp_path, feature(geometry))
    assert first(reading).isna()["latitude_deg"]
    assert "no place" in warnings(reading)[0]


def test_marks_an_area_as_approximate(tmp_path):
    event = first(read(tmp_path, feature({"type": "Polygon", "coordinates": [SQUARE]})))
    assert event["geo_precision"] == "district"


def test_refuses_coordinates_that_are_not_in_degrees(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    with pytest.raises(ReaderError, match=r"EPSG::3857', not in degrees\. Save it in WGS 84"):
        read(tmp_path, feature(point()), crs=crs)


def test_bears_the_old_member_that_says_wgs_84(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert read(tmp_path, feature(point()), crs=crs).report.loaded == 1


def test_reads_ucdp_as_geojson_by_its_own_reader(tmp_path):
    rows = [ucdp(number, date_start="2009-02-20T00:00:00") for number in (1, 2)]
    rows = [row | {"date_end": row["date_start"]} for row in rows]
    features = [{"type": "Feature", "geometry": point(), "properties": row} for row in rows]
    reading = read(tmp_path, *features)
    assert (reading.report.form, reading.report.loaded) == ("ucdp", 2)


def test_writes_rejects_as_a_collection_again(tmp_path):
    reading = read(tmp_path, feature(point()), feature(point(), killed="x"), 5)
    assert (reading.report.loaded, reading.report.rejected) == (1, 2)
    reading.report.write_rejects(tmp_path / "rejects.geojson")
    kept = json.loads((tmp_path / "rejects.geojson").read_text())
    assert kept["features"][0]["properties"]["killed"] == "x"
    assert kept["features"][1] == 5


def test_says_where_a_text_breaks_off(tmp_path):
    with pytest.raises(ReaderError, match=r"e\.geojson is cut off or no JSON from line 1 on"):
        read_bytes(tmp_path, collection(feature(point()), feature(point()))[:-60], "e.geojson")


def test_obeys_a_mapping_of_properties(tmp_path):
    content = collection(feature(point(), date=None, tag="2015-05-04"))
    reading = read_bytes(tmp_path, content, "e.geojson", mapping={"tag": "start_date"})
    assert first(reading)["start_date"].date().isoformat() == "2015-05-04"
    assert reading.report.form == "geojson"


@pytest.mark.parametrize("kind", ["MultiLineString", "MultiPolygon", "Polygon", "LineString"])
@pytest.mark.parametrize("coordinates", [[43, 36], [[43, 36]], [[], [[43, 36]]], [[[[43, 36]]]]])
def test_takes_what_coordinates_a_misshapen_geometry_has(kind, coordinates):
    found = spot_of({"type": kind, "coordinates": coordinates})
    assert found == (36, 43, "district")
