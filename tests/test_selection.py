import csv
import dataclasses
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import SelectionError
from dashboard.selection import KEYS, MAX_QUERY, Selection
from tests.strategies import selections

VOCABULARY = {
    "theatre": ("iraq", "mozambique"),
    "country": ("IRQ", "MOZ"),
    "actor": ("is", "is-mozambique"),
    "event": ("2021-03-24-palma",),
}
NO_PLACE = (
    "is not a place. Write latitude,longitude, or of a cell west,south,east,north, in degrees."
)


def links():
    with (Path(__file__).parent / "links.csv").open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(row["link"], row["canonical"], id=row["link"] or "empty")
            for row in csv.DictReader(file)
        ]


def complaint(query, vocabulary=VOCABULARY):
    with pytest.raises(SelectionError) as caught:
        Selection.from_query(query, vocabulary)
    return str(caught.value)


@pytest.mark.unit
@pytest.mark.parametrize(("link", "canonical"), links())
def test_an_old_link_still_means_what_it_meant(link, canonical):
    assert Selection.from_query(link).to_query() == canonical


@pytest.mark.unit
def test_every_key_of_a_link_is_held_by_an_old_link():
    queries = "&".join(link.values[1].removeprefix("?") for link in links())
    assert {pair.split("=")[0] for pair in queries.split("&") if pair} == set(KEYS)


@pytest.mark.unit
def test_reads_every_filter():
    query = (
        "?theatre=iraq&country=IRQ&actor=is&role=target&type=siege&from=2014-06-01&to=2014-06-30"
        "&killed_min=10&attribution=claimed&sources_min=2&certain=1&q=Mosul&area=38,29,49,38"
    )
    assert Selection.from_query(query, VOCABULARY) == Selection(
        theatres=("iraq",),
        countries=("IRQ",),
        actors=("is",),
        role="target",
        types=("siege",),
        from_date=datetime.date(2014, 6, 1),
        to_date=datetime.date(2014, 6, 30),
        killed_min=10,
        attributions=("claimed",),
        sources_min=2,
        certain=True,
        q="Mosul",
        area=(38.0, 29.0, 49.0, 38.0),
    )


@pytest.mark.unit
def test_an_empty_selection_has_an_empty_link():
    assert Selection().to_query() == ""
    assert Selection.from_query("") == Selection()


@pytest.mark.unit
def test_a_group_stands_for_its_types():
    both = Selection.from_query("type=civilians,siege")
    assert both.types == ("civilian_attack", "kidnapping", "mass_killing", "siege")


@pytest.mark.unit
def test_a_role_without_actors_means_nothing():
    assert Selection(role="target") == Selection()


@pytest.mark.unit
def test_a_text_is_kept_as_it_is_searched():
    assert Selection(q=" Cabo\u00a0Delgado\n\u200b\x00 ").q == "Cabo Delgado"


@pytest.mark.unit
def test_a_box_has_one_spelling_whichever_corners_are_given():
    assert Selection(area=(49, 38, 38, 29)) == Selection(area=(38, 29, 49, 38))


@pytest.mark.unit
def test_every_field_has_its_key():
    selection = Selection()
    for field in dataclasses.fields(Selection):
        changed = _another(field.name, getattr(selection, field.name))
        assert Selection.from_query(changed.to_query()) == changed
        assert changed != selection, field.name


def _another(name, value):
    special = {
        "role": {"role": "target", "actors": ("is",)},
        "measure": {"measure": "killed"},
        "from_date": {"from_date": datetime.date(2021, 3, 1)},
        "to_date": {"to_date": datetime.date(2021, 3, 1)},
        "types": {"types": ("siege",)},
        "attributions": {"attributions": ("claimed",)},
        "countries": {"countries": ("IRQ",)},
        "killed_min": {"killed_min": 0},
        "sources_min": {"sources_min": 2},
        "area": {"area": (1.0, 2.0, 3.0, 4.0)},
        "at": {"at": (-10.776, 40.473)},
        "lanes": {"lanes": "actor"},
        "colour": {"colour": "actor"},
        "tab": {"tab": "about"},
    }
    by_type = {tuple: ("is",), str: "palma", bool: True, int: 3}
    return Selection(**special.get(name, {name: by_type.get(type(value))}))


@pytest.mark.unit
def test_changes_some_fields_and_keeps_the_others():
    selection = Selection(theatres=("iraq",), q="Mosul")
    assert selection.with_(q="") == Selection(theatres=("iraq",))
    assert selection == Selection(theatres=("iraq",), q="Mosul")


@pytest.mark.unit
def test_tells_filters_from_the_way_of_looking():
    selection = Selection(q="Palma", tab="trend", event="2021-03-24-palma", lanes="actor")
    assert selection.filters == Selection(q="Palma")
    assert selection.is_limited
    assert not Selection(tab="trend", version="3f9a2c1").is_limited


