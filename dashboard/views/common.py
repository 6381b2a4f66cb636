"""What the views share: chosen rows, colours, hover texts, default headlines."""

from __future__ import annotations

import math

import narwhals as nw
import pandas as pd

from dashboard import query, wording
from dashboard.dataset import Dataset
from dashboard.engine import independent_sources, open_events
from dashboard.geography import country_name
from dashboard.schema import UNDATED
from dashboard.selection import Selection
from dashboard.views import asking, chosen
from dashboard.views.describing import describe, short_place, sides_text, toll_text

# Words that an event is told in stand in `describing`; the views take them from here.
__all__ = ["describe", "short_place", "sides_text", "toll_text"]
KM_PER_DEGREE = 111.195


def report_figure(least, most) -> str:
    """Write a report's own figure, "–" where it has none; it may give only one end."""
    if pd.isna(least) and pd.isna(most):
        return "–"
    if pd.isna(least):
        return f"up to {most:,}"
    if pd.isna(most):
        return f"at least {least:,}"
    return wording.range_text(least, most)


def headline(dataset: Dataset, selection: Selection) -> str:
    """State the finding: "Mozambique: 1,193 killed in 2 events, 1–31 March 2021"."""
    found = chosen.totals(dataset, selection)
    subject = _subject(dataset, selection)
    when = wording.window_text(selection) or _years(dataset, selection)
    if not found.events:
        return f"{subject}: no events, {when}" if subject else f"No events, {when}"
    events = wording.plural(found.events, "event")
    finding = f"{found.killed.best:,} killed in {events}" if found.killed.known else events
    return f"{subject}: {finding}, {when}" if subject else f"{finding}, {when}"


def _subject(dataset: Dataset, selection: Selection) -> str:
    """Name what the selection is about in few words, "" where it is everything."""
    where = [name for key, name in dataset.theatre_names.items() if key in selection.theatres]
    where = [country_name(code) for code in selection.countries] or where
    whom = [dataset.actor_labels.get(actor, actor) for actor in selection.actors]
    what = wording.type_names(selection.types)
    parts = [wording.listed(names) for names in (where, whom, what) if 0 < len(names) <= 3]
    return ", ".join(parts)


def _years(dataset: Dataset, selection: Selection) -> str:
    """Write the years that the chosen events span, "2013–2026"; of no event the table's.

    A table may have none: "no dates".
    """
    days = chosen.span(dataset, selection)
    if days is None and (number := chosen.number(dataset, selection)):
        return "date not known" if number == 1 else "dates not known"
    days = days or dataset.days
    if days is None:
        return "no dates"
    first, last = (day.year for day in days)
    return str(first) if first == last else f"{first}–{last}"


def nothing(dataset: Dataset, selection: Selection) -> str:
    """Say that no event is chosen, and by which filters."""
    words = wording.selection_in_words(dataset, selection)
    return f"No event matches: {words}." if selection.is_limited else "The table holds no event."


def left_out(number: int, one: str, several: str) -> str:
    """Say what keeps all events that match from being drawn, in words for one and for several."""
    if number == 1:
        return f"The one event that matches {one}."
    return f"The {number:,} events that match {several}."


def toll_range(dataset: Dataset, selection: Selection) -> str:
    """Write the range of the dead and on how many events it rests."""
    killed = chosen.totals(dataset, selection).killed
    if not killed.known:
        return ""
    spread = wording.range_text(killed.low, killed.high)
    events = "one event" if killed.known == 1 else f"{killed.known:,} events"
    return f"Sources put the dead at {spread} in the {events} with a known toll."


def source_lines(dataset: Dataset, selection: Selection, link: str = "") -> list[str]:
    """Write the source line of a picture: sources, n of N, filters, version, link."""
    shown = chosen.number(dataset, selection)
    share = f"{shown:,} of {wording.plural(dataset.size, 'event')}"
    words = wording.selection_in_words(dataset, selection)
    where = f" · {link}" if link else ""
    source = (
        # A source's credit names it; its reports need not be gone through.
        after(dataset, dataset.reports[:0])
        if dataset.terms is not None
        else after(dataset, dataset.reports_of(chosen.rows(dataset, selection).index))
    )
    return [source, f"{share}; {words} · data {dataset.version}{where}"]


def after(dataset: Dataset, reports: pd.DataFrame, most: int = 3) -> str:
    """Write the source of a picture, with the agencies and publishers most reports are of."""
    if dataset.terms is not None:
        return f"Source: {dataset.terms.credit}; {dataset.name}. Drawn with {wording.NAME}."
    agencies = reports["via"].where(reports["via"] != "", reports["publisher"])
    names = agencies.str.split(";").explode().value_counts()
    named = [str(name) for name in names.index[:most]]
    others = len(names) - len(named)
    if not named:
        return f"Source: {wording.NAME}, {dataset.name}."
    if others:
        named.append(wording.plural(others, "other source"))
    return (
        f"Source: {wording.NAME}, {dataset.name}, after {wording.plural(len(reports), 'report')}"
        f" of {wording.listed(named)}."
    )


