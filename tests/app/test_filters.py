import datetime

import pytest
from dash import html
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import query
from dashboard.app import filters
from dashboard.dataset import load
from dashboard.engine import open_events
from dashboard.figures.theme import DARK, LIGHT
from dashboard.schema import (
    ATTRIBUTIONS,
    EVENT_TYPES,
    FAMILIES,
    GROUP_NAMES,
    TYPE_GROUPS,
    TYPES_OF_GROUP,
    UNSTATED,
)
from dashboard.selection import ROLES, Selection
from dashboard.views.chosen import ids as chosen_ids
from tests import package
from tests.app.tree import having, links, of_class, said, text, walk
from tests.readers.tables import read, ucdp
from tests.strategies import filters as some_filters
from tests.strategies import selections

pytestmark = pytest.mark.unit

ALL = Selection()
FACETS = ("theatres", "countries", "types", "attributions", "actors")


def column(dataset, selection):
    """Build all filters of the column."""
    found = filters.facets(dataset, selection)
    return [
        *filters.what(dataset, selection, found),
        *filters.actors(dataset, selection, found),
        *filters.rest(selection, found),
    ]


def options(parts):
    """List the options that carry a count."""
    return having(parts, "data-count")


def number(option):
    return int(said(option, "data-count").replace(",", ""))


def changed(before, after):
    """Name the filter that a click changed, "" for the one in force."""
    fields = (*FACETS, "killed_min", "sources_min", "certain")
    names = [name for name in fields if getattr(before, name) != getattr(after, name)]
    assert len(names) <= 1, names
    return names[0] if names else ""


@pytest.mark.property
@settings(max_examples=12)
@given(some_filters(), st.sampled_from(FACETS))
def test_each_option_shows_as_many_events_as_it_says(odd, selection, facet):
    start = selection.with_(**{facet: ()})
    for option in options(column(odd, start)):
        followed = Selection.from_query(said(option, "href"), odd.vocabulary | {"event": None})
        if changed(start, followed) == facet:
            assert number(option) == len(chosen_ids(odd, followed)), text(option)


def test_each_option_of_the_whole_table_shows_what_it_says(odd):
    found = options(column(odd, ALL))
    for option in found:
        followed = Selection.from_query(said(option, "href"))
        assert number(option) == len(chosen_ids(odd, followed)), text(option)
    assert {text(option): number(option) for option in found}["Raids and battles"] == 6


@pytest.mark.property
@settings(max_examples=8)
@given(selections())
def test_no_option_vanishes(odd, selection):
    names, every = (
        sorted(text(option) for option in options(column(odd, chosen)))
        for chosen in (selection, Selection())
    )
    assert names == every


def test_options_that_would_show_nothing_stay_and_say_so(odd):
    found = options(column(odd, Selection(theatres=("iraq",), types=("siege",))))
    assert {text(option): number(option) for option in found}["Syria"] == 0


def test_lists_every_theatre_type_actor_and_attribution(odd):
    names = [text(option) for option in options(column(odd, Selection()))]
    for wanted in (
        odd.theatre_names.values(),
        odd.actor_labels.values(),
        (word.name for word in (*TYPE_GROUPS, *ATTRIBUTIONS) if word.id != UNSTATED),
        (word.name for word in EVENT_TYPES if len(TYPES_OF_GROUP[word.group]) > 1),
        (word.name for word in FAMILIES if word.id in set(odd.actor_families.values())),
    ):
        assert set(wanted) <= set(names)


def test_lists_what_is_of_no_type_only_where_there_is_such_an_event(odd, tmp_path):
    name = GROUP_NAMES[UNSTATED]
    assert name not in [text(option) for option in options(column(odd, Selection()))]
    rows = [package.event("2014-06-06-a"), package.event("2014-06-06-b", event_type="other")]
    reports = [package.report(row["event_id"]) for row in rows]
    dataset = load(package.write(tmp_path, events=rows, reports=reports))
    counts = {text(option): number(option) for option in options(column(dataset, Selection()))}
    assert (counts[name], counts["Raids and battles"]) == (1, 1)


