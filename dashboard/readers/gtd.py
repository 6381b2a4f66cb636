"""GTD, the Global Terrorism Database of START: its CSV and Excel files.

Codebook: https://www.start.umd.edu/gtd/downloads/Codebook.pdf . Its terms forbid posting the data:
they are read here for the one who has them, never shipped or written out unasked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.errors import shown
from dashboard.provenance import Terms
from dashboard.readers import values
from dashboard.readers.base import Batch, Fault, Head, Memo, Reading, Source, Warn
from dashboard.readers.dates import DayColumn
from dashboard.readers.drafts import UNKNOWN, Draft, Figures, Page
from dashboard.readers.gtdtexts import pages, summary
from dashboard.readers.places import country_code
from dashboard.readers.tabular import read_table, table_of
from dashboard.readers.values import Day, calendar_day, month_span, year_span

KEY = "gtd"
NAME = "GTD"
TERMS = Terms(
    name=NAME,
    credit="Global Terrorism Database (GTD), START, University of Maryland",
    sentence=(
        "GTD's terms do not allow posting or passing on its rows; show what you made of them with"
        " credit to START."
    ),
    citation=(
        "START (National Consortium for the Study of Terrorism and Responses to Terrorism)."
        " Global Terrorism Database [data file]. University of Maryland."
        " https://www.start.umd.edu/gtd"
    ),
    url="https://www.start.umd.edu/gtd/terms-of-use/",
    may_redistribute=False,
    is_systematic=True,
)
NEEDS = (
    *("eventid", "iyear", "imonth", "iday", "country_txt", "latitude", "longitude"),
    *("specificity", "attacktype1", "gname", "nkill"),
)
_DISTINCTIVE = ("eventid", "iyear", "imonth", "iday", "attacktype1", "gname", "nkill")

_TYPES = {
    "1": ("armed_assault", "Assassination"),
    "2": ("armed_assault", "Armed Assault"),
    "3": ("bombing", "Bombing/Explosion"),
    "4": ("kidnapping", "Hijacking"),
    "5": ("kidnapping", "Hostage Taking (Barricade Incident)"),
    "6": ("kidnapping", "Hostage Taking (Kidnapping)"),
    "7": ("armed_assault", "Facility/Infrastructure Attack"),
    "8": ("civilian_attack", "Unarmed Assault"),
    "9": ("other", "Unknown"),
}
# 1 the city; 2 centre of its district; 3 the district; 4 the province; 5 not known.
_GEO_PRECISIONS = {"1": "place", "2": "district", "3": "district", "4": "admin1", "5": ""}
# The side that is attacked, by type of target: others are people not under arms.
_TARGETS = {
    "2": "Government of {country}",
    "3": "Police Forces of {country}",
    "4": "Military Forces of {country}",
    "7": "Diplomats",
    "13": "",
    "17": "Terrorists/Non-State Militia",
    "20": "",
    "22": "Violent Political Party",
}
_UNKNOWN_CODES = (-9, -99)
_ROUNDED = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+\Z")


def recognises(head: Head) -> bool:
    """Whether a file is GTD, by its column names."""
    return head.share(_DISTINCTIVE) >= 0.7


def read(source: Source) -> Reading:
    """Read a GTD table.

    Raises:
        ReaderError: Columns are missing, or no record could be loaded.
    """
    return read_table(source, table_of(source), KEY, TERMS, _Gtd(source))


def _read_id(cell: str) -> str | Fault:
    """Read an id; one that a spreadsheet has rounded is lost."""
    if _ROUNDED.match(cell.strip()):
        return Fault(f"{shown(cell)} was rounded by a spreadsheet: its last digits are lost.")
    return values.code(cell)


def _read_date(cell: str) -> tuple[Day, Day, str] | Fault:
    """Read "year month day"; 0 is a month or day that is not known."""
    parts = [values.whole(part) for part in cell.split("\x1f")]
    year, month, day = (0 if part in (None, *_UNKNOWN_CODES) else part for part in parts)
    fault = next((part for part in (year, month, day) if isinstance(part, Fault)), None)
    if fault or not (isinstance(year, int) and isinstance(month, int) and isinstance(day, int)):
        return fault or Fault("the date cannot be read.")
    written = f"{year}-{month}-{day}"
    known = calendar_day(year, month or 1, day or 1, written)
    if isinstance(known, Fault):
        return known
    if not month:
        return (*year_span(year), "year")
    return (*month_span(year, month), "month") if not day else (known, known, "day")


def _read_persons(cell: str) -> float | None | Fault | Warn:
    """Read a number of persons, a fraction too: older versions part one total over several.

    Three digits behind a point are such a part, which is loaded with a warning; 000 are none.
    """
    if values.is_ambiguous(cell) and ("," in cell or cell.strip().endswith("000")):
        return values.ambiguous(cell)
    number = values.number(cell)
    if number is None or isinstance(number, Fault):
        return number
    if number < 0:
        is_code = number in _UNKNOWN_CODES
        return None if is_code else Warn(None, f"{shown(cell)} is negative: taken as unknown.")
    if number > values.MOST_PERSONS:
        return Fault(f"{shown(cell)} is too large for a number of persons.")
    return number


def _read_type(cell: str) -> str | Fault:
    code = values.code(cell)
    if code in _TYPES:
        return code
    return Fault(f"{shown(cell)} is no attack type: the codes are {', '.join(_TYPES)}.")


def _read_precision(cell: str) -> str | Fault | Warn:
    code = values.code(cell)
    if code in _GEO_PRECISIONS:
        return code
    if code in ("", "-9"):
        return "5"
    return Warn("5", f"{shown(cell)} is no code of 1 to 5: no place.")


class _Gtd:
    """Makes drafts of batches."""

    needs = NEEDS

    def __init__(self, source: Source) -> None:
        self.ids = Memo(_read_id)
        self.dates = Memo(_read_date)
        self.ends = DayColumn("resolution", source, is_needed=False, if_unsure="m/d/y")
        self.types = Memo(_read_type)
        self.geo_codes = Memo(_read_precision)
        self.persons = Memo(_read_persons)
        self.codes = Memo(values.code)
        self.texts = Memo(values.text_or_blank)
        self.latitudes, self.longitudes = Memo(values.latitude), Memo(values.longitude)

    def assumptions(self) -> list[str]:
        """Say what was taken for granted."""
        return [
            self.ends.sentence,
            "The attackers' own dead are taken off the dead, and their wounded off the wounded,"
            " where GTD knows them.",
            "A month or day of 0 is not known: the event spans its year or month.",
            "Places with specificity 5 are not known and have no mark on the map.",
        ]

    def draft(self, batch: Batch) -> Draft:
        """Make the events of a batch."""
        spans = self._spans(batch)
        types = batch.read("attacktype1", self.types)
        geo_codes = batch.read("specificity", self.geo_codes)
        countries = batch.read("country_txt", self.texts)
        suicides = batch.read("suicide", self.codes)
        return Draft(
            ids=batch.read("eventid", self.ids),
            id_column="eventid",
            starts=[first for first, _, _ in spans],
            ends=[last for _, last, _ in spans],
            date_precisions=[precision for _, _, precision in spans],
            countries=[country_code(name) for name in countries],
            country_column="country_txt",
            admin1=_unless_unknown(batch.read("provstate", self.texts)),
            places=_unless_unknown(batch.read("city", self.texts)),
            latitudes=batch.read("latitude", self.latitudes),
            longitudes=batch.read("longitude", self.longitudes),
            geo_precisions=[_GEO_PRECISIONS.get(code or "5", "") for code in geo_codes],
            types=[_our_type(code, suicide) for code, suicide in zip(types, suicides, strict=True)],
            initiators=self._groups(batch),
            targets=self._targets(batch, countries),
            attributions=self._attributions(batch),
            killed=self._tolls(batch, "nkill", "nkillter"),
            wounded=self._tolls(batch, "nwound", "nwoundte"),
            toll_columns="nkill",
            summaries=self._summaries(batch),
            pages=self._pages(batch),
            source_types=[_TYPES[code][1] if code else "" for code in types],
            source_date_precisions=[precision for _, _, precision in spans],
            source_geo_precisions=geo_codes,
        )

    def _spans(self, batch: Batch) -> list[tuple[Day | None, Day | None, str]]:
        """Read first and last days; the last stands in `resolution` where an event lasted."""
        cells = zip(*(batch.cells(name) for name in ("iyear", "imonth", "iday")), strict=True)
        found: list[tuple[Day | None, Day | None, str]] = []
        ends = self.ends.read(batch)
        for place, (cell, last) in enumerate(zip(map("\x1f".join, cells), ends, strict=True)):
            span = self.dates[cell]
            if isinstance(span, Fault):
                batch.reject(place, "iyear", span.reason, cell.replace("\x1f", "-"))
                found.append((None, None, ""))
                continue
            if last is not None and last < span[0]:
                batch.warn(place, "resolution", "is before the first day: left out.")
                last = None
            found.append((span[0], max(span[1], last or span[1]), span[2]))
        return found

    def _groups(self, batch: Batch) -> list[str]:
        names = [batch.read(name, self.texts) for name in ("gname", "gname2", "gname3")]
        return [";".join(filter(None, row)) for row in zip(*names, strict=True)]

    def _targets(self, batch: Batch, countries: Sequence[str]) -> list[str]:
        codes = batch.read("targtype1", self.codes)
        return [
            _TARGETS.get(code, "Civilians").format(country=country) if code else ""
            for code, country in zip(codes, countries, strict=True)
        ]

    def _attributions(self, batch: Batch) -> list[str]:
        claimed, doubtful = batch.read("claimed", self.codes), batch.read("guncertain1", self.codes)
        groups = batch.read("gname", self.texts)
        return [
            "suspected"
            if doubt == "1" or group in ("", "Unknown")
            else "claimed"
            if claim == "1"
            else "attributed"
            for claim, doubt, group in zip(claimed, doubtful, groups, strict=True)
        ]

    def _tolls(self, batch: Batch, column: str, of_attackers: str) -> list[Figures]:
        """Count the dead or wounded without the attackers; a fraction becomes a range."""
        everyone = batch.read(column, self.persons)
        attackers = batch.read(of_attackers, self.persons)
        found: list[Figures] = []
        for place, (number, own) in enumerate(zip(everyone, attackers, strict=True)):
            if number is None:
                found.append(UNKNOWN)
                continue
            if own is not None and own > number:
                batch.warn(place, of_attackers, f"more attackers than all in {column}: left out.")
                own = None
            rest = number - (own or 0)
            if rest != int(rest):
                batch.warn(place, column, "is a part of a total for several events.")
            found.append((int(rest), int(rest + 0.5), -int(-rest // 1)))
        return found

    def _summaries(self, batch: Batch) -> list[str]:
        names = (
            *("summary", "approxdate", "location", "targtype1_txt", "corp1", "target1"),
            *("motive", "related"),
        )
        texts = [batch.each(name, values.text_or_blank) for name in names]
        codes = [batch.read(name, self.codes) for name in ("doubtterr", "multiple")]
        return [summary(*row) for row in zip(*texts, *codes, strict=True)]

    def _pages(self, batch: Batch) -> list[list[Page]]:
        names = ("scite1", "scite2", "scite3")
        rows = zip(*(batch.each(name, values.text_or_blank) for name in names), strict=True)
        return [pages(row) for row in rows]


def _our_type(code: str | None, suicide: str) -> str:
    if code == "3" and suicide == "1":
        return "suicide_bombing"
    return _TYPES[code][0] if code else ""


def _unless_unknown(names: Sequence[str]) -> list[str]:
    return ["" if name.casefold() == "unknown" else name for name in names]
