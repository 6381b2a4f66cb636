"""Do two tables tell the same? Their events a month, and the tolls of their pairs."""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.dataset import CURATED, VERSION_LENGTH, Dataset
from dashboard.figures import compare, frame
from dashboard.figures.axes import Span
from dashboard.figures.blank import blank
from dashboard.figures.frame import Key
from dashboard.figures.theme import Medium
from dashboard.geography import country_name
from dashboard.matching import review
from dashboard.query import collected
from dashboard.selection import Selection
from dashboard.views import asking
from dashboard.views.captions import Texts
from dashboard.views.common import after, toll_text
from dashboard.views.months import milliseconds

READING = "Two tables, never added: one event may be in both."
WIDE_PX, TALL_PX = 430.0, 700.0
FEW_COUNTRIES = 4
_FIGURES = ("low", "best", "high")


@dataclass(frozen=True, eq=False)
class Matched:
    """Two tables and the pairs of `matching.pairing.suggest`."""

    one: Dataset
    other: Dataset
    pairs: pd.DataFrame

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


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What is compared: the countries and the whole months that both tables reach.

    Attributes:
        months: As `compare.draw` asks for.
        tolls: As `pair_tolls.draw` asks for; refused pairs are left out.
        pairs: The same pairs as `pairing.suggest` gives them, row by row.
        countries: Codes of the countries that both have.
        first: The first month of both.
        last: The last.
    """

    months: pd.DataFrame
    tolls: pd.DataFrame
    pairs: pd.DataFrame
    countries: tuple[str, ...]
    first: pd.Period
    last: pd.Period

    def counts(self, table: str) -> tuple[int, int]:
        """Count the events of a table, "a" or "b", and those in a pair."""
        rows = self.months[self.months["table"] == table]
        return int(rows["events"].sum()), int(rows["paired"].sum())


@lru_cache(maxsize=8)
def comparison(matched: Matched, selection: Selection) -> Comparison | None:
    """Count what both tables reach; None where they have no month or no country in common.

    A is filtered by the selection; of B only its countries and days are asked for, since two
    sources do not code type, actors or sources alike.
    """
    events = matched.one.events
    ours = events[
        events["event_id"].isin(collected(asking.events(matched.one, selection))["event_id"])
    ]
    theirs = _within(matched.other.events, selection)
    countries = sorted({*ours["country_code"]} & {*theirs["country_code"]})
    ours, theirs = (rows[rows["country_code"].isin(countries)] for rows in (ours, theirs))
    if ours.empty or theirs.empty:
        return None
    first = max(rows["start_date"].min() for rows in (ours, theirs)).to_period("M")
    last = min(rows["start_date"].max() for rows in (ours, theirs)).to_period("M")
    if first > last:
        return None
    pairs = matched.pairs[matched.pairs["decision"] != review.NO]
    pairs = pairs[pairs["a"].isin(ours.index)]
    every = pd.period_range(first, last, freq="M")
    months = pd.concat(
        [
            _months(rows, set(pairs[key]), every).assign(table=key)
            for key, rows in (("a", ours), ("b", theirs))
        ],
        ignore_index=True,
    )
    return Comparison(months, _tolls(matched, pairs), pairs, tuple(countries), first, last)


def _within(events: pd.DataFrame, selection: Selection) -> pd.DataFrame:
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


def screen(matched: Matched, selection: Selection, medium: Medium) -> dict[str, Any]:
    """Draw the comparison for the page; the width is the page's."""
    found = comparison(matched, selection)
    size = float(medium.width_px), TALL_PX if medium.is_narrow else WIDE_PX
    if found is None:
        return blank(_nothing(matched), medium, size)
    spec = _draw(matched, found, medium, size)
    spec["layout"]["height"] = size[1]
    return spec


def picture(
    matched: Matched, selection: Selection, medium: Medium, words: frame.Words
) -> dict[str, Any]:
    """Draw the comparison with headline, key and source line."""
    where = frame.plan(words, medium)
    found = comparison(matched, selection)
    if found is None:
        spec = blank(_nothing(matched), medium, where.room(medium))
    else:
        spec = _draw(matched, found, medium, where.room(medium))
    return frame.framed(spec, where, medium)


