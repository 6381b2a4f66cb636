"""The features of a GeoJSON text as a table: properties, and a point of the geometry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dashboard.errors import ReaderError, shown
from dashboard.provenance import Rejects
from dashboard.readers.base import Head, Source
from dashboard.readers.geometry import spot_of
from dashboard.readers.jsonlists import JsonTable, cell

_FEATURE = re.compile(r'"type"\s*:\s*"Feature(?:Collection)?"')
_CRS = re.compile(r'"crs"\s*:\s*\{[^{}]*\{[^{}]*"(?:name|href)"\s*:\s*"([^"]{1,200})"')
_DEGREES = re.compile(r"CRS84|[^0-9]4326\Z")
PLACE_COLUMNS = ("latitude", "longitude", "geo_precision")


def has_features(head: Head) -> bool:
    """Whether a JSON text is GeoJSON: features, in a collection or one behind the other."""
    return head.kind == "json" and bool(_FEATURE.search(head.text)) and "geometry" in head.names


class FeatureTable(JsonTable):
    """Features as records: their properties, `latitude`, `longitude`, and `geo_precision` of
    geometries that are no point.
    """

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        system = _CRS.search(self.text)
        if system and not _DEGREES.search(system[1]):
            raise ReaderError(
                f"{source.name} has its coordinates in {shown(system[1])}, not in degrees. Save it"
                " in WGS 84 (EPSG:4326)."
            )
        self.header = tuple(dict.fromkeys((*self.header, *PLACE_COLUMNS)))
        self.assumptions[-1] = (
            "The file is GeoJSON: coordinates are longitude, latitude (WGS 84); a geometry that is"
            " no point stands as a point on it, drawn as approximate."
        )

    def flat(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """Return a feature's properties and its place."""
        properties = values.get("properties")
        if not isinstance(properties, dict):
            properties = {}
        row: dict[str, object] = dict(properties)
        if values.get("id") is not None:
            row.setdefault("id", values["id"])
        geometry = values.get("geometry")
        if geometry is None:
            return row
        spot = spot_of(geometry)
        if spot is None:  # the cell says in a warning what cannot be read
            return row | {"latitude": cell(geometry), "longitude": None}
        row |= {"latitude": spot[0], "longitude": spot[1]}
        return row | {"geo_precision": spot[2]} if spot[2] else row

    def rejects(self, texts: Sequence[str]) -> Rejects:
        """Make the kept-aside file: a collection again."""
        head = '{"type": "FeatureCollection", "features": [\n'
        return Rejects(head, tuple(texts), ",\n", "\n]}\n")
