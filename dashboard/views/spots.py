"""The marks of the map: a place with its events, or a cell with those of many places."""

from __future__ import annotations

import html
import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import reduce

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard import query, wording
from dashboard.answers import answered_once
from dashboard.dataset import Dataset
from dashboard.figures.mercator import LIMIT_DEG, Bounds
from dashboard.figures.panels import Panel
from dashboard.figures.theme import LIGHT
from dashboard.schema import EXACT_PLACES
from dashboard.selection import Selection
from dashboard.views import asking, chosen, summed
from dashboard.views.describing import describe
from dashboard.views.grouping import colouring

READING = (
    "Too many events for a mark each: a circle is a cell of a grid, its area the dead; a number"
    " says how many events it stands for."
)
# A cell is about so wide on screen.
CELL_PX = 24.0
# A map with no more events than this in view shows them one by one.
MOST_SINGLE = 400


def place_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Join the chosen events that share a place.

    Returns:
        One row a place, as `event_map.draw` asks for, and vague (how many of its events have no
        exact place). A place takes the colour of the kind with most dead there, and counts as exact
        only if most of its events are: those known to the province stand on its capital.
    """
    asked = selection.filters.with_(colour=selection.colour, event=selection.event, at=selection.at)
    return _place_rows(dataset, asked)


@answered_once(maxsize=64)
def _place_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    return places_of(chosen.rows(dataset, selection), selection)


# What joining events by place needs of them; few columns are quick to take apart.
_PLACE_COLUMNS = [
    "event_id",
    "theatre",
    "latitude_deg",
    "longitude_deg",
    "killed",
    "geo_precision",
    "radius_km",
    "spot",
    "label",
    "hover",
]


def places_of(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Join events that share a place; rows of `common.described`, else as `place_rows`."""
    paint = colouring(selection, LIGHT)
    rows = rows.loc[rows["latitude_deg"].notna(), [*_PLACE_COLUMNS, paint.column]]
    deadliest = rows.sort_values("killed", ascending=False, na_position="last", kind="stable")
    place, _ = pd.factorize(deadliest["spot"].to_numpy("object"))
    number = int(place.max(initial=-1)) + 1
    joined = deadliest[~deadliest["spot"].duplicated().to_numpy()].reset_index(drop=True)
    events = np.bincount(place, minlength=number)
    dead = deadliest["killed"].to_numpy(float)
    is_known = ~np.isnan(dead)
    killed = np.bincount(place, np.where(is_known, dead, 0.0), number)
    is_vague = ~deadliest["geo_precision"].isin(EXACT_PLACES).to_numpy(bool)
    vague = np.bincount(place, is_vague, number).astype("int64")
    is_exact = 2 * vague < events
    # A hollow mark has the disc of the best known of its approximate events; a list tells of all.
    radius = np.full(number, np.inf)
    shown = is_exact[place] | is_vague
    np.fmin.at(radius, place[shown], deadliest["radius_km"].to_numpy(float)[shown])
    joined = joined.assign(
        events=events,
        killed=np.where(np.bincount(place, is_known, number) > 0, killed, np.nan),
        radius_km=np.where(np.isinf(radius), np.nan, radius),
        vague=vague,
        colour=joined[paint.column],
        first_id=joined["event_id"],
    )
    key, hover = joined["first_id"].tolist(), joined["hover"].tolist()
    known = [set[str]() for _ in range(number)]
    precisions = deadliest["geo_precision"].to_numpy("object")
    for one, precision in zip(place[is_vague].tolist(), precisions[is_vague], strict=True):
        known[one].add(precision)
    columns = ["latitude_deg", "longitude_deg", "events", "killed", "label", "vague"]
    several = joined.loc[events > 1, columns]
    for row, *told in several.itertuples(name=None):
        latitude, longitude, *words = told
        key[row], hover[row] = f"@{latitude:.7g},{longitude:.7g}", _several(known[row], *words)
    return joined.assign(
        is_exact=is_exact,
        key=pd.Series(key, dtype="object"),
        hover=pd.Series(hover, dtype="object"),
        is_focus=_is_focus(joined, rows, selection),
    )


