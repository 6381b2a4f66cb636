import numpy as np
import pytest
from hypothesis import given, settings

from dashboard import engine, views
from dashboard.dataset import load
from dashboard.figures import frame
from dashboard.figures.axes import DAY_MS
from dashboard.figures.theme import PRESETS, Medium
from dashboard.selection import Selection
from dashboard.views import asking, chosen, common, months, spans, timeline
from dashboard.views.chosen import ids as chosen_ids
from tests import package
from tests.strategies import filters, packages
from tests.views.table import FAR_WINDOWS

WEB = PRESETS["web"]
PAGE = Medium("page", 1100, 0, 12, framed=False)
PHONE = Medium("phone", 330, 0, 12, framed=False)
WORDS = frame.Words("Title", "Subtitle", ["Source"])


def traces(spec):
    return {trace["name"]: trace for trace in spec["data"]}


def pictured(dataset, link, medium=WEB):
    selection = Selection.from_query(link)
    return timeline.picture(dataset, selection, medium, WORDS)


@pytest.mark.property
@settings(max_examples=15)
@given(tables=packages(), selection=filters())
def test_the_months_add_up_to_the_chosen_events(tmp_path_factory, tables, selection):
    dataset = load(package.write(tmp_path_factory.mktemp("any"), **tables))
    for per in ("month", "day"):
        rows = months.month_rows(dataset, selection.filters, per)
        undated = chosen.undated(dataset, selection)
        assert rows["events"].sum() == len(chosen_ids(dataset, selection)) - undated
        whole = rows.drop_duplicates("start_ms")
        assert whole["total"].sum() == len(dataset.events) - chosen.undated(dataset, Selection())
        assert (rows["end_ms"] > rows["start_ms"]).all()


@pytest.mark.property
@settings(max_examples=15)
@given(tables=packages())
def test_the_strip_counts_every_report(tmp_path_factory, tables):
    dataset = load(package.write(tmp_path_factory.mktemp("any"), **tables))
    undated = dataset.events["event_id"][dataset.events["date_precision"] == "unknown"]
    dated = ~dataset.reports["event_id"].isin(undated)
    assert months.coverage_rows(dataset)["reports"].sum() == dated.sum()


@pytest.mark.unit
@pytest.mark.parametrize("lanes", ["theatre", "country", "actor", "type"])
def test_a_picture_draws_each_chosen_event_once(invented, lanes):
    for preset in ("web", "column"):
        spec = pictured(invented, f"lanes={lanes}", PRESETS[preset])
        drawn = traces(spec)["events"]["customdata"]
        assert sorted(drawn) == sorted(invented.events["event_id"])


@pytest.mark.unit
def test_the_page_draws_all_events_and_greys_those_not_chosen(invented):
    spec = timeline.screen(invented, Selection.from_query("theatre=iraq"), PAGE)
    events = traces(spec)["events"]
    is_grey = np.isin(events["marker"]["color"], [PAGE.palette.ghost, PAGE.palette.ghost_edge])
    chosen = set(chosen_ids(invented, Selection.from_query("theatre=iraq")))
    assert len(events["customdata"]) == len(invented.events)
    for event, grey in zip(events["customdata"], is_grey, strict=True):
        assert grey == (event not in chosen)


@pytest.mark.unit
def test_the_page_packs_the_same_whatever_is_chosen(invented):
    one, other = (
        traces(timeline.screen(invented, Selection.from_query(link), PAGE))["events"]
        for link in ("", "theatre=iraq&killed_min=3")
    )
    assert (one["x"] == other["x"]).all()
    assert (one["y"] == other["y"]).all()


@pytest.mark.unit
def test_an_event_that_began_before_the_window_stands_at_its_first_day(invented):
    spec = pictured(invented, "from=2019-03-13&to=2019-03-20")
    [x] = traces(spec)["events"]["x"]
    first = np.datetime64("2019-03-13").astype("datetime64[ms]").astype(float)
    assert x == first
    assert traces(spec)["spans"]["base"].tolist() == [first - 2 * DAY_MS]


@pytest.mark.unit
def test_a_short_window_counts_days(invented):
    spec = pictured(invented, "from=2019-03-01&to=2019-03-20")
    assert "Events<br>a day" in [note["text"] for note in spec["layout"]["annotations"]]
    assert (traces(spec)["months"]["width"] < DAY_MS).all()


