"""What the views share: chosen rows, colours, hover texts, default headlines."""

from __future__ import annotations

import html
import math
from functools import lru_cache

import pandas as pd

from dashboard import query, wording
from dashboard.dataset import Dataset
from dashboard.engine import independent_sources, open_events
from dashboard.geography import country_name
from dashboard.schema import GEO_RADIUS_KM
from dashboard.selection import Selection

EPOCH = pd.Timestamp(0)
KM_PER_DEGREE = 111.195


def chosen(dataset: Dataset, selection: Selection) -> query.Frame:
    """Return the events that a selection chooses."""
    return _chosen(dataset, selection.filters)


@lru_cache(maxsize=64)
def _chosen(dataset: Dataset, filters: Selection) -> query.Frame:
    return query.select(open_events(dataset), filters)


def totals(dataset: Dataset, selection: Selection) -> query.Totals:
    """Add up what a selection chooses."""
    return _totals(dataset, selection.filters)


@lru_cache(maxsize=64)
def _totals(dataset: Dataset, filters: Selection) -> query.Totals:
    return query.totals(_chosen(dataset, filters))


def chosen_ids(dataset: Dataset, selection: Selection) -> list[str]:
    """List the ids of the chosen events, in their order."""
    return list(chosen_rows(dataset, selection).index)


def chosen_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the chosen events as `described` has them; not to be changed."""
    return _chosen_rows(dataset, selection.filters)


@lru_cache(maxsize=64)
def _chosen_rows(dataset: Dataset, filters: Selection) -> pd.DataFrame:
    return described(dataset).loc[_chosen(dataset, filters)["event_id"].to_list()]


@lru_cache(maxsize=4)
def described(dataset: Dataset) -> pd.DataFrame:
    """Return all events with what every view needs of them.

    Returns:
        One row an event, indexed by event_id: the columns of `query.events_frame` and start_ms,
        end_ms (milliseconds since 1970, UTC), family (of the first initiator), killed (float, NaN
        unknown), is_vague, radius_km (of the circle it lies in), spot (key of its place), label
        (short place name, not escaped), hover (escaped text of several lines).
    """
    events = query.events_frame(open_events(dataset))
    # Plain objects: a few hundred of them are taken apart faster than Arrow's strings.
    texts = events.select_dtypes("str").columns
    events = events.astype(dict.fromkeys(texts, "object"))
    families = dataset.actor_families
    milliseconds = pd.Timedelta(milliseconds=1)
    return (
        events.assign(
            start_ms=((events["start_date"] - EPOCH) / milliseconds).astype("float64"),
            end_ms=((events["end_date"] - EPOCH) / milliseconds).astype("float64"),
            family=events["initiators"].str.split(";").str[0].map(families),
            killed=events["killed_best"]
            .astype("Float64")
            .to_numpy("float64", na_value=float("nan")),
            is_vague=events["date_precision"] != "day",
            radius_km=events["geo_precision"].map(GEO_RADIUS_KM).astype("float64"),
            spot=[
                f"{latitude:.4f},{longitude:.4f}"
                for latitude, longitude in zip(
                    events["latitude_deg"], events["longitude_deg"], strict=True
                )
            ],
            label=[short_place(place) for place in events["place"]],
            hover=[_hover(dataset, event) for event in events.itertuples(index=False)],
        )
        .set_index("event_id", drop=False)
        .copy()
    )


def short_place(place: str) -> str:
    """Shorten a place to its first name: "Palma, Cabo Delgado" gives "Palma"."""
    for mark in (",", " (", " and ", ";"):
        place = place.split(mark)[0]
    return place.strip()


def toll_text(low, best, high, noun: str = "killed") -> str:
    """Write a toll with its range: "1,193 killed (55–1,357)"; unknown in so many words."""
    if pd.isna(best):
        return f"number {noun} unknown"
    text = f"{best:,} {noun}"
    return text if low == high else f"{text} ({wording.range_text(low, high)})"


def report_figure(least, most) -> str:
    """Write a report's own figure, "–" where it has none; it may give only one end."""
    if pd.isna(least) and pd.isna(most):
        return "–"
    if pd.isna(least):
        return f"up to {most:,}"
    if pd.isna(most):
        return f"at least {least:,}"
    return wording.range_text(least, most)


def sides_text(dataset: Dataset, initiators: str, targets: str) -> str:
    """Write who acted against whom: "IS Mozambique → civilians"."""
    labels = dataset.actor_labels
    sides = [
        ", ".join(labels.get(actor, actor) for actor in side.split(";"))
        for side in (initiators, targets)
        if side
    ]
    return " → ".join(sides)


