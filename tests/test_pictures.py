import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import pictures
from dashboard.errors import ExportError, SelectionError
from dashboard.export import read_recipe
from dashboard.pictures import Order, differences, file_name, order_of, recipe, series
from dashboard.selection import Selection
from dashboard.views import VIEWS, render
from tests.strategies import selections

MOZAMBIQUE = Selection(theatres=("mozambique",))
SEVERAL_DAYS = Selection(event="2021-03-24-palma")

texts = st.text(max_size=20)
orders = st.builds(
    Order,
    view=st.sampled_from(sorted(VIEWS)),
    query=selections()
    .map(lambda selection: selection.with_(event="", at=(), map="", theatres=(), countries=()))
    .map(Selection.to_query),
    preset=st.sampled_from(("web", "column")),
    size=st.sampled_from(("", "800x600")),
    title=texts,
    subtitle=texts,
    link=texts,
    dark=st.booleans(),
    form=st.sampled_from(("png", "svg", "pdf", "html")),
    scale=st.floats(0.1, 10),
)


@pytest.mark.property
@given(order=orders)
def test_an_order_survives_its_recipe(order, small):
    assert order_of(recipe(order, small)) == order


@pytest.mark.property
@given(order=orders)
def test_a_recipe_holds_texts_alone_and_none_that_is_empty(order, small):
    assert all(isinstance(text, str) and text for text in recipe(order, small).values())


@pytest.mark.unit
def test_a_recipe_says_what_the_picture_says(small):
    found = recipe(Order("timeline", "theatre=mozambique", scale=2), small)
    drawn = render("timeline", small, MOZAMBIQUE)
    written = [note["text"] for note in drawn.layout.annotations]
    assert f"<b>{found['title']}</b>" in written
    assert found["source"] in written
    assert found.pop("program").startswith("Conflict Timeline")
    assert found == {
        "view": "timeline",
        "query": "?theatre=mozambique",
        "preset": "web",
        "form": "png",
        "scale": "2",
        "version": small.version,
        "title": found["title"],
        "source": found["source"],
    }


@pytest.mark.unit
def test_a_title_of_ones_own_is_kept_apart_from_the_written_one(small):
    mine, default = Order("map", title="Palma"), Order("map")
    assert (recipe(mine, small)["title"], recipe(mine, small)["own_title"]) == ("Palma", "Palma")
    assert "own_title" not in recipe(default, small)
    assert order_of(recipe(default, small)).title == ""


@pytest.mark.unit
def test_an_order_leaves_out_what_no_picture_shows():
    shown = Order("map", "?theatre=iraq&tab=sources&story=a&step=2&embed=map&v=1234567")
    assert shown == Order("map", "theatre=iraq")


@pytest.mark.unit
def test_an_order_keeps_titles_to_one_line_of_what_can_be_printed():
    assert Order("map", title=" a\n\tb\x00c\udcff ").title == "a b c"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (("tmeline",), "No view is called 'tmeline'. Did you mean 'timeline'?"),
        (("map", "?theatre=irak"), "No theatre is called 'irak'. Did you mean 'iraq'?"),
        (("map", "?theater=iraq"), "No filter is called 'theater'. Did you mean 'theatre'?"),
    ],
)
def test_says_what_is_unknown(order, sentence, small):
    with pytest.raises(SelectionError) as caught:
        recipe(Order(*order), small)
    assert str(caught.value).startswith(sentence)


@pytest.mark.unit
def test_knows_the_recipe_of_no_view():
    with pytest.raises(ExportError, match="was drawn from a figure made in Python"):
        order_of(pictures.nameless_recipe())


@pytest.mark.unit
def test_knows_a_scale_that_is_no_number():
    with pytest.raises(ExportError) as caught:
        order_of({"view": "map", "scale": "two"})
    assert str(caught.value) == "The recipe's scale, 'two', is no number."


@pytest.mark.unit
def test_says_when_table_or_program_have_changed(small):
    found = recipe(Order("map"), small)
    assert differences(found, small) == []
    later = dataclasses.replace(small, version="1234567")
    assert differences(found, later) == [
        f"It was drawn from data {small.version}; this table is 1234567, so the picture may differ."
    ]
    assert differences(found | {"program": "Conflict Timeline 0.0.1"}, small) == [
        f"It was drawn by Conflict Timeline 0.0.1; this is {found['program']}."
    ]


@pytest.mark.unit
def test_a_caption_names_filters_version_and_link(small):
    lines = pictures.caption(small, MOZAMBIQUE, "https://example.org/x").splitlines()
    assert lines[-1] == (
        f"3 of 8 events; Mozambique · data {small.version} · https://example.org/x"
    )


