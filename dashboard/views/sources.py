"""Do the sources agree: the spread of tolls an event, and who reports in which language."""

from __future__ import annotations

import html
from dataclasses import dataclass

import pandas as pd

from dashboard import query, wording
from dashboard.dataset import Dataset
from dashboard.engine import fold
from dashboard.figures import frame, spread
from dashboard.figures.frame import Key
from dashboard.figures.spread_room import MOST, capacity, height_px
from dashboard.figures.theme import Medium
from dashboard.schema import SCOPE_NAMES, UNDATED
from dashboard.selection import Selection
from dashboard.views import asking, chosen
from dashboard.views.common import nothing

# Below this many dead, a factor between two figures says little.
FEW = 10
MANY_SOURCES = 5
# Of very many events only so many are searched for figures that differ.
DEADLIEST = 500


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """What stands behind a selection, as small frames.

    Attributes:
        sources: Events by their number of independent sources: sources ("1" to "4", "5+"), events.
        publishers: Pages by publisher, most first: name, reports.
        agencies: The same by the agency whose text a page carries (else its publisher); a page that
            names two counts for both.
        languages: Pages by language, most first: name (English), reports.
    """

    sources: pd.DataFrame
    publishers: pd.DataFrame
    agencies: pd.DataFrame
    languages: pd.DataFrame


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict:
    """Draw the spread of tolls of the chosen events; the width is the page's."""
    rows, figures, note = _rows(dataset, selection, MOST)
    height = height_px(len(rows), note, medium, medium.width_px)
    spec = spread.draw(rows, figures, note, medium, (medium.width_px, height))
    spec["layout"]["height"] = height
    return spec


def picture(dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words) -> dict:
    """Draw the spread of tolls with headline, key and source line."""
    where = frame.plan(words, medium)
    size = (medium.width_px - 2 * where.pad, medium.height_px - where.top - where.bottom)
    # The note takes two lines where it is narrow; rows get what is left.
    room = capacity(medium, size[1] - 2.8 * medium.font_px)
    rows, figures, note = _rows(dataset, selection, room)
    spec = spread.draw(rows, figures, note, medium, size)
    spec["layout"]["margin"] = frame.margins(where, spec["layout"]["margin"])
    return frame.dress(spec, where, medium)


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List what bar, rings and dot mean."""
    palette = medium.palette
    if not _candidates(dataset, selection):
        return []
    return [
        Key("circle", palette.accent, palette.accent, "Best figure"),
        Key("hollow", "", palette.accent, "One report's own figure"),
        Key("bar", palette.rule, palette.rule, "Low to high"),
    ]


def summary(dataset: Dataset, selection: Selection) -> Summary:
    """Count independent sources, publishers, agencies and languages behind a selection."""
    events = asking.events(dataset, selection)
    counted = {int(number): found for number, found in query.counts(events, "sources").items()}
    few = [*range(0 if 0 in counted else 1, MANY_SOURCES)]
    labels = [*map(str, few), f"{MANY_SOURCES}+"]
    numbers = [counted.get(number, 0) for number in few]
    many = sum(found for number, found in counted.items() if number >= MANY_SOURCES)
    reports = dataset.reports_of(_weighed(dataset, selection).index)
    agencies = reports["via"].where(reports["via"] != "", reports["publisher"])
    return Summary(
        pd.DataFrame({"sources": labels, "events": [*numbers, many]}),
        _counted(reports["publisher"]),
        _counted(agencies.str.split(";").explode()),
        _counted(reports["language"].map(wording.language_name)),
    )


def _counted(names: pd.Series) -> pd.DataFrame:
    """Count names, spellings that differ in case or accents together, under the commonest."""
    spelled = names.groupby([names.map(fold), names]).size().rename("reports").reset_index(level=1)
    spelled.columns = ["name", "reports"]
    spelled = spelled.sort_values(["reports", "name"], ascending=[False, True])
    grouped = spelled.groupby(level=0)
    counts = pd.DataFrame({"name": grouped["name"].first(), "reports": grouped["reports"].sum()})
    return counts.sort_values(["reports", "name"], ascending=[False, True], ignore_index=True)


def _weighed(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the events whose reports are gone through: all of few, the deadliest of many."""
    if chosen.is_few(dataset, selection):
        return chosen.rows(dataset, selection)
    return chosen.deadliest(dataset, selection, DEADLIEST)


