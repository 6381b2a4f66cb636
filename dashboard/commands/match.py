"""The command `match`: pairs of the same event in two tables, for a person to confirm."""

from __future__ import annotations

import argparse
import shlex
import tempfile
from pathlib import Path
from typing import Any

from dashboard.commands import tables
from dashboard.errors import Problem, ReaderError, TableError, plural
from dashboard.matching import pairing, review

EXAMPLES = """examples:
  match data GEDEvent_v25_1.csv --out pairs.csv       suggest pairs
  (write yes or no into the column decision, in any spreadsheet)
  match data GEDEvent_v25_1.csv --review pairs.csv    keep what is decided, suggest the rest

Pairs are suggestions: nothing is merged, and no figure of one table is added to another's. A file
that needs --map or --sheet becomes a folder first: import FILE --map … --sheet … --out FOLDER."""


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "match",
        help="find the same events in two tables",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("a", metavar="A", type=Path, help="a table: its folder or its file")
    command.add_argument("b", metavar="B", type=Path, help="the other table")
    command.add_argument(
        "--review",
        type=Path,
        metavar="FILE",
        help="a CSV of this command with decisions: confirmed pairs stay, refused ones are not"
        " suggested again; the new suggestions go into the same file",
    )
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="the CSV to write (default: that of --review)"
    )
    command.add_argument(
        "--at-least",
        type=_score,
        default=pairing.AT_LEAST,
        metavar="SCORE",
        help=f"least score of a suggestion, 0 to 1 (default: {pairing.AT_LEAST})",
    )
    command.set_defaults(run=run, misuse=command.error)


def _score(text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = 0.0
    if not 0.0 < score < 1.0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a score. Write 0.01 to 0.99.")
    return score


def run(options: argparse.Namespace) -> int:
    """Write the pairs that the options ask for and return 0."""
    target = options.out or options.review
    if target is None:
        return options.misuse("say where the pairs go: --out FILE")
    if target != options.review and target.exists():
        reason = (
            "is there already, and may hold decisions. Name it with --review to keep them,"
            " or give --out another name."
        )
        raise TableError([Problem(str(target), reason)])
    if not target.parent.is_dir():
        raise TableError([Problem(str(target.parent), "is no folder. Make it first.")])
    one, other = tables.open_named(options.a), tables.open_named(options.b)
    for table in (one, other):
        if table.days is None:
            said = "has no event with a date: pairs are found by day and place."
            raise ReaderError(f"{table.name} {said}")
    said = review.read(options.review, one, other) if options.review else review.Review()
    pairs = pairing.suggest(one, other, said.decisions, at_least=options.at_least)
    _replace(target, review.text(review.rows(one, other, pairs), said.notes))
    for letter, dataset in (("A", one), ("B", other)):
        paired = pairs.loc[pairs["decision"] != review.NO, letter.lower()].nunique()
        left = plural(len(dataset.events) - paired, "event")
        terms = f" {dataset.terms.sentence}" if dataset.terms else ""
        print(f"{letter}: {dataset.name}, {left} without a pair.{terms}")
    counts = pairs["decision"].value_counts()
    print(
        f"{counts.get(review.OPEN, 0):,} suggested, {counts.get(review.YES, 0):,} confirmed,"
        f" {counts.get(review.NO, 0):,} refused: {target}"
    )
    print(f"Write yes or no into its column decision, then: {_again(options, target)}")
    return 0


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all: it may hold the only copy of a person's decisions."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        draft = Path(folder) / path.name
        draft.write_text(text, encoding="utf-8-sig", newline="")
        if path.exists():
            draft.chmod(path.stat().st_mode)
        draft.replace(path)


def _again(options: argparse.Namespace, target: Path) -> str:
    names = shlex.join([str(options.a), str(options.b), "--review", str(target)])
    return f"conflict-timeline match {names}"
