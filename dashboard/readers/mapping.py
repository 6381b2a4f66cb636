"""Which column of a plain table is which of ours: as we are told, and as names say plainly.

A mapping is said on the command line (`--map`) or in a TOML file, and means the same in both:

    --map "Date of attack=start_date"       the table's column = ours (more of ours: "a=x,y")
    --map "country_code==IRQ"               ours == one value for every record ("title==": none)
    --map "event_type:Ambush==armed_assault"    ours : the table's word == our word
    --map "actors:Da'esh==is"               the same for initiators and targets: a name or id
    --map "date_format==d/m/y"              the form of the dates, a key of `dates.FORMS`

    date_format = "d/m/y"
    [columns]                               # ours = the table's
    start_date = "Date of attack"
    [constants]                             # ours = a value
    country_code = "IRQ"
    [event_type]                            # the table's word = ours
    Ambush = "armed_assault"
    [actors]
    "Da'esh" = "is"

Columns of ours that are not mapped are guessed by their names; what was guessed, and what is not
read, stands in the report.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.engine import fold
from dashboard.errors import ReaderError, nearest, shown
from dashboard.readers.base import listed_columns
from dashboard.readers.guesses import GUESSES
from dashboard.schema import EVENT_TYPES

WORD_COLUMNS = ("event_type", "actors", "country_code")
_TABLES = ("columns", "constants", *WORD_COLUMNS)
_FORMAT = "date_format"
# What a reader misses first, if a table seems not to have it.
_WANTED = (
    *("latitude_deg", "longitude_deg", "country_code", "place", "killed_best", "wounded_best"),
    *("initiators", "targets", "event_type", "source"),
)
# A word that stands in a shell's double quotes as it is, and before the mark of a mapping.
SAYABLE = re.compile(r"[^\W_][\w .,:;()/'-]{0,39}\Z")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is read.

    Attributes:
        columns: The table's column, in lower case, by ours.
        constants: A value for every record, by our column.
        words: Our words by the table's, in lower case, by our column (`WORD_COLUMNS`).
        date_format: The form of its dates, "" to be found.
        guessed: Which of `columns` were told by their names.
    """

    columns: Mapping[str, str]
    constants: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    date_format: str = ""
    guessed: tuple[str, ...] = ()

    def sentences(self, header: Sequence[str]) -> list[str]:
        """Say what was taken for what, and what of the table is not read."""
        names = {name.casefold(): name for name in header}
        said = []
        if self.guessed:
            pairs = ", ".join(
                f"{names.get(self.columns[ours], self.columns[ours])} as {ours}"
                for ours in self.guessed
            )
            said.append(f"Columns taken by their names: {pairs}.")
        used = set(self.columns.values())
        unread = [name for key, name in names.items() if key and key not in used]
        if unread:
            said.append(f"Not read: the {listed_columns(unread)}.")
            filled = {*self.columns, *self.constants}
            if "coordinates" in filled:
                filled |= {"latitude_deg", "longitude_deg"}
            free = [ours for ours in _WANTED if ours not in filled]
            said += [_remedy(unread, free)] if free else []
        return said


def _remedy(unread: Sequence[str], free: Sequence[str]) -> str:
    """Say how a column that is not read can be; an odd name is not one to be repeated."""
    name = next((name for name in unread if SAYABLE.match(name)), "COLUMN")
    others = f" (still free: {', '.join(free)})" if len(free) > 1 else ""
    return f'To read one, say what it is, as in --map "{name}={free[0]}"{others}.'


def pairs(items: Iterable[str]) -> dict[str, str]:
    """Return a mapping from items of the command line: "column=ours", "ours==value".

    Raises:
        ReaderError: One has no "=".
    """
    found = {}
    for item in items:
        key, mark, value = item.partition("=")
        if not mark or not key.strip():
            raise ReaderError(
                f"{shown(item)} is no mapping. Write column=ours, for example Day=start_date."
            )
        found[key.strip()] = value.strip()
    return found


