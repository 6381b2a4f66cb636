from dataclasses import replace

import pytest
from hypothesis import given, settings

from dashboard import views
from dashboard.dataset import load
from dashboard.figures import frame
from dashboard.figures.theme import PALETTES, PRESETS, Medium
from dashboard.query import is_dated
from dashboard.selection import Selection
from dashboard.views import trend
from dashboard.views.asking import events as chosen
from dashboard.views.chosen import ids as chosen_ids
from tests import package
from tests.strategies import filters, packages
from tests.views.table import FAR_WINDOWS

WEB = PRESETS["web"]
WORDS = frame.Words("Title", "Subtitle", ["Source"])


def months(dataset, link):
    return trend.month_rows(dataset, Selection.from_query(link))


@pytest.mark.property
@settings(max_examples=15)
@given(tables=packages(), selection=filters())
def test_the_months_add_up_to_the_chosen_events(tmp_path_factory, tables, selection):
    dataset = load(package.write(tmp_path_factory.mktemp("any"), **tables))
    found = trend.month_rows(dataset, selection)
    picked = chosen(dataset, selection).filter(is_dated())
    assert found.rows["events"].sum() + found.earlier == len(picked)
    if not found.earlier:
        assert found.rows["killed"].sum() == (picked["killed_best"].sum() or 0)


@pytest.mark.property
@settings(max_examples=15)
@given(tables=packages(), selection=filters())
def test_every_theatre_has_every_month_once(tmp_path_factory, tables, selection):
    dataset = load(package.write(tmp_path_factory.mktemp("any"), **tables))
    found = trend.month_rows(dataset, selection).rows
    assert not found.duplicated(["series", "start_ms"]).any()
    counts = found.groupby("series").size()
    assert counts.nunique() <= 1


@pytest.mark.unit
def test_a_month_whose_tolls_are_all_unknown_is_unknown_and_a_quiet_month_zero(small):
    iraq = months(small, "theatre=iraq").rows
    by_events = iraq.set_index("start_ms")["killed"]
    sinjar = iraq[iraq["events"] == 1]["start_ms"].tolist()
    assert by_events[sinjar].isna().tolist() == [False, True]
    assert by_events.drop(sinjar).eq(0).all()


@pytest.mark.unit
def test_an_event_that_began_before_the_window_is_said_and_not_counted(small):
    link = "theatre=mozambique&from=2021-03-25&to=2021-12-31"
    found = months(small, "theatre=mozambique&from=2021-04-01&to=2021-12-31")
    assert (found.rows.empty, found.earlier) == (True, 2)
    assert months(small, link).earlier == 0
    spec = trend.picture(small, Selection.from_query("from=2021-04-01&to=2021-12-31"), WEB, WORDS)
    notes = [note["text"] for note in spec["layout"]["annotations"]]
    assert "Not counted: 2 events that began before the window." in notes


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            "theatre=mozambique&from=2021-04-01&to=2021-12-31",
            "The 2 events that match began before the window and are not counted.",
        ),
        (
            "q=siege&from=2021-04-01&to=2021-04-04",
            "The one event that matches began before the window and is not counted.",
        ),
    ],
)
def test_where_every_event_began_before_the_window_that_is_said(small, link, said):
    selection = Selection.from_query(link)
    page = Medium("s", 900, 0, 12, framed=False)
    for spec in (
        trend.picture(small, selection, WEB, WORDS),
        trend.screen(small, selection, page),
    ):
        texts = [note["text"].replace("<br>", " ") for note in spec["layout"]["annotations"]]
        assert [text for text in texts if "event" in text] == [said]
    alt = views.alt_text("trend", small, selection)
    assert alt.startswith(f"{said} ")
    assert "chosen" in alt
    assert "shown" not in alt


@pytest.mark.unit
def test_page_and_alt_text_say_what_began_before_the_window(small):
    selection = Selection.from_query("from=2021-04-01&to=2021-12-31")
    said = "Not counted: 2 events that began before the window."
    assert said in views.page_reading("trend", small, selection)
    assert said in views.alt_text("trend", small, selection)


@pytest.mark.unit
def test_a_short_window_shows_whole_months_and_one_at_either_side(small):
    found = months(small, "from=2021-06-04&to=2021-06-04")
    assert found.rows["start_ms"].nunique() == 1
    assert found.span.days == 31 + 30 + 31


@pytest.mark.unit
@pytest.mark.parametrize(("far", "near"), FAR_WINDOWS)
def test_of_a_window_the_months_that_the_table_holds_are_drawn(small, far, near):
    found, wanted = months(small, far), months(small, near)
    assert found.span == wanted.span
    assert found.rows.equals(wanted.rows)


@pytest.mark.unit
@pytest.mark.parametrize(
    "link", ["from=1600-01-01&to=1700-01-01", "from=2300-01-01", "to=0001-01-01"]
)
def test_a_window_outside_of_the_table_has_no_month(small, link):
    assert months(small, link).rows.empty


