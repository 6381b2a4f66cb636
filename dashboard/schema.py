"""The data model: each table's columns, and the words its cells may hold.

`data/datapackage.json` and `data/README.md` are written from here, `dashboard.dataset` reads and
checks tables by it. Nothing else says what a column means.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One allowed value of a coded column."""

    id: str
    name: str
    meaning: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind of value, unit, meaning and what an empty cell says."""

    name: str
    kind: str
    meaning: str
    unit: str = ""
    words: tuple[Word, ...] = ()
    required: bool = False
    empty: str = "unknown"


TYPE_GROUPS = (
    Word("civilians", "Attacks on civilians", "Killings, kidnappings and other attacks."),
    Word("battles", "Raids and battles", "Armed assaults, battles, sieges and prison attacks."),
    Word("bombings", "Bombings", "Suicide attacks and other explosive attacks."),
    Word("strikes", "Strikes and leaders", "Air strikes, security operations, leaders killed."),
    Word("territory", "Territory", "Ground taken or lost."),
    Word("politics", "Politics and relief", "Diplomacy, statements, pledges and relief."),
    Word("unstated", "Other or not stated", "Its table says none of these, or nothing."),
)

# The group of events whose type a foreign table does not say.
UNSTATED = "unstated"

EVENT_TYPES = (
    Word("mass_killing", "Mass killing", "Five or more unarmed people killed.", "civilians"),
    Word("kidnapping", "Kidnapping", "People abducted or held hostage.", "civilians"),
    Word(
        "civilian_attack",
        "Attack on civilians",
        "Unarmed people attacked, fewer killed.",
        "civilians",
    ),
    Word("armed_assault", "Armed assault", "A raid; some of its targets are armed.", "battles"),
    Word("battle", "Battle", "Two armed sides fight for a place or for days.", "battles"),
    Word("siege", "Siege", "A place is surrounded and attacked over days.", "battles"),
    Word("prison_attack", "Prison attack", "An attack to free prisoners.", "battles"),
    Word("suicide_bombing", "Suicide bombing", "The attacker dies by the bomb.", "bombings"),
    Word("bombing", "Bombing", "A bomb, mine or shell.", "bombings"),
    Word("air_strike", "Air strike", "A strike from the air.", "strikes"),
    Word("security_operation", "Security operation", "A raid or sweep by forces.", "strikes"),
    Word("leader_killed", "Leader killed or captured", "A named leader is removed.", "strikes"),
    Word("territorial_change", "Territory changes hands", "Ground taken or lost.", "territory"),
    Word("political", "Political", "A pledge, a law, a visit; forces sent or gone.", "politics"),
    Word("diplomacy", "Diplomacy", "A meeting or agreement of states.", "politics"),
    Word("humanitarian", "Humanitarian", "Relief, displacement, return.", "politics"),
    Word("protest", "Protest or riot", "People demonstrate or riot.", "politics"),
    Word("other", "Other or not stated", "None of these, or its table does not say.", "unstated"),
)

ATTRIBUTIONS = (
    Word("claimed", "Claimed", "The initiator said that it did it."),
    Word("official", "Official", "The initiator is a state or body that announced its own act."),
    Word("attributed", "Attributed", "An authority or two independent reports name the initiator."),
    Word("suspected", "Suspected", "The initiator is only presumed, or named by one report alone."),
)

DATE_PRECISIONS = (
    Word("day", "To the day", "The days are known."),
    Word("week", "To the week", "It happened within about a week of the days given."),
    Word("month", "To the month", "Only the month is known."),
    Word("year", "To the year", "Only the year is known, or a span of more than a month."),
    Word(
        "unknown",
        "No date",
        "No date is stated; the days are the table's first and last, 1900-01-01 if it has none."
        " A download leaves them empty.",
    ),
)
# Such an event stands on the map and in the table, on no timeline and in no window of days.
UNDATED = "unknown"
# What stands for the days of a table in which no event has a date: of none, no more than a mark.
NO_DAY = datetime.date(1900, 1, 1)

GEO_PRECISIONS = (
    Word("site", "Site", "The building, base or junction; within about 1 km."),
    Word("place", "Place", "The town or village; within about 5 km."),
    Word("district", "District", "Near the place or in its district; within about 30 km."),
    Word("admin1", "Province", "Somewhere in the province; within about 100 km."),
    Word("country", "Country", "Somewhere in the country, or at sea; within about 300 km."),
)

# Degrees are kept to about one metre.
DEGREE_PLACES = 5
# Radius of the circle in which the event lies, as drawn on the map.
GEO_RADIUS_KM = {
    "site": 1.0,
    "place": 5.0,
    "district": 30.0,
    "admin1": 100.0,
    "country": 300.0,
}
# The theatre of events in countries outside every theatre.
ELSEWHERE = "elsewhere"
# Places known better than to the district are drawn as exact.
EXACT_PLACES = ("site", "place")

SCOPES = (
    Word("all", "All the dead", "Everyone killed but the initiators."),
    Word("civilians", "Civilians", "Only civilians."),
    Word("security_forces", "Security forces", "Only soldiers, police and allied fighters."),
    Word("attackers", "Initiators' own", "The initiators' own dead."),
    Word("partial", "Part", "One place, one day or one group of the dead only."),
)

FAMILIES = (
    Word("is_network", "IS network", "The Islamic State and its affiliates."),
    Word("al_qaeda_network", "al-Qaeda network", "al-Qaeda's affiliates."),
    Word("state_forces", "State forces", "Armies and police of the countries concerned."),
    Word("international_forces", "International forces", "Foreign forces and coalitions."),
    Word("local_forces", "Local forces", "Militias and regional forces against armed groups."),
    Word("other_armed_groups", "Other armed groups", "Armed groups of no family above."),
    Word("governments", "Governments and institutions", "Governments, bodies and companies."),
    Word("civilians", "Civilians", "People not under arms."),
)

ACTOR_KINDS = (
    Word("armed_group", "Armed group", "A non-state armed group."),
    Word("armed_forces", "Armed forces", "A state's military."),
    Word("police", "Police", "A state's police."),
    Word("militia", "Militia", "A local or pro-government militia."),
    Word("coalition", "Coalition", "States' forces under one name."),
    Word("peacekeepers", "Peacekeepers", "A mandated international force."),
    Word("private_military", "Private military company", "Hired foreign fighters."),
    Word("government", "Government", "A government or its ministers."),
    Word("international_organisation", "International organisation", "A body of states."),
    Word("company", "Company", "A business."),
    Word("religious_institution", "Religious institution", "A church or similar body."),
    Word("civilians", "Civilians", "People not under arms."),
)

_TOLL = "; empty where no source gives a figure (unknown is not zero)"
EVENTS = (
    Column("event_id", "id", "Key: first day and place.", required=True),
    Column("start_date", "date", "First day of the event.", "day, local", required=True),
    Column("end_date", "date", "Last day of the event.", "day, local", required=True),
    Column("date_precision", "word", "How well the days are known.", "", DATE_PRECISIONS, True),
    Column("country_code", "country", "Country, ISO 3166-1 alpha-3.", required=True),
    Column("admin1", "text", "First-level division (governorate, province, state)."),
    Column("place", "text", "Town, village or site."),
    Column("latitude_deg", "latitude", "Latitude, WGS 84.", "degrees", empty="no place"),
    Column("longitude_deg", "longitude", "Longitude, WGS 84.", "degrees", empty="no place"),
    Column("geo_precision", "word", "How well the place is known.", "", GEO_PRECISIONS),
    Column("event_type", "word", "What happened.", "", EVENT_TYPES, True),
    Column("initiators", "actors", "Who acted: actor ids, joined by ';'.", required=True),
    Column("targets", "actors", "Whom it was aimed at: actor ids, joined by ';'.", empty="none"),
    Column("attribution", "word", "How the initiator is known.", "", ATTRIBUTIONS, True),
    Column("killed_low", "count", f"Killed, lowest figure{_TOLL}.", "persons"),
    Column(
        "killed_best",
        "count",
        "Killed on every side but the initiators', best supported figure"
        f" (for an attack on an armed group: that group's dead){_TOLL}.",
        "persons",
    ),
    Column("killed_high", "count", f"Killed, highest figure{_TOLL}.", "persons"),
    Column("wounded_low", "count", f"Wounded, lowest figure{_TOLL}.", "persons"),
    Column("wounded_best", "count", f"Wounded, best supported figure{_TOLL}.", "persons"),
    Column("wounded_high", "count", f"Wounded, highest figure{_TOLL}.", "persons"),
    Column("displaced", "count", "People who fled or were moved.", "persons"),
    Column("title", "text", "What happened, short enough to be a label.", required=True),
    Column("summary", "text", "What happened, by whose account, in our own words.", required=True),
    Column(
        "part_of",
        "event",
        "The overview event that this one belongs to; an overview whose parts carry tolls"
        " carries none, so that a sum never counts twice.",
        empty="stands alone",
    ),
)

# What a table of another source said before it was brought to our words. A table has all of these
# columns, behind its own, or none.
SOURCE_COLUMNS = (
    Column("source_event_id", "text", "The event's id in the table that it comes from."),
    Column("source_event_type", "text", "The event's type in that table's own words or codes."),
    Column("source_date_precision", "text", "How well that table knows the days: its own code."),
    Column("source_geo_precision", "text", "How well that table knows the place: its own code."),
)

REPORTS = (
    Column("event_id", "event", "The event that the page reports.", required=True),
    Column("publisher", "text", "Whose page it is.", required=True),
    Column(
        "via",
        "list",
        "The agency or first publisher whose text the page carries, joined by ';'."
        " Independent sources are counted by it.",
        empty="the publisher's own",
    ),
    Column("url", "url", "Address of the page.", empty="the source table gives none"),
    Column("title", "text", "Title of the page; [in brackets] where it only describes it."),
    Column("published_date", "date", "Day of publication.", "day"),
    Column("language", "language", "Language of the page, ISO 639.", required=True),
    Column("killed_min", "count", "Killed, the page's lowest figure.", "persons"),
    Column("killed_max", "count", "Killed, the page's highest figure.", "persons"),
    Column("wounded_min", "count", "Wounded, the page's lowest figure.", "persons"),
    Column("wounded_max", "count", "Wounded, the page's highest figure.", "persons"),
    Column("scope", "word", "Whom the page's figures count.", "", SCOPES, empty="no figure"),
    Column("note", "text", "What the figures mean, and what else the page says.", empty="none"),
)

ACTORS = (
    Column("actor_id", "id", "Key.", required=True),
    Column("name", "text", "Full name.", required=True),
    Column("short_name", "text", "Name for labels.", required=True),
    Column("aliases", "list", "Other names, joined by ';'.", empty="none"),
    Column("family", "word", "Family of actors.", "", FAMILIES, True),
    Column("kind", "word", "Kind of actor.", "", ACTOR_KINDS, True),
    Column("parent", "actor", "The actor that it belongs to.", empty="none"),
    Column("country_code", "country", "Its country, ISO 3166-1 alpha-3.", empty="several or none"),
    Column("note", "text", "What a reader should know of it.", empty="none"),
)

THEATRES = (
    Column("theatre_id", "id", "Key.", required=True),
    Column("name", "text", "Name.", required=True),
    Column("country_codes", "countries", "Its countries, alpha-3, joined by ';'.", required=True),
    Column("west_deg", "longitude", "West edge of its map.", "degrees", required=True),
    Column("south_deg", "latitude", "South edge of its map.", "degrees", required=True),
    Column("east_deg", "longitude", "East edge of its map.", "degrees", required=True),
    Column("north_deg", "latitude", "North edge of its map.", "degrees", required=True),
)

TABLES = {"events": EVENTS, "reports": REPORTS, "actors": ACTORS, "theatres": THEATRES}
KEYS = {
    "events": ("event_id",),
    "reports": ("event_id", "url"),
    "actors": ("actor_id",),
    "theatres": ("theatre_id",),
}
# Columns that a table may have behind its own.
OPTIONAL = {"events": SOURCE_COLUMNS}
# The table whose key a cell of this kind names.
REFERENCES = {"event": "events", "actor": "actors", "actors": "actors"}
# The order of a table's rows in its file; theatres keep theirs, which is the order of lanes.
ORDER = {
    "events": ("start_date", "event_id"),
    "reports": ("event_id", "published_date", "url"),
    "actors": ("actor_id",),
    "theatres": (),
}


def columns_of(table: str, names: Collection[str]) -> tuple[Column, ...]:
    """List the columns of a table whose file or frame has these names: the optional ones if there.

    Args:
        table: A key of `TABLES`.
        names: What stands in its header.
    """
    optional = OPTIONAL.get(table, ())
    has_optional = any(column.name in names for column in optional)
    return TABLES[table] + (optional if has_optional else ())


def words(column: Column) -> tuple[str, ...]:
    """List the ids that a coded column may hold."""
    return tuple(word.id for word in column.words)


def _word_name(table: tuple[Word, ...]) -> dict[str, str]:
    return {word.id: word.name for word in table}


TYPE_NAMES = _word_name(EVENT_TYPES)
GROUP_NAMES = _word_name(TYPE_GROUPS)
ATTRIBUTION_NAMES = _word_name(ATTRIBUTIONS)
FAMILY_NAMES = _word_name(FAMILIES)
SCOPE_NAMES = _word_name(SCOPES)
GROUP_OF_TYPE = {word.id: word.group for word in EVENT_TYPES}
TYPES_OF_GROUP = {
    group.id: tuple(word.id for word in EVENT_TYPES if word.group == group.id)
    for group in TYPE_GROUPS
}
