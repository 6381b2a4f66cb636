import math

import pandas as pd
import pytest

from dashboard.matching.remarks import remarks

pytestmark = pytest.mark.unit


def event(first="2016-05-03", last="", **cells):
    return {
        "start_date": pd.Timestamp(first),
        "end_date": pd.Timestamp(last or first),
        "date_precision": "day",
        "latitude_deg": 36.3,
        "geo_precision": "place",
        "killed_low": 8,
        "killed_best": 10,
        "killed_high": 12,
    } | cells


def pair(days=0.0, km=1.0, cast=1.0):
    return {"days": days, "km": km, "cast": cast}


def toll(low, best, high):
    return {"killed_low": low, "killed_best": best, "killed_high": high}


UNKNOWN = toll(pd.NA, pd.NA, pd.NA)
# What the reader of a file gives an event without a date: all days of its table.
SOME_DAY = {"date_precision": "unknown", "end_date": pd.Timestamp("2019-01-01")}


def test_says_what_agrees():
    found = remarks(pair(), event(), event())
    assert found.agreements == (
        "the same day",
        "1 km apart",
        "actors agree by 100%",
        "both 10 killed",
    )
    assert found.gaps == ()


@pytest.mark.parametrize(
    ("measured", "a", "b", "expected"),
    [
        (pair(days=1.0), {}, {}, "1 day apart"),
        (pair(days=2.0), {}, {}, "2 days apart"),
        (pair(), {}, SOME_DAY, "no date in B"),
        (pair(days=2.0), SOME_DAY, SOME_DAY, "no date in A and B"),
        (pair(), {}, {"end_date": pd.Timestamp("2016-06-01")}, "lasts 1 day in A, 30 in B"),
        (pair(km=12.4), {}, {}, "12 km apart, more than both precisions allow"),
        (pair(km=math.nan), {}, {"latitude_deg": math.nan}, "no place in B"),
        (pair(cast=0.0), {}, {}, "no actor in common"),
        (pair(cast=0.4), {}, {}, "actors agree by 40%"),
        (pair(cast=math.nan), {}, {}, "actors not named in both"),
        (pair(), UNKNOWN, {}, "number killed unknown in A"),
        (pair(), UNKNOWN, UNKNOWN, "number killed unknown in A and B"),
        (pair(), {}, toll(30, 1234, 2000), "10 and 1,234 killed, ranges do not meet"),
    ],
)
def test_says_what_parts_them(measured, a, b, expected):
    assert remarks(measured, event() | a, event() | b).gaps == (expected,)


@pytest.mark.parametrize(
    ("measured", "b", "expected"),
    [
        (pair(), {"end_date": pd.Timestamp("2016-05-05")}, "days overlap"),
        (
            pair(),
            {"date_precision": "week", "end_date": pd.Timestamp("2016-05-05")},
            "days overlap (B to the week)",
        ),
        (
            pair(km=40.0),
            {"geo_precision": "admin1"},
            "40 km apart, places within 105 km are all that is known",
        ),
        (pair(), toll(9, 11, 11), "10 and 11 killed, ranges overlap"),
        (pair(), toll(13, 14, 14), "10 and 14 killed, less than twice as many"),
    ],
)
def test_calls_an_agreement_what_precision_explains(measured, b, expected):
    assert expected in remarks(measured, event(), event() | b).agreements


def test_calls_both_tables_as_it_is_told():
    vague = {"date_precision": "week", "end_date": pd.Timestamp("2016-06-01")}
    other = event(latitude_deg=math.nan, **vague, **UNKNOWN)
    found = remarks(pair(km=math.nan), event(), other, ("ours", "C.csv"))
    assert found.gaps == (
        "lasts 1 day in ours, 30 in C.csv (C.csv to the week)",
        "no place in C.csv",
        "number killed unknown in C.csv",
    )


def test_does_not_take_no_dead_for_an_unknown_number():
    none = toll(0, 0, 0)
    assert "both 0 killed" in remarks(pair(), event(**none), event(**none)).agreements
