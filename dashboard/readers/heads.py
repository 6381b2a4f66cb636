"""The head of a file, from which its form is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from dashboard.errors import ReaderError, nearest, shown
from dashboard.readers.base import Head, Options, listed
from dashboard.readers.filekinds import kind_of
from dashboard.readers.files import HEAD_BYTES, MIXED, decoded, first_bytes, form_of
from dashboard.readers.workbooks import column_names, first_rows, table_start

_ROWS = 5


def heads_of(path: Path, options: Options) -> list[Head]:
    """Look at the beginning of a file or folder, and of a workbook at that of each sheet.

    Returns:
        One head; of a workbook one for each sheet that is not empty, unless we are told which.

    Raises:
        ReaderError: It is not there, empty, damaged, of a kind that holds no table, or has no
            such sheet.
    """
    head = _head(path, options)
    if head.kind == "workbook":
        return _sheet_heads(path, head.raw, options.sheets)
    if options.sheets:
        raise ReaderError(f"{path.name} is no Excel workbook and has no sheets: leave --sheet out.")
    return [head]


def _head(path: Path, options: Options) -> Head:
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
        return Head(name, kind, raw)
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


def _sheet_heads(path: Path, raw: bytes, told: Sequence[str]) -> list[Head]:
    rows = first_rows(path)
    heads = {sheet: _sheet_head(path.name, raw, sheet, some) for sheet, some in rows.items()}
    filled = [name for name, head in heads.items() if any(head.header)]
    if not filled:
        raise ReaderError(f"{path.name} is empty. Its first row must name the columns.")
    found = [heads[name] for name in filled]
    if told:
        names = dict.fromkeys(_sheet_named(name, rows, path.name) for name in told)
        found = [_joined([heads[name] for name in names])]
    return [
        replace(head, other_sheets=tuple(name for name in filled if name not in head.sheets))
        for head in found
    ]


def _sheet_head(file: str, raw: bytes, sheet: str, rows: Sequence[Sequence[str]]) -> Head:
    start = table_start(rows) if rows else 0
    header = tuple(cell.strip() for cell in rows[start]) if rows else ()
    behind = [tuple(row) for row in rows[start + 1 : start + 1 + _ROWS] if any(map(str.strip, row))]
    return Head(file, "workbook", raw, header=header, rows=tuple(behind), sheets=(sheet,))


def _sheet_named(name: str, sheets: Iterable[str], file: str) -> str:
    known = {sheet.strip().casefold(): sheet for sheet in sheets}
    found = name if name in known.values() else known.get(name.strip().casefold())
    if found is None:
        raise ReaderError(
            f"{file} has no sheet {shown(name)}.{nearest(name, known.values())} It has"
            f" {listed(known.values())}."
        )
    return found


def _joined(heads: Sequence[Head]) -> Head:
    """Join the heads of sheets that are read one after the other."""
    first = heads[0]
    for head in heads:
        if not any(head.header):
            raise ReaderError(
                f"The sheet {shown(head.sheets[0])} of {head.name} is empty. Its first row must"
                " name the columns."
            )
        if column_names(head.header) != column_names(first.header):
            raise ReaderError(
                f"The sheets {shown(first.sheets[0])} and {shown(head.sheets[0])} of {head.name}"
                " have not the same columns in the same order: read them one by one."
            )
    return replace(
        first,
        header=max((head.header for head in heads), key=len),
        rows=next((head.rows for head in heads if head.rows), ()),
        sheets=tuple(name for head in heads for name in head.sheets),
    )
