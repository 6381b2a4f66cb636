"""The editorial rules: what makes a table of events trustworthy beyond its schema.

They hold for a table that has a file `exceptions.csv`, which may be empty but for its header. A
case that must break a rule stands there with its argument; an exception that nothing needs any
more is a problem itself. `dashboard.companions.RULES` says each rule in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dashboard.checks.actors import attribution, sides
from dashboard.checks.days import id_date, report_date
from dashboard.checks.duplicates import duplicate
from dashboard.checks.exceptions import FILE, Exempt, load_exceptions
from dashboard.checks.exceptions import has_exceptions as has_exceptions
from dashboard.checks.findings import Finding, Rule, Table
from dashboard.checks.kinds import kind
from dashboard.checks.links import link, link_twice
from dashboard.checks.places import gazetteer, listed_point, outline, province, same_place
from dashboard.checks.sources import one_name
from dashboard.checks.texts import text_length, wording
from dashboard.checks.tolls import parts, toll_blank, toll_source, toll_span
from dashboard.dataset import Dataset
from dashboard.errors import Problem

RULES: Mapping[str, Rule] = {
    "id_date": id_date,
    "report_date": report_date,
    "parts": parts,
    "toll_source": toll_source,
    "toll_span": toll_span,
    "toll_blank": toll_blank,
    "duplicate": duplicate,
    "sides": sides,
    "kind": kind,
    "attribution": attribution,
    "province": province,
    "outline": outline,
    "gazetteer": gazetteer,
    "listed_point": listed_point,
    "same_place": same_place,
    "text_length": text_length,
    "wording": wording,
    "link": link,
    "link_twice": link_twice,
    "one_name": one_name,
}
# Rules that our own table does not keep yet. Their findings do not fail `check`.
PENDING: tuple[str, ...] = ()


def findings(dataset: Dataset) -> list[Finding]:
    """List every case that breaks an editorial rule, excepted or not, by rule and row."""
    table = Table.of(dataset)
    return [finding for rule in RULES.values() for finding in rule(table)]


def rule_problems(dataset: Dataset, folder: str | Path) -> list[Problem]:
    """List what breaks the editorial rules in a table, by file and row.

    Args:
        dataset: The table.
        folder: Where its exceptions stand.

    Returns:
        The cases that no exception excuses, faults of the exceptions themselves, and exceptions
        that no case needs.
    """
    exempts, problems = load_exceptions(folder, dataset)
    found = findings(dataset)
    excused = {exempt.key for exempt in exempts}
    problems += [
        _named(finding)
        for finding in found
        if finding.key not in excused and finding.rule not in PENDING
    ]
    needed = {finding.key for finding in found}
    problems += [_stale(exempt) for exempt in exempts if exempt.key not in needed]
    return sorted(problems, key=lambda problem: (problem.file, problem.record or 0))


def _named(finding: Finding) -> Problem:
    """Let the sentence end in the first cells of the exception that would excuse it."""
    cells = ",".join(filter(None, (finding.rule, finding.event_id, finding.detail)))
    return replace(finding.problem, reason=f"{finding.problem.reason} [{cells}]")


def _stale(exempt: Exempt) -> Problem:
    cells = ",".join(filter(None, exempt.key))
    reason = f"nothing breaks the rule any more: {cells}. Remove the row."
    return Problem(FILE, reason, exempt.record)
