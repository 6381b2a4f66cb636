"""The bytes of a file: unpacked, decoded, with its delimiter found."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dashboard.errors import ReaderError, shown

HEAD_BYTES = 64 * 1024
# A header of 10,000 columns is longer than a head.
HEADER_BYTES = 4 * 1024 * 1024
BLOCK_BYTES = 1024 * 1024
# A text that is read whole needs about three times its size.
MOST_BYTES = 1024 * 1024 * 1024
# A gzipped table shrinks 5 to 30 times. What grows further than this is no table.
MOST_GROWTH, GROWTH_FROM = 250, 256 * 1024 * 1024

MIXED = "utf-8 with Windows-1252"
_ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (it is not UTF-8)",
    MIXED: "UTF-8, but some lines are Windows-1252 and were read as that",
}
_AGAIN = "Save it again, as UTF-8."
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_STRAY = re.compile("[\udc80-\udcff]")
# Two programs, each of which puts one before a text, leave two of them.
MARK, _MARKS = "\ufeff", re.compile(b"(?:\xef\xbb\xbf)+")


@dataclass(frozen=True, slots=True)
class Form:
    """What a CSV file is made of: its delimiter, and which line is its header."""

    delimiter: str
    header: tuple[str, ...]
    skipped_lines: int = 0


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for its bytes, unpacked where it is gzipped.

    Raises:
        ReaderError: It cannot be read, or its gzip is broken; also while it is being read.
    """
    try:
        with path.open("rb") as plain:
            if plain.read(2) != b"\x1f\x8b":
                plain.seek(0)
                yield plain
                return
            plain.seek(0)
            with gzip.GzipFile(fileobj=plain) as unpacked:
                yield unpacked  # type: ignore[misc]
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise ReaderError(
            f"{path.name} is gzipped but cut off or damaged. Download it again."
        ) from None
    except OSError as error:
        raise ReaderError(f"{path.name} cannot be read: {error.strerror or error}.") from None


def first_bytes(path: Path) -> bytes:
    """Return the head of a file; more where its first line is longer."""
    with opened(path) as content:
        raw = content.read(HEAD_BYTES)
        if len(raw) == HEAD_BYTES and not (b"\n" in raw or b"\r" in raw):
            raw += content.read(HEADER_BYTES - HEAD_BYTES)
    return raw


def whole_bytes(path: Path) -> bytes:
    """Return all of a file.

    Raises:
        ReaderError: It is larger than memory should bear, or grows too much when unpacked.
    """
    pieces: list[bytes] = []
    size = 0
    with opened(path) as content:
        while block := content.read(BLOCK_BYTES):
            size += len(block)
            _check_growth(path, size)
            if size > MOST_BYTES:
                raise ReaderError(f"{path.name} is larger than {MOST_BYTES // 1024**2:,} MB.")
            pieces.append(block)
    return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's text is written, and how long it is, unpacked."""

    name: str
    size: int

    @property
    def sentence(self) -> str:
        """Say it to a reader."""
        return f"Encoding: {_ENCODING_NAMES.get(self.name, self.name)}."


def encoding_of(path: Path, said: str = "") -> Encoding:
    """Find a file's encoding by all its bytes: UTF-8, else Windows-1252, also mixed.

    Args:
        path: The file.
        said: An encoding that we were told.

    Raises:
        ReaderError: The encoding that we were told is unknown or does not fit.
    """
    name = said or "utf-8"
    decoder: codecs.IncrementalDecoder | None = decoder_of(name)
    with opened(path) as content:
        first = content.read(3)
        if not said and first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            name, decoder = "utf-16", codecs.getincrementaldecoder("utf-16")()
        elif not said and first == codecs.BOM_UTF8:
            name = "utf-8-sig"
        size, block = 0, first
        while block:
            size += len(block)
            _check_growth(path, size)
            if decoder is not None:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError as error:
                    if said or name == "utf-16":
                        advice = "Leave the encoding out, and it is found." if said else _AGAIN
                        raise ReaderError(
                            f"{path.name} is not {name} (byte {error.object[error.start]:#04x})."
                            f" {advice}"
                        ) from None
                    decoder = None
            block = content.read(BLOCK_BYTES)
    if decoder is None:
        name = _not_utf8(path)
    return Encoding(name, size)


