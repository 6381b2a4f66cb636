"""Where: the places of the chosen events, on one map or on a panel for each theatre."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.figures import event_map, frame
from dashboard.figures.event_map import Base, Bounds, Panel
from dashboard.figures.frame import Key
from dashboard.figures.theme import LIGHT, Medium
from dashboard.geography import lines, places
from dashboard.schema import EXACT_PLACES, GEO_RADIUS_KM
from dashboard.selection import Selection
from dashboard.views.common import chosen_ids, described
from dashboard.views.grouping import colouring


@dataclass(frozen=True, slots=True)
class Map:
    """One map before it has its place: its heading, the theatre it keeps to, what it shows."""

    heading: str
    theatre: str
    bounds: Bounds


FIT = "fit"
SCREEN_PX = 470
LEAST_DEGREES = 1.2


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict:
    """Draw the chosen events on a map of the region that the selection names.

    With no region named, each theatre has its own map: one map of all would be mostly empty.
    """
    rows = place_rows(dataset, selection)
    size = (medium.width_px, medium.height_px)
    paint = colouring(selection, medium.palette)
    spec = event_map.draw(
        rows,
        arranged(_shown(dataset, selection, rows), medium, size),
        _base(selection),
        paint.colours,
        medium,
    )
    spec["layout"]["height"] = medium.height_px
    # The reader's own zoom and pan stay until another region is asked for.
    fresh = selection.filters.to_query() if selection.map == FIT else ""
    for name, part in spec["layout"].items():
        if name.startswith("geo"):
            part["uirevision"] = f"{selection.map} {fresh}"
    spec["layout"]["uirevision"] = "map"
    return spec


def _shown(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> list[Map]:
    """Say which maps the page shows."""
    boxes = theatre_bounds(dataset)
    if selection.map == FIT and len(rows):
        return [Map("", "", around(rows))]
    if selection.map in boxes:
        return [Map("", "", boxes[selection.map])]
    return [Map(name, key, boxes[key]) for key, name in dataset.theatre_names.items()]


def regions(dataset: Dataset) -> dict[str, str]:
    """Name the regions that a reader can ask for: key and name."""
    return {"": "All", **dataset.theatre_names, FIT: "Fit to events"}


def theatre_bounds(dataset: Dataset) -> dict[str, Bounds]:
    """Return each theatre's box."""
    return {
        row.theatre_id: Bounds(row.west_deg, row.south_deg, row.east_deg, row.north_deg)
        for row in dataset.theatres.itertuples(index=False)
    }


def around(rows: pd.DataFrame) -> Bounds:
    """Return the box around places, with a margin and at least about a degree wide."""
    west, east = rows["longitude_deg"].min(), rows["longitude_deg"].max()
    south, north = rows["latitude_deg"].min(), rows["latitude_deg"].max()
    pad_x = max((LEAST_DEGREES - (east - west)) / 2, 0.09 * (east - west))
    pad_y = max((LEAST_DEGREES - (north - south)) / 2, 0.09 * (north - south))
    return Bounds(west - pad_x, max(south - pad_y, -80), east + pad_x, min(north + pad_y, 80))


def picture(dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words) -> dict:
    """Draw a panel for each theatre with chosen events, with headline, key and source line."""
    rows = place_rows(dataset, selection)
    where = frame.plan(words, medium)
    room = (medium.width_px - 2 * where.pad, medium.height_px - where.top - where.bottom)
    panels = _panels(dataset, selection, rows, medium, room)
    paint = colouring(selection, medium.palette)
    spec = event_map.draw(rows, panels, _base(selection), paint.colours, medium)
    spec["layout"]["margin"] = frame.margins(where, spec["layout"]["margin"])
    return frame.dress(spec, where, medium)


def _panels(dataset, selection, rows, medium: Medium, room: tuple[float, float]) -> list[Panel]:
    """Lay out the maps of a picture: a panel for each theatre that the selection names."""
    boxes = theatre_bounds(dataset)
    names = dataset.theatre_names
    if len(rows) and (selection.countries or selection.area or selection.map == FIT):
        return arranged([Map("", "", around(rows))], medium, room)
    wanted = (selection.map,) if selection.map in boxes else selection.theatres or tuple(names)
    maps = [Map(names[key], key, boxes[key]) for key in names if key in wanted]
    if len(maps) == 1:
        maps = [Map("", "", maps[0].bounds)]
    return arranged(maps, medium, room)


