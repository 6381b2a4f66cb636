"""Every error that the program raises on purpose."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class DashboardError(Exception):
    """Anything the reader or the table's author can mend; its text is shown as it is."""


class SelectionError(DashboardError, ValueError):
    """A link or query string that says something unknown."""


class ExportError(DashboardError, RuntimeError):
    """A picture that cannot be drawn or written."""


class ServeError(DashboardError, RuntimeError):
    """An address at which the page cannot be served."""


class EngineError(DashboardError, RuntimeError):
    """A large table that cannot be opened where it was said to be."""


class DependencyError(DashboardError, RuntimeError):
    """A program that must be installed first, with the command that does it."""


class ReaderError(DashboardError, ValueError):
    """A foreign file that cannot be read at all: what was found, what is needed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a table: where it stands, what was found and what would be right."""

    file: str
    reason: str
    record: int | None = None
    line: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        """Write the fault as one line that a text editor's reader can act on."""
        where = [self.file]
        if self.record is not None:
            where.append(f"record {self.record}")
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column:
            where.append(self.column)
        return f"{', '.join(where)}: {self.reason}"


class TableError(DashboardError, ValueError):
    """A table that breaks its schema; holds all its problems, not the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, each with file, record, line, column and value."""
        self.problems = tuple(problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{plural(len(self.problems), 'problem')}\n{lines}")


def plural(number: int, noun: str, nouns: str | None = None) -> str:
    """Write a count with its noun: "1 problem", "1,806 problems"."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def shown(value: str, limit: int = 60) -> str:
    """Quote a value for an error line, shortened so that one bad cell cannot fill the screen."""
    text = value if len(value) <= limit else value[: limit - 1] + "…"
    return repr(text)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the nearest known word, or the empty string."""
    folded = {candidate.casefold(): candidate for candidate in known}
    match = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f" Did you mean {folded[match[0]]!r}?" if match else ""
