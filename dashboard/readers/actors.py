"""The actors of a foreign table: ours by name or alias, the others by rule."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

import pandas as pd

from dashboard.engine import fold
from dashboard.paths import folder
from dashboard.readers.places import country_code
from dashboard.readers.values import slug, text
from dashboard.schema import ACTORS
from dashboard.validation import read_table

# Who acts where a table does not say.
NOT_STATED = "Not stated"
_LONGEST_ID, _LONGEST_LABEL = 60, 28
# "Military Forces of Mali (2012-2020)": one army under several governments is one actor.
_PERIOD = re.compile(r"\s*\((?:[0-9]{4})?\s*-\s*(?:[0-9]{4})?\s*\)\s*\Z")
_COUNTRY = re.compile(r"\(([^()]+)\)\s*\Z")
_OF = re.compile(r"(?:government|forces|police|army|guard) of (?:the )?(.+)\Z", re.IGNORECASE)
# What a name begins with says its family and kind.
_STATE = re.compile(
    r"(government of|military forces|armed forces|army of|navy of|air force|national guard of)"
)
_POLICE = re.compile(r"(police|gendarmerie)")
_CIVILIANS = re.compile(
    r"(civilians?\b|private citizens|protesters|rioters|unarmed|refugees|journalists)"
)
_NETWORKS = (
    (re.compile(r"islamic state|\bisis\b|\bisil\b|\bda'?esh\b"), "is_network"),
    (re.compile(r"al-? ?qa'?(e|i)da"), "al_qaeda_network"),
)
# Such a name means one actor of ours whatever country stands behind it.
_ANYWHERE = ("civilians", "unidentified armed group")


def name_of(actor_id: str) -> str:
    """Return the name of an actor of ours by its id; another id names itself."""
    known = _by_id().get(actor_id)
    return str(known["name"]) if known else actor_id


class Actors:
    """Finds and collects the actors that a table names."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, object]] = {}
        self._sides: dict[str, str] = {}
        self._by_key: dict[str, str] = {}

    def ids(self, side: str) -> str:
        """Return the ids of a side, joined by ';', for names that are joined by ';'."""
        found = self._sides.get(side)
        if found is None:
            names = [name for name in map(text, side.split(";")) if name]
            found = ";".join(dict.fromkeys(map(self._id, names)))
            self._sides[side] = found
        return found

    def label(self, side: str) -> str:
        """Return the short name of a side's first actor, "" where nobody is named."""
        first = self.ids(side).partition(";")[0]
        return str(self.rows[first]["short_name"]) if first else ""

    def frame(self) -> pd.DataFrame:
        """Return the actors that were named: the columns of `schema.ACTORS`, by id."""
        rows = [
            row | {"parent": row["parent"] if row["parent"] in self.rows else ""}
            for row in self.rows.values()
        ]
        frame = pd.DataFrame(rows, columns=[column.name for column in ACTORS])
        return frame.astype("str").sort_values("actor_id", ignore_index=True)

    def _id(self, name: str) -> str:
        known = _known(name)
        if known is not None:
            self.rows.setdefault(str(known["actor_id"]), known)
            return str(known["actor_id"])
        bare = _PERIOD.sub("", name) or name
        key = fold(bare)
        found = self._by_key.get(key)
        if found is None:
            found = self._by_key[key] = self._new(bare)
        return found

    def _new(self, name: str) -> str:
        actor_id = slug(fold(name))[:_LONGEST_ID].strip("-")
        if not actor_id or actor_id in self.rows or actor_id in _by_id():
            digest = hashlib.sha256(name.encode()).hexdigest()[:6]
            actor_id = f"{actor_id}-{digest}" if actor_id else f"actor-{digest}"
        family, kind = _family(fold(name))
        self.rows[actor_id] = {
            "actor_id": actor_id,
            "name": name,
            "short_name": _short(name),
            "aliases": "",
            "family": family,
            "kind": kind,
            "parent": "",
            "country_code": _country(name),
            "note": "",
        }
        return actor_id


@lru_cache(maxsize=1)
def _by_id() -> dict[str, dict[str, object]]:
    """Read the actors that ship with the program; empty cells are ""."""
    path = folder("data") / "actors.csv"
    return {
        str(record.values["actor_id"]): {
            name: "" if value is None else value for name, value in record.values.items()
        }
        for record in read_table("actors", path.read_bytes(), path.name)[0]
    }


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """Map each folded name and alias to an id; an alias of two actors means neither."""
    found: dict[str, set[str]] = {}
    sure: dict[str, str] = {}
    for actor_id, row in _by_id().items():
        sure[fold(str(row["name"]))] = actor_id
        for name in (str(row["short_name"]), *filter(None, str(row["aliases"]).split(";"))):
            for spelling in (fold(name), _PERIOD.sub("", fold(name))):
                found.setdefault(spelling, set()).add(actor_id)
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1} | sure


def _known(name: str) -> dict[str, object] | None:
    """Find one of our actors by a name; periods and, for some, countries behind it do not count."""
    names = _by_name()
    folded = fold(name)
    bare = _PERIOD.sub("", folded)
    for candidate in (folded, bare):
        if candidate in names:
            return _by_id()[names[candidate]]
    without = _COUNTRY.sub("", bare).strip()
    if without in _ANYWHERE and without in names:
        return _by_id()[names[without]]
    return None


def _family(name: str) -> tuple[str, str]:
    """Return family and kind of an actor by its folded name."""
    if _POLICE.match(name):
        return "state_forces", "police"
    if _STATE.match(name):
        return "state_forces", "government" if name.startswith("gov") else "armed_forces"
    if _CIVILIANS.match(name):
        return "civilians", "civilians"
    for pattern, family in _NETWORKS:
        if pattern.search(name):
            return family, "armed_group"
    return "other_armed_groups", "armed_group"


def _short(name: str) -> str:
    """Shorten a name to a label: by what stands before a colon or bracket, else by its end."""
    brief = name
    for mark in (": ", " (", " - "):
        if len(brief) > _LONGEST_LABEL:
            brief = brief.split(mark)[0].strip() or brief
    if len(brief) <= _LONGEST_LABEL:
        return brief
    return brief[: _LONGEST_LABEL - 1].rstrip(" ,;-") + "…"


def _country(name: str) -> str:
    """Return the country that stands in a name, "" where none does."""
    match = _COUNTRY.search(name) or _OF.search(name)
    return country_code(match[1]) if match else ""
