"""The second table that `serve` lays beside the first, and the pairs of both."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.commands import tables
from dashboard.dataset import Dataset
from dashboard.engine import LargeDataset
from dashboard.errors import ReaderError
from dashboard.matching import pairing, review

if TYPE_CHECKING:
    from dashboard.views.matched import Matched


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


def files(options: argparse.Namespace) -> tuple[Path, ...]:
    """Return the files of a comparison: the second table and the decisions; () for none."""
    if options.pairs is not None and options.compare is None:
        options.misuse("--pairs FILE needs the table that its pairs lead to: --compare TABLE")
    return tuple(path for path in (options.compare, options.pairs) if path is not None)


def matcher(options: argparse.Namespace) -> Callable[[Dataset], Matched]:
    """Return what opens the second table and pairs its events with those of a first."""
    is_quiet = False

    def match(one: Dataset) -> Matched:
        from dashboard.views.matched import Matched  # the drawing library loads for a second

        nonlocal is_quiet
        if isinstance(one, LargeDataset):
            raise ReaderError(
                f"{options.table} stays with its engine and cannot be compared event by"
                " event. Compare a part of it, or hold it in memory: --engine pandas."
            )
        other = tables.open_named(options.compare, is_quiet=is_quiet)
        is_quiet = True
        said = review.read(options.pairs, one, other) if options.pairs else review.Review()
        return Matched(one, other, pairing.suggest(one, other, said.decisions))

    return match
