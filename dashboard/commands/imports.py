"""The command `import`: a foreign file into a folder of ours, and what a newer file changes."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard.commands import tables
from dashboard.dataset import save
from dashboard.describe import write_descriptions
from dashboard.errors import ExportError, plural
from dashboard.paths import folder
from dashboard.provenance import TERMS_FILE, Terms
from dashboard.renewal import Past, renewal
from dashboard.schema import TABLES

MOST_LISTED = 20


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "import",
        help="write another source's table as a folder of ours",
        description="Read a table of another source and write it as a folder of ours. Into a folder"
        " that holds an earlier import, it says what was added, what changed and what is gone.",
    )
    command.add_argument("file", metavar="FILE", help="the table to read")
    command.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where it goes")
    command.add_argument(
        "--private",
        action="store_true",
        help="for you alone: for sources whose terms do not let their rows be passed on",
    )
    command.add_argument("--list", action="store_true", help="list every change, not the first")
    tables.add_options(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the package and return 0."""
    out: Path = options.out
    before = _before(out)
    dataset = tables.open_named(options.file, options)
    # From now on the folder says by itself whose rows it holds.
    dataset = replace(dataset, terms=dataset.licence)
    if before is not None:
        _check_same_source(out, before.licence, dataset.licence)
    if not dataset.licence.may_redistribute and not options.private:
        raise ExportError(
            f"{dataset.licence.sentence} To keep the rows in a folder for yourself alone, add"
            " --private."
        )
    out.mkdir(parents=True, exist_ok=True)
    save(dataset, out)
    write_descriptions(dataset, out)
    counted = ", ".join(
        plural(len(getattr(dataset, table)), table.removesuffix("s")) for table in TABLES
    )
    print(f"Written: {out}, {counted}, data {dataset.version}.")
    if before is not None:
        found = renewal(before, dataset)
        most = sys.maxsize if options.list else MOST_LISTED
        print("\n".join([f"Against the table before (data {before.version}): {found.summary}."]))
        print("\n".join(found.lines(most)), end="\n" if found.lines(most) else "")
    return 0


def _before(out: Path) -> Past | None:
    """Return what stands where the new table goes, and refuse to write over others' files.

    Raises:
        ExportError: The folder is ours to leave alone.
    """
    if out.resolve() == folder("data").resolve():
        raise ExportError(f"{out} holds the curated table. Name another folder: --out FOLDER.")
    if out.is_file():
        raise ExportError(f"{out} is a file. Name a folder: --out FOLDER.")
    if tables.is_package(out):
        if not (out / TERMS_FILE).is_file():
            raise ExportError(f"{out} holds a table that was not imported. Name another folder.")
        past = Past.read(out)
        tables.release_memory()  # before the newer file is read
        return past
    if out.is_dir() and any(out.iterdir()):
        raise ExportError(f"{out} holds other files. Name a new folder, or an earlier import.")
    return None


def _check_same_source(out: Path, before: Terms, now: Terms) -> None:
    """Make sure that a newer file follows an older one of the same source.

    Raises:
        ExportError: The folder holds another source's table.
    """
    # A reader's own tables bear the names of their files, which change from one to the next.
    if before.name != now.name and (before.url or now.url):
        raise ExportError(
            f"{out} holds a table of {before.name}, and this one is of {now.name}. Name another"
            " folder: two sources are two tables."
        )