def test_an_event_of_two_actors_of_a_family_counts_once_for_it(odd):
    start = Selection(q="alert")
    counts = {
        text(option): number(option)
        for option in options(filters.actors(odd, start, filters.facets(odd, start)))
    }
    assert (counts["is"], counts["is-mozambique"], counts["IS network"]) == (1, 1, 1)


def test_actors_stand_under_their_family_the_most_frequent_first(odd):
    found = options(filters.actors(odd, Selection(), filters.facets(odd, Selection())))
    labels = [text(option) for option in found]
    assert labels[:3] == ["IS network", "is", "is-mozambique"]


def test_a_role_can_be_chosen_once_an_actor_is(odd):
    def roles(selection):
        parts = filters.actors(odd, selection, filters.facets(odd, selection))
        return {name: href for name, href in links(parts).items() if name in ROLES}

    assert roles(Selection()) == {}
    found = roles(Selection(actors=("is",)))
    assert set(found) == set(ROLES)
    assert Selection.from_query(found["target"]) == Selection(actors=("is",), role="target")


def test_a_ticked_option_can_be_unticked(odd):
    start = Selection(attributions=("claimed",))
    option = having(filters.rest(start, filters.facets(odd, start)), "aria-checked", "true")[0]
    assert (text(option), said(option, "href")) == ("Claimed", "?")


def test_a_group_of_types_with_one_ticked_is_mixed(odd):
    start = Selection(types=("siege",))
    mixed = having(filters.what(odd, start, filters.facets(odd, start)), "aria-checked", "mixed")
    assert [text(option) for option in mixed] == ["Raids and battles"]


def test_the_certain_switch_turns_on_and_off(odd):
    def switch(selection):
        parts = filters.rest(selection, filters.facets(odd, selection))
        found = [part for part in walk(parts) if text(part) == "Certain day and place only"]
        return [part for part in found if isinstance(part, html.A)][0]

    assert said(switch(Selection()), "href") == "?certain=1"
    assert said(switch(Selection()), "aria-checked") == "false"
    assert said(switch(Selection(certain=True)), "href") == "?"
    assert said(switch(Selection(certain=True)), "aria-checked") == "true"


@pytest.mark.parametrize(
    ("label", "field", "steps"),
    [
        ("Killed at least", "killed_min", filters.KILLED_STEPS),
        ("Independent sources at least", "sources_min", filters.SOURCES_STEPS),
    ],
)
def test_steps_set_a_least_number_and_mark_the_one_in_force(odd, label, field, steps):
    start = Selection(**{field: 10 if field == "killed_min" else 3})
    parts = filters.rest(start, filters.facets(odd, start))
    (group,) = (
        part for part in having(parts, "aria-label", label) if "choices" in said(part, "className")
    )
    found = [Selection.from_query(href) for href in links(group).values()]
    assert [getattr(selection, field) for selection in found] == list(steps)
    (current,) = having(group, "aria-current", "true")
    assert text(current) == str(getattr(start, field))


def presets(dataset, selection=ALL):
    return {
        name: Selection.from_query(href)
        for name, href in links(
            filters.presets(dataset, selection, filters.facets(dataset, selection))
        ).items()
    }


def test_presets_set_the_window_and_keep_the_rest(odd):
    start = Selection(theatres=("iraq",), from_date=datetime.date(2020, 1, 1))
    found = presets(odd, start)
    assert found["Whole table"] == Selection(theatres=("iraq",))
    assert found["Caliphate"] == Selection(
        theatres=("iraq",),
        from_date=datetime.date(2014, 6, 29),
        to_date=datetime.date(2019, 3, 23),
    )


