"""A sound file of every form in every container, invented, for tests that damage files."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from tests import package
from tests.readers import tables

ROWS = 8
_DAYS = [f"2015-05-{day:02}" for day in range(1, ROWS + 1)]


def samples(folder: Path) -> dict[str, bytes]:
    """Return a sound file of each kind by name, "<form>[-<variant>].<ending>".

    Args:
        folder: Where workbooks are written on the way.
    """
    return (
        _tabular(folder)
        | {f"package{end}": content for end, content in _packages(folder).items()}
        | _plain(folder)
        | _geojson()
        | _kml()
        | _timelinejs()
        | _timemap()
        | {"wikidata.csv": tables.text(_items()).encode()}
    )


def csv_rows() -> dict[str, list[dict[str, str]]]:
    """Return the rows of the forms that are made here, as their CSV has them."""
    events = csv.DictReader(io.StringIO(package.text("events", package.SMALL["events"])))
    return {
        "package": list(events),
        "plain": _plain_rows(),
        "timelinejs": _sheet(),
        "timemap": [{**row, "associations": "a1", "sources": "s1;s2"} for row in _shells()],
        "wikidata": _items(),
    }


def _tabular(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    makers = {"ucdp": tables.ucdp, "acled": tables.acled, "gtd": tables.gtd}
    for key, make in makers.items():
        rows = [make(number) for number in range(ROWS)]
        found[f"{key}.csv"] = tables.text(rows).encode()
        found[f"{key}-semicolon.csv"] = tables.text(rows, delimiter=";").encode("cp1252")
        found[f"{key}-tab.csv"] = tables.text(rows, delimiter="\t").encode("utf-16")
        found[f"{key}.csv.gz"] = gzip.compress(found[f"{key}.csv"])
        found[f"{key}.json"] = tables.as_json(rows)
        grid = [list(rows[0]), *(list(row.values()) for row in rows)]
        found[f"{key}.xlsx"] = tables.workbook(folder, grid).read_bytes()
    return found


def _packages(folder: Path) -> dict[str, bytes]:
    package.write(folder / "package")
    parts = {path.name: path.read_bytes() for path in sorted((folder / "package").iterdir())}
    return {".zip": zipped(parts), "-events.csv": parts["events.csv"]}


def zipped(parts: dict[str, bytes]) -> bytes:
    """Write a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _plain_rows() -> list[dict[str, str]]:
    return [
        {
            "id": str(number),
            "date": day,
            "country": "Iraq",
            "town": "Qarya, Médine",
            "lat": "36.1",
            "lon": "43.2",
            "type": "Bombing",
            "perpetrator": "IS",
            "killed": "5",
            "notes": "A <b>bomb</b>.",
            "source": "Radio A; https://example.org/a",
        }
        for number, day in enumerate(_DAYS)
    ]


def _plain(folder: Path) -> dict[str, bytes]:
    rows = _plain_rows()
    grid = [list(rows[0]), *(list(row.values()) for row in rows)]
    return {
        "plain.csv": tables.text(rows).encode(),
        "plain.tsv": tables.text(rows, delimiter="\t").encode("cp1252"),
        "plain.json": json.dumps(rows, indent=1).encode(),
        "plain.xlsx": tables.workbook(folder, grid, "plain.xlsx").read_bytes(),
    }


def _geojson() -> dict[str, bytes]:
    square = [[43, 36], [43.2, 36], [43.2, 36.2], [43, 36]]
    shapes = [
        {"type": "Point", "coordinates": [43.2, 36.1]},
        None,
        {"type": "Polygon", "coordinates": [square]},
        {"type": "LineString", "coordinates": square},
        {"type": "MultiPolygon", "coordinates": [[square]]},
    ]
    features = [
        {
            "type": "Feature",
            "geometry": shapes[number % len(shapes)],
            "properties": {"date": day, "name": f"Event {number}", "killed": number},
        }
        for number, day in enumerate(_DAYS)
    ]
    whole = {"type": "FeatureCollection", "features": features}
    lines = "\n".join(map(json.dumps, features))
    return {
        "geojson.geojson": json.dumps(whole, indent=1).encode(),
        "geojson-lines.geojson": lines.encode(),
        "geojson-rs.geojsons": "".join(f"\x1e{line}\n" for line in lines.split("\n")).encode(),
    }