@pytest.mark.unit
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("theater=iraq", "No filter is called 'theater'. Did you mean 'theatre'?"),
        ("zzz=1", "No filter is called 'zzz'."),
        ("theatre=irak", "No theatre is called 'irak'. Did you mean 'iraq'?"),
        ("country=IRK", "No country is called 'IRK'. Did you mean 'IRQ'?"),
        ("actor=is-mozambik", "No actor is called 'is-mozambik'. Did you mean 'is-mozambique'?"),
        ("event=2021-03-24-palm", "No event is called '2021-03-24-palm'."
         " Did you mean '2021-03-24-palma'?"),
        ("type=batle", "No event type is called 'batle'. Did you mean 'battle'?"),
        ("attribution=claim", "No attribution is called 'claim'. Did you mean 'claimed'?"),
        ("actor=is&role=victim", "No role is called 'victim'."),
        ("from=2024-02-30", "from='2024-02-30' is not a day of the calendar."
         " That month ends on 2024-02-29."),
        ("to=24.3.2021", "to='24.3.2021' is not a day. Write it as yyyy-mm-dd."),
        ("from=2021-03-31&to=2021-03-01",
         "from=2021-03-31 is after to=2021-03-01. Swap the two days."),
        ("killed_min=-1", "killed_min='-1' is not a whole number from 0."),
        ("killed_min=ten", "killed_min='ten' is not a whole number from 0."),
        ("sources_min=2.5", "sources_min='2.5' is not a whole number from 0."),
        ("certain=yes", "certain='yes' is neither 1 (yes) nor 0 (no)."),
        ("q=" + "x" * 201, "q is longer than 200 characters and was left out."),
        ("area=1,2,3", "area='1,2,3' is not an area. Write west,south,east,north or at least three"
         " corners longitude,latitude."),
        ("area=1,2,3,95", "area='1,2,3,95' is not an area. Write west,south,east,north or at least"
         " three corners longitude,latitude."),
        ("area=nan,2,3,4", "area='nan,2,3,4' is not an area. Write west,south,east,north or at"
         " least three corners longitude,latitude."),
        ("at=40.473", f"at='40.473' {NO_PLACE}"),
        ("at=91,0", f"at='91,0' {NO_PLACE}"),
        ("lanes=actors", "No kind of lanes is called 'actors'. Did you mean 'actor'?"),
        ("colour=red", "No kind of colour is called 'red'."),
        ("tab=source", "No tab is called 'source'. Did you mean 'sources'?"),
        ("story=../../etc/passwd", "No story is called '../../etc/passwd'."),
        ("embed=<script>", "No figure is called '<script>'."),
    ],
)  # fmt: skip
def test_says_what_a_link_gets_wrong(query, message):
    assert complaint(query) == message


@pytest.mark.unit
def test_refuses_a_link_that_is_too_long():
    assert complaint("?q=" + "x" * MAX_QUERY) == (
        "The link is longer than 8,000 characters and was not read."
    )


@pytest.mark.unit
def test_names_every_fault_of_a_link():
    assert complaint("theatre=irak,iraq&type=batle&certain=yes") == (
        "No theatre is called 'irak'. Did you mean 'iraq'?"
        " No event type is called 'batle'. Did you mean 'battle'?"
        " certain='yes' is neither 1 (yes) nor 0 (no)."
    )


@pytest.mark.unit
def test_keeps_what_it_understands_of_a_link():
    selection, problems = Selection.parse("theatre=irak,iraq&from=x&q=Mosul", VOCABULARY)
    assert selection == Selection(theatres=("iraq",), q="Mosul")
    assert len(problems) == 2


@pytest.mark.unit
def test_an_id_need_only_be_well_formed_where_no_table_is_known():
    assert Selection.from_query("actor=anyone").actors == ("anyone",)
    assert complaint("actor=any one", None) == "No actor is called 'any one'."


@pytest.mark.property
@given(selections())
def test_survives_the_url(selection):
    assert Selection.from_query(selection.to_query()) == selection


@pytest.mark.property
@given(selections())
def test_has_one_link(selection):
    query = selection.to_query()
    assert Selection.from_query(query).to_query() == query
    assert query.isascii()
    assert len(query) <= MAX_QUERY


@pytest.mark.property
@given(selections(), st.randoms(use_true_random=False))
def test_order_and_repeats_in_a_link_do_not_matter(selection, order):
    pairs = selection.to_query().removeprefix("?").split("&")
    order.shuffle(pairs)
    assert Selection.from_query("?" + "&".join(pairs * 2)) == selection


@pytest.mark.property
@given(selections())
def test_equal_selections_have_equal_links(selection):
    values = {f.name: getattr(selection, f.name) for f in dataclasses.fields(selection)}
    for name in ("theatres", "countries", "actors", "types", "attributions"):
        values[name] = tuple(reversed(values[name])) * 2
    assert Selection(**values) == selection
    assert Selection(**values).to_query() == selection.to_query()


@pytest.mark.property
@given(st.text(max_size=60))
def test_reads_any_text_as_a_link_or_says_what_is_wrong(text):
    selection, problems = Selection.parse(text)
    assert problems or Selection.from_query(selection.to_query()) == selection


@pytest.mark.property
@given(st.sampled_from(KEYS), st.text(max_size=20))
def test_reads_any_value_or_says_what_is_wrong(key, text):
    selection, problems = Selection.parse(f"{key}={text}")
    assert all(problem.endswith((".", "?")) for problem in problems)
    assert Selection.from_query(selection.to_query()) == selection


@pytest.mark.property
@given(
    selections(),
    st.sampled_from(["theatres", "countries", "actors", "against", "types", "attributions"]),
    selections(),
)
def test_links_of_one_list_are_those_of_changed_selections(selection, field, other):
    written = selection.to_queries(field)
    for values in ((), getattr(selection, field), getattr(other, field)):
        twice = tuple(reversed(values)) * 2
        assert written(twice) == selection.with_(**{field: values}).to_query()