@pytest.mark.unit
def test_a_year_below_the_months_has_room_of_its_own(invented):
    quarter = Selection.from_query("from=2019-01-01&to=2019-03-31&zoom=1")
    two_lines, one_line = (
        timeline.screen(invented, selection, PHONE)["layout"]
        for selection in (quarter, Selection())
    )
    # A tick, its distance, and lines 1.3 times the text, as plotly.js sets them.
    assert two_lines["margin"]["b"] >= 4 + 3 + 2 * 1.3 * PHONE.small_px
    added = two_lines["margin"]["b"] - one_line["margin"]["b"]
    assert two_lines["height"] - one_line["height"] == pytest.approx(added)
    assert added > 0


@pytest.mark.unit
def test_a_window_of_one_day_shows_some_days_around_it(invented):
    span = spans.window_span(invented, Selection.from_query("from=2019-03-11&to=2019-03-11"))
    assert span.days == pytest.approx(6)


@pytest.mark.unit
@pytest.mark.parametrize(("far", "near"), FAR_WINDOWS)
def test_of_a_window_the_days_that_the_table_holds_are_drawn(invented, far, near):
    far, near = Selection.from_query(f"zoom=1&{far}"), Selection.from_query(f"zoom=1&{near}")
    assert spans.window_span(invented, far) == spans.window_span(invented, near)
    for draw in (
        lambda one: timeline.screen(invented, one, PAGE),
        lambda one: pictured(invented, one.to_query()),
    ):
        marks = [traces(draw(one))["events"]["customdata"] for one in (far, near)]
        assert marks[0] == marks[1]


@pytest.mark.unit
@pytest.mark.parametrize(
    "link", ["from=1600-01-01&to=1700-01-01", "from=2300-01-01", "to=0001-01-01"]
)
def test_a_window_outside_of_the_table_shows_the_nearest_days_and_no_event(invented, link):
    selection = Selection.from_query(f"zoom=1&{link}")
    assert spans.window_span(invented, selection).days == pytest.approx(6)
    notes = timeline.screen(invented, selection, PAGE)["layout"]["annotations"]
    assert any("No event" in note["text"] for note in notes)
    assert pictured(invented, link)["layout"]["annotations"]


@pytest.mark.unit
def test_bars_outside_the_window_are_left_out(invented):
    spec = pictured(invented, "from=2018-01-01&to=2018-12-31")
    starts = traces(spec)["all months"]["x"] - traces(spec)["all months"]["width"]
    first, last = (
        np.datetime64(day).astype("datetime64[ms]").astype(float)
        for day in ("2017-12-01", "2019-01-01")
    )
    assert ((starts > first) & (starts < last)).all()


@pytest.mark.unit
def test_too_many_lanes_are_joined(invented):
    low = Medium("low", 900, 300, 12)
    spec = pictured(invented, "lanes=country", low)
    names = [note["text"] for note in spec["layout"]["annotations"]]
    assert any("others</b>" in name for name in names)
    assert len(traces(spec)["events"]["x"]) == len(invented.events)


@pytest.mark.unit
def test_only_what_is_drawn_is_explained(invented):
    texts = [key.text for key in timeline.keys(invented, Selection.from_query("q=sombra"), WEB)]
    assert texts == ["Raids and battles", "All events in the table"]
    whole = [key.text for key in timeline.keys(invented, Selection(), WEB)]
    assert "Toll unknown" in whole
    assert "Date known to the week or month" in whole
    assert "All events in the table" not in whole


@pytest.mark.unit
@pytest.mark.parametrize(
    ("precisions", "said"),
    [
        (["day"], []),
        (["year"], ["Date known to the year"]),
        (["month", "week"], ["Date known to the week or month"]),
        (["year", "day", "month", "week"], ["Date known to the week, month or year"]),
    ],
)
def test_the_key_says_how_well_the_dates_of_faint_bars_are_known(tmp_path, precisions, said):
    rows = [
        package.event(f"2014-01-01-{one}", end_date="2014-12-31", date_precision=one)
        for one in sorted(precisions)
    ]
    # Of one day, it has no bar.
    rows.append(package.event("2014-01-02-a", date_precision="month"))
    reports = [package.report(row["event_id"]) for row in rows]
    dataset = load(package.write(tmp_path, events=rows, reports=reports))
    texts = [key.text for key in timeline.keys(dataset, Selection(), WEB)]
    assert [text for text in texts if "Date" in text] == said


@pytest.fixture(scope="module")
def undated(tmp_path_factory):
    """Three events, one of them without a date."""
    rows = [
        package.event("2014-06-06-a", start_date="2014-06-06", end_date="2014-06-06"),
        package.event("2014-06-06-b", end_date="2016-01-02", date_precision="unknown"),
        package.event("2016-01-02-c", start_date="2016-01-02", end_date="2016-01-02"),
    ]
    folder = tmp_path_factory.mktemp("undated")
    reports = [package.report(row["event_id"]) for row in rows]
    return load(package.write(folder, events=rows, reports=reports))


