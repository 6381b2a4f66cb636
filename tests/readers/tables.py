"""Invented rows in the shape of other sources' exports, and how tests read them.

No row is one of ACLED's or GTD's: names, places, figures and texts are made up.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pandas as pd

from dashboard.readers import Reading, open_table

Row = dict[str, str]
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "formats" / "ucdp"

UCDP_COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name"),
    *("dyad_dset_id", "dyad_new_id", "dyad_name"),
    *("side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b"),
    *("number_of_sources", "source_article", "source_office", "source_date", "source_headline"),
    *("source_original", "where_prec", "where_coordinates", "where_description"),
    *("adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid"),
    *("country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    *("best", "high", "low", "gwnoa", "gwnob"),
)
ACLED_COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type"),
    *("sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2"),
    *("interaction", "civilian_targeting", "iso", "region", "country"),
    *("admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
# Before March 2023.
OLD_ACLED_COLUMNS = (
    *("data_id", "iso", "event_id_cnty", "event_id_no_cnty", "event_date", "year"),
    *("time_precision", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1"),
    *("actor2", "assoc_actor_2", "inter2", "interaction", "region", "country"),
    *("admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "timestamp", "iso3"),
)
GTD_COLUMNS = (
    *("eventid", "iyear", "imonth", "iday", "approxdate", "extended", "resolution"),
    *("country", "country_txt", "region", "region_txt", "provstate", "city"),
    *("latitude", "longitude", "specificity", "vicinity", "location", "summary", "doubtterr"),
    *("multiple", "success", "suicide", "attacktype1", "attacktype1_txt"),
    *("targtype1", "targtype1_txt", "corp1", "target1", "gname", "gname2", "guncertain1"),
    *("nperps", "claimed", "weaptype1", "motive", "nkill", "nkillter", "nwound", "nwoundte"),
    *("propvalue", "addnotes", "scite1", "scite2", "dbsource", "INT_ANY", "related"),
)


def ucdp(number: int = 1, **cells: str) -> Row:
    """Make an event of UCDP's: two armed sides at Qarya in Iraq on 3 May 2015, 5 dead."""
    row = dict.fromkeys(UCDP_COLUMNS, "") | {
        "id": str(number),
        "year": "2015",
        "type_of_violence": "1",
        "conflict_name": "Iraq: Government",
        "side_a": "Government of Iraq",
        "side_b": "IS",
        "source_office": "Agence Exemple",
        "source_date": "2015-05-04",
        "source_headline": "Clash at Qarya",
        "where_prec": "1",
        "where_coordinates": "Qarya town",
        "adm_1": "Ninawa province",
        "latitude": "36.1",
        "longitude": "43.2",
        "country": "Iraq",
        "country_id": "645",
        "date_prec": "1",
        "date_start": "2015-05-03",
        "date_end": "2015-05-03",
        "low": "4",
        "best": "5",
        "high": "7",
    }
    return _changed(row, cells)


def acled(number: int = 1, **cells: str) -> Row:
    """Make an event in ACLED's layout: an invented clash at Vila in Mozambique, 4 dead."""
    row = dict.fromkeys(ACLED_COLUMNS, "") | {
        "event_id_cnty": f"MOZ{number}",
        "event_date": "2022-02-23",
        "year": "2022",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Islamist Militia (Mozambique)",
        "inter1": "3",
        "actor2": "Military Forces of Mozambique (1990-)",
        "inter2": "1",
        "interaction": "13",
        "iso": "508",
        "region": "Eastern Africa",
        "country": "Mozambique",
        "admin1": "Cabo Delgado",
        "location": "Vila",
        "latitude": "-11.5",
        "longitude": "40.1",
        "geo_precision": "1",
        "source": "Jornal Exemplo; Radio Exemplo",
        "notes": "Invented: a clash at Vila.",
        "fatalities": "4",
        "timestamp": "1650000000",
    }
    return _changed(row, cells)


def gtd(number: int = 1, **cells: str) -> Row:
    """Make an event in GTD's layout: an invented bomb in Iraq, 6 dead, the attacker one of them."""
    row = dict.fromkeys(GTD_COLUMNS, "") | {
        "eventid": f"20150503{number:04}",
        "iyear": "2015",
        "imonth": "5",
        "iday": "3",
        "extended": "0",
        "country": "95",
        "country_txt": "Iraq",
        "provstate": "Ninawa",
        "city": "Madina",
        "latitude": "36.1",
        "longitude": "43.2",
        "specificity": "1",
        "summary": "Invented: a bomb at Madina.",
        "doubtterr": "0",
        "multiple": "0",
        "suicide": "0",
        "attacktype1": "3",
        "attacktype1_txt": "Bombing/Explosion",
        "targtype1": "14",
        "targtype1_txt": "Private Citizens & Property",
        "gname": "Islamic State of Iraq and the Levant (ISIL)",
        "guncertain1": "0",
        "nperps": "-99",
        "claimed": "0",
        "nkill": "6",
        "nkillter": "1",
        "nwound": "10",
        "nwoundte": "0",
        "propvalue": "-99",
        "scite1": '"Bomb at Madina," Agence Exemple, May 4, 2015.',
        "INT_ANY": "-9",
    }
    return _changed(row, cells)


def _changed(row: Row, cells: Mapping[str, str]) -> Row:
    assert cells.keys() <= row.keys(), cells.keys() - row.keys()
    return row | dict(cells)


def text(rows: Iterable[Mapping[str, str]], columns: Sequence[str] = (), **form: str) -> str:
    """Write rows as CSV; other columns may be asked for, those that a row lacks are empty."""
    rows = list(rows)
    out = io.StringIO(newline="")
    names = columns or list(rows[0])
    writer = csv.DictWriter(
        out, names, restval="", extrasaction="ignore", lineterminator="\n", **form
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(folder: Path, *rows: Row, columns: Sequence[str] = (), **options) -> Reading:
    """Write rows as a CSV file and open it."""
    path = folder / "table.csv"
    path.write_text(text(rows, columns), encoding="utf-8", newline="")
    return open_table(path, **options)


def read_bytes(folder: Path, content: bytes, name: str = "table.csv", **options) -> Reading:
    """Write a file and open it."""
    path = folder / name
    path.write_bytes(content)
    return open_table(path, **options)


def workbook(folder: Path, rows: Sequence[Sequence[object]], name: str = "table.xlsx") -> Path:
    """Write rows as the sheet of a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    book.save(folder / name)
    return folder / name


def book(folder: Path, name: str = "table.xlsx", **sheets: Sequence[Sequence[object]]) -> Path:
    """Write rows as the sheets of a workbook; "_2020" makes the sheet 2020."""
    whole = openpyxl.Workbook()
    whole.remove(whole.active)
    for title, rows in sheets.items():
        sheet = whole.create_sheet(title.removeprefix("_"))
        for row in rows:
            sheet.append(list(row))
    whole.save(folder / name)
    return folder / name


def as_json(rows: Iterable[Mapping[str, object]], member: str = "Result") -> bytes:
    """Write rows as a page of an API."""
    return json.dumps({"TotalCount": 1, member: list(rows)}).encode()


def first(reading: Reading) -> pd.Series:
    """Return the first event."""
    return reading.dataset.events.iloc[0]


def reasons(reading: Reading) -> list[str]:
    """List the problems as a reader sees them."""
    return [str(problem) for problem in reading.report.problems]


def warnings(reading: Reading) -> list[str]:
    """List the warnings as a reader sees them."""
    return [str(problem) for problem in reading.report.warnings]
