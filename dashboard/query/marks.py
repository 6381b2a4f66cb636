"""Many events as few marks: cells of the map, bins of the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.query.frames import Frame, ordering
from dashboard.query.groups import Groups, grouped
from dashboard.schema import DEGREE_PLACES
from dashboard.steps import STEPS

Bounds = tuple[float, float, float, float]
_DAY_MS = 86_400_000


def cells(events: Frame, step_deg: float, bounds: Bounds, by: str) -> pd.DataFrame:
    """Sum up events by the cells of a grid; see `cells_of`.

    Args:
        events: A selection; events without a place are left out.
        step_deg: Width and height of a cell in degrees.
        bounds: West, south, east, north: events there, the edges included, count.
        by: The column whose commonest value a cell gets.
    """
    return cells_of(cell_groups(events, step_deg, bounds, ("theatre", by)), step_deg, by)


def cell_groups(events: Frame, step_deg: float, bounds: Bounds, split: Iterable[str]) -> Groups:
    """Sum up events by the cells of a grid and further columns of texts; see `cells`."""
    west, south, east, north = bounds
    x, y = nw.col("longitude_deg"), nw.col("latitude_deg")
    # The whole world needs no test of its edges, only of a place.
    edges = ((west > -180, x >= west), (east < 180, x <= east))
    edges += ((south > -90, y >= south), (north < 90, y <= north))
    inside = events.filter(~x.is_null(), *(test for is_needed, test in edges if is_needed))
    placed = inside.select(
        *dict.fromkeys(split),
        *("killed_best", "killed_low", "killed_high", "longitude_deg", "latitude_deg"),
        column=(x / step_deg).floor().cast(nw.Int32),
        row=(y / step_deg).floor().cast(nw.Int32),
        exact=nw.col("is_exact").cast(nw.Int32),
    )
    sums = {
        "events": nw.len(),
        "killed": nw.col("killed_best").sum(),
        "known": nw.col("killed_best").count(),
        "low": nw.col("killed_low").sum(),
        "high": nw.col("killed_high").sum(),
        "exact": nw.col("exact").sum(),
        "x": x.sum(),
        "y": y.sum(),
    }
    return grouped(placed, split, sums, by=("row", "column"))


def cells_of(groups: Groups, step_deg: float, by: str) -> pd.DataFrame:
    """Join groups to cells; the corners are whole multiples of the step.

    Args:
        groups: Some of those of `cell_groups`.
        step_deg: Their width and height of a cell in degrees.
        by: The column of texts whose commonest value a cell gets.

    Returns:
        One row a cell and theatre, in order of south_deg, west_deg, theatre: west_deg, south_deg
        (the cell's corner), theatre, events, killed, known, low, high (int64; sums of the best,
        lowest and highest figures, and how many events have one), the column `by` (its commonest
        value, the first in the alphabet of equal ones), longitude_deg and latitude_deg (means of
        the events), exact (int64, events with an exact place).
    """
    counted = ("events", "killed", "known", "low", "high", "exact")
    found = _merged(groups, ("row", "column", "theatre"), by, (*counted, "x", "y"))
    degrees = {
        "west_deg": _degrees(found["column"] * step_deg),
        "south_deg": _degrees(found["row"] * step_deg),
        # Engines add up in any order: the last digits of a sum are not the same twice.
        "longitude_deg": _degrees(_degrees(found["x"]) / found["events"]),
        "latitude_deg": _degrees(_degrees(found["y"]) / found["events"]),
    }
    names = ["west_deg", "south_deg", "theatre", "events", "killed", "known", "low", "high"]
    names += [by, "longitude_deg", "latitude_deg", "exact"]
    return _framed(found | degrees, names, ("theatre", by))


def bins(events: Frame, lane: str, first_ms: float, step: str, by: str) -> pd.DataFrame:
    """Sum up events by lane and stretch of time, by their first days; see `bins_of`.

    Args:
        events: A selection.
        lane: The column whose values are the lanes.
        first_ms: Where a bin begins, milliseconds since 1970; of no account for months.
        step: What a bin stands for, a key of `steps.STEPS`.
        by: The column whose commonest value a bin gets.
    """
    return bins_of(bin_groups(events, first_ms, step, (lane, by)), lane, first_ms, step, by)


def bin_groups(events: Frame, first_ms: float, step: str, split: Iterable[str]) -> Groups:
    """Sum up events by stretch of time and further columns of texts; see `bins`."""
    toll = nw.col("killed_best")
    dated = events.select(
        "killed_best",
        *dict.fromkeys(split),
        bin=bin_number(step, int(first_ms // _DAY_MS)),
    )
    sums = {"events": nw.len(), "killed": toll.sum(), "known": toll.count()}
    return grouped(dated, split, sums, by=("bin",))


def bins_of(groups: Groups, lane: str, first_ms: float, step: str, by: str) -> pd.DataFrame:
    """Join groups to bins.

    Args:
        groups: Some of those of `bin_groups`, of this `first_ms` and `step`.
        lane: The column of texts whose values are the lanes.
        first_ms: Where a bin begins.
        step: What a bin stands for.
        by: The column of texts whose commonest value a bin gets.

    Returns:
        One row a lane and bin with an event, in order: lane, start_ms and end_ms (float64, where
        the bin begins and where the next one does), events, killed, known (int64), the column `by`
        (its commonest value, the first in the alphabet of equal ones).
    """
    first = int(first_ms // _DAY_MS)
    counted = ("events", "killed", "known")
    found = _merged(groups, (lane, "bin"), by, counted)
    found["lane"] = found[lane]
    found["start_ms"], found["end_ms"] = (
        start_ms(found["bin"] + more, first, step) for more in (0, 1)
    )
    return _framed(found, ["lane", "start_ms", "end_ms", *counted, by], ("lane", by))


def _framed(
    found: dict[str, np.ndarray], names: Sequence[str], texts: Sequence[str]
) -> pd.DataFrame:
    columns = {name: found[name] for name in names}
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype="str") if name in texts else values
            for name, values in columns.items()
        }
    )


def _merged(
    groups: Groups, keys: Sequence[str], by: str, sums: Sequence[str]
) -> dict[str, np.ndarray]:
    """Add up the groups of one mark, and give it the value of its largest part."""
    parts = groups.joined((*keys, by), sums)
    found = parts.columns
    order = ordering(*(found[key] for key in keys), -found["events"], found[by])
    found = {name: values[order] for name, values in found.items()}
    is_first = np.zeros(len(order), dtype="bool")
    is_first[:1] = True
    for key in keys:
        is_first[1:] |= found[key][1:] != found[key][:-1]
    starts = np.flatnonzero(is_first)
    merged = {
        name: np.add.reduceat(found[name], starts) if len(starts) else found[name] for name in sums
    }
    for key in dict.fromkeys((*keys, by)):
        values = found[key][starts]
        merged[key] = parts.words[key][values] if key in parts.words else values
    return merged


def _degrees(values: np.ndarray) -> np.ndarray:
    return np.round(values.astype("float64"), DEGREE_PLACES) + 0.0


def bin_number(step: str, first: int) -> nw.Expr:
    """Return the number of the stretch of time that an event begins in.

    Args:
        step: A key of `steps.STEPS`.
        first: The day, since 1970, that stretch 0 begins with; of no account for months.
    """
    months = STEPS[step].months
    number = nw.col("month") / months if months else (nw.col("day") - first) / STEPS[step].days
    return number.floor().cast(nw.Int32)


def start_ms(numbers: np.ndarray, first: int, step: str) -> np.ndarray:
    """Return where such stretches begin, milliseconds since 1970."""
    months = STEPS[step].months
    if months:
        since = (numbers * months - 1970 * 12).astype("datetime64[M]")
        return since.astype("datetime64[ms]").astype("float64")
    return (first + numbers * STEPS[step].days) * float(_DAY_MS)
