import math
from collections import Counter

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings

from dashboard import query, views
from dashboard.dataset import load
from dashboard.engine import open_events
from dashboard.figures.frame import Words
from dashboard.figures.matrix_grid import MOST
from dashboard.figures.theme import PRESETS, Medium
from dashboard.selection import MEASURES, Selection
from dashboard.views import VIEWS, actors, render
from dashboard.views.actors import NOBODY, OTHERS, Count, encounters
from tests import package
from tests.strategies import filters, packages

SCREEN = Medium("screen", 1100, 0, 12.0, framed=False)
PHONE = Medium("phone", 350, 0, 12.0, framed=False)
NOTHING = Selection(q="nothing like this")
SAYS_NOTHING = "No event matches: text “nothing like this”."


def traces(spec):
    go.Figure(spec)
    return {trace["name"]: trace for trace in spec["data"]}


def pairs(spec):
    """Return what a click on each circle asks for, with its hover text."""
    marks = traces(spec)["cells"]
    return dict(zip(marks["customdata"], marks["hovertext"], strict=True))


def unasked(spec):
    """Return the hover texts of the circles that no click asks for."""
    marks = traces(spec)["cells"]
    texts = zip(marks["customdata"], marks["hovertext"], strict=True)
    return [text for asked, text in texts if not asked]


@pytest.mark.unit
def test_is_one_of_the_views():
    assert VIEWS["actors"].screen is actors.screen


@pytest.mark.unit
def test_counts_pairs_sides_and_all(small_events):
    found = encounters(small_events)
    assert found.total == Count(8, 445, 5)
    assert found.pairs["is-mozambique", "mozambique-police"] == Count(2, 107, 2)
    assert found.pairs["is", "civilians"] == Count(1, 0, 0)
    assert found.initiators["is-mozambique"] == Count(3, 107, 2)
    assert found.targets["mozambique-police"] == Count(2, 107, 2)
    assert found.targets[NOBODY] == Count(2, 0, 0)


@pytest.mark.unit
def test_an_event_with_several_of_the_rest_counts_once_for_others(small_events):
    found = encounters(small_events, {"is"}, {"civilians"})
    assert set(found.initiators) == {"is", OTHERS}
    # SDF and coalition together, the coalition alone, gunmen, and three of IS Mozambique.
    assert found.initiators[OTHERS] == Count(6, 245, 4)
    assert found.targets == {
        "civilians": Count(3, 225, 2),
        OTHERS: Count(4, 307, 4),
        NOBODY: Count(2, 0, 0),
    }
    assert found.total == Count(8, 445, 5)


@pytest.mark.unit
def test_agrees_with_the_query_of_encounters(curated_events):
    found = encounters(curated_events)
    rows = query.encounters(curated_events)
    assert {
        (row.initiator, row.target): (row.events, row.killed)
        for row in rows.itertuples(index=False)
    } == {pair: (count.events, count.killed) for pair, count in found.pairs.items()}


@pytest.mark.property
@settings(max_examples=30)
@given(tables=packages(), selection=filters())
def test_totals_survive_and_a_plain_reading_counts_the_same(tmp_path_factory, tables, selection):
    events = open_events(load(package.write(tmp_path_factory.mktemp("any"), **tables)))
    kept = query.select(events, selection.with_(theatres=()))
    ids = set(kept["event_id"])
    expected: Counter[tuple[str, str]] = Counter()
    for row in tables["events"]:
        if row["event_id"] in ids:
            for initiator in row["initiators"].split(";"):
                for target in row["targets"].split(";"):
                    expected[initiator, target] += 1
    found = encounters(kept)
    assert {pair: count.events for pair, count in found.pairs.items()} == expected
    sums = query.totals(kept)
    assert found.total == Count(sums.events, sums.killed.best, sums.killed.known)
    assert {a: count.events for a, count in found.initiators.items()} == query.actor_counts(
        kept, "initiator"
    )
    # However few are told apart, all is kept, and nobody's total changes.
    few = encounters(kept, {"is"}, {"sdf"})
    assert few.total == found.total
    assert few.initiators.get("is") == found.initiators.get("is")
    assert few.targets.get("sdf") == found.targets.get("sdf")
    assert few.targets.get(NOBODY) == found.targets.get(NOBODY)


@pytest.mark.unit
def test_a_circle_is_a_pair_and_a_click_on_it_asks_for_both(small):
    found = pairs(actors.screen(small, Selection(), SCREEN))
    assert found["is-mozambique>mozambique-police"] == (
        "<b>is-mozambique → mozambique-police</b><br>2 events<br>107 killed"
    )
    assert found["is>civilians"].endswith("1 event<br>number killed unknown")


@pytest.mark.unit
def test_a_circle_without_a_target_asks_for_nothing_and_says_so(small):
    spec = actors.screen(small, Selection(q="coalition"), SCREEN)
    assert unasked(spec) == [
        "<b>global-coalition → None named</b><br>1 event<br>number killed unknown"
        "<br>no filter chooses these events alone"
    ]
    assert "" not in pairs(actors.screen(small, Selection(q="mocimboa"), SCREEN))


@pytest.mark.unit
def test_what_is_summed_as_others_asks_for_nothing(curated):
    spec = actors.screen(curated, Selection(), PHONE)
    for text in unasked(spec):
        assert "Others" in text or "None named" in text
    assert not [asked for asked in pairs(spec) if asked.startswith(">") or asked.endswith(">")]
    totals = traces(spec)["totals"]["customdata"]
    assert ">" not in totals
    assert {asked.strip(">") for asked in totals} - {""} <= set(curated.actors["actor_id"])