def _draw(
    matched: Matched, found: Comparison, medium: Medium, size: tuple[float, float]
) -> dict[str, Any]:
    span = Span(milliseconds(found.first.start_time), milliseconds((found.last + 1).start_time))
    return compare.draw(found.months, found.tolls, matched.names, span, (medium, size))


def _nothing(matched: Matched) -> str:
    return f"{wording.listed(matched.names)} have no country and month in common here."


def keys(matched: Matched, selection: Selection, medium: Medium) -> list[Key]:
    """List what bars and marks mean."""
    found = comparison(matched, selection)
    if found is None:
        return []
    soft, accent = medium.palette.soft, medium.palette.accent
    unknown = found.tolls[["a_best", "b_best"]].isna().any(axis=1)
    confirmed = found.tolls["is_confirmed"]
    entries = [
        (True, Key("ghost", soft, soft, "All events of a month")),
        (True, Key("bar", soft, soft, "Those in a pair")),
        ((confirmed & ~unknown).any(), Key("circle", accent, accent, "Confirmed pair")),
        ((~confirmed & ~unknown).any(), Key("hollow", "", accent, "Suggested pair")),
        (unknown.any(), Key("square", "", accent, "Toll unknown")),
    ]
    return [key for is_there, key in entries if is_there]


def texts(matched: Matched, selection: Selection) -> Texts:
    """Write the picture's headline, how to read it, and the sources of both tables."""
    found = comparison(matched, selection)
    if found is None:
        return Texts(" and ".join(matched.names), "", _sources(matched))
    return Texts(_headline(matched, found), f"{_reach(found)} {READING}", _sources(matched))


def _headline(matched: Matched, found: Comparison) -> str:
    ours, paired = found.counts("a")
    one, other = matched.names
    confirmed = int(found.tolls["is_confirmed"].sum())
    state = f"{confirmed:,} confirmed" if confirmed else "none confirmed yet"
    verb = "seems" if paired == 1 else "seem"
    of = f"{wording.plural(ours, 'event')} of {'the ' if one == CURATED else ''}{one}"
    return f"{paired:,} of {of} {verb} to be in {other}, {state}"


def _reach(found: Comparison) -> str:
    days = wording.days_text(found.first.start_time.date(), found.last.end_time.date(), "month")
    names = list(map(country_name, found.countries))
    where = wording.listed(names) if len(names) <= FEW_COUNTRIES else f"{len(names)} countries"
    return f"{where}, {days}: what both tables reach."


def _sources(matched: Matched) -> tuple[str, ...]:
    lines = []
    for dataset in (matched.one, matched.other):
        line = (
            f"Source: {dataset.terms.credit}" if dataset.terms else after(dataset, dataset.reports)
        )
        number = wording.plural(len(dataset.events), "event")
        lines.append(f"{line.rstrip('.')} · {number} · data {dataset.version}")
    return tuple(lines)


def in_words(matched: Matched, selection: Selection) -> list[str]:
    """Describe the comparison in sentences: how many of each, and how far the tolls agree."""
    found = comparison(matched, selection)
    if found is None:
        return [_nothing(matched)]
    one, other = matched.names
    ours, theirs = found.counts("a")[0], found.counts("b")[0]
    counted = f"{one}: {wording.plural(ours, 'event')}; {other}: {wording.plural(theirs, 'event')}"
    return [
        _reach(found),
        f"{counted}. {READING}",
        f"{_headline(matched, found)}.",
        _agreement(found),
    ]


def _agreement(found: Comparison) -> str:
    tolls = found.tolls
    known = tolls[tolls["a_best"].notna() & tolls["b_best"].notna()]
    if known.empty:
        return "No pair has a toll in both tables."
    below = int((known["b_high"] < known["a_low"]).sum())
    above = int((known["b_low"] > known["a_high"]).sum())
    meet = len(known) - below - above
    return (
        f"Of {wording.plural(len(known), 'pair')} with a toll in both, the ranges meet in {meet:,};"
        f" B's lies below in {below:,} and above in {above:,}."
    )
