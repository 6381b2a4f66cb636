import dataclasses
import json

import pytest
from dash import Patch, no_update
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.app import callbacks, cards, ids
from dashboard.figures.theme import PALETTES
from dashboard.selection import Selection
from tests.app.conftest import PROPERTIES, VIEWPORT
from tests.app.table import SCRIPT
from tests.app.tree import applied, filled, having, links, said, text
from tests.app.tree import ids as ids_of

pytestmark = pytest.mark.unit

EVERY = {*callbacks.PARTS, *callbacks.LATER}
LINKS = (
    "",
    "?theatre=iraq",
    "?q=nothing+at+all",
    "?from=2021-01-01&zoom=1",
    "?lanes=type&colour=actor",
    "?event=2021-03-24-palma&map=mozambique",
    "?actor=is&role=initiator&certain=1",
)


def is_unchanged(answer):
    """Whether an answer leaves all but the boxes as they are."""
    rest = [answer["search"], answer["drawn"], *answer["figures"].values(), answer["later"]]
    return all(value is no_update for value in (*rest, *answer["parts"].values()))


def test_waits_until_the_browser_has_measured_itself(turn):
    answer = turn(viewport=None)
    assert is_unchanged(answer)
    assert set(answer["boxes"].values()) == {no_update}


def test_the_first_visit_is_sent_everything(turn):
    answer = turn("?theatre=iraq")
    assert set(filled(answer)) == EVERY
    assert all("data" in figure and "layout" in figure for figure in answer["figures"].values())
    assert set(answer["figures"]) == set(cards.FIGURES)
    assert answer["drawn"]["query"] == "?theatre=iraq"
    assert answer["boxes"] == {"from": "", "to": "", "q": ""}


def test_the_same_page_again_is_sent_nothing(turn):
    drawn = turn("?theatre=iraq&q=Mosul")["drawn"]
    answer = turn("?theatre=iraq&q=Mosul", drawn)
    assert is_unchanged(answer)
    assert answer["boxes"]["q"] == "Mosul"


@pytest.mark.parametrize(
    "link", ["?theatre=iraq", "?from=2021-01-01&to=2021-12-31", "?colour=actor"]
)
def test_a_filter_changes_the_figures_by_a_patch(turn, link):
    first = turn("")
    answer = turn(link, first["drawn"])
    assert isinstance(answer["figures"]["timeline"], Patch)
    assert answer["search"] is no_update
    assert answer["drawn"]["query"] == link
    assert set(filled(answer)) == EVERY


@pytest.mark.property
@settings(max_examples=12)
@given(st.sampled_from(LINKS), st.sampled_from(LINKS), st.booleans())
def test_a_patched_figure_is_the_one_of_a_first_visit(app, site, before, after, by_another):
    nothing = dict.fromkeys(PROPERTIES)
    # Another process has not drawn what the reader sees.
    answering = dataclasses.replace(site) if by_another else site
    with app.server.test_request_context("/"):
        first, last = (
            callbacks.next_page(site, link, VIEWPORT, nothing, None, {}) for link in (before, after)
        )
        answer = callbacks.next_page(
            answering, after, VIEWPORT, nothing, first["drawn"], {f"{ids.URL}.search": ids.URL}
        )
    for name, figure in answer["figures"].items():
        start, end = first["figures"][name], last["figures"][name]
        if figure is no_update:
            figure = start
        elif isinstance(figure, Patch):
            figure = applied(figure, start)
        assert figure == end, name


def test_another_process_leaves_the_readers_view_of_a_map_alone(app, site):
    nothing = dict.fromkeys(PROPERTIES)
    trigger = {f"{ids.URL}.search": ids.URL}
    with app.server.test_request_context("/"):
        first = callbacks.next_page(site, "?map=iraq", VIEWPORT, nothing, None, {})
        other = dataclasses.replace(site)
        same, another = (
            callbacks.next_page(other, link, VIEWPORT, nothing, first["drawn"], trigger)
            for link in ("?type=bombing&map=iraq", "?map=syria")
        )
    changed = same["figures"]["map"].to_plotly_json()["operations"]
    assert ["data"] in [operation["location"] for operation in changed]
    assert not any("geo" in str(operation["location"]) for operation in changed)
    assert not isinstance(another["figures"]["map"], Patch)


def test_an_unordered_link_is_brought_to_its_one_spelling(turn):
    assert turn("?theatre=syria,iraq&utm_source=x")["search"] == "?theatre=iraq,syria"
    assert turn("?")["search"] == ""
    assert turn("?theatre=iraq,syria")["search"] is no_update


def test_a_bad_link_gets_a_sentence_and_what_is_understood(turn):
    answer = turn("?theatre=irak,iraq&from=2021-02-30")
    parts = filled(answer)
    assert parts["notice"].startswith("No theatre is called 'irak'. Did you mean 'iraq'?")
    assert "from='2021-02-30' is not a day of the calendar" in parts["notice"]
    assert parts["live"] == "Showing 2 of 12 events"
    assert answer["search"] == "?theatre=iraq"


