"""The slides of a TimelineJS JSON text as the rows of its sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from dashboard.provenance import Rejects
from dashboard.readers.base import Batch, Source
from dashboard.readers.jsonlists import cell, whole_json

_PARTS = ("year", "month", "day")
COLUMNS = (
    *("year", "month", "day", "end year", "end month", "end day", "display date"),
    *("headline", "text", "media", "media credit", "media caption", "type", "group", "unique_id"),
)
AT_A_TIME = 5_000


class SlideTable:
    """Title, events and eras, in the columns of the sheet."""

    def __init__(self, source: Source) -> None:
        self.source = source
        whole, encoding = whole_json(source)
        self.assumptions = [encoding, "The file is TimelineJS's JSON."]
        members = whole if isinstance(whole, dict) else {"events": whole}
        title = members.get("title")
        self.slides: list[tuple[str, object]] = [("title", title)] if title else []
        for name, kind in (("events", ""), ("eras", "era")):
            listed = members.get(name)
            self.slides += [(kind, item) for item in listed] if isinstance(listed, list) else []
        if members.get("scale") == "cosmological":
            self.assumptions.append("Its scale is cosmological: dates are years alone.")
        ids = [_row("", item)["unique_id"] for kind, item in self.slides if not kind]
        # Where some have no id, all are numbered.
        self.header: Sequence[str] = COLUMNS if all(ids) else COLUMNS[:-1]

    def batches(self) -> Iterator[Batch]:
        """Give the slides in batches."""
        for start in range(0, len(self.slides), AT_A_TIME):
            some = self.slides[start : start + AT_A_TIME]
            rows = [_row(kind, item) for kind, item in some]
            columns = {name: [row.get(name, "") for row in rows] for name in self.header}
            texts = [json.dumps(item, ensure_ascii=False) for _, item in some]
            numbers = range(start + 1, start + len(some) + 1)
            batch = Batch(numbers, [0] * len(some), columns, texts)
            for place, (_, item) in enumerate(some):
                if not isinstance(item, dict):
                    batch.reject(place, "", "is no slide: an object with named values.", "")
            yield batch
        self.source.options.progress(1.0)

    def rejects(self, texts: Sequence[str]) -> Rejects:
        """Make the kept-aside file: a list of events again."""
        return Rejects('{"events": [\n', tuple(texts), ",\n", "\n]}\n")


def _row(kind: str, item: object) -> dict[str, str]:
    slide = _object(item)
    start, end = _object(slide.get("start_date")), _object(slide.get("end_date"))
    words, media = _object(slide.get("text")), _object(slide.get("media"))
    row = {name: cell(start.get(name)) for name in _PARTS}
    row |= {f"end {name}": cell(end.get(name)) for name in _PARTS}
    return row | {
        "display date": cell(slide.get("display_date") or start.get("display_date")),
        "headline": cell(words.get("headline")),
        "text": cell(words.get("text")),
        "media": cell(media.get("url")),
        "media credit": cell(media.get("credit")),
        "media caption": cell(media.get("caption")),
        "type": kind,
        "group": cell(slide.get("group")),
        "unique_id": cell(slide.get("unique_id")),
    }


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
