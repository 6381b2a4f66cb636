"""The records of a CSV file in batches, whatever state the file is in."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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

# So many cells are held as Python strings at a time.
CELLS_AT_A_TIME = 200_000
LONGEST_LINE = 4 * 1024 * 1024
# A cell of so many columns or more does not hold a whole record by chance.
_WIDE = 8
_OPEN_QUOTE = "has a quote that is not closed: its last cell runs into other records."
_INDEX_NAMES = ("", "unnamed: 0")


@dataclass(frozen=True, slots=True)
class _Record:
    """One record: its first line, its cells (None: malformed, `reason` says how), its text."""

    line: int
    cells: list[str] | None
    text: str
    reason: str = ""


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
        sound: list[tuple[int, _Record]] = []
        malformed: list[tuple[int, _Record]] = []
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

    def _batch(
        self, some: list[tuple[int, _Record]], columns: Mapping[str, Sequence[str]]
    ) -> Batch:
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

    def _records(self, lines: Lines) -> Iterator[_Record]:
        feed = _Feed(iter(lines))
        records = _parsed(feed, self.form.delimiter, self._width)
        for _ in range(self.form.skipped_lines):
            next(feed, None)
        if self.form.header:
            self.head_text = _header_text(feed, self.form.delimiter)
        first = next(records, None)
        if first is None:
            return
        if first.cells is not None and self._is_hxl(first.cells):
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


class _Feed:
    """Lines for the csv module, which can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0
        self.has_ended = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        """Take the next line."""
        if self.back:
            line = self.back.popleft()
        else:
            try:
                line = next(self.lines)
            except StopIteration:
                self.has_ended = True
                raise
        self.number += 1
        self.taken.append(line)
        return line if len(line) <= LONGEST_LINE else "\n"

    def begin(self) -> int:
        """Begin a record and return the number of its first line."""
        self.taken = []
        return self.number + 1

    def give_back(self, lines: Sequence[str]) -> None:
        """Let lines be taken again."""
        self.has_ended = False
        self.back.extendleft(reversed(lines))
        self.number -= len(lines)


def _header_text(feed: _Feed, delimiter: str) -> str:
    """Take the header and return its text."""
    while True:
        feed.begin()
        try:
            cells = next(csv.reader(feed, delimiter=delimiter), None)
        except csv.Error:
            feed.give_back(feed.taken[1:])
            del feed.taken[1:]
            cells = [""]
        text = "".join(feed.taken)
        if cells or cells is None:
            return text if text.endswith(("\n", "\r")) else text + "\n"


def _parsed(feed: _Feed, delimiter: str, width: int) -> Iterator[_Record]:
    """Parse record by record; after a malformed one go on with the next line that is sound.

    An opening quote that nobody closes makes the csv module take all lines to the next quote for
    one cell. Records in there must not be lost.
    """
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        line = feed.begin()
        cells: list[str] | None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells, reason = None, _why(error)
        else:
            if len(cells) > width and not any(cells[width:]):
                cells = cells[:width]
            reason = _fault(cells, feed, width)
        own = len(feed.taken)
        if own > 1:
            own = _own_lines(feed.taken, reason, delimiter, width)
            if own < len(feed.taken):
                reason = _OPEN_QUOTE
            elif cells is None:
                own = 1
        text = "".join(feed.taken[:own])
        if own < len(feed.taken):
            feed.give_back(feed.taken[own:])
            reader = csv.reader(feed, delimiter=delimiter)
        yield _Record(line, None if reason else cells, text, reason)


def _fault(cells: Sequence[str], feed: _Feed, width: int) -> str:
    """Say what is wrong with the form of a record, "" for nothing."""
    longest = max(map(len, feed.taken))
    if longest > LONGEST_LINE:
        return f"has a line of {longest:,} characters; {LONGEST_LINE:,} are the most."
    if cells and len(cells) != width:
        return f"has {len(cells):,} cells, the header {width:,}. Check delimiters and quotes."
    if feed.has_ended:
        return "is cut off: its last cell has an opening quote and no closing one."
    return ""


def _own_lines(taken: Sequence[str], reason: str, delimiter: str, width: int) -> int:
    """Count the lines that belong to a record; the others are records of their own."""
    inner = range(1, len(taken))
    if not reason:
        # A sound cell may hold lines, and its last line may look like a record of a narrow table.
        if width < _WIDE:
            return len(taken)
        if _is_strict(taken, delimiter):
            inner = inner[:-1]
    return next((place for place in inner if _fits(taken[place], delimiter, width)), len(taken))


def _is_strict(taken: Sequence[str], delimiter: str) -> bool:
    try:
        list(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True


def _why(error: csv.Error) -> str:
    if "limit" in str(error):
        return "has a cell of more than 131,072 characters, or a quote that is not closed."
    return f"cannot be read as CSV: {error}."


def _fits(text: str, delimiter: str, width: int) -> bool:
    """Whether a line is a whole record by itself."""
    if text.count(delimiter) < width - 1 or width == 1 or len(text) > LONGEST_LINE:
        return False
    try:
        cells = next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return False
    return len(cells) == width
