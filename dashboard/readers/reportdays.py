"""The day on which an event's source reported it: never the day of the event."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dashboard.errors import ReaderError, shown
from dashboard.readers.base import Batch, Memo, Source
from dashboard.readers.dates import FORMS, form_of, known_form, told_order
from dashboard.readers.drafts import Page
from dashboard.readers.spans import Span, SpanColumn
from dashboard.readers.values import Day, is_blank

# The table itself, whose name the builder knows.
_TABLE = Page("")
# A day known to the week may be as much earlier; a month or year spans what it may be.
_SLACK = {"week": datetime.timedelta(days=7)}


@dataclass(eq=False)
class ReportDays:
    """Gives pages the days of a column of reports.

    What is no day costs the report its day and not the event its place in the table: another's
    slip about when it wrote says nothing about what happened.

    Attributes:
        column: The table's column, in lower case.
        source: The file.
        said: The form of its dates, "" to be found.
        events: The columns of the events' days: theirs is the order of day and month, where this
            one does not tell.
        form: The form that was found.
    """

    column: str
    source: Source
    said: str
    events: Sequence[SpanColumn]
    form: str = ""
    _memo: Memo = field(init=False)

    def __post_init__(self) -> None:
        self.form = known_form(self.said) if self.said else ""
        self._memo = Memo(self._days)

    def dated(
        self,
        batch: Batch,
        pages: Sequence[Sequence[Page]] | None,
        cells: Sequence[str],
        spans: Sequence[Span | None],
    ) -> list[list[Page]]:
        """Return the pages of each event with the day of its report.

        Days parted by ';' belong to as many pages one by one; a single one is that of each. A page
        that has a day of its own keeps it.
        """
        if not self.form:
            self._find_form(batch, cells)
        found = []
        for place, (some, cell, date) in enumerate(
            zip(pages or [()] * len(batch), cells, spans, strict=True)
        ):
            some = list(some)
            days = () if is_blank(cell) else self._memo[cell]
            if days and len(days) in (1, len(some)):
                self._warn_of_early(batch, place, days, date)
                some = some or [_TABLE]
                days = days * len(some) if len(days) == 1 else days
                some = [
                    replace(page, published=page.published or day)
                    for page, day in zip(some, days, strict=True)
                ]
            elif not is_blank(cell):
                said = f" in the form {self.form}" if self.form else " that can be read"
                reason = f"{shown(cell)} is not a day{said}: the report stands without one."
                if days:
                    reason = f"{shown(cell)} are not as many days as sources: left out."
                batch.warn(place, self.column, reason, cell)
            found.append(some)
        return found

    @property
    def sentences(self) -> list[str]:
        """Say in which form the days were read."""
        return [f"Dates in {self.column} are written {self.form}."] if self.form else []

    def _find_form(self, batch: Batch, cells: Sequence[str]) -> None:
        """Find the form; a column without one leaves its reports without days."""
        orders = [column.form for column in self.events if column.form in ("d/m/y", "m/d/y")]
        orders += [told_order(batch.cells(column.column)) for column in self.events]
        order = next(filter(None, orders), "")
        parts = [part for cell in cells for part in cell.split(";")]
        try:
            self.form = form_of(parts, self.column, self.source.name, order)
        except ReaderError:
            return
        self._memo.clear()

    def _days(self, cell: str) -> tuple[Day, ...]:
        """Read the days of a cell; () where one of them is none."""
        read = FORMS.get(self.form, lambda _: None)
        days = [read(part.strip()) for part in cell.split(";")]
        known = tuple(day for day in days if isinstance(day, Day))
        return known if len(known) == len(days) else ()

    def _warn_of_early(
        self, batch: Batch, place: int, days: Iterable[Day], date: Span | None
    ) -> None:
        """Name a report from before its event: both days stay, as one of them is a slip."""
        if date is None:
            return
        start, _, precision = date
        first = min(days)
        if first < start - _SLACK.get(precision, datetime.timedelta()):
            reason = f"{first} is before the event, which begins on {start}: both days are kept."
            batch.warn(place, self.column, reason)
