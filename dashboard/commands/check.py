"""The command `check`: everything that breaks a rule in a table, its stories and its companions."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import Any

from dashboard.changes import load_changes
from dashboard.checks import PENDING, RULES, has_exceptions, rule_problems
from dashboard.commands import tables
from dashboard.dataset import Dataset, noncanonical_files, save
from dashboard.errors import Problem, TableError, plural
from dashboard.paths import folder
from dashboard.provenance import Report
from dashboard.schema import TABLES
from dashboard.stories import story_problems

OK, FAILED = 0, 1


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "check",
        help="list what breaks a rule in a table",
        description="List what breaks a rule in a table: its schema, its stories, its changes, and"
        " where it holds exceptions.csv, the editorial rules, but for the exceptions there. Of a"
        " file of another source it lists what was not loaded, and what is odd.",
    )
    command.add_argument(
        "table",
        nargs="?",
        default=folder("data"),
        help="a table: its folder, or a file to be read (default: ours)",
    )
    command.add_argument(
        "--fix", action="store_true", help="rewrite a sound folder in canonical form"
    )
    tables.add_options(command)
    command.set_defaults(run=run, misuse=command.error)


def run(options: argparse.Namespace) -> int:
    """Print the counts and every problem; 1 where there is one."""
    table = Path(options.table)
    if options.fix and table.exists() and not tables.is_package(table):
        options.misuse(f"--fix rewrites a folder of ours; {table.name} stays as its source made it")
    try:
        dataset = tables.open_named(table, options, is_quiet=True)
    except TableError as error:
        return _listed(error.problems)
    for name in TABLES:
        print(f"{name:<12} {len(getattr(dataset, name)):>9,}")
    print(f"data version {dataset.version:>9}")
    if dataset.report is not None and not tables.is_package(table):
        return _accounted(dataset.report)
    crooked = noncanonical_files(dataset, table)
    if crooked and options.fix:
        save(dataset, table)
        print(f"Rewritten in canonical form: {', '.join(crooked)}.")
    elif crooked:
        print(
            f"Not in canonical form: {', '.join(crooked)}."
            f" To rewrite: conflict-timeline check --fix {shlex.quote(str(table))}"
        )
    return _listed(_problems(dataset, table))


def _accounted(report: Report) -> int:
    """Say what became of each record of a foreign file; odd records that were loaded are sound."""
    print(f"{report.summary}.", *report.assumptions, sep="\n")
    if report.warnings:
        print("Loaded, but odd:", *report.warnings, sep="\n")
    if report.problems:
        print("Not loaded:")
    return _listed(report.problems)


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
