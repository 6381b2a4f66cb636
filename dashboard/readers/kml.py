"""KML 2.2 and 2.3, and KMZ, a zip of it: each placemark an event.

A time stamp or span may be a year, a month, a day or a time, and is kept as precise as it is.
Without one, a column of dates in the extended data is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.provenance import Rejects
from dashboard.readers.archives import parts, unpacked
from dashboard.readers.base import Batch, Head, Reading, Source
from dashboard.readers.building import Builder
from dashboard.readers.files import whole_bytes
from dashboard.readers.geometry import spot_of
from dashboard.readers.mapped import MappedReader
from dashboard.readers.mapping import plan_of
from dashboard.readers.own import terms_of
from dashboard.readers.placemarks import Placemark, PlacemarkReader
from dashboard.readers.tabular import fill

KEY = "kml"
NAME = "KML or KMZ"
NEEDS = ()
AT_A_TIME = 5_000
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"'
    ' xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>\n'
)
# Our column by that of a placemark.
_OWN = {
    "title": "name",
    "summary": "description",
    "latitude_deg": "latitude",
    "longitude_deg": "longitude",
    "geo_precision": "geo_precision",
}
_TIMES = {"start_date": "begin", "end_date": "end"}
_FIXED = ("name", "description", "begin", "end", "folder", "latitude", "longitude", "geo_precision")


def recognises(head: Head) -> bool:
    """Whether a file is KML, or a zip that holds one."""
    return head.kind == "kmz" or (
        head.kind == "xml" and ("<kml" in head.text or "<Placemark" in head.text)
    )


def read(source: Source) -> Reading:
    """Read the placemarks of a KML or KMZ file.

    Raises:
        ReaderError: It is damaged, declares entities, grows too much when unpacked, has no dates,
            or no record could be loaded.
    """
    table = _Placemarks(source)
    known = dict(_OWN)
    date_format = ""
    if any(mark.begin or mark.end for mark in table.placemarks):
        known |= _TIMES
        date_format = "y-m-d"
    if any(mark.folder for mark in table.placemarks):
        known["event_type"] = "folder"
    plan = plan_of(source.options.mapping, table.header, source.name, known, date_format)
    builder = Builder(source.name, KEY, terms_of(source.name), form_name=NAME)
    table.assumptions += plan.sentences([name for name in table.header if name not in _FIXED])
    return fill(builder, table, MappedReader(source, plan))


class _Placemarks:
    """The placemarks as a table; its columns are theirs, then those of their extended data."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.assumptions = ["The file is KML: coordinates are longitude, latitude (WGS 84)."]
        reader = PlacemarkReader(self._raw(), source.name)
        self.placemarks = reader.read()
        for name, number in reader.others.items():
            self.assumptions.append(f"Not read: {number:,} of {name}, which are no placemarks.")
        if reader.encoding == "cp1252":
            self.assumptions.append("Encoding: Windows-1252 (it is not UTF-8).")
        extended = (name for mark in self.placemarks for name in mark.extended)
        self.header: Sequence[str] = tuple(dict.fromkeys((*_FIXED, *extended)))

    def _raw(self) -> bytes:
        if self.source.head.kind != "kmz":
            return whole_bytes(self.source.path)
        names = [name for name in parts(self.source.path) if name.casefold().endswith(".kml")]
        first = min(names, key=lambda name: (name.casefold() != "doc.kml", name.count("/")))
        self.assumptions.append(f"The archive's {first} was read.")
        if len(names) > 1:
            self.assumptions.append(f"Other KML files in the archive, not read: {len(names) - 1}.")
        return unpacked(self.source.path, first)

    def batches(self) -> Iterator[Batch]:
        """Give the placemarks in batches."""
        total = len(self.placemarks)
        for start in range(0, total, AT_A_TIME):
            yield self._batch(self.placemarks[start : start + AT_A_TIME], start)
            self.source.options.progress(min(start + AT_A_TIME, total) / total)

    def _batch(self, some: Sequence[Placemark], start: int) -> Batch:
        rows = [_cells(mark) for mark in some]
        columns = {name.casefold(): [row.get(name, "") for row in rows] for name in self.header}
        numbers = range(start + 1, start + len(some) + 1)
        batch = Batch(numbers, [mark.line for mark in some], columns, [mark.text for mark in some])
        for place, mark in enumerate(some):
            if mark.begin and not mark.end:
                batch.warn(place, "begin", "the time span has no end: its first day stands.")
            elif mark.end and not mark.begin:
                batch.warn(place, "end", "the time span has no beginning: its last day stands.")
            if mark.shapes and not columns["latitude"][place]:
                batch.warn(place, "coordinates", "cannot be read: no place.", "")
        return batch

    def rejects(self, texts: Sequence[str]) -> Rejects:
        """Make the kept-aside file: KML again."""
        return Rejects(_HEAD, tuple(texts), "\n", "\n</Document></kml>\n")


def _cells(mark: Placemark) -> dict[str, str]:
    spot = spot_of(mark.geometry)
    return mark.extended | {
        "name": mark.name,
        "description": mark.description,
        "begin": mark.begin,
        "end": mark.end,
        "folder": mark.folder,
        "latitude": repr(spot[0]) if spot else "",
        "longitude": repr(spot[1]) if spot else "",
        "geo_precision": spot[2] if spot else "",
    }
