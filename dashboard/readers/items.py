"""The rows of a SPARQL answer joined by item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dashboard.errors import ReaderError, plural
from dashboard.provenance import Rejects
from dashboard.readers import values
from dashboard.readers.base import Batch, Source, listed_columns
from dashboard.readers.records import CsvTable

ENTITY = re.compile(r"<?(?:https?://www\.wikidata\.org/(?:entity|wiki)/|wd:)?(Q[0-9]{1,12})>?\Z")
PLACE = re.compile(r"(?:<[^>]*>\s*)?point\s*\(", re.IGNORECASE)
TIME = re.compile(r"[+-]?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z\Z")
# Wikidata writes a value that is there but unknown as a blank node.
_UNKNOWN = re.compile(r"(?:_:.*|t[0-9]+|.*/\.well-known/genid/.*)\Z")
_NO_LABEL = re.compile(r"Q[0-9]+\Z")
_NUMBER = re.compile(r"[0-9]+(?:\.0+)?\Z")
AT_A_TIME = 5_000


class ItemTable:
    """One record for each item, in the order of their first rows."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.rows = CsvTable(source)
        self.assumptions = self.rows.assumptions
        self.malformed: list[Batch] = []
        self.batch_rows: list[tuple[int, int, dict[str, str], str]] = list(self._read())
        self.header: Sequence[str] = self.rows.header
        self.item = self._item()
        self._label()

    def column_of(self, pattern: re.Pattern[str], last: str = "") -> str:
        """Return the first column most of whose cells are of one kind, "" for none.

        Args:
            pattern: Cells of that kind.
            last: A column that is taken only where no other is.
        """
        some = [row for _, _, row, _ in self.batch_rows[:200]]
        names = [name.casefold() for name in self.header]
        for name in sorted(names, key=lambda name: name == last):
            cells = [row[name] for row in some if row.get(name)]
            if cells and sum(bool(pattern.match(cell)) for cell in cells) * 2 > len(cells):
                return name
        return ""

    def batches(self) -> Iterator[Batch]:
        """Give the items in batches, then the malformed rows."""
        groups: dict[str, list[tuple[int, int, dict[str, str], str]]] = {}
        for row in self.batch_rows:
            groups.setdefault(row[2].get(self.item) or f"\0{row[0]}", []).append(row)
        if len(groups) < len(self.batch_rows):
            self.assumptions.append(
                f"{len(self.batch_rows):,} rows hold {plural(len(groups), 'item')}: several"
                " values of an item are joined, and different numbers make a range."
            )
        items = list(groups.values())
        for start in range(0, len(items), AT_A_TIME):
            yield self._batch(items[start : start + AT_A_TIME])
        yield from self.malformed

    def rejects(self, texts: Sequence[str]) -> Rejects:
        """Make the kept-aside file: the header, then the rows as they stand."""
        return self.rows.rejects(texts)

    def _read(self) -> Iterator[tuple[int, int, dict[str, str], str]]:
        for batch in self.rows.batches():
            if len(batch.bad) == len(batch):
                self.malformed.append(batch)
                continue
            names = list(batch.columns)
            for place, cells in enumerate(zip(*batch.columns.values(), strict=True)):
                row = {n: cleaned(c) for n, c in zip(names, cells, strict=True)}
                yield batch.numbers[place], batch.lines[place], row, batch.texts[place]

    def _item(self) -> str:
        found = self.column_of(ENTITY)
        if not found:
            raise ReaderError(
                f"{self.source.name} looks like Wikidata's but no column holds items such as"
                f" http://www.wikidata.org/entity/Q42. It has the {listed_columns(self.header)}."
            )
        return found

    def _label(self) -> None:
        """Put labels in the place of items; one without a label is told by its number."""
        own = f"{self.item}label"
        labels = [n for n in map(str.casefold, self.header) if n.endswith("label") and n != own]
        for _, _, row, _ in self.batch_rows:
            for name in labels:
                label = row.pop(name, "")
                number = _NO_LABEL.match(label)
                row[name.removesuffix("label")] = f"Wikidata item {label}" if number else label
            if _NO_LABEL.match(row.get(own, "")):
                row[own] = ""
        names = [
            name[: -len("label")] if name.casefold() in labels else name for name in self.header
        ]
        self.header = tuple({name.casefold(): name for name in names}.values())

    def _batch(self, items: Sequence[Sequence[tuple[int, int, dict[str, str], str]]]) -> Batch:
        names = list(self.batch_rows[0][2])
        joined = [_joined([row for _, _, row, _ in rows]) for rows in items]
        batch = Batch(
            [rows[0][0] for rows in items],
            [rows[0][1] for rows in items],
            {name: [row[name][0] for row in joined] for name in names},
            ["".join(text for *_, text in rows) for rows in items],
        )
        for place, row in enumerate(joined):
            for name, (value, others) in row.items():
                if others:
                    batch.warn(
                        place, name, f"has several values: {value} stands.", "; ".join(others)
                    )
        return batch


def cleaned(cell: str) -> str:
    """Return a cell without what stands for an unknown value; an item as its id."""
    bare = cell.strip()
    if _UNKNOWN.match(bare) or values.is_blank(bare):
        return ""
    match = ENTITY.match(bare)
    return match[1] if match else bare


def _joined(rows: Sequence[Mapping[str, str]]) -> dict[str, tuple[str, Sequence[str]]]:
    """Join the rows of an item: a value for each column, and what else it has that is left out."""
    return {
        name: _value(name, list(dict.fromkeys(row[name] for row in rows if row[name])))
        for name in rows[0]
    }


def _value(name: str, some: Sequence[str]) -> tuple[str, Sequence[str]]:
    if len(some) < 2 or name.endswith(("label", "description")):
        return (some[0] if some else ""), ()
    if all(_NUMBER.match(cell) and not values.is_ambiguous(cell) for cell in some):
        numbers = sorted(int(float(cell)) for cell in some)
        return (f"{numbers[0]}-{numbers[-1]}" if numbers[0] < numbers[-1] else some[0]), ()
    if any(PLACE.match(cell) or TIME.match(cell) for cell in some):
        return some[0], some[1:]
    return "; ".join(some), ()