def _hover(dataset: Dataset, event) -> str:
    when = wording.days_text(event.start_date.date(), event.end_date.date(), event.date_precision)
    where = short_place(event.place)
    lines = [
        f"{when} · {where}" if where else when,
        toll_text(event.killed_low, event.killed_best, event.killed_high),
        f"{sides_text(dataset, event.initiators, event.targets)} · {event.attribution}",
    ]
    title = f"<b>{html.escape(event.title, quote=False)}</b>"
    return "<br>".join([title, *(html.escape(line, quote=False) for line in lines)])


def headline(dataset: Dataset, selection: Selection) -> str:
    """State the finding: "Mozambique: 1,193 killed in 2 events, 1–31 March 2021"."""
    found = totals(dataset, selection)
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
    """Write the years that the chosen events span, else the table's: "2013–2026"."""
    rows = chosen_rows(dataset, selection)
    if rows.empty:
        rows = described(dataset)
    first, last = rows["start_date"].min().year, rows["end_date"].max().year
    return str(first) if first == last else f"{first}–{last}"


def nothing(dataset: Dataset, selection: Selection) -> str:
    """Say that no event is chosen, and by which filters."""
    words = wording.selection_in_words(dataset, selection)
    return f"No event matches: {words}." if selection.is_limited else "The table holds no event."


def toll_range(dataset: Dataset, selection: Selection) -> str:
    """Write the range of the dead and on how many events it rests."""
    killed = totals(dataset, selection).killed
    if not killed.known:
        return ""
    spread = wording.range_text(killed.low, killed.high)
    events = "one event" if killed.known == 1 else f"{killed.known:,} events"
    return f"Sources put the dead at {spread} in the {events} with a known toll."


def source_lines(dataset: Dataset, selection: Selection, link: str = "") -> list[str]:
    """Write the source line of a picture: sources, n of N, filters, version, link."""
    ids = chosen_ids(dataset, selection)
    reports = dataset.reports[dataset.reports["event_id"].isin(ids)]
    share = f"{len(ids):,} of {wording.plural(len(dataset.events), 'event')}"
    words = wording.selection_in_words(dataset, selection)
    where = f" · {link}" if link else ""
    return [after(dataset, reports), f"{share}; {words} · data {dataset.version}{where}"]


def after(dataset: Dataset, reports: pd.DataFrame, most: int = 3) -> str:
    """Write the source of a picture, with the agencies and publishers most reports are of."""
    agencies = reports["via"].where(reports["via"] != "", reports["publisher"])
    names = agencies.str.split(";").explode().value_counts()
    named = [str(name) for name in names.index[:most]]
    others = len(names) - len(named)
    if dataset.terms is not None:
        return f"Source: {dataset.terms.credit}; {dataset.name}. Drawn with {wording.NAME}."
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
    }
    if event["date_precision"] in precision:
        found.append(precision[event["date_precision"]])
    place = {
        "district": "The place is known to the district only; the mark may be some 30 km off.",
        "admin1": "The place is known to the province only; the mark stands somewhere in it.",
        "": "It has no place on the map.",
    }
    if event["geo_precision"] in place:
        found.append(place[event["geo_precision"]])
    if event["attribution"] == "suspected":
        found.append("Who did it is only presumed.")
    low, high = event["killed_low"], event["killed_high"]
    if pd.isna(high):
        found.append("No source read gives a number of dead; that is not the same as none.")
    elif high > low:
        found.append(
            f"The sources disagree on the dead: from {low:,} to {high:,}."
            if high < 2 * max(low, 1)
            else f"The sources disagree widely on the dead: from {low:,} to {high:,}."
        )
    independent = independent_sources(reports).sum()
    if independent < 2:
        found.append("All reports read go back to one source.")
    return found


NEAR_KM = 100.0
NEAR_DAYS = 45


def nearby(dataset: Dataset, event_id: str, most: int = 5) -> pd.DataFrame:
    """Find the events within 100 km and 45 days of one, the nearest in time first.

    Returns:
        Rows of `described`.
    """
    rows = described(dataset)
    event = rows[rows["event_id"] == event_id].iloc[0]
    if pd.isna(event["latitude_deg"]):
        return rows.iloc[:0]
    days = (rows["start_ms"] - event["start_ms"]).abs() / 86_400_000
    north = rows["latitude_deg"] - event["latitude_deg"]
    narrowing = math.cos(math.radians(event["latitude_deg"]))
    east = (rows["longitude_deg"] - event["longitude_deg"]) * narrowing
    near = (north**2 + east**2) ** 0.5 * KM_PER_DEGREE <= NEAR_KM
    found = rows.assign(apart=days)[near & (days <= NEAR_DAYS) & (rows["event_id"] != event_id)]
    return found.sort_values("apart", kind="stable").head(most)
