"""Guided readings of the table: Markdown files whose steps each show a selection.

A file begins with front matter (title, summary, order) between two lines `---`. A step is a line
`## Heading`, a line `[show](?theatre=iraq&from=2021-01-01)` and paragraphs. Figures of the table
stand as placeholders, so that they never go stale; any other number needs, in its own sentence, a
link to a report that says it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.errors import Problem, nearest, shown
from dashboard.stories.text import PLACEHOLDERS as PLACEHOLDERS
from dashboard.stories.text import (
    Fault,
    Known,
    numbers_said,
    plain_faults,
    query_faults,
    text_faults,
    window_faults,
)
from dashboard.stories.text import fill as fill
from dashboard.stories.text import to_html as to_html
from dashboard.stories.text import to_tokens as to_tokens

HEADING_LENGTH = 60
_KEYS = ("title", "summary", "order")
# YAML, which GitHub reads, wants quotes around a text that holds a colon.
_QUOTED = re.compile(r'\A"([^"\\]*)"\Z')
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_SHOW = re.compile(r"\[show\]\((\?[^\s()]*)\)\Z")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its heading, the query of what it shows, and its Markdown text."""

    heading: str
    query: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """A guided reading: its id (the file's name), title, one line of summary, and steps."""

    story_id: str
    title: str
    summary: str
    steps: tuple[Step, ...]


def load_stories(
    folder: str | Path, vocabulary: Mapping[str, Collection[str]], reports: pd.DataFrame
) -> tuple[list[Story], list[Problem]]:
    """Read the stories of a folder; one that is not there holds none.

    Args:
        folder: `stories` of a table's folder.
        vocabulary: The ids that a query may name (`Dataset.vocabulary`).
        reports: The reports table: the pages that a text may link, and their figures.

    Returns:
        The sound stories, in their order, and every problem of the others.
    """
    maps = (*vocabulary.get("theatre", ()), "fit")
    known = Known({**vocabulary, "map": maps}, numbers_said(reports))
    found: list[tuple[int, str, Story]] = []
    problems: list[Problem] = []
    for path in sorted(Path(folder).glob("*.md")):
        order, story, faults = _read(path, known)
        if faults:
            file = f"{path.parent.name}/{path.name}"
            faults.sort(key=lambda fault: fault[0])
            problems += [Problem(file, reason, line=line) for line, reason in faults]
        else:
            found.append((order, story.story_id, story))
    return [story for _, _, story in sorted(found, key=lambda entry: entry[:2])], problems


def story_problems(folder: str | Path, dataset: Dataset) -> list[Problem]:
    """List what is wrong in the stories of a folder, all of it."""
    return load_stories(folder, dataset.vocabulary, dataset.reports)[1]


def _read(path: Path, known: Known) -> tuple[int, Story, list[Fault]]:
    empty = Story(path.stem, "", "", ())
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return 0, empty, [(1, "is not UTF-8. Save the file as UTF-8.")]
    except OSError as error:
        return 0, empty, [(1, f"cannot be read: {error.strerror}.")]
    lines = content.replace("\r\n", "\n").split("\n")
    entries, start, faults = _front_matter(lines)
    if not _NAME.match(path.stem):
        rule = "Use lower-case letters, digits and single hyphens."
        faults.append((1, f"{shown(path.stem)} is not a name that a link can hold. {rule}"))
    steps = []
    for number, (line, heading, body) in enumerate(_parts(lines, start, faults), 1):
        step, found = _step(f"step {number}", (line, heading, body), known)
        steps.append(step)
        faults += found
    if not steps:
        faults.append((len(lines), "has no step. Begin one with '## ' and its heading."))
    order = int(entries["order"]) if entries.get("order", "").isdecimal() else 0
    story = Story(path.stem, entries.get("title", ""), entries.get("summary", ""), tuple(steps))
    return order, story, faults


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int, list[Fault]]:
    if lines[0].rstrip() != "---":
        reason = "has no front matter. Begin with title, summary and order between two lines '---'."
        return {}, 0, [(1, reason)]
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return {}, len(lines), [(1, "opens its front matter and does not close it with '---'.")]
    entries: dict[str, str] = {}
    faults: list[Fault] = []
    for line, text in enumerate(lines[1:end], 2):
        key, colon, value = (part.strip() for part in text.partition(":"))
        value = _QUOTED.sub(r"\1", value)
        if not text.strip():
            continue
        if not colon:
            faults.append((line, f"{shown(text)} is not 'key: value'."))
        elif key not in _KEYS:
            faults.append((line, f"no entry is called {shown(key)}.{nearest(key, _KEYS)}"))
        elif key in entries:
            faults.append((line, f"names {key!r} twice. Keep one."))
        else:
            entries[key] = value
            faults += _order_faults(line, value) if key == "order" else plain_faults(line, value)
    for key in _KEYS:
        if not entries.get(key):
            faults.append((1, f"has no {key}. Write '{key}: …' in the front matter."))
    return entries, end + 1, faults


def _order_faults(line: int, value: str) -> list[Fault]:
    fits = not value or (value.isascii() and value.isdecimal())
    return [] if fits else [(line, f"order {shown(value)} is not a whole number.")]


def _parts(
    lines: Sequence[str], start: int, faults: list[Fault]
) -> list[tuple[int, str, list[str]]]:
    """Split a file at its headings: line of the heading, its text, the lines under it."""
    parts: list[tuple[int, str, list[str]]] = []
    for line, text in enumerate(lines[start:], start + 1):
        if text.startswith("## ") or text.rstrip() == "##":
            parts.append((line, text[2:].strip(), []))
        elif parts:
            parts[-1][2].append(text)
        elif text.strip():
            reason = f"{shown(text)} stands before the first step. Begin a step with '## '."
            faults.append((line, reason))
    return parts


def _step(name: str, part: tuple[int, str, list[str]], known: Known) -> tuple[Step, list[Fault]]:
    line, heading, body = part
    faults = plain_faults(line, heading)
    if not heading:
        faults.append((line, f"{name} has an empty heading."))
    if len(heading) > HEADING_LENGTH:
        reason = f"has a heading of {len(heading)} characters. Write at most {HEADING_LENGTH}."
        faults.append((line, f"{name} {reason}"))
    first = next((i for i, text in enumerate(body) if text.strip()), len(body))
    match = _SHOW.match(body[first].strip()) if first < len(body) else None
    query = match[1] if match else ""
    if match:
        faults += [(line + 1 + first, reason) for reason in query_faults(query, known)]
    else:
        faults.append((line, f"{name} has no selection. Write [show](?…) under its heading."))
    rest = body[first + 1 :] if match else body[first:]
    text = "\n".join(rest)
    if not text.strip():
        faults.append((line, f"{name} has no text. Write a paragraph under its selection."))
    faults += text_faults(line + len(body) - len(rest) + 1, text, known)
    faults += [(line, f"{name}: {reason}") for reason in window_faults(query, text)]
    return Step(heading, query, text.strip()), faults
