"""Rules on places: inside country and province, near a listed town, alike for like names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from dashboard.checks import areas
from dashboard.checks.distance import Point, distance_km
from dashboard.checks.findings import Finding, Row, Table, event_finding
from dashboard.checks.gazetteer import OTHER_PLACE_KM, nearest_town, towns_called, towns_named
from dashboard.checks.spellings import skeleton
from dashboard.errors import nearest
from dashboard.schema import GEO_RADIUS_KM

# GeoNames' points stand for a whole village and are rounded; a town's own extent comes on top.
GAZETTEER_KM = 1.0
# Two gazetteers may differ that much on the middle of a village, and ours are rounded.
SAME_POINT_KM = 3.0
# Precisions whose circle is that of an area: the outline checks them, no town does.
WIDE = ("admin1", "country")


def _point(event: Row) -> Point | None:
    latitude, longitude = event["latitude_deg"], event["longitude_deg"]
    return None if latitude is None else (latitude, longitude)


def province(table: Table) -> Iterator[Finding]:
    """Find provinces that the outlines do not know by that name."""
    for event in table.events:
        code, name = event["country_code"], event["admin1"]
        known = [area.name for area in areas.areas().get(code, ())]
        if known and name and not areas.named(code, name):
            point = _point(event)
            where = ""
            if point is not None:
                where = f" Its point lies in {areas.nearest(areas.areas()[code], point)[1]!r}."
            reason = f"no province of {code} is called {name!r}.{nearest(name, known)}{where}"
            yield event_finding("province", event, "admin1", reason)


def outline(table: Table) -> Iterator[Finding]:
    """Find points outside their country's or province's outline, by more than its accuracy."""
    for event in table.events:
        point, code = _point(event), event["country_code"]
        country = areas.areas().get(code, ())
        if point is None or not country:
            continue
        own = areas.named(code, event["admin1"]) if event["admin1"] else ()
        apart = min((area.distance_km(point) for area in own or country), default=0.0)
        if apart > areas.ACCURACY_KM:
            where = _where(point)
            reason = (
                f"{point[0]}, {point[1]} lies {apart:.0f} km outside"
                f" {event['admin1'] if own else code}, {where}. Correct the point, the province or"
                " the country."
            )
            yield event_finding("outline", event, "latitude_deg", reason)


def _where(point: Point) -> str:
    every = [area for found in areas.areas().values() for area in found]
    inside = [f"{area.name} ({area.country_code})" for area in every if not area.distance_km(point)]
    return f"in {inside[0]}" if inside else "in no province of the countries in focus"


def gazetteer(table: Table) -> Iterator[Finding]:
    """Find points that are not within their stated precision of a listed place that they name.

    The event's `place` names it, or its title or summary. Points for a province or a country are
    left to `outline`.
    """
    for event in table.events:
        point, code = _point(event), event["country_code"]
        if point is None or event["geo_precision"] in WIDE or code not in areas.areas():
            continue
        reach = GEO_RADIUS_KM[event["geo_precision"]] + GAZETTEER_KM
        named = towns_named(event["place"], code)
        texts = f"{event['title']}. {event['summary']}"
        if any(
            town.apart_km(point) <= reach
            for towns in (named, towns_named(texts, code))
            for town in towns
        ):
            continue
        near = [town for town in named if town.apart_km(point) <= OTHER_PLACE_KM]
        if near:
            town = near[0]
            reason = (
                f"its point lies {town.apart_km(point):.0f} km from {town.name!r}, which the"
                f" gazetteer lists; {event['geo_precision']!r} allows {reach:.0f} km. Correct the"
                " point or its precision, or argue an exception."
            )
        else:
            town = nearest_town(point)
            reason = (
                f"the gazetteer lists no place {event['place']!r} there; nearest is {town.name!r},"
                f" {distance_km(town.point, point):.0f} km away. Add it to villages.csv with a"
                " page that gives its point, or argue in exceptions.csv where ours is from."
            )
        yield event_finding("gazetteer", event, "place", reason)


def listed_point(table: Table) -> Iterator[Finding]:
    """Find places that the gazetteer lists by their own name, but at another point.

    A village stands where it is listed even if its circle of precision reaches as far. A place
    that is told by its distance from another ("near", "road from") has another name than that.
    """
    for event in table.events:
        point, code = _point(event), event["country_code"]
        if point is None or event["geo_precision"] in WIDE:
            continue
        alike = towns_called(_head(event["place"]), code)
        apart = [town.apart_km(point) for town in alike]
        if alike and SAME_POINT_KM < min(apart) <= OTHER_PLACE_KM:
            town = alike[apart.index(min(apart))]
            reason = (
                f"its point lies {min(apart):.0f} km from {town.name!r}, which the gazetteer lists"
                f" at {town.point[0]}, {town.point[1]}. Take that point, or argue an exception."
            )
            yield event_finding("listed_point", event, "latitude_deg", reason)


def _head(place: str) -> str:
    """Return the name that leads a place, without what tells it apart."""
    return re.split(r"[,(/]", place)[0]


def same_place(table: Table) -> Iterator[Finding]:
    """Find events of one place whose circles of precision do not touch."""
    first: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for event in table.events:
        point = _point(event)
        name = skeleton(_head(event["place"]))
        if point is None or not name or event["geo_precision"] in WIDE:
            continue
        alike = first[event["country_code"], event["admin1"], name]
        for other in alike:
            apart = distance_km(point, (other["latitude_deg"], other["longitude_deg"]))
            reach = sum(GEO_RADIUS_KM[row["geo_precision"]] for row in (event, other))
            if apart > reach:
                reason = (
                    f"{event['place']!r} lies {apart:.0f} km from where {other['event_id']!r} has"
                    f" {other['place']!r}; their precisions allow {reach:.0f} km. Bring them"
                    " together, or name the places apart."
                )
                yield event_finding("same_place", event, "place", reason, other["event_id"])
                break
        alike.append(event)
