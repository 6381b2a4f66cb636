"""Where a table comes from: the terms of its source, and what became of each record of its file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from dashboard.errors import Problem, TableError, plural

# The terms of a foreign source stay beside its rows in this file.
TERMS_FILE = "terms.json"
# And in this one, what became of the records of the file that a folder was imported from.
REPORT_FILE = "report.json"
# A folder that was imported keeps so many problems of its file, and so many warnings.
MOST_KEPT = 100


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
        left_out: How many were not loaded, where `rejects` does not hold them any more.
        more_problems: How many there are besides `problems`, where only the first were kept.
        more_warnings: The same of `warnings`.
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
    left_out: int | None = None
    more_problems: int = 0
    more_warnings: int = 0

    @property
    def rejected(self) -> int:
        """How many records were not loaded."""
        return len(self.rejects.records) if self.left_out is None else self.left_out

    @property
    def unlisted(self) -> int:
        """How many faults there are besides those that are listed."""
        return self.more_problems + self.more_warnings

    @property
    def summary(self) -> str:
        """Say it in one line: "UCDP GED: 7,473 of 7,473 records loaded, 69 warnings"."""
        parts = [f"{self.loaded:,} of {plural(self.records, 'record')} loaded"]
        if self.rejected:
            parts.append(f"{self.rejected:,} not")
        odd = len(self.warnings) + self.more_warnings
        if odd:
            parts.append(plural(odd, "warning"))
        return f"{self.form_name}: {', '.join(parts)}"

    def as_dict(self) -> dict[str, object]:
        """Return it for JSON: the first faults, the number of the others, no record itself."""
        found: dict[str, object] = {
            name: getattr(self, name) for name in ("file", "form", "form_name", "records", "loaded")
        }
        found |= {"left_out": self.rejected, "assumptions": list(self.assumptions)}
        for name in ("problems", "warnings"):
            faults: tuple[Problem, ...] = getattr(self, name)
            found[name] = [asdict(fault) for fault in faults[:MOST_KEPT]]
            beyond = len(faults) - len(faults[:MOST_KEPT])
            found[f"more_{name}"] = beyond + getattr(self, f"more_{name}")
        return found

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Report:
        """Read what `as_dict` gave.

        Raises:
            ValueError, TypeError, KeyError: It is something else.
        """
        return cls(
            file=str(values["file"]),
            form=str(values["form"]),
            form_name=str(values["form_name"]),
            records=int(values["records"]),
            loaded=int(values["loaded"]),
            problems=tuple(Problem(**fault) for fault in values["problems"]),
            warnings=tuple(Problem(**fault) for fault in values["warnings"]),
            assumptions=tuple(map(str, values["assumptions"])),
            left_out=int(values["left_out"]),
            more_problems=int(values["more_problems"]),
            more_warnings=int(values["more_warnings"]),
        )

    def write_rejects(self, path: str | Path) -> int:
        """Write what was not loaded in the source's own layout; return the number of records."""
        return self.rejects.write(path)


def read_origin(folder: Path) -> tuple[Terms | None, Report | None]:
    """Read what `write_origin` left in a folder; None for what is not there.

    Raises:
        TableError: A file is there and holds something else.
    """
    terms, report = (_read_object(folder / name) for name in (TERMS_FILE, REPORT_FILE))
    return (
        None if terms is None else Terms.from_dict(terms),
        None if report is None else _report(report),
    )


def write_origin(folder: Path, terms: Terms | None, report: Report | None) -> None:
    """Write terms.json and report.json into a folder, or take away what stood for other rows."""
    for name, about in ((TERMS_FILE, terms), (REPORT_FILE, report)):
        if about is None:
            (folder / name).unlink(missing_ok=True)
        else:
            text = json.dumps(about.as_dict(), indent=2, ensure_ascii=False) + "\n"
            (folder / name).write_text(text, encoding="utf-8", newline="")


def _report(values: dict[str, Any]) -> Report:
    try:
        return Report.from_dict(values)
    except (KeyError, TypeError, ValueError):
        fault = "is no report on a file that was read. Remove it, or import the file again."
        raise TableError([Problem(REPORT_FILE, fault)]) from None


def _read_object(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise TableError([Problem(path.name, "is not a JSON object. Restore or remove it.")])
    return found


def kinds(problems: Sequence[Problem]) -> dict[str, int]:
    """Count problems by column, the most frequent first, for a summary of many."""
    found: dict[str, int] = {}
    for problem in problems:
        found[problem.column] = found.get(problem.column, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
