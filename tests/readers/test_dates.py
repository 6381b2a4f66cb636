import datetime

import pytest

from dashboard.errors import ReaderError
from dashboard.readers.base import Fault
from dashboard.readers.dates import FORMS, form_of, known_form, reader

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["1942-06-01"], "y-m-d"),
        (["2014-06-01T00:00:00Z", ""], "y-m-d"),
        (["3 May 2015", "12 December 2015"], "d month y"),
        (["May 4, 2015"], "d month y"),
        (["3/5/2015", "31/5/2015"], "d/m/y"),
        (["3/5/2015", "5/31/2015"], "m/d/y"),
        (["31.05.2015"], "d/m/y"),
        (["20150531"], "yyyymmdd"),
        (["44615", "44616.0"], "Excel day"),
    ],
)
def test_finds_the_one_form_of_a_column(cells, form):
    assert form_of(cells, "date", "table.csv") == form


def test_asks_where_day_and_month_cannot_be_told_apart():
    with pytest.raises(ReaderError, match="'3/5/2015' in date may be day/month or month/day"):
        form_of(["3/5/2015", "4/5/2015"], "date", "table.csv")


def test_names_what_a_column_holds_instead_of_dates():
    with pytest.raises(ReaderError) as caught:
        form_of(["soon", "later"], "date", "table.csv")
    assert str(caught.value) == (
        "table.csv: the column date has no dates that can be read. It holds 'soon', 'later'."
    )


def test_names_the_nearest_form():
    with pytest.raises(ReaderError, match="No form of dates is called 'd/m/Y/'. Did you mean"):
        known_form("d/m/Y/")


@pytest.mark.parametrize(
    ("form", "cell", "day"),
    [
        ("y-m-d", "1942-06-01", datetime.date(1942, 6, 1)),
        ("d/m/y", "1-2-2015", datetime.date(2015, 2, 1)),
        ("m/d/y", "1/2/2015", datetime.date(2015, 1, 2)),
        ("d month y", "3 Sept 2015", datetime.date(2015, 9, 3)),
        ("Excel day", "44615", datetime.date(2022, 2, 23)),
    ],
)
def test_reads_a_day_in_its_form(form, cell, day):
    assert reader(form)[cell] == day


@pytest.mark.parametrize("cell", ["0", "2015", "22.5", "2015-13-01", "1/2/2015", "0025-01-01"])
def test_takes_nothing_else_for_a_day(cell):
    assert isinstance(reader("y-m-d")[cell], Fault)


def test_an_optional_day_may_be_empty():
    assert reader("y-m-d", is_needed=False)[" "] is None
    assert isinstance(reader("y-m-d")[" "], Fault)


def test_no_form_takes_the_cells_of_another():
    cells = {"y-m-d": "2015-05-31", "d month y": "31 May 2015", "yyyymmdd": "20150531"}
    for name, cell in cells.items():
        assert [form for form, read in FORMS.items() if read(cell) is not None] == [name]