def decoder_of(name: str, errors: str = "strict") -> codecs.IncrementalDecoder:
    """Return a decoder of an encoding of texts.

    Raises:
        ReaderError: None is called so.
    """
    try:
        "".encode(name)
        return codecs.getincrementaldecoder(name)(errors)
    except (LookupError, ValueError, TypeError):
        raise ReaderError(
            f"No encoding is called {shown(name)}. Write utf-8, cp1252 or utf-16."
        ) from None


def _check_growth(path: Path, size: int) -> None:
    if size > GROWTH_FROM and size > MOST_GROWTH * path.stat().st_size:
        raise ReaderError(
            f"{path.name} grows more than {MOST_GROWTH} times when unpacked: refused."
        )


def _not_utf8(path: Path) -> str:
    """Tell a Windows-1252 file from a UTF-8 file with some lines of another encoding."""
    with opened(path) as content:
        for line in content:
            if line.startswith(codecs.BOM_UTF8):
                return MIXED
            if not line.isascii():
                try:
                    line.decode("utf-8-sig")
                except UnicodeDecodeError:
                    continue
                return MIXED
    return "cp1252"


class Lines:
    """The lines of a text file with their ends; `part` says how much has been read, 0 to 1."""

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self.path = path
        self.encoding = encoding
        self.part = 0.0
        self.other_encoding = 0

    def __iter__(self) -> Iterator[str]:
        """Read the file once."""
        mixed = self.encoding.name == MIXED
        codec, strict = (
            ("utf-8-sig", "surrogateescape") if mixed else (self.encoding.name, "replace")
        )
        whole = max(self.path.stat().st_size, 1)
        with opened(self.path) as content:
            handle = getattr(content, "fileobj", None) or content
            with io.TextIOWrapper(content, codec, strict, newline="") as text:
                for number, line in enumerate(text):
                    if number == 0:
                        line = line.lstrip(MARK)
                    if number % 512 == 0:
                        self.part = min(handle.tell() / whole, 1.0)
                    if mixed and _STRAY.search(line):
                        self.other_encoding += 1
                        line = _in_own_encoding(line)
                    yield line


def text_of(path: Path, encoding: Encoding) -> str:
    """Return all of a text file, without byte order marks, its line ends as they are."""
    return "".join(Lines(path, encoding))


def decoded(raw: bytes, encoding: str) -> str:
    """Decode the head of a file, which may end within a letter, without byte order marks."""
    if encoding != MIXED:
        return decoder_of(encoding, "replace").decode(raw).lstrip(MARK)
    text = raw.decode("utf-8", "surrogateescape").lstrip(MARK)
    lines = io.StringIO(text, newline="")
    return "".join(_in_own_encoding(line) if _STRAY.search(line) else line for line in lines)


def without_marks(raw: bytes) -> bytes:
    """Return the bytes of a text in UTF-8 without the byte order marks before it."""
    marks = _MARKS.match(raw)
    return raw[marks.end() :] if marks else raw


def _in_own_encoding(line: str) -> str:
    """Read a line as Windows-1252 that was read as UTF-8 and is none."""
    return line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def form_of(name: str, text: str, delimiter: str = "") -> Form:
    """Find delimiter and header of a CSV text: the delimiter that parts the header most.

    Raises:
        ReaderError: The text has no header line, or the delimiter is not one letter.
    """
    if delimiter and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise ReaderError(f"{shown(delimiter)} is not a delimiter. Write one of , ; or tab.")
    skipped = 0
    rest = text
    said = re.match(r"sep=(.)\r?\n", text)
    if said:
        skipped, rest, delimiter = 1, text[said.end() :], delimiter or said[1]
    while rest[:1] in ("\r", "\n", MARK):
        skipped += rest[0] == "\n"
        rest = rest[1:]
    found = [(mark, _cells(rest, mark)) for mark in ([delimiter] if delimiter else _DELIMITERS)]
    mark, header = max(found, key=lambda pair: len(pair[1]))
    if not any(header):
        raise ReaderError(f"{name} has no header. Its first line must name the columns.")
    return Form(mark, header, skipped)


def _cells(text: str, delimiter: str) -> tuple[str, ...]:
    try:
        first = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        first = []
    return tuple(cell.strip().removeprefix(MARK).strip() for cell in first)


def delimiter_name(delimiter: str) -> str:
    """Name a delimiter in words."""
    return _DELIMITERS.get(delimiter, shown(delimiter))
