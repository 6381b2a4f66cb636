"""Tables of other sources, in our schema.

`open_table(path)` tells a file's form by its head, reads it and gives a `Reading`: a `Dataset` like
any other, and a `Report` that accounts for every record.

To add a form, write `readers/<key>.py` and one line in `READERS`. The module has

- `KEY`, the key; `NAME`, the form's name;
- `recognises(head: Head) -> bool`: whether a file is of this form, from its name, its first 64 kB
  and its column names. The first reader in `READERS` that says yes is taken, so the particular
  forms stand before the general. It looks at nothing but the head and never raises. A misspelt
  column should not make it say no: `head.share(names) >= 0.7`. Of a workbook each sheet is asked
  after, and the one that fits best is read;
- `NEEDS`, the columns it cannot do without ((), if it has no columns), for messages;
- `read(source: Source) -> Reading`, which raises `ReaderError` alone.

A form of records with columns is a `tabular.TableReader`: `tabular.table_of(source)` opens CSV,
JSON lists and workbooks alike, `tabular.read_table` goes through them. It makes a `Draft` of each
`Batch`:

- `batch.read(column, memo)` reads a column with a `Memo` of a plain function from `values`, `dates`
  or its own: text in, value out, or a `Fault` (the record is rejected), or a `Warn` (it is kept);
- `batch.reject(place, column, reason)` and `batch.warn(...)` do the same for faults between cells;
- `Draft` lists what an event may have; what is left out gets its default. Ids, actors, theatres,
  titles, reports, the order of tolls, places at 0, 0 and doubles are the `Builder`'s business.

A form whose columns go into ours one by one needs no draft of its own: `mapping.plan_of` gives a
`Plan` (what we are told, what the form knows, what names say), and `mapped.MappedReader` reads by
it; a form that reads dates, types or sources otherwise changes those methods alone. A table whose
source is its owner has the terms `own.terms_of(file)`.

Another form (KML, nested JSON) makes its own `Batch`es: `Batch(numbers, lines, columns, texts)`
with any cells by column and each record's own text, and hands them to a `Builder`:

    builder = Builder(source.name, KEY, terms)
    for batch in batches: builder.add(batch, draft_of(batch))
    return builder.reading(Rejects(head, joint=..., tail=...), assumptions)

What holds: `report.records == report.loaded + report.rejected`; unknown is never 0; nothing
negative reaches a sum; a date or place is never more precise than its source says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType

from dashboard.errors import ReaderError, nearest, plural, shown
from dashboard.readers import (
    acled,
    geojson,
    gtd,
    kml,
    package,
    plain,
    timelinejs,
    timemap,
    ucdp,
    wikidata,
)
from dashboard.readers.base import (
    Head,
    Options,
    Reading,
    Report,
    Source,
    Terms,
    listed,
    listed_columns,
)
from dashboard.readers.heads import heads_of
from dashboard.readers.sheets import ELSEWHERE
from dashboard.schema import UNDATED

__all__ = ["READERS", "Head", "Options", "Reading", "Report", "Source", "Terms", "open_table"]

READERS: dict[str, ModuleType] = {
    "ucdp": ucdp,
    "acled": acled,
    "gtd": gtd,
    "package": package,
    "wikidata": wikidata,
    "timelinejs": timelinejs,
    "timemap": timemap,
    "kml": kml,
    "geojson": geojson,
    "plain": plain,
}
# What a mapping is for; a file of another form that comes with one is read as a plain table.
_MAPPED = ("geojson", "plain", "timelinejs", "timemap", "wikidata")


_KINDS = {
    "csv": "a text",
    "json": "a JSON text",
    "xml": "an XML text",
    "workbook": "an Excel workbook",
    "kmz": "a KMZ archive",
    "folder": "a folder",
    "package": "a zip archive",
}


def open_table(  # noqa: PLR0913 (what the command line may say)
    path: str | Path,
    *,
    form: str = "",
    encoding: str = "",
    delimiter: str = "",
    date_format: str = "",
    mapping: Mapping[str, str] | None = None,
    progress: Callable[[float], None] | None = None,
    sheets: Sequence[str] = (),
) -> Reading:
    """Read a table of another source.

    Args:
        path: Its file, gzipped or not.
        form: A key of `READERS`, instead of the form that is recognised.
        encoding: Instead of the one that is sniffed.
        delimiter: Instead of the one that is sniffed.
        date_format: Instead of the one that is found: "d/m/y" or "m/d/y" where both may be meant.
        mapping: For a plain table: our column by its own, as `readers.mapping` says.
        progress: Called now and then with the part that has been read, 0 to 1.
        sheets: For a workbook: the sheets to read as one table, instead of the one that is found.

    Raises:
        ReaderError: The file cannot be read, or no record of it; one sentence says why.
    """
    path = Path(path)
    if form and form not in READERS:
        raise ReaderError(
            f"No form is called {shown(form)}.{nearest(form, READERS)}"
            f" The forms are {', '.join(READERS)}."
        )
    told = mapping or {}
    options = Options(
        encoding, delimiter, date_format, told, progress or (lambda _: None), tuple(sheets)
    )
    heads = heads_of(path, options)
    mapped = [column for column, ours in told.items() if not ours.startswith("=")]
    head = max(heads, key=lambda one: _fitness(one, form, mapped))
    try:
        module = READERS[form] if form else recognised(head, is_mapped=bool(mapping))
        return module.read(Source(path, head, options))
    except ReaderError as error:
        if options.sheets or not head.other_sheets:
            raise
        raise ReaderError(
            f"{error} This is its sheet {shown(head.sheets[0])}; --sheet NAME reads another:"
            f" {listed(head.other_sheets)}. {ELSEWHERE}"
        ) from None


def _fitness(head: Head, form: str, mapped: Sequence[str]) -> tuple[float, int, int, int]:
    """Return how much a sheet looks like the table that is meant: the greatest is.

    It holds the columns of our mapping; is of a form that we know, a particular one before a plain
    table, with records before one without; and only then has many columns.
    """
    known = [READERS[form]] if form else READERS.values()
    module = next((one for one in known if one.recognises(head)), None)
    level = 0 if module is None else 1 if module is plain else 2
    return head.share(mapped), level if head.rows else 0, level, sum(map(bool, head.header))


def recognised(head: Head, *, is_mapped: bool = False) -> ModuleType:
    """Return the reader of a file; of a table with a mapping, that of plain tables.

    Raises:
        ReaderError: None recognises it; the sentence says what was found and what is nearest.
    """
    module = next((one for one in READERS.values() if one.recognises(head)), None)
    if is_mapped and head.kind in ("csv", "workbook", "json"):
        return module if module and module.KEY in _MAPPED else plain
    if module:
        return module
    raise ReaderError(_unrecognised(head))


def _unrecognised(head: Head) -> str:
    known = ", ".join(module.NAME for module in READERS.values())
    shares = {
        module.NAME: (head.share(module.NEEDS), module.NEEDS)
        for module in READERS.values()
        if getattr(module, "NEEDS", ())
    }
    name, (share, needs) = max(shares.items(), key=lambda item: item[1][0])
    found = f"the {listed_columns(head.header)}" if head.header else _KINDS[head.kind]
    if head.kind == "folder":
        found = f"a folder of {plural(len(head.header), 'file')}"
    near = ""
    if share >= 0.2:
        missing = [need for need in needs if need not in head.names]
        near = f" The nearest is {name}, which also needs the {listed_columns(missing, 6)}."
    if head.header and head.kind != "folder":
        near += " A table of other columns needs a mapping: which of its columns are dates."
        near += f" One of places without dates says date_precision=={UNDATED}."
    return f"{head.name} is no table that we know. Found: {found}.{near} Known: {known}."