def _candidates(dataset: Dataset, selection: Selection) -> list[str]:
    """List the weighed events with a toll and at least two reports with a figure."""
    rows = _weighed(dataset, selection)
    reports = dataset.reports_of(rows.index)
    figured = reports["event_id"][reports["killed_max"].notna()].value_counts()
    several = set(figured.index[figured >= 2])
    known = rows[[f"killed_{level}" for level in query.LEVELS]].notna().all(axis=1)
    return [event for event in rows.index[known] if event in several]


def _rows(
    dataset: Dataset, selection: Selection, room: int
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Choose the widest spreads and their reports, widest first, and say which they are."""
    found = _weighed(dataset, selection).loc[_candidates(dataset, selection)]
    low, best, high = (found[f"killed_{level}"].astype("float64") for level in query.LEVELS)
    ranked = found.assign(
        low=low,
        best=best,
        high=high,
        factor=high.clip(lower=1) / low.clip(lower=1),
        is_small=high < FEW,
    ).sort_values(["is_small", "factor", "high"], ascending=[True, False, False])
    rows = ranked.head(room).sort_values(["factor", "high"], ascending=False)
    rows = rows.assign(date=[_date(event) for event in rows.itertuples(index=False)])
    reports = dataset.reports_of(rows.index)
    figures = reports[reports["killed_max"].notna()]
    titles = dict(zip(rows["event_id"], rows["title"], strict=True))
    figures = figures.assign(
        killed_min=figures["killed_min"].fillna(figures["killed_max"]).astype("float64"),
        killed_max=figures["killed_max"].astype("float64"),
        is_whole=figures["scope"].isin(["", "all"]),
        hover=[_hover(report, titles) for report in figures.itertuples(index=False)],
    )
    if rows.empty:
        return rows, figures, _why_empty(dataset, selection)
    has_range = (figures["killed_min"] < figures["killed_max"]).any()
    joined = " Joined rings are a range." if has_range else ""
    faint = "" if figures["is_whole"].all() else " Faint rings count a part of the dead."
    of = "" if chosen.is_few(dataset, selection) else f" Among the {DEADLIEST} deadliest events."
    return rows, figures, _note(len(rows), len(found)) + of + joined + faint


def _why_empty(dataset: Dataset, selection: Selection) -> str:
    return spread.NOTHING if chosen.number(dataset, selection) else nothing(dataset, selection)


def _note(shown: int, candidates: int) -> str:
    events = f"{wording.plural(candidates, 'event')} with more than one figure of the dead"
    which = f"{events}, the widest spread first"
    if shown < candidates:
        spread_words = f"the widest spreads (high divided by low), tolls under {FEW} last"
        which = f"{shown} of {events}: {spread_words}"
    return f"{which}."


def _date(event) -> str:
    first = event.start_date
    if event.date_precision == UNDATED:
        return "no date"
    text = f"{first:%b %Y}" if event.date_precision == "month" else f"{first.day} {first:%b %Y}"
    return f"about {text}" if event.date_precision == "week" else text


def _hover(report, titles: dict[str, str]) -> str:
    figure = wording.range_text(int(report.killed_min), int(report.killed_max))
    scope = f" ({SCOPE_NAMES[report.scope].lower()})" if report.scope not in ("", "all") else ""
    via = f" (via {report.via.replace(';', ', ')})" if report.via else ""
    title = html.escape(titles[report.event_id], quote=False)
    publisher = html.escape(f"{report.publisher}{via}", quote=False)
    return f"<b>{title}</b><br>{figure} killed{scope}: {publisher}"
