"""Which engine holds a table: chosen by its size, or by whoever starts the server."""

from __future__ import annotations

import argparse
import atexit
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard import engine
from dashboard.commands import tables
from dashboard.dataset import Dataset
from dashboard.errors import EngineError, ReaderError, shown

# A table in memory answers quicker up to about this size.
PANDAS_UP_TO = 200_000
PANDAS, DUCKDB = "pandas", "duckdb"


def add_option(command: Any) -> None:
    """Add the option that overrides the choice by size."""
    command.add_argument(
        "--engine",
        default="",
        metavar="ENGINE",
        help="pandas, duckdb, or where the events are: spark://host:port?path=…,"
        " sc://host:port?path=…, clickhouse://host:port/db?table=events (default: by size)",
    )


def open_table(path: str | Path, options: argparse.Namespace, *, is_quiet: bool = False) -> Dataset:
    """Open a table with the engine that the options name, or that suits its size and its use.

    Args:
        path: Its folder or file.
        options: Those of `serve`.
        is_quiet: Say nothing.

    Raises:
        TableError, ReaderError, EngineError, DependencyError: It cannot be opened.
    """
    wanted = options.engine
    if wanted not in ("", PANDAS, DUCKDB) and "://" not in wanted:
        raise EngineError(
            f"No engine is called {shown(wanted)}. Write pandas, duckdb, or an address such as"
            " spark://host:port?path=/data/events.parquet."
        )
    if engine.is_large(path):
        _check_alone(path, options, "")
        if wanted == PANDAS:
            raise EngineError(f"{path} is held by an engine, not in memory: leave out --engine.")
        return engine.open_large(path, wanted if "://" in wanted else "")
    if "://" in wanted:
        raise EngineError(
            f"{path} is no folder of a large table: with an address, name the folder that holds"
            " its meta.json, actors.csv and theatres.csv."
        )
    if wanted == DUCKDB:
        _check_alone(path, options, ", or hold it in memory: --engine pandas")
    opened = [tables.open_named(path, options, is_quiet=is_quiet)]
    if not _is_for_duckdb(opened[0].size, options):
        return opened[0]
    # What may not be passed on is not written to disk either.
    if not opened[0].licence.may_redistribute:
        return engine.resident(opened.pop())
    folder = tempfile.mkdtemp(prefix="conflict-timeline-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # Popped, not named: its rows go as soon as they are written.
    return engine.enlarged(opened.pop(), folder)


def _check_alone(path: str | Path, options: argparse.Namespace, remedy: str) -> None:
    """Make sure that a table which stays with an engine stands beside no other.

    Raises:
        ReaderError: It does.
    """
    if options.compare is not None:
        raise engaged(path, remedy)


def engaged(path: str | Path, remedy: str = "") -> ReaderError:
    """Return what is said of a table that an engine holds where a second one is wanted."""
    return ReaderError(
        f"{path} stays with its engine and cannot be compared event by event. Compare a part of"
        f" it{remedy}."
    )


def _is_for_duckdb(size: int, options: argparse.Namespace) -> bool:
    # Compared events are read one by one: in memory.
    is_large = size > PANDAS_UP_TO and options.compare is None
    return options.engine == DUCKDB or (not options.engine and is_large)


def opener(path: str | Path, options: argparse.Namespace) -> Callable[[], Dataset]:
    """Return what opens the same table again, with nothing said and nothing kept aside."""
    again = tables.once_kept(options)
    return lambda: open_table(path, again, is_quiet=True)
