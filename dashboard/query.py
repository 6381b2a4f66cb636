"""Questions to the events, in narwhals: a frame in, a small answer out.

Every function takes the frame of `engine.open_events` or what `select` left of it. Sums leave
unknown tolls out (unknown is not zero) and say how many events they rest on.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.engine import fold
from dashboard.schema import EXACT_PLACES
from dashboard.selection import Selection

Frame = nw.DataFrame[Any]
LEVELS = ("low", "best", "high")


@dataclass(frozen=True, slots=True)
class Toll:
    """A sum of persons over events, and how many of the events have a figure."""

    low: int
    best: int
    high: int
    known: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a selection. `displaced_known` counts events with a figure."""

    events: int
    killed: Toll
    wounded: Toll
    displaced: int
    displaced_known: int
    places: int
    unplaced: int


def select(events: Frame, selection: Selection, *, without: Sequence[str] = ()) -> Frame:
    """Keep the events that a selection chooses, in their order.

    Args:
        events: The frame of `engine.open_events`.
        selection: Its filters; how to look at them plays no part.
        without: Fields of the selection to leave out of account.
    """
    wanted = [
        condition
        for name, condition in conditions(selection).items()
        if condition is not None and name not in without
    ]
    return events.filter(*wanted) if wanted else events


def conditions(selection: Selection) -> dict[str, nw.Expr | None]:
    """Return one condition for each filter, None where it is not set."""
    column = nw.col
    return {
        "certain": (
            (column("date_precision") == "day") & column("geo_precision").is_in(EXACT_PLACES)
            if selection.certain
            else None
        ),
        "theatres": _among("theatre", selection.theatres),
        "countries": _among("country_code", selection.countries),
        "types": _among("event_type", selection.types),
        "attributions": _among("attribution", selection.attributions),
        "from_date": (
            column("end_date") >= _instant(selection.from_date) if selection.from_date else None
        ),
        "to_date": (
            column("start_date") <= _instant(selection.to_date) if selection.to_date else None
        ),
        "killed_min": (
            column("killed_best").fill_null(-1) >= selection.killed_min
            if selection.killed_min is not None
            else None
        ),
        "sources_min": (
            column("sources") >= selection.sources_min
            if selection.sources_min is not None
            else None
        ),
        "area": _within(selection.area) if selection.area else None,
        "actors": _acting(selection.actors, selection.role),
        "against": _acting(selection.against, "target"),
        "q": _mentioning(selection.q),
    }


def _among(name: str, values: tuple[str, ...]) -> nw.Expr | None:
    return nw.col(name).is_in(values) if values else None


def _instant(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day)


def _acting(actors: tuple[str, ...], role: str) -> nw.Expr | None:
    keys = {"initiator": ["initiator_key"], "target": ["target_key"]}.get(
        role, ["initiator_key", "target_key"]
    )
    terms = [
        nw.col(key).str.contains(f";{actor};", literal=True) for actor in actors for key in keys
    ]
    return reduce(lambda one, other: one | other, terms) if terms else None


def _mentioning(q: str) -> nw.Expr | None:
    terms = [nw.col("haystack").str.contains(word, literal=True) for word in fold(q).split()]
    return reduce(lambda one, other: one & other, terms) if terms else None


def _within(area: tuple[float, ...]) -> nw.Expr:
    """Test for a place inside a box or a polygon (even-odd rule); no place is never inside."""
    x, y = nw.col("longitude_deg"), nw.col("latitude_deg")
    if len(area) == 4:
        west, south, east, north = area
        return (x >= west) & (x <= east) & (y >= south) & (y <= north)
    corners = list(zip(area[::2], area[1::2], strict=True))
    crossings = None
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
        if y1 == y2:
            continue
        crosses = ((y < y1) != (y < y2)) & (x < (x2 - x1) / (y2 - y1) * (y - y1) + x1)
        crossings = crosses if crossings is None else crossings != crosses
    inside = nw.lit(False) if crossings is None else crossings
    return inside & ~y.is_null() & (y == y)


def _integers(name: str) -> nw.Expr:
    # DuckDB gives decimals for a sum; a cast inside a group's aggregate is slow on pandas.
    return nw.col(name).cast(nw.Int64)


