"""Cells whose words differ from table to table: precisions, countries, actors, points."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dashboard.errors import shown
from dashboard.readers import values
from dashboard.readers.actors import name_of
from dashboard.readers.base import Fault, Warn
from dashboard.readers.places import country_code
from dashboard.schema import ATTRIBUTIONS, DATE_PRECISIONS, GEO_PRECISIONS

_DATES = {word.id: word.id for word in DATE_PRECISIONS} | {
    **dict.fromkeys(("exact", "precise", "date", "daily"), "day"),
    **dict.fromkeys(("approximate", "approx", "circa", "about", "weekly", "weekend"), "week"),
    "monthly": "month",
    "yearly": "year",
}
_GEO = {word.id: word.id for word in GEO_PRECISIONS} | {
    **dict.fromkeys(("exact", "precise", "point", "building", "address"), "site"),
    **dict.fromkeys(("town", "city", "village", "settlement", "locality"), "place"),
    **dict.fromkeys(("approximate", "approx", "near", "admin2", "county", "area"), "district"),
    **dict.fromkeys(("province", "governorate", "state", "region", "adm1"), "admin1"),
    **dict.fromkeys(("national", "unknown"), "country"),
}
_ATTRIBUTIONS = {word.id for word in ATTRIBUTIONS}
_POINT = re.compile(
    r"(?:<[^>]*>\s*)?point\s*z?\s*\(\s*(-?[0-9.]+(?:e-?[0-9]+)?)\s+(-?[0-9.]+(?:e-?[0-9]+)?)"
    r"(?:\s+-?[0-9.]+)?\s*\)\Z",
    re.IGNORECASE,
)
_ACTOR_JOINT = re.compile(r"\s*[;|\n]\s*")


def date_precision(cell: str) -> str | Warn:
    """Read how well a day is known; a word that we do not know is left to the date itself."""
    bare = values.text_or_blank(cell).casefold()
    if not bare:
        return ""
    return _DATES.get(bare) or Warn("", f"{shown(cell)} is no precision of a date that we know.")


def geo_precision(cell: str) -> str | Warn:
    """Read how well a place is known; an empty cell means a town, an unknown word less."""
    bare = values.text_or_blank(cell).casefold()
    if not bare:
        return "place"
    return _GEO.get(bare) or Warn(
        "district", f"{shown(cell)} is no precision of a place that we know: taken as approximate."
    )


def attribution(cell: str) -> str | Warn:
    """Read how the initiator is known."""
    bare = values.text_or_blank(cell).casefold()
    if not bare or bare in _ATTRIBUTIONS:
        return bare or "attributed"
    return Warn("attributed", f"{shown(cell)} is not one of {', '.join(sorted(_ATTRIBUTIONS))}.")


def country(cell: str) -> str:
    """Read a country's code, name or number; "" where it is not known."""
    bare = values.text_or_blank(cell)
    return country_code(bare, bare)


def named_actors(cell: str, words: Mapping[str, str]) -> str:
    """Read the actors of a side, parted by ';', '|' or lines: names joined by ';'.

    Args:
        cell: What stands in the table.
        words: Names or ids of ours by the table's names in lower case.
    """
    whole = words.get(" ".join(cell.split()).casefold())
    parts = [whole] if whole is not None else _ACTOR_JOINT.split(cell.strip())
    named = [name_of(words.get(part.casefold(), part)) for part in parts]
    return ";".join(filter(None, map(values.text_or_blank, named)))


def well_known_point(cell: str) -> tuple[float, float] | None | Warn | Fault:
    """Read "Point(lon lat)", as Wikidata and WKT write it: latitude, longitude."""
    bare = cell.strip()
    if values.is_blank(bare):
        return None
    match = _POINT.match(bare)
    pair = (values.latitude(match[2]), values.longitude(match[1])) if match else (None, None)
    if isinstance(pair[0], float) and isinstance(pair[1], float):
        return pair[0], pair[1]
    return Warn(None, f"{shown(cell)} is not a point as Point(longitude latitude): no place.")
