"""ACLED, Armed Conflict Location & Event Data: the layout since March 2023 and those before.

Codebook: https://acleddata.com/methodology/acled-codebook . ACLED's terms forbid giving others its
rows: they are read here for the one who has them, never shipped, cached or written out unasked.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.errors import ReaderError, nearest, shown
from dashboard.provenance import Terms
from dashboard.readers import values
from dashboard.readers.base import Batch, Fault, Head, Memo, Reading, Source, Warn
from dashboard.readers.dates import DayColumn
from dashboard.readers.drafts import Draft, Page
from dashboard.readers.places import country_code
from dashboard.readers.titles import cut
from dashboard.readers.values import month_span
from dashboard.readers.versions import Versions, read_latest

KEY = "acled"
NAME = "ACLED"
TERMS = Terms(
    name=NAME,
    credit="Armed Conflict Location & Event Data (ACLED), acleddata.com",
    sentence=(
        "ACLED's terms do not allow passing its rows on or building a product that replaces"
        " theirs; show what you made of them with credit, the day of access and the filters used."
    ),
    citation=(
        "Raleigh, Clionadh, Roudabeh Kishi and Andrew Linke (2023). Political instability patterns"
        " are obscured by conflict dataset scope conditions, sources, and coding choices."
        " Humanities and Social Sciences Communications 10: 74; ACLED, acleddata.com, with the day"
        " of access."
    ),
    url="https://acleddata.com/terms-and-conditions",
    may_redistribute=False,
    is_systematic=True,
)
NEEDS = (
    *("event_id_cnty", "event_date", "event_type", "actor1"),
    *("country", "latitude", "longitude", "fatalities"),
)
_DISTINCTIVE = ("event_id_cnty", "event_type", "sub_event_type", "actor1", "inter1", "interaction")

# Our type by ACLED's sub-event type.
_SUB_TYPES = {
    "armed clash": "battle",
    "government regains territory": "territorial_change",
    "non-state actor overtakes territory": "territorial_change",
    "chemical weapon": "bombing",
    "air/drone strike": "air_strike",
    "suicide bomb": "suicide_bombing",
    "shelling/artillery/missile attack": "bombing",
    "remote explosive/landmine/ied": "bombing",
    "grenade": "bombing",
    "sexual violence": "civilian_attack",
    "attack": "civilian_attack",
    "abduction/forced disappearance": "kidnapping",
    "peaceful protest": "protest",
    "protest with intervention": "protest",
    "excessive force against protesters": "protest",
    "violent demonstration": "protest",
    "mob violence": "protest",
    "agreement": "diplomacy",
    "arrests": "security_operation",
    "change to group/activity": "political",
    "disrupted weapons use": "security_operation",
    "headquarters or base established": "territorial_change",
    "looting/property destruction": "other",
    "non-violent transfer of territory": "territorial_change",
    "other": "other",
}
# Our type by ACLED's event type, those of before 2019 too, for a sub-event type that is new or not
# there.
_TYPES = {
    "battles": "battle",
    "explosions/remote violence": "bombing",
    "violence against civilians": "civilian_attack",
    "protests": "protest",
    "riots": "protest",
    "strategic developments": "political",
    "battle-no change of territory": "battle",
    "battle-government regains territory": "territorial_change",
    "battle-non-state actor overtakes territory": "territorial_change",
    "remote violence": "bombing",
    "riots/protests": "protest",
    "strategic development": "political",
    "headquarters or base established": "territorial_change",
    "non-violent transfer of territory": "territorial_change",
}
_DATE_PRECISIONS = {"1": "day", "2": "week", "3": "month"}
# 1 the place; 2 near it, or in its district; 3 the province, set on its capital town.
_GEO_PRECISIONS = {"1": "place", "2": "district", "3": "admin1"}
# Kinds of actors: numbers, or words whose number and case differ between versions.
_KINDS = {
    "1": "state forces",
    "2": "rebel group",
    "3": "political militia",
    "4": "identity militia",
    "5": "rioters",
    "6": "protesters",
    "7": "civilians",
    "8": "external or other forces",
}
_OTHER_WORDS = {"other": "external", "others": "external", "foreign": "external"}
_LONGEST_SUMMARY = 1200


def recognises(head: Head) -> bool:
    """Whether a file is ACLED's, by its column names; its counts by month or week are, too."""
    return head.share(_DISTINCTIVE) >= 0.6 or _is_aggregated(head)