def _kml() -> dict[str, bytes]:
    marks = "".join(
        f"<Placemark><name>Event {number}</name><description><![CDATA[<p>One &amp; two</p>]]>"
        f"</description><TimeStamp><when>{day}</when></TimeStamp><ExtendedData>"
        f'<Data name="killed"><value>{number}</value></Data></ExtendedData>'
        "<Point><coordinates>43.2,36.1,0</coordinates></Point></Placemark>\n"
        for number, day in enumerate(_DAYS)
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><Folder><name>Bombings</name>\n{marks}</Folder></Document></kml>\n"
    )
    return {"kml.kml": text.encode(), "kml.kmz": zipped({"doc.kml": text.encode()})}


def _sheet() -> list[dict[str, str]]:
    return [
        {
            "Year": "2015",
            "Month": "5",
            "Day": str(number + 1),
            "End Year": "",
            "End Month": "",
            "End Day": "",
            "Display Date": "",
            "Headline": f"Event {number}",
            "Text": "<p>What happened.</p>",
            "Media": "https://example.org/x.jpg",
            "Media Credit": "Foto A",
            "Type": "title" if number == 0 else "",
            "Group": "Bombing",
        }
        for number in range(ROWS)
    ]


def _timelinejs() -> dict[str, bytes]:
    slides = [
        {
            "start_date": {"year": "2015", "month": 5, "day": number + 1},
            "text": {"headline": f"Event {number}", "text": "<p>What happened.</p>"},
            "media": {"url": "https://example.org/x.jpg", "credit": "Foto A"},
            "unique_id": f"u{number}",
        }
        for number in range(ROWS)
    ]
    era = {"start_date": {"year": 2014}, "end_date": {"year": 2015}}
    whole = {"title": {"text": {"headline": "All"}}, "events": slides, "eras": [era]}
    return {
        "timelinejs.csv": tables.text(_sheet()).encode(),
        "timelinejs.json": json.dumps(whole, indent=1).encode(),
    }


def _shells() -> list[dict[str, Any]]:
    return [
        {
            "id": str(number),
            "description": "Shells fell.",
            "date": f"10/{number + 13}/2015",
            "time": "16:20",
            "time_precision": "",
            "location": "Qarya",
            "latitude": "36.1",
            "longitude": "43.2",
            "category": "Shelling",
            "associations": ["a1"],
            "sources": ["s1", "s2"],
        }
        for number in range(ROWS)
    ]


def _timemap() -> dict[str, bytes]:
    events = _shells()
    sources = [{"id": "s1", "title": "Video", "url": "https://example.org/v", "date": "10/12/2015"}]
    paths = ["Perpetrators", "IS"]
    links = [{"id": "a1", "title": "IS", "mode": "FILTER", "filter_paths": paths}]
    whole = {"events": events, "sources": sources, "associations": links}
    return {
        "timemap.json": json.dumps(whole, indent=1).encode(),
        "timemap-list.json": json.dumps(events).encode(),
        "timemap.csv": tables.text(csv_rows()["timemap"]).encode(),
    }


def _items() -> list[dict[str, str]]:
    return [
        {
            "item": f"http://www.wikidata.org/entity/Q{number // 2}",
            "itemLabel": f"Battle {number // 2}",
            "date": f"{day}T00:00:00Z",
            "datePrecision": "11",
            "coord": "Point(43.13 36.34)",
            "countryLabel": "Iraq",
            "deaths": str(number),
        }
        for number, day in enumerate(_DAYS)
    ]
