"""A table of few events that an engine holds is the table that memory holds."""

import pytest

from dashboard import engine, views
from dashboard.app import rows, tabs
from dashboard.figures.theme import PALETTES, Medium
from dashboard.selection import TABS, Selection
from dashboard.views import chosen, summed

pytestmark = pytest.mark.unit

SCREEN = Medium("screen", 1000, 460, 12, framed=False, palette=PALETTES["light"])
LINKS = ("", "theatre=mozambique", "killed_min=5", "actor=is&role=target", "q=palma", "type=siege")
REQUEST = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}}


@pytest.fixture(scope="module")
def few(curated, tmp_path_factory):
    dataset = engine.enlarged(curated, tmp_path_factory.mktemp("few"))
    yield dataset
    dataset.connection.close()


@pytest.mark.parametrize("link", LINKS)
def test_an_engine_answers_for_few_events_as_memory_does(few, curated, link):
    selection = Selection.from_query(link)
    assert chosen.ids(few, selection) == chosen.ids(curated, selection)
    assert chosen.totals(few, selection) == chosen.totals(curated, selection)
    assert summed.facets(few, selection) == summed.facets(curated, selection)
    assert rows.page(few, selection, REQUEST)["rowCount"] == len(chosen.ids(curated, selection))


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("name", ["timeline", "map"])
def test_few_events_of_an_engine_are_drawn_one_by_one(few, curated, link, name):
    selection = Selection.from_query(link)
    found, expected = (
        [
            key
            for one in views.screen(name, dataset, selection, SCREEN)["data"]
            if one["name"] == {"timeline": "events", "map": "places"}[name]
            for key in one["customdata"]
        ]
        for dataset in (few, curated)
    )
    ids = chosen.ids(curated, selection)
    # What is not chosen is drawn in grey where it is at hand.
    assert sorted(set(found) & set(ids)) == sorted(set(expected) & set(ids))


@pytest.mark.parametrize("tab", [tab for tab in TABS if tab != "compare"])
def test_every_tab_of_few_events_opens(few, tab):
    for link in LINKS:
        assert tabs.body(few, Selection.from_query(link).with_(tab=tab), SCREEN)
