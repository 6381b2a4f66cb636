"""The records of a JSON text that holds a list of flat objects, such as a page of an API."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from dashboard.errors import ReaderError
from dashboard.provenance import Rejects
from dashboard.readers.base import Batch, Source
from dashboard.readers.files import MOST_BYTES, encoding_of, text_of

AT_A_TIME = 5_000
_LISTS = ("features", "Result", "data", "results", "events", "items")
# What may stand behind a list: nothing, or other members of the object that holds it.
_NOTHING, _MEMBERS = re.compile(r"[\s\x1e]*\Z"), re.compile(r"\s*[,}]")
_BLANK = re.compile(r"[\s,\x1e]*")


def whole_text(source: Source) -> tuple[str, str]:
    """Return all of a text file, decoded, and a sentence on its encoding.

    Raises:
        ReaderError: It is larger than memory should bear.
    """
    encoding = encoding_of(source.path, source.options.encoding)
    if encoding.size > MOST_BYTES:
        raise ReaderError(
            f"{source.name} is larger than {MOST_BYTES // 1024**2:,} MB. Save its table as CSV."
        )
    return text_of(source.path, encoding), encoding.sentence


def whole_json(source: Source) -> tuple[object, str]:
    """Return what a JSON text holds, and a sentence on its encoding.

    Raises:
        ReaderError: It is cut off, no JSON, nested too deeply, or too large.
    """
    text, encoding = whole_text(source)
    try:
        return json.loads(text), encoding
    except json.JSONDecodeError as error:
        what = f"is cut off or no JSON from line {error.lineno:,} on"
    except (ValueError, RecursionError):
        what = "is nested too deeply or holds too long a number"
    raise ReaderError(f"{source.name} {what}. Download it again.")


def cell(value: object) -> str:
    """Write a JSON value as a table would: null as nothing, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, list | dict):
        try:
            return json.dumps(value, ensure_ascii=False)
        except RecursionError:
            return "…"
    return str(value)


def objects(text: str, name: str) -> Iterator[tuple[int, int, Mapping[str, object] | None]]:
    """Give each object of a list, with where it begins and ends; None for an item that is none.

    The list is the text itself, the member "Result" (or "data", ...) of an object, or objects one
    behind the other.

    Raises:
        ReaderError: The text breaks off or is no JSON; also after objects that were sound.
    """
    decoder = json.JSONDecoder()
    place, behind = _start(text)
    while True:
        match = _BLANK.match(text, place)
        place = match.end() if match else place
        if place >= len(text) and behind is None:
            return
        if behind is not None and text[place : place + 1] == "]" and behind.match(text, place + 1):
            return
        what = "is cut off or no JSON"
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            what = "is nested too deeply" if isinstance(error, RecursionError) else what
            line = text.count("\n", 0, place) + 1
            raise ReaderError(f"{name} {what} from line {line:,} on. Download it again.") from None
        yield place, end, value if isinstance(value, dict) else None
        place = end


def _start(text: str) -> tuple[int, re.Pattern[str] | None]:
    """Return where the first object stands, and what follows their list (None: there is none)."""
    opening = _BLANK.match(text)
    place = opening.end() if opening else 0
    if text[place : place + 1] == "[":
        return place + 1, _NOTHING
    if _is_by_lines(text, place):
        return place, None
    for name in _LISTS:
        match = re.search(rf'"{name}"\s*:\s*\[', text)
        if match:
            return match.end(), _MEMBERS
    return place, None


def _is_by_lines(text: str, place: int) -> bool:
    """Whether objects stand one behind the other, each on a line of its own."""
    end = text.find("\n", place)
    if end < 0 or not re.compile(r"[\s\x1e]*\{").match(text, end):
        return False
    try:
        return isinstance(json.loads(text[place:end].strip(" \x1e\r")), dict)
    except (ValueError, RecursionError):
        return False


class JsonTable:
    """A list of flat objects as a table: its columns are the keys of the first ones."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text, encoding = whole_text(source)
        self.header: tuple[str, ...] = tuple(self._keys())
        self.assumptions = [encoding, "The file is JSON: a list of records."]

    def flat(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """Return an object's cells by column."""
        return values

    def _keys(self) -> list[str]:
        found: dict[str, None] = {}
        for number, (_, _, values) in enumerate(objects(self.text, self.source.name)):
            found |= dict.fromkeys(self.flat(values) if values else ())
            if number >= 100:
                break
        return list(found)

    def batches(self) -> Iterator[Batch]:
        """Read the list once."""
        line = at = 0
        some: list[tuple[int, int, str, Mapping[str, object] | None]] = []
        for number, (start, end, values) in enumerate(objects(self.text, self.source.name), 1):
            line += self.text.count("\n", at, start)
            at = start
            row = None if values is None else self.flat(values)
            some.append((number, line + 1, self.text[start:end], row))
            if len(some) == AT_A_TIME:
                yield from self._filled(some)
                self.source.options.progress(at / len(self.text))
                some = []
        yield from self._filled(some)
        self.source.options.progress(1.0)

    def _filled(self, some: list) -> Iterator[Batch]:
        for is_sound in (True, False):
            part = [item for item in some if (item[3] is not None) == is_sound]
            if not part:
                continue
            columns = {
                name.casefold(): [cell(values.get(name)) for *_, values in part]
                for name in (self.header if is_sound else ())
            }
            numbers, lines, texts, _ = zip(*part, strict=True)
            batch = Batch(numbers, lines, columns, texts)
            if not is_sound:
                for place in range(len(part)):
                    batch.reject(place, "", "is no record: an object with named values.", "")
            yield batch

    def rejects(self, texts: Sequence[str]) -> Rejects:
        """Make the kept-aside file: a list again."""
        return Rejects('{"Result": [\n', tuple(texts), ",\n", "\n]}\n")
