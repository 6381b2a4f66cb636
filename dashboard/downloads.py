"""The chosen events as files: CSV, CSV for Excel, GeoJSON and Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from dashboard.citation import Citation
from dashboard.dataset import Dataset
from dashboard.errors import ExportError
from dashboard.schema import Column, columns_of
from dashboard.selection import Selection
from dashboard.tables import table_bytes
from dashboard.views.common import chosen_ids

# A cell that begins so would run as a formula when a spreadsheet opens the file.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


CREDIT = Column("credit", "text", "The source of the row and its terms.")


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file: its name on the page, its suffix, its media type, how it is written."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[pd.DataFrame, Citation], bytes]


def write(form: str, dataset: Dataset, selection: Selection, citation: Citation) -> bytes:
    """Write the chosen events in the columns of the data package.

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
    rows = dataset.events[dataset.events["event_id"].isin(chosen_ids(dataset, selection))]
    if dataset.terms is not None:
        rows = rows.assign(credit=dataset.terms.credit)
    return FORMS[form].write(rows, citation)


def obstacle(dataset: Dataset) -> str:
    """Say why the rows of a table may not leave it as data, "" where they may."""
    if dataset.licence.may_redistribute:
        return ""
    return f"These rows cannot be downloaded. {dataset.licence.sentence}"


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv(rows: pd.DataFrame, citation: Citation) -> bytes:
    columns = columns_of("events", rows.columns)
    if CREDIT.name in rows:
        columns = (*columns, CREDIT)
    texts = [column.name for column in columns if column.kind == "text"]
    safe = rows.assign(**{name: rows[name].map(harmless) for name in texts})
    return table_bytes(columns, safe)


def _excel_csv(rows: pd.DataFrame, citation: Citation) -> bytes:
    """Write a CSV that Excel opens with its accents: a byte order mark and CRLF."""
    return "\ufeff".encode() + _csv(rows, citation).replace(b"\n", b"\r\n")


def _licence(citation: Citation) -> str:
    terms = citation.terms
    return f"{terms.credit} {terms.url}" if terms.url else terms.sentence


def _geojson(rows: pd.DataFrame, citation: Citation) -> bytes:
    """Write a FeatureCollection; an event without a place keeps a null geometry."""
    plain = json.loads(
        rows.drop(columns=["latitude_deg", "longitude_deg"])
        .assign(
            start_date=rows["start_date"].dt.strftime("%Y-%m-%d"),
            end_date=rows["end_date"].dt.strftime("%Y-%m-%d"),
        )
        .to_json(orient="records", force_ascii=False)
    )
    features = [
        {
            "type": "Feature",
            "id": properties["event_id"],
            "geometry": None
            if pd.isna(latitude)
            else {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": properties,
        }
        for properties, latitude, longitude in zip(
            plain, rows["latitude_deg"], rows["longitude_deg"], strict=True
        )
    ]
    collection = {
        "type": "FeatureCollection",
        "citation": citation.plain,
        "license": _licence(citation),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def _parquet(rows: pd.DataFrame, citation: Citation) -> bytes:
    table = pa.Table.from_pandas(rows, preserve_index=False)
    notes = {"citation": citation.plain, "license": _licence(citation)}
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), **notes})
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out)
    return out.getvalue()


FORMS = {
    "csv": Form("CSV", "csv", "text/csv; charset=utf-8", _csv),
    "excel": Form("CSV for Excel", "csv", "text/csv; charset=utf-8", _excel_csv),
    "geojson": Form("GeoJSON", "geojson", "application/geo+json", _geojson),
    "parquet": Form("Parquet", "parquet", "application/vnd.apache.parquet", _parquet),
}
