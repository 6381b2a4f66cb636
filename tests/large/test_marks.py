import json

import pandas as pd
import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard import query, views
from dashboard.figures.text import width_px
from dashboard.figures.theme import PALETTES, Medium
from dashboard.selection import Selection
from dashboard.views import asking, chosen, months, summed
from dashboard.views.spots import MOST_SINGLE

pytestmark = pytest.mark.unit

SCREEN = Medium("screen", 1000, 460, 12, framed=False, palette=PALETTES["light"])
# Chosen so that many, some and few events are left, by place, actor, kind, day and text.
LINKS = (
    "",
    "theatre=sahel,elsewhere",
    "type=battle&from=2015-01-01",
    "killed_min=30",
    "theatre=iraq",
)


def drawn(name, dataset, link, medium=SCREEN):
    return views.screen(name, dataset, Selection.from_query(link), medium)


def trace(spec, name):
    return [one for one in spec["data"] if one["name"] == name]


def plain(spec):
    """Return a figure without the strip of sources, which the invented table counts apart."""
    kept = [one for one in spec["data"] if one["name"] != "coverage"]
    return json.loads(json.dumps({**spec, "data": kept}, cls=PlotlyJSONEncoder))


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("name", ["timeline", "map"])
def test_the_engine_draws_what_memory_draws(large, held, name, link):
    assert plain(drawn(name, large, link)) == plain(drawn(name, held, link))


def test_options_tried_one_after_another_count_what_the_engine_counts(large, held):
    tried = ("", "&theatre=sahel", "&type=battle&theatre=sahel", "&attribution=claimed", "")
    for link in (f"killed_min=2{more}" for more in tried):
        selection = Selection.from_query(link)
        events = query.select(large.connection.events(), selection)
        assert chosen.totals(large, selection) == query.totals(events)
        assert summed.facets(large, selection) == summed.facets(held, selection)
        for column in ("theatre", "family", "date_precision"):
            assert summed.counts(large, selection, column) == query.counts(events, column)
        assert plain(drawn("map", large, link)) == plain(drawn("map", held, link))


def test_bars_of_the_timeline_hold_every_event_once_or_say_how_many_are_too_long(large):
    spec = drawn("timeline", large, "")
    (bars,) = trace(spec, "events")
    (long,) = (
        int(note["text"].split(" ")[0])
        for note in spec["layout"]["annotations"]
        if "are in no bar" in note["text"]
    )
    counted = [int(text.split("<b>")[1].split(" ")[0].replace(",", "")) for text in bars["text"]]
    assert long > 0
    assert sum(counted) + long == large.size
    assert len(counted) <= 5 * 450


def test_cells_of_the_maps_hold_every_placed_event_once(large):
    link = "theatre=sahel,elsewhere"
    events = chosen.totals(large, Selection.from_query(link))
    assert events.events > asking.MOST_MARKS
    marks = [one for spec in trace(drawn("map", large, link), "places") for one in spec["text"]]
    numbers = [int(text.split("<b>")[1].split(" ")[0].replace(",", "")) for text in marks]
    assert sum(numbers) == events.events - events.unplaced
    assert len(numbers) <= 1_500


def test_few_events_are_drawn_one_by_one(large):
    selection = Selection.from_query("killed_min=30")
    assert 0 < chosen.number(large, selection) <= asking.MOST_MARKS
    (marks,) = trace(drawn("timeline", large, "killed_min=30"), "events")
    assert marks["type"] == "scatter"
    assert sorted(marks["customdata"]) == sorted(chosen.ids(large, selection))


