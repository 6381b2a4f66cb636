"""One event and what each of its reports says of the dead."""

from __future__ import annotations

import html
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.figures.accounts import Record, Toll
from dashboard.geography import country_name
from dashboard.schema import SCOPE_NAMES
from dashboard.selection import Selection
from dashboard.views import chosen, common


def find(dataset: Dataset, selection: Selection) -> pd.Series | None:
    """Return the event in focus, or the one that is chosen where none else is; else None."""
    wanted = selection.event
    if not wanted and selection.is_limited:
        only = chosen.number(dataset, selection) == 1
        wanted = chosen.rows(dataset, selection).index[0] if only else ""
    return chosen.event(dataset, wanted) if wanted else None


def toll_of(event: pd.Series) -> Toll | None:
    """Return low, best and high; None where the table gives none."""
    if pd.isna(event["killed_best"]):
        return None
    return Toll(*(int(event[f"killed_{level}"]) for level in ("low", "best", "high")))


def place_of(event: pd.Series) -> str:
    """Write an event's place, province and country, each name once; "" where none is known."""
    names = event["place"], event["admin1"], country_name(event["country_code"])
    found: list[str] = []
    for name in filter(None, names):
        if not any(name in known for known in found):
            found.append(name)
    return ", ".join(found)


def row_of(toll: Toll) -> Record:
    """Write the table's own figures as the row that stands where no report has one."""
    return {
        "label": "The table's own figures",
        "detail": "best, low to high" if toll.low < toll.high else "",
        "figure": common.toll_text(toll.low, toll.best, toll.high),
    }


def reports_of(dataset: Dataset, event: pd.Series) -> pd.DataFrame:
    """Return the reports with a figure, the highest first; columns as `accounts.draw` asks for."""
    reports = dataset.reports_of([event["event_id"]])
    least, most = reports["killed_min"], reports["killed_max"]
    rows = reports[least.notna() | most.notna()]
    figures = [
        common.report_figure(low, high)
        for low, high in zip(rows["killed_min"], rows["killed_max"], strict=True)
    ]
    # One end of a range stands for both where a page gives no other.
    rows = rows.assign(
        figure=figures,
        killed_min=rows["killed_min"].fillna(rows["killed_max"]).astype("int64"),
        killed_max=rows["killed_max"].fillna(rows["killed_min"]).astype("int64"),
    )
    rows = rows.sort_values(
        ["killed_max", "killed_min", "published_date"],
        ascending=[False, False, True],
        kind="stable",
    )
    records = rows.to_dict("records")
    return rows.assign(
        is_whole=rows["scope"].isin(["", "all"]),
        label=[_label(report) for report in records],
        detail=[_detail(report) for report in records],
        hover=[_hover(report) for report in records],
    )


def _label(report: Mapping[Hashable, Any]) -> str:
    via = report["via"].replace(";", ", ")
    return f"{report['publisher']} ({via})" if via else report["publisher"]


def _detail(report: Mapping[Hashable, Any]) -> str:
    day, scope = report["published_date"], report["scope"]
    when = "" if pd.isna(day) else f"{day.day} {day:%b %Y}"
    what = "" if scope in ("", "all") else SCOPE_NAMES[scope].lower()
    return ", ".join(filter(None, (when, what)))


def _hover(report: Mapping[Hashable, Any]) -> str:
    scope = report["scope"]
    what = f" ({SCOPE_NAMES[scope].lower()})" if scope not in ("", "all") else ""
    publisher = html.escape(report["publisher"], quote=False)
    return f"<b>{report['figure']}</b>{what} {publisher}"
