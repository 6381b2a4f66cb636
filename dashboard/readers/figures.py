"""Tolls as people write them: one number, a range, a bound."""

from __future__ import annotations

import re

from dashboard.engine import fold
from dashboard.errors import shown
from dashboard.readers import values
from dashboard.readers.base import Fault, Warn

Toll = tuple[int | None, int | None]
_RANGE = re.compile(r"([0-9]{1,9})\s*(?:-|–|—|to)\s*([0-9]{1,9})\Z")
_LEAST = re.compile(r"(?:(?:at least|over|more than|>=?|≥)\s*([0-9]{1,9})|([0-9]{1,9})\s*\+)\Z")
_ABOUT = re.compile(r"(?:about|around|some|circa|ca\.?|c\.|~|≈)\s*([0-9]{1,9})\Z")
# Without accents. "keine" may stand for "keine Angabe": not taken for 0.
_UNKNOWN = frozenset(
    (
        *("?", "??", "unknown", "unk", "not known", "not stated", "not given", "no data"),
        *("several", "some", "many", "few", "a few", "dozens", "scores", "hundreds", "thousands"),
        *("tbd", "tbc", "unclear", "unconfirmed", "not available", "not reported", "--", "–", "—"),
        *("unbekannt", "keine", "keine angabe", "keine angaben", "k.a.", "k. a.", "ka"),
        *("unklar", "mehrere", "einige", "viele", "dutzende", "hunderte"),
        *("inconnu", "inconnue", "inconnus", "plusieurs", "aucun", "aucune", "dizaines"),
        *("des dizaines", "centaines", "des centaines", "non communique", "n.c.", "nc"),
        *("desconocido", "desconocidos", "varios", "ninguno", "decenas", "cientos", "s/d"),
        *("desconhecido", "desconhecidos", "nenhum", "dezenas", "centenas", "sem dados"),
        *("sin datos", "muchos", "muitos", "algunos", "alguns"),
    )
)


def toll(cell: str) -> Toll | None | Fault | Warn:
    """Read a number of persons or a range: (least, most); None where it is empty.

    What is no number but may stand for one ("dozens", "?") is unknown, with a warning. Any other
    word is a fault: it may be a number ("five"), or a cell that slipped from another column.
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
    return _unknown(cell) or number


def persons(cell: str) -> int | None | Fault | Warn:
    """Read a number of persons; what is no number but may stand for one is as in `toll`."""
    number = values.count(cell)
    if isinstance(number, Fault):
        return _unknown(cell) or number
    return number


def _unknown(cell: str) -> Warn | None:
    if fold(" ".join(cell.split())) not in _UNKNOWN:
        return None
    return Warn(None, f"{shown(cell)} is no number: taken as unknown.")
