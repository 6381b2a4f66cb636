"""Countries by the names and numbers that sources use, and the theatres of a foreign table."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from dashboard.engine import fold
from dashboard.geography import countries, country_name
from dashboard.paths import folder
from dashboard.readers.values import code
from dashboard.schema import THEATRES
from dashboard.validation import read_table

# An event whose country is not said, or is none that we know.
NOWHERE = "XXX"
# Beyond so many lanes and maps a page cannot be read: the other countries share one.
MOST_THEATRES = 12
OTHERS = ("other-countries", "Other countries")
_MARGIN, _LEAST_DEGREES = 0.09, 1.2
_WORLD = (-170.0, -58.0, 179.0, 78.0)


def _key(name: str) -> str:
    return fold(name).replace(".", "").replace("&", "and").strip().removeprefix("the ")


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in reversed(countries()):
        for name in (*country.aliases, country.code, country.name):
            found[_key(name)] = country.code
    return found


@lru_cache(maxsize=1)
def _by_number() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"iso": {}, "gw": {}}
    for country in reversed(countries()):
        found["iso"][country.iso_number.lstrip("0")] = country.code
        for number in country.gw_numbers:
            found["gw"][number] = country.code
    return found


@lru_cache(maxsize=4096)
def country_code(name: str, number: str = "", kind: str = "iso") -> str:
    """Return a country's ISO 3166 alpha-3 code; "" where neither name nor number is known.

    Args:
        name: As a source writes it, "DR Congo (Zaire)"; a code will do too. It comes first.
        number: Its number, leading zeros or not.
        kind: Whose number: "iso" (ISO 3166) or "gw" (Gleditsch and Ward, as UCDP uses).
    """
    found = _by_name().get(_key(name), "") if name.strip() else ""
    bare = code(number).lstrip("0")
    return found or (_by_number()[kind].get(bare, "") if bare else "")


def _known_theatres() -> list[dict[str, object]]:
    """Read the theatres that ship with the program."""
    path = folder("data") / "theatres.csv"
    records, _ = read_table("theatres", path.read_bytes(), path.name)
    return [dict(record.values) for record in records]


def theatres(events: pd.DataFrame) -> pd.DataFrame:
    """Make the theatres of a foreign table: ours where it has events, else a country each.

    Args:
        events: Its events: country_code, latitude_deg, longitude_deg.

    Returns:
        The columns of `schema.THEATRES`, most events first. Each theatre's bounds hold all its
        events. Countries beyond `MOST_THEATRES` share one theatre, which comes last.
    """
    known = _known_theatres()
    home = {code: row for row in known for code in str(row["country_codes"]).split(";")}
    counts = events["country_code"].value_counts()
    groups: dict[str, dict[str, object]] = {}
    sizes: dict[str, int] = {}
    for country, number in sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))):
        row = home.get(str(country)) or _own_theatre(str(country))
        groups[str(row["theatre_id"])] = row
        sizes[str(row["theatre_id"])] = sizes.get(str(row["theatre_id"]), 0) + int(number)
    order = sorted(groups, key=lambda key: (-sizes[key], key))
    if len(order) > MOST_THEATRES:
        kept, others = order[: MOST_THEATRES - 1], order[MOST_THEATRES - 1 :]
        joined = ";".join(sorted(str(groups[key]["country_codes"]) for key in others))
        groups[OTHERS[0]] = {"theatre_id": OTHERS[0], "name": OTHERS[1], "country_codes": joined}
        order = [*kept, OTHERS[0]]
    rows = [groups[key] | _bounds(groups[key], events) for key in order]
    frame = pd.DataFrame(rows, columns=[column.name for column in THEATRES])
    texts = {column.name: "str" for column in THEATRES if not column.name.endswith("_deg")}
    return frame.astype(texts)


def _own_theatre(code: str) -> dict[str, object]:
    return {"theatre_id": code.lower(), "name": country_name(code), "country_codes": code}


def _bounds(theatre: dict[str, object], events: pd.DataFrame) -> dict[str, float]:
    """Return a box around a theatre's events, that of a known theatre at least."""
    inside = events["country_code"].isin(str(theatre["country_codes"]).split(";"))
    # These columns alone: a copy of all texts of a large table is as large again.
    placed = events.loc[inside & events["latitude_deg"].notna(), ["latitude_deg", "longitude_deg"]]
    names = ("west_deg", "south_deg", "east_deg", "north_deg")
    given = [float(str(theatre[name])) for name in names] if "west_deg" in theatre else None
    if placed.empty:
        return dict(zip(names, given or _WORLD, strict=True))
    west, east = placed["longitude_deg"].min(), placed["longitude_deg"].max()
    south, north = placed["latitude_deg"].min(), placed["latitude_deg"].max()
    if given:
        reach = [min(west, given[0]), min(south, given[1])]
        reach += [max(east, given[2]), max(north, given[3])]
        if reach == given:
            return dict(zip(names, given, strict=True))
        west, south, east, north = reach
    pad_x = max((_LEAST_DEGREES - (east - west)) / 2, _MARGIN * (east - west))
    pad_y = max((_LEAST_DEGREES - (north - south)) / 2, _MARGIN * (north - south))
    box = (
        max(west - pad_x, -180.0),
        max(south - pad_y, -90.0),
        min(east + pad_x, 180.0),
        min(north + pad_y, 90.0),
    )
    return {name: round(float(degrees), 2) for name, degrees in zip(names, box, strict=True)}
