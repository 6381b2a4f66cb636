"""CSV, record by record, whatever state it is in: nothing is lost where a quote is not closed."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.errors import plural

LONGEST_LINE = 4 * 1024 * 1024
# A cell of so many columns or more does not hold a whole record by chance.
_WIDE = 8
_OPEN_QUOTE = "has a quote that is not closed: its last cell runs into other records."


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its first line, its cells (None: malformed, `reason` says how), its text."""

    line: int
    cells: list[str] | None
    text: str
    reason: str = ""


class Feed:
    """Lines for the csv module, which can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0
        self.has_ended = False

    def __iter__(self) -> Feed:
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

    def lines_before(self, is_next: Callable[[str], bool]) -> str:
        """Take the lines before one that begins a record again, and return their text."""
        text = io.StringIO(newline="")
        for line in self:
            self.taken.clear()
            if is_next(line):
                self.give_back([line])
                break
            text.write(line)
        return text.getvalue()

    def give_back(self, lines: Sequence[str]) -> None:
        """Let lines be taken again."""
        self.has_ended = False
        self.back.extendleft(reversed(lines))
        self.number -= len(lines)


def header_text(feed: Feed, delimiter: str) -> str:
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


def parsed(feed: Feed, delimiter: str, width: int) -> Iterator[Record]:
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
        taken = feed.taken
        own = _own_lines(taken, reason, delimiter, width) if len(taken) > 1 else 1
        text = "".join(taken[:own])
        if own < len(taken):
            reason = _OPEN_QUOTE
            feed.give_back(taken[own:])
        elif cells is None:
            text += feed.lines_before(lambda line: _fits(line, delimiter, width))
        if reason:
            reader = csv.reader(feed, delimiter=delimiter)
        yield Record(line, None if reason else cells, text, reason)


def _fault(cells: Sequence[str], feed: Feed, width: int) -> str:
    """Say what is wrong with the form of a record, "" for nothing."""
    longest = max(map(len, feed.taken))
    if longest > LONGEST_LINE:
        return f"has a line of {longest:,} characters; {LONGEST_LINE:,} are the most."
    if cells and len(cells) != width:
        return (
            f"has {plural(len(cells), 'cell')}, the header {width:,}. Check delimiters and quotes."
        )
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
