"""A list of records in a JSON text that holds other members beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from dashboard.provenance import Rejects
from dashboard.readers.base import Batch, Source
from dashboard.readers.jsonlists import cell, whole_json

AT_A_TIME = 5_000


class MemberTable:
    """The records of one member as a table; `members` holds the others."""

    def __init__(self, source: Source, member: str) -> None:
        self.source = source
        self.member = member
        whole, encoding = whole_json(source)
        self.assumptions = [encoding, "The file is JSON: a list of records."]
        self.members: Mapping[str, object] = whole if isinstance(whole, dict) else {member: whole}
        records = self.members.get(member, [whole])
        listed = list(records.values()) if isinstance(records, dict) else records
        self.records: list[object] = listed if isinstance(listed, list) else []
        keys = (key for record in self.records if isinstance(record, dict) for key in record)
        self.header: Sequence[str] = tuple(dict.fromkeys(keys))

    def batches(self) -> Iterator[Batch]:
        """Give the records in batches."""
        for start in range(0, len(self.records), AT_A_TIME):
            some = self.records[start : start + AT_A_TIME]
            rows = [item if isinstance(item, dict) else {} for item in some]
            columns = {
                name.casefold(): [cell(row.get(name)) for row in rows] for name in self.header
            }
            texts = [json.dumps(item, ensure_ascii=False) for item in some]
            numbers = range(start + 1, start + len(some) + 1)
            batch = Batch(numbers, [0] * len(some), columns, texts)
            for place, item in enumerate(some):
                if not isinstance(item, dict):
                    batch.reject(place, "", "is no record: an object with named values.", "")
            yield batch
        self.source.options.progress(1.0)

    def rejects(self, texts: Sequence[str]) -> Rejects:
        """Make the kept-aside file: the member again."""
        return Rejects(f'{{"{self.member}": [\n', tuple(texts), ",\n", "\n]}\n")
