"""Some of the questions as one would write them in SQL, about all events, and beside ours."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks import report
from dashboard.query import Frame

LEAST_TURNS, TURNS, ENOUGH_MS = 5, 31, 2_000
MOST_TIMES, BAR_EVENTS = 1.5, 1_000_000
_TOLLS = "count(*) AS events, sum(killed_best) AS killed, count(killed_best) AS known"
STATEMENTS = {
    "totals": (
        "SELECT count(*), sum(killed_low), sum(killed_best), sum(killed_high), count(killed_best),"
        " sum(wounded_low), sum(wounded_best), sum(wounded_high), count(wounded_best),"
        " sum(displaced), count(displaced), count(latitude_deg) FROM held.events",
        "SELECT count(DISTINCT place_key) FROM held.events",
    ),
    "facets": (
        "SELECT theatre, country_code, event_type, attribution, count(*) FROM held.events"
        " GROUP BY ALL",
        "SELECT initiators, targets, count(*) FROM held.events GROUP BY ALL",
    ),
    "by_month": (
        f"SELECT month, theatre, {_TOLLS} FROM held.events WHERE date_precision <> 'unknown'"
        " GROUP BY ALL ORDER BY 1, 2",
    ),
    "cells": (
        "SELECT floor(latitude_deg / 2) AS y, floor(longitude_deg / 2) AS x, theatre, type_group,"
        f" {_TOLLS}, sum(killed_low), sum(killed_high), count_if(is_exact), sum(longitude_deg),"
        " sum(latitude_deg) FROM held.events WHERE longitude_deg IS NOT NULL"
        " GROUP BY ALL ORDER BY ALL",
    ),
    "bins": (
        f"SELECT theatre, floor(day / 91) AS bin, type_group, {_TOLLS} FROM held.events"
        " GROUP BY ALL ORDER BY 1, 2, 3",
    ),
    "largest": (
        "SELECT event_id, start_date, killed_best, title, place, theatre, longitude_deg,"
        " latitude_deg FROM held.events WHERE killed_best IS NOT NULL"
        " ORDER BY killed_best DESC, start_date, event_id LIMIT 20",
    ),
    "page": (
        "SELECT count(*) FROM held.events",
        "SELECT * EXCLUDE (haystack) FROM held.events"
        " ORDER BY start_date DESC, event_id DESC LIMIT 100",
    ),
}


def compared(connection: Any, ask: Callable[[str, Frame], None]) -> dict[str, list[float]]:
    """Time the questions as SQL and as the application asks them, in turns.

    Args:
        connection: A table held by DuckDB.
        ask: Puts the question of a name to a frame, and makes pandas frames of the answer.

    Returns:
        Medians in ms by question: of SQL, and of ours.
    """
    taken: dict[str, list[float]] = {}
    for name, statements in STATEMENTS.items():
        both: tuple[list[float], list[float]] = ([], [])
        while len(both[0]) < LEAST_TURNS or (len(both[0]) < TURNS and sum(both[0]) < ENOUGH_MS):
            # As a request gets one: a cursor of its own, which has not read anything yet.
            cursor, events = connection._cursor(), connection.events()
            started = time.perf_counter()
            for statement in statements:
                cursor.sql(statement).df()
            between = time.perf_counter()
            ask(name, events)
            both[0].append((between - started) * 1e3)
            both[1].append((time.perf_counter() - between) * 1e3)
        taken[name] = [round(statistics.median(times), 1) for times in both]
    return taken


def text(runs: list[dict[str, Any]]) -> list[str]:
    """Return the paragraphs of docs/performance.md about some runs of `benchmarks.server`."""
    asked = [run for run in runs if run["plain"]]
    header = ["question", *(f"{run['events']:,} events" for run in asked)]
    rows = []
    for name in STATEMENTS:
        pairs = [run["plain"][name] for run in asked]
        rows.append([name, *(f"{ours} / {sql} = {ours / sql:.2f}" for sql, ours in pairs)])
    every = [[sum(times) for times in zip(*run["plain"].values(), strict=True)] for run in asked]
    rows.append(["all", *(f"{ours:.0f} / {sql:.0f} = {ours / sql:.2f}" for sql, ours in every)])
    at_bar = [run["plain"] for run in asked if run["events"] == BAR_EVENTS]
    worst = max((ours / sql for plain in at_bar for sql, ours in plain.values()), default=0.0)
    verdict = "kept" if worst <= MOST_TIMES else "**missed**"
    return [
        "The same questions about all events, through narwhals and as plain SQL on the same DuckDB"
        " table by its client's own call, both from the words to a pandas frame: ms through"
        " narwhals / ms of SQL = times. DuckDB checks each step of narwhals before it runs them"
        " all, which takes 1 to 5 ms a question whatever the table's size; a table of up to 200,000"
        " events is held in memory, where nobody asks DuckDB, unless it is Parquet.",
        report.table(header, rows),
        f"The bar, at {BAR_EVENTS:,} events: no question takes more than {MOST_TIMES} times its"
        f" SQL; the worst takes {worst:.2f}: {verdict}.",
    ]
