"""The tables that stand beside a package's own: what was changed in them, and what is excepted.

They are part of its description but not of its data version: they say nothing of an event.
"""

from __future__ import annotations

from dashboard.schema import Column, Word

RULES = (
    Word("id_date", "Id and day", "An event's id begins with its first day."),
    Word("report_date", "Report before event", "No report is older than what it reports."),
    Word("parts", "Overviews", "Overview and parts are never both in a sum; parts lie within it."),
    Word("toll_source", "Toll without source", "Low and high are within the reports' figures."),
    Word("toll_span", "Figure left out", "Low to high spans every figure of a report."),
    Word("toll_blank", "Toll left empty", "A toll is given where a report gives one."),
    Word("duplicate", "Duplicates", "No two events of a kind within 5 km and 3 days."),
    Word("sides", "Both sides", "Nobody is both initiator and target."),
    Word("kind", "Kind of attack", "The type fits who was attacked and how many died."),
    Word("attribution", "Attribution", "Initiators, summary and reports bear it out."),
    Word("province", "Province", "The province is one of the country's, by its common name."),
    Word("outline", "Outside", "The point lies in the province, or else in the country."),
    Word("gazetteer", "Gazetteer", "A listed place it names is as near as the precision says."),
    Word("listed_point", "Listed elsewhere", "A place listed by its own name is at that point."),
    Word("same_place", "One name, two points", "Events at one place lie at one point."),
    Word("text_length", "Length", "Titles have at most 70 characters, summaries 280."),
    Word("wording", "Loaded words", "Titles and summaries speak in no side's words."),
    Word("link", "Address", "An address is well formed and the publisher's own."),
    Word("link_twice", "Page cited twice", "An event cites a page once."),
    Word("one_name", "Name of a source", "A publisher or agency has one spelling."),
)

CHANGES = (
    Column("changed_date", "date", "Day of the change.", "day", required=True),
    Column("event_id", "text", "The event; it may be gone since.", required=True),
    Column("column", "text", "The column of events.csv that changed.", required=True),
    Column("old", "text", "The cell before.", empty="an empty cell"),
    Column("new", "text", "The cell after.", empty="an empty cell"),
    Column("why", "text", "The source or rule that the change follows.", required=True),
)

EXCEPTIONS = (
    Column("rule", "word", "The rule that the row breaks, and may.", "", RULES, True),
    Column("event_id", "event", "The event that breaks it.", required=True),
    Column(
        "detail",
        "text",
        "What tells two cases apart, as `check` writes it: the other event, an address, a word.",
        empty="the only case",
    ),
    Column("why", "text", "The argument.", required=True),
)

COMPANIONS = {"changes": CHANGES, "exceptions": EXCEPTIONS}
# What one row of each is.
ROWS = {
    "changes": "a cell of events.csv that changed: before, after, and why",
    "exceptions": "a row that breaks an editorial rule, with the argument why it may",
}
