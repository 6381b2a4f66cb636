"""Tolls as people write them: one number, a range, a bound."""

from __future__ import annotations

import re

from dashboard.errors import shown
from dashboard.readers import values
from dashboard.readers.base import Fault, Warn

Toll = tuple[int | None, int | None]
_RANGE = re.compile(r"([0-9]{1,9})\s*(?:-|–|—|to)\s*([0-9]{1,9})\Z")
_LEAST = re.compile(r"(?:(?:at least|over|more than|>=?|≥)\s*([0-9]{1,9})|([0-9]{1,9})\s*\+)\Z")
_ABOUT = re.compile(r"(?:about|around|some|circa|ca\.?|c\.|~|≈)\s*([0-9]{1,9})\Z")
_UNKNOWN = frozenset(("?", "unknown", "unk", "several", "many", "dozens", "scores", "hundreds"))


def toll(cell: str) -> Toll | None | Fault | Warn:
    """Read a number of persons or a range: (least, most); None where it is empty.

    What is no number but may stand for one ("dozens", "?") is unknown, with a warning.
    """
    bare = " ".join(cell.split()).casefold()
    number = values.count(bare)
    if not isinstance(number, Fault):
        if isinstance(number, Warn):
            return number
        return None if number is None else (number, number)
    match = _RANGE.match(bare)
    if match:
        low, high = sorted((int(match[1]), int(match[2])))
        return low, high
    match = _LEAST.match(bare)
    if match:
        least = int(match[1] or match[2])
        return Warn((least, least), f"{shown(cell)} is a lower bound: taken as {least:,}.")
    match = _ABOUT.match(bare)
    if match:
        about = int(match[1])
        return Warn((about, about), f"{shown(cell)} is rounded: taken as {about:,}.")
    if bare in _UNKNOWN:
        return Warn(None, f"{shown(cell)} is no number: taken as unknown.")
    return number
