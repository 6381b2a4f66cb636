"""Write an invented table in the shape of UCDP GED, from a thousand to ten million events.

    python -m benchmarks.generate 1000000 FOLDER [--seed 1] [--reports 0.2]

The same seed gives the same table. Countries, provinces, places, some hundred actors and who fights
whom are invented once; then events, month by month: waves of violence, repeated places, tolls with
a heavy tail and gaps, dates and places of all precisions.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from benchmarks.world import COUNTRIES, THEATRES, World, invent
from dashboard import engine
from dashboard.engine.columns import DTYPES
from dashboard.engine.preparing import place_keys
from dashboard.schema import (
    ELSEWHERE,
    EVENTS,
    EXACT_PLACES,
    FAMILY_NAMES,
    GROUP_OF_TYPE,
    REPORTS,
    TYPE_NAMES,
)

FIRST_MONTH, LAST_MONTH = 1989 * 12, 2025 * 12 + 11
ROWS_PER_PIECE = 200_000
TYPES = {
    **{"battle": 55, "civilian_attack": 17, "bombing": 8, "armed_assault": 6, "air_strike": 5},
    **{"mass_killing": 2, "suicide_bombing": 2, "security_operation": 2, "protest": 1},
    **{"siege": 1, "territorial_change": 1},
}
DATE_PRECISIONS = {"day": 78, "week": 12, "month": 8, "year": 2}
GEO_PRECISIONS = {"place": 46, "site": 2, "district": 28, "admin1": 18, "country": 5, "": 1}
ATTRIBUTIONS = {"attributed": 80, "claimed": 10, "official": 4, "suspected": 6}
PUBLISHERS = ("Reuters", "AFP", "AP", "BBC Monitoring", "Xinhua", "Local radio")
LONGEST = {"day": 2, "week": 8, "month": 32, "year": 200}
SUMMARY = (
    "Fighters were said to have attacked near {}; reports differ on how many died, and on when."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write one table and say how long it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("events", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=float, default=0.2, help="reports for each event")
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    about = generate(options.events, options.folder, options.seed, options.reports)
    print(f"{about} in {time.perf_counter() - started:.1f} s")


def generate(events: int, folder: Path, seed: int = 1, reports: float = 0.2) -> dict:
    """Write a package of so many events; return what its meta.json says."""
    world, months = plan(events, seed)
    return engine.write(
        pieces(world, months, seed),
        report_pieces(world, months, seed, reports),
        world.actors,
        world.theatres,
        folder,
    )


def plan(events: int, seed: int) -> tuple[World, np.ndarray]:
    """Invent the world, and how many events each month and country has (months x countries)."""
    rng = np.random.default_rng(seed)
    world = invent(rng, int(np.clip(events / 6, 400, 60_000)))
    months = LAST_MONTH - FIRST_MONTH + 1
    shares = np.array([share for *_, share in COUNTRIES], dtype="float64")
    walk = np.cumsum(rng.normal(0, 0.25, (months, len(COUNTRIES))), axis=0)
    # More of the world is reported each year, and each country has its own wars.
    weights = np.exp(walk - walk.mean(axis=0)) * shares * np.linspace(0.4, 1.6, months)[:, None]
    return world, rng.multinomial(events, (weights / weights.sum()).ravel()).reshape(weights.shape)


def pieces(world: World, months: np.ndarray, seed: int) -> Iterator[pd.DataFrame]:
    """Make the events, a stretch of months at a time, in the order of their days."""
    start, serial = 0, 0
    while start < len(months):
        sizes = months[start:].sum(axis=1).cumsum()
        end = start + max(1, int(np.searchsorted(sizes, ROWS_PER_PIECE, side="right")))
        numbers = months[start:end]
        if numbers.sum():
            yield _piece(world, numbers, start, serial, np.random.default_rng((seed, start)))
        serial += int(numbers.sum())
        start = end


def _piece(
    world: World, numbers: np.ndarray, start: int, serial: int, rng: np.random.Generator
) -> pd.DataFrame:
    months = np.repeat(np.arange(len(numbers)) + start + FIRST_MONTH, numbers.sum(axis=1))
    countries = np.concatenate([np.repeat(np.arange(len(row)), row) for row in numbers])
    first = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype("int64")
    days = first + rng.integers(0, 28, len(first))
    order = np.argsort(days, kind="stable")
    days, months, countries = days[order], months[order], countries[order]
    places = world.places.iloc[_drawn(rng, world.places_of[countries], 3.0)]
    dyads = _drawn(rng, world.dyads_of[countries], 2.5)
    found = {
        "country_code": _taken([code for code, *_ in COUNTRIES], countries),
        **_placed(rng, places),
        **{name: _taken(world.dyads[name], dyads) for name in ("initiators", "targets")},
        "event_type": _words(rng, TYPES, len(days)),
        "attribution": _words(rng, ATTRIBUTIONS, len(days)),
        **_tolls(rng, len(days)),
        **_days(rng, days, serial),
    }
    title = compute.binary_join_element_wise(
        _mapped(found["event_type"], TYPE_NAMES), found["place"], " at "
    )
    before, after = SUMMARY.split("{}")
    found |= {
        "title": title,
        "summary": compute.binary_join_element_wise(before, found["place"], after, ""),
        "part_of": pa.repeat("", len(days)),
        "month": pa.array(months),
        "sources": pa.array(rng.geometric(0.6, len(days))),
    }
    return _prepared(world, found)


def _prepared(world: World, found: dict[str, pa.Array]) -> pd.DataFrame:
    """Add what `engine.prepared` adds, by columns: a loop over rows would take hours."""
    theatre_of = {code: theatre for theatre, codes in THEATRES.items() for code in codes}
    theatre_of = {code: theatre_of.get(code, ELSEWHERE) for code, *_ in COUNTRIES}
    family = dict(zip(world.actors["actor_id"], world.actors["family"], strict=True))
    known = {
        actor: f"{name} {short} {FAMILY_NAMES[family[actor]]}".lower()
        for actor, name, short in world.actors[["actor_id", "name", "short_name"]].itertuples(
            index=False, name=None
        )
    }
    sides = {*world.dyads["initiators"], *world.dyads["targets"]}
    said = {side: " ".join(known[actor] for actor in side.split(";") if actor) for side in sides}
    found["theatre"] = _mapped(found["country_code"], theatre_of)
    found["type_group"] = _mapped(found["event_type"], GROUP_OF_TYPE)
    for side in ("initiator", "target"):
        found[f"{side}_key"] = _mapped(found[f"{side}s"], {cell: f";{cell};" for cell in sides})
    first = {side: family.get(side.split(";")[0], "") for side in sides}
    found["family"] = _mapped(found["initiators"], first)
    found["is_exact"] = compute.is_in(found["geo_precision"], pa.array(EXACT_PLACES))
    texts = [found[name] for name in ("title", "place", "admin1", "summary")]
    texts += [_mapped(found["event_type"], TYPE_NAMES), found["theatre"]]
    texts += [_mapped(found[side], said) for side in ("initiators", "targets")]
    found["haystack"] = compute.utf8_lower(compute.binary_join_element_wise(*texts, " "))
    keys = place_keys(found["latitude_deg"].to_pandas(), found["longitude_deg"].to_pandas())
    found["place_key"] = pa.array(keys)
    names = [column.name for column in EVENTS]
    names += [name for name in found if name not in names]
    return pd.DataFrame({name: _series(found[name], DTYPES[name]) for name in names})


def _series(values: pa.Array, dtype: str) -> pd.Series:
    if dtype == "Int64":
        return pd.Series(values.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get))
    return values.to_pandas().astype(dtype)


def _drawn(rng: np.random.Generator, spans: np.ndarray, steepness: float) -> np.ndarray:
    """Draw an entry of each span; the first ones of a span come most often."""
    share = rng.random(len(spans)) ** steepness
    return spans[:, 0] + (share * spans[:, 1]).astype("int64")


def _taken(values: Sequence[str] | pd.Series, codes: np.ndarray) -> pa.Array:
    names = pa.array(list(values), pa.string())
    return names.take(pa.array(codes))


def _mapped(values: pa.Array, names: dict[str, str]) -> pa.Array:
    coded = values.dictionary_encode()
    words = pa.array([names[value] for value in coded.dictionary.to_pylist()], pa.string())
    return words.take(coded.indices)


def _words(rng: np.random.Generator, shares: dict[str, int], number: int) -> pa.Array:
    weights = np.array(list(shares.values()), dtype="float64")
    return _taken(list(shares), rng.choice(len(shares), number, p=weights / weights.sum()))


def _placed(rng: np.random.Generator, places: pd.DataFrame) -> dict[str, pa.Array]:
    precision = _words(rng, GEO_PRECISIONS, len(places))
    without = np.array(compute.equal(precision, ""))
    return {
        "place": pa.array(places["place"].to_numpy(), pa.string()),
        "admin1": pa.array(places["admin1"].to_numpy(), pa.string()),
        "latitude_deg": pa.array(np.where(without, np.nan, places["y"]), from_pandas=True),
        "longitude_deg": pa.array(np.where(without, np.nan, places["x"]), from_pandas=True),
        "geo_precision": precision,
    }


def _tolls(rng: np.random.Generator, number: int) -> dict[str, pa.Array]:
    found = {}
    for quantity, unknown in (("killed", 0.04), ("wounded", 0.85)):
        best = np.floor(np.exp(rng.normal(0.9, 1.2, number))).astype("int64")
        low = (best * rng.uniform(0.4, 1.05, number)).clip(max=best).astype("int64")
        high = (best * rng.uniform(1, 1.8, number)).astype("int64").clip(min=best)
        mask = rng.random(number) < unknown
        for level, values in (("low", low), ("best", best), ("high", high)):
            found[f"{quantity}_{level}"] = pa.array(values, mask=mask)
    fled = rng.integers(50, 60_000, number)
    found["displaced"] = pa.array(fled, mask=rng.random(number) < 0.98)
    return found


def _days(rng: np.random.Generator, days: np.ndarray, serial: int) -> dict[str, pa.Array]:
    precision = _words(rng, DATE_PRECISIONS, len(days))
    longest = np.array(_mapped(precision, {word: str(most) for word, most in LONGEST.items()}))
    longest = longest.astype("int64")
    is_long = rng.random(len(days)) < np.where(longest == 2, 0.05, 0.9)
    last = days + np.where(is_long, rng.integers(0, longest), 0)
    first = days.astype("datetime64[D]")
    texts = pa.array(np.datetime_as_string(first), pa.string())
    serials = pa.array([f"{serial + number:08d}" for number in range(len(days))])
    return {
        "event_id": compute.binary_join_element_wise(texts, serials, "-"),
        "start_date": pa.array(first.astype("datetime64[ms]")),
        "end_date": pa.array(last.astype("datetime64[D]").astype("datetime64[ms]")),
        "date_precision": precision,
        "day": pa.array(days),
        "end_day": pa.array(last),
    }


def report_pieces(
    world: World, months: np.ndarray, seed: int, share: float
) -> Iterator[pd.DataFrame]:
    """Make so many reports for each event, in the order of the events."""
    for number, events in enumerate(pieces(world, months, seed)):
        rng = np.random.default_rng((seed, number, 1))
        reported = events[rng.random(len(events)) < share]
        texts = {column.name: "" for column in REPORTS if DTYPES[column.name] == "str"}
        rows = pd.DataFrame(texts, index=reported.index).assign(
            event_id=reported["event_id"],
            publisher=rng.choice(PUBLISHERS, len(reported)),
            url="https://example.org/" + reported["event_id"],
            title=reported["title"],
            published_date=reported["end_date"],
            language="en",
            killed_min=reported["killed_low"],
            killed_max=reported["killed_high"],
            wounded_min=reported["wounded_low"],
            wounded_max=reported["wounded_high"],
            scope=np.where(reported["killed_best"].isna(), "", "all"),
        )
        names = [column.name for column in REPORTS]
        yield rows[names].astype({name: DTYPES[name] for name in names})


if __name__ == "__main__":
    main()
