"""Which keys a table has had so far, for millions of them, in 20 bytes each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Run = tuple[np.ndarray, np.ndarray]


class Keys:
    """Remembers keys by their hashes, in sorted runs that are merged as they grow.

    A hash that was met before is looked up: two keys of one hash are not taken for the same.
    """

    def __init__(self, key_at: Callable[[int], str]) -> None:
        """Take a function that gives the key of a place, which counts the keys that were added."""
        self._key_at = key_at
        self._runs: list[Run] = []
        self._size = 0

    def places(self, keys: Sequence[str]) -> list[int]:
        """Return where each key was added before, -1 for a new one."""
        hashes = _hashes(keys)
        found = np.full(len(keys), -1, dtype=np.int64)
        for run, places in self._runs:
            at = np.minimum(np.searchsorted(run, hashes), len(run) - 1)
            hits = (run[at] == hashes) & (found < 0)
            found[hits] = places[at[hits]]
        told: list[int] = found.tolist()
        for number in np.flatnonzero(found >= 0).tolist():
            if self._key_at(told[number]) != keys[number]:
                told[number] = self._alike(keys[number], int(hashes[number]))
        return told

    def add(self, keys: Sequence[str]) -> None:
        """Remember some keys."""
        if not keys:
            return
        hashes = _hashes(keys)
        places = np.arange(self._size, self._size + len(keys), dtype=np.int64)
        self._size += len(keys)
        self._runs.append(_sorted(hashes, places))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < 2 * len(self._runs[-1][0]):
            one, other = self._runs.pop(), self._runs.pop()
            self._runs.append(
                _sorted(np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]]))
            )

    def _alike(self, key: str, hashed: int) -> int:
        """Look through all keys of one hash."""
        for run, places in self._runs:
            for place in places[run == hashed]:
                if self._key_at(int(place)) == key:
                    return int(place)
        return -1


def _hashes(keys: Sequence[str]) -> np.ndarray:
    return np.fromiter(map(hash, keys), dtype=np.int64, count=len(keys))


def _sorted(hashes: np.ndarray, places: np.ndarray) -> Run:
    order = np.argsort(hashes, kind="stable")
    return hashes[order], places[order]
