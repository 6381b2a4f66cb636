"""How to cite the table, a selection of it, or one event: plain text, BibTeX and RIS."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from dashboard import query, wording
from dashboard.dataset import Dataset
from dashboard.engine import open_events
from dashboard.provenance import OURS, Terms
from dashboard.selection import Selection

# What TeX takes for commands. After a backslash, the last three would be a line break or an accent;
# braces must balance even where they are escaped.
_TEX = {letter: f"\\{letter}" for letter in "$&#_%"} | {
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: a title, the version of the table, where it was seen and when, whose it is."""

    key: str
    title: str
    version: str
    url: str
    accessed: datetime.date
    terms: Terms = OURS

    @property
    def plain(self) -> str:
        """Write it as one sentence for a note; a foreign table's own citation comes first."""
        parts = (
            f"“{self.title}”",
            f"data version {self.version}",
            # A reader's own table has no more to say of itself than its name, which stands first.
            self._licence if self._licence != self.terms.citation else "",
            self.url,
            f"accessed {wording.day_text(self.accessed)}.",
        )
        seen = ", ".join(filter(None, parts))
        if self.terms is OURS:
            return f"{self.terms.citation}, {seen}"
        return f"{_sentence(self.terms.citation)} Shown as {seen} {self.terms.sentence}"

    @property
    def bibtex(self) -> str:
        """Write it as a BibTeX entry."""
        return (
            f"@misc{{{self.key},\n"
            f"  author = {{{{{_tex(self._author)}}}}},\n"
            f"  title = {{{{{_tex(self.title)}}}}},\n"
            f"  year = {{{self.accessed.year}}},\n"
            f"  version = {{{self.version}}},\n"
            f"  url = {{{self.url}}},\n"
            f"  urldate = {{{self.accessed}}},\n"
            f"  note = {{{_tex(self._note)}}}\n"
            "}\n"
        )

    @property
    def ris(self) -> str:
        """Write it as a RIS record, for reference managers."""
        lines = (
            ("TY", "DATA"),
            ("AU", self._author),
            ("TI", self.title),
            ("PY", str(self.accessed.year)),
            ("ET", self.version),
            ("UR", self.url),
            ("Y2", f"{self.accessed:%Y/%m/%d}"),
            ("N1", self._note),
            ("ER", ""),
        )
        return "".join(f"{tag}  - {_one_line(text)}\r\n" for tag, text in lines)

    @property
    def _licence(self) -> str:
        return "CC BY 4.0" if self.terms is OURS else self.terms.credit

    @property
    def _author(self) -> str:
        return self.terms.citation if self.terms is OURS else self.terms.name

    @property
    def _note(self) -> str:
        if self.terms is OURS:
            return self._licence
        return f"{_sentence(self.terms.citation)} {self.terms.sentence}"


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def of_selection(
    dataset: Dataset, selection: Selection, url: str, accessed: datetime.date
) -> Citation:
    """Cite the table, or what a selection chooses of it."""
    words = wording.selection_in_words(dataset, selection)
    title = f"{wording.NAME}: {dataset.name}"
    if selection.is_limited:
        title = f"{title}, {words}"
    return Citation(
        f"conflict-timeline-{dataset.version}",
        title,
        dataset.version,
        url,
        accessed,
        dataset.licence,
    )


def of_event(dataset: Dataset, event_id: str, url: str, accessed: datetime.date) -> Citation:
    """Cite one event."""
    event: Any = query.one(open_events(dataset), event_id).iloc[0]
    when = wording.days_text(
        event["start_date"].date(), event["end_date"].date(), event["date_precision"]
    )
    title = f"{event['title']}, {when}. {wording.NAME}: {dataset.name}, event {event_id}"
    return Citation(
        f"conflict-timeline-{event_id}", title, dataset.version, url, accessed, dataset.licence
    )


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
