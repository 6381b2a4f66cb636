"""What a reader did, as a change of the selection."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Any

from dashboard.app import ids
from dashboard.dataset import Dataset
from dashboard.errors import shown
from dashboard.selection import MAX_AREA_POINTS, Selection

_PART_OF_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?\Z")


def follow(
    dataset: Dataset, selection: Selection, wish: dict[str, Any], triggers: dict[str, str]
) -> tuple[Selection, list[str]]:
    """Change a selection as the reader asked.

    Returns:
        The new selection, and a sentence for each wish that cannot be met.
    """
    problems: list[str] = []
    for prop in triggers:
        follow_one = _FOLLOW.get(prop) or _FOLLOW[prop.rsplit(".", 1)[0]]
        try:
            selection = follow_one(dataset, selection, wish)
        except ValueError as error:
            problems.append(str(error))
    return selection, problems


def boxes(selection: Selection) -> dict[str, str]:
    """Return what stands in the boxes that are typed into."""
    return {
        "from": str(selection.from_date or ""),
        "to": str(selection.to_date or ""),
        "q": selection.q,
    }


def read_day(text: str, *, is_last: bool) -> datetime.date | None:
    """Read a day, month or year that somebody typed; a month or year gives its first or last day.

    Raises:
        ValueError: The text is none of these.
    """
    text = text.strip()
    if not text:
        return None
    match = _PART_OF_DAY.match(text)
    try:
        year, month, day = (int(part) if part else 0 for part in match.groups())  # type: ignore[union-attr]
        month = month or (12 if is_last else 1)
        day = day or (calendar.monthrange(year, month)[1] if is_last else 1)
        return datetime.date(year, month, day)
    except (AttributeError, ValueError, calendar.IllegalMonthError):
        raise ValueError(
            f"{shown(text)} is not a day. Write 2021, 2021-03 or 2021-03-24."
        ) from None


def _days(dataset: Dataset, selection: Selection, wish: dict[str, Any]) -> Selection:
    first = read_day(wish["from"] or "", is_last=False)
    last = read_day(wish["to"] or "", is_last=True)
    if first and last and first > last:
        raise ValueError(f"{first} is after {last}. Swap the two days.")
    return selection.with_(from_date=first, to_date=last)


def _search(dataset: Dataset, selection: Selection, wish: dict[str, Any]) -> Selection:
    return selection.with_(q=(wish["q"] or "")[:200])


def _gesture(dataset: Dataset, selection: Selection, wish: dict[str, Any]) -> Selection:
    """Follow the brush: a window of days, or an end that was moved to the table's edge (null)."""
    days = wish["gesture"] or {}
    first, last = (
        datetime.date.fromisoformat(days[side]) if days.get(side) else None
        for side in ("from", "to")
    )
    if first and first <= dataset.first_day:
        first = None
    if last and last >= dataset.last_day:
        last = None
    return selection.with_(from_date=first, to_date=last)


def _clicked(name: str):
    def follow_click(dataset: Dataset, selection: Selection, wish: dict[str, Any]) -> Selection:
        points = (wish[name] or {}).get("points") or [{}]
        key = points[0].get("customdata")
        if isinstance(key, str) and key.startswith("@"):
            latitude, longitude = (float(part) for part in key[1:].split(","))
            return selection.with_(event="", at=(latitude, longitude))
        if isinstance(key, str) and key in dataset.vocabulary["event"]:
            return selection.with_(event=key, at=())
        return selection

    return follow_click


def _area(dataset: Dataset, selection: Selection, wish: dict[str, Any]) -> Selection:
    chosen = wish["area"]
    if not chosen:
        return selection
    corners = next(iter((chosen.get("lassoPoints") or {}).values()), None)
    if corners:
        step = max(1, -(-len(corners) // MAX_AREA_POINTS))
        area = tuple(number for corner in corners[::step] for number in corner[:2])
        return selection.with_(area=area) if len(area) >= 6 else selection
    box = next(iter((chosen.get("range") or {}).values()), None)
    if not box:
        return selection
    (x0, y0), (x1, y1) = box
    return selection.with_(area=(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _row(dataset: Dataset, selection: Selection, wish: dict[str, Any]) -> Selection:
    chosen = wish["row"]
    return selection.with_(event=chosen[0]["event_id"], at=()) if chosen else selection


_FOLLOW = {
    ids.FROM: _days,
    ids.TO: _days,
    ids.SEARCH: _search,
    ids.WISH: _gesture,
    ids.graph("timeline"): _clicked("timeline"),
    ids.graph("map"): _clicked("map"),
    f"{ids.graph('map')}.selectedData": _area,
    ids.ROWS: _row,
}
