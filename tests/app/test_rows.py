import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.app import grid, rows
from dashboard.engine import fold
from dashboard.selection import Selection
from dashboard.views.chosen import ids as chosen_ids
from tests.app.table import FORMULA, REEF, SCRIPT
from tests.app.tree import said

pytestmark = pytest.mark.unit

ALL = Selection()
COLUMNS = ("date", "title", "place", "country", "type", "sides", "killed", "wounded", "sources")
TEXTS, COUNTS = COLUMNS[:6], COLUMNS[6:]


def asked(dataset, selection=ALL, start=0, end=100, sort=(), **filters):
    return rows.page(
        dataset,
        selection,
        {
            "startRow": start,
            "endRow": end,
            "sortModel": [{"colId": column, "sort": way} for column, way in sort],
            "filterModel": filters,
        },
    )


def column(answer, name):
    return [row[name] for row in answer["rowData"]]


def text_rule(kind, text):
    return {"filterType": "text", "type": kind, "filter": text}


def number_rule(kind, number, upper=None):
    return {"filterType": "number", "type": kind, "filter": number, "filterTo": upper}


def joined(operator, *rules):
    return {"filterType": rules[0]["filterType"], "operator": operator, "conditions": list(rules)}


def test_shows_the_newest_first(odd):
    assert column(asked(odd), "event_id") == chosen_ids(odd, Selection())[::-1]


def test_shows_only_the_chosen(odd):
    answer = asked(odd, Selection(theatres=("iraq",)))
    assert column(answer, "event_id") == ["2014-08-03-sinjar", "2014-06-06-mosul"]
    assert answer["rowCount"] == 2


def test_an_empty_selection_has_no_rows(odd):
    assert asked(odd, Selection(q="zzz")) == {"rowData": [], "rowCount": 0}


def test_a_row_holds_what_the_table_shows(odd):
    (row,) = asked(odd, Selection(q="siege of palma"))["rowData"]
    assert row == {
        "event_id": "2021-03-24-palma",
        "date": "24 March – 4 April 2021",
        "title": "Siege of Palma",
        "place": "Palma",
        "country": "Mozambique",
        "type": "Siege",
        "sides": "is-mozambique → civilians, mozambique-police",
        "killed": 87,
        "range": "55–1,000",
        "wounded": 2,
        "sources": 3,
    }


def test_an_unknown_toll_is_empty_and_not_zero(odd):
    (row,) = asked(odd, Selection(q="hyperlink"))["rowData"]
    assert (row["killed"], row["range"], row["wounded"]) == (None, "", None)
    (row,) = asked(odd, Selection(theatres=("syria",)))["rowData"]
    assert (row["killed"], row["range"]) == (0, "0")


def test_the_grid_shows_every_column_that_is_sent(odd):
    definitions = said(grid.grid(), "columnDefs")
    assert [*(column["field"] for column in definitions)] == [
        name for name in asked(odd)["rowData"][0] if name != "event_id"
    ]
    assert {*COLUMNS} == {
        column["field"] for column in definitions if column.get("sortable") is not False
    }


@pytest.mark.property
@settings(max_examples=10)
@given(st.integers(1, 7), st.sampled_from(COLUMNS), st.sampled_from(["asc", "desc"]))
def test_pages_join_to_the_whole(odd, size, name, way):
    whole = asked(odd, sort=[(name, way)])
    pages = [
        asked(odd, start=start, end=start + size, sort=[(name, way)])
        for start in range(0, whole["rowCount"], size)
    ]
    assert [row for page in pages for row in page["rowData"]] == whole["rowData"]
    assert {page["rowCount"] for page in pages} == {12}
    assert sorted(column(whole, "event_id")) == sorted(chosen_ids(odd, Selection()))


def test_a_page_beyond_the_end_is_empty(odd):
    assert asked(odd, start=100, end=200) == {"rowData": [], "rowCount": 12}


@pytest.mark.parametrize("way", ["asc", "desc"])
@pytest.mark.parametrize("name", COUNTS)
def test_sorts_numbers_the_unknown_last(odd, name, way):
    found = column(asked(odd, sort=[(name, way)]), name)
    known = [number for number in found if number is not None]
    assert found == sorted(known, reverse=way == "desc") + [None] * (len(found) - len(known))


@pytest.mark.parametrize("way", ["asc", "desc"])
@pytest.mark.parametrize("name", TEXTS[1:])
def test_sorts_texts_as_a_reader_does_the_empty_last(odd, name, way):
    found = column(asked(odd, sort=[(name, way)]), name)
    known = [fold(text) for text in found if text]
    blanks = [""] * (len(found) - len(known))
    assert [*map(fold, found)] == sorted(known, reverse=way == "desc") + blanks


