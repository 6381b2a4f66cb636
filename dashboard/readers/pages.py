"""The sources that a table names, as pages with publisher and address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from dashboard.cells import parse
from dashboard.readers.drafts import Page
from dashboard.readers.markup import plain
from dashboard.readers.titles import cut
from dashboard.schema import REPORTS

_URL = next(column for column in REPORTS if column.name == "url")
_ADDRESS = re.compile(r"https?://[^\s<>\"'|;]+[^\s<>\"'|;.,)]")
_LONGEST = 200
_MOST = 40


def address(text: str) -> str:
    """Return a web address if the text is one, else ""."""
    bare = text.strip()
    try:
        return str(parse(_URL, bare) or "")
    except ValueError:
        return ""


def publisher_of(url: str) -> str:
    """Return the name of the site that an address belongs to."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.")


def pages_of(names: str, addresses: str) -> list[Page]:
    """Return the pages that two cells name: publishers parted by ';', addresses by anything.

    As many names as addresses belong together one by one; else each is a page of its own.
    """
    urls = [url for url in map(address, _ADDRESS.findall(addresses)) if url]
    names = plain(names) if "<" in names else names
    own = [url for url in map(address, _ADDRESS.findall(names)) if url]
    without = _ADDRESS.sub("", names) if own else names
    labels = [label for label in map(plain, without.split(";")) if label.strip(" ,;-")]
    urls += own
    if len(labels) == len(urls):
        found = [_page(label, url) for label, url in zip(labels, urls, strict=True)]
    elif len(urls) == 1 and labels:
        found = [_page(labels[0], urls[0]), *(_page(label, "") for label in labels[1:])]
    else:
        found = [*(_page(label, "") for label in labels), *(_page("", url) for url in urls)]
    return unique(found)[:_MOST]


def _page(label: str, url: str) -> Page:
    return Page(cut(label, _LONGEST) or publisher_of(url) or url, url=url)


def unique(pages: Iterable[Page]) -> list[Page]:
    """Leave out pages that stand there already: a source counts once."""
    return list({(page.url or page): page for page in pages}.values())
