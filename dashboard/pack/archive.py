"""The evidence pack: pictures, rows, sources and citation of one selection in one zip file."""

from __future__ import annotations

import datetime
import io
import shlex
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from dashboard import citation, downloads, pictures, views, wording
from dashboard.citation import Citation
from dashboard.dataset import Dataset
from dashboard.errors import ExportError
from dashboard.export import Exporter
from dashboard.export.target import check_file, check_room
from dashboard.pack import page, rows
from dashboard.pictures import Order
from dashboard.provenance import OURS
from dashboard.schema import TABLES, Column
from dashboard.tables import table_bytes

VIEWS = ("timeline", "map", "trend")
FORMS = ("png", "svg")
SCALE = 2.0  # of the command, for pictures that are printed
MARK = b"conflict-timeline"
LARGEST_BYTES = 20_000_000
# The same for all, so that the same selection gives the same bytes.
MOMENT = (1980, 1, 1, 0, 0, 0)


def check(path: Path, *, overwrite: bool = False) -> None:
    """Make sure that a pack can be written.

    Raises:
        ExportError: With a sentence for what stands in the way.
    """
    check_file(path, "pack.zip", lambda: _is_ours(path), overwrite=overwrite)
    check_room(path.parent, LARGEST_BYTES, "a pack")


def _is_ours(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return archive.comment == MARK


def build(
    order: Order, dataset: Dataset, exporter: Exporter, accessed: datetime.date
) -> dict[str, bytes]:
    """Return the files of a pack by name, in their order.

    Args:
        order: Its query says what the pack holds, its preset, scale and link how it is drawn.
        dataset: The table.
        exporter: Draws the pictures.
        accessed: The day that the citation names.

    Raises:
        SelectionError, ExportError, DependencyError: As `pictures.draw` does.
    """
    if refusal := downloads.obstacle(dataset):
        raise ExportError(refusal)
    selection = order.selection(dataset)
    url = order.link or f"conflict-timeline{selection.to_query()}"
    cited = citation.of_selection(dataset, selection, url, accessed)
    part = rows.part(dataset, selection)
    # A picture stands here with its rows: that of an open event only if it is chosen, too.
    is_chosen = selection.event in set(part.events["event_id"])
    shown = (*VIEWS, "event") if is_chosen else VIEWS
    orders = {
        f"images/{view}.{form}": replace(order, view=view, form=form, title="", subtitle="")
        for view in shown
        for form in FORMS
    }
    texts = {
        f"images/{view}.txt": f"{views.alt_text(view, dataset, selection)}\n" for view in shown
    }
    files = {
        "README.txt": b"",
        "page.html": page.linked(replace(order, view="timeline"), dataset, cited.plain),
        **{name: pictures.draw(one, dataset, exporter) for name, one in orders.items()},
        **{name: text.encode() for name, text in texts.items()},
        "events.csv": downloads.write("csv", dataset, selection, cited),
        "reports.csv": _table("reports", part.reports),
        "actors.csv": _table("actors", rows.actors_of(part)),
        "CITATION.txt": f"{cited.plain}\n".encode(),
        "CITATION.bib": cited.bibtex.encode(),
        "CITATION.ris": cited.ris.encode(),
        "LICENSE.txt": licence(dataset).encode(),
    }
    missed = "" if is_chosen else selection.event
    files["README.txt"] = _readme(part, order, cited, shown, missed).encode()
    return files


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the zip of some files; equal files give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)
        archive.comment = MARK
    return out.getvalue()


def _table(table: str, content: pd.DataFrame) -> bytes:
    columns: Sequence[Column] = TABLES[table]
    texts = {column.name: content[column.name] for column in columns if column.kind == "text"}
    safe = content.assign(**{name: text.map(downloads.harmless) for name, text in texts.items()})
    return table_bytes(columns, safe)


def licence(dataset: Dataset) -> str:
    """Say under which terms the rows may be passed on."""
    terms = dataset.licence
    sources = (
        "Figures come from the sources in reports.csv, which keep the rights in their texts.\n"
        "Base map: Natural Earth, public domain; place positions: GeoNames, CC BY 4.0.\n"
        "Fonts: Noto, SIL Open Font Licence 1.1. plotly.js in page.html: MIT Licence.\n"
    )
    if terms is OURS:
        return (
            f"The rows and the pictures: CC BY 4.0, {terms.url}\n"
            f"Name “{terms.citation}” and the data version, {dataset.version}.\n{sources}"
        )
    return f"{terms.credit}\n{terms.sentence}\n{terms.citation}\n{terms.url}\n{sources}"


_ABOUT = {
    "page.html": "interactive timeline and map of these events; open it in any browser, no"
    " network needed",
    "events.csv": "the chosen events, one a row",
    "reports.csv": "what each source says of them, with links",
    "actors.csv": "who is named in them",
    "CITATION.txt": "how to cite this selection, also as .bib (BibTeX) and .ris (Zotero, EndNote)",
    "LICENSE.txt": "what may be done with it",
}
_NOTES = (
    "The .txt beside a picture is its alt text. Each picture holds its own recipe: draw it again"
    " with",
    "conflict-timeline export --from-image images/map.png --out map.pdf",
    "Empty cells mean unknown, never 0. A text that begins with = + - or @ has an apostrophe before"
    " it, so that no spreadsheet runs it.",
)


_AS_READ = ("and by the options with which that file was read, such as --sheet or --map.",)


def _readme(part: Dataset, order: Order, cited: Citation, shown: Sequence[str], missed: str) -> str:
    counted = (
        wording.plural(len(part.events), "event"),
        wording.plural(len(part.reports), "report"),
    )
    listed = {"images/": f"{wording.listed(shown)} as {' and '.join(FORMS)}", **_ABOUT}
    wide = max(map(len, listed))
    left_out = [f"The open event, {missed}, is not among these: its picture is left out."]
    lines = [
        cited.title,
        f"{wording.listed(counted)}, data version {cited.version}",
        *(left_out if missed else ()),
        "",
        *(f"{name:<{wide}}  {about}" for name, about in listed.items()),
        "",
        *_NOTES,
        "",
        "This pack was made by",
        _command(part, order),
        *(_AS_READ if part.report else ()),
    ]
    return "\n".join(lines) + "\n"


def _command(dataset: Dataset, order: Order) -> str:
    """Write the command that makes the same pack of the same table."""
    # Of a file only its name: where it lies is nobody else's.
    named = dataset.report.file if dataset.report else dataset.folder and dataset.folder.name
    told = {
        "data": "" if dataset.licence is OURS else named,
        "query": order.query,
        "preset": order.preset if order.preset != Order(order.view).preset else "",
        "size": order.size,
        "scale": f"{order.scale:g}" if order.scale != SCALE else "",
        "link": order.link,
    }
    options = [f"--{name} {shlex.quote(value)}" for name, value in told.items() if value]
    dark = ["--dark"] if order.dark else []
    return " ".join(["conflict-timeline export pack", *options, *dark, "--out pack.zip"])
