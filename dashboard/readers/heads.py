"""The head of a file, from which its form is told."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from dashboard.errors import ReaderError
from dashboard.readers.base import Head, Options
from dashboard.readers.filekinds import kind_of
from dashboard.readers.files import HEAD_BYTES, MIXED, decoded, first_bytes, form_of
from dashboard.readers.workbooks import sheets, table_start, widest

_ROWS = 5


def head_of(path: Path, options: Options) -> Head:
    """Look at the beginning of a file or folder.

    Raises:
        ReaderError: It is not there, empty, damaged, or of a kind that holds no table.
    """
    name = path.name
    if path.is_dir():
        return Head(name, "folder", header=tuple(sorted(part.name for part in path.iterdir())))
    if not path.exists():
        raise ReaderError(f"{path} is not there.")
    if not path.is_file():
        raise ReaderError(f"{path} is not a file.")
    raw = first_bytes(path)
    kind = kind_of(path, raw)
    if kind == "workbook":
        return _workbook_head(path, raw)
    text = (
        "" if kind in ("kmz", "package") else decoded(raw, _likely_encoding(raw, options.encoding))
    )
    if kind != "csv":
        return Head(name, kind, raw, text)
    form = form_of(name, text, options.delimiter)
    rows = _rows(text, form.delimiter, 1 + form.skipped_lines, is_cut=len(raw) >= HEAD_BYTES)
    return Head(name, kind, raw, text, form.header, rows)


def _likely_encoding(raw: bytes, said: str) -> str:
    """Guess the encoding of a head; the whole file is looked at when it is read."""
    if said:
        return said
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        raw[:-4].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start >= len(raw) - 8 else MIXED
    return "utf-8"


def _rows(text: str, delimiter: str, skipped: int, is_cut: bool) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(records):
            if number >= skipped:
                found.append(tuple(cells))
            if len(found) > _ROWS:
                break
    except csv.Error:
        return tuple(found)
    return tuple(found[:-1] if is_cut and len(found) <= _ROWS else found[:_ROWS])


def _workbook_head(path: Path, raw: bytes) -> Head:
    names, heads = sheets(path)
    if not any(heads):
        raise ReaderError(f"{path.name} is empty. Its first row must name the columns.")
    rows = heads[widest(heads)]
    start = table_start(rows)
    header = tuple(cell.strip() for cell in rows[start])
    behind = tuple(tuple(row) for row in rows[start + 1 : start + 1 + _ROWS])
    return Head(path.name, "workbook", raw, " ".join(names), header, behind)