def test_a_map_that_shows_few_events_shows_them_one_by_one(large):
    whole = drawn("map", large, "map=sahel")
    (marks,) = trace(whole, "places")
    assert all(key.startswith("@") for key in marks["customdata"])
    deadliest = chosen.deadliest(large, Selection(theatres=("sahel",)), 6)
    x, y = deadliest[["longitude_deg", "latitude_deg"]].dropna().iloc[0]
    near = Medium(
        *("screen", 1000, 460, 12),
        framed=False,
        palette=PALETTES["light"],
        seen=(("geo", (x - 0.01, y - 0.01, x + 0.01, y + 0.01)),),
        seen_of=whole["layout"]["uirevision"],
    )
    (close,) = trace(drawn("map", large, "map=sahel", near), "places")
    assert 0 < len(close["customdata"]) <= MOST_SINGLE
    assert any("killed" in text for text in close["text"])
    assert all(text.count("in a cell of") == 0 for text in close["text"])


def test_a_timeline_that_was_moved_has_finer_bars_where_the_reader_looks(large):
    whole = drawn("timeline", large, "")
    (coarse,) = trace(whole, "events")
    last = pd.Timestamp(large.last_day).timestamp() * 1000
    first = last - 400 * 86_400_000
    near = Medium(
        *("screen", 1000, 0, 12),
        framed=False,
        palette=PALETTES["light"],
        seen=(("time", (first, last)),),
        seen_of=whole["layout"]["uirevision"],
    )
    (fine,) = trace(drawn("timeline", large, "", near), "events")
    assert 0 < max(fine["width"]) < min(coarse["width"])
    assert min(fine["x"]) > first - (last - first)
    assert len(fine["x"]) <= len(coarse["x"])
    (elsewhere,) = trace(drawn("timeline", large, "from=2000-01-01&zoom=1", near), "events")
    assert max(elsewhere["x"]) - min(elsewhere["x"]) > 3000 * 86_400_000


def test_the_page_says_what_a_bar_and_a_cell_are(large):
    for name, words in (("timeline", "a bar is a stretch of time"), ("map", "a cell of a grid")):
        assert words in views.reading(name, large, Selection())
        assert words not in views.reading(name, large, Selection(killed_min=30))
    notes = [note["text"] for note in drawn("map", large, "")["layout"]["annotations"]]
    assert any("zoom in for single events" in text for text in notes)


def test_a_narrow_timeline_tells_in_lines_that_fit_which_events_are_in_no_bar(large):
    narrow = Medium("screen", 360, 460, 12, framed=False, palette=PALETTES["light"])
    texts = [note["text"] for note in drawn("timeline", large, "", narrow)["layout"]["annotations"]]
    (said,) = [text for text in texts if "no better" in text.replace("<br>", " ")]
    lines = said.split("<br>")
    assert max(width_px(line, narrow.small_px) for line in lines) < 360


@pytest.mark.parametrize("width", [1200, 1600, 1700])
def test_a_picture_says_how_long_its_bars_are(large, width):
    figure = views.render("timeline", large, size=f"{width}x700")
    (bars,) = [one for one in figure.data if one.name == "events"]
    days = pd.Series(bars.x).drop_duplicates().sort_values().diff().min() / 86_400_000
    said = " ".join(note.text for note in figure.layout.annotations).replace("<br>", " ")
    lengths = {"2 days": 2, "a week": 7, "2 weeks": 14, "a month": 28, "a quarter": 90}
    (length,) = [word for word in lengths if f"a bar is {word}," in said]
    assert days == pytest.approx(lengths[length], abs=3)


@pytest.mark.parametrize("name", ["timeline", "map", "trend", "actors", "sources"])
def test_every_view_of_very_many_events_has_a_picture_and_words(large, name):
    figure = views.render(name, large)
    assert figure.layout.width == 1200
    assert f"{large.size:,}" in views.alt_text(name, large, Selection())


def test_events_of_a_year_are_counted_in_an_engine_as_in_memory(large, held):
    for link in LINKS:
        selection = Selection.from_query(link)
        said = months.year_words(large, selection)
        assert said == months.year_words(held, selection), link
    assert "known only to the year" in months.year_words(large, Selection())[0]
    # Its timeline says that such events are in no bar.
    assert months.bar_words(large, Selection()) == []
