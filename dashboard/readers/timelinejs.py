"""TimelineJS: its sheet as CSV or Excel, in both layouts, and its JSON.

A date without a day is a month, without a month a year. The title slide and eras are no events:
they are listed as not loaded. There are no coordinates unless columns of the sheet hold them.
"""

from __future__ import annotations

from dashboard.readers import values
from dashboard.readers.base import Batch, Fault, Head, Memo, Reading, Source
from dashboard.readers.building import Builder
from dashboard.readers.drafts import Draft
from dashboard.readers.mapped import MappedReader
from dashboard.readers.mapping import Plan, plan_of
from dashboard.readers.own import terms_of
from dashboard.readers.slides import SlideTable
from dashboard.readers.spans import Span, joined, span
from dashboard.readers.tabular import Table, fill, table_of

KEY = "timelinejs"
NAME = "TimelineJS"
NEEDS = ("year", "month", "day", "end year", "headline", "text", "media", "display date")
_OLD = ("start date", "end date", "headline", "text", "media")
_KINDS = {
    "title": "is the title slide, not an event.",
    "era": "is an era, a span of time and not an event.",
}
_NOT_OURS = ("type", "time", "end time", "end year", "end month", "end day", "background")
# Our column by the sheet's; what the sheet lacks is left out.
_KNOWN = {
    "title": "headline",
    "summary": "text",
    "source": "media credit",
    "source_url": "media",
    "event_type": "group",
}


def recognises(head: Head) -> bool:
    """Whether a table has the sheet's columns, in either layout, or a JSON its slides."""
    if head.kind == "json":
        return {"events", "start_date", "year"} <= head.names
    if "headline" not in head.names or head.kind not in ("csv", "workbook"):
        return False
    return head.share(NEEDS) >= 0.6 or head.share(_OLD) >= 0.8


def read(source: Source) -> Reading:
    """Read a TimelineJS sheet or JSON.

    Raises:
        ReaderError: It is no whole JSON, has no dates, or no record could be loaded.
    """
    table: Table = SlideTable(source) if source.head.kind == "json" else table_of(source)
    names = {name.casefold() for name in table.header}
    known = {ours: theirs for ours, theirs in _KNOWN.items() if theirs in names}
    if "tag" in names:
        known["event_type"] = "tag"
    if "year" not in names:
        known |= {"start_date": "start date", "end_date": "end date"}
    known = {ours: theirs for ours, theirs in known.items() if theirs in names}
    given = dict(source.options.mapping)
    # "Type" says what kind of slide it is, never what happened.
    guessable = [name for name in table.header if name.casefold() not in _NOT_OURS]
    plan = plan_of(given, guessable, source.name, known)
    table.assumptions += plan.sentences(())
    builder = Builder(source.name, KEY, terms_of(source.name), form_name=NAME)
    return fill(builder, table, _Slides(source, plan))


class _Slides(MappedReader):
    """Makes drafts of slides."""

    def __init__(self, source: Source, plan: Plan) -> None:
        super().__init__(source, plan)
        self.numbers = Memo(_part)

    def draft(self, batch: Batch) -> Draft:
        """Make the events of a batch; what is no event is rejected."""
        for place, kind in enumerate(batch.cells("type")):
            reason = _KINDS.get(kind.strip().casefold())
            if reason:
                batch.reject(place, "type", reason)
        draft = super().draft(batch)
        draft.source_date_precisions = batch.each("display date", values.text_or_blank)
        return draft

    def assumptions(self) -> list[str]:
        """Say what was taken for granted."""
        return [
            "Dates without a day or month span the whole month or year; times of day are not read.",
            "The title slide and eras are no events and are listed as not loaded.",
            *super().assumptions(),
        ]

    def spans(self, batch: Batch) -> list[Span | None]:
        """Read the dates that stand in columns for year, month and day, else in one."""
        if "year" not in batch.columns:
            return super().spans(batch)
        starts = self._dates(batch, ("year", "month", "day"))
        ends = self._dates(batch, ("end year", "end month", "end day"))
        return [joined(start, end) for start, end in zip(starts, ends, strict=True)]

    def _dates(self, batch: Batch, names: tuple[str, str, str]) -> list[Span | None]:
        found: list[Span | None] = []
        columns = [batch.cells(name) for name in names]
        for place, cells in enumerate(zip(*columns, strict=True)):
            if place in batch.bad:
                found.append(None)
                continue
            numbers = [self.numbers[cell] for cell in cells]
            fault = next((n for n in numbers if isinstance(n, Fault)), None)
            date = None
            if fault is None and numbers[0] is not None:
                date = span(*numbers, "-".join(filter(None, cells)))  # type: ignore[misc]
                fault = date if isinstance(date, Fault) else None
            if fault is not None:
                batch.reject(place, names[0], fault.reason, " ".join(cells).strip())
            found.append(None if isinstance(date, Fault) else date)
        return found


def _part(cell: str) -> int | None | Fault:
    """Read a year, month or day; a year may be written 1,815."""
    bare = cell.strip()
    whole = bare.replace(",", "") if len(bare) > 4 else bare
    return values.whole(whole)
