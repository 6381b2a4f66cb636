from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.figures import frame
from dashboard.figures.theme import PRESETS, Medium
from dashboard.matching.pairing import Decisions, suggest
from dashboard.provenance import Terms
from dashboard.selection import Selection
from dashboard.views import compare
from dashboard.views.compare import Matched
from tests.matching.tables import bombing, table
from tests.package import toll

pytestmark = pytest.mark.unit

WEB = PRESETS["web"]
ALL = Selection()
TERMS = Terms("Other source", "Other source, CC BY 4.0", "", "", "", True)
UNKNOWN = {"killed_low": "", "killed_best": "", "killed_high": ""}
DAYS = {"2016-05": "2016-05-03", "2016-07": "2016-07-09"}


@pytest.fixture
def ours(tmp_path):
    """Return May (told by both, with a toll), July (told by both), July without a counterpart."""
    return table(
        tmp_path / "ours",
        bombing("2016-05-03-mosul", title="Bomb & <i>fire</i>"),
        bombing("2016-07-09-mosul", **UNKNOWN),
        bombing("2016-07-20-mosul"),
        bombing("2016-07-21-raqqa", country_code="SYR"),
    )


@pytest.fixture
def theirs(tmp_path):
    found = table(
        tmp_path / "theirs",
        bombing("2016-04-01-x"),
        bombing("2016-05-03-x", **toll("30", "40", "50")),
        bombing("2016-07-09-x"),
        bombing("2016-07-28-x", latitude_deg="34.0"),
    )
    return replace(found, terms=TERMS)


@pytest.fixture
def matched(ours, theirs):
    return Matched(ours, theirs, suggest(ours, theirs, at_least=0.1))


def counts(found, table):
    rows = found.months[found.months["table"] == table]
    return list(zip(rows["events"], rows["paired"], strict=True))


def test_counts_what_both_tables_reach(matched):
    found = compare.comparison(matched, ALL)
    assert (str(found.first), str(found.last)) == ("2016-05", "2016-07")
    assert found.countries == ("IRQ",)
    assert counts(found, "a") == [(1, 1), (0, 0), (2, 1)]
    assert counts(found, "b") == [(1, 1), (0, 0), (2, 1)]


def test_asks_both_tables_for_the_days_of_the_selection(matched):
    found = compare.comparison(matched, Selection.from_query("from=2016-07-01"))
    assert (counts(found, "a"), counts(found, "b")) == ([(2, 1)], [(2, 1)])
    assert found.tolls["a_event_id"].tolist() == ["2016-07-09-mosul"]


def test_asks_the_other_table_for_no_type_of_the_selection(matched):
    found = compare.comparison(matched, Selection.from_query("type=battle"))
    assert counts(found, "b") == [(1, 1), (0, 0), (2, 1)]


def test_keeps_both_tolls_of_a_pair_apart_and_the_unknown_unknown(matched):
    tolls = compare.comparison(matched, ALL).tolls.set_index("a_event_id")
    may, july = tolls.loc["2016-05-03-mosul"], tolls.loc["2016-07-09-mosul"]
    assert (may["a_best"], may["b_best"]) == (10, 40)
    assert pd.isna(july["a_best"])
    assert july["b_best"] == 10


def test_leaves_refused_pairs_out_and_marks_confirmed_ones(ours, theirs):
    said = Decisions(
        confirmed=(("2016-05-03-mosul", "2016-05-03-x"),),
        refused=(("2016-07-09-mosul", "2016-07-09-x"),),
    )
    found = compare.comparison(Matched(ours, theirs, suggest(ours, theirs, said)), ALL)
    assert found.tolls["a_event_id"].tolist() == ["2016-05-03-mosul"]
    assert found.tolls["is_confirmed"].tolist() == [True]
    assert counts(found, "a")[-1] == (2, 0)


def test_says_how_many_are_in_both_and_how_the_tolls_agree(matched):
    assert compare.in_words(matched, ALL) == [
        "Iraq, May 2016 – July 2016: what both tables reach.",
        "ours: 3 events; Other source: 3 events."
        " Two tables, never added: one event may be in both.",
        "2 of 3 events of ours seem to be in Other source, none confirmed yet.",
        "Of 1 pair with a toll in both, the ranges meet in 0; B's lies below in 0 and above in 1.",
    ]


def test_names_the_source_and_terms_of_both_tables(matched):
    ours, theirs = compare.texts(matched, ALL).caption
    assert ours.startswith("Source: Conflict Timeline, ours, after 4 reports of Reuters · 4 events")
    assert theirs.startswith("Source: Other source, CC BY 4.0 · 4 events · data ")


def test_tells_two_tables_of_one_source_apart(theirs):
    assert Matched(theirs, theirs, suggest(theirs, theirs)).names == ("A, theirs", "B, theirs")


def test_shows_titles_without_markup(matched):
    hover = compare.comparison(matched, ALL).tolls["hover"][0]
    assert hover.split("<br>") == [
        "<b>Bomb &amp; &lt;i&gt;fire&lt;/i&gt;</b>",
        "ours: 3 May 2016, 10 killed (8–12)",
        "Other source: 3 May 2016, 40 killed (30–50)",
    ]


@pytest.mark.parametrize("query", ["", "from=2030-01-01", "country=SYR"])
@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_draws_a_picture_whatever_there_is(matched, query, preset):
    selection, medium = Selection.from_query(query), PRESETS[preset]
    said = compare.texts(matched, selection)
    keys = compare.keys(matched, selection, medium)
    words = frame.Words(said.title, said.subtitle, said.caption, keys)
    figure = go.Figure(compare.picture(matched, selection, medium, words))
    assert (figure.layout.width, figure.layout.height) == (medium.width_px, medium.height_px)
    assert bool(figure.data) == bool(keys) == (not query)


def test_says_in_the_page_that_nothing_is_in_common(matched):
    spec = compare.screen(
        matched, Selection.from_query("country=SYR"), Medium("page", 900, 400, framed=False)
    )
    (note,) = spec["layout"]["annotations"]
    assert note["text"] == "ours and Other source have no country and month in common here."


def test_is_higher_on_a_phone(matched):
    heights = [
        compare.screen(matched, ALL, Medium("page", width, 400, framed=False))["layout"]["height"]
        for width in (1000, 360)
    ]
    assert heights == [compare.WIDE_PX, compare.TALL_PX]


def test_keys_name_only_what_is_drawn(matched):
    texts = [key.text for key in compare.keys(matched, ALL, WEB)]
    assert texts == ["All events of a month", "Those in a pair", "Suggested pair", "Toll unknown"]
