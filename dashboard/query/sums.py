"""Sums and counts over events."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import narwhals as nw
import pandas as pd

from dashboard.query.frames import Frame, collected, integers, whole

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
    row = whole_row(events.select(*sums))
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


def whole_row(sums: Frame) -> dict[str, int]:
    """Return a query's only row as whole numbers; the sum of nothing is 0."""
    answer = sums.collect("pyarrow") if isinstance(sums, nw.LazyFrame) else sums
    return {name: int(value or 0) for name, value in answer.rows(named=True)[0].items()}


def _places(events: Frame) -> int:
    places = events.filter(~nw.col("place_key").is_null()).select("place_key").unique()
    return whole_row(places.select(nw.len().alias("places")))["places"]


def edges(events: Frame) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of any event, None where there is none."""
    found = collected(
        events.select(nw.col("start_date").min(), nw.col("end_date").max(), count=nw.len())
    )
    first, last, number = found.iloc[0]
    return (first.date(), last.date()) if number else None


def counts(events: Frame, column: str) -> dict[str, int]:
    """Count events by the values of one column, only those that occur."""
    found = collected(events.group_by(column).agg(nw.len().alias("count")))
    ordered = found.sort_values(column)
    return {
        str(value): int(number)
        for value, number in zip(ordered[column], ordered["count"], strict=True)
    }


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
    grouped = (
        events.group_by("month", by)
        .agg(
            events=nw.len(),
            killed=nw.col("killed_best").sum(),
            known=nw.col("killed_best").count(),
        )
        .with_columns(*integers("killed"))
    )
    found = whole(collected(grouped), "events", "killed", "known")
    found = found.sort_values(["month", by], ignore_index=True)
    months = (found["month"].to_numpy() - 1970 * 12).astype("datetime64[M]")
    return found.assign(month=pd.Series(months.astype("datetime64[us]")))[
        ["month", by, "events", "killed", "known"]
    ]
