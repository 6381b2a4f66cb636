"""A dataset's events with the columns that filters and views ask for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.dataset import Dataset
from dashboard.engine.columns import DERIVED_DTYPES
from dashboard.engine.large import LargeDataset, without_rows
from dashboard.schema import (
    DEGREE_PLACES,
    ELSEWHERE,
    EXACT_PLACES,
    FAMILY_NAMES,
    GROUP_OF_TYPE,
    TYPE_NAMES,
)

ROWS_AT_A_TIME = 20_480
_PLAIN = str.maketrans("‘’ʻʼʾʿ‐–—łøđı", "''''''---lodi")


def fold(text: str) -> str:
    """Bring a text to the form that search compares: no accents, no case."""
    if text.isascii():
        return text.lower()
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
    # By numbers: a list of agencies for each report would be larger than the reports.
    cells, written = pd.factorize(agency)
    events, ids = pd.factorize(reports["event_id"])
    named = {place: cell.split(";") for place, cell in enumerate(written)}
    agencies = pd.DataFrame(
        [(place, fold(name)) for place, names in named.items() for name in names],
        columns=["cell", "agency"],
    )
    agencies["agency"] = pd.factorize(agencies["agency"])[0]
    pairs = pd.DataFrame({"event_id": events, "cell": cells}).drop_duplicates()
    pairs = pairs.merge(agencies, on="cell")[["event_id", "agency"]].drop_duplicates()
    counts = np.bincount(pairs["event_id"], minlength=len(ids))
    return pd.Series(counts, index=pd.Index(ids, name="event_id"))


def open_events(dataset: Dataset, *, is_searched: bool = True) -> nw.DataFrame | nw.LazyFrame:
    """Return the events of `prepared`, ready for `dashboard.query`.

    Those of a large table come as a query that its engine has yet to run, for one thread.

    Args:
        dataset: The table.
        is_searched: Whether a selection may search for words; else haystack may be left out.
    """
    if isinstance(dataset, LargeDataset):
        return dataset.connection.events()
    rows = prepared(dataset) if is_searched else _derived(dataset)
    return nw.from_native(rows, eager_only=True)


@lru_cache(maxsize=4)
def prepared(dataset: Dataset) -> pd.DataFrame:
    """Return the events with what queries and views need of them; made once for each dataset.

    Returns:
        One row an event, not to be changed: the columns of `schema.EVENTS` and theatre (id or
        `elsewhere`), type_group, sources (independent ones), initiator_key and target_key
        (";a;b;"), family (of the first initiator), is_exact (whether the place is one of
        `EXACT_PLACES`), month (year * 12 + month - 1 of the first day), day and end_day (the first
        and the last day, days since 1970: engines disagree about dates before that), place_key (one
        number for each pair of coordinates, none without a place), haystack (the words that search
        reads, folded, each once).
    """
    rows = _derived(dataset)
    return rows.assign(haystack=_haystack(dataset, rows))


@lru_cache(maxsize=4)
def _derived(dataset: Dataset) -> pd.DataFrame:
    return _with_derived(dataset, dataset.events, sources_of_events(dataset))


def prepared_pieces(dataset: Dataset, sources: np.ndarray | None = None) -> Iterator[pd.DataFrame]:
    """Give the rows of `prepared` in pieces, for a table that shall not stand in memory twice.

    Where nobody else keeps the dataset, the texts of a piece go with it.

    Args:
        dataset: The table.
        sources: What `sources_of_events` said, where its reports are gone already.
    """
    counts = sources_of_events(dataset) if sources is None else sources
    starts = range(0, max(dataset.size, 1), ROWS_AT_A_TIME)
    pieces = [dataset.events.iloc[start : start + ROWS_AT_A_TIME] for start in reversed(starts)]
    dataset = without_rows(dataset)
    for start in starts:
        some = pieces.pop().reset_index(drop=True)
        rows = _with_derived(dataset, some, counts[start : start + ROWS_AT_A_TIME])
        del some
        yield rows.assign(haystack=_haystack(dataset, rows))


def sources_of_events(dataset: Dataset) -> np.ndarray:
    """Count the independent sources of each event, in the order of the table; int64."""
    counts = independent_sources(dataset.reports)
    # By Arrow: pandas would make, and keep, a Python string of each id.
    ids, known = (
        pa.array(texts).cast(pa.large_string())
        for texts in (dataset.events["event_id"], counts.index)
    )
    found = pc.call_function("index_in", [ids], pc.SetLookupOptions(known))
    places = pc.fill_null(found, len(counts))
    return np.append(counts.to_numpy(), 0)[places.to_numpy()]


def _with_derived(dataset: Dataset, rows: pd.DataFrame, sources: np.ndarray) -> pd.DataFrame:
    """Return some events with the columns of `prepared` but haystack.

    Args:
        dataset: The table that they are of.
        rows: The events.
        sources: How many independent ones each of them has.
    """
    events = rows.copy(deep=False)
    known = dataset.theatre_of_country
    theatres = {code: known.get(code, ELSEWHERE) for code in events["country_code"].unique()}
    events["theatre"] = events["country_code"].map(theatres)
    events["type_group"] = events["event_type"].map(GROUP_OF_TYPE)
    events["sources"] = sources
    for column in ("initiator", "target"):
        events[f"{column}_key"] = ";" + events[f"{column}s"] + ";"
    families = {
        side: dataset.actor_families.get(side.partition(";")[0], "")
        for side in events["initiators"].unique()
    }
    events["family"] = events["initiators"].map(families)
    events["is_exact"] = events["geo_precision"].isin(EXACT_PLACES)
    start = events["start_date"]
    events["month"] = start.dt.year * 12 + start.dt.month - 1
    for end, name in (("start_date", "day"), ("end_date", "end_day")):
        events[name] = events[end].to_numpy("datetime64[D]").astype("int64")
    events["place_key"] = place_keys(events["latitude_deg"], events["longitude_deg"])
    dtypes = {name: dtype for name, dtype in DERIVED_DTYPES.items() if name != "haystack"}
    return events.astype(dtypes)


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
    theatres = {**dict.fromkeys(events["theatre"].unique(), ""), **dataset.theatre_names}
    pieces = [pa.array([], pa.large_string())]
    # As Python's strings, all texts of a large table are larger than the table.
    for start in range(0, len(events), ROWS_AT_A_TIME):
        some = events.iloc[start : start + ROWS_AT_A_TIME]
        columns = (some[name] for name in ("title", "place", "admin1", "summary"))
        words = some["event_type"].map(TYPE_NAMES), some["theatre"].map(theatres)
        texts = [
            # A search asks for words: once is enough, and takes a third less of memory and time.
            " ".join(
                dict.fromkeys(" ".join((fold(" ".join(parts)), *(known[a] for a in ids))).split())
            )
            for *parts, ids in zip(*columns, *words, _actors(some), strict=True)
        ]
        pieces.append(pa.array(texts, pa.large_string()))
    return pd.Series(pd.array(pa.chunked_array(pieces), dtype="str"), index=events.index)


def _actors(events: pd.DataFrame) -> list[list[str]]:
    sides = zip(events["initiators"], events["targets"], strict=True)
    return [list(filter(None, f"{one};{other}".split(";"))) for one, other in sides]
