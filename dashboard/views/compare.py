"""Do two tables tell the same? Their events a month, and the tolls of their pairs."""

from __future__ import annotations

from typing import Any

from dashboard import wording
from dashboard.figures import compare, frame
from dashboard.figures.axes import Span
from dashboard.figures.blank import blank
from dashboard.figures.frame import Key
from dashboard.figures.theme import Medium
from dashboard.geography import country_name
from dashboard.selection import Selection
from dashboard.views.captions import Texts
from dashboard.views.common import after
from dashboard.views.matched import Comparison, Matched, comparison
from dashboard.views.months import milliseconds

READING = "Two tables, never added: one event may be in both."
WIDE_PX, TALL_PX = 430.0, 700.0
FEW_COUNTRIES = 4


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
    text = f"{wording.listed(matched.spoken)} have no country and month in common here."
    return text if matched.spoken[0] == matched.names[0] else f"{text[0].upper()}{text[1:]}"


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
    subtitle = " ".join([_reach(found), *_apart(matched, found), READING])
    return Texts(_headline(matched, found), subtitle, _sources(matched))


def _headline(matched: Matched, found: Comparison) -> str:
    ours, paired = found.counts("a")
    one, other = matched.spoken
    state = f"{found.confirmed:,} confirmed" if found.confirmed else "none confirmed yet"
    verb = "seems" if paired == 1 else "seem"
    of = f"{wording.plural(ours, 'event')} of {one}"
    return f"{paired:,} of {of} {verb} to be in {other}, {state}"


def _apart(matched: Matched, found: Comparison) -> list[str]:
    """Say what is in none of the months, if anything."""
    said = []
    undated = [
        f"{wording.plural(number, 'event')} of {name}"
        for number, name in zip(found.undated, matched.spoken, strict=True)
        if number
    ]
    if undated:
        verbs = "has no date and is" if sum(found.undated) == 1 else "have no date and are"
        said.append(f"{wording.listed(undated)} {verbs} in no month.")
    if found.apart:
        pairs = wording.plural(found.apart, "pair has an event", "pairs have an event")
        said.append(f"{pairs} of {matched.spoken[0]} that is in none of these months.")
    return said


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
        *_apart(matched, found),
        _agreement(matched, found),
    ]


def _agreement(matched: Matched, found: Comparison) -> str:
    tolls = found.tolls
    known = tolls[tolls["a_best"].notna() & tolls["b_best"].notna()]
    if known.empty:
        return "No pair has a toll in both tables."
    below = int((known["b_high"] < known["a_low"]).sum())
    above = int((known["b_low"] > known["a_high"]).sum())
    meet = len(known) - below - above
    return (
        f"Of {wording.plural(len(known), 'pair')} with a toll in both, the ranges meet in {meet:,};"
        f" the range of {matched.spoken[1]} lies below in {below:,} and above in {above:,}."
    )