def arranged(maps: Sequence[Map], medium: Medium, room: tuple[float, float]) -> list[Panel]:
    """Lay maps out in the grid that wastes least, with a heading's height above each row."""
    width, height = room
    columns = _columns(maps, room)
    rows = math.ceil(len(maps) / columns)
    gap = 1.1 * medium.font_px
    head = 1.5 * medium.font_px if any(one.heading for one in maps) else 0.0
    wide = (width - gap * (columns - 1)) / columns
    tall = (height - gap * (rows - 1)) / rows - head
    panels = []
    for number, one in enumerate(maps):
        row, column = divmod(number, columns)
        left = column * (wide + gap)
        floor = height - (row + 1) * (tall + head) - row * gap
        x = (left / width, min((left + wide) / width, 1.0))
        y = (max(floor / height, 0.0), min((floor + tall) / height, 1.0))
        panels.append(Panel(one.heading, one.theatre, one.bounds, x, y, wide, tall))
    return panels


def _columns(maps: Sequence[Map], room: tuple[float, float]) -> int:
    """Choose the number of columns whose panels come nearest to the maps' own shapes."""

    def waste(columns: int) -> float:
        rows = math.ceil(len(maps) / columns)
        shape = (room[0] / columns) / (room[1] / rows)
        lost = sum(
            abs(math.log(shape * (box.north - box.south) / (box.east - box.west)))
            for box in (one.bounds for one in maps)
        )
        return lost + 1.5 * (rows * columns - len(maps))

    return min(range(1, len(maps) + 1), key=waste)


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List what the marks of the map mean."""
    palette = medium.palette
    paint = colouring(selection, palette)
    rows = place_rows(dataset, selection)
    found = paint.keys(set(rows["colour"]))
    if not rows["is_exact"].all():
        found.append(Key("hollow", "", palette.soft, "Place approximate, within the thin ring"))
    if rows["killed"].isna().any():
        found.append(Key("solid-square", palette.soft, palette.soft, "Toll unknown"))
    return found


def place_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Join the chosen events that share a place.

    Returns:
        One row a place, as `event_map.draw` asks for. A place takes the colour of the kind with
        most dead there, and counts as exact only if one of its events is.
    """
    picked = chosen_ids(dataset, selection)
    rows = described(dataset).loc[picked]
    rows = rows[rows["latitude_deg"].notna()]
    paint = colouring(selection, LIGHT)
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
    several = joined["events"] > 1
    at = [
        f"@{latitude:.5g},{longitude:.5g}"
        for latitude, longitude in zip(joined["latitude_deg"], joined["longitude_deg"], strict=True)
    ]
    focus = rows[rows["event_id"] == selection.event]
    return joined.assign(
        is_exact=joined["radius_km"] <= max(GEO_RADIUS_KM[word] for word in EXACT_PLACES),
        key=joined["first_id"].where(~several, pd.Series(at, dtype="object")),
        hover=[
            _several(row) if row.events > 1 else row.hover for row in joined.itertuples(index=False)
        ],
        is_focus=[_is_focus(row, focus, selection) for row in joined.itertuples(index=False)],
    )


def _is_focus(row, focus: pd.DataFrame, selection: Selection) -> bool:
    if len(focus):
        latitude, longitude = focus["latitude_deg"].iloc[0], focus["longitude_deg"].iloc[0]
    elif selection.at:
        latitude, longitude = selection.at
    else:
        return False
    return abs(row.latitude_deg - latitude) < 5e-4 and abs(row.longitude_deg - longitude) < 5e-4


def _several(row) -> str:
    toll = "tolls unknown" if pd.isna(row.killed) else f"{row.killed:,.0f} killed in all"
    return f"<b>{row.events} events at {html.escape(row.label)}</b><br>{toll}<br>click to list them"


def _base(selection: Selection) -> Base:
    outlines = lines()
    return Base(outlines["admin1"], outlines["disputed"], places(), _outline(selection.area))


def _outline(area: tuple[float, ...]) -> list[tuple[float, float]]:
    if len(area) == 4:
        west, south, east, north = area
        area = (west, south, west, north, east, north, east, south)
    corners = list(zip(area[::2], area[1::2], strict=True))
    return [*corners, *corners[:1]]