def _is_aggregated(head: Head) -> bool:
    return (
        {"events", "fatalities"} <= head.names
        and bool({"month", "week"} & head.names)
        and not {"event_date", "event_id_cnty"} & head.names
    )


def read(source: Source) -> Reading:
    """Read an ACLED table.

    Raises:
        ReaderError: It holds counts and no events, columns are missing, or no record could be
            loaded.
    """
    if _is_aggregated(source.head):
        raise ReaderError(
            f"{source.name} holds ACLED's counts by area and time, not events. Download the events"
            " themselves with ACLED's export tool."
        )
    versions = Versions("event_id_cnty", "timestamp")
    return read_latest(source, KEY, TERMS, lambda known: _Acled(source, known), versions)


def kind_of_actor(cell: str) -> str:
    """Return the kind of an actor, given as number or words; "" where it is none that we know."""
    code = values.code(cell)
    first = code.casefold().partition(" ")[0].partition("/")[0]
    first = _OTHER_WORDS.get(first, first)
    for number, name in _KINDS.items():
        if code == number or (first and first == name.partition(" ")[0]):
            return name
    return ""


def _read_type(cell: str) -> str | Fault | Warn:
    """Read an event type and its sub-event type, parted by a unit separator."""
    kind, _, sub_kind = (part.strip().casefold() for part in cell.partition("\x1f"))
    if sub_kind in _SUB_TYPES:
        return _SUB_TYPES[sub_kind]
    if kind not in _TYPES:
        written = cell.partition("\x1f")[0]
        return Fault(f"{shown(written)} is no event type of ACLED.{nearest(kind, _TYPES)}")
    if sub_kind and sub_kind not in values.BLANKS:
        return Warn(_TYPES[kind], f"the sub-event type {shown(sub_kind)} is new to us.")
    return _TYPES[kind]


def _coded(known: dict[str, str], middle: str) -> Memo:
    def read_code(cell: str) -> str | Fault | Warn:
        code = values.code(cell)
        if code in known:
            return code
        if not code:
            return Warn(middle, f"is empty: taken as {middle}.")
        return Fault(f"{shown(cell)} is no such precision: the codes are {', '.join(known)}.")

    return Memo(read_code)