def _is_focus(joined: pd.DataFrame, rows: pd.DataFrame, selection: Selection) -> pd.Series:
    """Tell which place holds the event in focus, or is among those whose events are listed."""
    at = selection.at
    found = rows[rows["event_id"] == selection.event]
    if len(found):
        at = found["latitude_deg"].iloc[0], found["longitude_deg"].iloc[0]
    if not at:
        return pd.Series(False, index=joined.index)
    west, south, east, north = chosen.box_at(at)
    is_there = joined["longitude_deg"].between(west, east)
    return is_there & joined["latitude_deg"].between(south, north)


def _several(known: set[str], events: int, killed: float, label: str, vague: int) -> str:
    toll = "tolls unknown" if pd.isna(killed) else f"{killed:,.0f} killed in all"
    at = html.escape(label, quote=False)
    lines = [f"<b>{events} events at {at}</b>", toll]
    if words := wording.known_to(known):
        lines.append(f"{'all' if vague == events else f'{vague} of {events}'} {words}")
    return "<br>".join([*lines, "click to list them"])


def cell_rows(
    dataset: Dataset, selection: Selection, panels: Sequence[Panel], seen: Mapping[str, Bounds]
) -> tuple[pd.DataFrame, float]:
    """Join very many events by the cells of a grid, on each map by a step that suits its scale.

    Where few events are in view they stand one by one, as `place_rows` joins them.

    Args:
        dataset: The table.
        selection: What of it.
        panels: The maps.
        seen: What the reader sees of a map that was moved, by the panel's theatre.

    Returns:
        Rows as `place_rows` gives them, and the width of the widest cells in degrees (0: none).
    """
    looks = []
    for panel in panels:
        view = seen.get(panel.theatre, panel.box)
        step = step_deg(view, panel.width_px)
        looks.append(Look(panel.theatre, _rounded(view, step), step))
    asked = selection.filters.with_(colour=selection.colour)
    parts, widest, few = [], 0.0, []
    for look, cells in _summed(dataset, asked, looks):
        number = int(cells["events"].sum())
        if number > MOST_SINGLE:
            parts.append(_as_marks(cells, look.step, asked))
            widest = max(widest, look.step)
        elif number:
            few.append(look)
    if few or not parts:
        parts.append(_singles(dataset, asked, tuple(few)))
    return pd.concat(parts, ignore_index=True), widest


@dataclass(frozen=True, slots=True)
class Look:
    """One map: its theatre ("" for all), what of it is in view, and the width of its cells."""

    theatre: str
    box: tuple[float, float, float, float]
    step: float


def step_deg(view: Bounds, width_px: float) -> float:
    """Return how wide a cell is, in degrees: a power of two, so that fine cells fill coarse."""
    least = max(view.east - view.west, 0.001) * CELL_PX / max(width_px, CELL_PX)
    return 2.0 ** math.ceil(math.log2(least) - 0.4)


def _rounded(view: Bounds, step: float) -> tuple[float, float, float, float]:
    """Widen a view to whole cells and a margin, so that a small move needs no new answer."""
    wide, tall = (view.east - view.west) * 0.1, (view.north - view.south) * 0.1
    # What is nearer to a pole than Mercator reaches stands at its limit.
    south = view.south - tall if view.south > -LIMIT_DEG else -90.0
    north = view.north + tall if view.north < LIMIT_DEG else 90.0
    unit = step * 4
    return (
        math.floor((view.west - wide) / unit) * unit,
        math.floor(south / unit) * unit,
        math.ceil((view.east + wide) / unit) * unit,
        math.ceil(north / unit) * unit,
    )


def _summed(
    dataset: Dataset, selection: Selection, looks: Sequence[Look]
) -> Iterator[tuple[Look, pd.DataFrame]]:
    """Sum up the cells of each map; maps of about one scale are asked for together."""
    left = sorted(looks, key=lambda look: look.step)
    while left:
        finest = left[0].step
        batch = [look for look in left if look.step <= 4 * finest]
        left = left[len(batch) :]
        box = astuple(reduce(Bounds.joined, (Bounds(*look.box) for look in batch)))
        grid = _grid(dataset, selection, box, finest)
        for look in batch:
            yield look, _coarser(grid, look, finest)