def members(by, small, selection=Selection()):  # noqa: B008 (frozen)
    return {name: part.to_query() for name, part in series(by, small, selection)}


@pytest.mark.unit
def test_a_series_of_theatres_has_those_that_the_selection_chooses(small):
    assert list(members("theatre", small)) == [*small.theatre_names, "elsewhere"]
    assert members("theatre", small, Selection(from_date=datetime.date(2021, 1, 1))) == {
        "mozambique": "?theatre=mozambique&from=2021-01-01",
        "sahel": "?theatre=sahel&from=2021-01-01",
    }


@pytest.mark.unit
def test_a_series_of_countries_is_named_by_their_codes(small):
    assert members("country", small, Selection(theatres=("sahel", "iraq"))) == {
        "BFA": "?theatre=iraq,sahel&country=BFA",
        "IRQ": "?theatre=iraq,sahel&country=IRQ",
    }


@pytest.mark.unit
def test_a_series_of_actors_keeps_to_their_role_and_to_those_asked_for(small):
    assert list(members("actor", small, MOZAMBIQUE)) == [
        *("civilians", "is-mozambique", "mozambique-police")
    ]
    targets = MOZAMBIQUE.with_(actors=("civilians", "is-mozambique"), role="target")
    assert members("actor", small, targets) == {
        "civilians": "?theatre=mozambique&actor=civilians&role=target"
    }


@pytest.mark.unit
def test_a_series_of_months_leaves_none_out(small):
    found = members("month", small, MOZAMBIQUE)
    assert list(found)[:2] == ["2020-03", "2020-04"]
    assert (list(found)[-1], len(found)) == ("2021-04", 14)
    assert found["2021-02"] == "?theatre=mozambique&from=2021-02-01&to=2021-02-28"


@pytest.mark.unit
def test_a_series_of_months_keeps_to_the_window(small):
    window = MOZAMBIQUE.with_(
        from_date=datetime.date(2021, 3, 20), to_date=datetime.date(2021, 4, 10)
    )
    assert members("month", small, window) == {
        "2021-03": "?theatre=mozambique&from=2021-03-20&to=2021-03-31",
        "2021-04": "?theatre=mozambique&from=2021-04-01&to=2021-04-10",
    }


@pytest.mark.unit
def test_a_series_of_events_opens_each(small):
    found = members("event", small, MOZAMBIQUE)
    assert len(found) == 3
    assert found["2021-03-24-palma"] == "?theatre=mozambique&event=2021-03-24-palma"


@pytest.mark.property
@given(selection=selections())
@pytest.mark.parametrize("by", ["theatre", "country", "event"])
def test_the_parts_of_a_series_make_up_the_whole(by, selection, small):
    selection = selection.with_(event="")
    parts = series(by, small, selection)
    whole = set(pictures.chosen.ids(small, selection))
    chosen = [set(pictures.chosen.ids(small, part)) for _, part in parts]
    assert set().union(*chosen) == whole
    assert by == "event" or sum(map(len, chosen)) == len(whole)


@pytest.mark.unit
@pytest.mark.parametrize("by", pictures.MEMBERS)
def test_a_series_of_nothing_is_empty(by, small):
    assert series(by, small, Selection(q="no such word")) == []


@pytest.mark.unit
def test_says_of_what_there_is_a_series(small):
    with pytest.raises(ExportError) as caught:
        series("years", small, Selection())
    assert str(caught.value) == (
        "Pictures cannot be drawn for each 'years'. There is theatre, country, actor, month or"
        " event."
    )


@pytest.mark.unit
@pytest.mark.parametrize("member", ["2021-03", "BFA", "2021-03-24-palma", "is-mozambique", "a_b.c"])
def test_a_file_is_named_by_the_value_of_the_link(member):
    assert file_name("map", member, "svg") == f"map-{member}.svg"


@pytest.mark.property
@given(st.text(min_size=1))
def test_a_file_name_is_safe_everywhere(member):
    name = file_name("map", member, "png")
    assert name == file_name("map", member, "png")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert name.startswith("map-") and name.endswith(".png") and ".." not in name
    assert len(name) < 120


@pytest.mark.property
@given(st.lists(st.text(), min_size=2, max_size=2, unique=True))
def test_different_members_have_different_files(members):
    assert len({file_name("map", member, "png") for member in members}) == 2


@pytest.mark.image
@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_draws_the_same_picture_from_the_recipe_in_the_file(form, curated, drawer):
    order = Order("map", "theatre=mozambique", "column", dark=True, form=form, scale=1.5)
    first = pictures.draw(order, curated, drawer)
    assert pictures.draw(order_of(read_recipe(first)), curated, drawer) == first
