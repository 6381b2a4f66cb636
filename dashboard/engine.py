"""The frame that queries run on: a dataset's events with the columns that filters ask for."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import narwhals as nw
import pandas as pd

from dashboard.dataset import Dataset
from dashboard.schema import ELSEWHERE, FAMILY_NAMES, GROUP_OF_TYPE, TYPE_NAMES

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


@lru_cache(maxsize=4)
def open_events(dataset: Dataset) -> nw.DataFrame:
    """Return the events ready for `dashboard.query`; made once for each dataset.

    Returns:
        One row an event: the columns of `schema.EVENTS` and theatre (id or `elsewhere`),
        type_group, sources (independent ones), initiator_key and target_key (";a;b;"), haystack
        (the text that search reads, folded).
    """
    events = dataset.events.copy()
    theatres = [dataset.theatre_of_country.get(code, ELSEWHERE) for code in events["country_code"]]
    events["theatre"] = pd.Series(theatres, dtype="str")
    events["type_group"] = events["event_type"].map(GROUP_OF_TYPE).astype("str")
    counts = independent_sources(dataset.reports)
    events["sources"] = events["event_id"].map(counts).fillna(0).astype("int64")
    for column in ("initiator", "target"):
        events[f"{column}_key"] = ";" + events[f"{column}s"] + ";"
    events["haystack"] = _haystack(dataset, events)
    return nw.from_native(events, eager_only=True)


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
