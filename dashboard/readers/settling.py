"""Rules that hold for the events of every source: days, places, tolls."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.errors import plural, shown
from dashboard.geography import country_name
from dashboard.readers.base import Batch
from dashboard.readers.borders import country_at
from dashboard.readers.drafts import UNKNOWN, Draft, Figures
from dashboard.readers.eventtypes import OTHER
from dashboard.readers.values import ordered_toll
from dashboard.schema import NO_DAY, TYPE_NAMES

Place = tuple[float | None, float | None, str]
NO_PLACE: Place = (None, None, "")


def check_days(batch: Batch, draft: Draft, spots: Sequence[Place]) -> None:
    """Reject events that end before they begin, and those with neither a date nor a place.

    One with a place alone is kept, with a warning: it stands on the map.
    """
    for place, (start, end) in enumerate(zip(draft.starts, draft.ends or (), strict=True)):
        if place in batch.bad:
            continue
        if start is None:
            if spots[place] == NO_PLACE:
                batch.reject(place, "", "has neither a date nor a place: nowhere to show it.")
            else:
                batch.warn(place, "", "has no date: it stands on the map alone.")
        elif end is None or end < start:
            batch.reject(place, "", f"ends on {end}, before it begins on {start}.", str(end))


def settled_places(batch: Batch, draft: Draft) -> list[Place]:
    """Return latitude, longitude and precision of each event, all of them or none.

    0, 0 stands for a missing place in many tables, as does half a pair of coordinates: the event
    is kept without a place, with a warning.
    """
    found = []
    for place, (latitude, longitude, precision) in enumerate(
        zip(
            draft.latitudes or (),
            draft.longitudes or (),
            draft.geo_precisions or (),
            strict=True,
        )
    ):
        if place in batch.bad or (latitude is None and longitude is None):
            found.append(NO_PLACE)
        elif latitude is None or longitude is None:
            batch.warn(place, "", "has one coordinate without the other: no place.")
            found.append(NO_PLACE)
        elif not precision:
            found.append(NO_PLACE)
        elif latitude == 0 and longitude == 0:
            batch.warn(place, "", "lies at 0, 0, which stands for a missing place: no place.")
            found.append(NO_PLACE)
        else:
            found.append((latitude, longitude, precision))
    return found


def settle_dates(events: pd.DataFrame, file: str) -> list[str]:
    """Give the days of the whole table to events without a date, and say how many they are.

    Args:
        events: All events of the table; start_date and end_date are filled in, with `NO_DAY` where
            no event has one.
        file: The file's name.
    """
    number = int(events["start_date"].isna().sum())
    if not number:
        return []
    if number == len(events):
        events["start_date"] = events["end_date"] = pd.Timestamp(NO_DAY)
        return [f"{file} has places and no dates: its events are on the map, on no timeline."]
    events["start_date"] = events["start_date"].fillna(events["start_date"].min())
    events["end_date"] = events["end_date"].fillna(events["end_date"].max())
    verb = "event has" if number == 1 else "events have"
    return [f"{number:,} {verb} a place and no date: on the map, on no timeline."]


def settled_tolls(batch: Batch, tolls: Sequence[Figures], columns: str) -> list[Figures]:
    """Bring each toll into the order low, best, high, with a warning where it was not.

    Args:
        batch: The records.
        tolls: The figures of each.
        columns: What the three are called in the table, for the warning: "low, best, high".
    """
    settled: list[Figures] = []
    for place, figures in enumerate(tolls):
        if place in batch.bad:
            settled.append(UNKNOWN)
            continue
        low, best, high = figures
        if best is not None and low is not None and high is not None and low <= best <= high:
            settled.append(figures)
            continue
        if figures == UNKNOWN:
            settled.append(UNKNOWN)
            continue
        low, best, high, fault = ordered_toll(low, best, high)
        if fault:
            written = ", ".join("" if figure is None else str(figure) for figure in figures)
            batch.warn(place, columns, fault, written)
        settled.append((low, best, high))
    return settled


def settled_countries(
    batch: Batch, codes: Sequence[str], column: str, spots: Sequence[Place]
) -> tuple[list[str], int]:
    """Return the codes, those that are empty by the coordinates, else "".

    Args:
        batch: The records; one whose country has a name that is not known gets a warning.
        codes: Codes of countries.
        column: What the countries' names are called in the table, "" if they are not there.
        spots: Where the events are.

    Returns:
        The codes, and how many were found by coordinates.
    """
    found = []
    located = 0
    for place, (code, (latitude, longitude, _)) in enumerate(zip(codes, spots, strict=True)):
        if not code and place not in batch.bad:
            if latitude is not None and longitude is not None:
                code = country_at(latitude, longitude)
                located += bool(code)
            name = batch.cells(column)[place].strip() if column else ""
            if name:
                so = f": by its coordinates it is in {country_name(code)}." if code else "."
                batch.warn(place, column, f"no country that we know is called {shown(name)}{so}")
        found.append(code)
    return found, located


def settled_types(types: Sequence[str]) -> tuple[list[str], int]:
    """Return the types of events, those that are "" as other, and how many those are."""
    return [kind or OTHER for kind in types], sum(not kind for kind in types)


def told(unstated: int, located: int) -> list[str]:
    """Say what a table left open about its events.

    Args:
        unstated: How many of those that were loaded have no type that we know.
        located: How many of them have their country by coordinates alone.
    """
    said = []
    if unstated:
        said.append(
            f"No type that we know is stated for {plural(unstated, 'event')}:"
            f" {TYPE_NAMES[OTHER]!r}. A mapping of event_type says it better."
        )
    if located:
        said.append(
            f"Countries told by the coordinates, as the table does not: {plural(located, 'event')}."
        )
    return said
