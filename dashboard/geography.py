"""The base geography that rides with the package: outlines' companions, place names, countries."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import lru_cache

from dashboard.paths import folder


@dataclass(frozen=True, slots=True)
class Place:
    """One name on the map: a capital, city, town, country or water; rank 1 shows first."""

    name: str
    country_code: str
    latitude_deg: float
    longitude_deg: float
    kind: str
    rank: int


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """Return the place names, the most important first."""
    path = folder("assets") / "geo" / "places.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        found = [
            Place(
                row["name"],
                row["country_code"],
                float(row["latitude_deg"]),
                float(row["longitude_deg"]),
                row["kind"],
                int(row["rank"]),
            )
            for row in csv.DictReader(lines)
        ]
    return tuple(sorted(found, key=lambda place: place.rank))


@lru_cache(maxsize=1)
def lines() -> dict[str, list[list[list[float]]]]:
    """Return polylines of (longitude, latitude): `admin1` and `disputed` boundaries."""
    path = folder("assets") / "geo" / "lines.json"
    return json.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its code, names, and its numbers in ISO 3166 and in Gleditsch and Ward's list."""

    code: str
    name: str
    iso_number: str
    gw_numbers: tuple[str, ...]
    aliases: tuple[str, ...]


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Return every country, those of our theatres first, those that are no more last."""
    path = folder("assets") / "geo" / "countries.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Country(
                row["country_code"],
                row["name"],
                row["iso_number"],
                tuple(filter(None, row["gw_numbers"].split(";"))),
                tuple(filter(None, row["aliases"].split(";"))),
            )
            for row in csv.DictReader(lines)
        )


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    return {country.code: country.name for country in countries()}


def country_name(code: str) -> str:
    """Name a country by its ISO 3166 alpha-3 code; an unknown code names itself."""
    return _country_names().get(code, code)