def doubts(event: pd.Series, reports: pd.DataFrame) -> list[str]:
    """Say in words what of an event is uncertain: date, place, initiator, toll, sources.

    Args:
        event: One row of the events table.
        reports: Its rows of the reports table.
    """
    found = []
    precision = {
        "week": "The days are known to about a week.",
        "month": "Only the month is known.",
        "year": "Only the year is known, or a span of more than a month.",
        UNDATED: "Its table gives no date: it stands on no timeline and in no window of days.",
    }
    if event["date_precision"] in precision:
        found.append(precision[event["date_precision"]])
    place = {
        "district": "The place is known to the district only; the mark may be some 30 km off.",
        "admin1": "The place is known to the province only; the mark stands somewhere in it.",
        "country": "Only the country is known, or somewhere at sea.",
        "": "It has no place on the map.",
    }
    if event["geo_precision"] in place:
        found.append(place[event["geo_precision"]])
    if event["attribution"] == "suspected":
        found.append("Who did it is only presumed.")
    low, high = event["killed_low"], event["killed_high"]
    independent = independent_sources(reports).sum()
    if pd.isna(high):
        found.append(_unknown_toll(reports))
    elif high > low and _sources_with_figures(reports) < 2:
        found.append(f"The toll is uncertain: the table gives {low:,} to {high:,}.")
    elif high > low:
        found.append(
            f"The sources disagree on the dead: from {low:,} to {high:,}."
            if high < 2 * max(low, 1)
            else f"The sources disagree widely on the dead: from {low:,} to {high:,}."
        )
    if independent < 2:
        found.append("All reports read go back to one source.")
    return found


def _unknown_toll(reports: pd.DataFrame) -> str:
    """Say why an event has no toll: a figure that stands among its reports is not denied."""
    scopes = {*reports["scope"][reports["killed_max"].notna()]}
    if not scopes:
        return "No source read gives a number of dead; that is not the same as none."
    if scopes == {"attackers"}:
        return "Its reports count the initiators' own dead alone, whom the toll leaves out."
    return "Its reports give numbers of dead, but none is taken as the toll of this event."


def _sources_with_figures(reports: pd.DataFrame) -> int:
    """Count the independent sources that give a number of dead: no other can disagree on it."""
    gives = reports[["killed_min", "killed_max"]].notna().any(axis=1)
    return int(independent_sources(reports[gives]).sum())


NEAR_KM = 100.0
NEAR_DAYS = 45


def nearby(dataset: Dataset, event_id: str, most: int = 5) -> pd.DataFrame:
    """Find the events within 100 km and 45 days of one, the nearest in time first.

    An event without a date is near nothing in time.

    Returns:
        Rows of `described`.
    """
    event = chosen.event(dataset, event_id)
    if event is None or pd.isna(event["latitude_deg"]) or event["date_precision"] == UNDATED:
        return chosen.rows(dataset, Selection()).iloc[:0]
    rows = _around(dataset, event)
    days = (rows["start_ms"] - event["start_ms"]).abs() / 86_400_000
    north = rows["latitude_deg"] - event["latitude_deg"]
    narrowing = math.cos(math.radians(event["latitude_deg"]))
    east = (rows["longitude_deg"] - event["longitude_deg"]) * narrowing
    near = (north**2 + east**2) ** 0.5 * KM_PER_DEGREE <= NEAR_KM
    other = (rows["event_id"] != event_id) & (rows["date_precision"] != UNDATED)
    found = rows.assign(apart=days)[near & (days <= NEAR_DAYS) & other]
    return found.sort_values("apart", kind="stable").head(most)


def _around(dataset: Dataset, event: pd.Series) -> pd.DataFrame:
    """Return what may be near an event: the whole of a small table, a box of a large one."""
    if asking.is_held(dataset):
        return chosen.described(dataset)
    degrees = NEAR_KM / KM_PER_DEGREE
    wide = degrees / max(math.cos(math.radians(event["latitude_deg"])), 0.1)
    x, y = event["longitude_deg"], event["latitude_deg"]
    days = pd.Timedelta(days=NEAR_DAYS)
    start = nw.col("start_date")
    found = open_events(dataset).filter(
        *(start >= event["start_date"] - days, start <= event["start_date"] + days),
        *(nw.col("longitude_deg") >= x - wide, nw.col("longitude_deg") <= x + wide),
        *(nw.col("latitude_deg") >= y - degrees, nw.col("latitude_deg") <= y + degrees),
    )
    return describe(dataset, query.rows(found, asking.MOST_MARKS))
