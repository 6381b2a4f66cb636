"""The files of assets/geo, as tools/build_basemap.py wrote them."""

from __future__ import annotations

import csv
import json
from collections import Counter

import pytest

from dashboard.paths import folder

pytestmark = pytest.mark.unit

GEO = folder("assets") / "geo"
FOCUS = {"IRQ", "SYR", "MOZ", "NGA", "NER", "MLI", "BFA", "TCD", "CMR", "MRT"}
DETAIL_BOX = (-20.0, -29.0, 53.0, 43.0)  # west, south, east, north
LARGEST_BYTES = {
    "world_50m.json": 500_000,
    "plotly_geo_assets.js": 501_000,
    "lines.json": 250_000,
    "admin1.json": 400_000,
    "places.csv": 20_000,
    "gazetteer.csv": 400_000,
    "PROVENANCE.md": 20_000,
}
# Longitude, latitude (GeoNames): country, admin-1 area.
INSIDE = {
    (44.401, 33.341): ("IRQ", "Baghdad"),
    (43.119, 36.335): ("IRQ", "Nineveh"),
    (36.291, 33.510): ("SYR", "Damascus"),
    (40.141, 35.336): ("SYR", "Deir ez-Zor"),
    (39.551, -11.663): ("MOZ", "Cabo Delgado"),
    (40.121, -12.247): ("MOZ", "Cabo Delgado"),
    (32.583, -25.966): ("MOZ", "Maputo City"),
    (7.495, 9.058): ("NGA", "Federal Capital Territory"),
    (13.157, 11.847): ("NGA", "Borno"),
    (2.110, 13.514): ("NER", "Niamey"),
    (1.454, 14.207): ("NER", "Tillabéri"),
    (-7.975, 12.609): ("MLI", "Bamako"),
    (-0.045, 16.272): ("MLI", "Gao"),
    (-1.534, 12.366): ("BFA", "Centre"),
    (-0.033, 14.033): ("BFA", "Sahel"),
    (15.044, 12.107): ("TCD", "N'Djamena"),
    (11.517, 3.867): ("CMR", "Centre"),
    (14.316, 10.591): ("CMR", "Extrême-Nord"),
    (-15.979, 18.086): ("MRT", "Nouakchott"),
    (35.739, -6.172): ("TZA", "Dodoma"),
}
ADMIN1_COUNTS = {
    "IRQ": 18,
    "SYR": 14,
    "MOZ": 11,
    "NGA": 37,
    "NER": 8,
    "MLI": 9,
    "BFA": 13,
    "TCD": 22,
    "CMR": 10,
    "MRT": 13,
    "TZA": 30,
}


def load(name: str) -> dict:
    return json.loads((GEO / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def topology() -> dict:
    return load("world_50m.json")


@pytest.fixture(scope="module")
def arcs(topology: dict) -> list[list[tuple[float, float]]]:
    """The arcs in degrees."""
    step_lon, step_lat = topology["transform"]["scale"]
    lon_0, lat_0 = topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * step_lon + lon_0, y * step_lat + lat_0))
        found.append(line)
    return found


def ring(arcs: list, numbers: list[int]) -> list[tuple[float, float]]:
    line: list[tuple[float, float]] = []
    for n in numbers:
        line += (arcs[n] if n >= 0 else arcs[~n][::-1])[bool(line) :]
    return line


