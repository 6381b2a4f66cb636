"""What is written on a map: names of places, the deadliest events, how many events a mark is."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures import theme
from dashboard.figures.contrast import reading_on
from dashboard.figures.labels import (
    Anchor,
    Label,
    boxes_around,
    first_free,
    place_labels,
    room_beside,
)
from dashboard.figures.map_marks import Pen, Sheet, lines, trace
from dashboard.figures.mercator import degrees, pixels
from dashboard.figures.packing import Box
from dashboard.figures.text import clip, width_px
from dashboard.geography import Place

# The least width in degrees of maps that show places up to a rank.
_RANKS = ((26.0, 1), (11.0, 2), (0.0, 3))
_WIDE_KINDS = ("country", "water")
# More numbers than this would stand in each other's way.
MOST_NUMBERS = 40
# A town's dot, and how far plotly.js then sets its name from it.
DOT_PX = 2.6
NAME_PX = DOT_PX / 2 / 0.8 + 1


_NAME_WAYS = ((1, 0, 0), (0, -1, 0), (0, 1, 0), (-1, 0, 0))


def circles(sheet: Sheet, placed: pd.DataFrame) -> np.ndarray:
    """Return the marks on a map's panel, shape (n, 3): x, y, radius in pixels."""
    x, y = pixels(placed["longitude_deg"], placed["latitude_deg"], sheet.box, sheet.panel.size_px)
    return np.column_stack([x, y, placed["radius"].to_numpy(float)])


def bounds(sheet: Sheet) -> Box:
    """Return the part of a panel in which text may stand."""
    return Box(2, 2, sheet.panel.width_px - 2, sheet.panel.height_px - 2)


def names(
    sheet: Sheet, places: Sequence[Place], placed: pd.DataFrame, taken: Sequence[Box]
) -> dict[str, Any]:
    """Write names of places where they cover neither marks nor what is written already."""
    palette, size = sheet.medium.palette, sheet.medium.small_px
    known, texts, anchors, boxes = _wanted(sheet, tuple(places))
    found = first_free(boxes, circles(sheet, placed), bounds(sheet), taken)
    shown = [
        (place, text, _side(box, anchor))
        for place, text, anchor, box in zip(known, texts, anchors, found, strict=True)
        if box is not None
    ]
    return trace(
        sheet,
        "names",
        mode="markers+text",
        lon=np.array([place.longitude_deg for place, _, _ in shown]),
        lat=np.array([place.latitude_deg for place, _, _ in shown]),
        text=[html.escape(text, quote=False) for _, text, _ in shown],
        textposition=[side for _, _, side in shown],
        marker={
            "size": [0.0 if place.kind in _WIDE_KINDS else DOT_PX for place, _, _ in shown],
            "color": palette.soft,
            "line": {"width": 0},
        },
        textfont={
            "family": theme.SANS_STACK,
            "size": size,
            "color": [
                palette.region if place.kind in _WIDE_KINDS else palette.soft
                for place, _, _ in shown
            ],
        },
    )


# The same for every selection.
@lru_cache(maxsize=64)
def _wanted(
    sheet: Sheet, places: tuple[Place, ...]
) -> tuple[list[Place], list[str], list[Anchor], np.ndarray]:
    """Return the places that a map may name, their texts, and where these may stand."""
    # A map of the world shows none: the names are those of our four theatres.
    some = () if sheet.panel.is_world else places
    known = [place for place in some if _belongs(place, sheet)]
    texts = [place.name.upper() if place.kind == "country" else place.name for place in known]
    x, y = pixels(
        [place.longitude_deg for place in known],
        [place.latitude_deg for place in known],
        sheet.box,
        sheet.panel.size_px,
    )
    size = sheet.medium.small_px
    anchors = [
        Anchor(left, top, NAME_PX, width_px(text, size) + 3, size * 1.2)
        for text, left, top in zip(texts, x.tolist(), y.tolist(), strict=True)
    ]
    boxes = np.full((len(known), len(_NAME_WAYS), 4), np.nan)
    for place, anchor, ways in zip(known, anchors, boxes, strict=True):
        # The name of a country stands on its spot, that of a town beside its dot.
        if place.kind in _WIDE_KINDS:
            ways[:1] = boxes_around(anchor, np.zeros((1, 3)))
        else:
            ways[:] = boxes_around(anchor, np.array(_NAME_WAYS, dtype=float))
    return known, texts, anchors, boxes


def _belongs(place: Place, sheet: Sheet) -> bool:
    box = sheet.box
    span = box.east - box.west
    rank = next(rank for least, rank in _RANKS if span >= least)
    return (
        box.west < place.longitude_deg < box.east
        and box.south < place.latitude_deg < box.north
        and place.rank <= rank
        and (place.kind not in _WIDE_KINDS or span > 7)
    )


def _side(box: Box, anchor: Anchor) -> str:
    across = (box.left + box.right) / 2 - anchor.x
    down = (box.top + box.bottom) / 2 - anchor.y
    if abs(down) > 1:
        return "top center" if down < 0 else "bottom center"
    if abs(across) > 1:
        return "middle right" if across > 0 else "middle left"
    return "middle center"


