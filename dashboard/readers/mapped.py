"""Drafts of any table by a plan of its columns: what plain tables, GeoJSON and KML share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.readers import values
from dashboard.readers.base import Batch, Fault, Memo, Source, Warn, listed
from dashboard.readers.cellwords import (
    attribution,
    country,
    date_precision,
    geo_precision,
    named_actors,
    well_known_point,
)
from dashboard.readers.drafts import Draft, Figures, Page
from dashboard.readers.eventtypes import type_of
from dashboard.readers.figures import Toll, persons, toll
from dashboard.readers.mapping import SAYABLE, Plan
from dashboard.readers.markup import plain
from dashboard.readers.pages import pages_of
from dashboard.readers.reportdays import ReportDays
from dashboard.readers.spans import FINENESS, Span, SpanColumn, joined, span
from dashboard.readers.titles import LONGEST, cut
from dashboard.readers.values import month_span, year_span
from dashboard.schema import UNDATED

_LONGEST_SUMMARY, _LONGEST_TITLE = 2_000, 140


class MappedReader:
    """Makes drafts of batches by a plan.

    A reader of a particular form makes batches of its own columns and a plan for them, and changes
    what it reads otherwise.
    """

    needs: Sequence[str] = ()

    def __init__(self, source: Source, plan: Plan) -> None:
        self.plan = plan
        self.unknown_countries: dict[str, None] = {}
        said = plan.date_format or source.options.date_format
        self.days = {
            ours: SpanColumn(plan.columns[ours], source, said)
            for ours in ("start_date", "end_date")
            if ours in plan.columns
        }
        if len(self.days) == 2:
            starts, ends = self.days.values()
            starts.partner, ends.partner = ends.column, starts.column
        self.report_days = ReportDays(
            plan.columns.get("published_date", "published_date"),
            source,
            said,
            [*self.days.values()],
        )
        self.types = Memo(self._type)
        self.memos: dict[str, Memo] = {}

    def assumptions(self) -> list[str]:
        """Say what was taken for granted."""
        said = [sentence for column in self.days.values() for sentence in column.sentences]
        if "published_date" in self.plan.columns:
            said += self.report_days.sentences
        if "geo_precision" not in self.plan.columns and not self.is_unplaced:
            said.append("The table does not say how exact its places are: taken as towns.")
        if self.unknown_countries:
            name = next(filter(SAYABLE.match, self.unknown_countries), "NAME")
            said.append(
                f"Countries whose names are not known: {listed(self.unknown_countries)}. To say"
                f' which they are, by three letters like IRQ: --map "country_code:{name}==CODE".'
            )
        if not {"initiators", "targets"} & {*self.plan.columns, *self.plan.constants}:
            said.append("The table does not say who acted.")
        if "killed_best" not in self.plan.columns and "killed_low" not in self.plan.columns:
            said.append("The table gives no number of dead: unknown, not zero.")
        return said

    @property
    def is_unplaced(self) -> bool:
        """Whether the table has no coordinates."""
        return not {"latitude_deg", "coordinates"} & self.plan.columns.keys()

    def draft(self, batch: Batch) -> Draft:
        """Make the events of a batch."""
        spans = self.spans(batch)
        killed, wounded = self.figures(batch, "killed"), self.figures(batch, "wounded")
        texts = {name: self.read(batch, name, plain) for name in ("title", "summary")}
        latitudes, longitudes = self.coordinates(batch)
        kinds = self.event_types(batch)
        ids = self.cells(batch, "event_id")
        return Draft(
            ids=[values.code(cell) for cell in ids] if ids is not None else None,
            id_column=self.plan.columns.get("event_id", ""),
            starts=[found[0] if found else None for found in spans],
            ends=[found[1] if found else None for found in spans],
            date_precisions=[found[2] if found else "" for found in spans],
            countries=self.read(batch, "country_code", self._country),
            country_column=self.plan.columns.get("country_code", ""),
            admin1=self.read(batch, "admin1", values.text_or_blank),
            places=self.read(batch, "place", values.text_or_blank),
            latitudes=latitudes,
            longitudes=longitudes,
            geo_precisions=self.read(batch, "geo_precision", geo_precision, "place"),
            types=kinds,
            initiators=self.read(batch, "initiators", self._actors),
            targets=self.read(batch, "targets", self._actors),
            attributions=self.read(batch, "attribution", attribution, "attributed"),
            killed=killed,
            wounded=wounded,
            toll_columns=", ".join(
                self.plan.columns[name]
                for name in ("killed_low", "killed_best", "killed_high")
                if name in self.plan.columns
            ),
            displaced=self.read(batch, "displaced", persons, None),
            titles=[
                cut(title or summary, _LONGEST_TITLE if title else LONGEST)
                for title, summary in zip(texts["title"], texts["summary"], strict=True)
            ],
            summaries=[cut(summary, _LONGEST_SUMMARY) for summary in texts["summary"]],
            pages=self._reported(batch, spans),
            source_types=self.read(batch, "event_type", values.text_or_blank),
            source_date_precisions=self.read(batch, "date_precision", values.text_or_blank),
            source_geo_precisions=self.read(batch, "geo_precision", values.text_or_blank),
        )

    def cells(self, batch: Batch, ours: str) -> Sequence[str] | None:
        """Return the cells of our column, a constant's too; None where the table has none."""
        if ours in self.plan.columns:
            return batch.cells(self.plan.columns[ours])
        constant = self.plan.constants.get(ours)
        return None if constant is None else [constant] * len(batch)

    def read(
        self, batch: Batch, ours: str, read: Callable[[str], object], missing: object = ""
    ) -> list:
        """Read our column; a constant that cannot be read rejects all records with its reason."""
        memo = self.memos.setdefault(f"{ours} {read.__name__}", Memo(read))
        if ours in self.plan.columns:
            return batch.read(self.plan.columns[ours], memo)
        constant = self.plan.constants.get(ours)
        value = missing if constant is None else memo[constant]
        if isinstance(value, Fault):
            for place in range(len(batch)):
                batch.reject(place, ours, value.reason, constant)
        return [value.value if isinstance(value, Warn) else value] * len(batch)

    def spans(self, batch: Batch) -> list[Span | None]:
        """Read first day, last day and precision of each event."""
        none: list[Span | None] = [None] * len(batch)
        starts = self.days["start_date"].read(batch) if "start_date" in self.days else none
        ends = self.days["end_date"].read(batch) if "end_date" in self.days else none
        parts = self._parts(batch)
        said = self.read(batch, "date_precision", date_precision)
        return [
            _widened(joined(start or part, end), word)
            for start, end, part, word in zip(starts, ends, parts, said, strict=True)
        ]

    def _parts(self, batch: Batch) -> list[Span | None]:
        """Read the dates that stand in columns for year, month and day."""
        if not {"year", "start_date"} & {*self.plan.columns, *self.plan.constants}:
            return [None] * len(batch)
        columns = [self.read(batch, name, values.whole, None) for name in ("year", "month", "day")]
        found: list[Span | None] = []
        for place, (year, month, day) in enumerate(zip(*columns, strict=True)):
            if year is None:
                found.append(None)
                continue
            written = "-".join(str(part) for part in (year, month, day) if part is not None)
            date = span(year, month, day, written)
            if isinstance(date, Fault):
                batch.reject(place, self.plan.columns.get("year", "year"), date.reason, written)
                date = None
            found.append(date)
        return found

    def coordinates(self, batch: Batch) -> tuple[list, list]:
        """Read latitudes and longitudes, from two columns or one of points."""
        if "latitude_deg" in self.plan.columns or "coordinates" not in self.plan.columns:
            return (
                self.read(batch, "latitude_deg", values.latitude, None),
                self.read(batch, "longitude_deg", values.longitude, None),
            )
        points = self.read(batch, "coordinates", well_known_point, None)
        return (
            [point[0] if point else None for point in points],
            [point[1] if point else None for point in points],
        )

    def figures(self, batch: Batch, quantity: str) -> list[Figures]:
        """Read low, best and high of a toll; a range in one cell is its low and high."""
        low, best, high = (
            self.read(batch, f"{quantity}_{level}", toll, None) for level in ("low", "best", "high")
        )
        return [_figures(*row) for row in zip(low, best, high, strict=True)]

    def event_types(self, batch: Batch) -> list[str]:
        """Read the types; what is none that we know is ""."""
        cells = self.cells(batch, "event_type") or [""] * len(batch)
        return self.told_types(cells)

    def told_types(self, cells: Sequence[str]) -> list[str]:
        """Return our types by the table's words for them, "" for a word that we do not know."""
        return [str(self.types[cell]) for cell in cells]

    def pages(self, batch: Batch) -> list[list[Page]] | None:
        """Read the sources of each event; None where the table has none."""
        names, addresses = self.cells(batch, "source"), self.cells(batch, "source_url")
        if names is None and addresses is None:
            return None
        blank = [""] * len(batch)
        return [
            pages_of(name, address)
            for name, address in zip(names or blank, addresses or blank, strict=True)
        ]

    def _reported(self, batch: Batch, spans: Sequence[Span | None]) -> list[list[Page]] | None:
        """Read the sources of each event with the day on which they reported it."""
        pages, cells = self.pages(batch), self.cells(batch, "published_date")
        return pages if cells is None else self.report_days.dated(batch, pages, cells, spans)

    def _type(self, cell: str) -> str:
        word = self.plan.words["event_type"].get(cell.strip().casefold())
        return word if word is not None else type_of(cell)

    def _country(self, cell: str) -> str:
        word = self.plan.words["country_code"].get(cell.strip().casefold())
        code = country(cell if word is None else word)
        name = values.text_or_blank(cell)
        if name and not code:
            self.unknown_countries.setdefault(name)
        return code

    def _actors(self, cell: str) -> str:
        return named_actors(cell, self.plan.words["actors"])


def _figures(low: Toll | None, best: Toll | None, high: Toll | None) -> Figures:
    """Join three cells to low, best and high; a range in the middle one is low and high."""
    if best is None or best[0] == best[1]:
        return low and low[0], best and best[0], high and high[1]
    return low[0] if low else best[0], None, high[1] if high else best[1]


def _widened(found: Span | None, word: str) -> Span | None:
    """Let a date that is said to be known to the month or year span it; to be unknown, be none."""
    if word == UNDATED:
        return None
    if found is None or not word or FINENESS.index(word) <= FINENESS.index(found[2]):
        return found
    first, last, _ = found
    if word == "month" and first == last:
        return (*month_span(first.year, first.month), word)
    if word == "year" and first.year == last.year:
        return (*year_span(first.year), word)
    return first, last, word
