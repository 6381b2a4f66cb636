"""The gazetteer: towns and villages by any common spelling of their name."""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dashboard.checks.distance import Point, distance_km
from dashboard.checks.spellings import skeleton
from dashboard.paths import folder

# A town's radius grows with the root of its people: Baghdad 19 km, Mosul 9 km, a village none.
KM_PER_ROOT = 0.007
# Beyond this a place of the same name is another place.
OTHER_PLACE_KM = 150.0
_WORDS = re.compile(r"[^\W_]+(?:['’‘`][^\W_]+)*", re.UNICODE)
_MOST_WORDS = 5
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Town:
    """A place of the gazetteer."""

    name: str
    country_code: str
    point: Point
    population: int

    @property
    def radius_km(self) -> float:
        """How far its houses reach from its point, by its people."""
        return KM_PER_ROOT * math.sqrt(self.population)

    def apart_km(self, point: Point) -> float:
        """Return how far a point lies outside the town, 0 in it."""
        return max(0.0, distance_km(self.point, point) - self.radius_km)


@lru_cache(maxsize=1)
def towns() -> tuple[Town, ...]:
    """Return all places of the gazetteer."""
    return tuple(_index()[0])


def towns_named(text: str, country_code: str) -> list[Town]:
    """Return the places of a country that a text names, those first that it names first."""
    index = _index()[1]
    words = _WORDS.findall(text)
    found: dict[Town, None] = {}
    for at in range(len(words)):
        for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            key = skeleton(" ".join(words[at : at + length]))
            if len(key) >= _SHORTEST:
                found |= dict.fromkeys(index.get((country_code, key), ()))
    return list(found)


def towns_called(name: str, country_code: str) -> list[Town]:
    """Return the places of a country that bear a name, no longer and no shorter one."""
    return list(_index()[1].get((country_code, skeleton(name)), ()))


def nearest_town(point: Point) -> Town:
    """Return the place of the gazetteer that is nearest to a point."""
    return min(towns(), key=lambda town: distance_km(town.point, point))


@lru_cache(maxsize=1)
def _index() -> tuple[list[Town], dict[tuple[str, str], list[Town]]]:
    found, index = [], defaultdict(list)
    for row in _rows():
        point = (float(row["latitude_deg"]), float(row["longitude_deg"]))
        population = int(row.get("population", 0))
        town = Town(row["name"], row["country_code"], point, population)
        found.append(town)
        names = (row["name"], *filter(None, row.get("aliases", "").split(";")))
        for key in {skeleton(name) for name in names}:
            index[town.country_code, key].append(town)
    return found, index


def _rows() -> Iterator[dict[str, str]]:
    """Go through the gazetteer that a tool wrote, then the villages that were looked up."""
    for name in ("gazetteer.csv", "villages.csv"):
        path = folder("assets") / "geo" / name
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
