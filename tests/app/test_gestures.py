import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.app import gestures, ids
from dashboard.selection import MAX_AREA_POINTS, Selection
from dashboard.views import actors
from dashboard.views.asking import events as chosen
from dashboard.views.chosen import ids as chosen_ids
from tests.app.table import REEF

pytestmark = pytest.mark.unit

ALL = Selection()
PLACES = {"from": ids.FROM, "to": ids.TO, "q": ids.SEARCH, "gesture": ids.WISH, "row": ids.ROWS}


@pytest.fixture
def followed(odd):
    """Follow one wish from a selection."""

    def _followed(selection=ALL, **wish):
        asked = dict.fromkeys(PLACES) | wish
        triggers = {f"{PLACES[name]}.value": PLACES[name] for name in wish}
        return gestures.follow(odd, selection, asked, triggers)

    return _followed


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-03", "2021-03-01", "2021-03-31"),
        ("2021-3", "2021-03-01", "2021-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021-03-24", "2021-03-24", "2021-03-24"),
        (" 2021-03-24 ", "2021-03-24", "2021-03-24"),
    ],
)
def test_reads_a_year_a_month_or_a_day(text, first, last):
    assert gestures.read_day(text, is_last=False) == day(first)
    assert gestures.read_day(text, is_last=True) == day(last)


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_box_is_no_day(text):
    assert gestures.read_day(text, is_last=False) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2021-02-30",
            "2021-13",
            "2021-00",
            "2021-03-00",
            "0000",
            "21",
            "20210324",
            "2021-03-24T1",
        ),
        *("yesterday", "March 2021", "-", "<b>", "2021/03/24"),
    ],
)
@pytest.mark.parametrize("is_last", [False, True])
def test_says_what_would_be_a_day(text, is_last):
    with pytest.raises(ValueError) as caught:
        gestures.read_day(text, is_last=is_last)
    assert str(caught.value) == f"{text!r} is not a day. Write 2021, 2021-03 or 2021-03-24."


@pytest.mark.property
@given(st.text(max_size=12))
def test_any_text_is_a_day_or_a_sentence(text):
    try:
        found = gestures.read_day(text, is_last=True)
    except ValueError as error:
        assert str(error).endswith(" is not a day. Write 2021, 2021-03 or 2021-03-24.")
    else:
        assert found is None or isinstance(found, datetime.date)


def test_takes_both_days_from_the_boxes(followed):
    found = followed(**{"from": "2021-03", "to": "2021"})
    assert found == (Selection(from_date=day("2021-03-01"), to_date=day("2021-12-31")), [])


def test_an_emptied_box_opens_that_side(followed):
    start = Selection(from_date=day("2021-03-01"), to_date=day("2021-12-31"))
    assert followed(start, **{"from": "", "to": "2021-12-31"})[0] == start.with_(from_date=None)


def test_days_in_the_wrong_order_change_nothing(followed):
    start = Selection(theatres=("iraq",))
    found = followed(start, **{"from": "2021-03-02", "to": "2021-03-01"})
    sentence = "2021-03-02 is after 2021-03-01. Swap the two days."
    assert found[0] == start
    assert set(found[1]) == {sentence}


def test_a_bad_day_changes_nothing(followed):
    start = Selection(to_date=day("2021-03-01"))
    found = followed(start, **{"from": "soon"})
    assert found == (start, ["'soon' is not a day. Write 2021, 2021-03 or 2021-03-24."])


def test_searches_for_what_is_typed(followed):
    assert followed(q="  Palma  hotel ")[0] == Selection(q="Palma hotel")


def test_a_long_search_still_fits_into_a_link(followed):
    found = followed(q="é" * 1000)[0]
    assert Selection.from_query(found.to_query()) == found


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        ({"from": "2015-01-01", "to": "2020-12-31"}, "2015-01-01", "2020-12-31"),
        ({"from": "2014-06-06", "to": "2022-06-02"}, None, None),
        ({"from": "2014-06-07", "to": "2022-06-01"}, "2014-06-07", "2022-06-01"),
        ({"from": "2010-01-01", "to": "2030-01-01"}, None, None),
        ({"from": None, "to": "2020-12-31"}, None, "2020-12-31"),
        ({"from": "2015-01-01", "to": None}, "2015-01-01", None),
        ({"from": None, "to": None}, None, None),
    ],
)
def test_a_window_at_the_edge_of_the_table_is_open_there(followed, window, first, last):
    start = Selection(theatres=("iraq",), from_date=day("2016-01-01"))
    expected = start.with_(
        from_date=first and day(first),
        to_date=last and day(last),
    )
    assert followed(start, gesture={**window, "n": 1}) == (expected, [])


