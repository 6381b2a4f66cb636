"""Where a table comes from: the terms of its source, and what became of each record of its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from dashboard.errors import Problem, plural


@dataclass(frozen=True, slots=True)
class Terms:
    """What the source of a table asks of whoever shows it.

    Attributes:
        name: The source in a word or two, "UCDP GED".
        credit: The line that stands wherever its rows do, "UCDP GED, CC BY 4.0".
        sentence: Its licence or terms in one sentence.
        citation: How it wants to be cited.
        url: Where its terms stand.
        may_redistribute: Whether its rows may be passed on, with credit.
        is_systematic: Whether it means to hold every event of its kind, so that counts of them may
            be read as rates.
    """

    name: str
    credit: str
    sentence: str
    citation: str
    url: str
    may_redistribute: bool
    is_systematic: bool = False

    def as_dict(self) -> dict[str, str | bool]:
        """Return the fields by name, for JSON."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    @classmethod
    def from_dict(cls, values: dict[str, object]) -> Terms:
        """Read what `as_dict` gave; what is missing is empty, or not permitted."""
        flags = ("may_redistribute", "is_systematic")
        texts = {
            part.name: str(values.get(part.name, ""))
            for part in fields(cls)
            if part.name not in flags
        }
        return cls(
            **texts,
            may_redistribute=values.get("may_redistribute") is True,
            is_systematic=values.get("is_systematic") is True,
        )


# The terms of the table that ships with the program.
OURS = Terms(
    name="Conflict Timeline",
    credit="Conflict Timeline contributors, CC BY 4.0",
    sentence=(
        "The table is under the Creative Commons Attribution 4.0 International licence"
        " (CC BY 4.0): it may be passed on with credit."
    ),
    citation="Conflict Timeline contributors",
    url="https://creativecommons.org/licenses/by/4.0/",
    may_redistribute=True,
)


def own_terms(name: str) -> Terms:
    """Return the terms of a reader's own table, which stands as the source of its events.

    Args:
        name: The name of its file or folder.
    """
    return Terms(
        name=name,
        credit=name,
        sentence=(
            "This is a table of your own: whether its rows may be passed on is for you and its"
            " sources to say."
        ),
        citation=name,
        url="",
        may_redistribute=True,
    )


@dataclass(frozen=True, slots=True)
class Rejects:
    """The records that were not loaded, each as it stands in its file.

    Attributes:
        head: What stands before the first record, so that the kept-aside file reads like its
            source: the header line, or the opening of a JSON list.
        records: The records' own texts.
        joint: What stands between two of them.
        tail: What stands behind the last.
        encoding: That of the source.
    """

    head: str = ""
    records: tuple[str, ...] = ()
    joint: str = ""
    tail: str = ""
    encoding: str = "utf-8"

    def write(self, path: str | Path) -> int:
        """Write them in the source's layout and return their number."""
        body = self.joint.join(self.records)
        content = (self.head + body + self.tail).encode(self.encoding, "backslashreplace")
        Path(path).write_bytes(content)
        return len(self.records)


@dataclass(frozen=True, slots=True)
class Report:
    """What was read of a foreign file: `records == loaded + rejected`, always.

    Attributes:
        file: The file's name.
        form: The key of the reader, "ucdp".
        form_name: Its name, "UCDP GED".
        records: How many records the file holds.
        loaded: How many of them became events.
        problems: Why the others did not: at least one for each, in the order of the file.
        warnings: What is odd in records that were loaded.
        assumptions: Sentences on what was taken for granted: encoding, date format, rules.
        rejects: The records that were not loaded, as they stand in the file.
    """

    file: str
    form: str
    form_name: str
    records: int
    loaded: int
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    assumptions: tuple[str, ...] = ()
    rejects: Rejects = Rejects()

    @property
    def rejected(self) -> int:
        """How many records were not loaded."""
        return len(self.rejects.records)

    @property
    def summary(self) -> str:
        """Say it in one line: "UCDP GED: 7,473 of 7,473 records loaded, 69 warnings"."""
        parts = [f"{self.loaded:,} of {plural(self.records, 'record')} loaded"]
        if self.rejected:
            parts.append(f"{self.rejected:,} not")
        if self.warnings:
            parts.append(plural(len(self.warnings), "warning"))
        return f"{self.form_name}: {', '.join(parts)}"

    def write_rejects(self, path: str | Path) -> int:
        """Write what was not loaded in the source's own layout; return the number of records."""
        return self.rejects.write(path)


def kinds(problems: Sequence[Problem]) -> dict[str, int]:
    """Count problems by column, the most frequent first, for a summary of many."""
    found: dict[str, int] = {}
    for problem in problems:
        found[problem.column] = found.get(problem.column, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