def test_a_table_of_other_wars_has_no_windows_of_this_one(tmp_path):
    sides = {"side_b": "Farmers", "conflict_name": "Mexico: Land", "country": "Mexico"}
    found = presets(read(tmp_path, ucdp(1, **sides)).dataset)
    assert list(found) == ["Whole table", "Last 12 months"]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("2022-06-02", "2021-06-03"),
        ("2021-03-31", "2020-04-01"),
        ("2021-12-31", "2021-01-01"),
        ("2024-02-29", "2023-03-01"),
    ],
)
def test_the_last_twelve_months_end_with_the_table(odd, last, first):
    end = odd.events["end_date"].where(odd.events["end_date"] < last, last)
    table = type(odd)(odd.events.assign(end_date=end), odd.reports, odd.actors, odd.theatres, "x")
    assert str(table.last_day) == min(last, "2022-06-02")
    if last <= "2022-06-02":
        assert str(presets(table)["Last 12 months"].from_date) == first


def test_the_preset_in_force_is_marked(odd):
    current = having(
        filters.presets(odd, Selection(), filters.facets(odd, Selection())), "aria-current", "true"
    )
    assert [text(part) for part in current] == ["Whole table"]


def test_each_chip_and_switch_says_what_it_would_choose(curated):
    start = Selection(theatres=("iraq",), killed_min=10, from_date=datetime.date(2015, 1, 1))
    found = filters.facets(curated, start)
    parts = [*filters.rest(start, found), *filters.presets(curated, start, found)]
    counted = {
        said(part, "href"): said(part, "data-count")
        for part in walk(parts)
        if said(part, "data-count") is not None and "chip" in said(part, "className")
    }
    assert len(counted) == 13  # one filter as it is stands among two of the rows
    for href, count in counted.items():
        chosen = query.select(open_events(curated), Selection.from_query(href))
        assert count == f"{len(chosen):,}"
    switch = having(parts, "data-count")
    certain = [part for part in switch if text(part) == "Certain day and place only"]
    chosen = query.select(open_events(curated), start.with_(certain=True))
    assert [said(part, "data-count") for part in certain] == [str(len(chosen))]


def test_events_outside_all_theatres_have_a_filter_where_there_are_any(odd, curated):
    found = links(filters.what(odd, ALL, filters.facets(odd, ALL)))
    assert found["Elsewhere"] == "?theatre=elsewhere"
    assert "Elsewhere" not in links(filters.what(curated, ALL, filters.facets(curated, ALL)))


def test_counts_once_for_readers_who_choose_the_same(odd):
    one, other = (filters.facets(odd, Selection(theatres=("iraq",))) for _ in range(2))
    assert one is other
    assert filters.facets(odd, Selection(theatres=("sahel",))) is not one


@pytest.mark.parametrize(
    ("colour", "dotted"),
    [
        (
            "type",
            {"Raids and battles": LIGHT.fill["battles"], "Territory": LIGHT.fill["territory"]},
        ),
        ("attribution", {word.name: LIGHT.attribution[word.id] for word in ATTRIBUTIONS}),
        (
            "actor",
            {"IS network": LIGHT.family["is_network"], "Civilians": LIGHT.family["civilians"]},
        ),
    ],
)
def test_dots_stand_in_the_list_that_is_coloured_in_the_figures_colours(curated, colour, dotted):
    found = of_class(column(curated, Selection(colour=colour)), "option--dot")
    classes = {text(option): said(option, "className").split()[-1] for option in found}
    fields = {changed(ALL, Selection.from_query(said(option, "href"))) for option in found}
    assert fields == {{"type": "types", "attribution": "attributions", "actor": "actors"}[colour]}
    rules = filters.dot_rules()
    for name, fill in dotted.items():
        assert rules.count(f".{classes[name]}{{--dot:{fill}}}") >= 1, name


def test_dots_are_those_of_dark_figures_on_a_dark_page():
    fill = DARK.attribution["suspected"]
    assert f':root[data-theme="dark"] .dot--attribution-suspected{{--dot:{fill}}}' in (
        filters.dot_rules()
    )
