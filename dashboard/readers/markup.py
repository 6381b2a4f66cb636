"""Plain text of what may hold HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from dashboard.readers.values import text

_MOST = 100_000
_TAG = re.compile(r"<[a-zA-Z/!]|&[#a-zA-Z]")
_BLOCKS = frozenset(
    ("p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "hr")
)
_SILENT = frozenset(("script", "style", "head", "title", "iframe", "object", "template"))


class _Cleaner(HTMLParser):
    """Collects the texts between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Part blocks by a space, and leave out what is no text."""
        del attrs
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Part blocks by a space."""
        if tag in _SILENT and self.silent:
            self.silent -= 1
        if tag in _BLOCKS:
            self.found.append(" ")

    def handle_data(self, words: str) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Keep a text."""
        if not self.silent:
            self.found.append(words)


def plain(cell: str) -> str:
    """Return a text in one line without tags, scripts and character references."""
    if not _TAG.search(cell):
        return text(cell)
    cleaner = _Cleaner()
    try:
        cleaner.feed(cell[:_MOST])
        cleaner.close()
    except (AssertionError, ValueError):  # what html.parser raises on broken declarations
        return text(re.sub(r"<[^<>]*>", " ", cell[:_MOST]))
    return text("".join(cleaner.found))
