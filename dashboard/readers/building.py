"""From drafts to a Dataset, and the account of every record."""

from __future__ import annotations

import bisect
import hashlib
from array import array
from collections.abc import Iterable, Sequence

import pandas as pd
import pyarrow as pa

from dashboard.dataset import assemble
from dashboard.engine import fold
from dashboard.errors import Problem, ReaderError, shown
from dashboard.provenance import Rejects, Report, Terms
from dashboard.readers.actors import NOT_STATED, Actors
from dashboard.readers.base import Batch, Reading
from dashboard.readers.columns import Part, joined, typed
from dashboard.readers.drafts import Draft, Page
from dashboard.readers.keys import Keys
from dashboard.readers.places import NOWHERE, theatres
from dashboard.readers.settling import (
    check_days,
    settle_dates,
    settled_countries,
    settled_places,
    settled_tolls,
    settled_types,
    told,
)
from dashboard.readers.titles import title
from dashboard.readers.values import slug, text
from dashboard.schema import EVENTS, ORDER, REPORTS, SOURCE_COLUMNS, UNDATED

UNKNOWN_LANGUAGE = "und"
_LEVELS = ("low", "best", "high")
# A link takes ids of 80 letters, the form's key included.
_LONGEST_ID, _LONGEST_OWN_ID = 60, 80


