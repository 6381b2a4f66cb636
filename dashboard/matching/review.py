"""The file in which a person decides on pairs: written side by side, read back row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.errors import Problem, TableError, nearest, shown
from dashboard.matching.pairing import Decisions
from dashboard.matching.remarks import LETTERS, remarks
from dashboard.readers.files import Form, encoding_of, form_of, text_of

YES, NO, OPEN = "yes", "no", ""
# No pair is certain before a person has looked at it.
MOST_SURE = 0.99
IDS = ("a_event_id", "b_event_id")
NEEDS = ("decision", *IDS)
COLUMNS = (
    *("decision", "score", *IDS),
    *("a_start_date", "a_end_date", "b_start_date", "b_end_date", "days_apart"),
    *("a_place", "b_place", "km_apart", "a_actors", "b_actors"),
    *("a_killed_low", "a_killed_best", "a_killed_high"),
    *("b_killed_low", "b_killed_best", "b_killed_high"),
    *("agreements", "gaps", "a_title", "b_title", "note"),
)
# A cell that begins so would run as a formula when a spreadsheet opens the file.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Beyond so many ids, looking for the one that was meant takes too long.
_MOST_IDS = 5_000


@dataclass(frozen=True, slots=True)
class Review:
    """What a review file says: the decisions, and the notes beside pairs, by both ids."""

    decisions: Decisions = Decisions()
    notes: dict[tuple[str, str], str] = field(default_factory=dict)


def rows(
    one: Dataset, other: Dataset, pairs: pd.DataFrame, names: tuple[str, str] = LETTERS
) -> Iterator[dict[str, str]]:
    """Put the two events of each pair side by side: the columns `COLUMNS`, all as texts.

    Args:
        one: The first table, A.
        other: The second table, B.
        pairs: As `pairing.suggest` gives them.
        names: What agreements and gaps call both tables.
    """
    some = (one, other)
    labels = [_labels(dataset) for dataset in some]
    events = [
        dataset.events.iloc[pairs[column]].to_dict("records")
        for dataset, column in zip(some, ("a", "b"), strict=True)
    ]
    for pair, a, b in zip(pairs.to_dict("records"), *events, strict=True):
        said = remarks(pair, a, b, names)
        row = {
            "decision": pair["decision"],
            "score": f"{min(pair['score'], MOST_SURE):.2f}",
            "days_apart": f"{pair['days']:.0f}",
            "km_apart": "" if pd.isna(pair["km"]) else f"{pair['km']:.0f}",
            "agreements": "; ".join(said.agreements),
            "gaps": "; ".join(said.gaps),
        }
        for letter, event, actors in zip("ab", (a, b), labels, strict=True):
            row |= {f"{letter}_{key}": text for key, text in _told(event, actors).items()}
        yield row


def _labels(dataset: Dataset) -> dict[str, str]:
    return {**dataset.actor_labels, "": ""}


def _told(event: dict[Any, Any], names: dict[str, str]) -> dict[str, str]:
    place = event["place"]
    precision = event["geo_precision"]
    actors = [
        ", ".join(names.get(actor, actor) for actor in str(event[side]).split(";"))
        for side in ("initiators", "targets")
        if event[side]
    ]
    told = {
        "event_id": event["event_id"],
        "start_date": f"{event['start_date']:%Y-%m-%d}",
        "end_date": f"{event['end_date']:%Y-%m-%d}",
        "place": f"{place} ({precision})" if place and precision else place or precision,
        "actors": " → ".join(actors),
        "title": event["title"],
    }
    for figure in ("killed_low", "killed_best", "killed_high"):
        told[figure] = "" if pd.isna(event[figure]) else str(event[figure])
    return told


def text(sides: Iterator[dict[str, str]], notes: dict[tuple[str, str], str]) -> str:
    """Write pairs as CSV, the notes of an earlier file beside them."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in sides:
        note = notes.get((row[IDS[0]], row[IDS[1]]), "")
        writer.writerow({name: _harmless(cell) for name, cell in (row | {"note": note}).items()})
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _as_noted(cell: str) -> str:
    """Undo `_harmless`; an apostrophe before anything else is the person's own."""
    bare = cell.removeprefix("'")
    return bare if bare.startswith(_FORMULA_STARTS) else cell


