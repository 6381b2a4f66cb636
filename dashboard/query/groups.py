"""Events summed up by what the options of a filter tell apart: one answer for many selections.

Whoever tries theatres, types and attributions chooses whole groups. An engine sums up each group
once, and what a choice adds up to is found in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.query.filters import OPTIONS
from dashboard.query.frames import Frame, coded
from dashboard.selection import Selection

OPTION_COLUMNS = tuple(OPTIONS.values())
COUNTED = {"events": nw.len()}


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Some groups of events, one value a group in each column; not to be changed.

    `words` lists the texts of a column in the order of the alphabet; the column itself holds their
    numbers there. All other columns are numbers: what the groups are split by, and their sums.
    """

    columns: Mapping[str, np.ndarray]
    words: Mapping[str, np.ndarray]

    def __len__(self) -> int:
        """How many groups there are."""
        return len(next(iter(self.columns.values())))

    def chosen(self, selection: Selection, *, without: str = "") -> Groups:
        """Return the groups that the options of a selection choose.

        Args:
            selection: Its filters of `OPTIONS`; the others were applied before.
            without: One of them to leave out of account.
        """
        tests = [
            np.array([word in values for word in self.words[column]], dtype=bool)[
                self.columns[column]
            ]
            for field, column in OPTIONS.items()
            if field != without and (values := getattr(selection, field))
        ]
        if not tests:
            return self
        kept = np.flatnonzero(reduce(np.logical_and, tests))
        return Groups({name: values[kept] for name, values in self.columns.items()}, self.words)

    def joined(self, keys: Iterable[str], sums: Iterable[str]) -> Groups:
        """Join the groups that are alike in some columns, and add up others; the rest goes.

        Args:
            keys: Columns of whole numbers or words.
            sums: Columns of numbers.
        """
        keys = [*dict.fromkeys(keys)]
        rows, found = self._alike(keys)
        columns = {key: self.columns[key][rows] for key in keys}
        for name in sums:
            values = self.columns[name]
            added = np.bincount(found, values, len(rows))
            columns[name] = added if values.dtype.kind == "f" else np.rint(added).astype("int64")
        return Groups(columns, {key: self.words[key] for key in keys if key in self.words})

    def _alike(self, keys: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return the first row of each kind, and each row's kind."""
        code = np.zeros(len(self), dtype="int64")
        for key in keys:
            values = self.columns[key].astype("int64")
            least = int(values.min(initial=0))
            code = code * (int(values.max(initial=0)) - least + 1) + (values - least)
        found, kinds = pd.factorize(code)
        rows = np.empty(len(kinds), dtype="int64")
        # The last that is written to a place stays: backwards, the first row of the kind.
        rows[found[::-1]] = np.arange(len(found))[::-1]
        return rows, found

    def counts(self, column: str) -> dict[str, int]:
        """Count events by the values of a column, only those that occur, in order."""
        numbers = np.bincount(self.columns[column], self.columns["events"], len(self.words[column]))
        return {
            str(word): int(number)
            for word, number in zip(self.words[column], numbers, strict=True)
            if number
        }

    def texts(self, column: str) -> np.ndarray:
        """Return a column's texts, one a group."""
        return self.words[column][self.columns[column]]


def grouped(
    events: Frame,
    split: Iterable[str],
    sums: Mapping[str, nw.Expr] = COUNTED,
    *,
    by: Sequence[str] = (),
) -> Groups:
    """Sum up events by some columns.

    Args:
        events: A selection.
        split: Columns of texts that a group has one value of; `OPTION_COLUMNS` among them where
            groups are to be chosen by options.
        sums: What to find of each group, by name: sums, counts, least or largest values; by default
            the number of events.
        by: Columns of whole numbers, all known, that a group has one value of.
    """
    texts = dict.fromkeys(split)
    answer = events.group_by(*dict.fromkeys((*by, *texts))).agg(**sums)
    return Groups(*coded(answer, texts))
