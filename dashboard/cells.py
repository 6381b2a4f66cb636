"""Read one cell by its column's kind, or say what would be right."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable

from dashboard.errors import nearest, shown
from dashboard.schema import DEGREE_PLACES, Column, words

EMPTY = "is empty and must not be."

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_URL = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?\Z")
_COUNT = re.compile(r"[0-9]{1,9}\Z")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
_COUNTRY = re.compile(r"[A-Z]{3}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def day(text: str) -> datetime.date:
    """Read a day written yyyy-mm-dd.

    Raises:
        ValueError: The text is not a day; the message says how it should be written.
    """
    if not _DAY.match(text):
        raise ValueError(f"{shown(text)} is not a day. Write it as yyyy-mm-dd.")
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        last = _last_day(text)
        raise ValueError(f"{shown(text)} is not a day of the calendar.{last}") from None


def _last_day(text: str) -> str:
    year, month = int(text[:4]), int(text[5:7])
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return ""
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return f" That month ends on {following - datetime.timedelta(days=1)}."


def _read_count(text: str) -> int:
    if not _COUNT.match(text):
        raise ValueError(
            f"{shown(text)} is not a number of persons. Write digits only, or leave it empty"
            " where it is unknown."
        )
    return int(text)


def _degrees(limit: float, axis: str) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = float(text) if _DEGREES.match(text) else math.nan
        if not abs(value) <= limit:
            raise ValueError(
                f"{shown(text)} is not a {axis}. Write degrees from -{limit:g} to {limit:g}."
            )
        return round(value, DEGREE_PLACES) + 0.0

    return read


def _pattern(pattern: re.Pattern[str], right: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.match(text):
            raise ValueError(f"{shown(text)} is not {right}.")
        return text

    return read


def _read_text(text: str) -> str:
    if text != text.strip():
        raise ValueError(f"{shown(text)} begins or ends with a space. Remove it.")
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        raise ValueError(f"{shown(text)} holds a line break or control character. Remove it.")
    return text


_read_slug = _pattern(_SLUG, "a key. Use lower-case letters, digits and single hyphens")
_read_country = _pattern(_COUNTRY, "a country code. Write ISO 3166 alpha-3, for example IRQ")


def _list_of(read: Callable[[str], object]) -> Callable[[str], str]:
    def read_list(text: str) -> str:
        items = text.split(";")
        for item in items:
            if not item or item != item.strip():
                raise ValueError(f"{shown(text)} has an empty item or a space beside ';'.")
            read(item)
        if len(set(items)) < len(items):
            raise ValueError(f"{shown(text)} names one item twice.")
        return text

    return read_list


_READ: dict[str, Callable[[str], object]] = {
    "text": _read_text,
    "id": _read_slug,
    "event": _read_slug,
    "actor": _read_slug,
    "actors": _list_of(_read_slug),
    "list": _list_of(_read_text),
    "country": _read_country,
    "countries": _list_of(_read_country),
    "date": day,
    "count": _read_count,
    "latitude": _degrees(90, "latitude"),
    "longitude": _degrees(180, "longitude"),
    "url": _pattern(_URL, "a web address. Write it with http:// or https://"),
    "language": _pattern(_LANGUAGE, "a language code. Write ISO 639, for example en"),
}


def parse(column: Column, text: str) -> object:
    """Read one cell; an empty one gives None.

    Raises:
        ValueError: The cell breaks its column's rule; the message says what would be right.
    """
    if text == "":
        if column.required:
            raise ValueError(EMPTY)
        return None
    if column.kind == "word":
        known = words(column)
        if text not in known:
            raise ValueError(
                f"{shown(text)} is not one of {', '.join(known)}.{nearest(text, known)}"
            )
        return text
    return _READ[column.kind](text)
