"""What GTD says in words: summaries, and the references that it calls citations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.readers.base import Fault
from dashboard.readers.dates import FORMS
from dashboard.readers.drafts import Page
from dashboard.readers.titles import cut

_LONGEST, _LONGEST_TITLE = 1200, 200
# "Title of the page," Outlet, January 1, 2021.
_CITATION = re.compile(
    r"""["“'](?P<title>.+?)[,.]?["”'],?\s*(?P<outlet>[^,"]{2,80}),\s*(?P<date>[^,]+(?:,\s*\d{4})?)\.?\Z"""
)


def summary(  # noqa: PLR0913 (one for each column)
    text: str,
    date: str,
    where: str,
    target: str,
    owner: str,
    name: str,
    motive: str,
    related: str,
    doubt: str,
    is_multiple: str,
) -> str:
    """Join what the columns say that our schema has no column for."""
    parts = [text]
    if date:
        parts.append(f"Date as given: {date}.")
    if where:
        parts.append(f"Where: {where.rstrip('.')}.")
    hit = ", ".join(dict.fromkeys(filter(None, (target, owner, name))))
    if hit and hit != "Unknown":
        parts.append(f"Target: {hit}.")
    if motive and not motive.startswith("The specific motive"):
        parts.append(f"Motive: {motive.rstrip('.')}.")
    if doubt == "1":
        parts.append("It may not have been terrorism.")
    if is_multiple == "1":
        parts.append(f"Part of a set of attacks{': ' + related if related else ''}.")
    return cut(" ".join(filter(None, parts)), _LONGEST)


def pages(citations: Iterable[str]) -> list[Page]:
    """Make pages of citations."""
    return [_page(text) for text in dict.fromkeys(citations) if text]


def _page(text: str) -> Page:
    match = _CITATION.match(text)
    if not match:
        return Page(cut(text, 60), f"[{cut(text, _LONGEST_TITLE)}]")
    day = FORMS["d month y"](match["date"].strip().rstrip("."))
    published = None if day is None or isinstance(day, Fault) else day
    return Page(match["outlet"].strip(), cut(match["title"], _LONGEST_TITLE), published)
