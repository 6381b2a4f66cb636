"""The command `check`: everything that breaks a rule in a table, its stories and its companions."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import Any

from dashboard.changes import load_changes
from dashboard.checks import PENDING, RULES, has_exceptions, rule_problems
from dashboard.dataset import Dataset, load, noncanonical_files, save
from dashboard.errors import Problem, TableError, plural
from dashboard.paths import folder
from dashboard.schema import TABLES
from dashboard.stories import story_problems

OK, FAILED = 0, 1


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "check",
        help="list what breaks a rule in a table",
        description="List what breaks a rule in a table: its schema, its stories, its changes, and"
        " where it holds exceptions.csv, the editorial rules, but for the exceptions there.",
    )
    command.add_argument(
        "folder", nargs="?", default=folder("data"), help="folder of the table (default: ours)"
    )
    command.add_argument(
        "--fix", action="store_true", help="rewrite a sound table in canonical form"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the counts and every problem; 1 where there is one."""
    try:
        dataset = load(options.folder)
    except TableError as error:
        return _listed(error.problems)
    for table in TABLES:
        print(f"{table:<12} {len(getattr(dataset, table)):>9,}")
    print(f"data version {dataset.version:>9}")
    crooked = noncanonical_files(dataset, options.folder)
    if crooked and options.fix:
        save(dataset, options.folder)
        print(f"Rewritten in canonical form: {', '.join(crooked)}.")
    elif crooked:
        print(
            f"Not in canonical form: {', '.join(crooked)}."
            f" To rewrite: conflict-timeline check --fix {shlex.quote(str(options.folder))}"
        )
    return _listed(_problems(dataset, Path(options.folder)))


def _problems(dataset: Dataset, table: Path) -> list[Problem]:
    problems = [*story_problems(table / "stories", dataset), *load_changes(table, dataset)[1]]
    if has_exceptions(table):
        problems += rule_problems(dataset, table)
        print(f"{'rules':<12} {len(RULES) - len(PENDING):>9,}")
    return problems


def _listed(problems: Any) -> int:
    if not problems:
        return OK
    print(*problems, sep="\n")
    print(plural(len(problems), "problem"))
    return FAILED
