"""The chosen events as files: CSV, CSV for Excel, GeoJSON and Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from dashboard import query
from dashboard.citation import Citation
from dashboard.dataset import Dataset
from dashboard.engine import LargeDataset
from dashboard.errors import ExportError
from dashboard.schema import UNDATED, Column, columns_of
from dashboard.selection import Selection
from dashboard.tables import table_bytes
from dashboard.views import asking

# A cell that begins so would run as a formula when a spreadsheet opens the file.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


CREDIT = Column("credit", "text", "The source of the row and its terms.")


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file: its name on the page, its suffix, its media type, how it is written."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Iterable[pd.DataFrame], Citation], Iterator[bytes]]


def write(form: str, dataset: Dataset, selection: Selection, citation: Citation) -> bytes:
    """Write the chosen events as `stream` does, in one piece."""
    return b"".join(stream(form, dataset, selection, citation))


def stream(
    form: str, dataset: Dataset, selection: Selection, citation: Citation
) -> Iterator[bytes]:
    """Write the chosen events piece by piece, in the columns of the data package.

    Args:
        form: A key of `FORMS`.
        dataset: The table.
        selection: What of it.
        citation: Goes into the files that have a place for it (GeoJSON, Parquet). The rows of a
            foreign table carry its credit in a column of their own, which no copying loses.

    Raises:
        ExportError: The terms of the table's source do not let its rows be passed on.
    """
    if refusal := obstacle(dataset):
        raise ExportError(refusal)
    return FORMS[form].write(_pieces(dataset, selection), citation)


def _pieces(dataset: Dataset, selection: Selection) -> Iterator[pd.DataFrame]:
    """Give the chosen rows; of a large table a month at a time, so that memory is bounded."""
    events = asking.events(dataset, selection)
    if not isinstance(dataset, LargeDataset):
        picked = query.collected(events.select("event_id"))["event_id"]
        yield _credited(dataset, dataset.events[dataset.events["event_id"].isin(picked)])
        return
    names = [column.name for column in columns_of("events", dataset.events.columns)]
    yield _credited(dataset, dataset.events[names])
    for month in sorted(map(int, query.counts(events, "month"))):
        fresh = asking.events(dataset, selection).filter(nw.col("month") == month)
        found = query.collected(fresh.select(*names))
        yield _credited(dataset, found.sort_values(["start_date", "event_id"]))


def _credited(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    return rows if dataset.terms is None else rows.assign(credit=dataset.terms.credit)


def obstacle(dataset: Dataset) -> str:
    """Say why the rows of a table may not leave it as data, "" where they may."""
    if dataset.licence.may_redistribute:
        return ""
    return f"These rows cannot be downloaded. {dataset.licence.sentence}"


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv(pieces: Iterable[pd.DataFrame], citation: Citation) -> Iterator[bytes]:
    for number, rows in enumerate(map(_dated, pieces)):
        columns = columns_of("events", rows.columns)
        if CREDIT.name in rows:
            columns = (*columns, CREDIT)
        texts = [column.name for column in columns if column.kind == "text"]
        safe = rows.assign(**{name: rows[name].map(harmless) for name in texts})
        content = table_bytes(columns, safe)
        yield content if number == 0 else content.partition(b"\n")[2]


def _excel_csv(pieces: Iterable[pd.DataFrame], citation: Citation) -> Iterator[bytes]:
    """Write a CSV that Excel opens with its accents: a byte order mark and CRLF."""
    yield "\ufeff".encode()
    for content in _csv(pieces, citation):
        yield content.replace(b"\n", b"\r\n")


def _licence(citation: Citation) -> str:
    terms = citation.terms
    return f"{terms.credit} {terms.url}" if terms.url else terms.sentence


def _geojson(pieces: Iterable[pd.DataFrame], citation: Citation) -> Iterator[bytes]:
    """Write a FeatureCollection; an event without a place keeps a null geometry."""
    head = {"type": "FeatureCollection", "citation": citation.plain, "license": _licence(citation)}
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f'{opening},\n "features": ['.encode()
    joint = ""
    for rows in pieces:
        for feature in _features(_dated(rows)):
            text = json.dumps(feature, ensure_ascii=False, indent=1).replace("\n", "\n  ")
            yield f"{joint}\n  {text}".encode()
            joint = ","
    yield b"\n ]\n}" if joint else b"]\n}"


_DAYS = "start_date", "end_date"


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    """Empty what stands for the days of events without a date: others would take it for days."""
    is_dated = rows["date_precision"] != UNDATED
    return rows.assign(**{day: rows[day].where(is_dated) for day in _DAYS})


def _features(rows: pd.DataFrame) -> Iterator[dict]:
    plain = json.loads(
        rows.drop(columns=["latitude_deg", "longitude_deg"])
        .assign(**{day: rows[day].dt.strftime("%Y-%m-%d") for day in _DAYS})
        .to_json(orient="records", force_ascii=False)
    )
    for properties, latitude, longitude in zip(
        plain, rows["latitude_deg"], rows["longitude_deg"], strict=True
    ):
        point = {"type": "Point", "coordinates": [longitude, latitude]}
        yield {
            "type": "Feature",
            "id": properties["event_id"],
            "geometry": None if pd.isna(latitude) else point,
            "properties": properties,
        }


def _parquet(pieces: Iterable[pd.DataFrame], citation: Citation) -> Iterator[bytes]:
    out, writer = io.BytesIO(), None
    for rows in map(_dated, pieces):
        table = pa.Table.from_pandas(rows, preserve_index=False)
        if writer is None:
            notes = {"citation": citation.plain, "license": _licence(citation)}
            schema = table.schema.with_metadata({**(table.schema.metadata or {}), **notes})
            writer = pyarrow.parquet.ParquetWriter(out, schema)
        writer.write_table(table.cast(writer.schema))
    if writer is not None:
        writer.close()
    yield out.getvalue()


FORMS = {
    "csv": Form("CSV", "csv", "text/csv; charset=utf-8", _csv),
    "excel": Form("CSV for Excel", "csv", "text/csv; charset=utf-8", _excel_csv),
    "geojson": Form("GeoJSON", "geojson", "application/geo+json", _geojson),
    "parquet": Form("Parquet", "parquet", "application/vnd.apache.parquet", _parquet),
}