@pytest.mark.unit
def test_an_event_without_a_date_has_no_mark_and_is_counted_in_words(undated):
    spec = pictured(undated, "")
    assert sorted(traces(spec)["events"]["customdata"]) == ["2014-06-06-a", "2016-01-02-c"]
    words = timeline.in_words(undated, Selection())
    assert words[-1] == "1 event has no date and is not on the timeline."


@pytest.mark.unit
@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("timeline", "1 event has no date and is not on the timeline."),
        ("trend", "Not counted: 1 event without a date."),
    ],
)
def test_picture_page_and_alt_text_say_how_many_events_have_no_date(undated, view, said):
    notes = [note.text for note in views.render(view, undated).layout.annotations]
    assert said in notes
    assert said in views.page_reading(view, undated, Selection())
    assert said in views.alt_text(view, undated, Selection())
    dated = Selection.from_query("q=2016-01-02-c")
    assert "date" not in views.page_reading(view, undated, dated)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("timeline", "The one event that matches has no date and is not on the timeline."),
        ("trend", "The one event that matches has no date and is not counted."),
    ],
)
def test_where_no_chosen_event_has_a_date_that_is_said(undated, view, said):
    selection = Selection.from_query("q=2014-06-06-b")
    notes = [note.text for note in views.render(view, undated, selection).layout.annotations]
    told = [text for text in notes if " date" in text or "match" in text]
    assert told == [said, "<b>1 event, date not known</b>"]
    on_page = views.screen(view, undated, selection, PAGE)["layout"]["annotations"]
    assert said in [note["text"] for note in on_page]
    alt = views.alt_text(view, undated, selection)
    assert alt.startswith(f"{said} 1 of 3 events is chosen")


@pytest.fixture(params=["in memory", "of an engine", "too many for a mark each"])
def any_undated(undated, request, tmp_path, monkeypatch):
    """Return the same three events as tables of each kind ask for them."""
    if request.param == "in memory":
        yield undated
        return
    dataset = engine.enlarged(undated, tmp_path)
    if request.param == "too many for a mark each":
        monkeypatch.setattr(asking, "MOST_MARKS", 0)
    yield dataset
    dataset.connection.close()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "days", "headline", "shown"),
    [
        ("q=2014-06-06-b", None, "1 event, date not known", "1 of 3 events is chosen"),
        ("q=2014-06-06", ("2014-06-06", "2014-06-06"), "2 events, 2014", "2 of 3 events are shown"),
        ("q=nothing like this", None, "No events, 2014–2016", "No event matches"),
    ],
)
def test_headline_and_alt_text_give_the_days_of_what_has_a_date(
    any_undated, link, days, headline, shown
):
    selection = Selection.from_query(link)
    found = chosen.span(any_undated, selection)
    assert (found and tuple(map(str, found))) == days
    assert common.headline(any_undated, selection) == headline
    alt = views.alt_text("timeline", any_undated, selection)
    assert shown in alt
    assert ", 6 June 2014." in alt if days else "2016" not in alt


@pytest.mark.unit
def test_a_picture_without_any_mark_says_why_and_explains_none(any_undated):
    selection = Selection.from_query("q=2014-06-06-b")
    figure = views.render("timeline", any_undated, selection)
    notes = " ".join(note.text.replace("<br>", " ") for note in figure.layout.annotations)
    assert "The one event that matches has no date and is not on the timeline." in notes
    assert "a bar is" not in notes
    (key,) = timeline.keys(any_undated, selection, WEB)
    assert key.text not in notes
    assert not figure.data


@pytest.mark.unit
def test_an_event_without_a_date_is_in_no_month_and_no_window(undated):
    assert months.month_rows(undated, Selection())["events"].sum() == 2
    assert months.coverage_rows(undated)["reports"].sum() == 2
    selection = Selection.from_query("from=2014-01-01&to=2016-12-31")
    assert chosen_ids(undated, selection) == ["2014-06-06-a", "2016-01-02-c"]
    assert chosen.undated(undated, Selection()) == 1


@pytest.mark.unit
def test_an_event_without_a_date_is_chosen_and_says_that_its_date_is_not_known(undated):
    assert chosen.number(undated, Selection()) == 3
    hover = chosen.described(undated).loc["2014-06-06-b", "hover"]
    assert hover.splitlines()[0].split("<br>")[1] == "date not known"
