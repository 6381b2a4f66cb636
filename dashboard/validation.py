"""Read the text of a table, cell by cell, and report all its problems at once."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from dashboard.cells import parse
from dashboard.errors import Problem, nearest, plural, shown
from dashboard.records import Cells, Record, Row
from dashboard.schema import KEYS, OPTIONAL, Column, columns_of

# So many cells of a column are read once and kept: most columns have few different ones.
MOST_KNOWN = 5_000
_BLOCK_BYTES = 1024 * 1024
_QUOTES = "Close each quote that opens a cell and double those inside; the rest was not read."


def read_table(table: str, content: bytes, file: str) -> tuple[list[Record], list[Problem]]:
    """Read one CSV table of the schema.

    Args:
        table: A key of `schema.TABLES`.
        content: The file's bytes: UTF-8, comma, double quotes.
        file: Its name, for the problems.

    Returns:
        The rows that hold together, and every problem found; a row with a problem is left out.
    """
    problems: list[Problem] = []
    records = list(read_rows(table, io.BytesIO(content), file, problems))
    return records, problems + repeated_keys(table, records, file)


def read_rows(
    table: str, content: BinaryIO, file: str, problems: list[Problem]
) -> Iterator[Record]:
    """Give the rows of `read_table` one by one; add what is wrong, but for repeated keys."""
    fault = _no_text(content, file)
    if fault:
        problems.append(fault)
        return
    content.seek(0)
    # Decoded as it is read: a whole table as one text is up to four times its bytes.
    with io.TextIOWrapper(content, "utf-8-sig", newline="") as text:
        lines = csv.reader(text, strict=True)
        header = _header(table, lines, file, problems)
        columns = columns_of(table, header)
        known: dict[str, dict[str, object]] = {column.name: {} for column in columns}
        places = {name: place for place, name in enumerate(header)}
        for number, line, cells in _rows(lines, file, problems) if header else ():
            if len(cells) != len(header):
                found = plural(len(cells), "cell")
                reason = f"has {found}, the header {len(header)}. Check commas and quotes."
                problems.append(Problem(file, reason, number, line))
                continue
            named = Cells(places, cells)
            values, faults = _read_row(named, columns, known, (file, number, line))
            problems += faults
            if not faults:
                yield Record(number, line, named, values)


def _header(
    table: str, lines: Iterator[list[str]], file: str, problems: list[Problem]
) -> list[str]:
    """Read the names of the columns; [] where something is wrong with them."""
    try:
        header = next(lines, None)
    except csv.Error as error:
        problems.append(Problem(file, f"cannot be read as CSV: {error}. {_QUOTES}", line=1))
        return []
    if header is None:
        problems.append(Problem(file, "is empty. Its first line must name the columns.", line=1))
        return []
    faults = _header_problems(table, file, header)
    problems += faults
    return [] if faults else header


def _no_text(content: BinaryIO, file: str) -> Problem | None:
    """Say what makes bytes no text in UTF-8, if anything does."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, nul_line, is_last = 1, 0, False
    while not is_last:
        block = content.read(_BLOCK_BYTES)
        is_last = not block
        try:
            decoder.decode(block, final=is_last)
        except UnicodeDecodeError as error:
            # A letter may have begun in the block before: its bytes stand first.
            before, found = len(error.object) - len(block), error.object[error.start]
            line += block.count(b"\n", 0, max(error.start - before, 0))
            reason = f"is not UTF-8 (byte {found:#04x}). Save the file as UTF-8."
            return Problem(file, reason, line=line)
        if b"\0" in block and not nul_line:
            nul_line = line + block.count(b"\n", 0, block.index(b"\0"))
        line += block.count(b"\n")
    reason = "holds a NUL byte. Save it as plain text."
    return Problem(file, reason, line=nul_line) if nul_line else None


def _rows(
    lines: Iterator[list[str]], file: str, problems: list[Problem]
) -> Iterator[tuple[int, int, list[str]]]:
    number, start = 0, 2
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"cannot be read as CSV: {error}. {_QUOTES}"
            problems.append(Problem(file, reason, number + 1, start))
            return
        end = getattr(lines, "line_num", start)
        if cells:
            number += 1
            yield number, start, cells
        start = end + 1


