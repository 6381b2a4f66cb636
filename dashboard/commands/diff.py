"""The command `diff`: what changed between two tables, as rows of changes.csv."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path
from typing import Any

from dashboard.cells import day
from dashboard.changes import as_csv, diff
from dashboard.dataset import load
from dashboard.errors import plural

OK = 0
EXAMPLES = """example:
  diff ../published/data data --why "Ministry's final count" --out new_rows.csv

Give each row its own reason before you add it to changes.csv."""


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "diff",
        help="list the cells that differ between two tables, as rows of changes.csv",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("old", metavar="OLD", help="folder of the table before")
    command.add_argument("new", metavar="NEW", help="folder of the table after")
    command.add_argument("--out", type=Path, metavar="FILE", help="write there, not to the screen")
    command.add_argument("--why", default="", metavar="TEXT", help="the reason, for every row")
    command.add_argument(
        "--date", type=_day, metavar="DAY", help="day of the change, yyyy-mm-dd (default: today)"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the changes of the events table; 0 whether there are any or none."""
    when = options.date or datetime.date.today()
    changes = diff(load(options.old), load(options.new), when, options.why)
    text = as_csv(changes)
    if options.out is None:
        sys.stdout.write(text)
    else:
        options.out.write_text(text, encoding="utf-8", newline="")
        events = len({change.event_id for change in changes})
        print(f"{plural(len(changes), 'change')} of {plural(events, 'event')}: {options.out}")
    return OK


def _day(text: str) -> datetime.date:
    try:
        return day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
