"""UCDP GED, the Georeferenced Event Dataset: every layout since 19.1, HDX files, the API's JSON.

Codebook: https://ucdp.uu.se/downloads/ged/ged251.pdf
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dashboard.provenance import Terms
from dashboard.readers import values
from dashboard.readers.base import Batch, Fault, Head, Memo, Reading, Source
from dashboard.readers.dates import FORMS, DayColumn
from dashboard.readers.drafts import Draft, Page
from dashboard.readers.places import country_code
from dashboard.readers.records import CsvTable
from dashboard.readers.tabular import read_table, table_of
from dashboard.readers.titles import cut

KEY = "ucdp"
NAME = "UCDP GED"
TERMS = Terms(
    name=NAME,
    credit="UCDP GED, Uppsala University, CC BY 4.0",
    sentence=(
        "UCDP data are under the Creative Commons Attribution 4.0 International licence"
        " (CC BY 4.0): they may be passed on with credit."
    ),
    citation=(
        "Sundberg, Ralph, and Erik Melander (2013). Introducing the UCDP Georeferenced Event"
        " Dataset. Journal of Peace Research 50(4): 523-532; and the yearly article of the"
        " version that the table comes from."
    ),
    url="https://ucdp.uu.se/downloads/",
    may_redistribute=True,
    is_systematic=True,
)
NEEDS = (
    *("id", "type_of_violence", "side_a", "side_b", "where_prec", "latitude", "longitude"),
    *("country", "date_prec", "date_start", "date_end", "low", "best", "high"),
)
_DISTINCTIVE = ("type_of_violence", "side_a", "side_b", "where_prec", "date_prec", "best")
# The layout since 20.1, for a release that comes without its header.
COLUMNS = (
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
_TYPES = {
    "1": ("battle", "state-based conflict"),
    "2": ("battle", "non-state conflict"),
    "3": ("civilian_attack", "one-sided violence"),
}
# 1 one day; 2 two to six days; 3 a week; 4 up to a month; 5 up to a year.
_DATE_PRECISIONS = {"1": "day", "2": "week", "3": "week", "4": "month", "5": "year"}
# 1 the place; 2 within some 25 km of it; 3 the district; 4 the province; 5 a line or region;
# 6 the country; 7 the sea or air.
_GEO_PRECISIONS = {
    **{"1": "place", "2": "district", "3": "district", "4": "admin1", "5": "admin1"},
    **{"6": "country", "7": "country"},
}
_ALLIES = re.compile(r", (?=Government of )")
_LONGEST_SUMMARY, _LONGEST_PIECE = 900, 200
# "AFP,2009-07-27,Title", else "AFP 2009-07-27 ...": what stands before a figure, quote or bracket.
_CITED = re.compile(r"\"?([^,\"]{2,60}), ?([0-9]{4}-[0-9]{2}-[0-9]{2}), ?(.+?)\"?\Z")
_OUTLET = re.compile(r"""["'“\s]*([^\d"“”:,(\[]{2,60})""")


def recognises(head: Head) -> bool:
    """Whether a file is UCDP GED: by its column names, or by its cells where it has none."""
    return head.share(_DISTINCTIVE) >= 0.7 or _is_headless(head)


def _is_headless(head: Head) -> bool:
    """Some candidate releases came without a header: then the first line is a record."""
    if head.kind != "csv" or len(head.header) != len(COLUMNS):
        return False
    cells = dict(zip(COLUMNS, head.header, strict=True))
    codes = [cells[name] for name in ("type_of_violence", "where_prec", "date_prec")]
    return cells["id"].isdigit() and all(code in _GEO_PRECISIONS for code in codes)


def read(source: Source) -> Reading:
    """Read a UCDP GED table.

    Raises:
        ReaderError: Columns are missing, or no record could be loaded.
    """
    table = table_of(source)
    if isinstance(table, CsvTable) and _is_headless(source.head):
        table.with_header(COLUMNS)
    return read_table(source, table, KEY, TERMS, _Ged(source))


def _coded(known: Iterable[str], what: str) -> Memo:
    words = tuple(known)

    def read_code(cell: str) -> str | Fault:
        code = values.code(cell)
        if code in words:
            return code
        return Fault(f"{cell!r} is no {what}: the codes are {', '.join(words)}.")

    return Memo(read_code)


class _Ged:
    """Makes drafts of batches."""

    needs = NEEDS

    def __init__(self, source: Source) -> None:
        self.starts = DayColumn("date_start", source)
        self.ends = DayColumn("date_end", source)
        self.types = _coded(_TYPES, "type of violence")
        self.date_codes = _coded(_DATE_PRECISIONS, "precision of a date")
        self.geo_codes = _coded(_GEO_PRECISIONS, "precision of a place")
        self.codes = Memo(values.code)
        self.texts = Memo(values.text_or_blank)
        self.sides = Memo(_side)
        self.latitudes, self.longitudes = Memo(values.latitude), Memo(values.longitude)
        self.counts = Memo(values.count)
        self.days = Memo(FORMS["y-m-d"])

    def assumptions(self) -> list[str]:
        """Say what was taken for granted."""
        return [
            self.starts.sentence,
            "Side A stands as initiator and side B as target; UCDP does not say who began.",
            "The dead are those of every side.",
            "Where low, best and high are not in order, the best figure stays and the range holds"
            " all three.",
        ]

    def draft(self, batch: Batch) -> Draft:
        """Make the events of a batch."""
        types = batch.read("type_of_violence", self.types)
        date_codes = batch.read("date_prec", self.date_codes)
        geo_codes = batch.read("where_prec", self.geo_codes)
        triple = zip(*(batch.read(n, self.counts) for n in ("low", "best", "high")), strict=True)
        places = batch.read("where_coordinates", self.texts)
        sides = [batch.read(name, self.sides) for name in ("side_a", "side_b")]
        headlines = batch.each("source_headline", values.text_or_blank)
        return Draft(
            ids=batch.each("id", values.code),
            id_column="id",
            starts=self.starts.read(batch),
            ends=self.ends.read(batch),
            date_precisions=[_DATE_PRECISIONS.get(code, "") for code in date_codes],
            countries=[
                country_code(name, number, "gw")
                for name, number in zip(
                    batch.cells("country"), batch.cells("country_id"), strict=True
                )
            ],
            country_column="country",
            admin1=batch.read("adm_1", self.texts),
            places=places,
            latitudes=batch.read("latitude", self.latitudes),
            longitudes=batch.read("longitude", self.longitudes),
            geo_precisions=[_GEO_PRECISIONS.get(code, "") for code in geo_codes],
            types=[_TYPES[code][0] if code else "" for code in types],
            initiators=sides[0],
            targets=sides[1],
            killed=list(triple),
            toll_columns="low, best, high",
            summaries=self._summaries(batch, headlines, sides, places),
            pages=self._pages(batch, headlines),
            source_types=[f"{code} {_TYPES[code][1]}" if code else "" for code in types],
            source_date_precisions=date_codes,
            source_geo_precisions=geo_codes,
        )

    def _summaries(
        self,
        batch: Batch,
        headlines: Sequence[str],
        sides: Sequence[Sequence[str]],
        places: Sequence[str],
    ) -> list[str]:
        """Say what the columns say that our schema has no column for."""
        names = ("conflict_name", "where_description", "adm_2")
        texts = [batch.each(name, values.text_or_blank) for name in (*names, "source_original")]
        deaths = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "event_clarity")
        codes = [batch.read(name, self.codes) for name in deaths]
        return [
            _summary(row, place, (side_a, side_b), dead)
            for row, place, side_a, side_b, dead in zip(
                zip(headlines, *texts, strict=True),
                places,
                *sides,
                zip(*codes, strict=True),
                strict=True,
            )
        ]

    def _pages(self, batch: Batch, headlines: Sequence[str]) -> list[list[Page]]:
        names = ("source_article", "source_office", "source_date")
        texts = [batch.each(name, values.text_or_blank) for name in names]
        return [self._sources(*row) for row in zip(*texts, headlines, strict=True)]

    def _sources(self, article: str, office: str, date: str, headline: str) -> list[Page]:
        """Part the sources of one event, which are joined by ';'."""
        if not office:
            return [self._cited(piece) for piece in _pieces(article)]
        offices = _pieces(office)
        dates, headlines = date.split(";"), headline.split(";")
        if len(headlines) != len(offices):  # a headline holds a ';' itself
            headlines = [headline] if len(offices) == 1 else [""] * len(offices)
        if len(dates) != len(offices):
            dates = [""] * len(offices)
        days = [self.days[day.strip()] for day in dates]
        return [
            Page(
                publisher,
                cut(title.strip(), _LONGEST_PIECE),
                None if isinstance(day, Fault) else day,
            )
            for publisher, title, day in zip(offices, headlines, days, strict=True)
        ]

    def _cited(self, piece: str) -> Page:
        """Make a page of a reference in UCDP's own words, "Reuters 1992-03-02"."""
        match = _CITED.match(piece)
        if match:
            day = self.days[match[2]]
            title = cut(match[3].strip(), _LONGEST_PIECE)
            return Page(match[1].strip(), title, None if isinstance(day, Fault) else day)
        return Page(_cited_outlet(piece), f"[{cut(piece, _LONGEST_PIECE)}]")


def _cited_outlet(piece: str) -> str:
    match = _OUTLET.match(piece)
    outlet = match[1].strip(" .-'") if match else ""
    return outlet or cut(piece, 60)


def _side(cell: str) -> str:
    """Part allied governments; other names with a comma may be one alliance's own name."""
    return _ALLIES.sub(";", values.text_or_blank(cell))


def _pieces(text: str) -> list[str]:
    return [piece for piece in map(str.strip, text.split(";")) if piece.strip("\"' .")]


def _summary(texts: Sequence[str], place: str, sides: tuple[str, str], dead: Sequence[str]) -> str:
    headline, conflict, where, district, according = texts
    *figures, clarity = dead
    parts = [f"{headline}." if headline and headline[-1] not in ".!?" else headline]
    if conflict:
        parts.append(f"Conflict: {conflict}.")
    if any(figures):
        names = (*sides, "civilians", "not known whose")
        told = [f"{name} {figure}" for name, figure in zip(names, figures, strict=True) if figure]
        parts.append(f"Dead by side: {', '.join(told)}.")
    around = ", ".join(dict.fromkeys(filter(None, (where, district))))
    if around and around != place:
        parts.append(f"Where: {around}.")
    if according:
        parts.append(f"According to: {according}.")
    if clarity == "2":
        parts.append("Part of a figure for several events.")
    return cut(" ".join(filter(None, parts)), _LONGEST_SUMMARY)