def test_a_gesture_that_it_does_not_know_leaves_the_window(followed):
    start = Selection(from_date=day("2016-01-01"), to_date=day("2016-12-31"))
    assert followed(start, gesture={"pair": "is→civilians", "n": 3})[0].from_date == day(
        "2016-01-01"
    )


def test_a_circle_of_the_matrix_chooses_as_many_events_as_it_counts(followed, odd):
    counted = actors.encounters(chosen(odd, ALL))
    pairs = [pair for pair in counted.pairs if pair[1] != actors.NOBODY]
    assert len(pairs) > 3
    for pair in pairs:
        found = followed(gesture={"pair": actors.customdata(*pair)})[0]
        assert len(chosen_ids(odd, found)) == counted.pairs[pair].events, pair


@pytest.mark.parametrize("side", ["initiators", "targets"])
def test_a_total_of_the_matrix_chooses_as_many_events_as_it_counts(followed, odd, side):
    counted = getattr(actors.encounters(chosen(odd, ALL)), side)
    for actor in set(counted) - {actors.NOBODY}:
        pair = (actor, "") if side == "initiators" else ("", actor)
        found = followed(gesture={"pair": actors.customdata(*pair)})[0]
        assert len(chosen_ids(odd, found)) == counted[actor].events, actor


@pytest.mark.parametrize("pair", ["", ">", "nobody>nothing"])
def test_a_pair_of_unknown_actors_changes_nothing(followed, pair):
    start = Selection(theatres=("iraq",), actors=("sdf",))
    assert followed(start, gesture={"pair": pair})[0] == start


def test_opens_an_event_in_the_place_of_a_list(followed):
    start = Selection(at=(1.0, 2.0))
    assert followed(start, gesture={"open": REEF})[0] == Selection(event=REEF)


def test_opens_a_place_instead_of_an_event(followed):
    start = Selection(event=REEF)
    assert followed(start, gesture={"open": "@-10.5,40.2"})[0] == Selection(at=(-10.5, 40.2))


@pytest.mark.parametrize(
    "key", ["", "2020-nowhere", "@", "@1", "@a,b", "@1,2,3", "@95,0", "@nan,0"]
)
def test_an_unknown_key_opens_nothing(followed, key):
    start = Selection(event=REEF, theatres=("iraq",))
    assert followed(start, gesture={"open": key})[0] == start


def test_a_box_is_put_in_order(followed):
    found = followed(gesture={"area": [49.0, 29.0, 38.0, 38.0]})[0]
    assert found == Selection(area=(38.0, 29.0, 49.0, 38.0))


def test_a_box_beyond_the_world_ends_with_it(followed):
    found = followed(gesture={"area": [-200.0, 95.0, 250.0, -95.0]})[0]
    assert found == Selection(area=(-180.0, -85.0, 180.0, 85.0))


@pytest.mark.property
@given(
    st.lists(st.tuples(st.floats(-400, 400), st.floats(-200, 200)), min_size=3, max_size=300).map(
        lambda corners: [number for corner in corners for number in corner]
    )
)
def test_a_free_shape_fits_into_a_link(odd, numbers):
    asked = dict.fromkeys(PLACES) | {"gesture": {"area": numbers}}
    found, problems = gestures.follow(odd, Selection(), asked, {f"{ids.WISH}.data": ids.WISH})
    assert problems == []
    assert 6 <= len(found.area) <= 2 * MAX_AREA_POINTS
    assert Selection.from_query(found.to_query()) == found


def test_a_free_shape_keeps_its_corners_where_they_fit(followed):
    corners = [0.0, 0.0, 10.0, 0.0, 10.0, 10.0]
    assert followed(gesture={"area": corners})[0].area == tuple(corners)


def test_a_long_shape_keeps_every_second_corner(followed):
    corners = [float(number) for number in range(2 * MAX_AREA_POINTS)]
    numbers = [degree for corner in corners for degree in (corner, 0.0)]
    assert followed(gesture={"area": numbers})[0].area[::2] == tuple(corners[::2])


@pytest.mark.parametrize("numbers", [[10.0, 20.0], []])
def test_a_shape_without_an_inside_is_no_area(followed, numbers):
    found = followed(Selection(q="x"), gesture={"area": numbers})[0]
    assert Selection.parse(found.to_query())[1] == []


def test_a_row_opens_its_event(followed):
    start = Selection(at=(1.0, 2.0))
    assert followed(start, row=[{"event_id": REEF, "title": "x"}])[0] == Selection(event=REEF)


def test_no_row_leaves_the_event_open(followed):
    start = Selection(event=REEF)
    assert followed(start, row=[])[0] == start


def test_boxes_show_what_is_chosen():
    selection = Selection(from_date=day("2021-03-01"), q="Palma")
    assert gestures.boxes(selection) == {"from": "2021-03-01", "to": "", "q": "Palma"}