def signed_area(line: list) -> float:
    """Twice the area; negative when clockwise, north up."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(line, line[1:], strict=False))


def contains(polygons: list, lon: float, lat: float) -> bool:
    """Even-odd over all rings, so holes count as outside."""
    odd = False
    for line in (line for polygon in polygons for line in polygon):
        for (x0, y0), (x1, y1) in zip(line, line[1:], strict=False):
            if (y0 > lat) != (y1 > lat) and lon < (x1 - x0) * (lat - y0) / (y1 - y0) + x0:
                odd = not odd
    return odd


def polygons_of(topology: dict, arcs: list, name: str) -> list:
    """Every polygon of one object, in degrees."""
    geometries = topology["objects"][name]["geometries"]
    found = [polygon for geometry in geometries for polygon in geometry["arcs"]]
    return [[ring(arcs, numbers) for numbers in polygon] for polygon in found]


def places() -> list[dict[str, str]]:
    with (GEO / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", LARGEST_BYTES)
def test_files_exist_and_stay_small(name: str):
    assert 1_000 < (GEO / name).stat().st_size <= LARGEST_BYTES[name]


def test_topology_has_every_object_that_plotly_asks_for(topology: dict):
    known = {"coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"}
    ours = {"borders", "focus", "elsewhere"}
    assert set(topology["objects"]) == known | ours
    empty = {name for name, found in topology["objects"].items() if not found["geometries"]}
    assert empty == {"subunits"}


def test_country_ids_are_codes_and_cover_the_focus(topology: dict):
    ids = [country["id"] for country in topology["objects"]["countries"]["geometries"]]
    assert len(ids) == len(set(ids))
    assert all(len(code) == 3 and code.isupper() for code in ids)
    assert set(ids) >= FOCUS | {"TZA", "TUR", "IRN", "BEN", "LBY", "SDN", "MWI"}


def test_countries_carry_a_label_point_on_their_land(topology: dict, arcs: list):
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = [[ring(arcs, numbers) for numbers in found] for found in country["arcs"]]
        assert contains(polygons, *country["properties"]["ct"]), country["id"]


def test_every_arc_is_used_and_exists(topology: dict):
    used = set()
    todo = [found["arcs"] for o in topology["objects"].values() for found in o["geometries"]]
    while todo:
        item = todo.pop()
        if isinstance(item, int):
            used.add(max(item, ~item))
        else:
            todo += item
    assert used == set(range(len(topology["arcs"])))


@pytest.mark.parametrize("name", ["land", "ocean", "lakes", "focus", "elsewhere", "countries"])
def test_areas_are_closed_and_wound_for_d3(topology: dict, arcs: list, name: str):
    for outer, *holes in polygons_of(topology, arcs, name):
        assert all(line[0] == line[-1] for line in (outer, *holes))
        assert signed_area(outer) < 0
        assert all(signed_area(hole) > 0 for hole in holes)


def test_focus_and_elsewhere_part_the_land(topology: dict, arcs: list):
    layers = ("land", "focus", "elsewhere")
    land, focus, elsewhere = (polygons_of(topology, arcs, name) for name in layers)
    for point, (code, _) in INSIDE.items():
        assert contains(land, *point)
        assert contains(focus, *point) == (code in FOCUS)
        assert contains(elsewhere, *point) == (code not in FOCUS)
    for sea in ((18.0, 34.5), (42.5, -14.0), (3.0, 3.0), (50.5, 28.0)):
        assert not contains(land, *sea)


def test_lines_have_no_edge_of_the_map(topology: dict, arcs: list):
    for name in ("coastlines", "borders"):
        (lines,) = topology["objects"][name]["geometries"]
        for line in (ring(arcs, numbers) for numbers in lines["arcs"]):
            at_edge = [abs(lon) >= 180 for lon, _ in line]
            assert not any(a and b for a, b in zip(at_edge, at_edge[1:], strict=False))


def test_disputed_lines_are_not_settled_borders_too(topology: dict, arcs: list):
    (lines,) = topology["objects"]["borders"]["geometries"]
    settled = {
        frozenset((round(lon, 3), round(lat, 3)) for lon, lat in pair)
        for line in (ring(arcs, numbers) for numbers in lines["arcs"])
        for pair in zip(line, line[1:], strict=False)
    }
    disputed = [
        frozenset(map(tuple, pair))
        for line in load("lines.json")["disputed"]
        for pair in zip(line, line[1:], strict=False)
    ]
    assert disputed
    assert not settled.intersection(disputed)


def test_script_holds_the_same_topology():
    script = (GEO / "plotly_geo_assets.js").read_text(encoding="utf-8")
    topology = (GEO / "world_50m.json").read_text(encoding="utf-8").strip()
    first, *rest = script.splitlines()
    assert first == f"window.PlotlyGeoAssets = {{topojson: {{world_50m: {topology}}}}};"
    assert "maps.world_110m" in "".join(rest)


def test_lines_are_rounded_polylines_in_reach():
    lines = load("lines.json")
    assert set(lines) == {"admin1", "disputed"}
    west, south, east, north = DETAIL_BOX
    for line in lines["admin1"]:
        assert len(line) >= 2
        for lon, lat in line:
            assert west <= lon <= east
            assert south <= lat <= north
            assert (round(lon, 3), round(lat, 3)) == (lon, lat)
    assert all(len(line) >= 2 for line in lines["disputed"])


def test_admin1_lines_come_once():
    pairs = [
        frozenset(map(tuple, pair))
        for line in load("lines.json")["admin1"]
        for pair in zip(line, line[1:], strict=False)
    ]
    assert [pair for pair, times in Counter(pairs).items() if times > 1] == []


def test_admin1_has_the_areas_that_tables_name():
    features = load("admin1.json")["features"]
    names = [(f["properties"]["country_code"], f["properties"]["name"]) for f in features]
    assert Counter(code for code, _ in names) == ADMIN1_COUNTS
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("point", "area"), INSIDE.items(), ids=lambda v: str(v))
def test_admin1_places_a_town(point: tuple[float, float], area: tuple[str, str]):
    found = [
        (f["properties"]["country_code"], f["properties"]["name"])
        for f in load("admin1.json")["features"]
        if contains(f["geometry"]["coordinates"], *point)
    ]
    assert found == [area]


def test_places_are_well_formed():
    rows = places()
    columns = ["name", "country_code", "latitude_deg", "longitude_deg", "kind", "rank"]
    assert list(rows[0]) == columns
    for row in rows:
        assert row["name"] == row["name"].strip() != ""
        assert row["kind"] in {"capital", "city", "town", "country", "water"}
        assert row["rank"] in {"1", "2", "3"}
        assert (len(row["country_code"]) == 3) == (row["kind"] != "water")
        assert -35 <= float(row["latitude_deg"]) <= 45
        assert -25 <= float(row["longitude_deg"]) <= 65
    towns = [(row["name"], row["country_code"]) for row in rows if row["kind"] != "water"]
    assert len(towns) == len(set(towns))


def test_places_hold_the_names_that_the_table_turns_on():
    names = {row["name"] for row in places()}
    assert names >= {"Baghdad", "Mosul", "Sinjar", "Baqubah", "Palmyra", "Baghuz", "Kobani"}
    assert names >= {"Palma", "Mocímboa da Praia", "Nangade", "Quissanga", "Mtwara"}
    assert names >= {"Inates", "Tongo Tongo", "Tillabéri", "Ménaka", "Djibo", "Maiduguri"}
    assert names >= {"Mediterranean Sea", "Gulf of Guinea", "Lake Chad", "Mozambique Channel"}
    assert {row["country_code"] for row in places() if row["kind"] == "country"} >= FOCUS


def test_towns_stand_in_their_country(topology: dict, arcs: list):
    outlines = {
        country["id"]: [[ring(arcs, numbers) for numbers in found] for found in country["arcs"]]
        for country in topology["objects"]["countries"]["geometries"]
    }
    outside = {
        row["name"]
        for row in places()
        if row["kind"] != "water"
        and not contains(
            outlines[row["country_code"]], float(row["longitude_deg"]), float(row["latitude_deg"])
        )
    }
    # On the shore, on an island that the source lacks, or on the border itself.
    assert outside <= {"Beira", "Ibo", "Kobani", "Lagos"}
