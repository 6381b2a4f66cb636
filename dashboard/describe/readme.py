"""The description of a package for people: its README."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.companions import COMPANIONS
from dashboard.dataset import Dataset
from dashboard.describe.words import KINDS, ROWS, title
from dashboard.errors import plural
from dashboard.provenance import OURS
from dashboard.schema import KEYS, TABLES, TYPE_GROUPS, Column, columns_of


def readme(dataset: Dataset, beside: Sequence[str]) -> str:
    """Write README.md; `beside` names the tables about the tables."""
    parts = [
        f"# {title(dataset)}",
        _opening(dataset),
        "## Files",
        _files(dataset, beside),
        "## How to read it",
        _RULES,
        *(_table_part(dataset, table) for table in TABLES),
        *(_companion_part(name) for name in beside),
        "## Licence",
        _licence(dataset),
    ]
    return "\n\n".join(parts) + "\n"


def _opening(dataset: Dataset) -> str:
    events = dataset.events
    span = ""
    if dataset.days:
        span = f" from {dataset.first_day} to {dataset.last_day}"
    return (
        f"Data version `{dataset.version}`: {plural(len(events), 'event')}{span}, with"
        f" {plural(len(dataset.reports), 'source report')}.\n\n"
        "This file and `datapackage.json` are written by `conflict-timeline describe` from"
        " `dashboard/schema.py` and the tables; do not edit them by hand."
    )


def _files(dataset: Dataset, beside: Sequence[str]) -> str:
    lines = [
        (f"`{table}.csv`", f"{len(getattr(dataset, table)):,}", ROWS[table]) for table in TABLES
    ]
    others = [
        *((f"`{name}.csv`", "", f"{ROWS[name]}; not in the data version") for name in beside),
        ("`stories/*.md`", "", "not a table: a guided reading, each step with its selection"),
        ("`datapackage.json`", "", "not a table: the same description for programs"),
    ]
    if dataset.licence is OURS:
        others.append(
            ("`LICENSE.md`", "", "not a table: what the licence covers and what it does not")
        )
    return _grid(("file", "rows", "a row is"), [*lines, *others])


def _licence(dataset: Dataset) -> str:
    terms = dataset.licence
    if terms is OURS:
        return _LICENCE.format(version=dataset.version)
    return f"{terms.sentence} {terms.url}".strip() + f"\n\nCite as: {terms.citation}"


def _table_part(dataset: Dataset, table: str) -> str:
    known = columns_of(table, getattr(dataset, table).columns)
    keys = " and ".join(f"`{key}`" for key in KEYS[table])
    return _columns_part(table, f"One row is {ROWS[table]}. Key: {keys}.", known)


def _companion_part(name: str) -> str:
    return _columns_part(name, f"One row is {ROWS[name]}.", COMPANIONS[name])


def _columns_part(table: str, opening: str, known: Sequence[Column]) -> str:
    columns = [
        (
            f"`{column.name}`",
            KINDS[column.kind][1] + (f", {column.unit}" if column.unit else ""),
            "never empty" if column.required else column.empty,
            column.meaning,
        )
        for column in known
    ]
    grid = _grid(("column", "holds", "empty means", "meaning"), columns)
    parts = [f"## {table}.csv", opening, grid]
    for column in known:
        if column.words:
            parts += [f"### The words of `{column.name}`", _words_table(column)]
    return "\n\n".join(parts)


def _words_table(column: Column) -> str:
    groups = {group.id: group.name for group in TYPE_GROUPS}
    has_groups = any(word.group for word in column.words)
    head = ("word", "name", *(("group",) if has_groups else ()), "meaning")
    rows = [
        (
            f"`{word.id}`",
            word.name,
            *((f"{groups[word.group]} (`{word.group}`)",) if has_groups else ()),
            word.meaning,
        )
        for word in column.words
    ]
    return _grid(head, rows)


def _grid(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


_RULES = """\
- **Empty means unknown, never zero.** A toll is empty where no source gives a figure; `0` is
  written only where a source says that nobody came to harm. Where an empty cell says something
  else, the tables below say what.
- A toll is given as low, best and high together, or not at all. Sums leave unknown tolls out.
- Days are local days, written yyyy-mm-dd; an event of one day has the same first and last day.
  `date_precision` and `geo_precision` say how well day and place are known: an imprecise one is
  not the exact day or point that it is written as.
- A cell that holds several ids or texts joins them with `;`, without spaces.
- An overview whose parts (`part_of`) carry tolls carries none, so that a sum never counts twice.
- Two pages that carry one agency's text are one source: independent sources are counted by `via`,
  or by `publisher` where `via` is empty.
- Files are UTF-8 with commas, `"` where needed and LF; rows are sorted, and degrees have at most
  five decimals. `conflict-timeline check` says what breaks a rule, `check --fix` brings a sound
  package to this form.
- The data version is a hash of the four tables: it changes with any cell, not with their layout."""

_LICENCE = """\
Creative Commons Attribution 4.0 International (CC BY 4.0); `LICENSE.md` says what it covers. Name
the source as: Conflict Timeline contributors, data version `{version}`, CC BY 4.0. Each figure's
own source stands in `reports.csv` and keeps its rights in its text."""
