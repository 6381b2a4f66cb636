"""A dataset's events with the columns that filters and views ask for."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import narwhals as nw
import pandas as pd

from dashboard.dataset import Dataset
from dashboard.engine.columns import DERIVED_DTYPES
from dashboard.engine.large import LargeDataset
from dashboard.schema import (
    DEGREE_PLACES,
    ELSEWHERE,
    EXACT_PLACES,
    FAMILY_NAMES,
    GROUP_OF_TYPE,
    TYPE_NAMES,
)

_PLAIN = str.maketrans("‘’ʻʼʾʿ‐–—łøđı", "''''''---lodi")


def fold(text: str) -> str:
    """Bring a text to the form that search compares: no accents, no case."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.casefold().translate(_PLAIN)


def independent_sources(reports: pd.DataFrame) -> pd.Series:
    """Count each event's independent sources.

    A page counts as the agencies that it names (`via`), else as its publisher: two pages with one
    agency's text are one source.

    Returns:
        int64 counts indexed by event_id.
    """
    agency = reports["via"].where(reports["via"] != "", reports["publisher"])
    named = agency.str.split(";").explode()
    named = named.map({name: fold(name) for name in named.unique()})
    pairs = pd.DataFrame({"event_id": reports["event_id"].reindex(named.index), "agency": named})
    return pairs.drop_duplicates().groupby("event_id").size()


def open_events(dataset: Dataset) -> nw.DataFrame | nw.LazyFrame:
    """Return the events of `prepared`, ready for `dashboard.query`.

    Those of a large table come as a query that its engine has yet to run, for one thread.
    """
    if isinstance(dataset, LargeDataset):
        return dataset.connection.events()
    return nw.from_native(prepared(dataset), eager_only=True)


@lru_cache(maxsize=4)
def prepared(dataset: Dataset) -> pd.DataFrame:
    """Return the events with what queries and views need of them; made once for each dataset.

    Returns:
        One row an event, not to be changed: the columns of `schema.EVENTS` and theatre (id or
        `elsewhere`), type_group, sources (independent ones), initiator_key and target_key
        (";a;b;"), family (of the first initiator), is_exact (whether the place is one of
        `EXACT_PLACES`), month (year * 12 + month - 1 of the first day), day and end_day (the first
        and the last day, days since 1970: engines disagree about dates before that), place_key (one
        number for each pair of coordinates, none without a place), haystack (the text that search
        reads, folded).
    """
    events = dataset.events.copy()
    theatres = [dataset.theatre_of_country.get(code, ELSEWHERE) for code in events["country_code"]]
    events["theatre"] = pd.Series(theatres, dtype="str")
    events["type_group"] = events["event_type"].map(GROUP_OF_TYPE)
    counts = independent_sources(dataset.reports)
    events["sources"] = events["event_id"].map(counts).fillna(0)
    for column in ("initiator", "target"):
        events[f"{column}_key"] = ";" + events[f"{column}s"] + ";"
    first = events["initiators"].str.split(";").str[0]
    events["family"] = first.map(dataset.actor_families).fillna("")
    events["is_exact"] = events["geo_precision"].isin(EXACT_PLACES)
    start = events["start_date"]
    events["month"] = start.dt.year * 12 + start.dt.month - 1
    for end, name in (("start_date", "day"), ("end_date", "end_day")):
        events[name] = events[end].to_numpy("datetime64[D]").astype("int64")
    events["place_key"] = place_keys(events["latitude_deg"], events["longitude_deg"])
    events["haystack"] = _haystack(dataset, events)
    return events.astype(DERIVED_DTYPES)


def place_keys(latitude_deg: pd.Series, longitude_deg: pd.Series) -> pd.Series:
    """Return a whole number for each place, the same for the same coordinates; Int64."""
    north, east = (
        ((values + span) * 10**DEGREE_PLACES).round().astype("Int64")
        for values, span in ((latitude_deg, 90), (longitude_deg, 180))
    )
    return north * (360 * 10**DEGREE_PLACES + 1) + east


def _haystack(dataset: Dataset, events: pd.DataFrame) -> pd.Series:
    actors = dataset.actors
    known = {
        actor: fold(" ".join((name, short, aliases.replace(";", " "), FAMILY_NAMES[family])))
        for actor, name, short, aliases, family in zip(
            actors["actor_id"],
            actors["name"],
            actors["short_name"],
            actors["aliases"],
            actors["family"],
            strict=True,
        )
    }
    types = events["event_type"].map(TYPE_NAMES)
    theatres = [dataset.theatre_names.get(theatre, "") for theatre in events["theatre"]]
    columns = (events[name] for name in ("title", "place", "admin1", "summary"))
    texts = []
    for *parts, ids in zip(*columns, types, theatres, _actors(events), strict=True):
        texts.append(fold(" ".join(parts)) + " " + " ".join(known[actor] for actor in ids))
    return pd.Series(texts, index=events.index, dtype="str")


def _actors(events: pd.DataFrame) -> list[list[str]]:
    sides = zip(events["initiators"], events["targets"], strict=True)
    return [list(filter(None, f"{one};{other}".split(";"))) for one, other in sides]
