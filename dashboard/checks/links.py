"""Rules on addresses of reports: of a public page, that page's own, and each once an event.

That an address begins with http:// or https:// and holds no blank is a rule of the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard.checks.findings import Finding, Table, report_finding

# Labels of host names that belong to a publisher's workshop or to a network that copies pages.
WORKSHOPS = re.compile(
    r"(?:^|[.-])(?:acquia\w*|akamai\w*|amplify\w*|azurewebsites|beta|cdn\d*|cloudfront|dev\d*"
    r"|digital-release|edge|fastly|herokuapp|origin|pantheonsite|preprod|preview|prod\d*|qa"
    r"|release|s3|sandbox|stag(?:e|ing)\d*|test\d*|uat|web-?proxy|wpengine)(?=[.-])"
)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+\Z")
_CAMPAIGN = re.compile(r"utm_|fbclid\Z|gclid\Z|mc_cid\Z|mc_eid\Z")


def link(table: Table) -> Iterator[Finding]:
    """Find addresses that are not a public page's own."""
    for event in table.events:
        for report in table.reports(event):
            reason = _fault(report["url"])
            if reason:
                yield report_finding("link", report, "url", reason)


def link_twice(table: Table) -> Iterator[Finding]:
    """Find pages that one event cites twice under addresses that differ in nothing that counts."""
    for event in table.events:
        first: dict[str, str] = {}
        for report in table.reports(event):
            page = same_page(report["url"])
            if page and page in first:
                reason = f"{report['url']} is the page of {first[page]} again. Keep one."
                yield report_finding("link_twice", report, "url", reason)
            first.setdefault(page, report["url"])


def _fault(url: str) -> str:
    if not url:
        return "has no address. Give the page's, or remove the report."
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if host.endswith("."):
        return f"{url!r} ends its host in a dot. Drop the dot."
    if "@" in parts.netloc or not _HOST.match(host):
        return f"{url!r} names no public host. Give the page's own address."
    if ":" in parts.netloc:
        return f"{url!r} names a port. Drop ':{parts.netloc.rsplit(':')[-1]}'."
    if re.search(r"[<>\"{}|\\^`]", url):
        return f"{url!r} holds a sign that no address may hold. Copy it from the page again."
    if WORKSHOPS.search(host):
        return f"{host} is a staging or copying host. Cite the publisher's own page."
    return ""


def same_page(url: str) -> str:
    """Return what tells two pages apart: not the scheme, 'www.', a slash at the end or tracking."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removeprefix("www.")
    query = [pair for pair in parse_qsl(parts.query) if not _CAMPAIGN.match(pair[0])]
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(query))}" if host else ""
