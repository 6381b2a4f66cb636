"""How each value of a link is read from its text; what is wrong comes back as sentences."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Collection

from dashboard.cells import day
from dashboard.errors import SelectionError, nearest, shown
from dashboard.schema import TYPES_OF_GROUP

MAX_AREA_POINTS = 40
MAX_TEXT = 200
_ID = re.compile(r"[A-Za-z0-9_.-]{1,80}\Z")

# A reader takes the key, its text and the ids that the table knows for it (None: any well-formed
# one). It raises SelectionError with two arguments: the sentences, and what could be read all the
# same (None: nothing).
Reader = Callable[[str, str, Collection[str] | None], object]


def listing(noun: str, allowed: Collection[str] | None = None, case: str = "lower") -> Reader:
    """Return a reader of words joined by commas; a group of event types stands for its types."""

    def read(key: str, text: str, known: Collection[str] | None) -> tuple[str, ...]:
        choices = allowed if allowed is not None else known
        good, bad = [], []
        for item in filter(None, (part.strip() for part in text.split(","))):
            word = item.upper() if case == "upper" else item.lower()
            if key == "type" and word in TYPES_OF_GROUP:
                good += TYPES_OF_GROUP[word]
            elif word in choices if choices is not None else _ID.match(word):
                good.append(word)
            else:
                bad.append(f"No {noun} is called {shown(item)}.{nearest(item, choices or ())}")
        if bad:
            raise SelectionError(bad, tuple(good))
        return tuple(good)

    return read


def one(noun: str, allowed: Collection[str] | None = None) -> Reader:
    """Return a reader of one word."""

    def read(key: str, text: str, known: Collection[str] | None) -> str:
        choices = allowed if allowed is not None else known
        word = text.strip().lower()
        if word in choices if choices is not None else _ID.match(word):
            return word
        raise SelectionError(
            [f"No {noun} is called {shown(text)}.{nearest(word, choices or ())}"], None
        )

    return read


def read_day(key: str, text: str, _: object) -> datetime.date:
    """Read a day."""
    try:
        return day(text)
    except ValueError as error:
        raise SelectionError([f"{key}={error}"], None) from None


def read_number(key: str, text: str, _: object) -> int:
    """Read a whole number from 0."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise SelectionError([f"{key}={shown(text)} is not a whole number from 0."], None)
    return int(text)


def read_flag(key: str, text: str, _: object) -> bool:
    """Read 1 (yes) or 0 (no)."""
    if text not in ("0", "1"):
        raise SelectionError([f"{key}={shown(text)} is neither 1 (yes) nor 0 (no)."], None)
    return text == "1"


def read_text(key: str, text: str, _: object) -> str:
    """Read what is searched for."""
    if len(text) > MAX_TEXT:
        raise SelectionError(
            [f"{key} is longer than {MAX_TEXT} characters and was left out."], None
        )
    return text


def read_area(key: str, text: str, _: object) -> tuple[float, ...]:
    """Read a box, longitude,latitude of two opposite corners, or of each corner of a polygon."""
    numbers = _numbers(text)
    fits = (
        (len(numbers) == 4 or 6 <= len(numbers) <= 2 * MAX_AREA_POINTS)
        and len(numbers) % 2 == 0
        and all(abs(x) <= 180 for x in numbers[::2])
        and all(abs(y) <= 90 for y in numbers[1::2])
    )
    if not fits:
        right = "west,south,east,north or at least three corners longitude,latitude"
        raise SelectionError([f"{key}={shown(text)} is not an area. Write {right}."], None)
    return numbers


def read_at(key: str, text: str, _: object) -> tuple[float, ...]:
    """Read a place, latitude,longitude, or a cell, west,south,east,north."""
    numbers = _numbers(text)
    is_place = len(numbers) == 2 and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180
    is_cell = len(numbers) == 4 and all(abs(number) <= 180 for number in numbers)
    if not (is_place or is_cell):
        raise SelectionError(
            [
                f"{key}={shown(text)} is not a place. Write latitude,longitude, or of a cell"
                " west,south,east,north, in degrees."
            ],
            None,
        )
    return numbers


def _numbers(text: str) -> tuple[float, ...]:
    """Read numbers parted by commas; none where any is no finite number."""
    try:
        numbers = tuple(map(float, text.split(",")))
    except ValueError:
        return ()
    return numbers if all(map(math.isfinite, numbers)) else ()
