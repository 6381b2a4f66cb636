"""The table: the chosen events, newest first, sorted on demand."""

import pytest

from tests.browser import expected

pytestmark = pytest.mark.browser


def test_it_lists_the_chosen_events_newest_first(page, curated):
    query = "?theatre=mozambique&from=2021-01-01&to=2021-12-31"
    page.show(query)
    titles = [expected.title(curated, one) for one in reversed(expected.events(curated, query))]
    shown = [row["title"] for row in page.table_rows()]
    assert len(shown) > 8
    assert shown == titles[: len(shown)]
    assert page.table_count() == len(titles)


def test_a_heading_sorts_the_whole_selection(page, curated):
    page.sort_table("Killed")
    page.sort_table("Killed")
    deadliest = curated.events.nlargest(5, "killed_best")
    rows = page.table_rows()
    assert [row["title"] for row in rows[:5]] == deadliest["title"].tolist()
    page.tick("Mozambique")
    assert page.table_rows()[0]["title"] == expected.title(curated, "2021-03-24-palma")
    page.sort_table("Killed")