@pytest.mark.unit
def test_a_hover_says_for_how_many_events_the_dead_are_known(curated):
    found = encounters(open_events(curated)).pairs["is", "civilians"]
    assert 0 < found.known < found.events
    assert pairs(actors.screen(curated, Selection(), SCREEN))["is>civilians"] == (
        f"<b>IS → Civilians</b><br>{found.events} events"
        f"<br>{found.killed:,} killed (known for {found.known})"
    )


@pytest.mark.unit
def test_an_unknown_toll_is_no_zero(small):
    spec = actors.screen(small, Selection(measure="killed"), SCREEN)
    marks = traces(spec)["cells"]
    drawn = dict(zip(marks["customdata"], marks["text"], strict=True))
    symbols = dict(zip(marks["customdata"], marks["marker"]["symbol"], strict=True))
    assert (drawn["is>civilians"], symbols["is>civilians"]) == ("", "square-open")
    assert (drawn["sdf>is"], symbols["sdf>is"]) == ("0", "circle")
    totals = traces(spec)["totals"]
    assert totals["text"][-1] == "<b>445</b>"
    assert "–" in totals["text"]
    texts = [key.text for key in actors.keys(small, Selection(measure="killed"), SCREEN)]
    assert texts[-1] == "Toll unknown"


@pytest.mark.unit
def test_rows_stand_by_family_then_by_number(small):
    spec = actors.screen(small, Selection(), SCREEN)
    assert spec["layout"]["yaxis"]["ticktext"] == [
        "is-mozambique",
        "is",
        "global-coalition",
        "sdf",
        "gunmen",
        "<b>All</b>",
    ]
    assert spec["layout"]["xaxis"]["ticktext"] == [
        "is",
        "mozambique-police",
        "iraqi-army",
        "civilians",
        "None named",
        "<b>All</b>",
    ]


@pytest.mark.unit
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("name", [*PRESETS, "screen", "phone"])
def test_the_whole_table_is_drawn_and_what_is_left_out_is_said(curated, name, measure):
    media = PRESETS | {"screen": SCREEN, "phone": PHONE}
    medium = media[name]
    if medium.framed:
        words = Words(
            "A title", "A subtitle", ["A source."], actors.keys(curated, Selection(), medium)
        )
        spec = actors.picture(curated, Selection(measure=measure), medium, words)
    else:
        spec = actors.screen(curated, Selection(measure=measure), medium)
    marks = traces(spec)
    every = encounters(open_events(curated))
    rows, columns = (spec["layout"][axis]["ticktext"][:-1] for axis in ("yaxis", "xaxis"))
    assert len(rows) <= MOST
    assert len(columns) <= MOST
    rest = f"{len(every.initiators) - len(rows) + 1} others"
    assert rest in rows
    texts = " ".join(note["text"] for note in spec["layout"]["annotations"])
    assert rest.replace("others", "initiators") in texts
    assert marks["totals"]["text"][-1] == f"<b>{every.total.text(measure)}</b>"
    assert spec["layout"]["height"] >= 340


@pytest.mark.unit
def test_the_legend_names_the_families_that_are_drawn_and_no_other(curated):
    for name in ("web", "column"):
        medium = PRESETS[name]
        words = Words("T", "S", [], actors.keys(curated, Selection(), medium))
        spec = actors.picture(curated, Selection(), medium, words)
        texts = [note["text"] for note in spec["layout"]["annotations"]]
        drawn = set(traces(spec)["cells"]["marker"]["color"])
        named = {key.fill for key in words.keys if key.text in texts}
        assert named == drawn


@pytest.mark.unit
def test_one_event_is_one_row(small):
    spec = actors.screen(small, Selection(q="solhan"), SCREEN)
    assert list(pairs(spec)) == ["gunmen>civilians"]
    assert spec["layout"]["annotations"] == []


@pytest.mark.unit
def test_no_event_is_said_on_the_page_and_in_the_picture(small):
    spec = actors.screen(small, NOTHING, SCREEN)
    assert spec["data"] == []
    assert [note["text"] for note in spec["layout"]["annotations"]] == [SAYS_NOTHING]
    figure = render("actors", small, NOTHING)
    assert SAYS_NOTHING in [note.text for note in figure.layout.annotations]
    assert actors.keys(small, NOTHING, SCREEN) == []


@pytest.mark.unit
def test_names_are_escaped_in_hovers(small):
    named = small.actors.assign(short_name="<i>&")
    changed = type(small)(
        small.events, small.reports, named, small.theatres, version="escaped", name="x"
    )
    texts = pairs(actors.screen(changed, Selection(), SCREEN)).values()
    assert all(text.startswith("<b>&lt;i&gt;&amp;") for text in texts)


@pytest.mark.unit
def test_leaves_the_table_as_it_was(small):
    copies = [frame.copy() for frame in (small.events, small.reports, small.actors)]
    render("actors", small)
    actors.screen(small, Selection(measure="killed"), PHONE)
    for frame, copy in zip((small.events, small.reports, small.actors), copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


@pytest.mark.unit
def test_a_count_without_a_known_toll_has_no_value():
    assert math.isnan(Count(3, 0, 0).value("killed"))
    assert Count(3, 0, 0).text("killed") == "–"
    assert Count(3, 0, 1).text("killed") == "0"
    assert Count(1200, 0, 0).text("events") == "1,200"


@pytest.mark.unit
def test_the_dead_of_an_event_are_not_said_to_be_those_of_one_side(small):
    said = views.reading("actors", small, Selection(measure="killed"))
    assert "all who died there, not those of the column's actor alone" in said
    assert views.reading("actors", small, Selection()).startswith("Each circle counts the events")
