"""Where: the places of the chosen events, on one map or on a panel for each theatre."""

from __future__ import annotations

import html
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.figures import event_map, frame, legend
from dashboard.figures.blank import blank
from dashboard.figures.event_map import Base, Outlines
from dashboard.figures.frame import Key
from dashboard.figures.mercator import Bounds
from dashboard.figures.notes import notice
from dashboard.figures.panels import Map, Panel, arranged
from dashboard.figures.theme import LIGHT, Medium
from dashboard.geography import lines, places
from dashboard.schema import EXACT_PLACES, GEO_RADIUS_KM
from dashboard.selection import Selection
from dashboard.views import alt, captions
from dashboard.views.captions import Texts
from dashboard.views.common import chosen_ids, chosen_rows, described, nothing
from dashboard.views.grouping import colouring, lane_names

FIT = "fit"
LEAST_DEGREES = 1.2
AREA_PAD = 0.04
READING = "Each circle is a place, its area the dead."
BORDERS = "Borders imply no judgement; disputed borders dashed."


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict[str, Any]:
    """Draw the chosen events on a map of the region that the selection names.

    With no region named, each theatre has its own map: one map of all would be mostly empty.
    """
    rows = place_rows(dataset, selection)
    size = (medium.width_px, medium.height_px)
    maps = _shown(dataset, selection, rows)
    spec = _draw(selection, medium, rows, arranged(maps, medium, size))
    layout = spec["layout"]
    layout["height"] = medium.height_px
    # The reader's own zoom and pan stay until another region is asked for.
    fresh = selection.filters.to_query() if selection.map == FIT else ""
    layout["uirevision"] = f"map {selection.map} {fresh}"
    if rows.empty:
        middle = size[0] / 2, size[1] / 2
        layout["annotations"].append(notice(_why_empty(dataset, selection), medium, middle))
    return spec


def _why_empty(dataset: Dataset, selection: Selection) -> str:
    number = len(chosen_ids(dataset, selection))
    if not number:
        return nothing(dataset, selection)
    if number == 1:
        return "The one event has no place on the map."
    return f"None of the {number:,} events has a place on the map."


