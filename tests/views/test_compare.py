from dataclasses import replace

import plotly.graph_objects as go
import pytest

from dashboard.dataset import CURATED
from dashboard.figures import frame
from dashboard.figures.theme import PRESETS, Medium
from dashboard.matching.pairing import Decisions, suggest
from dashboard.selection import Selection
from dashboard.views import compare
from dashboard.views.matched import Matched
from tests.matching.tables import bombing, table

pytestmark = pytest.mark.unit

WEB = PRESETS["web"]
ALL = Selection()


def test_says_how_many_are_in_both_and_how_the_tolls_agree(matched):
    assert compare.in_words(matched, ALL) == [
        "Iraq, May 2016 – July 2016: what both tables reach.",
        "ours: 3 events; Other source: 3 events."
        " Two tables, never added: one event may be in both.",
        "2 of 3 events of ours seem to be in Other source, none confirmed yet.",
        "Of 1 pair with a toll in both, the ranges meet in 0;"
        " the range of Other source lies below in 0 and above in 1.",
    ]


def test_counts_events_not_pairs_where_two_rows_tell_of_one_event(tmp_path, ours):
    day = "2016-05-03"
    theirs = table(tmp_path / "split", bombing(f"{day}-x"), bombing(f"{day}-y"))
    said = Decisions(confirmed=tuple((f"{day}-mosul", f"{day}-{one}") for one in "xy"))
    matched = Matched(ours, theirs, suggest(ours, theirs, said))
    title = compare.texts(matched, ALL).title
    assert title == "1 of 1 event of ours seems to be in split, 1 confirmed"
    assert "Of 2 pairs with a toll in both" in compare.in_words(matched, ALL)[-1]


def test_says_which_pairs_are_in_none_of_the_months(tmp_path, ours):
    # Ours begins a month earlier than anything of theirs.
    theirs = table(tmp_path / "later", bombing("2016-06-01-x"), bombing("2016-08-01-y"))
    said = Decisions(confirmed=(("2016-05-03-mosul", "2016-06-01-x"),))
    matched = Matched(ours, theirs, suggest(ours, theirs, said))
    texts = compare.texts(matched, ALL)
    assert texts.title == "0 of 2 events of ours seem to be in later, none confirmed yet"
    sentence = "1 pair has an event of ours that is in none of these months."
    assert sentence in texts.subtitle
    assert sentence in compare.in_words(matched, ALL)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ((0, 1), "1 event of theirs has no date and is in no month."),
        ((1, 2), "1 event of ours and 2 events of theirs have no date and are in no month."),
    ],
)
def test_counts_events_without_a_date_in_words(tmp_path, numbers, sentence):
    days = "2016-05-03", "2016-07-28"
    vague = {"end_date": days[1], "date_precision": "unknown"}
    one, other = (
        table(
            tmp_path / name,
            *(bombing(f"{day}-x") for day in days),
            *(bombing(f"{days[0]}-y{place}", **vague) for place in range(number)),
        )
        for name, number in zip(("ours", "theirs"), numbers, strict=True)
    )
    matched = Matched(one, other, suggest(one, other))
    assert sentence in compare.in_words(matched, ALL)
    assert sentence in compare.texts(matched, ALL).subtitle


def test_calls_each_table_by_its_name_in_every_sentence(ours, theirs):
    curated = replace(ours, name=CURATED)
    for one, other in ((curated, theirs), (theirs, curated)):
        matched = Matched(one, other, suggest(one, other, at_least=0.1))
        names = [name.replace("curated", "the curated") for name in matched.names]
        said = compare.in_words(matched, ALL)
        assert f"events of {names[0]} seem to be in {names[1]}, " in said[2]
        assert f"the range of {names[1]} lies below" in said[3]
        nothing = compare.in_words(matched, Selection.from_query("country=SYR"))[0]
        assert nothing.casefold().startswith(" and ".join(names).casefold())
        assert nothing[0].isupper()


def test_names_the_source_and_terms_of_both_tables(matched):
    ours, theirs = compare.texts(matched, ALL).caption
    assert ours.startswith("Source: Conflict Timeline, ours, after 4 reports of Reuters · 4 events")
    assert theirs.startswith("Source: Other source, CC BY 4.0 · 4 events · data ")


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
