"""Open the table that a command names: a folder of ours, or a file of any form that is known."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from dashboard.dataset import Dataset, assemble, frame, load
from dashboard.errors import Problem, ReaderError, TableError, plural
from dashboard.matching.repeats import Repeats, repeats
from dashboard.provenance import Report
from dashboard.readers import READERS, open_table
from dashboard.readers.mapping import mapping_of, pairs
from dashboard.schema import TABLES
from dashboard.validation import read_table

# More problems than this are counted, not listed: --rejects keeps the records themselves.
MOST_LISTED = 20
BAR_WIDTH = 24
# Options that write a file once, besides what the command itself does.
_KEPT_ASIDE = ("rejects", "repeats")


def add_options(command: Any, form: str = "--format") -> None:
    """Add what a reader may be told of a foreign file; nothing of it is needed as a rule.

    Args:
        command: The parser.
        form: How the option is called that says the file's form.
    """
    told = command.add_argument_group("a file of another source")
    told.add_argument(
        form,
        dest="form",
        default="",
        metavar="FORM",
        help=f"its form, one of {', '.join(READERS)}",
    )
    told.add_argument("--encoding", default="", metavar="NAME", help="for example cp1252")
    told.add_argument("--delimiter", default="", metavar="SIGN", help="for example ';'")
    told.add_argument("--date-format", default="", metavar="D/M/Y", help="d/m/y or m/d/y")
    told.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar="NAME",
        help="the sheet of an Excel file to read; again for others of the same columns",
    )
    told.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=OURS",
        help="which column is which of ours, as often as needed; or a TOML file with all of them",
    )
    told.add_argument(
        "--theatres", type=Path, metavar="FILE", help="a theatres.csv in place of ours"
    )
    told.add_argument(
        "--rejects", type=Path, metavar="FILE", help="keep the records that were not loaded here"
    )
    told.add_argument(
        "--repeats", type=Path, metavar="FILE", help="list pairs that may be one event twice here"
    )


def is_package(path: Path) -> bool:
    """Tell a folder of ours from a file to be read."""
    return path.is_dir() and (path / "events.csv").is_file()


def open_named(
    path: str | Path, options: argparse.Namespace | None = None, *, is_quiet: bool = False
) -> Dataset:
    """Open a table and say on stderr what became of each record of a foreign file.

    Args:
        path: Its folder or file.
        options: What `add_options` adds, where the command has it.
        is_quiet: Say nothing.

    Raises:
        TableError, ReaderError: It cannot be read; the message says why and what would help.
    """
    path, options = Path(path), options or _untold()
    if not path.exists() or (path.is_dir() and not is_package(path)):
        found = "is a folder without events.csv" if path.is_dir() else "is not there"
        raise ReaderError(
            f"{path} {found}. Name a file of events, or a folder that holds events.csv and its"
            " companions."
        )
    _spare_memory()
    if is_package(path):
        _check_no_reader(path, options)
        dataset = load(path)
    else:
        dataset = _read(path, options, is_quiet=is_quiet)
    if options.theatres is not None:
        dataset = with_theatres(dataset, options.theatres)
    return dataset


def opener(path: str | Path, options: argparse.Namespace) -> Callable[[], Dataset]:
    """Return what opens the same table again, with nothing said and nothing kept aside."""
    again = once_kept(options)
    return lambda: open_named(path, again, is_quiet=True)


def once_kept(options: argparse.Namespace) -> argparse.Namespace:
    """Return options for reading a table again: its lists were written the first time."""
    return argparse.Namespace(**{**vars(options), **dict.fromkeys(_KEPT_ASIDE)})


def _untold() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return parser.parse_args([])


def _check_no_reader(path: Path, options: argparse.Namespace) -> None:
    """Make sure that nobody waits for an option to take effect that has none here.

    Raises:
        ReaderError: An option is for a file of another source.
    """
    told = ("form", "encoding", "delimiter", "date_format", "sheet", "map", *_KEPT_ASIDE)
    given = [name for name in told if getattr(options, name)]
    if given:
        flag = "--format" if given[0] == "form" else f"--{given[0].replace('_', '-')}"
        raise ReaderError(
            f"{path} is a folder of ours, which says all of itself: leave {flag} out, or name a"
            " file of another source."
        )


def _read(path: Path, options: argparse.Namespace, *, is_quiet: bool) -> Dataset:
    for name in _KEPT_ASIDE:
        kept = getattr(options, name)
        if kept is not None and kept.resolve() == path.resolve():
            raise ReaderError(f"{path} is the table itself. Name another file: --{name} FILE.")
    files = [kept.resolve() for name in _KEPT_ASIDE if (kept := getattr(options, name))]
    if len(set(files)) < len(files):
        raise ReaderError(f"{files[0]} is named for two lists. Name another file for one of them.")
    bar = None if is_quiet or not sys.stderr.isatty() else _progress
    try:
        reading = open_table(
            path,
            form=options.form,
            encoding=options.encoding,
            delimiter=options.delimiter,
            date_format=options.date_format,
            mapping=_mapping(options.map),
            progress=bar,
            sheets=options.sheet,
        )
    finally:
        if bar:
            print("\r\x1b[K", end="", file=sys.stderr)
    dataset, twice = _with_repeats(reading.dataset)
    if not is_quiet:
        print("\n".join(told(dataset.report or reading.report)), file=sys.stderr)
    if options.repeats is not None:
        number = twice.write(options.repeats)
        print(f"Listed: {plural(number, 'pair')} in {options.repeats}", file=sys.stderr)
    if options.rejects is not None:
        number = reading.report.write_rejects(options.rejects)
        print(f"Kept aside: {plural(number, 'record')} in {options.rejects}", file=sys.stderr)
    return dataset


def _with_repeats(dataset: Dataset) -> tuple[Dataset, Repeats]:
    """Have the report say how many events may stand twice."""
    found = repeats(dataset)
    if dataset.report is None or not found.sentence:
        return dataset, found
    assumptions = (*dataset.report.assumptions, found.sentence)
    return replace(dataset, report=replace(dataset.report, assumptions=assumptions)), found


def _spare_memory() -> None:
    """Take the allocator that gives back what a large file needed while it was read.

    Arrow's own choice keeps a tenth more of the peak.
    """
    if "jemalloc" in pa.supported_memory_backends():
        pa.set_memory_pool(pa.jemalloc_memory_pool())
        pa.jemalloc_set_decay_ms(0)


def release_memory() -> None:
    """Give back what a table that is gone has needed."""
    pa.default_memory_pool().release_unused()
    pa.system_memory_pool().release_unused()  # Python's own strings, too


def _mapping(items: Sequence[str]) -> dict[str, str]:
    """Join mappings: each item is a TOML file or one COLUMN=OURS."""
    files = [item for item in items if item.casefold().endswith(".toml")]
    found: dict[str, str] = {}
    for item in files:
        found |= mapping_of(item)
    return found | pairs([item for item in items if item not in files])


def _progress(part: float) -> None:
    full = round(BAR_WIDTH * part)
    line = f"\r{'█' * full}{'░' * (BAR_WIDTH - full)} {part:.0%} read"
    print(line, end="", file=sys.stderr, flush=True)


def told(report: Report) -> list[str]:
    """Write what was recognised and assumed, and the first of the problems and warnings."""
    lines = [f"{report.file}: {report.summary}.", *report.assumptions]
    for name, faults in (("Not loaded", report.problems), ("Loaded, but odd", report.warnings)):
        if faults:
            lines.append(f"{name}:")
            lines += [f"  {fault}" for fault in faults[:MOST_LISTED]]
        if len(faults) > MOST_LISTED:
            lines.append(f"  … and {len(faults) - MOST_LISTED:,} more")
    return lines


def with_theatres(dataset: Dataset, path: Path) -> Dataset:
    """Return a table with the theatres of another file.

    Raises:
        TableError: The file cannot be read or breaks a rule of theatres.csv.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TableError([Problem(path.name, f"cannot be read: {error.strerror}.")]) from error
    records, problems = read_table("theatres", content, path.name)
    if problems:
        raise TableError(problems)
    frames = {table: getattr(dataset, table) for table in TABLES}
    frames["theatres"] = frame(TABLES["theatres"], records)
    about = {name: getattr(dataset, name) for name in ("name", "folder", "terms", "report")}
    return assemble(frames, **about)