def mapping_of(path: str | Path) -> dict[str, str]:
    """Return the mapping that a TOML file holds, as `Options.mapping` takes it.

    Raises:
        ReaderError: It cannot be read, or holds something else.
    """
    path = Path(path)
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ReaderError(f"{path.name} cannot be read: {error.strerror or error}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ReaderError(f"{path.name} is no TOML file: {_one_line(str(error))}") from None
    mapping: dict[str, str] = {}
    for name, value in found.items():
        if name == _FORMAT and isinstance(value, str):
            mapping[_FORMAT] = f"={value}"
        elif name in _TABLES and isinstance(value, dict):
            for key, item in value.items():
                _add(mapping, name, key, _toml_text(path.name, f"{name}.{key}", item))
        else:
            raise ReaderError(
                f"{path.name} has an unknown or empty part {shown(name)}."
                f"{nearest(name, (*_TABLES, _FORMAT))} It may have {_FORMAT} and the tables"
                f" {', '.join(_TABLES)}."
            )
    return mapping


def _toml_text(file: str, name: str, item: object) -> str:
    if isinstance(item, dict | list):
        raise ReaderError(f"{file}: {name} is no text. Write it in quotes.")
    return str(item)


def _one_line(message: str) -> str:
    return " ".join(message.split()).rstrip(".") + "."


def _add(mapping: dict[str, str], table: str, key: str, value: str) -> None:
    if table == "columns":
        mapping[value] = ",".join(filter(None, (mapping.get(value, ""), key)))
    elif table == "constants":
        mapping[key] = f"={value}"
    else:
        mapping[f"{table}:{key}"] = f"={value}"


def plan_of(
    mapping: Mapping[str, str],
    header: Sequence[str],
    file: str,
    known: Mapping[str, str] | None = None,
    date_format: str = "",
) -> Plan:
    """Join what we are told with what the names of the columns say plainly.

    Args:
        mapping: As the module says.
        header: The table's columns.
        file: Its name, for messages.
        known: The table's columns by ours that its form says, unless the mapping says otherwise.
        date_format: The form of dates that its form says, unless the mapping says otherwise.

    Raises:
        ReaderError: The mapping names a column that the table has not, or one that we have not.
    """
    names = {name.casefold(): name for name in header}
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {name: {} for name in WORD_COLUMNS}
    for key, value in mapping.items():
        if not value.startswith("="):
            theirs = _theirs(key, names, file)
            columns |= dict.fromkeys((_ours(part.strip()) for part in value.split(",")), theirs)
            continue
        ours, _, word = key.partition(":")
        if word:
            if ours not in WORD_COLUMNS:
                raise ReaderError(
                    f"No words of {shown(ours)} can be mapped: only {', '.join(WORD_COLUMNS)}."
                )
            words[ours][word.strip().casefold()] = _word(ours, value[1:])
        else:
            constants[_ours(ours) if ours != _FORMAT else ours] = value[1:]
    date_format = constants.pop(_FORMAT, date_format)
    columns = {
        ours: theirs for ours, theirs in (known or {}).items() if ours not in constants
    } | columns
    guessed = _guessed(names, {*columns, *constants}, {*columns.values()})
    return Plan(
        columns | guessed,
        {ours: value for ours, value in constants.items() if value},
        words,
        date_format,
        tuple(guessed),
    )


def _word(ours: str, value: str) -> str:
    known = [word.id for word in EVENT_TYPES]
    if ours == "event_type" and value not in known:
        raise ReaderError(
            f"No type of events is called {shown(value)}.{nearest(value, known)} The types are"
            f" {', '.join(known)}."
        )
    return value


def _theirs(name: str, names: Mapping[str, str], file: str) -> str:
    key = name.strip().casefold()
    if key not in names:
        raise ReaderError(
            f"{file} has no column {shown(name)}.{nearest(name, names.values())} It has the"
            f" {listed_columns(list(names.values()))}."
        )
    return key


def _ours(name: str) -> str:
    if name not in GUESSES:
        alike = next((ours for ours, names in GUESSES.items() if fold(name) in names), "")
        hint = f" Did you mean {alike!r}?" if alike else nearest(name, GUESSES)
        raise ReaderError(
            f"No column of ours is called {shown(name)}.{hint} A table may be"
            f" mapped to {', '.join(GUESSES)}."
        )
    return name


def guessed(header: Iterable[str]) -> dict[str, str]:
    """Return which columns are ours by their names: theirs, in lower case, by ours."""
    return _guessed({name.casefold(): name for name in header}, set(), set())


def _guessed(names: Mapping[str, str], given: set[str], used: set[str]) -> dict[str, str]:
    plain: dict[str, str] = {}
    for key, name in names.items():
        for spelling in (key, re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)):
            plain.setdefault(re.sub(r"[\W_]+", "_", fold(spelling)).strip("_"), key)
    found: dict[str, str] = {}
    taken = set(used)
    for ours, candidates in GUESSES.items():
        if ours in given:
            continue
        key = next((plain[name] for name in candidates if name in plain), None)
        if key is not None and key not in taken:
            found[ours] = key
            taken.add(key)
    return found