class Builder:
    """Takes batches with their drafts, and gives the reading in the end.

    Args:
        file: The file's name.
        form: The reader's key.
        terms: Those of the table's source; its name stands as the source of each event.
        form_name: What the form is called, where that is not the source's name.
        has_our_ids: Whether the events' ids are keys already, and stay as they are.
    """

    def __init__(
        self,
        file: str,
        form: str,
        terms: Terms,
        *,
        form_name: str = "",
        has_our_ids: bool = False,
    ) -> None:
        self.file = file
        self.form = form
        self.terms = terms
        self.form_name = form_name or terms.name
        self.prefix = "" if has_our_ids else f"{form}-"
        self.longest_id = _LONGEST_OWN_ID if has_our_ids else _LONGEST_ID
        self.actors = Actors()
        self.records = self.loaded = self.located = self.unstated = 0
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.rejected: list[tuple[int, str]] = []
        self.doubles: list[tuple[int, int]] = []  # a record, and the first one of its id
        self._events: list[Part] = []
        self._reports: list[Part] = []
        self._keys = Keys(self._key_at)
        self._numbers = array("q")  # of the events' records
        self._looked_up: tuple[int, pa.Array | tuple] = (-1, ())
        self._ends: list[int] = []  # how many events there are up to each part

    def add(self, batch: Batch, draft: Draft | None = None) -> None:
        """Take the events of a batch; without a draft all its records are rejected already."""
        self.records += len(batch)
        if draft is not None:
            self._take(batch, draft.filled(len(batch)))
        kept = [fault for fault in batch.warnings if fault[0] not in batch.bad]
        self.problems += self._problems(batch, batch.faults)
        self.warnings += self._problems(batch, kept)
        self.rejected += [(batch.numbers[place], batch.texts[place]) for place in batch.bad]

    def reading(self, rejects: Rejects, assumptions: Iterable[str]) -> Reading:
        """Join what was taken to a Dataset.

        Args:
            rejects: The kept-aside file without its records, which are filled in here.
            assumptions: What was taken for granted.

        Raises:
            ReaderError: No record could be loaded.
        """
        if not self.loaded:
            raise ReaderError(self._nothing())
        self._keys = Keys(self._key_at)
        events = joined((*EVENTS, *SOURCE_COLUMNS), self._events, ORDER["events"])
        undated = settle_dates(events, self.file)
        left_open = told(self.unstated, self.located)
        reports = joined(REPORTS, self._reports, ORDER["reports"])
        texts = tuple(record for _, record in sorted(self.rejected, key=lambda pair: pair[0]))
        report = Report(
            file=self.file,
            form=self.form,
            form_name=self.form_name,
            records=self.records,
            loaded=self.loaded,
            problems=tuple(sorted(self.problems, key=_by_record)),
            warnings=tuple(sorted(self.warnings, key=_by_record)),
            assumptions=tuple(dict.fromkeys([*assumptions, *left_open, *undated])),
            rejects=Rejects(rejects.head, texts, rejects.joint, rejects.tail, rejects.encoding),
        )
        frames = {
            "events": events,
            "reports": reports,
            "actors": self.actors.frame(),
            "theatres": theatres(events),
        }
        _drop_lost_parents(events)
        name = ", ".join(dict.fromkeys((self.terms.name, self.file)))
        return Reading(assemble(frames, name=name, terms=self.terms, report=report), report)

    def _nothing(self) -> str:
        if not self.records:
            return f"{self.file} has a header but no records."
        first, name = min(self.problems, key=_by_record), self.form_name
        if self.records == 1:
            return f"The one record of {self.file} cannot be read as {name}: {first}"
        said = f"None of the {self.records:,} records of {self.file} can be read as {name}."
        return f"{said} The first: {first}"

    def _problems(self, batch: Batch, faults: Iterable[tuple[int, str, str, str]]) -> list[Problem]:
        names = {name: f"{self.file}, sheet {shown(name)}" for name in set(batch.sheets)}
        files = [names[name] for name in batch.sheets] or [self.file] * len(batch)
        numbers, lines = batch.numbers, batch.lines
        return [
            Problem(files[place], reason, numbers[place], lines[place] or None, column, value)
            for place, column, reason, value in faults
        ]

    def _take(self, batch: Batch, draft: Draft) -> None:
        """Make frames of the events that can be loaded, and of their reports."""
        raw = draft.ids if draft.ids is not None else [str(number) for number in batch.numbers]
        spots = settled_places(batch, draft)
        check_days(batch, draft, spots)
        ids = self._event_ids(batch, draft.id_column, raw)
        killed = settled_tolls(batch, draft.killed or (), draft.toll_columns)
        wounded = settled_tolls(batch, draft.wounded or (), "")
        countries, located = settled_countries(
            batch, draft.countries or (), draft.country_column, spots
        )
        self.located += located
        keep = [place for place in range(len(batch)) if place not in batch.bad]
        if not keep:
            return
        self.loaded += len(keep)
        self._ends.append(self.loaded)
        self._keys.add([ids[place] for place in keep])
        self._numbers.extend(batch.numbers[place] for place in keep)

        def kept(values: Sequence | None) -> Sequence:
            values = values or ()
            return values if len(keep) == len(values) else [values[place] for place in keep]

        types, unstated = settled_types(kept(draft.types))
        self.unstated += unstated
        sides = kept(draft.initiators), kept(draft.targets)
        columns = {
            "event_id": kept(ids),
            "start_date": kept(draft.starts),
            "end_date": kept(draft.ends),
            "date_precision": [
                UNDATED if day is None else word
                for day, word in zip(kept(draft.starts), kept(draft.date_precisions), strict=True)
            ],
            "country_code": [code or NOWHERE for code in kept(countries)],
            "admin1": kept(draft.admin1),
            "place": kept(draft.places),
            "event_type": types,
            "initiators": [
                self.actors.ids(side) or self.actors.ids(NOT_STATED) for side in sides[0]
            ],
            "targets": [self.actors.ids(side) for side in sides[1]],
            "attribution": kept(draft.attributions),
            "displaced": kept(draft.displaced),
            "part_of": [self._key(parent) for parent in kept(draft.parents)],
            "title": self._titles(kept(draft.titles), types, sides, kept(draft.places)),
            "source_event_id": [
                text(cell) for cell in kept(draft.source_ids or draft.ids or [""] * len(batch))
            ],
            "source_event_type": kept(draft.source_types),
            "source_date_precision": kept(draft.source_date_precisions),
            "source_geo_precision": kept(draft.source_geo_precisions),
        }
        columns["summary"] = [
            summary or own
            for summary, own in zip(kept(draft.summaries), columns["title"], strict=True)
        ]
        triples = {"killed": kept(killed), "wounded": kept(wounded)}
        for quantity, figures in triples.items():
            for level, values in zip(_LEVELS, zip(*figures, strict=True), strict=True):
                columns[f"{quantity}_{level}"] = values
        names = ("latitude_deg", "longitude_deg", "geo_precision")
        columns |= dict(zip(names, zip(*kept(spots), strict=True), strict=True))
        self._events.append(typed((*EVENTS, *SOURCE_COLUMNS), columns, len(keep)))
        self._reports.append(self._report_columns(kept(ids), kept(draft.pages)))

    def _event_ids(self, batch: Batch, column: str, raw: Sequence[str]) -> list[str]:
        """Make a key of each id; an event whose id is empty or stands already is rejected."""
        found = ["" if place in batch.bad else self._key(cell) for place, cell in enumerate(raw)]
        own: dict[str, int] = {}
        for place, (event_id, before) in enumerate(
            zip(found, self._keys.places(found), strict=True)
        ):
            if place in batch.bad:
                continue
            number = batch.numbers[place]
            first = self._numbers[before] if before >= 0 else own.setdefault(event_id, number)
            if not event_id:
                batch.reject(place, column, "is empty: the event has no id.")
            elif first != number:
                self.doubles.append((number, first))
                said = f"{shown(raw[place])} stands already in record {first}."
                batch.reject(place, column, said)
        return found

    def _key_at(self, place: int) -> str:
        """Return the id of an event that was taken, by its place among them all."""
        part = bisect.bisect_right(self._ends, place)
        start = self._ends[part - 1] if part else 0
        if self._looked_up[0] != part:
            self._looked_up = part, self._events[part]["event_id"].array()
        return self._looked_up[1][place - start].as_py()

    def _key(self, cell: str) -> str:
        """Make an event's key of its id in the source; none gives ""."""
        if not cell:
            return ""
        is_plain = cell.isascii() and cell.isalnum()
        key = cell.lower() if is_plain else slug(fold(cell))
        if len(key) > self.longest_id or (not key and cell.strip()):
            digest = hashlib.sha256(cell.encode("utf-8", "replace")).hexdigest()[:8]
            key = f"{key[: self.longest_id - 9]}-{digest}".strip("-")
        return f"{self.prefix}{key}" if key else ""

    def _titles(
        self,
        given: Sequence[str],
        types: Sequence[str],
        sides: tuple[Sequence[str], Sequence[str]],
        places: Sequence[str],
    ) -> list[str]:
        label = self.actors.label
        return [
            own or title(kind, label(initiator), label(target), place)
            for own, kind, initiator, target, place in zip(
                given, types, *sides, places, strict=True
            )
        ]

    def _report_columns(self, ids: Sequence[str], pages: Sequence[Sequence[Page]]) -> Part:
        """Make a row of each page; an event without one has the table itself."""
        own = (Page(self.terms.name),)
        pairs = [
            (event_id, page)
            for event_id, some in zip(ids, pages, strict=True)
            for page in some or own
        ]
        columns = {
            "event_id": [event_id for event_id, _ in pairs],
            "publisher": [page.publisher or self.terms.name for _, page in pairs],
            "url": [page.url for _, page in pairs],
            "title": [page.title for _, page in pairs],
            "published_date": [page.published for _, page in pairs],
            "language": [page.language or UNKNOWN_LANGUAGE for _, page in pairs],
            "note": [page.note for _, page in pairs],
        }
        return typed(REPORTS, columns, len(pairs))


def _drop_lost_parents(events: pd.DataFrame) -> None:
    """Let events stand alone whose overview event was not loaded."""
    if events["part_of"].any():
        is_there = events["part_of"].isin(events["event_id"])
        events["part_of"] = events["part_of"].where(is_there, "")


def _by_record(problem: Problem) -> int:
    return problem.record or 0
