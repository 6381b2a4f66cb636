"""The table of events, page by page."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from dashboard import query, wording
from dashboard.app.frames import records
from dashboard.dataset import Dataset
from dashboard.engine import fold
from dashboard.geography import country_name
from dashboard.schema import TYPE_NAMES
from dashboard.selection import Selection
from dashboard.views import asking, chosen, common
from dashboard.views.describing import describe

# Columns that sort by something else than what they show.
_SORT_BY = {"date": "start_ms", "killed": "killed_best", "wounded": "wounded_best"}


def page(dataset: Dataset, selection: Selection, request: dict) -> dict:
    """Answer the grid's request for some rows.

    Args:
        dataset: The table.
        selection: What of it.
        request: startRow, endRow, sortModel and filterModel, as AG Grid sends them.

    Returns:
        rowData and rowCount, as AG Grid expects them.
    """
    if not request.get("filterModel") and not request.get("sortModel"):
        rows = chosen.newest(dataset, selection, int(request["startRow"]), int(request["endRow"]))
        number = chosen.number(dataset, selection)
        return {"rowData": _records(shown_rows(dataset, rows)), "rowCount": number}
    if not asking.is_held(dataset):
        return _asked(dataset, selection, request)
    found = shown_rows(dataset, chosen.rows(dataset, selection).iloc[::-1])
    for column, rule in (request.get("filterModel") or {}).items():
        if column in found:
            found = found[_passes(found[column], rule)]
    for order in reversed(request.get("sortModel") or []):
        by = str(_SORT_BY.get(order["colId"], order["colId"]))
        if by in found:
            found = found.sort_values(
                by,
                ascending=order["sort"] == "asc",
                kind="stable",
                na_position="last",
                key=_sortable,
            )
    part = found.iloc[int(request["startRow"]) : int(request["endRow"])]
    return {"rowData": _records(part), "rowCount": len(found)}


def _sortable(values: pd.Series) -> pd.Series:
    """Bring texts to what sorts them as readers do; an empty one is unknown."""
    is_text = values.dtype in ("str", "object")
    return values.map(fold).where(values != "") if is_text else values


# What the columns of the table are in the events table; the others show what is made of several.
_COLUMNS = {
    "date": "start_date",
    "title": "title",
    "place": "place",
    "country": "country_code",
    "type": "event_type",
    "sides": "initiators",
    "killed": "killed_best",
    "wounded": "wounded_best",
    "sources": "sources",
}


def _asked(dataset: Dataset, selection: Selection, request: dict) -> dict:
    """Answer from a table too large to be gone through here: the engine sorts and filters."""
    conditions = []
    for column, wanted in (request.get("filterModel") or {}).items():
        if column in _COLUMNS:
            conditions.append(_condition(dataset, column, wanted))
    order = [
        (_COLUMNS[one["colId"]], one["sort"] == "desc")
        for one in request.get("sortModel") or []
        if one["colId"] in _COLUMNS
    ]
    start, end = int(request["startRow"]), int(request["endRow"])
    events = asking.events(dataset, selection)
    found, total = query.page(events, order, start, end, conditions)
    part = shown_rows(dataset, describe(dataset, found))
    return {"rowData": _records(part), "rowCount": total}


def _condition(dataset: Dataset, column: str, wanted: dict) -> nw.Expr:
    """Turn the filter of a column into a condition; coded columns are filtered by their names."""
    names = {
        "country": {code: country_name(code) for code in dataset.vocabulary["country"]},
        "type": TYPE_NAMES,
    }.get(column)
    if names is not None:
        texts = pd.Series(names)
        return nw.col(_COLUMNS[column]).is_in(list(texts.index[_passes(texts, wanted)]))
    if column == "sides":
        labels = pd.Series(dataset.actor_labels)
        return query.acting(tuple(labels.index[_passes(labels, wanted)]))
    if column == "date":
        months = pd.period_range(dataset.first_day, dataset.last_day, freq="M")
        texts = pd.Series([f"{month:%B %Y}" for month in months], index=months)
        kept = texts.index[_passes(texts, wanted)]
        unknown = bool(_passes(pd.Series([wording.NO_DATE]), wanted).iloc[0])
        months = [month.year * 12 + month.month - 1 for month in kept]
        return nw.when(query.is_dated()).then(nw.col("month").is_in(months)).otherwise(unknown)
    return query.rule(_COLUMNS[column], wanted)


# What the texts of a row are made of: taking each column of a frame apart has its price.
_SAID = [
    *("start_date", "end_date", "date_precision", "initiators", "targets"),
    *("killed_low", "killed_high"),
]


def shown_rows(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Add the texts that the table shows to rows of `describe`."""
    said = records(rows[_SAID])
    return rows.assign(
        date=[
            wording.days_text(row.start_date.date(), row.end_date.date(), row.date_precision)
            for row in said
        ],
        country=[country_name(code) for code in rows["country_code"]],
        type=rows["event_type"].map(TYPE_NAMES),
        sides=[common.sides_text(dataset, row.initiators, row.targets) for row in said],
        killed=rows["killed_best"],
        range=[
            "" if pd.isna(row.killed_low) else wording.range_text(row.killed_low, row.killed_high)
            for row in said
        ],
        wounded=rows["wounded_best"],
    )


_SHOWN = (
    "event_id",
    "date",
    "title",
    "place",
    "country",
    "type",
    "sides",
    "killed",
    "range",
    "wounded",
    "sources",
)


def _records(rows: pd.DataFrame) -> list[dict]:
    shown = rows[list(_SHOWN)].astype(object)
    return shown.where(shown.notna(), None).to_dict("records")


def _passes(values: pd.Series, rule: dict) -> pd.Series:
    """Apply one column filter of AG Grid; two conditions are joined by AND or OR."""
    if "conditions" in rule:
        parts = [_passes(values, part) for part in rule["conditions"]]
        joined = parts[0]
        for part in parts[1:]:
            joined = joined | part if rule.get("operator") == "OR" else joined & part
        return joined
    kind, wanted = rule.get("type"), rule.get("filter")
    if kind in ("blank", "notBlank"):
        blank = values.isna() | (values.astype(str) == "")
        return blank if kind == "blank" else ~blank
    if rule.get("filterType") == "number":
        return _number_passes(values, kind, wanted, rule.get("filterTo"))
    texts = values.fillna("").astype(str).str.casefold()
    text = str(wanted or "").casefold()
    tests = {
        "contains": lambda: texts.str.contains(text, regex=False),
        "notContains": lambda: ~texts.str.contains(text, regex=False),
        "equals": lambda: texts == text,
        "notEqual": lambda: texts != text,
        "startsWith": lambda: texts.str.startswith(text),
        "endsWith": lambda: texts.str.endswith(text),
    }
    return tests[kind]() if kind in tests else texts == texts


def _number_passes(values: pd.Series, kind: str | None, wanted, upper) -> pd.Series:
    numbers = pd.to_numeric(values.astype("Float64"))
    tests = {
        "equals": lambda: numbers == wanted,
        "notEqual": lambda: numbers != wanted,
        "lessThan": lambda: numbers < wanted,
        "lessThanOrEqual": lambda: numbers <= wanted,
        "greaterThan": lambda: numbers > wanted,
        "greaterThanOrEqual": lambda: numbers >= wanted,
        "inRange": lambda: (numbers >= wanted) & (numbers <= upper),
    }
    return tests[kind]().fillna(False).astype(bool) if kind in tests else numbers.notna()
