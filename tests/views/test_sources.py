import math

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings

from dashboard import query, wording
from dashboard.dataset import load
from dashboard.engine import open_events
from dashboard.figures import spread
from dashboard.figures.frame import Words
from dashboard.figures.spread_room import MOST
from dashboard.figures.theme import PRESETS, Medium
from dashboard.selection import Selection
from dashboard.views import VIEWS, render, sources
from tests import package
from tests.strategies import filters, packages

SCREEN = Medium("screen", 1100, 0, 12.0, framed=False)
PHONE = Medium("phone", 350, 0, 12.0, framed=False)
NOTHING = Selection(q="nothing like this")
SAYS_NOTHING = "No event matches: text “nothing like this”."


@pytest.fixture
def table(tmp_path):
    """Return a function that loads events, each with its reports' figures.

    An event is (id, (low, best, high) or None, figures of its reports); a figure is "" or a number.
    """

    def build(*events, **cells):
        rows, reports = [], []
        for name, toll, figures in events:
            levels = package.toll(*map(str, toll)) if toll else {}
            rows.append(package.event(name, **levels, **cells))
            reports += [
                package.report(
                    name, f"Paper {n}", killed_min=figure, killed_max=figure, scope="all"
                )
                if figure
                else package.report(name, f"Paper {n}")
                for n, figure in enumerate(figures)
            ]
        return load(package.write(tmp_path, events=rows, reports=reports))

    return build


def traces(spec):
    go.Figure(spec)
    return {trace["name"]: trace for trace in spec["data"]}


def texts(spec):
    return [note["text"] for note in spec["layout"]["annotations"]]


@pytest.mark.unit
def test_is_one_of_the_views():
    assert VIEWS["sources"].screen is sources.screen


@pytest.mark.unit
def test_shows_events_with_two_figures_the_widest_spread_first(table):
    found = table(
        ("2020-01-01-a", (10, 10, 20), ["10", "20"]),
        ("2020-01-02-b", (10, 10, 90), ["10", "90", "50"]),
        ("2020-01-03-c", (10, 10, 90), ["10", ""]),
        ("2020-01-04-d", None, ["", ""]),
        ("2020-01-05-e", (30, 30, 30), ["30", "30"]),
    )
    spec = sources.screen(found, Selection(), SCREEN)
    drawn = traces(spec)
    assert drawn["best"]["customdata"] == ["2020-01-02-b", "2020-01-01-a", "2020-01-05-e"]
    assert len(drawn["figures"]["x"]) == 7
    assert texts(spec)[-1] == (
        "3 events with more than one figure of the dead, the widest spread first."
    )


@pytest.mark.unit
def test_small_tolls_come_last_and_the_note_says_what_was_chosen(table):
    wide = [(f"2020-01-{day:02}-small", (1, 1, 9), ["1", "9"]) for day in range(1, 16)]
    large = [(f"2020-02-{day:02}-large", (10, 10, 20), ["10", "20"]) for day in range(1, 16)]
    spec = sources.screen(table(*wide, *large), Selection(), SCREEN)
    shown = traces(spec)["best"]["customdata"]
    assert len(shown) == MOST
    # All the large ones are there; by spread the few small ones stand above them.
    assert sum(name.endswith("large") for name in shown) == 15
    assert [name.split("-")[-1] for name in shown] == ["small"] * 3 + ["large"] * 15
    assert texts(spec)[-1] == (
        "18 of 30 events with more than one figure of the dead: the widest spreads (high divided by"
        " low), tolls under 10 last."
    )


@pytest.mark.unit
def test_a_report_that_counts_a_part_is_faint(tmp_path):
    event = package.event("2020-01-01-a", **package.toll("10", "10", "20"))
    reports = [
        package.report("2020-01-01-a", "One", killed_min="10", killed_max="12", scope="all"),
        package.report(
            "2020-01-01-a", "Two & co", via="AFP", killed_min="5", killed_max="5", scope="partial"
        ),
    ]
    found = load(package.write(tmp_path, events=[event], reports=reports))
    rings = traces(sources.screen(found, Selection(), SCREEN))["figures"]
    assert rings["marker"]["opacity"] == [1.0, 1.0, 0.45]
    note = texts(sources.screen(found, Selection(), SCREEN))[-1]
    assert note.endswith("first. Joined rings are a range. Faint rings count a part of the dead.")
    assert rings["hovertext"] == [
        "<b>Event 2020-01-01-a</b><br>10–12 killed: One",
        "<b>Event 2020-01-01-a</b><br>10–12 killed: One",
        "<b>Event 2020-01-01-a</b><br>5 killed (part): Two &amp; co (via AFP)",
    ]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("precision", "expected"),
    [("day", "1 Jan 2020"), ("week", "about 1 Jan 2020"), ("month", "Jan 2020")],
)
def test_a_date_is_written_as_precisely_as_it_is_known(table, precision, expected):
    found = table(("2020-01-01-a", (10, 10, 20), ["10", "20"]), date_precision=precision)
    assert expected in texts(sources.screen(found, Selection(), SCREEN))


@pytest.mark.unit
def test_a_toll_that_is_unknown_is_left_out_and_zero_is_shown(table):
    found = table(
        ("2020-01-01-a", None, ["10", "20"]),
        ("2020-01-02-b", (0, 0, 12), ["0", "12"]),
    )
    spec = sources.screen(found, Selection(), SCREEN)
    assert traces(spec)["best"]["customdata"] == ["2020-01-02-b"]
    assert spec["layout"]["xaxis"]["ticktext"][0] == "0"
    assert traces(spec)["ends"]["text"] == ["12", "0"]


