"""What options choose of groups is what they choose of events."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import query
from dashboard.facets import alternative_groups, alternatives, alternatives_of, without_options
from dashboard.query import OPTION_COLUMNS, OPTIONS, Groups
from dashboard.schema import ATTRIBUTIONS, EVENT_TYPES
from dashboard.selection import Selection

pytestmark = pytest.mark.property

WORLD = (-180.0, -90.0, 180.0, 90.0)
WORDS = {
    "theatres": ("iraq", "syria", "mozambique", "sahel", "nowhere"),
    "countries": ("IRQ", "NGA", "MLI", "MOZ", "TZA", "XXX"),
    "types": tuple(word.id for word in EVENT_TYPES),
    "attributions": tuple(word.id for word in ATTRIBUTIONS),
}
CHOICES = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(words), max_size=3).map(tuple) for name, words in WORDS.items()}
)
OTHERS = st.sampled_from(
    ["", "from=2015-06-01&to=2019-03-23", "killed_min=20&certain=1", "actor=is", "q=camp"]
)
# Each example puts a dozen questions to the published table.
SOME = settings(max_examples=40)


def test_options_are_the_filters_that_choose_among_values():
    assert set(WORDS) == set(OPTIONS)
    assert set(OPTIONS) <= {field.name for field in dataclasses.fields(Selection)}


@SOME
@given(choice=CHOICES, link=OTHERS)
def test_sums_of_groups_are_those_of_their_events(curated_events, choice, link):
    selection = Selection.from_query(link).with_(**choice)
    events = query.select(curated_events, selection)
    shared = query.select(curated_events, without_options(selection))
    groups = query.total_groups(shared, (*OPTION_COLUMNS, "family", "geo_precision"))
    places = query.place_groups(shared, OPTION_COLUMNS)
    chosen = groups.chosen(selection)
    assert query.totals_of(chosen, places.chosen(selection)) == query.totals(events)
    for column in ("theatre", "event_type", "family", "geo_precision"):
        assert chosen.counts(column) == query.counts(events, column)
    pairs = query.pair_groups(shared, OPTION_COLUMNS).chosen(selection)
    assert query.count_groups(pairs, "target", query.ids_of) == query.actor_counts(events, "target")


@SOME
@given(
    choice=CHOICES,
    link=OTHERS,
    lane=st.sampled_from(["theatre", "family", "type_group"]),
    by=st.sampled_from(["attribution", "family", "type_group"]),
)
def test_marks_of_groups_are_those_of_their_events(curated_events, choice, link, lane, by):
    selection = Selection.from_query(link).with_(**choice)
    events = query.select(curated_events, selection)
    shared = query.select(curated_events, without_options(selection))
    split = (*OPTION_COLUMNS, "type_group", lane, by)
    bins = query.bin_groups(shared, 0.0, "month", split).chosen(selection)
    pd.testing.assert_frame_equal(
        query.bins_of(bins, lane, 0.0, "month", by), query.bins(events, lane, 0.0, "month", by)
    )
    cells = query.cell_groups(shared, 0.5, WORLD, split).chosen(selection)
    pd.testing.assert_frame_equal(
        query.cells_of(cells, 0.5, by), query.cells(events, 0.5, WORLD, by)
    )


@SOME
@given(choice=CHOICES)
def test_alternatives_of_groups_are_counts_of_events(curated_events, choice):
    others = [
        Selection.from_query(link).with_(**choice)
        for link in ("", "killed_min=10", "sources_min=3", "from=2020-01-01", "certain=1")
    ]
    groups = alternative_groups(curated_events, [without_options(one) for one in others])
    expected = [len(query.select(curated_events, one)) for one in others]
    assert alternatives_of(groups, others) == expected
    assert alternatives(curated_events, others) == expected


def test_joining_keeps_whole_numbers_whole_and_order_that_of_first_rows():
    groups = Groups(
        {
            "kind": pd.array([1, 0, 1, 0], "int64").to_numpy(),
            "bin": pd.array([-5, 2, -5, 2_000_000], "int64").to_numpy(),
            "events": pd.array([2**40, 3, 2**40, 1], "int64").to_numpy(),
            "x": pd.array([0.5, 1.5, 0.25, 0.0], "float64").to_numpy(),
        },
        {"kind": pd.Series(["a", "b"]).to_numpy("object")},
    )
    joined = groups.joined(("kind", "bin"), ("events", "x"))
    assert joined.texts("kind").tolist() == ["b", "a", "a"]
    assert joined.columns["bin"].tolist() == [-5, 2, 2_000_000]
    assert joined.columns["events"].tolist() == [2**41, 3, 1]
    assert joined.columns["x"].tolist() == [0.75, 1.5, 0.0]
    assert len(groups.joined(("kind",), ("events",))) == 2