def _header_problems(table: str, file: str, header: Sequence[str]) -> list[Problem]:
    known = [column.name for column in columns_of(table, header)]
    optional = [column.name for column in OPTIONAL.get(table, ())]
    problems = [
        Problem(file, f"names the column {shown(name)} twice.", line=1, column=name)
        for name, times in Counter(header).items()
        if times > 1
    ]
    missing = [name for name in known if name not in header]
    if len(header) == 1 and len(known) > 1 and missing:
        for delimiter, name in ((";", "semicolons"), ("\t", "tabs")):
            if delimiter in header[0]:
                reason = f"is separated by {name}. Save it with commas."
                return [Problem(file, reason, line=1)]
    problems += [
        Problem(file, f"lacks the column {name!r}.", line=1, column=name) for name in missing
    ]
    problems += [
        Problem(
            file,
            f"has an unknown column {shown(name)}.{nearest(name, missing or [*known, *optional])}",
            line=1,
            column=name,
            value=name,
        )
        for name in dict.fromkeys(header)
        if name not in known
    ]
    if not problems and list(header) != known:
        reason = f"has its columns in another order. Write {','.join(known)}."
        problems.append(Problem(file, reason, line=1))
    return problems


def _read_row(
    cells: Mapping[str, str],
    columns: Sequence[Column],
    known: Mapping[str, dict[str, object]],
    place: tuple[str, int, int],
) -> tuple[Row, list[Problem]]:
    file, number, line = place
    values: Row = {}
    problems = []
    for column in columns:
        text, met = cells[column.name], known[column.name]
        try:
            value = met[text] if text in met else parse(column, text)
            if len(met) < MOST_KNOWN:
                met[text] = value
            values[column.name] = value
        except ValueError as error:
            problems.append(Problem(file, str(error), number, line, column.name, text))
    if not problems:
        problems = [
            Problem(file, reason, number, line, column, cells.get(column, ""))
            for column, reason in row_faults(values)
        ]
    return values, problems


def row_faults(row: Mapping[str, object]) -> list[tuple[str, str]]:
    """List what is wrong between the cells of one row, as (column, what would be right)."""
    faults: list[tuple[str, str]] = []
    if "start_date" in row and row["start_date"] > row["end_date"]:  # type: ignore[operator]
        faults.append(
            ("end_date", f"{row['end_date']} is before start_date {row['start_date']}. Swap them.")
        )
    for quantity in ("killed", "wounded"):
        faults += _toll_faults(row, quantity)
        low, high = row.get(f"{quantity}_min"), row.get(f"{quantity}_max")
        if low is not None and high is not None and low > high:  # type: ignore[operator]
            faults.append((f"{quantity}_min", f"{low} is above {quantity}_max {high}. Swap them."))
    if "latitude_deg" in row:
        faults += _place_faults(row)
    if "west_deg" in row:
        for low_name, high_name in (("west_deg", "east_deg"), ("south_deg", "north_deg")):
            if row[low_name] >= row[high_name]:  # type: ignore[operator]
                faults.append((low_name, f"{row[low_name]} is not below {high_name}."))
    return faults


def _toll_faults(row: Mapping[str, object], quantity: str) -> list[tuple[str, str]]:
    names = [f"{quantity}_{level}" for level in ("low", "best", "high")]
    if names[0] not in row:
        return []
    low, best, high = (row[name] for name in names)
    if (low, best, high).count(None) not in (0, 3):
        empty = [name for name in names if row[name] is None]
        verb = "is" if len(empty) == 1 else "are"
        reason = f"{' and '.join(empty)} {verb} empty. Give low, best and high, or none of them."
        return [(empty[0], reason)]
    if low is not None and not low <= best <= high:  # type: ignore[operator]
        reason = f"{low}, {best}, {high} are not in the order low, best, high."
        return [(names[1], reason)]
    return []


def _place_faults(row: Mapping[str, object]) -> list[tuple[str, str]]:
    latitude, longitude = row["latitude_deg"], row["longitude_deg"]
    if (latitude is None) != (longitude is None):
        missing = "latitude_deg" if latitude is None else "longitude_deg"
        return [(missing, "is empty while the other coordinate is given. Give both or none.")]
    if latitude is None:
        if row["geo_precision"] is not None:
            return [("geo_precision", "is given without coordinates. Leave it empty.")]
        return []
    if latitude == 0 and longitude == 0:
        reason = "0, 0 lies in the Gulf of Guinea and stands for a missing place. Leave both empty."
        return [("latitude_deg", reason)]
    if row["geo_precision"] is None:
        return [("geo_precision", "is empty although there are coordinates. Say how exact.")]
    return []


def repeated_keys(table: str, records: Iterable[Record], file: str) -> list[Problem]:
    """List the rows whose key stands in an earlier one."""
    first: dict[tuple[str, ...], int] = {}
    problems = []
    for record in records:
        key = tuple(record.cells[name] for name in KEYS[table])
        if "" in key:  # a report without an address is like no other
            continue
        if key in first:
            reason = f"{shown(' '.join(key))} stands already in record {first[key]}. Keep one."
            problems.append(
                Problem(file, reason, record.number, record.line, KEYS[table][-1], key[-1])
            )
        else:
            first[key] = record.number
    return problems
