"""TimeMap (Forensic Architecture, Bellingcat): events as JSON or as their sheet.

Days are month/day/year. Sources become the event's reports. An association of the mode CATEGORY
says the type; of FILTER, the actors, where its path begins with a word for them; all others stand
in the summary. Their side tables are read where they are in the same file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from dashboard.readers import values
from dashboard.readers.base import Batch, Head, Reading, Source
from dashboard.readers.building import Builder
from dashboard.readers.dates import FORMS
from dashboard.readers.drafts import Draft, Page
from dashboard.readers.jsonlists import cell
from dashboard.readers.mapped import MappedReader
from dashboard.readers.mapping import Plan, plan_of
from dashboard.readers.markup import plain
from dashboard.readers.nested import MemberTable
from dashboard.readers.own import terms_of
from dashboard.readers.pages import address, pages_of, publisher_of, unique
from dashboard.readers.tabular import Table, fill, table_of
from dashboard.readers.titles import cut
from dashboard.readers.values import Day

KEY = "timemap"
NAME = "TimeMap"
NEEDS = ("id", "description", "date", "location", "latitude", "longitude")
_DISTINCTIVE = ("description", "date", "latitude", "longitude")
_SIGNS = (
    *("time_precision", "time_display", "category_full", "associations", "association1"),
    *("source1", "civid"),
)
_INITIATORS = re.compile(r"perpetrat|actor|attacker|armed group|force|responsib", re.IGNORECASE)
_TARGETS = re.compile(r"victim|target", re.IGNORECASE)
_KNOWN = {
    "event_id": "id",
    "summary": "description",
    "start_date": "date",
    "place": "location",
    "latitude_deg": "latitude",
    "longitude_deg": "longitude",
}
_LONGEST, _MOST = 200, 40

Row = Mapping[str, object]


def recognises(head: Head) -> bool:
    """Whether a table or JSON has the columns of TimeMap's events."""
    is_kind = head.kind in ("json", "csv", "workbook")
    return is_kind and head.share(_DISTINCTIVE) == 1 and head.share(_SIGNS) > 0


def read(source: Source) -> Reading:
    """Read TimeMap's events.

    Raises:
        ReaderError: It is no whole JSON, has no dates, or no record could be loaded.
    """
    sides: dict[str, dict[str, Row]] = {}
    table: Table
    if source.head.kind == "json":
        table = members = MemberTable(source, "events")
        sides = {name: _by_id(members.members.get(name)) for name in ("sources", "associations")}
    else:
        table = table_of(source)
    names = {name.casefold() for name in table.header}
    known = {ours: theirs for ours, theirs in _KNOWN.items() if theirs in names}
    plan = plan_of(source.options.mapping, _mappable(table.header), source.name, known)
    table.assumptions += plan.sentences(())
    builder = Builder(source.name, KEY, terms_of(source.name), form_name=NAME)
    return fill(builder, table, _Events(source, plan, sides))


def _mappable(header: Sequence[str]) -> list[str]:
    """Leave out what is read otherwise or means something else than its name."""
    kept = []
    for name in header:
        bare = name.casefold()
        if not re.match(r"(sources?|associations?)[0-9]*\Z|[xyz]\Z|time\Z|colour\Z|shape\Z", bare):
            kept.append(name)
    return kept


def _by_id(rows: object) -> dict[str, Row]:
    """Return the rows of a side table by id, lower case."""
    listed = list(rows.values()) if isinstance(rows, dict) else rows
    if not isinstance(listed, list):
        return {}
    return {cell(row.get("id")).casefold(): row for row in listed if isinstance(row, dict)}


