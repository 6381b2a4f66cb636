"""The second table that `serve` lays beside the first, and the pairs of both."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard import engine
from dashboard.commands import engines, tables
from dashboard.dataset import Dataset
from dashboard.matching import review
from dashboard.matching.pairing import NONE_YET, Decisions


def add_options(command: Any) -> None:
    """Add what says which table stands beside the first."""
    beside = command.add_argument_group("a second table, to compare")
    beside.add_argument(
        "--compare",
        type=Path,
        metavar="TABLE",
        help="another table, shown beside the first on a tab of its own; nothing is added up",
    )
    beside.add_argument(
        "--pairs",
        type=Path,
        metavar="FILE",
        help="a CSV of the command match with decisions on its pairs",
    )


def is_asked(options: argparse.Namespace) -> bool:
    """Tell whether a second table is named."""
    if options.pairs is not None and options.compare is None:
        options.misuse("--pairs FILE needs the table that its pairs lead to: --compare TABLE")
    return options.compare is not None


def opener(options: argparse.Namespace) -> Callable[[], Dataset]:
    """Return what opens the second table, and says once what became of its records."""
    is_quiet = False

    def open_other() -> Dataset:
        nonlocal is_quiet
        if engine.is_large(options.compare):
            raise engines.engaged(options.compare)
        found = tables.open_named(options.compare, is_quiet=is_quiet)
        is_quiet = True
        return found

    return open_other


def decider(options: argparse.Namespace) -> Callable[[Dataset, Dataset], Decisions]:
    """Return what reads the decisions on pairs of both tables."""

    def decide(one: Dataset, other: Dataset) -> Decisions:
        return review.read(options.pairs, one, other).decisions if options.pairs else NONE_YET

    return decide
