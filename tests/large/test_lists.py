import csv
import io
import json

import pytest

from dashboard import downloads
from dashboard.app import gestures, lists, panel, rows
from dashboard.citation import of_selection
from dashboard.figures.theme import Medium
from dashboard.selection import Selection
from dashboard.views import chosen
from tests.app.tree import links, said, text, walk

pytestmark = pytest.mark.unit

REQUEST = {"startRow": 0, "endRow": 50, "sortModel": [], "filterModel": {}}


def page(dataset, query="", **changes):
    return rows.page(dataset, Selection.from_query(query), {**REQUEST, **changes})


def ids(answer):
    return [row["event_id"] for row in answer["rowData"]]


def test_the_table_is_served_by_pages_without_gap_or_double(large):
    first = page(large)
    second = page(large, startRow=50, endRow=100)
    assert first["rowCount"] == second["rowCount"] == large.size
    assert len({*ids(first), *ids(second)}) == 100
    assert not {*ids(first)} & {*ids(second)}


@pytest.mark.parametrize("column", ["killed", "wounded", "date"])
def test_the_table_sorts_on_the_engine_as_in_memory(large, held, column):
    order = [{"colId": column, "sort": "desc"}]
    assert ids(page(large, sortModel=order)) == ids(page(held, sortModel=order))


@pytest.mark.parametrize(
    ("column", "rule"),
    [
        ("killed", {"filterType": "number", "type": "greaterThan", "filter": 40}),
        ("country", {"filterType": "text", "type": "contains", "filter": "syr"}),
        ("type", {"filterType": "text", "type": "equals", "filter": "battle"}),
        ("title", {"filterType": "text", "type": "contains", "filter": "attack"}),
        ("date", {"filterType": "text", "type": "contains", "filter": "2015"}),
    ],
)
def test_the_table_filters_by_what_its_columns_show(large, column, rule):
    answer = page(large, filterModel={column: rule})
    assert 0 < answer["rowCount"] < large.size
    wanted = rule["filter"]
    for row in answer["rowData"]:
        shown = row[column]
        assert shown > 40 if column == "killed" else str(wanted).casefold() in shown.casefold()


def test_a_click_on_a_cell_lists_its_events_by_pages(large):
    x, y = 10.0, 10.0
    box = (x - 8, y - 8, x + 8, y + 8)
    start = gestures.follow(
        large,
        Selection(),
        {"gesture": {"open": f"@{','.join(map(str, box))}"}},
        {"wish.data": "wish"},
    )[0]
    assert start.at == box
    total = chosen.inside(large, start, box, 0, 1)[1]
    assert total > lists.MOST_LISTED
    seen, selection = [], start
    for _ in range(1_000):
        found = lists.of_place(large, selection)
        seen += [
            Selection.from_query(said(part, "href")).event
            for part in walk(found)
            if "event=" in (said(part, "href") or "")
        ]
        following = links(found).get("next ›")
        if not following:
            break
        selection = Selection.from_query(following)
    assert len(seen) == len(set(seen)) == total


def test_a_click_on_a_bar_narrows_window_and_lane(large):
    chosen_bin = {"gesture": {"open": "#2015-03-01,2015-03-31,sahel"}}
    found = gestures.follow(large, Selection(), chosen_bin, {"wish.data": "wish"})[0]
    assert found.to_query() == "?theatre=sahel&from=2015-03-01&to=2015-03-31"


def test_the_panel_opens_any_event_with_the_next_and_the_one_before(large):
    event = chosen.newest(large, Selection(), 0, 3).iloc[1]
    selection = Selection(event=event["event_id"])
    before, after, place = chosen.neighbours(large, selection)
    assert place == large.size - 1
    built = panel.contents(large, selection, Medium("screen", 400, 0, 12, framed=False))
    assert any(text(part) == event["title"] for part in walk(built))
    hrefs = [said(part, "href") or "" for part in walk(built)]
    stepped = {Selection.from_query(href).event for href in hrefs if href.startswith("?event=")}
    assert {before, after} <= stepped


def test_the_panel_says_how_many_events_have_no_place(large):
    lacking = chosen.totals(large, Selection()).unplaced
    built = lists.deadliest_first(large, Selection())
    assert any(text(part).startswith(f"{lacking:,} events have no place") for part in walk(built))


def written(form, dataset, query=""):
    import datetime

    selection = Selection.from_query(query)
    cited = of_selection(dataset, selection, "https://example.org/", datetime.date(2026, 1, 1))
    return b"".join(downloads.stream(form, dataset, selection, cited))


def test_a_download_streams_the_rows_that_memory_writes(large, held):
    link = "theatre=sahel&from=2010-01-01"
    assert written("csv", large, link) == written("csv", held, link)
    found = list(csv.DictReader(io.StringIO(written("excel", large, link).decode("utf-8-sig"))))
    assert len(found) == chosen.number(large, Selection.from_query(link))


def test_a_streamed_geojson_is_one_document(large):
    link = "theatre=iraq"
    features = json.loads(written("geojson", large, link))["features"]
    assert len(features) == chosen.number(large, Selection.from_query(link))
    assert json.loads(written("geojson", large, "q=nowhere-at-all"))["features"] == []


@pytest.mark.parametrize(
    "query", ["", "killed_min=40", "theatre=iraq&attribution=claimed", "q=attack"]
)
def test_the_newest_come_first_wherever_they_are_kept(large, held, query):
    selection = Selection.from_query(query)
    found = chosen.newest(large, selection, 2, 30)
    assert list(found.index) == list(chosen.newest(held, selection, 2, 30).index)
    assert found["start_date"].is_monotonic_decreasing
