"""Rules on days: the id's day, and no report before what it reports."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from dashboard.checks.findings import Finding, Table, event_finding, report_finding

# A report may precede the first day written by as much as that day is uncertain.
SLACK_DAYS = {"day": 0, "week": 7, "month": 31, "year": 366, "unknown": 366}


def id_date(table: Table) -> Iterator[Finding]:
    """Find events whose id does not begin with their first day."""
    for event in table.events:
        day = event["start_date"].isoformat()
        if event["event_id"][:10] != day:
            right = day + event["event_id"][10:]
            reason = f"begins on {day}. Write the id {right!r}, or correct start_date."
            yield event_finding("id_date", event, "event_id", reason)


def report_date(table: Table) -> Iterator[Finding]:
    """Find reports published before their event began, beyond what its date precision allows."""
    for event in table.events:
        slack = datetime.timedelta(days=SLACK_DAYS[event["date_precision"]])
        for report in table.reports(event):
            published = report["published_date"]
            if published and published < event["start_date"] - slack:
                reason = (
                    f"published {published}, but the event begins {event['start_date']}. Correct"
                    " either day, or remove a page that speaks of an earlier event."
                )
                yield report_finding("report_date", report, "published_date", reason)