@pytest.mark.unit
@pytest.mark.parametrize("name", [*PRESETS, "screen", "phone"])
def test_the_whole_table_is_drawn(curated, name):
    medium = (PRESETS | {"screen": SCREEN, "phone": PHONE})[name]
    if medium.framed:
        words = Words(
            "A title", "A subtitle", ["A source."], sources.keys(curated, Selection(), medium)
        )
        spec = sources.picture(curated, Selection(), medium, words)
    else:
        spec = sources.screen(curated, Selection(), medium)
    drawn = traces(spec)
    rows = len(drawn["best"]["x"])
    assert 5 <= rows <= MOST
    margin = spec["layout"]["margin"]
    inner = spec["layout"]["height"] - margin["t"] - margin["b"]
    assert inner / rows >= 1.8 * medium.font_px
    note = " ".join(texts(spec))
    assert f"{rows} of " in note
    # Each ring's event has a row, and each row its two rings or more.
    assert set(drawn["figures"]["customdata"]) == set(drawn["best"]["customdata"])
    counted = pd.Series(drawn["figures"]["customdata"]).value_counts()
    assert counted.min() >= 2


@pytest.mark.unit
def test_one_event_is_one_row(table):
    found = table(("2020-01-01-a", (10, 15, 20), ["10", "20"]))
    spec = sources.screen(found, Selection(), SCREEN)
    assert len(traces(spec)["best"]["x"]) == 1
    assert texts(spec)[-1].startswith("1 event with more than one figure")


@pytest.mark.unit
def test_says_that_the_chosen_events_have_no_second_figure(table):
    found = table(("2020-01-03-c", (10, 10, 90), ["10", ""]))
    assert texts(sources.screen(found, Selection(), SCREEN)) == [spread.NOTHING]


@pytest.mark.unit
def test_no_event_is_said_on_the_page_and_in_the_picture(small):
    spec = sources.screen(small, NOTHING, SCREEN)
    assert texts(spec) == [SAYS_NOTHING]
    figure = render("sources", small, NOTHING)
    assert SAYS_NOTHING in [note.text for note in figure.layout.annotations]
    assert sources.keys(small, NOTHING, SCREEN) == []


@pytest.mark.unit
def test_sums_up_who_reports_in_which_language(small):
    found = sources.summary(small, Selection())
    assert found.sources.to_dict("list") == {
        "sources": ["1", "2", "3", "4", "5+"],
        "events": [5, 2, 1, 0, 0],
    }
    publishers = dict(found.publishers.itertuples(index=False, name=None))
    assert publishers == small.reports["publisher"].value_counts().to_dict()
    assert found.publishers["reports"].is_monotonic_decreasing
    assert found.languages.to_dict("list") == {
        "name": ["English", "French", "Portuguese"],
        "reports": [11, 1, 1],
    }


@pytest.mark.unit
def test_an_agency_is_counted_for_its_own_pages_and_for_those_that_carry_its_text(small):
    agencies = sources.summary(small, Selection()).agencies.set_index("name")["reports"]
    assert agencies["AFP"] == 3
    assert agencies["Lusa"] == 2  # once as "lusa"
    assert "lusa" not in agencies
    assert "Dawn" not in agencies


@pytest.mark.unit
def test_a_summary_of_no_event_is_empty(small):
    found = sources.summary(small, NOTHING)
    assert found.sources["events"].sum() == 0
    assert [len(frame) for frame in (found.publishers, found.agencies, found.languages)] == [0] * 3


@pytest.mark.property
@settings(max_examples=25)
@given(tables=packages(), selection=filters())
def test_totals_survive_the_summary(tmp_path_factory, tables, selection):
    found = load(package.write(tmp_path_factory.mktemp("any"), **tables))
    selection = selection.with_(theatres=())
    kept = query.select(open_events(found), selection)
    sums = sources.summary(found, selection)
    reports = found.reports["event_id"].isin(set(kept["event_id"])).sum()
    assert sums.sources["events"].sum() == len(kept)
    assert sums.publishers["reports"].sum() == sums.languages["reports"].sum() == reports
    assert sums.agencies["reports"].sum() >= reports


@pytest.mark.unit
@pytest.mark.parametrize("medium", [SCREEN, PHONE], ids=["screen", "phone"])
@pytest.mark.parametrize(
    "link", ["theatre=iraq", "type=civilians", "killed_min=300", "actor=jnim", "q=palma"]
)
def test_every_mark_has_its_place(curated, link, medium):
    drawn = traces(sources.screen(curated, Selection.from_query(link), medium))
    for name in ("best", "figures", "ends"):
        assert all(math.isfinite(value) for axis in "xy" for value in drawn[name][axis])


@pytest.mark.unit
def test_every_language_of_the_table_has_a_name(curated):
    assert set(curated.reports["language"]) <= set(wording.LANGUAGES)
    assert wording.language_name("pt") == "Portuguese"
    assert wording.language_name("qqq") == "qqq"


@pytest.mark.unit
def test_leaves_the_table_as_it_was(small):
    copies = [frame.copy() for frame in (small.events, small.reports)]
    render("sources", small)
    sources.summary(small, Selection())
    for frame, copy in zip((small.events, small.reports), copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
