"""The provinces of the countries in focus as polygons, and how far a point lies from one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.checks.distance import EARTH_KM, Point
from dashboard.checks.spellings import plain
from dashboard.paths import folder

# How far the outlines may be off: Natural Earth 1:10m, generalised (assets/geo/PROVENANCE.md).
ACCURACY_KM = 3.0

# Provinces younger than the outlines, and those in whose outline they lie.
YOUNGER = {
    ("IRQ", "Halabja"): ("Sulaymaniyah",),
    ("MLI", "Bandiagara"): ("Mopti",),
    ("MLI", "Douentza"): ("Mopti",),
    ("MLI", "Ménaka"): ("Gao",),
    ("MLI", "Taoudénit"): ("Timbuktu",),
    ("NGA", "FCT"): ("Federal Capital Territory",),
    ("TCD", "Ennedi-Est"): ("Ennedi",),
    ("TCD", "Ennedi-Ouest"): ("Ennedi",),
    ("TZA", "Songwe"): ("Mbeya",),
}


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A province: its country, its name, and its rings of longitudes and latitudes, (n, 2)."""

    country_code: str
    name: str
    rings: tuple[np.ndarray, ...]

    def distance_km(self, point: Point) -> float:
        """Return how far a point lies outside, 0 inside; near enough for some hundred kilometres.

        Holes count as outside: a ring inside a ring turns the inside out.
        """
        if sum(_is_inside(ring, point) for ring in self.rings) % 2:
            return 0.0
        return min(_distance_km(ring, point) for ring in self.rings)


def _is_inside(ring: np.ndarray, point: Point) -> bool:
    latitude, longitude = point
    x, y = ring[:-1, 0], ring[:-1, 1]
    x_next, y_next = ring[1:, 0], ring[1:, 1]
    crosses = (y > latitude) != (y_next > latitude)
    with np.errstate(divide="ignore", invalid="ignore"):
        where = (x_next - x) * (latitude - y) / (y_next - y) + x
    return bool(np.count_nonzero(crosses & (longitude < where)) % 2)


def _distance_km(ring: np.ndarray, point: Point) -> float:
    latitude, longitude = point
    scale = np.array([np.cos(np.radians(latitude)), 1.0]) * np.radians(1.0) * EARTH_KM
    corners = (ring - np.array([longitude, latitude])) * scale
    start, along = corners[:-1], corners[1:] - corners[:-1]
    length = np.einsum("ij,ij->i", along, along)
    share = -np.einsum("ij,ij->i", start, along) / np.where(length == 0, 1, length)
    nearest = start + np.clip(share, 0, 1)[:, None] * along
    return float(np.sqrt(np.einsum("ij,ij->i", nearest, nearest)).min())


@lru_cache(maxsize=1)
def areas() -> dict[str, tuple[Area, ...]]:
    """Return the provinces of each country that we have outlines of."""
    path = folder("assets") / "geo" / "admin1.json"
    found: dict[str, list[Area]] = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        about = feature["properties"]
        polygons = feature["geometry"]["coordinates"]
        rings = tuple(np.array(ring) for polygon in polygons for ring in polygon)
        area = Area(about["country_code"], about["name"], rings)
        found.setdefault(area.country_code, []).append(area)
    return {code: tuple(provinces) for code, provinces in found.items()}


def named(country_code: str, name: str) -> tuple[Area, ...]:
    """Return the outlines that hold a province, by its name in any common spelling."""
    wanted = {plain(name)}
    for (code, younger), older in YOUNGER.items():
        if code == country_code and plain(younger) in wanted:
            wanted = {plain(part) for part in older}
    return tuple(area for area in areas().get(country_code, ()) if plain(area.name) in wanted)


def nearest(places: Iterable[Area], point: Point) -> tuple[float, str]:
    """Return the distance and name of the area that is nearest to a point; 0 inside."""
    return min((area.distance_km(point), area.name) for area in places)
