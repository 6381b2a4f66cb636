"""Rule on the names of sources: one spelling each, so that one organisation counts once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from dashboard.checks.findings import Finding, Row, Table, report_finding
from dashboard.checks.spellings import plain


def one_name(table: Table) -> Iterator[Finding]:
    """Find publishers and agencies that the table mostly spells another way."""
    uses = Counter(
        name for event in table.events for report in table.reports(event) for name in names(report)
    )
    spellings = defaultdict(list)
    for name in uses:
        spellings[plain(name)].append(name)
    usual = {
        name: min(alike, key=lambda one: (-uses[one], one))
        for key, alike in spellings.items()
        for name in alike
        if key
    }
    for event in table.events:
        for report in table.reports(event):
            for column in ("publisher", "via"):
                for name in report[column].split(";"):
                    if usual.get(name, name) != name:
                        reason = f"{name!r} is mostly spelled {usual[name]!r}. Use one spelling."
                        yield report_finding("one_name", report, column, reason, name)


def names(report: Row) -> Iterator[str]:
    """Give the publisher of a report and the agencies behind it."""
    yield from filter(None, (report["publisher"], *report["via"].split(";")))
