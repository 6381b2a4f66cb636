"""The records of a CSV file in batches, whatever state the file is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dashboard.provenance import Rejects
from dashboard.readers.base import Batch, Source
from dashboard.readers.files import (
    MIXED,
    Encoding,
    Lines,
    delimiter_name,
    encoding_of,
    form_of,
)
from dashboard.readers.parsing import Feed, Record, header_text, parsed

# So many cells are held as Python strings at a time.
CELLS_AT_A_TIME = 50_000
_INDEX_NAMES = ("", "unnamed: 0")


class CsvTable:
    """A delimited text: its header, and its records in batches.

    `assumptions` says what was sniffed; it is complete once the batches have been read.
    """

    def __init__(self, source: Source) -> None:
        options = source.options
        self.source = source
        self.encoding: Encoding = encoding_of(source.path, options.encoding)
        self.form = form_of(source.name, source.head.text, options.delimiter)
        self.header = self.form.header
        self.head_text = ""
        self.assumptions = [
            self.encoding.sentence,
            f"Columns are parted by: {delimiter_name(self.form.delimiter)}.",
        ]
        self._columns = _columns(self.header, self.assumptions)
        self._width = len(self.header)

    def with_header(self, names: Sequence[str]) -> CsvTable:
        """Take these names for the columns of a file whose first line is a record already."""
        self.header = tuple(names)
        self._columns = _columns(self.header, self.assumptions)
        self._width = len(names)
        self.form = type(self.form)(self.form.delimiter, (), self.form.skipped_lines)
        self.assumptions.append("The file has no header; its columns are those of the form.")
        return self

    def batches(self) -> Iterator[Batch]:
        """Read the file once; a malformed record comes rejected already, without cells."""
        most = max(200, min(10_000, CELLS_AT_A_TIME // max(self._width, 1)))
        lines = Lines(self.source.path, self.encoding)
        number = blank = 0
        sound: list[tuple[int, Record]] = []
        malformed: list[tuple[int, Record]] = []
        for record in self._records(lines):
            if record.cells is not None and not any(record.cells):
                blank += 1
                continue
            number += 1
            (malformed if record.cells is None else sound).append((number, record))
            if len(sound) + len(malformed) >= most:
                yield from self._filled(sound, malformed)
                sound, malformed = [], []
                self.source.options.progress(lines.part)
        yield from self._filled(sound, malformed)
        self.source.options.progress(1.0)
        if blank:
            self.assumptions.append(f"Empty lines left out: {blank:,}.")
        if lines.other_encoding:
            self.assumptions.append(f"Lines in Windows-1252: {lines.other_encoding:,}.")

    def rejects(self, texts: Sequence[str]) -> Rejects:
        """Make the kept-aside file: the header, then the records as they stand."""
        name = "utf-8" if self.encoding.name == MIXED else self.encoding.name
        return Rejects(self.head_text, tuple(texts), encoding=name)

    def _filled(self, sound: list, malformed: list) -> Iterator[Batch]:
        if sound:
            cells = list(zip(*(record.cells for _, record in sound), strict=True))
            columns = {name: cells[place] for name, place in self._columns.items()}
            yield self._batch(sound, columns)
        if malformed:
            batch = self._batch(malformed, {})
            for place, (_, record) in enumerate(malformed):
                batch.reject(place, "", record.reason)
            yield batch

    def _batch(self, some: list[tuple[int, Record]], columns: Mapping[str, Sequence[str]]) -> Batch:
        batch = Batch(
            [number for number, _ in some],
            [record.line for _, record in some],
            columns,
            [record.text for _, record in some],
        )
        if not self.encoding.name.startswith("utf-8") or self.encoding.name == MIXED:
            for place, text in enumerate(batch.texts):
                if "\ufffd" in text:
                    batch.warn(place, "", "holds a byte that is no letter, shown as \ufffd.")
        return batch

    def _records(self, lines: Lines) -> Iterator[Record]:
        feed = Feed(iter(lines))
        records = parsed(feed, self.form.delimiter, self._width)
        for _ in range(self.form.skipped_lines):
            next(feed, None)
        if self.form.header:
            self.head_text = header_text(feed, self.form.delimiter)
        first = next(records, None)
        if first is None:
            return
        if first.cells and self._is_hxl(first.cells):
            self.assumptions.append("The second line holds HXL tags and was left out.")
        else:
            yield first
        yield from records

    def _is_hxl(self, cells: Sequence[str]) -> bool:
        named = [cells[place].strip() for place in self._columns.values()]
        tagged = [cell for cell in named if cell]
        return bool(tagged) and all(cell.startswith("#") for cell in tagged)


def _columns(header: Sequence[str], assumptions: list[str]) -> dict[str, int]:
    """Map column names in lower case to their places; note what is not read."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        key = name.casefold()
        if key in _INDEX_NAMES:
            if place == 0:
                assumptions.append("The first column has no name: an index, left out.")
        elif key in places:
            assumptions.append(f"The column {name!r} stands twice: the first is read.")
        else:
            places[key] = place
    return places
