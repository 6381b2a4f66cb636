"""The country that a point lies in, by the base geography's own outlines."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np

from dashboard.paths import folder

# The outlines are generalised: a harbour may stand in the sea by some kilometres.
_OFFSHORE_DEGREES = 0.25
_CELL_DEGREES = 0.5

Edges = tuple[np.ndarray, np.ndarray, np.ndarray]


@lru_cache(maxsize=1)
def _edges() -> Edges:
    """Return the edges of all outlines (x, y, x, y), whose each is, and the codes by number."""
    path = folder("assets") / "geo" / "world_50m.json"
    world = json.loads(path.read_text(encoding="utf-8"))
    scale, shift = (np.array(world["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in world["arcs"]]
    codes, owners, edges = [], [], []
    for shape in world["objects"]["countries"]["geometries"]:
        areas = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for ring in (ring for area in areas for ring in area):
            for number in ring:
                line = arcs[number] if number >= 0 else arcs[~number][::-1]
                edges.append(np.hstack([line[:-1], line[1:]]))
                owners.append(np.full(len(line) - 1, len(codes)))
        codes.append(shape["id"])
    return np.vstack(edges), np.concatenate(owners), np.array(codes)


@lru_cache(maxsize=200_000)
def country_at(latitude_deg: float, longitude_deg: float) -> str:
    """Return the ISO 3166 alpha-3 code of the country at a point, "" far out at sea.

    A point at sea by less than a quarter of a degree belongs to the nearest country.
    """
    row, column = (int(degrees // _CELL_DEGREES) for degrees in (latitude_deg, longitude_deg))
    sure = _sure(row, column)
    return _found(latitude_deg, longitude_deg) if sure is None else sure


@lru_cache(maxsize=50_000)
def _sure(row: int, column: int) -> str | None:
    """Return what all of a cell of half a degree lies in; None where an outline is near."""
    edges, _, _ = _edges()
    south, west = row * _CELL_DEGREES, column * _CELL_DEGREES
    pad = _OFFSHORE_DEGREES
    near = (
        (np.minimum(edges[:, 0], edges[:, 2]) <= west + _CELL_DEGREES + pad)
        & (np.maximum(edges[:, 0], edges[:, 2]) >= west - pad)
        & (np.minimum(edges[:, 1], edges[:, 3]) <= south + _CELL_DEGREES + pad)
        & (np.maximum(edges[:, 1], edges[:, 3]) >= south - pad)
    )
    return None if near.any() else _found(south + _CELL_DEGREES / 2, west + _CELL_DEGREES / 2)


def _found(latitude: float, longitude: float) -> str:
    edges, owners, codes = _edges()
    crossed = (edges[:, 1] > latitude) != (edges[:, 3] > latitude)
    some = edges[crossed]
    share = (latitude - some[:, 1]) / (some[:, 3] - some[:, 1])
    east = some[:, 0] + share * (some[:, 2] - some[:, 0]) > longitude
    inside = np.bincount(owners[crossed][east], minlength=len(codes)) % 2
    if inside.any():
        return str(codes[inside.argmax()])
    return _nearest(latitude, longitude)


def _nearest(latitude: float, longitude: float) -> str:
    """Return the country of the nearest outline, "" where it is too far."""
    edges, owners, codes = _edges()
    east = np.cos(np.radians(latitude))
    from_x, to_x = ((edges[:, place] - longitude) * east for place in (0, 2))
    from_y, to_y = (edges[:, place] - latitude for place in (1, 3))
    along_x, along_y = to_x - from_x, to_y - from_y
    length = np.maximum(along_x**2 + along_y**2, 1e-18)
    share = np.clip(-(from_x * along_x + from_y * along_y) / length, 0, 1)
    distance = np.hypot(from_x + share * along_x, from_y + share * along_y)
    place = int(distance.argmin())
    return str(codes[owners[place]]) if distance[place] <= _OFFSHORE_DEGREES else ""
