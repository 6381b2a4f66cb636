"""Rules on tolls: low and high are what the event's own reports say, overviews never count twice.

That best lies between low and high is a rule of the schema (`dashboard.validation`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dashboard.checks.findings import Finding, Row, Table, event_finding

# Figures of this scope count everyone killed or wounded but the initiators.
WHOLE = "all"
# Figures of this scope count the initiators, who are in no toll.
APART = "attackers"
QUANTITIES = ("killed", "wounded")
Figures = dict[str, list[int]]


def toll_source(table: Table) -> Iterator[Finding]:
    """Find tolls that no reports say.

    Low is not under, and high not over, the figures of the reports of scope all. Where no report
    counts all, both are within the figures of one scope, which says what part was counted: parts
    are never summed.
    """
    for event, quantity, figures in _tolls(table):
        low, high = event[f"{quantity}_low"], event[f"{quantity}_high"]
        if low is None:
            continue
        spans = {WHOLE: figures[WHOLE]} if WHOLE in figures else figures
        if any(min(counts) <= low and high <= max(counts) for counts in spans.values()):
            continue
        column = f"{quantity}_low"
        if not spans:
            says = "stands in no report. Give the reports' own figures, or empty the toll."
        elif WHOLE in spans:
            column = column if low < min(spans[WHOLE]) else f"{quantity}_high"
            says = (
                f"reaches beyond its reports of scope 'all', which say {_span(spans[WHOLE])}."
                " Narrow the range, or add the report that says it."
            )
        else:
            parts = ", ".join(f"{scope} {_span(counts)}" for scope, counts in spans.items())
            says = (
                f"is within no one scope of its reports ({parts}), and none counts all. Take one"
                " part's range, or argue why parts may be joined."
            )
        yield event_finding(
            "toll_source", event, column, f"{quantity} {low}-{high} {says}", quantity
        )


def toll_span(table: Table) -> Iterator[Finding]:
    """Find ranges that leave out a figure which a report of scope all gives."""
    for event, quantity, scopes in _tolls(table):
        low, high = event[f"{quantity}_low"], event[f"{quantity}_high"]
        figures = scopes.get(WHOLE)
        if low is None or not figures or (low <= min(figures) and high >= max(figures)):
            continue
        reason = (
            f"{quantity} {low}-{high} leaves out what its reports say, {_span(figures)}. Widen the"
            " range, or mark the report's scope, or argue an exception."
        )
        column = f"{quantity}_low" if low > min(figures) else f"{quantity}_high"
        yield event_finding("toll_span", event, column, reason, quantity)


def toll_blank(table: Table) -> Iterator[Finding]:
    """Find empty tolls although a report of scope all gives a figure; overviews stay empty."""
    overviews = {event["part_of"] for event in table.events if event["part_of"]}
    for event, quantity, scopes in _tolls(table):
        figures = scopes.get(WHOLE)
        is_blank = event[f"{quantity}_low"] is None
        if is_blank and figures and event["event_id"] not in overviews:
            reason = (
                f"{quantity} is empty although its reports say {_span(figures)}. Give low, best"
                " and high, or mark the report's scope."
            )
            yield event_finding("toll_blank", event, f"{quantity}_low", reason, quantity)


def _tolls(table: Table) -> Iterator[tuple[Row, str, Figures]]:
    """Go through both quantities of each event, with its reports' figures by scope."""
    for event in table.events:
        for quantity in QUANTITIES:
            figures: Figures = {}
            for report in table.reports(event):
                for end in ("min", "max"):
                    number = report[f"{quantity}_{end}"]
                    if number is not None and report["scope"] != APART:
                        figures.setdefault(report["scope"], []).append(number)
            yield event, quantity, figures


def _span(figures: list[int]) -> str:
    low, high = min(figures), max(figures)
    return f"{low}" if low == high else f"{low} to {high}"


def parts(table: Table) -> Iterator[Finding]:
    """Find overviews that a sum would count twice, and parts outside their overview."""
    events = {event["event_id"]: event for event in table.events}
    theatres = table.dataset.theatre_of_country
    parts_of = defaultdict(list)
    for event in table.events:
        if event["part_of"]:
            parts_of[event["part_of"]].append(event)
    for overview_id, found in parts_of.items():
        overview = events[overview_id]
        if overview["part_of"]:
            reason = f"has parts, but is itself a part of {overview['part_of']!r}. Keep one level."
            yield event_finding("parts", overview, "part_of", reason)
        for column in ("killed_best", "wounded_best", "displaced"):
            tolled = [part["event_id"] for part in found if part[column] is not None]
            if overview[column] is not None and tolled:
                reason = (
                    f"{column} is {overview[column]}, and its part {tolled[0]!r} has one too: a"
                    " sum would count both. Empty the overview's."
                )
                yield event_finding("parts", overview, column, reason, column)
        for part in found:
            yield from _misplaced(part, overview, theatres)


def _misplaced(part: Row, overview: Row, theatres: dict[str, str]) -> Iterator[Finding]:
    begins, ends = overview["start_date"], overview["end_date"]
    if part["start_date"] < begins or part["end_date"] > ends:
        reason = (
            f"{part['start_date']} to {part['end_date']} is not within its overview"
            f" {overview['event_id']!r}, {begins} to {ends}. Correct the days or part_of."
        )
        yield event_finding("parts", part, "start_date", reason, "days")
    lanes = [theatres.get(event["country_code"], "") for event in (part, overview)]
    if lanes[0] != lanes[1]:
        reason = (
            f"lies in another theatre ({lanes[0]}) than its overview {overview['event_id']!r}"
            f" ({lanes[1]}). Correct country_code or part_of."
        )
        yield event_finding("parts", part, "country_code", reason, "theatre")