def totals(events: Frame) -> Totals:
    """Add up a selection."""
    sums = [nw.len().alias("events")]
    for quantity in ("killed", "wounded"):
        for level in LEVELS:
            name = f"{quantity}_{level}"
            sums.append(nw.col(name).sum().cast(nw.Int64).alias(name))
        sums.append(nw.col(f"{quantity}_best").count().alias(f"{quantity}_known"))
    sums.append(nw.col("displaced").sum().cast(nw.Int64))
    sums.append(nw.col("displaced").count().alias("displaced_known"))
    sums.append(nw.col("latitude_deg").count().alias("placed"))
    sums_row = events.select(*sums).rows(named=True)[0]
    row = {name: int(value or 0) for name, value in sums_row.items()}
    tolls = {
        quantity: Toll(
            *(row[f"{quantity}_{level}"] for level in LEVELS), known=row[f"{quantity}_known"]
        )
        for quantity in ("killed", "wounded")
    }
    return Totals(
        events=row["events"],
        **tolls,
        displaced=row["displaced"],
        displaced_known=row["displaced_known"],
        places=_places(events),
        unplaced=row["events"] - row["placed"],
    )


def _places(events: Frame) -> int:
    placed = events.filter(~nw.col("latitude_deg").is_null())
    return len(placed.select("latitude_deg", "longitude_deg").unique())


def counts(events: Frame, column: str) -> dict[str, int]:
    """Count events by the values of one column, only those that occur."""
    rows = events.group_by(column).agg(nw.len().alias("events")).sort(column)
    return {str(value): int(number) for value, number in rows.iter_rows()}


def actor_counts(events: Frame, role: str = "either") -> dict[str, int]:
    """Count events by actor; an event with two actors counts for each.

    Args:
        events: A selection.
        role: Whether the actor is initiator, target or either.
    """
    pairs = events.group_by("initiators", "targets").agg(nw.len().alias("events"))
    found: Counter[str] = Counter()
    for initiators, targets, number in pairs.iter_rows():
        sides = {"initiator": initiators, "target": targets}.get(role, f"{initiators};{targets}")
        for actor in ids_of(sides):
            found[actor] += int(number)
    return dict(found)


def ids_of(joined: str) -> set[str]:
    """Return the actor ids of a cell."""
    return set(filter(None, joined.split(";")))


def by_month(events: Frame, by: str) -> pd.DataFrame:
    """Count events and dead a calendar month of the first day.

    Args:
        events: A selection.
        by: The column that splits a month, for example type_group or theatre.

    Returns:
        One row a month and value of `by` that occur, in order: month (datetime64, first day),
        the column `by`, events (int64), killed (int64, best figures, unknown left out), known
        (int64, events with a figure).
    """
    dated = events.with_columns(
        year=nw.col("start_date").dt.year(), number=nw.col("start_date").dt.month()
    )
    rows = (
        dated.group_by("year", "number", by)
        .agg(
            events=nw.len(),
            killed=nw.col("killed_best").sum(),
            known=nw.col("killed_best").count(),
        )
        .with_columns(_integers("killed"))
        .sort("year", "number", by)
        .to_pandas()
    )
    month = pd.to_datetime({"year": rows["year"], "month": rows["number"], "day": 1})
    counted = rows[["events", "killed", "known"]].fillna(0).astype("int64")
    return pd.concat([month.rename("month"), rows[[by]], counted], axis=1)


def events_frame(events: Frame) -> pd.DataFrame:
    """Return a selection's events as a frame, the columns of `engine.open_events` but haystack."""
    return events.drop("haystack").to_pandas()


def encounters(events: Frame) -> pd.DataFrame:
    """Count who acts against whom.

    Returns:
        One row a pair that occurs: initiator, target (actor ids; "" for no target), events, killed
        (best figures). An event with two initiators counts in both rows, so rows do not add up.
    """
    grouped = (
        events.group_by("initiators", "targets")
        .agg(events=nw.len(), killed=nw.col("killed_best").sum())
        .with_columns(_integers("killed"))
    )
    found: Counter[tuple[str, str]] = Counter()
    killed: Counter[tuple[str, str]] = Counter()
    for initiators, targets, number, dead in grouped.iter_rows():
        for initiator in initiators.split(";"):
            for target in targets.split(";"):
                found[initiator, target] += int(number)
                killed[initiator, target] += int(dead or 0)
    rows = [(*pair, number, killed[pair]) for pair, number in sorted(found.items())]
    return pd.DataFrame(rows, columns=["initiator", "target", "events", "killed"])
