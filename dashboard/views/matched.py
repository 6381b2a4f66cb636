"""What two tables have in common: their months, and the pairs of one event told by both."""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.dataset import CURATED, VERSION_LENGTH, Dataset
from dashboard.matching import review
from dashboard.matching.pairing import Decisions, suggest
from dashboard.query import collected
from dashboard.schema import UNDATED
from dashboard.selection import Selection
from dashboard.views import asking
from dashboard.views.common import toll_text
from dashboard.views.months import milliseconds

_FIGURES = ("low", "best", "high")


@dataclass(frozen=True, eq=False)
class Matched:
    """Two tables and the pairs of `matching.pairing.suggest`."""

    one: Dataset
    other: Dataset
    pairs: pd.DataFrame

    @classmethod
    def of(cls, one: Dataset, other: Dataset, decisions: Decisions) -> Matched:
        """Return two tables with their pairs; both have all events of the decisions."""
        return cls(one, other, suggest(one, other, decisions))

    @cached_property
    def version(self) -> str:
        """A name of the state of the second table and the pairs."""
        digest = hashlib.sha256(self.pairs.to_csv().encode()).hexdigest()
        return f"{self.other.version}-{digest[:VERSION_LENGTH]}"

    @property
    def names(self) -> tuple[str, str]:
        """Name A and B as briefly as can be told apart."""
        brief = [part.terms.name if part.terms else part.name for part in (self.one, self.other)]
        if brief[0] != brief[1]:
            return brief[0], brief[1]
        return f"A, {self.one.name}", f"B, {self.other.name}"

    @property
    def spoken(self) -> tuple[str, str]:
        """Name A and B as a sentence does: "the curated table", not "curated table"."""
        one, other = (f"the {name}" if name == CURATED else name for name in self.names)
        return one, other


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What is compared: the countries and the whole months that both tables reach.

    Attributes:
        months: As `compare.draw` asks for.
        tolls: As `pair_tolls.draw` asks for; refused pairs are left out. And is_counted: whether
            A's event is in one of the months.
        pairs: The same pairs as `pairing.suggest` gives them, row by row.
        countries: Codes of the countries that both have.
        first: The first month of both.
        last: The last.
        undated: How many chosen events of A and of B in these countries have no date: they are in
            no month.
    """

    months: pd.DataFrame
    tolls: pd.DataFrame
    pairs: pd.DataFrame
    countries: tuple[str, ...]
    first: pd.Period
    last: pd.Period
    undated: tuple[int, int]

    def counts(self, table: str) -> tuple[int, int]:
        """Count the events of a table, "a" or "b", and those in a pair."""
        rows = self.months[self.months["table"] == table]
        return int(rows["events"].sum()), int(rows["paired"].sum())

    @property
    def confirmed(self) -> int:
        """Count the events of A in these months that are in a confirmed pair, or in several."""
        found = self.tolls[self.tolls["is_confirmed"] & self.tolls["is_counted"]]
        return found["a_event_id"].nunique()

    @property
    def apart(self) -> int:
        """Count the pairs of which A's event is in none of these months."""
        return int((~self.tolls["is_counted"]).sum())


@lru_cache(maxsize=8)
def comparison(matched: Matched, selection: Selection) -> Comparison | None:
    """Count what both tables reach; None where they have no month or no country in common.

    A is filtered by the selection; of B only its countries and days are asked for, since two
    sources do not code type, actors or sources alike. An event without a date is in no month and no
    window, and does not show that its table reaches a country; its pairs stay.
    """
    events = matched.one.events
    ours = events[
        events["event_id"].isin(collected(asking.events(matched.one, selection))["event_id"])
    ]
    theirs = _within(matched.other.events, selection)
    both = {*_dated(ours)["country_code"]} & {*_dated(theirs)["country_code"]}
    if not both:
        return None
    ours, theirs = (rows[rows["country_code"].isin(both)] for rows in (ours, theirs))
    dated = _dated(ours), _dated(theirs)
    first = max(rows["start_date"].min() for rows in dated).to_period("M")
    last = min(rows["start_date"].max() for rows in dated).to_period("M")
    if first > last:
        return None
    pairs = matched.pairs[matched.pairs["decision"] != review.NO]
    pairs = pairs[pairs["a"].isin(ours.index)]
    every = pd.period_range(first, last, freq="M")
    months = pd.concat(
        [
            _months(rows, set(pairs[key]), every).assign(table=key)
            for key, rows in zip("ab", dated, strict=True)
        ],
        ignore_index=True,
    )
    counted = dated[0].index[dated[0]["start_date"].dt.to_period("M").isin(every)]
    tolls = _tolls(matched, pairs).assign(is_counted=pairs["a"].isin(counted).to_numpy(bool))
    undated = len(ours) - len(dated[0]), len(theirs) - len(dated[1])
    return Comparison(months, tolls, pairs, tuple(sorted(both)), first, last, undated)


def _dated(events: pd.DataFrame) -> pd.DataFrame:
    return events[events["date_precision"] != UNDATED]


def _within(events: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    if selection.from_date or selection.to_date:
        events = _dated(events)
    keep = pd.Series(True, index=events.index)
    if selection.from_date:
        keep &= events["end_date"] >= pd.Timestamp(selection.from_date)
    if selection.to_date:
        keep &= events["start_date"] <= pd.Timestamp(selection.to_date)
    return events[keep]


def _months(rows: pd.DataFrame, paired: set[int], every: pd.PeriodIndex) -> pd.DataFrame:
    """Count events by the month in which they begin, months without events as zero."""
    month = rows["start_date"].dt.to_period("M")
    in_pair = month[rows.index.isin(list(paired))]
    edges = [[milliseconds(start.start_time) for start in every + step] for step in (0, 1)]
    return pd.DataFrame(
        {
            "start_ms": edges[0],
            "end_ms": edges[1],
            "events": month.value_counts().reindex(every, fill_value=0).to_numpy(),
            "paired": in_pair.value_counts().reindex(every, fill_value=0).to_numpy(),
        }
    )


def _tolls(matched: Matched, pairs: pd.DataFrame) -> pd.DataFrame:
    found: dict[str, Any] = {"is_confirmed": (pairs["decision"] == review.YES).to_numpy()}
    sides = [matched.one.events.iloc[pairs["a"]], matched.other.events.iloc[pairs["b"]]]
    for letter, rows in zip("ab", sides, strict=True):
        for figure in _FIGURES:
            values = rows[f"killed_{figure}"].to_numpy("float64", na_value=float("nan"))
            found[f"{letter}_{figure}"] = values
    found["a_event_id"] = sides[0]["event_id"].tolist()
    events = zip(*(rows.to_dict("records") for rows in sides), strict=True)
    found["hover"] = [_hover(matched.names, a, b) for a, b in events]
    return pd.DataFrame(found)


def _hover(names: tuple[str, str], *events: dict[Any, Any]) -> str:
    lines = [f"<b>{html.escape(events[0]['title'], quote=False)}</b>"]
    for name, event in zip(names, events, strict=True):
        days = event["start_date"].date(), event["end_date"].date()
        when = wording.days_text(*days, event["date_precision"])
        dead = toll_text(*(event[f"killed_{figure}"] for figure in _FIGURES))
        lines.append(html.escape(f"{name}: {when}, {dead}", quote=False))
    return "<br>".join(lines)
