"""The text of a step: its placeholders, its HTML, and what it may not hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dashboard.errors import nearest, shown
from dashboard.selection import Selection

Fault = tuple[int, str]  # line of the file; what is wrong and what would be right
# What a step's text may ask of its own selection; `before` is the same length of time before it.
PLACEHOLDERS = {
    "events": "events that the selection chooses",
    "events_before": "events before",
    "killed": "killed, sum of the best figures",
    "killed_low": "killed, sum of the lowest figures",
    "killed_high": "killed, sum of the highest figures",
    "killed_known": "events with a figure of the killed",
    "killed_before": "killed before, sum of the best figures",
    "wounded": "wounded, sum of the best figures",
    "displaced": "displaced, sum",
    "places": "places",
    "reports": "source reports of the events that the selection chooses",
    "reports_before": "source reports of the events before",
    "before": "the days before, in words: 1 April 2019 – 30 March 2020",
    "ratio": "events to events before, with its interval: 1.5 (95 % interval 0.5–5.1)",
    "change": "no clear change, a clear rise or a clear fall",
}
# These compare, so that the step's query must name both days of its window.
COMPARING = {"events_before", "killed_before", "reports_before", "before", "ratio", "change"}
_PAGE_FIELDS = {"story": "story", "step": "step", "embed": "embed", "version": "v"}
_BLOCKS = {"paragraph", "bullet_list", "ordered_list", "list_item", "blockquote", "inline"}
_BLOCK_NAMES = {"fence": "code block", "hr": "dividing line"}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:[–-]\d{{1,2}})? {_MONTH}\b|(?<![\d,.])(?:19|20)\d\d(?![\d%]|[,.]\d)"
)
_NUMBER = re.compile(r"\d+(?:[,.]\d+)*")
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”\")]))\s+")
_LINK = "\ue000"  # stands for a link while its sentence is read


@dataclass(frozen=True, slots=True)
class Known:
    """What a story may name: ids by key, and the numbers that each linked page says."""

    vocabulary: Mapping[str, Collection[str]]
    said: Mapping[str, set[str]]


def fill(text: str, figures: Mapping[str, str]) -> str:
    """Put figures in the place of a text's placeholders.

    Raises:
        KeyError: The text asks for a placeholder that `figures` lacks.
    """
    return _PLACEHOLDER.sub(
        lambda match: figures[match[1]] if match[1] in PLACEHOLDERS else match[0], text
    )


def to_html(text: str) -> str:
    """Render a step's Markdown: no HTML of its own, no pictures, only web and query links."""
    markdown = _renderer()
    return markdown.renderer.render(to_tokens(text), markdown.options, {})


def to_tokens(text: str) -> list[Token]:
    """Parse a step's Markdown; links to the web open beside the page."""
    tokens = _renderer().parse(text)
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and _WEB.match(str(child.attrGet("href"))):
                child.attrSet("target", "_blank")
                child.attrSet("rel", "noopener")
    return tokens