@answered_once(maxsize=128)
def _grid(
    dataset: Dataset, selection: Selection, box: tuple[float, float, float, float], step: float
) -> pd.DataFrame:
    by = colouring(selection, LIGHT).column
    return summed.cells(dataset, selection.filters, box, step, by)


_SUMS = ["events", "killed", "known", "low", "high", "exact"]


def _coarser(grid: pd.DataFrame, look: Look, step: float) -> pd.DataFrame:
    """Take one map's part of a grid and join its cells to those of the map's own step."""
    found = grid[_inside(grid, look)]
    if look.step == step or found.empty:
        return found
    corners = [np.floor(found[side] / look.step) for side in ("south_deg", "west_deg")]
    theatre, _ = pd.factorize(found["theatre"])
    # The largest cell of each comes first, and gives its word.
    order = np.lexsort((-found["events"].to_numpy(), theatre, corners[1], corners[0]))
    keys = np.column_stack([*corners, theatre])[order]
    starts = np.flatnonzero(np.r_[True, (keys[1:] != keys[:-1]).any(axis=1)])
    largest = found.iloc[order[starts]]
    sums = {name: np.add.reduceat(found[name].to_numpy()[order], starts) for name in _SUMS}
    weight = found["events"].to_numpy(float)[order]
    middles = {
        name: np.add.reduceat(found[name].to_numpy()[order] * weight, starts) / sums["events"]
        for name in ("longitude_deg", "latitude_deg")
    }
    sides = {"south_deg": keys[starts, 0] * look.step, "west_deg": keys[starts, 1] * look.step}
    return largest.assign(**sums, **middles, **sides).reset_index(drop=True)


def _as_marks(cells: pd.DataFrame, step: float, selection: Selection) -> pd.DataFrame:
    corners = cells[["west_deg", "south_deg"]].to_numpy(float)
    keys = [f"@{x:.7g},{y:.7g},{x + step:.7g},{y + step:.7g}" for x, y in corners.tolist()]
    return cells.assign(
        killed=cells["killed"].astype("float64").where(cells["known"] > 0),
        colour=cells[colouring(selection, LIGHT).column],
        radius_km=0.0,
        # A cell is hollow where most of its places are approximate.
        is_exact=2 * cells["exact"] >= cells["events"],
        is_focus=False,
        label="",
        key=keys,
        first_id="",
        hover=[
            f"<b>{wording.plural(events, 'event')} in a cell of {step:g}°</b>"
            f"<br>{wording.sum_text(events, known, killed)}<br>click to list them"
            for events, known, killed in zip(
                *(cells[name].tolist() for name in ("events", "known", "killed")), strict=True
            )
        ],
    )


@answered_once(maxsize=256)
def _singles(dataset: Dataset, selection: Selection, looks: tuple[Look, ...]) -> pd.DataFrame:
    """Return the events in view of some maps, of which none has many, by place."""
    if not looks:
        return places_of(chosen.rows(dataset, selection).iloc[:0], selection)
    events = asking.events(dataset, selection)
    # An engine is asked once for all maps; each has few.
    found = events.filter(reduce(operator.or_, map(_is_in, looks)))
    rows = describe(dataset, query.few(found, chosen.LISTED))
    return pd.concat(
        [places_of(rows[_inside(rows, look)], selection) for look in looks], ignore_index=True
    )


def _is_in(look: Look) -> nw.Expr:
    west, south, east, north = look.box
    x, y = nw.col("longitude_deg"), nw.col("latitude_deg")
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return inside & (nw.col("theatre") == look.theatre) if look.theatre else inside


def _inside(rows: pd.DataFrame, look: Look) -> pd.Series:
    """Tell which rows lie in what is seen of a map."""
    west, south, east, north = look.box
    x, y = rows["longitude_deg"], rows["latitude_deg"]
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return inside & (rows["theatre"] == look.theatre) if look.theatre else inside
