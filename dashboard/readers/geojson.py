"""GeoJSON (RFC 7946): a collection, features by lines, features behind record separators.

Properties are read as the columns of a plain table. A feature without geometry is an event without
a place.
"""

from __future__ import annotations

from dashboard.readers import plain
from dashboard.readers.base import Head, Reading, Source
from dashboard.readers.features import has_features

KEY = "geojson"
NAME = "GeoJSON"
NEEDS = ()


def recognises(head: Head) -> bool:
    """Whether a JSON text is GeoJSON."""
    return has_features(head)


def read(source: Source) -> Reading:
    """Read the features of a GeoJSON text.

    Raises:
        ReaderError: It is no whole JSON, no property is a date, or no record could be loaded.
    """
    return plain.read_columns(source, KEY, NAME)