class _Events(MappedReader):
    """Makes drafts of TimeMap's events."""

    def __init__(self, source: Source, plan: Plan, sides: Mapping[str, Mapping[str, Row]]) -> None:
        super().__init__(source, plan)
        for column in self.days.values():
            column.if_unsure = "m/d/y"
        self.sides = sides

    def assumptions(self) -> list[str]:
        """Say what was taken for granted."""
        return [
            "Where a day may be month/day or day/month it is month/day, as TimeMap writes it.",
            *super().assumptions(),
        ]

    def draft(self, batch: Batch) -> Draft:
        """Make the events of a batch."""
        draft = super().draft(batch)
        linked = [self._associations(items) for items in self._lists(batch, "association")]
        given = draft.initiators or (), draft.targets or ()
        draft.initiators = [
            side or ";".join(one["initiators"]) for side, one in zip(given[0], linked, strict=True)
        ]
        draft.targets = [
            side or ";".join(one["targets"]) for side, one in zip(given[1], linked, strict=True)
        ]
        comments = batch.each("comments", plain)
        draft.summaries = [
            cut(" ".join(filter(None, (summary, comment, *_notes(one["notes"])))), 2_000)
            for summary, comment, one in zip(draft.summaries or (), comments, linked, strict=True)
        ]
        draft.source_date_precisions = batch.each("time_precision", values.text_or_blank)
        return draft

    def event_types(self, batch: Batch) -> list[str]:
        """Read the types: an association of the mode CATEGORY comes before the columns."""
        linked = [self._associations(items) for items in self._lists(batch, "association")]
        own = self.cells(batch, "event_type") or [""] * len(batch)
        said = [
            next(filter(self.types.__getitem__, (*one["types"], cells)), "")
            for one, cells in zip(linked, own, strict=True)
        ]
        return self.told_types(said)

    def pages(self, batch: Batch) -> list[list[Page]]:
        """Make a page of each source: its row in the side table, an address, or a name."""
        known = self.sides.get("sources", {})
        found = []
        for items in self._lists(batch, "source"):
            pages: list[Page] = []
            for item in items:
                row = item if isinstance(item, dict) else known.get(cell(item).casefold())
                pages += [_page(row)] if row else pages_of(cell(item), "")
            found.append(unique(pages)[:_MOST])
        return found

    def _lists(self, batch: Batch, name: str) -> list[list[object]]:
        """Return the items of `name + "s"`, a JSON list, and of columns name1, name2, ..."""
        numbered = [
            batch.columns[column]
            for column in batch.columns
            if re.fullmatch(rf"{name}[0-9]{{1,3}}", column)
        ]
        found = []
        for place, text in enumerate(batch.cells(f"{name}s")):
            items = _listed(text)
            items += [column[place] for column in numbered if not values.is_blank(column[place])]
            found.append(items)
        return found

    def _associations(self, items: Sequence[object]) -> dict[str, list[str]]:
        """Part associations into actors, types and notes."""
        found: dict[str, list[str]] = {"initiators": [], "targets": [], "types": [], "notes": []}
        known = self.sides.get("associations", {})
        for item in items:
            row = item if isinstance(item, dict) else known.get(cell(item).casefold(), {})
            title = values.text_or_blank(cell(row.get("title") or row.get("id") or item))
            mode = cell(row.get("mode")).upper()
            path = row.get("filter_paths")
            steps = [cell(step) for step in path] if isinstance(path, list) else []
            name = values.text_or_blank(steps[-1]) if steps else title
            root = steps[0] if len(steps) > 1 else ""
            if mode == "CATEGORY":
                found["types"].append(title)
            elif mode == "FILTER" and _TARGETS.search(root):
                found["targets"].append(name)
            elif mode == "FILTER" and _INITIATORS.search(root):
                found["initiators"].append(name)
            else:
                found["notes"].append(" > ".join(steps) or title)
        return found


def _listed(text: str) -> list[object]:
    """Read a JSON list, or names parted by ',' or ';'."""
    if values.is_blank(text):
        return []
    if text.lstrip().startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = []
        return found if isinstance(found, list) else []
    return [part.strip() for part in re.split(r"[;,]", text) if part.strip()]


def _notes(associations: Sequence[str]) -> list[str]:
    return [f"Tagged: {'; '.join(dict.fromkeys(associations))}."] if associations else []


def _page(row: Row) -> Page:
    """Make a page of a row of the table of sources."""
    texts = {name: values.text_or_blank(cell(row.get(name))) for name in ("id", "title", "author")}
    paths = row.get("paths")
    paths = paths if isinstance(paths, list) else [paths]
    url = next(filter(None, (address(cell(item)) for item in (row.get("url"), *paths))), "")
    day = FORMS["y-m-d"](cell(row.get("date")).strip()) or FORMS["m/d/y"](
        cell(row.get("date")).strip()
    )
    name = texts["author"] or publisher_of(url) or texts["title"] or texts["id"] or "Source"
    note = plain(cell(row.get("description")))
    return Page(
        cut(name, _LONGEST),
        cut(texts["title"], _LONGEST),
        day if isinstance(day, Day) else None,
        url,
        note=cut(note, _LONGEST),
    )
