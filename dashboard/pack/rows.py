"""The chosen part of a table, and its events as a page without a server needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashboard import query, wording
from dashboard.dataset import Dataset
from dashboard.engine import LargeDataset
from dashboard.geography import country_name
from dashboard.schema import ATTRIBUTION_NAMES, SCOPE_NAMES, TYPE_NAMES, columns_of
from dashboard.selection import Selection
from dashboard.views import asking, chosen, common

WEB = ("http://", "https://")


def part(dataset: Dataset, selection: Selection, most: int | None = None) -> Dataset:
    """Return the chosen events with their reports, and the theatres in which any of them lies.

    Args:
        dataset: The table; its version stays, since it says where the rows come from.
        selection: What of it.
        most: Keep only so many events, those with most dead.
    """
    events = _events(dataset, selection, most)
    reports = dataset.reports_of(events["event_id"])
    there = {dataset.theatre_of_country.get(code) for code in events["country_code"]}
    theatres = dataset.theatres[dataset.theatres["theatre_id"].isin(there)]
    about = {name: getattr(dataset, name) for name in ("version", "name", "folder", "terms")}
    return Dataset(
        events=events.reset_index(drop=True),
        reports=reports.reset_index(drop=True),
        actors=dataset.actors,
        theatres=theatres.reset_index(drop=True) if len(theatres) else dataset.theatres,
        report=dataset.report,
        of_days=dataset.days and dataset.held_days,
        **about,
    )


def _events(dataset: Dataset, selection: Selection, most: int | None) -> pd.DataFrame:
    """Return the rows of the events table; of a large table no more than are drawn one by one."""
    if isinstance(dataset, LargeDataset):
        least = min(most or asking.MOST_MARKS, asking.MOST_MARKS)
        found = query.largest(asking.events(dataset, selection), least)
        if chosen.number(dataset, selection) <= least:
            found = query.rows(asking.events(dataset, selection), least)
        names = [column.name for column in columns_of("events", found.columns)]
        return found[names].sort_values(["start_date", "event_id"], ignore_index=True)
    picked = asking.events(dataset, selection)["event_id"].to_list()  # type: ignore[index]
    events = dataset.events[dataset.events["event_id"].isin(picked)]
    if most is not None and len(events) > most:
        events = events.loc[events["killed_best"].fillna(-1).nlargest(most).index.sort_values()]
    return events


def actors_of(dataset: Dataset) -> pd.DataFrame:
    """Return the actors that a table's events name, and those that they belong to."""
    sides = pd.concat([dataset.events["initiators"], dataset.events["targets"]])
    wanted = {actor for side in sides for actor in side.split(";") if actor}
    parents = dict(zip(dataset.actors["actor_id"], dataset.actors["parent"], strict=True))
    while more := {parents.get(actor, "") for actor in wanted} - wanted - {""}:
        wanted |= more
    return dataset.actors[dataset.actors["actor_id"].isin(wanted)]


def facts(dataset: Dataset) -> list[dict[str, Any]]:
    """Return each event as texts and numbers for JSON, in the order of the table.

    Days are milliseconds since 1970, UTC; an unknown toll is None. No text is escaped.
    """
    reports = {str(key): rows for key, rows in dataset.reports.groupby("event_id", sort=False)}
    return [
        _fact(dataset, event, reports.get(event["event_id"], dataset.reports[:0]))
        for event in chosen.described(dataset).to_dict("records")
    ]


def _fact(dataset: Dataset, event: Mapping[Any, Any], reports: pd.DataFrame) -> dict[str, Any]:
    places = (event["place"], event["admin1"], country_name(event["country_code"]))
    days = (event["start_date"].date(), event["end_date"].date(), event["date_precision"])
    tolls = [common.toll_text(*(event[f"killed_{level}"] for level in ("low", "best", "high")))]
    if pd.notna(event["wounded_best"]):
        low, best, high = (event[f"wounded_{level}"] for level in ("low", "best", "high"))
        tolls.append(common.toll_text(low, best, high, "wounded"))
    if pd.notna(event["displaced"]):
        tolls.append(f"{event['displaced']:,} displaced")
    return {
        "id": event["event_id"],
        "title": event["title"],
        "when": wording.days_text(*days),
        "where": ", ".join(filter(None, places)),
        "what": " · ".join(
            (
                common.sides_text(dataset, event["initiators"], event["targets"]),
                TYPE_NAMES[event["event_type"]],
                ATTRIBUTION_NAMES[event["attribution"]].lower(),
            )
        ),
        "toll": " · ".join(tolls),
        "known": wording.known_to([event["geo_precision"]]),
        "summary": event["summary"],
        "doubts": common.doubts(pd.Series(dict(event)), reports),
        "sources": [_source(report) for report in _ranked(reports)],
        "start": event["start_ms"],
        "end": event["end_ms"],
        "killed": _tolls(event),
    }


def _tolls(event: Mapping[Any, Any]) -> list[int] | None:
    if pd.isna(event["killed_best"]):
        return None
    return [int(event[f"killed_{level}"]) for level in ("low", "best", "high")]


def _ranked(reports: pd.DataFrame) -> Iterable[Mapping[Any, Any]]:
    ranked = reports.assign(rank=reports["killed_max"].fillna(-1))
    ranked = ranked.sort_values(["rank", "published_date"], ascending=[False, True])
    return ranked.to_dict("records")


def _source(report: Mapping[Any, Any]) -> dict[str, str]:
    known = pd.notna(report["killed_max"])
    about = [report["via"].replace(";", ", ")]
    if pd.notna(report["published_date"]):
        about.append(wording.day_text(report["published_date"].date()))
    if report["language"] != "en":
        about.append(wording.language_name(report["language"]))
    scope = "" if report["scope"] in ("", "all") else f"{SCOPE_NAMES[report['scope']]}."
    return {
        "figure": wording.range_text(report["killed_min"], report["killed_max"]) if known else "",
        "publisher": report["publisher"],
        "about": " · ".join(filter(None, about)),
        "title": report["title"],
        "note": " ".join(filter(None, (scope, report["note"]))),
        "url": report["url"] if report["url"].startswith(WEB) else "",
    }
