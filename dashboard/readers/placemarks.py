"""The placemarks of a KML text, read with expat: no DTD, no entities, no network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from xml.parsers import expat

from dashboard.errors import ReaderError
from dashboard.readers.files import without_marks

_TIMES = ("when", "begin", "end")
_GEOMETRIES = ("Point", "LineString", "LinearRing")
# Elements whose text is wanted; that of others is not kept.
_WANTED = frozenset(("name", "description", "coordinates", "value", "SimpleData", "coord", *_TIMES))
_FOLDERS = ("Document", "Folder")


@dataclass(slots=True)
class Placemark:
    """One placemark: its own texts, as they stand.

    Attributes:
        line: The line it begins on.
        start: The byte it begins at.
        folder: The name of the folder it lies in.
        begin: The first time of its own or its folder's, "" for none.
        end: The last one, "" for none.
        shapes: Kind of geometry and list of positions, in their order.
        extended: Its extended data.
        text: Its XML.
    """

    line: int
    start: int
    folder: str = ""
    name: str = ""
    description: str = ""
    begin: str = ""
    end: str = ""
    shapes: list[tuple[str, list[list[float]]]] = field(default_factory=list)
    extended: dict[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def geometry(self) -> dict[str, object] | None:
        """Return it as a GeoJSON geometry: its point, else its areas, else its lines."""
        points = [shape for kind, shape in self.shapes if kind == "Point" and shape]
        outer = [shape for kind, shape in self.shapes if kind == "outer"]
        inner = [shape for kind, shape in self.shapes if kind == "inner"]
        lines = [shape for kind, shape in self.shapes if kind == "LineString"]
        if points:
            return {"type": "Point", "coordinates": points[0][0]}
        if outer:
            areas = (
                [[shape, *inner] for shape in outer] if len(outer) == 1 else [[s] for s in outer]
            )
            return {"type": "MultiPolygon", "coordinates": areas}
        return {"type": "MultiLineString", "coordinates": lines} if lines else None


class PlacemarkReader:
    """Collects the placemarks of one text; `others` counts what is no placemark."""

    def __init__(self, raw: bytes, file: str) -> None:
        self.file = file
        self.raw = without_marks(raw)
        self.encoding = _encoding(self.raw)
        self.placemarks: list[Placemark] = []
        self.others: Counter[str] = Counter()
        self._stack: list[str] = []
        self._texts: list[str] = []
        self._data_name = ""
        self._folders: list[dict[str, str]] = [{}]
        self._current: Placemark | None = None
        self._has_own_time = False
        self._parser = expat.ParserCreate("windows-1252" if self.encoding == "cp1252" else None)

    def read(self) -> list[Placemark]:
        """Return all placemarks.

        Raises:
            ReaderError: The text is no whole XML, or declares entities.
        """
        parser = self._parser
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._take
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        try:
            parser.Parse(self.raw, True)
        except expat.ExpatError as error:
            raise ReaderError(
                f"{self.file} is cut off or no XML from line {error.lineno:,} on"
                f" ({expat.ErrorString(error.code)}). Save it again."
            ) from None
        except ReaderError:  # which is a ValueError too
            raise
        except (LookupError, ValueError):
            raise ReaderError(f"{self.file} names an encoding that is not known.") from None
        return self.placemarks

    def _refuse(self, *_: object) -> None:
        raise ReaderError(f"{self.file} declares a document type or XML entities: refused.")

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._stack.append(name)
        self._texts = []
        if name in _FOLDERS:
            self._folders.append(dict(self._folders[-1]))
        elif name == "Placemark" and self._current is None:
            place = self._parser.CurrentByteIndex
            around = self._folders[-1]
            self._current = Placemark(
                self._parser.CurrentLineNumber,
                place,
                folder=around.get("name", ""),
                begin=around.get("begin", ""),
                end=around.get("end", ""),
            )
            self._has_own_time = False
        elif name in ("Data", "SimpleData"):
            self._data_name = attributes.get("name", "")
        elif name in ("NetworkLink", "GroundOverlay", "PhotoOverlay", "ScreenOverlay"):
            self.others[name] += 1

    def _take(self, text: str) -> None:
        if self._stack and self._stack[-1] in _WANTED:
            self._texts.append(text)

    def _close(self, _: str) -> None:
        name = self._stack.pop()
        parent = self._stack[-1] if self._stack else ""
        text = "".join(self._texts).strip()
        self._texts = []
        if name in _FOLDERS and len(self._folders) > 1:
            self._folders.pop()
        if self._current is not None:
            self._fill(self._current, name, parent, text)
        elif name == "name" and parent in _FOLDERS:
            self._folders[-1]["name"] = text
        elif name in _TIMES and len(self._stack) > 1 and self._stack[-2] in _FOLDERS:
            for key in ("begin", "end") if name == "when" else (name,):
                self._folders[-1][key] = text

    def _fill(self, placemark: Placemark, name: str, parent: str, text: str) -> None:
        if name == "Placemark" and "Placemark" not in self._stack:
            end = self.raw.find(b">", self._parser.CurrentByteIndex) + 1
            placemark.text = self.raw[placemark.start : end].decode(self.encoding, "replace")
            self.placemarks.append(placemark)
            self._current = None
        elif parent == "Placemark" and name in ("name", "description"):
            setattr(placemark, name, text)
        elif name in _TIMES and text:
            self._time(placemark, name, text)
        elif name == "coordinates":
            kind = parent
            if parent == "LinearRing":
                kind = "inner" if "innerBoundaryIs" in self._stack else "outer"
            placemark.shapes.append((kind, _positions(text.split(), ",")))
        elif name == "coord":  # of a gx:Track
            if not (placemark.shapes and placemark.shapes[-1][0] == "LineString"):
                placemark.shapes.append(("LineString", []))
            placemark.shapes[-1][1].extend(_positions([text], None))
        elif name in ("value", "SimpleData") and self._data_name:
            placemark.extended.setdefault(self._data_name, text)

    def _time(self, placemark: Placemark, name: str, text: str) -> None:
        if not self._has_own_time:  # its own time takes the place of its folder's
            placemark.begin = placemark.end = ""
            self._has_own_time = True
        if name in ("when", "begin") and not placemark.begin:
            placemark.begin = text
        if name in ("when", "end"):
            placemark.end = text


def _encoding(raw: bytes) -> str:
    """Return the encoding of an XML text that does not say one rightly: UTF-8, else cp1252."""
    head = raw[:200].lower()
    if b"encoding" in head and b"utf-8" not in head:
        return "latin-1"  # for the kept-aside texts alone: expat obeys the declaration
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _positions(tuples: list[str], delimiter: str | None) -> list[list[float]]:
    """Read "lon,lat[,alt]" texts; those that are none are left out."""
    found = []
    for item in tuples:
        parts = item.split(delimiter)
        try:
            found.append([float(part) for part in parts[:2]])
        except ValueError:
            continue
    return [pair for pair in found if len(pair) == 2]