@pytest.mark.unit
def test_the_subtitle_compares_the_window_with_the_time_before(small):
    selection = Selection.from_query("from=2020-01-01&to=2021-12-31")
    found = trend.texts(small, selection, "Reading.")
    assert "in the 521 days before" in found.subtitle
    whole = trend.texts(small, Selection(), "Reading.")
    assert whole.subtitle.endswith("Reading.")


@pytest.mark.unit
def test_the_alt_text_compares_no_dead_where_no_event_is_compared(small):
    # The one event of this day began earlier in the month and goes on: it is in neither span.
    selection = Selection.from_query("theatre=mozambique&from=2021-03-28&to=2021-03-28")
    text = views.alt_text("trend", small, selection)
    assert "that began earlier left out), and none in the day before" in text
    assert "killed against" not in text


@pytest.mark.unit
def test_theatres_without_room_are_joined_and_none_is_lost(invented):
    low = Medium("low", 900, 300, 12)
    spec = trend.picture(invented, Selection(), low, WORDS)
    notes = [note["text"] for note in spec["layout"]["annotations"]]
    assert any("others</b>" in note for note in notes)
    bars = [
        trace
        for trace in spec["data"]
        if trace["type"] == "bar" and "events" in trace["hovertemplate"]
    ]
    assert sum(trace["y"].sum() for trace in bars) == len(chosen_ids(invented, Selection()))


@pytest.mark.unit
def test_a_theatre_keeps_its_colour_when_others_are_left_out(invented):
    def colour(link):
        spec = trend.screen(invented, Selection.from_query(link), Medium("s", 900, 0, framed=False))
        return {
            trace["name"]: trace["marker"]["color"]
            for trace in spec["data"]
            if trace["type"] == "bar"
        }["Sahel"]

    assert colour("") == colour("theatre=sahel")


@pytest.mark.unit
def test_only_what_is_drawn_is_explained(small):
    def keys(link):
        return [key.text for key in trend.keys(small, Selection.from_query(link), WEB)]

    assert keys("from=2021-06-04&to=2021-06-04") == ["One month"]
    assert "Month whose toll is unknown" in keys("")
    assert keys("q=nothing like this") == []


@pytest.mark.unit
def test_the_key_has_the_colours_of_bars_and_line(small):
    for palette in PALETTES.values():
        medium = replace(WEB, palette=palette)
        key = {key.text: key.edge for key in trend.keys(small, Selection(), medium)}
        spec = trend.picture(small, Selection(), medium, WORDS)
        bars = {one["marker"]["color"] for one in spec["data"] if one["type"] == "bar"}
        lines = {one["line"]["color"] for one in spec["data"] if one.get("mode") == "lines"}
        assert {key["One month"]} == bars
        assert {key["Mean of the last 6 months"]} == lines


def of_years(folder, *days, **cells):
    """Load an event known to the day, and one known only to the year from each of some days."""
    of_year = {"date_precision": "year"} | cells
    years = [
        package.event(f"{day}-year", **(of_year | {"end_date": f"{day[:4]}-12-31"})) for day in days
    ]
    events = [*years, package.event("2020-05-01-a")]
    events.sort(key=lambda row: row["event_id"])
    reports = [package.report(row["event_id"]) for row in events]
    return load(package.write(folder, events=events, reports=reports))


ONE_YEAR = "1 event known only to the year counts in its first month."
TWO_YEARS = "2 events known only to the year count in their first month."


@pytest.mark.unit
@pytest.mark.parametrize("view", ["timeline", "trend"])
def test_counts_by_month_say_how_they_count_events_of_a_year(tmp_path, view):
    dataset = of_years(tmp_path, "2018-01-01", "2020-01-01")
    for link, said in (
        ("", TWO_YEARS),
        ("from=2020-01-01", ONE_YEAR),
        # It began before: no month of the window counts it.
        ("from=2020-03-01", ""),
        ("from=2020-03-01&to=2020-06-30", ""),
    ):
        selection = Selection.from_query(link)
        notes = views.render(view, dataset, selection).layout.annotations
        caption = " ".join(note.text for note in notes)
        alt = views.alt_text(view, dataset, selection)
        reading = views.page_reading(view, dataset, selection)
        for text in (caption, alt, reading):
            assert text.count("known only to the year") == bool(said), (link, text)
            assert said in text, link


@pytest.mark.unit
@pytest.mark.parametrize("view", ["timeline", "trend", "map"])
def test_nothing_is_said_of_years_where_every_month_is_known(tmp_path, view):
    dataset = of_years(tmp_path, "2020-01-01", date_precision="month", end_date="2020-01-31")
    assert views.page_reading(view, dataset, Selection()) == views.reading(
        view, dataset, Selection()
    )
    assert "only to the year" not in views.alt_text(view, dataset, Selection())
