"""The rule on duplicates: one event, told twice, stands near itself in place, time and kind."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from dashboard.checks.distance import distance_km
from dashboard.checks.findings import Finding, Row, Table, event_finding
from dashboard.schema import GROUP_OF_TYPE

NEAR_KM = 5.0
NEAR_DAYS = 3


def duplicate(table: Table) -> Iterator[Finding]:
    """Find pairs of one type group, at one place or within 5 km, that begin within 3 days.

    An overview and its parts are no pair. The later row is reported, the earlier one is its detail.
    """
    events = sorted(table.events, key=lambda event: (event["start_date"], event["event_id"]))
    reach = datetime.timedelta(days=NEAR_DAYS)
    for at, event in enumerate(events):
        for other in events[at + 1 :]:
            if other["start_date"] - event["start_date"] > reach:
                break
            if _is_alike(event, other):
                reason = (
                    f"is like {event['event_id']!r} in place, days and kind. Keep one, or say in"
                    " exceptions.csv how the two differ."
                )
                yield event_finding("duplicate", other, "event_id", reason, event["event_id"])


def _is_alike(one: Row, other: Row) -> bool:
    if GROUP_OF_TYPE[one["event_type"]] != GROUP_OF_TYPE[other["event_type"]]:
        return False
    if one["event_id"] == other["part_of"] or other["event_id"] == one["part_of"]:
        return False
    if one["country_code"] == other["country_code"] and one["place"] == other["place"] != "":
        return True
    if one["latitude_deg"] is None or other["latitude_deg"] is None:
        return False
    points = ((event["latitude_deg"], event["longitude_deg"]) for event in (one, other))
    return distance_km(*points) <= NEAR_KM
