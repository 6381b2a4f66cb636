"""What a reader did, as a change of the selection."""

from __future__ import annotations

import calendar
import datetime
import itertools
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
        try:
            selection = _FOLLOW[prop.rsplit(".", 1)[0]](dataset, selection, wish)
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
        year, month, day = match.groups()  # type: ignore[union-attr]
        year, month = int(year), int(month or (12 if is_last else 1))
        return datetime.date(
            year, month, int(day or (calendar.monthrange(year, month)[1] if is_last else 1))
        )
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
    """Follow what the page's own script reports: a mark opened, an area drawn, a window brushed."""
    gesture = wish["gesture"] or {}
    if "open" in gesture:
        return _opened(dataset, selection, gesture["open"])
    if "pair" in gesture:
        return _paired(dataset, selection, gesture["pair"])
    if "area" in gesture:
        area = _thinned(gesture["area"])
        return selection.with_(area=area) if len(area) >= 4 else selection
    # The page may also ask only whether the table is still the same.
    return selection if "renew" in gesture else _window(dataset, selection, gesture)


def _window(dataset: Dataset, selection: Selection, days: dict[str, Any]) -> Selection:
    """Take over a window; an end at or beyond the table's edge leaves that side open."""
    first, last = (
        datetime.date.fromisoformat(days[side]) if days.get(side) else None
        for side in ("from", "to")
    )
    if first and first <= dataset.first_day:
        first = None
    if last and last >= dataset.last_day:
        last = None
    return selection.with_(from_date=first, to_date=last)


def _opened(dataset: Dataset, selection: Selection, key: str) -> Selection:
    """Open an event, or list those of a place (written @latitude,longitude)."""
    if key.startswith("@"):
        at = Selection.parse(f"at={key[1:]}")[0].at
        return selection.with_(event="", at=at, page=0) if at else selection
    if key.startswith("#"):
        return _of_bin(dataset, selection, key[1:])
    if key in dataset.vocabulary.get("event", (key,)):
        return selection.with_(event=key, at=(), page=0)
    return selection


def _of_bin(dataset: Dataset, selection: Selection, key: str) -> Selection:
    """Narrow the selection to a bin of the timeline, written first,last,lane."""
    first, last, lane = key.split(",", 2)
    field = {"theatre": "theatres", "country": "countries"}.get(selection.lanes)
    narrowed = _window(dataset, selection, {"from": first, "to": last})
    if field and lane in dataset.vocabulary[selection.lanes]:
        return narrowed.with_(**{field: (lane,)})
    return narrowed


def _paired(dataset: Dataset, selection: Selection, pair: str) -> Selection:
    """Choose the events in which one actor acts against another; either side may be empty."""
    initiator, _, target = pair.partition(">")
    known = dataset.vocabulary["actor"]
    if initiator in known:
        selection = selection.with_(actors=(initiator,), role="initiator")
    if target in known:
        selection = selection.with_(against=(target,))
    return selection


def _thinned(numbers: list[float]) -> tuple[float, ...]:
    """Keep a box as it is and a free shape to the corners that a link can carry."""
    numbers = [
        min(max(number, -limit), limit)
        for number, limit in zip(numbers, itertools.cycle((180.0, 85.0)), strict=False)
    ]
    if len(numbers) == 4:
        (x0, x1), (y0, y1) = sorted(numbers[::2]), sorted(numbers[1::2])
        return (x0, y0, x1, y1)
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    step = max(1, -(-len(corners) // MAX_AREA_POINTS))
    return tuple(number for corner in corners[::step] for number in corner)


def _row(dataset: Dataset, selection: Selection, wish: dict[str, Any]) -> Selection:
    chosen = wish["row"]
    return selection.with_(event=chosen[0]["event_id"], at=(), page=0) if chosen else selection


_FOLLOW = {
    ids.FROM: _days,
    ids.TO: _days,
    ids.SEARCH: _search,
    ids.WISH: _gesture,
    ids.ROWS: _row,
}
