"""The table: the chosen events, newest first, sorted on demand."""

import pytest

from dashboard.figures.theme import PALETTES
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


def test_it_writes_numbers_as_everywhere_else_and_leaves_unknown_ones_empty(page_at, curated):
    query = "?theatre=mozambique&from=2020-01-01&to=2021-12-31"
    page = page_at(query)
    chosen = curated.events.set_index("event_id").loc[expected.events(curated, query)]
    deadliest = [f"{toll:,}" for toll in chosen["killed_best"].nlargest(4)]
    assert deadliest[0] == "1,193"
    page.sort_table("Killed")
    page.sort_table("Killed")
    rows = page.table_rows()
    assert [row["killed"] for row in rows[:4]] == deadliest
    assert rows[0]["wounded"] == ""
    page.sort_table("Killed")


@pytest.mark.parametrize("theme", PALETTES)
def test_it_stands_on_the_ground_of_the_page(open_page, theme):
    page = open_page("?theatre=mozambique", color_scheme=theme)
    wanted = (PALETTES[theme].page, PALETTES[theme].panel)
    rgb = [tuple(bytes.fromhex(colour.removeprefix("#"))) for colour in wanted]
    assert page.table_grounds() == tuple(f"rgb{colour}" for colour in rgb)


def test_the_arrow_of_a_sorted_column_does_not_break_its_name(open_page):
    page = open_page("")
    page.table_rows()
    for column in ("Killed", "Wounded", "Sources", "Country"):
        page.sort_table(column)
        assert page.broken_headings() == [], column
