"""A plain table: CSV, TSV, Excel or a JSON list, by a mapping or by plain names of its columns.

`readers.mapping` says how a mapping is written. It is always named in the report what was taken for
what, and which columns were not read.
"""

from __future__ import annotations

from dashboard.errors import ReaderError
from dashboard.provenance import Terms
from dashboard.readers import acled, gtd
from dashboard.readers.base import Head, Reading, Source, listed_columns
from dashboard.readers.building import Builder
from dashboard.readers.cellwords import date_precision
from dashboard.readers.mapped import MappedReader
from dashboard.readers.mapping import guessed, plan_of
from dashboard.readers.own import terms_of
from dashboard.readers.tabular import fill, table_of
from dashboard.schema import UNDATED

KEY = "plain"
NAME = "a plain table with a column of dates"
NEEDS = ()
_DATES = frozenset(("start_date", "year"))
# Columns that only a source with terms of its own has.
_SIGNS = {
    **dict.fromkeys(("event_id_cnty", "sub_event_type", "assoc_actor_1", "inter1"), acled.TERMS),
    **dict.fromkeys(("attacktype1", "attacktype1_txt", "nkillter", "gname"), gtd.TERMS),
}


def recognises(head: Head) -> bool:
    """Whether a table has a column of dates and something besides, by plain names."""
    if head.kind not in ("csv", "workbook", "json"):
        return False
    found = guessed(head.names)
    found.pop("published_date", None)  # the day of a report says nothing of an event
    return bool(_DATES & found.keys()) and len(found) >= 2


def read(source: Source) -> Reading:
    """Read a plain table.

    Raises:
        ReaderError: It has no column of dates, the mapping does not fit it, or no record could be
            loaded.
    """
    return read_columns(source, KEY, "plain table")


def read_columns(source: Source, key: str, form_name: str) -> Reading:
    """Read any records with columns, as `read` does.

    Args:
        source: The file.
        key: The form's key.
        form_name: What the form is called.

    Raises:
        ReaderError: As `read`.
    """
    table = table_of(source)
    plan = plan_of(source.options.mapping, table.header, source.name)
    is_dateless = date_precision(plan.constants.get("date_precision", "")) == UNDATED
    if not is_dateless and not _DATES & {*plan.columns, *plan.constants}:
        raise ReaderError(
            f"{source.name} has no column that is plainly a date. Say which, for example with the"
            f" mapping Day=start_date. It has the {listed_columns(table.header)}. If none is one,"
            f" say date_precision=={UNDATED}: its events are then on the map alone."
        )
    builder = Builder(source.name, key, terms(source), form_name=form_name)
    table.assumptions += plan.sentences(table.header)
    return fill(builder, table, MappedReader(source, plan))


def terms(source: Source) -> Terms:
    """Return the terms of a table: those of a source whose columns it has, else its owner's."""
    names = source.head.names
    return next((terms for name, terms in _SIGNS.items() if name in names), terms_of(source.name))
