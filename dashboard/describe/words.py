"""What both descriptions of a package say: its title, what a row is, what a kind of cell holds."""

from __future__ import annotations

from dashboard import companions
from dashboard.dataset import Dataset
from dashboard.provenance import OURS

_TITLE = "Conflict Timeline: a curated, sourced table of conflict events"
# What one row of each table is.
ROWS = {
    "events": "an event: what happened, when, where, by whom, to whom, with what toll",
    "reports": "what one page says of one event: its publisher, link and figures",
    "actors": "an actor that events name: a group, a force, a body, or civilians",
    "theatres": "a theatre: the countries that share a lane and a map",
    **companions.ROWS,
}
# Each kind of cell: its type in a Table Schema with what goes with it, and the words for people.
KINDS: dict[str, tuple[dict[str, object], str]] = {
    "text": ({"type": "string"}, "text"),
    "word": ({"type": "string"}, "one of the words below"),
    "id": ({"type": "string"}, "key"),
    "event": ({"type": "string"}, "event id"),
    "actor": ({"type": "string"}, "actor id"),
    "actors": ({"type": "string"}, "actor ids"),
    "list": ({"type": "string"}, "texts"),
    "country": ({"type": "string"}, "country code"),
    "countries": ({"type": "string"}, "country codes"),
    "language": ({"type": "string"}, "language code"),
    "url": ({"type": "string", "format": "uri"}, "web address"),
    "date": ({"type": "date", "format": "default"}, "yyyy-mm-dd"),
    "count": ({"type": "integer"}, "whole number"),
    "latitude": ({"type": "number"}, "decimal number"),
    "longitude": ({"type": "number"}, "decimal number"),
}


def title(dataset: Dataset) -> str:
    """Return a package's title: only ours is the curated table."""
    terms = dataset.licence
    return _TITLE if terms is OURS else f"{terms.name}: a table of conflict events"
