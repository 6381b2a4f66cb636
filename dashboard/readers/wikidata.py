"""Wikidata's query service: the CSV of a SPARQL answer, one event an item.

Several values of an item come as several rows: they are joined, and different numbers of dead make
a range, never a sum. A date says its precision only where the query asked for it
(`wikibase:timePrecision`, a column whose name holds "precision"); without it, the first day of a
year may mean the year, and the first of a month the month: they are taken so, with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.provenance import Terms
from dashboard.readers import values
from dashboard.readers.base import Batch, Head, Memo, Reading, Source
from dashboard.readers.building import Builder
from dashboard.readers.drafts import Draft
from dashboard.readers.items import ENTITY, PLACE, TIME, ItemTable
from dashboard.readers.mapped import MappedReader
from dashboard.readers.mapping import Plan, guessed, plan_of
from dashboard.readers.spans import Span, joined
from dashboard.readers.tabular import fill
from dashboard.readers.values import Day, month_span, year_span

KEY = "wikidata"
NAME = "Wikidata"
NEEDS = ("item", "itemlabel")
TERMS = Terms(
    name=NAME,
    credit="Wikidata, CC0",
    sentence="Wikidata's data are in the public domain (CC0): they may be passed on freely.",
    citation="Wikidata, wikidata.org, with the day of the query.",
    url="https://www.wikidata.org/wiki/Wikidata:Licensing",
    may_redistribute=True,
)
UNSURE = "year or day"
_UNSURE_MONTH = "month or day"
# wikibase:timePrecision: 6 millennium to 9 year, 10 month, 11 day, 12 to 14 times of a day.
_YEARS = {"6": 1000, "7": 100, "8": 10, "9": 1}
_DAYS = ("11", "12", "13", "14")
_PRECISION = re.compile(r"precision", re.IGNORECASE)


def recognises(head: Head) -> bool:
    """Whether a table holds Wikidata's items."""
    if head.kind != "csv":
        return False
    cells = [cell for row in head.rows for cell in row]
    return any(map(ENTITY.match, cells)) or head.share(NEEDS) == 1


def read(source: Source) -> Reading:
    """Read the items of a SPARQL answer.

    Raises:
        ReaderError: No column holds items or dates, or no record could be loaded.
    """
    table = ItemTable(source)
    known = {"event_id": table.item, "title": f"{table.item}label"}
    plain = guessed(name for name in table.header if not _PRECISION.search(name))
    for ours, pattern in (("coordinates", PLACE), ("start_date", TIME)):
        column = table.column_of(pattern, last=plain.get("published_date", ""))
        if column and not (ours == "start_date" and ours in plain):
            known[ours] = column
    header = [name for name in table.header if not _PRECISION.search(name)]
    names = {name.casefold() for name in header}
    known = {ours: theirs for ours, theirs in known.items() if theirs in names}
    plan = plan_of(source.options.mapping, header, source.name, known, "y-m-d")
    table.assumptions += plan.sentences(header)
    return fill(Builder(source.name, KEY, TERMS), table, _Items(source, plan, table.header))


class _Items(MappedReader):
    """Makes drafts of items."""

    def __init__(self, source: Source, plan: Plan, header: Sequence[str]) -> None:
        super().__init__(source, plan)
        self.precisions = {
            ours: _precision_of(self.plan.columns[ours], header)
            for ours in ("start_date", "end_date")
            if ours in self.plan.columns
        }
        self.firsts: list[Day | None] = []
        self.memo = Memo(lambda cell: cell.partition(".")[0].strip())

    def assumptions(self) -> list[str]:
        """Say what was taken for granted."""
        said = super().assumptions()
        if "" in self.precisions.values():
            said.append(
                "The query did not ask how precise its dates are: 1 January is taken for the year,"
                " the first of a month for the month. Ask for wikibase:timePrecision."
            )
        return said

    def draft(self, batch: Batch) -> Draft:
        """Make the events of a batch."""
        draft = super().draft(batch)
        column = self.precisions.get("start_date", "")
        draft.source_date_precisions = (
            batch.each(column, values.text_or_blank)
            if column
            else [_unsure(day) if day else "" for day in self.firsts]
        )
        return draft

    def spans(self, batch: Batch) -> list[Span | None]:
        """Read the dates, no more precise than Wikidata knows them."""
        found: dict[str, list[Span | None]] = {}
        self.firsts = [None] * len(batch)
        for ours, column in self.precisions.items():
            days = self.days[ours].read(batch)
            codes = batch.read(column, self.memo) if column else [""] * len(batch)
            if ours == "start_date":
                self.firsts = [day[0] if day and day[2] == "day" else None for day in days]
            found[ours] = [
                self._span(batch, place, ours, day, code)
                for place, (day, code) in enumerate(zip(days, codes, strict=True))
            ]
        none: list[Span | None] = [None] * len(batch)
        pairs = zip(found.get("start_date", none), found.get("end_date", none), strict=True)
        return [joined(start, end) for start, end in pairs]

    def _span(
        self, batch: Batch, place: int, ours: str, date: Span | None, code: str
    ) -> Span | None:
        if date is None or date[2] != "day" or code in _DAYS:
            return date
        first = date[0]
        if code == "10":
            return (*month_span(first.year, first.month), "month")
        if code in _YEARS:
            return _years(first.year, _YEARS[code])
        column = self.plan.columns[ours]
        unsure = _unsure(first)
        if not unsure:
            return date
        batch.warn(place, column, f"may stand for the {unsure.partition(' ')[0]}: taken so.")
        if unsure == UNSURE:
            return (*year_span(first.year), "year")
        return (*month_span(first.year, first.month), "month")


def _unsure(day: Day) -> str:
    if (day.month, day.day) == (1, 1):
        return UNSURE
    return _UNSURE_MONTH if day.day == 1 else ""


def _years(year: int, length: int) -> Span:
    """Return a year, decade (2010 to 2019) or century (1901 to 2000) as a span."""
    shift = 1 if length >= 100 else 0
    first = (year - shift) // length * length + shift
    return Day(max(first, 1), 1, 1), Day(first + length - 1, 12, 31), "year"


def _precision_of(column: str, header: Sequence[str]) -> str:
    """Return the column with a date's precision: of its own name, else the only one there is."""
    names = [name.casefold() for name in header if _PRECISION.search(name)]
    own = [name for name in names if name.startswith(column)]
    return own[0] if own else (names[0] if len(names) == 1 else "")