def read(path: Path, one: Dataset, other: Dataset) -> Review:
    """Read what a person decided: `decision` is yes, no or empty, in any case.

    Commas, semicolons and tabs may part the cells, in UTF-8, UTF-16 or Windows-1252, whatever a
    spreadsheet made of the file; other columns than decision, both ids and note are not read.

    Raises:
        ReaderError: The file cannot be read.
        TableError: With every problem: an id that its table does not have, another word, a pair
            that stands there twice with two decisions, columns that are missing.
    """
    content = text_of(path, encoding_of(path))
    form = form_of(path.name, content) if content.strip() else Form(",", ())
    missing = [name for name in NEEDS if name not in form.header]
    if missing:
        raise TableError([_columns_missing(path, missing)])
    lines = io.StringIO(content, newline="")
    for _ in range(form.skipped_lines):
        next(lines)
    found = csv.DictReader(lines, form.header, delimiter=form.delimiter)
    next(found)  # the header
    ids = [set(dataset.events["event_id"]) for dataset in (one, other)]
    said: dict[tuple[str, str], str] = {}
    notes: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    try:
        for number, row in enumerate(found, 1):
            place = _Place(path.name, number, form.skipped_lines + found.line_num)
            pair = (_cell(row, IDS[0]), _cell(row, IDS[1]))
            word = _cell(row, "decision").casefold()
            faults = place.faults(pair, word, ids)
            if not faults and said.get(pair, word) != word:
                other_word = said[pair] or "left open"
                reason = f"this pair stands above as {other_word}. Keep one of the two rows."
                faults = [place.problem("decision", reason, word)]
            if not faults:
                said[pair] = word
                notes[pair] = _as_noted(_cell(row, "note"))
            problems += faults
    except csv.Error as error:
        line = form.skipped_lines + found.line_num
        problems.append(Problem(path.name, f"cannot be read as CSV: {error}.", line=line))
    if problems:
        raise TableError(problems)
    decided = {
        word: tuple(pair for pair, other_word in said.items() if other_word == word)
        for word in (YES, NO)
    }
    return Review(Decisions(decided[YES], decided[NO]), {k: v for k, v in notes.items() if v})


def _columns_missing(path: Path, missing: list[str]) -> Problem:
    noun = "column" if len(missing) == 1 else "columns"
    reason = f"has no {noun} {', '.join(missing)}. Give a CSV that `match A B --out FILE` wrote."
    return Problem(path.name, reason)


def _cell(row: dict, name: str) -> str:
    return (row.get(name) or "").strip()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row of the review file stands."""

    file: str
    record: int
    line: int

    def problem(self, column: str, reason: str, value: str) -> Problem:
        """State a fault of this row."""
        return Problem(self.file, reason, self.record, self.line, column, value)

    def faults(self, pair: tuple[str, str], word: str, ids: list[set[str]]) -> list[Problem]:
        """List what is wrong with a row's ids and its decision."""
        found = []
        for place, (column, event_id) in enumerate(zip(IDS, pair, strict=True)):
            if event_id not in ids[place]:
                reason = _unknown("AB"[place], event_id, ids[place], ids[1 - place])
                found.append(self.problem(column, reason, event_id))
        if word not in (YES, NO, OPEN):
            reason = f"{shown(word)} is no decision. Write yes or no, or leave it empty."
            found.append(self.problem("decision", reason, word))
        return found


def _unknown(letter: str, event_id: str, ids: Collection[str], others: Collection[str]) -> str:
    hint = (
        " The other table has it: are A and B the other way round?"
        if event_id in others
        else nearest(event_id, ids if len(ids) <= _MOST_IDS else ())
    )
    return f"table {letter} has no event {shown(event_id)}.{hint}"