class _Renderer(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return url.startswith("?") or bool(_WEB.match(url))


class _Checker(MarkdownIt):
    """Lets everything through as it is written, so that the check can name it."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url


@cache
def _renderer() -> MarkdownIt:
    blocks = ["heading", "lheading", "fence", "code", "hr", "html_block", "reference"]
    return _Renderer("commonmark", {"html": False}).disable([*blocks, "image", "html_inline"])


@cache
def _checker() -> MarkdownIt:
    return _Checker("commonmark", {"html": True}).disable(["reference"])


def numbers_said(reports: pd.DataFrame) -> dict[str, set[str]]:
    """Gather, by address, the numbers that the reports of a page say: figures, title and note."""
    figures = [f"{quantity}_{end}" for quantity in ("killed", "wounded") for end in ("min", "max")]
    said: dict[str, set[str]] = {}
    for report in reports.to_dict("records"):
        numbers = {str(report[name]) for name in figures if not pd.isna(report[name])}
        numbers |= set(_numbers(f"{report['title']} {report['note']}"))
        said.setdefault(str(report["url"]), set()).update(numbers)
    return said


def _numbers(text: str) -> list[str]:
    return [number.replace(",", "") for number in _NUMBER.findall(text)]


def query_faults(query: str, known: Known) -> list[str]:
    """List what of a query is unknown, or not a story's to set."""
    selection, reasons = Selection.parse(query, known.vocabulary)
    return reasons + [
        f"{key}= is set by the page. Leave it out of a story's query."
        for field, key in _PAGE_FIELDS.items()
        if getattr(selection, field)
    ]


def window_faults(query: str, text: str) -> list[str]:
    """List the placeholders that compare while the query names no window."""
    selection = Selection.parse(query)[0]
    if selection.from_date and selection.to_date:
        return []
    asked = [name for name in _PLACEHOLDER.findall(text) if name in COMPARING]
    return [f"{{{name}}} compares, so the query needs from= and to=." for name in asked]


def plain_faults(line: int, text: str) -> list[Fault]:
    """List what a title, a summary or a heading may not hold: placeholders and bare numbers."""
    reason = "holds a brace. Placeholders stand in a step's text alone."
    braces = [(line, reason)] if re.search(r"[{}]", text) else []
    return braces + [(line, _unsourced(number)) for number in _numbers(_DATE.sub("", text))]


def _unsourced(number: str) -> str:
    return (
        f"{number} has no source. Link, in the same sentence, a report that says it, or write a"
        " placeholder."
    )


def text_faults(line: int, text: str, known: Known) -> list[Fault]:
    """List what a step's text may not hold, with the lines of the file; it begins at `line`."""
    faults: list[Fault] = []
    for offset, written in enumerate(text.split("\n")):
        faults += [(line + offset, reason) for reason in _brace_faults(written)]
    place = line
    for token in _checker().parse(text):
        place = line + token.map[0] if token.map else place
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind == "html_block":
            faults.append((place, _markup(token.content)))
        elif kind not in _BLOCKS and not token.type.endswith("_close"):
            block = _BLOCK_NAMES.get(kind, kind.replace("_", " "))
            reason = f"holds a {block}. Write paragraphs, lists and links only."
            faults.append((place, reason))
        faults += [(place, reason) for reason in _inline_faults(token.children or (), known)]
    return faults


def _brace_faults(text: str) -> Iterator[str]:
    for name in _PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            yield f"no placeholder is called {shown(name)}.{nearest(name, PLACEHOLDERS)}"
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        yield "holds a brace of no placeholder. Write one as {events}, on one line."


def _markup(content: str) -> str:
    return f"holds the markup {shown(content.strip(), 30)}. A story is text; remove it."


def _inline_faults(tokens: Sequence[Token], known: Known) -> Iterator[str]:
    flat, links = "", []
    for token in tokens:
        if token.type == "html_inline":
            yield _markup(token.content)
        elif token.type == "image":
            yield "holds a picture. A story is text; remove it."
        elif token.type == "link_open":
            links.append(str(token.attrGet("href")))
            flat += _LINK
            yield from _link_faults(links[-1], known)
        flat += " " if token.type in ("softbreak", "hardbreak") else token.content
    for sentence in _SENTENCE.split(flat):
        linked, links = links[: sentence.count(_LINK)], links[sentence.count(_LINK) :]
        said = set().union(*(known.said.get(url, ()) for url in linked))
        bare = _DATE.sub("", _PLACEHOLDER.sub("", sentence))
        yield from (_unsourced(number) for number in _numbers(bare) if number not in said)


def _link_faults(url: str, known: Known) -> Iterator[str]:
    if url.startswith("?"):
        yield from query_faults(url, known)
    elif not _WEB.match(url):
        yield f"{shown(url)} is neither a web address (http, https) nor a query (?…)."
    elif url not in known.said:
        advice = "Link a page of reports.csv, or add it there."
        yield f"no report has the address {shown(url, 90)}. {advice}{nearest(url, known.said)}"
