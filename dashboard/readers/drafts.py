"""The events that a reader makes of a batch, before they are events of a Dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from dashboard.readers.values import Day

Figures = tuple[int | None, int | None, int | None]
UNKNOWN: Figures = (None, None, None)


@dataclass(frozen=True, slots=True)
class Page:
    """One source of an event, as the table names it; without a publisher it is the table itself."""

    publisher: str
    title: str = ""
    published: Day | None = None
    url: str = ""
    language: str = ""
    note: str = ""


@dataclass(slots=True)
class Draft:
    """The events of a batch, a list for each column and an item for each record.

    What a format does not have is left out (None for a whole list): the builder fills it. Items of
    rejected records may be anything.

    Attributes:
        ids: The source's own ids, as they stand; left out, events are numbered by record.
        starts: First days; an imprecise date spans what it may be.
        ends: Last days; left out, they are the first.
        date_precisions: Words of `schema.DATE_PRECISIONS`; left out, "day".
        countries: ISO 3166 alpha-3 codes (`places.country_code`); "" is not known.
        admin1: First-level divisions.
        places: Towns or sites.
        latitudes: Degrees or None; None and 0, 0 are no place.
        longitudes: As `latitudes`.
        geo_precisions: Words of `schema.GEO_PRECISIONS`; "" takes the place away; left out,
            "place".
        types: Words of `schema.EVENT_TYPES`; "" where the table states none that we know.
        initiators: Names of the acting side, joined by ';'.
        targets: Names of the other side, joined by ';'.
        attributions: Words of `schema.ATTRIBUTIONS`; left out, "attributed".
        killed: low, best, high, any of them None.
        wounded: As `killed`.
        titles: Left out or "", they are built from type, sides and place.
        summaries: Plain text; "" is filled with the title.
        displaced: People who fled or were moved, None where unknown.
        parents: The source's own id of the overview event that each is part of, "" for none.
        pages: What the table names as sources; an event without one has the table itself.
        source_ids: The event's id in the source, where it is not `ids`.
        source_types: The event's type in the source's own words or codes.
        source_date_precisions: Its own code of how well the days are known.
        source_geo_precisions: Its own code of how well the place is known.
        id_column: What the ids' column is called in the table, for messages.
        country_column: The same of the countries' names.
        toll_columns: The same of the dead.
    """

    starts: Sequence[Day | None]
    types: Sequence[str]
    ids: Sequence[str] | None = None
    ends: Sequence[Day | None] | None = None
    date_precisions: Sequence[str] | None = None
    countries: Sequence[str] | None = None
    admin1: Sequence[str] | None = None
    places: Sequence[str] | None = None
    latitudes: Sequence[float | None] | None = None
    longitudes: Sequence[float | None] | None = None
    geo_precisions: Sequence[str] | None = None
    initiators: Sequence[str] | None = None
    targets: Sequence[str] | None = None
    attributions: Sequence[str] | None = None
    killed: Sequence[Figures] | None = None
    wounded: Sequence[Figures] | None = None
    titles: Sequence[str] | None = None
    summaries: Sequence[str] | None = None
    displaced: Sequence[int | None] | None = None
    parents: Sequence[str] | None = None
    pages: Sequence[Sequence[Page]] | None = None
    source_ids: Sequence[str] | None = None
    source_types: Sequence[str] | None = None
    source_date_precisions: Sequence[str] | None = None
    source_geo_precisions: Sequence[str] | None = None
    id_column: str = ""
    country_column: str = ""
    toll_columns: str = ""

    def filled(self, size: int) -> Draft:
        """Return it with every list there, those left out filled with what they then mean."""
        missing = {
            "date_precisions": "day",
            "geo_precisions": "place",
            "attributions": "attributed",
            "latitudes": None,
            "longitudes": None,
            "killed": UNKNOWN,
            "wounded": UNKNOWN,
            "displaced": None,
            "pages": (),
        }
        lists = {part.name: getattr(self, part.name) for part in fields(self)}
        for name, values in lists.items():
            if values is None and name not in ("ids", "ends", "source_ids"):
                lists[name] = [missing.get(name, "")] * size
        if lists["ends"] is None:
            lists["ends"] = lists["starts"]
        return Draft(**lists)