def test_the_sentence_stays_while_the_address_is_mended(turn):
    bad = turn("?theatre=irak,iraq")
    mended = turn(bad["search"], bad["drawn"])
    assert is_unchanged(mended)


def test_the_next_step_takes_the_sentence_away(turn):
    bad = turn("?theatre=irak,iraq")
    assert filled(turn("?theatre=syria", bad["drawn"]))["notice"] == ""


def test_a_bad_day_gets_a_sentence_and_its_box_back(turn):
    first = turn("?from=2021-01-01")
    answer = turn("?from=2021-01-01", first["drawn"], **{"from": "soon"})
    assert filled(answer)["notice"].startswith("'soon' is not a day.")
    assert answer["boxes"]["from"] == "2021-01-01"
    assert answer["drawn"] == first["drawn"]
    assert set(answer["figures"].values()) == {no_update}


def test_a_day_that_is_right_again_takes_the_sentence_away(turn):
    first = turn("?from=2021-01-01")
    bad = turn("?from=2021-01-01", first["drawn"], **{"from": "soon"})
    answer = turn("?from=2021-01-01", bad["drawn"], **{"from": "2021-01-01"})
    assert filled(answer)["notice"] == ""
    assert answer["search"] is no_update and set(answer["figures"].values()) == {no_update}


def test_a_typed_wish_moves_the_address(turn):
    drawn = turn("?theatre=iraq")["drawn"]
    answer = turn("?theatre=iraq", drawn, q="Mosul")
    assert answer["search"] == "?theatre=iraq&q=Mosul"
    assert filled(answer)["live"] == "Showing 1 of 12 events"


def test_a_row_opens_its_event(turn):
    answer = turn("", turn("")["drawn"], row=[{"event_id": SCRIPT}])
    assert answer["search"] == f"?event={SCRIPT}"
    assert "<script>alert(1)</script>" in text(filled(answer)["panel"])


def test_playing_sends_only_the_figures_and_numbers(turn):
    drawn = turn("")["drawn"]
    step = {"from": "2021-01-01", "to": "2021-12-31", "playing": True}
    answer = turn("", drawn, gesture=step)
    assert set(filled(answer)) == {"status", "numbers"}
    assert answer["search"] is no_update
    assert isinstance(answer["figures"]["timeline"], Patch)
    assert answer["boxes"] == {"from": "2021-01-01", "to": "2021-12-31", "q": ""}
    assert answer["drawn"]["query"] == "?from=2021-01-01&to=2021-12-31"


def test_stopping_sends_what_playing_left_out(turn):
    step = {"from": "2021-01-01", "to": "2021-12-31", "playing": True}
    played = turn("", turn("")["drawn"], gesture=step)
    answer = turn(played["drawn"]["query"], played["drawn"], before={"gesture": step})
    assert set(filled(answer)) == EVERY
    assert set(answer["figures"].values()) == {no_update}
    assert is_unchanged(turn(answer["drawn"]["query"], answer["drawn"], before={"gesture": step}))


@pytest.mark.parametrize(
    "wish", [{"q": "Palma"}, {"from": "2021-06"}, {"row": [{"event_id": SCRIPT}]}]
)
def test_after_playing_the_controls_work_as_before(turn, wish):
    step = {"from": "2021-01-01", "to": "2021-12-31", "playing": True}
    query = "?from=2021-01-01&to=2021-12-31"
    drawn = turn(query)["drawn"]
    answer = turn(query, drawn, before={"gesture": step, "to": "2021-12-31"}, **wish)
    assert answer["search"] not in (no_update, query)
    assert set(filled(answer)) == EVERY


def test_playing_goes_on_from_what_is_drawn(turn):
    played = turn("", turn("?theatre=iraq")["drawn"], gesture={"from": "2014-08-01", "playing": 1})
    again = turn("", played["drawn"], gesture={"from": "2014-08-02", "playing": 1})
    assert again["drawn"]["query"] == "?theatre=iraq&from=2014-08-02"


def test_a_new_size_sends_whole_figures(turn):
    drawn = turn("")["drawn"]
    answer = turn("", drawn, viewport=VIEWPORT | {"timeline": 700})
    assert not any(isinstance(figure, Patch) for figure in answer["figures"].values())
    assert all("data" in figure for figure in answer["figures"].values())


def test_a_frozen_link_says_when_the_table_has_changed(turn, odd):
    notice = filled(turn("?v=0000000"))["notice"]
    assert notice == (
        f"This link was frozen to data 0000000; the table served now is {odd.version}, so its"
        " figures may differ."
    )
    assert filled(turn(f"?v={odd.version}"))["notice"] == ""


def test_the_sentence_of_a_frozen_link_stays_on_every_step(turn):
    first = turn("?v=0000000")
    answer = turn("?v=0000000", first["drawn"], q="Palma")
    assert answer["search"] == "?q=Palma&v=0000000"
    assert "0000000" in filled(answer)["notice"]


