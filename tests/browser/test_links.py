"""A link is the whole state: it sets the controls, and every control writes it."""

import pytest

from tests.browser import expected

pytestmark = pytest.mark.browser


def test_a_link_sets_the_controls(page):
    query = (
        "?theatre=iraq&actor=is&role=initiator&type=mass_killing&from=2014-01-01&to=2016-12-31"
        "&killed_min=10&attribution=attributed&certain=1&q=mosul&lanes=country"
        "&colour=attribution&zoom=1&map=iraq&tab=trend"
    )
    page.open(query)
    assert page.query() == query
    assert page.turns() == 1, page.causes()
    assert page.days() == ("2014-01-01", "2016-12-31")
    assert page.searched() == "mosul"
    assert {"Iraq", "Attributed", "Certain day and place only"} <= set(page.ticked())
    assert page.chosen("Role of the actor") == ["initiator"]
    assert page.chosen("Killed at least") == ["10"]
    assert page.chosen("Lanes") == ["Country"]
    assert page.chosen("Colour") == ["Attribution"]
    assert page.chosen("Region") == ["Iraq"]
    assert page.pills() == [
        "Iraq",
        "IS as initiator",
        "mass killing",
        "1 January 2014 – 31 December 2016",
        "at least 10 killed",
        "attributed",
        "day and place certain",
        "text “mosul”",
    ]


def test_a_bad_link_stays_explained_when_the_window_changes(page):
    page.show("?theatre=irak")
    page.resize(1400, 900)
    said = page.notice()
    page.resize(1440, 900)
    assert said == "No theatre is called 'irak'. Did you mean 'iraq'?"


def test_a_badly_ordered_link_is_put_in_order_at_once(page):
    page.open("?lanes=theatre&theatre=syria,iraq&theatre=iraq")
    assert page.query() == "?theatre=iraq,syria"
    assert page.ticked() == ["Iraq", "Syria"]


def test_a_click_on_a_filter_changes_everything(page, curated):
    page.tick("Iraq")
    chosen = expected.events(curated, "?theatre=iraq")
    assert page.query() == "?theatre=iraq"
    assert page.showing() == (len(chosen), len(curated.events))
    assert page.announced() == f"Showing {len(chosen)} of {len(curated.events)} events"
    assert page.lit_events() == set(chosen)
    assert page.map_marks() == expected.marks(curated, "?theatre=iraq")
    assert page.numbers()["Events"] == f"{len(chosen):,}"
    assert page.numbers()["Killed, best estimate"] == expected.killed(curated, "?theatre=iraq")
    assert page.table_count() == len(chosen)
    assert {row["country"] for row in page.table_rows()} == {"Iraq"}
    assert page.pill() == "Iraq"


def test_a_second_click_takes_the_filter_away(page, curated):
    page.tick("Iraq")
    page.untick("Iraq")
    assert page.query() == ""
    assert page.showing() == (len(curated.events), len(curated.events))
    assert page.pills() == []
    assert page.lit_events() == set(curated.events["event_id"])


def test_several_filters_stand_in_one_spelling(page, curated):
    page.tick("Syria")
    page.tick("Bombings")
    page.tick("Iraq")
    query = page.query()
    assert query.startswith("?theatre=iraq,syria&type=")
    assert page.lit_events() == set(expected.events(curated, query))
    page.remove_pill("Iraq or Syria")
    assert page.query() == query.replace("theatre=iraq,syria&", "")
    page.reset()
    assert page.query() == ""


def test_options_ticked_fast_all_count(page):
    page.tick_fast("Iraq", "Syria", "Sahel")
    assert page.query() == "?theatre=iraq,sahel,syria"


def test_an_option_says_how_many_events_it_would_show(page):
    number = page.count_of("Mozambique")
    page.tick("Mozambique")
    assert page.showing()[0] == number


def test_an_option_under_another_is_found_by_unfolding(page, curated):
    page.unfold("Sahel")
    page.tick("Mali")
    assert page.query() == "?country=MLI"
    assert page.lit_events() == set(expected.events(curated, "?country=MLI"))


def test_back_forward_and_reload_restore_each_state_with_one_request_a_step(page):
    page.open("")
    states = {"": (page.showing(), page.lit_events(), page.map_marks())}
    page.tick("Mozambique")
    states["one"] = (page.showing(), page.lit_events(), page.map_marks())
    page.choose("Killed at least", "10")
    states["two"] = (page.showing(), page.lit_events(), page.map_marks())
    assert page.query() == "?theatre=mozambique&killed_min=10"
    assert page.turns() == 3, page.causes()
    page.go_back()
    page.go_back()
    assert page.query() == ""
    assert (page.showing(), page.lit_events(), page.map_marks()) == states[""]
    page.go_forward()
    assert page.query() == "?theatre=mozambique"
    assert (page.showing(), page.lit_events(), page.map_marks()) == states["one"]
    assert page.ticked() == ["Mozambique"]
    assert page.turns() == 6, page.causes()
    page.reload()
    assert page.query() == "?theatre=mozambique"
    assert (page.showing(), page.lit_events(), page.map_marks()) == states["one"]
    assert page.turns() == 1, page.causes()
    page.go_forward()
    assert (page.showing(), page.lit_events(), page.map_marks()) == states["two"]


@pytest.mark.parametrize(
    ("query", "sentence", "left"),
    [
        ("?colur=type&theatre=iraq", "No filter is called 'colur'. Did you mean", "?theatre=iraq"),
        ("?theatre=irak&to=2020-12-31", "No theatre is called 'irak'. Did", "?to=2020-12-31"),
        (
            "?theatre=iraq&from=2024-02-30",
            "from='2024-02-30' is not a day of the calendar.",
            "?theatre=iraq",
        ),
        ("?theatre=iraq&event=2030-01-01-mars", "No event is called", "?theatre=iraq"),
        ("?theatre=iraq&map=mars", "No map is called 'mars'.", "?theatre=iraq"),
    ],
)
def test_a_bad_link_is_explained_and_the_rest_of_it_works(page_at, curated, query, sentence, left):
    page = page_at(query)
    assert sentence in page.notice()
    assert page.query() == left
    assert page.lit_events() == set(expected.events(curated, left))


def test_a_bad_link_that_is_opened_is_explained_until_the_next_state(page):
    page.open("?theatre=irak")
    assert page.notice() == "No theatre is called 'irak'. Did you mean 'iraq'?"
    assert page.query() == ""
    page.tick("Iraq")
    assert page.notice() == ""
    assert page.query() == "?theatre=iraq"
