"""The brush: a window of time by mouse and by keys."""

import datetime

import pytest

from dashboard import wording
from tests.browser import expected

pytestmark = pytest.mark.browser

FIRST, LAST = "First month shown", "Last month shown"
DAY = datetime.timedelta(days=1)


def test_a_drawn_window_filters_everything(page, curated):
    page.brush("2021-01-03", "2021-12-30")
    query = "?from=2021-01-01&to=2021-12-31"
    assert page.query() == query
    assert page.lit_events() == set(expected.events(curated, query))
    assert page.map_marks() == expected.marks(curated, query)
    assert page.numbers()["Killed, best estimate"] == expected.killed(curated, query)
    assert page.table_count() == len(expected.events(curated, query))
    assert page.pill() == "1 January – 31 December 2021"
    assert page.days() == ("2021-01-01", "2021-12-31")


def test_a_window_drawn_backwards_is_the_same(page):
    page.brush("2021-12-30", "2021-01-03")
    assert page.query() == "?from=2021-01-01&to=2021-12-31"


def test_the_window_is_moved_whole(page_at):
    page = page_at("?from=2021-01-01&to=2021-12-31")
    page.move_window("2021-06-15", "2022-06-15")
    assert page.query() == "?from=2022-01-01&to=2022-12-31"


def test_one_end_is_dragged(page_at):
    page = page_at("?from=2021-01-01&to=2021-12-31")
    page.drag_handle(LAST, "2022-07-02")
    assert page.query() == "?from=2021-01-01&to=2022-06-30"
    page.drag_handle(FIRST, "2020-01-02")
    assert page.query() == "?from=2020-01-01&to=2022-06-30"


def test_a_window_far_from_the_table_is_moved_by_what_of_it_is_shown(page_at, curated):
    page = page_at("?from=0001-01-01&to=2021-12-31")
    assert page.handle_says(FIRST) == wording.day_text(curated.first_day)
    page.drag_handle(LAST, "2022-07-02")
    assert page.query() == "?to=2022-06-30"


def test_an_end_dragged_to_the_edge_is_open(page_at):
    page = page_at("?from=2021-01-01&to=2021-12-31")
    page.drag_handle(LAST, "2026-06-15")
    assert page.query() == "?from=2021-01-01"


def test_a_double_click_takes_the_window_away(page_at, curated):
    page = page_at("?from=2021-01-01&to=2021-12-31")
    page.clear_brush("2021-06-15")
    assert page.query() == ""
    assert page.showing() == (len(curated.events), len(curated.events))


@pytest.mark.parametrize(
    ("handle", "steps"),
    [
        (
            FIRST,
            [
                ("ArrowRight", "2021-02-01", "1 February 2021"),
                ("ArrowUp", "2021-03-01", "1 March 2021"),
                ("ArrowLeft", "2021-02-01", "1 February 2021"),
                ("PageDown", "2020-02-01", "1 February 2020"),
                ("PageUp", "2021-02-01", "1 February 2021"),
                ("End", "2021-12-01", "1 December 2021"),
            ],
        ),
        (
            LAST,
            [
                ("ArrowRight", "2022-01-31", "31 January 2022"),
                ("ArrowDown", "2021-12-31", "31 December 2021"),
                ("PageUp", "2022-12-31", "31 December 2022"),
                ("PageDown", "2021-12-31", "31 December 2021"),
                ("Home", "2021-01-31", "31 January 2021"),
            ],
        ),
    ],
)
def test_a_handle_is_moved_by_keys_and_says_where_it_is(page_at, handle, steps):
    page = page_at("?from=2021-01-01&to=2021-12-31")
    side = ("from", "to").index("from" if handle == FIRST else "to")
    seen = []
    for key, _, _ in steps:
        page.press_on_handle(handle, key)
        seen.append((key, page.days()[side], page.handle_says(handle)))
    assert seen == steps
    assert page.query() == "?from={}&to={}".format(*page.days())


def test_home_and_end_open_an_end_and_say_the_table_s_own_day(page_at, curated):
    page = page_at("?from=2021-01-01&to=2021-12-31")
    page.press_on_handle(FIRST, "Home")
    assert page.query() == "?to=2021-12-31"
    page.press_on_handle(LAST, "End")
    assert page.query() == ""
    assert page.handle_says(FIRST) == wording.day_text(curated.first_day)
    assert page.handle_says(LAST) == wording.day_text(curated.last_day)


@pytest.fixture
def months(curated):
    """Return the first day of the table's second month, and that of its last."""
    second = (curated.first_day.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)
    return second, curated.last_day.replace(day=1)


def test_an_open_end_is_moved_by_arrows(page, months):
    page.press_on_handle(FIRST, "ArrowRight")
    assert page.query() == f"?from={months[0]}"
    page.show("")
    page.press_on_handle(LAST, "ArrowLeft")
    assert page.query() == f"?to={months[1] - DAY}"


def test_an_end_stays_within_the_table(page, months):
    page.press_on_handle(FIRST, "End")
    assert page.query() == f"?from={months[1]}"
    page.show("")
    page.press_on_handle(LAST, "Home")
    assert page.query() == f"?to={months[0] - DAY}"


def test_keys_pressed_fast_all_count(page_at):
    page = page_at("?from=2021-01-01&to=2021-12-31")
    page.press_fast_on_handle(FIRST, "ArrowRight", 5)
    assert page.query() == "?from=2021-06-01&to=2021-12-31"
