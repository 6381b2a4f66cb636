"""Small tables to match, and a perturbed copy of a table whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard import dataset as packages
from dashboard.dataset import Dataset
from tests import package
from tests.package import Row, event, placed, report, toll

HERE = ("36.34", "43.13")
MOSUL = {"place": "Mosul", "targets": "civilians", **placed(*HERE), **toll("8", "10", "12")}
NORTH_9_KM = placed("36.42", "43.13")


def bombing(event_id: str = "2016-05-03-mosul", **cells: str) -> Row:
    """Make an attack at Mosul with 10 dead, its cells changed."""
    return event(event_id, **(MOSUL | cells))


def table(folder: Path, *events: Row, actors: Sequence[Row] = ()) -> Dataset:
    """Load a table of these events."""
    tables = {"events": sorted(events, key=lambda row: (row["start_date"], row["event_id"]))}
    tables["reports"] = sorted(
        (report(row["event_id"]) for row in events), key=lambda row: row["event_id"]
    )
    if actors:
        tables["actors"] = list(actors)
    return packages.load(package.write(folder, **tables))


def perturbed(table: Dataset, seed: int) -> tuple[Dataset, set[tuple[str, str]]]:
    """Copy a table as another source would have told it.

    Of ten events about one is gone; of ten that stay, one to two are off by a day or two, two have
    a vaguer place, one has no toll, two lack an actor. Places scatter by half their radius, tolls
    by about a quarter. Behind them stand decoys: one event in five once more, at another time or
    place, with another toll.

    Returns:
        The copy, its ids new, and the pairs of ids that are one event.
    """
    chance = np.random.default_rng(seed)
    kept = table.events[chance.random(len(table.events)) < 0.88].reset_index(drop=True)
    copy = _scattered(kept, chance)
    decoys = _moved(kept[chance.random(len(kept)) < 0.2].reset_index(drop=True), chance)
    events = pd.concat([copy, decoys], ignore_index=True)
    ids = [f"copy-{number}" for number in range(len(events))]
    pairs = set(zip(kept["event_id"], ids, strict=False))
    return replace(table, events=events.assign(event_id=ids)), pairs


def _scattered(events: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    number = len(events)
    days = np.where(chance.random(number) < 0.15, chance.integers(-2, 3, number), 0)
    radius = events["geo_precision"].map({"site": 1, "place": 5, "district": 30, "admin1": 100})
    km = chance.normal(0, 0.5, (2, number)) * radius.to_numpy("float64")
    factor = np.exp(chance.normal(0, 0.25, number))
    is_unknown = chance.random(number) < 0.1
    is_vaguer = (chance.random(number) < 0.2) & (events["geo_precision"] == "place")
    is_short = chance.random(number) < 0.2
    tolls = {
        f"killed_{figure}": (events[f"killed_{figure}"].astype("Float64") * factor)
        .round()
        .astype("Int64")
        .mask(is_unknown)
        for figure in ("low", "best", "high")
    }
    shift = pd.to_timedelta(days, unit="D").astype("timedelta64[ms]")
    return events.assign(
        start_date=events["start_date"] + shift,
        end_date=events["end_date"] + shift,
        latitude_deg=events["latitude_deg"] + km[0] / 111.2,
        longitude_deg=events["longitude_deg"] + km[1] / 100.0,
        geo_precision=events["geo_precision"].mask(is_vaguer, "district"),
        targets=events["targets"].where(~is_short, events["targets"].str.split(";").str[0]),
        **tolls,
    )


def _moved(events: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    number = len(events)
    is_later = chance.random(number) < 0.5
    days = np.where(is_later, chance.integers(4, 30, number), 0)
    degrees = np.where(is_later, 0.0, chance.uniform(0.4, 1.5, number))
    shift = pd.to_timedelta(days, unit="D").astype("timedelta64[ms]")
    factor = np.exp(chance.normal(0, 1.0, number))
    tolls = {
        f"killed_{figure}": (events[f"killed_{figure}"].astype("Float64") * factor)
        .round()
        .astype("Int64")
        for figure in ("low", "best", "high")
    }
    return events.assign(
        start_date=events["start_date"] + shift,
        end_date=events["end_date"] + shift,
        latitude_deg=events["latitude_deg"] + degrees,
        **tolls,
    )
