import pytest

from dashboard import views
from dashboard.selection import Selection


def said(view, dataset, link):
    return views.alt_text(view, dataset, Selection.from_query(link))


@pytest.mark.unit
def test_a_timeline_says_what_is_drawn_when_how_many_and_the_deadliest(small):
    assert said("timeline", small, "") == (
        "A timeline of Iraq, Syria, Mozambique, Sahel and Elsewhere: a circle for each event, its"
        " area the dead. 8 of 8 events are shown, 6 June 2014 – 5 June 2021. 445 killed by the best"
        " figures, 297–1,690 over all sources, in 5 events with a known toll; the toll of 3 is"
        " unknown. The deadliest: Fall of Mosul, 6–10 June 2014, 200 killed (100–500); Event"
        " 2021-06-04-solhan, 4–5 June 2021, 138 killed (132–160); Siege of Palma, 24 March – 4"
        " April 2021, 87 killed (55–1,000)."
    ).replace("4–5 June 2021, 138", "4 June 2021, 138").replace("– 5 June 2021", "– 4 June 2021")


@pytest.mark.unit
def test_filters_are_said(small):
    assert "1 of 8 events is shown (Sahel), 4 June 2021." in said(
        "timeline", small, "theatre=sahel"
    )


@pytest.mark.unit
def test_an_unknown_toll_is_said_and_not_none(small):
    text = said("timeline", small, "q=sinjar")
    assert "No source gives a number of dead." in text
    assert " 0 killed" not in text


@pytest.mark.unit
def test_a_map_counts_its_places_and_what_it_cannot_show(small):
    text = said("map", small, "")
    assert "a mark for each of 6 places" in text
    assert text.endswith("2 events have no place and are not drawn.")
    assert said("map", small, "q=ministers") == "The one event has no place on the map."


@pytest.mark.unit
def test_a_trend_says_how_the_window_compares_with_the_time_before(small):
    text = said("trend", small, "from=2020-01-01&to=2021-12-31")
    assert "in the 521 days before" in text
    assert "a clear rise" in text or "no clear change" in text
    assert "killed against" in text
    assert "days before" not in said("trend", small, "")


@pytest.mark.unit
def test_an_event_says_who_says_what(invented):
    text = said("event", invented, "event=2019-03-11-sombra")
    assert "11–14 March 2019." in text
    assert "1,193 killed (55–1,357)." in text
    assert "Wire & <Sons> (AP, Reuters) 900–978 (28 Mar 2019)" in text
    assert text.endswith("A map shows the place.")


@pytest.mark.unit
def test_an_event_without_toll_and_place_says_so(invented):
    text = said("event", invented, "event=2020-02-02-nowhere")
    assert text.endswith("No source gives a number of dead. It has no place on the map.")
