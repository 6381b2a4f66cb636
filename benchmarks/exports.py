"""Invented files in the layouts of UCDP GED and ACLED, of any size: no row is one of theirs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import generate
from benchmarks.world import SYLLABLES
from dashboard.geography import country_name
from dashboard.readers import ucdp

Row = dict[str, object]

TYPES = {"battle": 1, "civilian_attack": 3, "mass_killing": 3}
DATE_CODES = {"day": 1, "week": 2, "month": 4, "year": 5}
GEO_CODES = {"site": 1, "place": 1, "district": 3, "admin1": 4, "country": 6, "": 6}
# Disorder type, event type and sub-event type of ACLED by our type of the world's events.
ACLED_TYPES = {
    "battle": ("Political violence", "Battles", "Armed clash"),
    "bombing": (
        "Political violence",
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    ),
    "air_strike": ("Political violence", "Explosions/Remote violence", "Air/drone strike"),
    "protest": ("Demonstrations", "Protests", "Peaceful protest"),
    "territorial_change": (
        "Political violence",
        "Battles",
        "Non-state actor overtakes territory",
    ),
}
_ATTACK = ("Political violence", "Violence against civilians", "Attack")
_ACLED_DATE_CODES = {"day": 1, "week": 2, "month": 3, "year": 3}
_ACLED_GEO_CODES = {"site": 1, "place": 1, "district": 2, "admin1": 3, "country": 3, "": 3}
SENTENCES = 5_000


def invent(form: str, path: Path, size: int, seed: int = 1) -> int:
    """Write an invented export of about a size; return the number of its events.

    Args:
        form: "ucdp" or "acled".
        path: The CSV.
        size: Its bytes, about.
        seed: The same seed gives the same file.
    """
    record, row_bytes = FORMS[form]
    number = size // row_bytes
    world, months = generate.plan(number, seed)
    names = dict(zip(world.actors["actor_id"], world.actors["name"], strict=True))
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        header: list[str] = []
        for place, events in enumerate(generate.pieces(world, months, seed)):
            rng = np.random.default_rng((seed, place))
            for cells in _records(record, names, events, rng):
                if not header:
                    header = list(cells)
                    writer.writerow(header)
                writer.writerow(cells.values())
    return number


def _records(
    record: Callable[[Any, int, list[str], list[str]], Row],
    names: dict[str, str],
    events: pd.DataFrame,
    rng: np.random.Generator,
) -> Iterator[Row]:
    """Make records in no order of days, as those of the sources are."""
    sentences = [_sentence(rng) for _ in range(SENTENCES)]
    shuffled = events.sample(frac=1, random_state=int(rng.integers(2**31)))
    rows: Iterator[Any] = shuffled.itertuples(index=False)
    for number, event in enumerate(rows):
        sides = [
            " - ".join(names[one] for one in side.split(";") if one)
            for side in (event.initiators, event.targets)
        ]
        said = [sentences[place] for place in rng.integers(SENTENCES, size=3)]
        yield record(event, number, sides, said)


def _ucdp(event: Any, number: int, sides: list[str], said: list[str]) -> Row:
    headline, where, who = said
    best = _dead(event)
    first, last = f"{event.start_date:%Y-%m-%d}", f"{event.end_date:%Y-%m-%d}"
    latitude_deg, longitude_deg = _spot(event)
    cells = {
        "id": event.event_id.replace("-", ""),
        "relid": f"{event.country_code}-{first[:4]}-1-{number}",
        "year": first[:4],
        "code_status": "Clear",
        "type_of_violence": TYPES.get(event.event_type, 1),
        "conflict_name": f"{event.country_code}: Government",
        "dyad_name": " - ".join(sides),
        "side_a": sides[0],
        "side_b": sides[1] or "Civilians",
        "number_of_sources": event.sources,
        "source_article": f'"Reuters,{last},{headline}"',
        "source_office": "Reuters",
        "source_date": last,
        "source_headline": headline,
        "source_original": who[:24],
        "where_prec": GEO_CODES[event.geo_precision],
        "where_coordinates": f"{event.place} town",
        "where_description": where,
        "adm_1": event.admin1,
        "latitude": latitude_deg,
        "longitude": longitude_deg,
        "geom_wkt": f"POINT ({longitude_deg} {latitude_deg})",
        "priogrid_gid": 100_000 + number % 100_000,
        "country": event.country_code,
        "event_clarity": 1,
        "date_prec": DATE_CODES[event.date_precision],
        "date_start": f"{first} 00:00:00.000",
        "date_end": f"{last} 00:00:00.000",
        "deaths_a": best // 3,
        "deaths_b": best - best // 3,
        "deaths_civilians": 0,
        "deaths_unknown": 0,
        "low": best // 2,
        "best": best,
        "high": best * 2,
    }
    return {column: cells.get(column, "") for column in ucdp.COLUMNS}


def _acled(event: Any, number: int, sides: list[str], said: list[str]) -> Row:
    day = f"{event.start_date:%Y-%m-%d}"
    latitude_deg, longitude_deg = _spot(event)
    disorder, kind, sub_kind = ACLED_TYPES.get(event.event_type, _ATTACK)
    country = country_name(event.country_code)
    return {
        "event_id_cnty": f"{event.country_code}{event.event_id.rpartition('-')[2]}",
        "event_date": day,
        "year": day[:4],
        "time_precision": _ACLED_DATE_CODES[event.date_precision],
        "disorder_type": disorder,
        "event_type": kind,
        "sub_event_type": sub_kind,
        "actor1": sides[0],
        "assoc_actor_1": "",
        "inter1": "Rebel group",
        "actor2": sides[1] or "Civilians",
        "assoc_actor_2": "",
        "inter2": "State forces",
        "interaction": "State forces-Rebel group",
        "civilian_targeting": "Civilian targeting" if kind.startswith("Violence") else "",
        "iso": "",
        "region": "",
        "country": country,
        "admin1": event.admin1,
        "admin2": event.admin1,
        "admin3": "",
        "location": event.place,
        "latitude": latitude_deg,
        "longitude": longitude_deg,
        "geo_precision": _ACLED_GEO_CODES[event.geo_precision],
        "source": "; ".join(generate.PUBLISHERS[: event.sources]),
        "source_scale": "National-International",
        "notes": f"On {event.start_date:%d %B %Y}, {said[0]}. {said[1]}. Fatalities unknown.",
        "fatalities": _dead(event),
        "tags": "",
        "timestamp": 1_700_000_000 + number,
    }


def _dead(event: Any) -> int:
    return 0 if event.killed_best is pd.NA else int(event.killed_best)


def _spot(event: Any) -> tuple[float, float]:
    has_place = event.latitude_deg == event.latitude_deg
    return (event.latitude_deg, event.longitude_deg) if has_place else (0.5, 0.5)


def _sentence(rng: np.random.Generator) -> str:
    words = ["".join(rng.choice(SYLLABLES, 3)) for _ in range(int(rng.integers(8, 17)))]
    return " ".join(words).capitalize()


# What makes a record, and its bytes: some 610 to 620 in UCDP GED 23.1 and 24.1.
FORMS: dict[str, tuple[Callable[[Any, int, list[str], list[str]], Row], int]] = {
    "ucdp": (_ucdp, 615),
    "acled": (_acled, 502),
}
