"""Whatever is done to a file, each record is loaded or reported; nothing but ReaderError comes."""

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.dataset import load, save
from dashboard.errors import ReaderError
from dashboard.readers import open_table
from tests.readers.samples import csv_rows
from tests.readers.tables import acled, gtd, text, ucdp

pytestmark = pytest.mark.property

MAKERS = {"ucdp": ucdp, "acled": acled, "gtd": gtd}
# Wikidata's items are left out: there several rows make a record.
FORMS = {key: [make(number) for number in range(6)] for key, make in MAKERS.items()} | {
    key: rows[:6] for key, rows in csv_rows().items() if key != "wikidata"
}
CELLS = st.one_of(
    st.sampled_from(
        [
            *("", "NA", "-99", "-9", "0", "1e9", "99999999999999999999", "1,000", "12.5", "nan"),
            *("0025-01-01", "2014-02-30", "2014", "31/12/2014", "inf", "1_000", "٣", "½", "\x00"),
            *(
                '"',
                '""',
                "a\nb",
                "\r",
                ";",
                "#tag",
                "=1+1",
                "\ufeff",
                "\ufffd",
                "é",
                " 5 ",
                "1e400",
                "1.000",
            ),
        ]
    ),
    st.text(max_size=20),
    st.integers().map(str),
    st.floats().map(str),
)


@st.composite
def damaged_rows(draw):
    """Make four rows of one form with some cells replaced by anything."""
    rows = [dict(row) for row in FORMS[draw(st.sampled_from(sorted(FORMS)))][:4]]
    for _ in range(draw(st.integers(1, 6))):
        row = draw(st.sampled_from(rows))
        row[draw(st.sampled_from(sorted(row)))] = draw(CELLS)
    return rows


@st.composite
def damaged_bytes(draw):
    """Make a file of one form with bytes changed, cut out or put in."""
    content = bytearray(text(FORMS[draw(st.sampled_from(sorted(FORMS)))]).encode())
    for _ in range(draw(st.integers(1, 8))):
        place = draw(st.integers(0, len(content)))
        more = draw(st.binary(max_size=3) | st.sampled_from([b'"', b",", b"\n", b";", b"\r\n"]))
        content[place : place + draw(st.integers(0, 40))] = more
    return bytes(content)


def opened(content):
    """Open a file; None where one sentence says why it cannot be."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content)
        try:
            return open_table(path)
        except ReaderError as error:
            assert "\n" not in str(error)
            return None


def quoted(rows):
    """Write rows with all cells in quotes: the csv module leaves a bare line end without."""
    return text(rows, quoting=csv.QUOTE_ALL).encode("utf-8", "replace")


def check(reading):
    report, events = reading.report, reading.dataset.events
    assert report.records == report.loaded + report.rejected
    assert report.loaded == len(events)
    assert len({problem.record for problem in report.problems}) == report.rejected
    for quantity in ("killed", "wounded"):
        low, best, high = (events[f"{quantity}_{level}"] for level in ("low", "best", "high"))
        assert (best.dropna() >= 0).all()
        assert ((low <= best) & (best <= high)).dropna().all()
        assert (low.isna() == best.isna()).all()


@given(damaged_rows())
@settings(max_examples=150)
def test_every_record_is_loaded_or_reported_whatever_its_cells_hold(rows):
    reading = opened(quoted(rows))
    if reading is not None:
        assert reading.report.records == 4
        check(reading)


@given(damaged_bytes())
@settings(max_examples=150)
def test_every_record_is_loaded_or_reported_whatever_happened_to_the_bytes(content):
    reading = opened(content)
    if reading is not None:
        check(reading)


@given(damaged_rows())
@settings(max_examples=60)
def test_what_was_loaded_is_a_sound_package(rows):
    reading = opened(quoted(rows))
    if reading is not None:
        with tempfile.TemporaryDirectory() as folder:
            save(reading.dataset, folder)
            assert load(folder).version == reading.dataset.version


@given(damaged_rows())
@settings(max_examples=60)
def test_the_rejects_hold_each_record_that_was_not_loaded(rows):
    reading = opened(quoted(rows))
    if reading is not None and reading.report.rejected:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rejects.csv"
            reading.report.write_rejects(path)
            again = opened(path.read_bytes())
        assert again is None or again.report.rejected > 0
