"""Some of the questions as one would write them in SQL, about all events."""

from __future__ import annotations

_TOLLS = "count(*) AS events, sum(killed_best) AS killed, count(killed_best) AS known"
STATEMENTS = {
    "totals": (
        "SELECT count(*), sum(killed_low), sum(killed_best), sum(killed_high), count(killed_best),"
        " sum(wounded_low), sum(wounded_best), sum(wounded_high), count(wounded_best),"
        " sum(displaced), count(displaced), count(latitude_deg) FROM events",
        "SELECT count(DISTINCT place_key) FROM events",
    ),
    "facets": (
        "SELECT theatre, country_code, event_type, attribution, count(*) FROM events GROUP BY ALL",
        "SELECT initiators, targets, count(*) FROM events GROUP BY ALL",
    ),
    "by_month": (f"SELECT month, theatre, {_TOLLS} FROM events GROUP BY ALL ORDER BY 1, 2",),
    "cells": (
        "SELECT floor(latitude_deg / 2) AS y, floor(longitude_deg / 2) AS x, theatre, type_group,"
        f" {_TOLLS}, sum(killed_low), sum(killed_high), count_if(is_exact), sum(longitude_deg),"
        " sum(latitude_deg) FROM events WHERE longitude_deg IS NOT NULL GROUP BY ALL ORDER BY ALL",
    ),
    "bins": (
        f"SELECT theatre, floor(day / 91) AS bin, type_group, {_TOLLS} FROM events"
        " GROUP BY ALL ORDER BY 1, 2, 3",
    ),
    "largest": (
        "SELECT event_id, start_date, killed_best, title, place, theatre, longitude_deg,"
        " latitude_deg FROM events WHERE killed_best IS NOT NULL"
        " ORDER BY killed_best DESC, start_date, event_id LIMIT 20",
    ),
    "page": (
        "SELECT count(*) FROM events",
        "SELECT * EXCLUDE (haystack) FROM events ORDER BY start_date DESC, event_id DESC LIMIT 100",
    ),
}