def counts(
    sheet: Sheet,
    placed: pd.DataFrame,
    colours: dict[str, str],
    taken: Sequence[Box],
    *,
    is_crowded: bool,
) -> tuple[dict[str, Any], list[Box]]:
    """Write how many events share a place: in a mark that holds the number, else beside it.

    Args:
        sheet: The map.
        placed: Its marks.
        colours: The fill of each colour key.
        taken: Rectangles that are occupied already.
        is_crowded: Write beside a small mark only where there is room; of many marks always.

    Returns:
        The numbers, and the boxes of those beside a mark.
    """
    size = 0.92 * sheet.medium.small_px
    several = placed[placed["events"] > 1]
    is_crowded = is_crowded or len(several) > MOST_NUMBERS
    texts = np.array([f"{number:,}" for number in several["events"].tolist()], dtype=object)
    wide = np.array([width_px(text, size) for text in texts])
    radius = several["radius"].to_numpy(float)
    large = (radius > 0.75 * sheet.medium.small_px) & (wide < 1.9 * radius)
    exact = several["is_exact"].to_numpy(bool)
    palette = sheet.medium.palette
    ink = [
        reading_on(colours[key], palette) if inside else palette.ink
        for key, inside in zip(several["colour"].tolist(), (large & exact).tolist(), strict=True)
    ]
    sides = np.where(large, "middle center", "bottom right").tolist()
    small = np.column_stack([circles(sheet, several[~large]), wide[~large]])
    boxes = [Box(x, y, x + width, y + 1.2 * size) for x, y, _, width in small.tolist()]
    if is_crowded:
        sides = np.where(large, "middle center", "middle right").tolist()
        found = room_beside(small, size, circles(sheet, placed), bounds(sheet), taken)
        boxes = [box for box in found if box is not None]
        kept = large.copy()
        kept[~large] = [box is not None for box in found]
        several, texts = several[kept], texts[kept]
        ink = [colour for colour, one in zip(ink, kept, strict=True) if one]
        sides = [side for side, one in zip(sides, kept, strict=True) if one]
    numbers = trace(
        sheet,
        "counts",
        mode="text",
        lon=several["longitude_deg"].to_numpy(float),
        lat=several["latitude_deg"].to_numpy(float),
        text=texts.tolist(),
        textposition=sides,
        textfont={"family": theme.SANS_STACK, "size": size, "color": ink},
    )
    return numbers, boxes


def events(
    sheet: Sheet, placed: pd.DataFrame, taken: Sequence[Box]
) -> tuple[list[dict[str, Any]], list[Box]]:
    """Name the deadliest places of a printed map.

    Returns:
        Traces of leaders and names, and the boxes that the names stand in.
    """
    size = sheet.medium.small_px
    area = sheet.panel.width_px * sheet.panel.height_px
    wanted = max(2, min(12, int(area / (150 * sheet.medium.font_px**2))))
    # A mark that is alone has a name in any case.
    seen = placed if len(placed) == 1 else placed[placed["killed"] > 0]
    top = seen.nlargest(2 * wanted, "killed")
    texts, anchors = [], []
    for mark, (x, y, radius) in zip(
        top.to_dict("records"), circles(sheet, top).tolist(), strict=True
    ):
        toll = theme.number(mark["killed"]) if mark["killed"] > 0 else ""
        name = clip(mark["label"], size, 11 * size)
        several = f"{mark['events']:,} events" if mark["events"] > 1 else ""
        # A cell of many places has no name.
        several = f", {several}" if several and name else several
        wide = width_px(f"{toll} ", size, "sans-700") + width_px(name + several, size) + 4
        text = f"{html.escape(name, quote=False)}{several}"
        texts.append(f"<b>{toll}</b> {text}" if toll else text)
        anchors.append(Anchor(x, y, radius, wide, size * 1.3, may_cross=True))
    found = place_labels(anchors, circles(sheet, placed), bounds(sheet), taken=taken)
    labelled = (
        (label, text) for label, text in zip(found, texts, strict=False) if label is not None
    )
    shown = list(islice(labelled, wanted))
    return _written(sheet, shown), [label.box for label, _ in shown]


def _written(sheet: Sheet, shown: Sequence[tuple[Label, str]]) -> list[dict[str, Any]]:
    palette = sheet.medium.palette
    at = (sheet.box, sheet.panel.size_px)
    boxes = [label.box for label, _ in shown]
    longitude, latitude = degrees(
        [(box.left + box.right) / 2 for box in boxes],
        [(box.top + box.bottom) / 2 for box in boxes],
        *at,
    )
    leaders = []
    for label, _ in shown:
        if label.leader is not None:
            x, y, to_x, to_y = label.leader
            ends = degrees([x, to_x], [y, to_y], *at)
            leaders.append(np.column_stack(ends).tolist())
    return [
        lines(sheet, "leaders", leaders, Pen(palette.soft, 0.8)),
        trace(
            sheet,
            "labels",
            mode="text",
            lon=longitude,
            lat=latitude,
            text=[text for _, text in shown],
            textposition="middle center",
            textfont={
                "family": theme.SANS_STACK,
                "size": sheet.medium.small_px,
                "color": palette.ink,
            },
        ),
    ]