def _shown(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> list[Map]:
    """Say which maps the page shows."""
    boxes = theatre_bounds(dataset)
    if selection.map == FIT and len(rows):
        return [Map("", "", around(rows))]
    if selection.map in boxes:
        return [Map("", "", boxes[selection.map])]
    names = lane_names(dataset, "theatre")
    return [Map(name, key, boxes[key]) for key, name in names.items() if key in boxes]


def regions(dataset: Dataset) -> dict[str, str]:
    """Name the regions that a reader can ask for: key and name."""
    return {"": "All", **dataset.theatre_names, FIT: "Fit to events"}


@lru_cache(maxsize=4)
def theatre_bounds(dataset: Dataset) -> dict[str, Bounds]:
    """Return each theatre's box, wide enough for all its events; that of events elsewhere too."""
    sides = ("west_deg", "south_deg", "east_deg", "north_deg")
    found = {
        row["theatre_id"]: Bounds(*(float(row[side]) for side in sides))
        for row in dataset.theatres.to_dict("records")
    }
    rows = described(dataset)
    rows = rows[rows["latitude_deg"].notna()]
    for theatre, of_theatre in rows.groupby("theatre", sort=False):
        box, key = around(of_theatre, least=0.3, share=0.03), str(theatre)
        found[key] = found[key].joined(box) if key in found else around(of_theatre)
    return found


def around(rows: pd.DataFrame, least: float = LEAST_DEGREES, share: float = 0.09) -> Bounds:
    """Return the box around places, with a margin and at least so many degrees wide."""
    west, east = float(rows["longitude_deg"].min()), float(rows["longitude_deg"].max())
    south, north = float(rows["latitude_deg"].min()), float(rows["latitude_deg"].max())
    pad_x = max((least - (east - west)) / 2, share * (east - west))
    pad_y = max((least - (north - south)) / 2, share * (north - south))
    return Bounds(west - pad_x, max(south - pad_y, -80.0), east + pad_x, min(north + pad_y, 80.0))


def picture(
    dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words
) -> dict[str, Any]:
    """Draw a panel for each theatre with chosen events, with headline, key and source line."""
    rows = place_rows(dataset, selection)
    if rows.empty:
        where = frame.plan(words, medium)
        empty = blank(_why_empty(dataset, selection), medium, where.room(medium))
        return frame.framed(empty, where, medium)
    words = replace(words, caption=[*words.caption, _caption(dataset, selection)])
    has_scale = rows["killed"].max() > 0 and frame.has_size_key(words, medium)
    where = frame.plan(words, medium, key_px=legend.size_key_px(medium) if has_scale else 0.0)
    maps = _maps(dataset, selection, rows)
    spec = _draw(selection, medium, rows, arranged(maps, medium, where.room(medium)))
    radius = event_map.largest_px(medium, len(maps))
    scale = legend.Scale(float(rows["killed"].max()), radius) if has_scale else None
    return frame.framed(spec, where, medium, scale)


def texts(dataset: Dataset, selection: Selection, reading: str, link: str = "") -> Texts:
    """Write the texts of a map's picture, where no number stands beside a mark."""
    return captions.texts(dataset, selection, READING, link)


def in_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Describe the map in sentences."""
    rows = place_rows(dataset, selection)
    if rows.empty:
        return [_why_empty(dataset, selection)]
    names = lane_names(dataset, "theatre")
    where = wording.listed(name for key, name in names.items() if key in set(rows["theatre"]))
    marks = wording.plural(len(rows), "place")
    drawn = f"A map of {where}: a mark for each of {marks}, its area the dead."
    if len(rows) == 1:
        drawn = f"A map of {where}: a mark for one place."
    return [*alt.of_events(dataset, selection, drawn), *_unplaced(dataset, selection)]


def _caption(dataset: Dataset, selection: Selection) -> str:
    return " ".join([*_unplaced(dataset, selection), BORDERS])


def _unplaced(dataset: Dataset, selection: Selection) -> list[str]:
    """Say how many events are not on the map."""
    rows = chosen_rows(dataset, selection)
    number = int(rows["latitude_deg"].isna().sum())
    verb = "event has no place and is" if number == 1 else "events have no place and are"
    return [f"{number:,} {verb} not drawn."] if number else []


def _maps(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> list[Map]:
    """Say which maps a picture has: one, or one for each theatre with events or named."""
    boxes = theatre_bounds(dataset)
    if selection.map in boxes:
        return [Map("", "", boxes[selection.map])]
    if selection.area:
        return [Map("", "", _around_area(selection.area))]
    if selection.countries or selection.map == FIT:
        return [Map("", "", around(rows))]
    wanted = {*selection.theatres, *rows["theatre"]}
    names = lane_names(dataset, "theatre")
    maps = [Map(names[key], key, boxes[key]) for key in names if key in wanted and key in boxes]
    return [Map("", "", maps[0].bounds)] if len(maps) == 1 else maps


def _around_area(area: tuple[float, ...]) -> Bounds:
    """Return the box around a chosen area, with room for its own line."""
    longitudes, latitudes = area[::2], area[1::2]
    west, east, south, north = (
        *(min(longitudes), max(longitudes)),
        *(min(latitudes), max(latitudes)),
    )
    pad_x, pad_y = AREA_PAD * (east - west), AREA_PAD * (north - south)
    return Bounds(west - pad_x, south - pad_y, east + pad_x, north + pad_y)


def _draw(
    selection: Selection, medium: Medium, rows: pd.DataFrame, panels: Sequence[Panel]
) -> dict[str, Any]:
    paint = colouring(selection, medium.palette)
    return event_map.draw(rows, panels, base(selection), paint.colours, medium)


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List what the marks of the map mean."""
    palette = medium.palette
    paint = colouring(selection, palette)
    rows = place_rows(dataset, selection)
    found = paint.keys(set(rows["colour"]))
    if not rows["is_exact"].all():
        found.append(Key("hollow", "", palette.soft, "Place approximate, in the pale disc"))
    if rows["killed"].isna().any():
        found.append(Key("solid-square", palette.soft, palette.soft, "Toll unknown"))
    return found


def place_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Join the chosen events that share a place.

    Returns:
        One row a place, as `event_map.draw` asks for. A place takes the colour of the kind with
        most dead there, and counts as exact only if one of its events is.
    """
    asked = selection.filters.with_(colour=selection.colour, event=selection.event, at=selection.at)
    return _place_rows(dataset, asked)


@lru_cache(maxsize=64)
def _place_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    return places_of(chosen_rows(dataset, selection), selection)


# What joining events by place needs of them; few columns are quick to take apart.
_PLACE_COLUMNS = [
    "event_id",
    "theatre",
    "latitude_deg",
    "longitude_deg",
    "killed",
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
    grouped = deadliest.groupby("spot", sort=False)
    joined = deadliest.drop_duplicates("spot").set_index("spot")
    joined = joined.assign(
        events=grouped.size(),
        killed=grouped["killed"].sum(min_count=1),
        radius_km=grouped["radius_km"].min(),
        colour=joined[paint.column],
        first_id=joined["event_id"],
    ).reset_index(drop=True)
    records = joined.to_dict("records")
    at = [f"@{row['latitude_deg']:.7g},{row['longitude_deg']:.7g}" for row in records]
    several = joined["events"] > 1
    return joined.assign(
        is_exact=joined["radius_km"] <= max(GEO_RADIUS_KM[word] for word in EXACT_PLACES),
        key=joined["first_id"].where(~several, pd.Series(at, dtype="object")),
        hover=[row["hover"] if row["events"] == 1 else _several(row) for row in records],
        is_focus=_is_focus(joined, rows, selection),
    )


def _is_focus(joined: pd.DataFrame, rows: pd.DataFrame, selection: Selection) -> pd.Series:
    """Tell which place holds the event in focus, or is the one whose events are listed."""
    found = rows[rows["event_id"] == selection.event]
    if len(found):
        latitude, longitude = found["latitude_deg"].iloc[0], found["longitude_deg"].iloc[0]
    elif selection.at:
        latitude, longitude = selection.at
    else:
        return pd.Series(False, index=joined.index)
    near = (joined["latitude_deg"] - latitude).abs() < 5e-4
    return near & ((joined["longitude_deg"] - longitude).abs() < 5e-4)


def _several(place: Mapping[Hashable, Any]) -> str:
    killed, label = place["killed"], html.escape(place["label"], quote=False)
    toll = "tolls unknown" if pd.isna(killed) else f"{killed:,.0f} killed in all"
    return f"<b>{place['events']} events at {label}</b><br>{toll}<br>click to list them"


def base(selection: Selection) -> Base:
    """Return what lies under the marks."""
    return Base(_outlines(), places(), _outline(selection.area))


@lru_cache(maxsize=1)
def _outlines() -> Outlines:
    drawn = lines()
    return Outlines(drawn["admin1"], drawn["disputed"])


def _outline(area: tuple[float, ...]) -> list[tuple[float, float]]:
    if len(area) == 4:
        west, south, east, north = area
        area = (west, south, west, north, east, north, east, south)
    corners = list(zip(area[::2], area[1::2], strict=True))
    return [*corners, *corners[:1]]
