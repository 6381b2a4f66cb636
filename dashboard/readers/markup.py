"""Plain text of what may hold HTML, in time that grows with its length and no faster."""

from __future__ import annotations

import html
import re

from dashboard.readers.values import text

_MOST = 100_000
_MARKED = re.compile(r"<[a-zA-Z/!?]|&[#a-zA-Z]")
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
# str.lower may change a text's length.
_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_BLOCKS = frozenset(
    ("p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "hr")
)
_SILENT = frozenset(("script", "style", "head", "title", "iframe", "object", "template"))


def plain(cell: str) -> str:
    """Return a text in one line without tags, comments, scripts and character references.

    `html.parser` takes minutes for "<b <b <b ...": a table of a stranger must not do that.
    """
    if not _MARKED.search(cell):
        return text(cell)
    return text(html.unescape("".join(_texts(cell[:_MOST]))))


def _texts(marked: str) -> list[str]:
    """Return what stands between the tags; a block's tag parts words."""
    found = []
    folded = marked.translate(_LOWER)
    place = 0
    end = -1
    while (start := marked.find("<", place)) >= 0:
        found.append(marked[place:start])
        if marked.startswith("<!--", start):
            end = marked.find("-->", start)
            place = end + 3 if end >= 0 else len(marked)
            continue
        if end <= start:
            end = marked.find(">", start)
        if end < 0:
            found.append(marked[start:])
            return found
        following = marked.find("<", start + 1, end)
        name = _NAME.match(folded, start + 1)
        if following >= 0 or not (name or marked[start + 1] in "!?"):
            place = following if following >= 0 else end + 1
            found.append(marked[start:place])
            continue
        place = end + 1
        word = name[1] if name else ""
        if word in _BLOCKS:
            found.append(" ")
        if word in _SILENT and folded[start + 1] != "/" and marked[end - 1] != "/":
            close = folded.find(f"</{word}", place)
            place = close if close >= 0 else len(marked)
    found.append(marked[place:])
    return found
