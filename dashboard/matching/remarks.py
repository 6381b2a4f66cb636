"""What a pair's rows agree on and where they part, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.errors import plural
from dashboard.schema import GEO_RADIUS_KM, UNDATED

# Casts that agree by less have, in the main, different actors.
FEW_IN_COMMON = 0.5
# Tolls whose ranges do not meet are a gap from this many times on.
FACTOR = 2.0
LETTERS = ("A", "B")
# The events of A and B, each with its table's name.
_Sides = tuple[tuple[str, Mapping], ...]


@dataclass(frozen=True, slots=True)
class Remarks:
    """Sentences without a full stop: what agrees, what does not."""

    agreements: tuple[str, ...]
    gaps: tuple[str, ...]


def remarks(
    pair: Mapping[str, float], a: Mapping, b: Mapping, names: tuple[str, str] = LETTERS
) -> Remarks:
    """Compare the rows of a pair.

    Args:
        pair: days, km and cast, as `pairing.suggest` gives them.
        a: The event in table A, by the columns of `schema.EVENTS`.
        b: The event in table B.
        names: What a sentence calls both tables.
    """
    sides = tuple(zip(names, (a, b), strict=True))
    said = [_days(pair, sides), _place(pair, sides), _cast(pair), _toll(sides)]
    return Remarks(
        tuple(text for is_agreed, text in said if is_agreed),
        tuple(text for is_agreed, text in said if not is_agreed),
    )


def _days(pair: Mapping[str, float], sides: _Sides) -> tuple[bool, str]:
    undated = [name for name, row in sides if row["date_precision"] == UNDATED]
    if undated:
        return False, f"no date in {' and '.join(undated)}"
    days = int(pair["days"])
    if days:
        return False, f"{days} day{'s' if days > 1 else ''} apart"
    (one, a), (other, b) = sides
    lengths = [(row["end_date"] - row["start_date"]).days + 1 for row in (a, b)]
    vague = [
        f"{name} to the {row['date_precision']}"
        for name, row in sides
        if row["date_precision"] != "day"
    ]
    note = f" ({', '.join(vague)})" if vague else ""
    if lengths[0] == lengths[1] and a["start_date"] == b["start_date"]:
        return True, f"the same day{'s' if lengths[0] > 1 else ''}{note}"
    if max(lengths) > 7 * min(lengths):
        return False, (
            f"lasts {plural(lengths[0], 'day')} in {one}, {lengths[1]:,} in {other}{note}"
        )
    return True, f"days overlap{note}"


def _place(pair: Mapping[str, float], sides: _Sides) -> tuple[bool, str]:
    km = float(pair["km"])
    if math.isnan(km):
        where = [name for name, row in sides if pd.isna(row["latitude_deg"])]
        return False, f"no place in {' and '.join(where)}"
    reach = sum(GEO_RADIUS_KM.get(row["geo_precision"], 0.0) for _, row in sides)
    far = f"{km:,.0f} km apart"
    if km > reach:
        return False, f"{far}, more than both precisions allow"
    if reach > 2 * GEO_RADIUS_KM["place"]:
        return True, f"{far}, places within {reach:,.0f} km are all that is known"
    return True, far


def _cast(pair: Mapping[str, float]) -> tuple[bool, str]:
    cast = float(pair["cast"])
    if math.isnan(cast):
        return False, "actors not named in both"
    if not cast:
        return False, "no actor in common"
    return cast >= FEW_IN_COMMON, f"actors agree by {cast:.0%}"


def _toll(sides: _Sides) -> tuple[bool, str]:
    figures = [row["killed_best"] for _, row in sides]
    unknown = [name for name, row in sides if pd.isna(row["killed_best"])]
    if unknown:
        return False, f"number killed unknown in {' and '.join(unknown)}"
    (_, a), (_, b) = sides
    both = f"{figures[0]:,} and {figures[1]:,} killed"
    if figures[0] == figures[1]:
        return True, f"both {figures[0]:,} killed"
    if a["killed_low"] <= b["killed_high"] and b["killed_low"] <= a["killed_high"]:
        return True, f"{both}, ranges overlap"
    if (max(figures) + 1) < FACTOR * (min(figures) + 1):
        return True, f"{both}, less than twice as many"
    return False, f"{both}, ranges do not meet"