@pytest.mark.parametrize(
    ("viewport", "width"),
    [({"timeline": 999}, 980), ({"timeline": 1000}, 1000), ({"timeline": 50}, 240), ({}, 1000)],
)
def test_widths_are_rounded_down(viewport, width):
    assert callbacks.medium("timeline", viewport).width_px == width


def test_a_map_fills_its_width_and_height():
    medium = callbacks.medium("map", {"map": 613, "mapHeight": 431, "dark": True})
    assert (medium.width_px, medium.height_px) == (613, 431)
    assert medium.palette is PALETTES["dark"]
    assert not medium.framed


def outputs(app):
    """List the places that callbacks fill, as Dash knows them."""
    return [
        place
        for key in app.callback_map
        for place in key.strip(".").split("...")
        if "@" not in place
    ]


def test_every_place_that_is_filled_is_on_the_page_once(app):
    on_page = ids_of(app.layout())
    filled_places = [place.rsplit(".", 1)[0] for place in outputs(app)]
    read = [
        part["id"]
        for callback in app.callback_map.values()
        for part in (*callback["inputs"], *callback["state"])
    ]
    assert {place: on_page.count(place) for place in (*filled_places, *read)} == dict.fromkeys(
        (*filled_places, *read), 1
    )


def test_every_place_has_one_writer(app):
    assert sorted(outputs(app)) == sorted(set(outputs(app)))


@pytest.mark.parametrize(
    "link", ["", "?event=2021-03-24-palma", "?at=-10.5,40.2", "?q=zzz", "?story=the-north"]
)
@pytest.mark.parametrize("tab", ["events", "trend", "actors", "sources", "about"])
def test_no_id_is_on_the_page_twice(app, turn, link, tab):
    parts = filled(turn(Selection.parse(link)[0].with_(tab=tab).to_query()))
    found = [*ids_of(app.layout()), *(name for part in parts.values() for name in ids_of(part))]
    assert sorted(found) == sorted(set(found))


def test_every_link_that_is_sent_is_understood(turn, site):
    for query in ("", f"?event={SCRIPT}&from=2021-01-01", "?q=zzz&theatre=iraq"):
        for part in filled(turn(query)).values():
            for href in {said(link, "href") for link in having(part, "href")}:
                if href.startswith("?"):
                    assert site.parse(href)[1] == [], href


@pytest.mark.parametrize("tab", ["events", "trend", "actors", "sources", "about"])
@pytest.mark.parametrize(
    "link",
    [
        "?at=40,-12,41,-10",
        "?area=40.473,-10.776,40.473,-10.776",
        "?from=1600-01-01&to=2021-06-01&zoom=1",
        "?from=0001-01-01&to=9999-12-31&zoom=1",
        "?from=2300-01-01&zoom=1",
        "?to=1600-01-01",
    ],
)
def test_a_link_at_the_ends_of_what_may_be_written_stays_as_it_is(turn, link, tab):
    query = Selection.from_query(f"{link}&tab={tab}").to_query()
    assert turn(query)["drawn"]["query"] == query


def test_links_are_in_their_one_spelling(turn, site):
    for part in filled(turn(f"?event={SCRIPT}&theatre=mozambique")).values():
        for name, href in links(part).items():
            if href.startswith("?"):
                assert (site.parse(href)[0].to_query() or "?") == href, name


def asked(app, key, values):
    """Write the request that the browser sends for one callback."""
    callback = app.callback_map[key]

    def given(part):
        place = f"{part['id']}.{part['property']}"
        return {**part, "value": values.get(place)}

    places = [place.rsplit(".", 1) for place in key.strip(".").split("...")]
    found = [{"id": name, "property": prop} for name, prop in places]
    return {
        "output": key,
        "outputs": found if key.startswith("..") else found[0],
        "inputs": [given(part) for part in callback["inputs"]],
        "state": [given(part) for part in callback["state"]],
        "changedPropIds": list(values)[:1],
    }


def post(app, client, place, values):
    (key,) = (key for key in app.callback_map if place in key.strip(".").split("..."))
    body = asked(app, key, values)
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return json.loads(answer.data)["response"]


def test_the_browser_is_answered(app, client):
    values = {f"{ids.URL}.search": "?theatre=iraq", f"{ids.VIEWPORT}.data": VIEWPORT}
    response = post(app, client, f"{ids.URL}.search", values)
    assert response[ids.MARKUP]["data"]["now"][ids.LIVE] == "Showing 2 of 12 events"
    assert response[ids.DRAWN]["data"]["query"] == "?theatre=iraq"
    assert response[ids.graph("map")]["figure"]["data"]


def test_the_table_is_answered_with_the_rows_of_what_is_drawn(app, client):
    request = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}}
    values = {
        f"{ids.ROWS}.getRowsRequest": request,
        f"{ids.DRAWN}.data": {"query": "?theatre=mozambique"},
    }
    response = post(app, client, f"{ids.ROWS}.getRowsResponse", values)
    rows = response[ids.ROWS]["getRowsResponse"]
    assert rows["rowCount"] == len(rows["rowData"]) == 5
    assert rows["rowData"][0]["killed"] is None