class _Acled:
    """Makes drafts of batches."""

    needs = NEEDS

    def __init__(self, source: Source, versions: Versions) -> None:
        self.versions = versions
        # By the codebook a day in figures is day first: dd-mm-yyyy.
        self.dates = DayColumn("event_date", source, if_unsure="d/m/y")
        self.types = Memo(_read_type)
        self.time_codes = _coded(_DATE_PRECISIONS, "2")
        self.geo_codes = _coded(_GEO_PRECISIONS, "2")
        self.texts = Memo(values.text_or_blank)
        self.kinds = Memo(kind_of_actor)
        self.latitudes, self.longitudes = Memo(values.latitude), Memo(values.longitude)
        self.counts = Memo(values.count)
        self.lacks: list[str] = []

    def assumptions(self) -> list[str]:
        """Say what was taken for granted."""
        return [
            self.dates.sentence,
            "ACLED gives one estimate of the dead, the most careful figure reported, of every side;"
            " it stands as low, best and high.",
            "Actor 1 stands as initiator and actor 2 as target; ACLED does not say who began.",
            "Places known to the province stand on its capital town and are drawn as approximate.",
            *self.versions.sentences,
            *self.lacks,
        ]

    def draft(self, batch: Batch) -> Draft:
        """Make the events of a batch."""
        self.versions.take(batch)
        days = self.dates.read(batch)
        time_codes = self._codes(batch, "time_precision", self.time_codes, "to the day")
        geo_codes = self._codes(batch, "geo_precision", self.geo_codes, "to the town")
        spans = [
            month_span(day.year, day.month) if code == "3" and day else (day, day)
            for day, code in zip(days, time_codes, strict=True)
        ]
        dead = batch.read("fatalities", self.counts)
        return Draft(
            ids=batch.each("event_id_cnty", values.code),
            id_column="event_id_cnty",
            starts=[first for first, _ in spans],
            ends=[last for _, last in spans],
            date_precisions=[_DATE_PRECISIONS.get(code, "") for code in time_codes],
            countries=[
                country_code(name, number)
                for name, number in zip(batch.cells("country"), batch.cells("iso"), strict=True)
            ],
            country_column="country",
            admin1=batch.read("admin1", self.texts),
            places=batch.read("location", self.texts),
            latitudes=batch.read("latitude", self.latitudes),
            longitudes=batch.read("longitude", self.longitudes),
            geo_precisions=[_GEO_PRECISIONS.get(code, "") for code in geo_codes],
            types=self._types(batch),
            initiators=batch.read("actor1", self.texts),
            targets=batch.read("actor2", self.texts),
            killed=[(number, number, number) for number in dead],
            toll_columns="fatalities",
            summaries=self._summaries(batch),
            pages=[
                [Page(name) for name in dict.fromkeys(map(str.strip, names.split(";"))) if name]
                for names in batch.read("source", self.texts)
            ],
            source_types=[
                ": ".join(filter(None, pair))
                for pair in zip(
                    batch.read("event_type", self.texts),
                    batch.read("sub_event_type", self.texts),
                    strict=True,
                )
            ],
            source_date_precisions=time_codes,
            source_geo_precisions=geo_codes,
        )

    def _codes(self, batch: Batch, column: str, memo: Memo, known: str) -> Sequence[str]:
        """Read a precision; a table without the column has to be taken at its word."""
        if column in batch.columns:
            return batch.read(column, memo)
        self.lacks = [*self.lacks, f"The table has no {column}: taken as known {known}."]
        return ["1"] * len(batch)

    def _types(self, batch: Batch) -> list[str]:
        kinds, sub_kinds = batch.cells("event_type"), batch.cells("sub_event_type")
        pairs = [f"{kind}\x1f{sub_kind}" for kind, sub_kind in zip(kinds, sub_kinds, strict=True)]
        found = []
        for place, value in enumerate(map(self.types.__getitem__, pairs)):
            if isinstance(value, Fault):
                batch.reject(place, "event_type", value.reason)
            elif isinstance(value, Warn):
                batch.warn(place, "sub_event_type", value.reason)
            found.append(value.value if isinstance(value, Warn) else value)
        return ["" if isinstance(value, Fault) else value for value in found]

    def _summaries(self, batch: Batch) -> list[str]:
        """Say what the columns say that our schema has no column for."""
        names = ("notes", "assoc_actor_1", "assoc_actor_2", "tags", "civilian_targeting")
        texts = [batch.each(name, values.text_or_blank) for name in names]
        sides = [batch.read(name, self.kinds) for name in ("inter1", "inter2")]
        return [_summary(*row) for row in zip(*texts, *sides, strict=True)]


def _summary(notes: str, with_1: str, with_2: str, tags: str, targeting: str, *kinds: str) -> str:
    parts = [notes]
    if any(kinds):
        parts.append(f"Sides: {' and '.join(filter(None, kinds))}.")
    allies = "; ".join(dict.fromkeys(filter(None, (with_1, with_2))))
    if allies:
        parts.append(f"With: {allies}.")
    if targeting:
        parts.append("Civilians were targeted.")
    if tags:
        parts.append(f"Tags: {tags}.")
    return cut(" ".join(filter(None, parts)), _LONGEST_SUMMARY)
