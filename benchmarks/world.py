"""An invented world for large tables: countries, provinces, places, actors and who fights whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

# Code, longitude, latitude and half width in degrees, share of all events; roughly as UCDP GED has
# them since 1989.
COUNTRIES = (
    *(("IRQ", 43.7, 33.2, 3.5, 6), ("SYR", 38.3, 35.0, 2.5, 26), ("AFG", 66.0, 34.0, 5.0, 17)),
    *(("IND", 78.0, 24.0, 8.0, 7), ("PAK", 69.5, 31.0, 4.0, 4), ("NGA", 8.5, 10.0, 4.0, 4)),
    *(("SOM", 45.5, 4.0, 4.0, 4), ("COD", 28.0, -1.0, 5.0, 5), ("SDN", 28.0, 13.0, 6.0, 3)),
    *(("SSD", 30.5, 7.5, 3.0, 1), ("YEM", 45.0, 15.0, 3.0, 4), ("TUR", 40.0, 38.0, 4.0, 2)),
    *(("COL", -74.0, 5.0, 5.0, 2), ("MEX", -101.0, 22.0, 7.0, 7), ("BRA", -45.0, -15.0, 9.0, 2)),
    *(("PHL", 123.5, 9.0, 4.0, 2), ("LKA", 80.7, 8.5, 1.2, 2), ("NPL", 83.5, 28.0, 2.0, 1)),
    *(("MMR", 96.5, 21.0, 4.0, 2), ("ETH", 39.5, 9.0, 4.0, 2), ("UGA", 32.5, 2.0, 1.5, 1)),
    *(("BDI", 29.9, -3.3, 0.7, 1), ("MLI", -2.0, 16.0, 4.0, 1), ("BFA", -1.5, 12.8, 2.0, 1)),
    *(("NER", 8.0, 14.5, 4.0, 1), ("TCD", 17.0, 13.0, 4.0, 1), ("CMR", 13.5, 8.0, 3.0, 1)),
    *(("CAF", 20.5, 6.5, 3.0, 1), ("MOZ", 39.5, -12.5, 1.8, 1), ("TZA", 38.5, -8.5, 2.0, 1)),
    *(("DZA", 4.0, 35.5, 3.0, 2), ("LBY", 17.0, 30.0, 4.0, 1), ("EGY", 33.0, 29.5, 2.0, 1)),
    *(("ISR", 34.9, 31.8, 0.8, 2), ("LBN", 35.8, 33.8, 0.6, 1), ("UKR", 35.5, 48.3, 4.0, 8)),
    *(("RUS", 45.0, 43.5, 2.0, 2), ("THA", 101.2, 6.5, 0.7, 1), ("PER", -75.0, -11.0, 3.0, 1)),
)
THEATRES = {
    "iraq": ("IRQ",),
    "syria": ("SYR",),
    "mozambique": ("MOZ", "TZA"),
    "sahel": ("BFA", "CMR", "MLI", "MRT", "NER", "NGA", "TCD"),
}
NAMES = ("Iraq", "Syria", "Mozambique", "Sahel")
_FRAMES = ((38.7, 29, 48.7, 37.5), (35.4, 32.2, 42.5, 37.5), (36.6, -14.7, 41.3, -9.9))
FRAMES = (*_FRAMES, (-17, 5.5, 17, 19))
SYLLABLES = ("ba", "dar", "el", "fa", "ga", "ha", "ju", "ka", "lo", "ma", "nu", "or", "qa", "ra")
GROUPS_PER_COUNTRY = 6
PROVINCES_PER_COUNTRY = 12


@dataclass(frozen=True)
class World:
    """What events are drawn from; every array of `places` and `dyads` has one entry for each.

    `places_of` and `dyads_of` give the first and the number of a country's entries.
    """

    actors: pd.DataFrame
    theatres: pd.DataFrame
    places: pd.DataFrame
    dyads: pd.DataFrame
    places_of: np.ndarray
    dyads_of: np.ndarray


def invent(rng: np.random.Generator, most_places: int) -> World:
    """Make a world with a few hundred actors and about so many places."""
    actors, dyads = _parties(rng)
    places = _places(rng, most_places)
    return World(
        actors=actors,
        theatres=_theatres(),
        places=places,
        dyads=dyads,
        places_of=_spans(places["country"]),
        dyads_of=_spans(dyads["country"]),
    )


def _spans(countries: pd.Series) -> np.ndarray:
    numbers = countries.value_counts().reindex(range(len(COUNTRIES)), fill_value=0).to_numpy()
    return np.column_stack([np.cumsum(numbers) - numbers, numbers])


def _name(rng: np.random.Generator) -> str:
    return "".join(rng.choice(SYLLABLES, rng.integers(2, 5))).capitalize()


def _places(rng: np.random.Generator, most: int) -> pd.DataFrame:
    shares = np.array([share for *_, share in COUNTRIES], dtype="float64")
    rows = []
    for number, (_, x, y, spread, share) in enumerate(COUNTRIES):
        centres = rng.normal(0, spread / 2, (PROVINCES_PER_COUNTRY, 2)) + (x, y)
        names = [f"{_name(rng)} province" for _ in centres]
        for _ in range(max(5, int(most * share / shares.sum()))):
            province = int(rng.integers(len(centres)))
            lon, lat = centres[province] + rng.normal(0, spread / 6, 2)
            rows.append((number, _name(rng), names[province], round(lon, 5), round(lat, 5)))
    return pd.DataFrame(rows, columns=["country", "place", "admin1", "x", "y"])


def _parties(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    actors = [_actor("civilians", "Civilians", "civilians", "civilians")]
    actors += [_actor("is", "Islamic State", "is_network", "armed_group")]
    actors += [_actor("coalition", "Coalition", "international_forces", "coalition")]
    rows = []
    families = ("is_network", "al_qaeda_network", "local_forces", *["other_armed_groups"] * 4)
    for number, (code, *_) in enumerate(COUNTRIES):
        army, police = f"{code.lower()}-army", f"{code.lower()}-police"
        actors.append(_actor(army, f"Army of {code}", "state_forces", "armed_forces"))
        actors.append(_actor(police, f"Police of {code}", "state_forces", "police"))
        groups = [f"{code.lower()}-group-{index + 1}" for index in range(GROUPS_PER_COUNTRY)]
        for group in groups:
            family = str(rng.choice(families))
            actors.append(_actor(group, f"{_name(rng)} Front", family, "armed_group"))
        for group in [*groups, "is"]:
            pairs = ((army, group), (group, army), (group, "civilians"), (group, police))
            pairs += ((f"{army};coalition", group), (group, f"civilians;{police}"), (group, ""))
            rows += [(number, *pair) for pair in pairs]
        rows += [(number, one, other) for one in groups for other in groups if one < other]
    dyads = pd.DataFrame(rows, columns=["country", "initiators", "targets"])
    return pd.DataFrame(actors).sort_values("actor_id", ignore_index=True), dyads


def _actor(actor_id: str, name: str, family: str, kind: str) -> dict[str, str]:
    names = {"actor_id": actor_id, "name": name, "short_name": name, "aliases": ""}
    return names | {"family": family, "kind": kind, "parent": "", "country_code": "", "note": ""}


def _theatres() -> pd.DataFrame:
    rows = [
        (theatre, name, ";".join(codes), *map(float, frame))
        for (theatre, codes), name, frame in zip(THEATRES.items(), NAMES, FRAMES, strict=True)
    ]
    edges = [f"{edge}_deg" for edge in ("west", "south", "east", "north")]
    return pd.DataFrame(rows, columns=["theatre_id", "name", "country_codes", *edges])
