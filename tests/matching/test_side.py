import datetime

import numpy as np
import pytest

from dashboard.matching.side import side
from tests.matching.tables import bombing, table

pytestmark = pytest.mark.unit


def days(text):
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("cells", "first", "last"),
    [
        ({}, "2016-05-03", "2016-05-03"),
        ({"date_precision": "month"}, "2016-05-01", "2016-05-31"),
        ({"date_precision": "year"}, "2016-01-01", "2016-12-31"),
        (
            {"date_precision": "month", "end_date": "2016-06-01"},
            "2016-05-03",
            "2016-06-01",
        ),
        (
            {"date_precision": "year", "end_date": "2016-08-20"},
            "2016-05-03",
            "2016-08-20",
        ),
    ],
)
def test_spans_the_days_on_which_it_may_have_been(tmp_path, cells, first, last):
    found = side(table(tmp_path, bombing(**cells)))
    assert (found.first[0], found.last[0]) == (days(first), days(last))


def test_keeps_the_unknown_apart_from_zero(tmp_path):
    unknown = {"killed_low": "", "killed_best": "", "killed_high": ""}
    none = {"killed_low": "0", "killed_best": "0", "killed_high": "0"}
    found = side(table(tmp_path, bombing(**unknown), bombing("2016-05-04-mosul", **none)))
    assert np.isnan(found.best[0])
    assert found.best[1] == 0.0


def test_has_no_point_without_a_place(tmp_path):
    nowhere = {"latitude_deg": "", "longitude_deg": "", "geo_precision": ""}
    found = side(table(tmp_path, bombing(**nowhere)))
    assert np.isnan(found.points).all()
    assert found.radius[0] == 300.0