@pytest.mark.parametrize("way", ["asc", "desc"])
def test_sorts_dates_by_the_day_and_not_by_their_words(odd, way):
    ids = chosen_ids(odd, Selection())
    expected = ids if way == "asc" else ids[::-1]
    assert column(asked(odd, sort=[("date", way)]), "event_id") == expected


def test_sorts_by_several_columns_the_first_foremost(odd):
    answer = asked(odd, sort=[("country", "desc"), ("killed", "asc")])
    pairs = list(zip(column(answer, "country"), column(answer, "killed"), strict=True))
    assert pairs[:3] == [
        ("United Kingdom", None),
        ("Tanzania", 7),
        ("Tanzania", None),
    ]
    assert [country for country, _ in pairs] == sorted(column(answer, "country"), reverse=True)


def test_a_column_that_it_does_not_know_changes_nothing(odd):
    rule = text_rule("contains", "x")
    assert asked(odd, sort=[("nothing", "asc")], nothing=rule) == asked(odd)


@pytest.mark.parametrize(
    ("kind", "wanted", "holds"),
    [
        ("contains", "PALMA", lambda text: "palma" in text),
        ("notContains", "event", lambda text: "event" not in text),
        ("equals", "siege of palma", lambda text: text == "siege of palma"),
        ("notEqual", "siege of palma", lambda text: text != "siege of palma"),
        ("startsWith", "Event 20", lambda text: text.startswith("event 20")),
        ("endsWith", "sinjar", lambda text: text.endswith("sinjar")),
        ("contains", "(1)", lambda text: "(1)" in text),
        ("contains", "[", lambda text: "[" in text),
    ],
)
def test_filters_texts_by_each_rule(odd, kind, wanted, holds):
    expected = [title for title in column(asked(odd), "title") if holds(title.casefold())]
    answer = asked(odd, title=text_rule(kind, wanted))
    assert column(answer, "title") == expected
    assert answer["rowCount"] == len(expected) < 12


@pytest.mark.parametrize(
    ("kind", "wanted", "upper", "holds"),
    [
        ("equals", 7, None, lambda number: number == 7),
        ("notEqual", 7, None, lambda number: number != 7),
        ("lessThan", 20, None, lambda number: number < 20),
        ("lessThanOrEqual", 20, None, lambda number: number <= 20),
        ("greaterThan", 20, None, lambda number: number > 20),
        ("greaterThanOrEqual", 20, None, lambda number: number >= 20),
        ("inRange", 7, 138, lambda number: 7 <= number <= 138),
    ],
)
def test_filters_numbers_by_each_rule_never_the_unknown(odd, kind, wanted, upper, holds):
    every = column(asked(odd), "killed")
    expected = [number for number in every if number is not None and holds(number)]
    answer = asked(odd, killed=number_rule(kind, wanted, upper))
    assert column(answer, "killed") == expected
    assert answer["rowCount"] == len(expected)


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [("killed", "blank", 5), ("killed", "notBlank", 7), ("place", "blank", 2)],
)
def test_filters_by_what_is_empty(odd, name, kind, number):
    rule = {"filterType": "number" if name == "killed" else "text", "type": kind}
    assert asked(odd, **{name: rule})["rowCount"] == number


def test_two_conditions_hold_together_or_either(odd):
    both = joined("AND", text_rule("contains", "event"), text_rule("contains", "reef"))
    either = joined("OR", text_rule("contains", "siege"), text_rule("contains", "reef"))
    assert asked(odd, title=both)["rowCount"] == 2
    assert asked(odd, title=either)["rowCount"] == 3
    ends = joined("OR", number_rule("equals", 0), {"filterType": "number", "type": "blank"})
    assert column(asked(odd, killed=ends), "killed").count(None) == 5
    assert 0 in column(asked(odd, killed=ends), "killed")


def test_filters_of_two_columns_hold_together(odd):
    rules = {"title": text_rule("contains", "event"), "country": text_rule("equals", "iraq")}
    assert column(asked(odd, **rules), "event_id") == ["2014-08-03-sinjar"]


def test_a_filter_keeps_the_order(odd):
    answer = asked(odd, sort=[("killed", "desc")], killed=number_rule("greaterThan", 6))
    assert column(answer, "killed")[:3] == [1234, 200, 138]
    assert column(answer, "event_id")[0] == REEF


def test_texts_are_sent_as_they_are(odd):
    titles = dict(zip(column(asked(odd), "event_id"), column(asked(odd), "title"), strict=True))
    assert titles[SCRIPT] == "<script>alert(1)</script>"
    assert titles[FORMULA].startswith("=HYPERLINK")


def test_numbers_are_plain_ones_for_the_browser(odd):
    for row in asked(odd)["rowData"]:
        for name in COUNTS:
            assert row[name] is None or (int(row[name]) == row[name] and math.isfinite(row[name]))
