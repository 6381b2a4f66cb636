"""Who took part, comparable between two tables: actors by any of their names, states, families."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.engine import fold

SAME, RELATED, FAMILY = 1.0, 0.8, 0.5
# Beyond so many actors of one event the others add nothing to tell it by.
MOST_ACTORS = 8
_STATES = ("state_forces", "governments")
# Families whose members are too unlike for "the same family" to say anything.
_LOOSE = ("other_armed_groups", "civilians", "international_forces", "governments")


def likeness(actors: pd.DataFrame, others: pd.DataFrame) -> np.ndarray:
    """Say how much each actor of one table is the same as each of another.

    Args:
        actors: One row an actor: the columns of `schema.ACTORS`.
        others: The same of the other table.

    Returns:
        A row for each of `actors`, a column for each of `others`, and behind them one row and one
        column of zeros, for nobody: 1 the same by id, name or alias; 0.8 forces or authorities of
        the same state, or one the other's parent; 0.5 the same family; 0 otherwise.
    """
    found = np.zeros((len(actors) + 1, len(others) + 1), dtype="float32")
    for keys, value in ((_families, FAMILY), (_kin, RELATED), (_names, SAME)):
        theirs: dict[str, list[int]] = {}
        for column, names in enumerate(keys(others)):
            for name in names:
                theirs.setdefault(name, []).append(column)
        for row, names in enumerate(keys(actors)):
            for name in names:
                if name in theirs:
                    found[row, theirs[name]] = value
    return found


def _names(actors: pd.DataFrame) -> list[set[str]]:
    rows = zip(
        *(actors[name] for name in ("actor_id", "name", "short_name", "aliases")), strict=True
    )
    return [
        {f"id {row[0]}", *(fold(name) for name in (*row[1:3], *row[3].split(";")) if name)}
        for row in rows
    ]


def _kin(actors: pd.DataFrame) -> list[set[str]]:
    """Name the state that an actor stands for, itself and its parent."""
    rows = zip(
        *(actors[name] for name in ("actor_id", "parent", "family", "country_code")), strict=True
    )
    return [
        {actor, *([parent] if parent else [])}
        | ({f"state {country}"} if country and family in _STATES else set())
        for actor, parent, family, country in rows
    ]


def _families(actors: pd.DataFrame) -> list[set[str]]:
    return [set() if family in _LOOSE else {family} for family in actors["family"]]


def sides(events: pd.DataFrame, actors: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """List who took part in each event, whoever began: two tables need not agree on that.

    Returns:
        The different casts, a row each: positions in `actors`, filled up with the position behind
        the last, which is nobody; and for each event the number of its cast.
    """
    position = {actor: place for place, actor in enumerate(actors["actor_id"])}
    texts = (events["initiators"] + ";" + events["targets"]).to_numpy(dtype=object)
    cast, different = pd.factorize(texts)
    rows = [_positions(str(text), position) for text in different]
    width = max(map(len, rows), default=0) or 1
    filled = np.full((len(rows), width), len(actors), dtype="int32")
    for row, places in enumerate(rows):
        filled[row, : len(places)] = places
    return filled, cast.astype("int32")


def _positions(text: str, position: dict[str, int]) -> Sequence[int]:
    named = dict.fromkeys(filter(None, text.split(";")))
    return [position[name] for name in named if name in position][:MOST_ACTORS]


def agreement(casts: np.ndarray, others: np.ndarray, alike: np.ndarray) -> np.ndarray:
    """Say how well two casts agree, 0 to 1, pair by pair.

    Each actor counts with the one of the other cast who is most like it; the mean over both.

    Args:
        casts: A row for each pair, as `sides` fills it.
        others: The same of the other table.
        alike: What `likeness` gave.

    Returns:
        A share for each pair; NaN where a cast is empty.
    """
    nobody, no_other = alike.shape[0] - 1, alike.shape[1] - 1
    between = alike[casts[:, :, None], others[:, None, :]]
    here, there = (casts != nobody).sum(axis=1), (others != no_other).sum(axis=1)
    total = between.max(axis=2).sum(axis=1) + between.max(axis=1).sum(axis=1)
    is_empty = (here == 0) | (there == 0)
    return np.where(is_empty, np.nan, total / np.maximum(here + there, 1))
