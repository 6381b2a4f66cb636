from dataclasses import replace

import pytest

from dashboard.dataset import load
from dashboard.selection import Selection
from dashboard.views import captions, chosen, common
from tests import package

UNCERTAIN = "The toll is uncertain: the table gives"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "headline"),
    [
        ("", "445 killed in 8 events, 2014–2021"),
        ("theatre=mozambique", "Mozambique: 107 killed in 3 events, 2020–2021"),
        ("country=BFA", "Burkina Faso: 138 killed in 1 event, 2021"),
        ("theatre=mozambique&from=2021-03-01&to=2021-03-31", None),
        ("q=sinjar", "1 event, 2014"),
        ("q=nothing like this", "No events, 2014–2021"),
        ("theatre=iraq&q=nothing like this", "Iraq: no events, 2014–2021"),
        ("type=siege", "Siege: 87 killed in 1 event, 2021"),
    ],
)
def test_the_headline_states_the_finding(small, link, headline):
    found = common.headline(small, Selection.from_query(link))
    if headline is None:
        headline = "Mozambique: 87 killed in 2 events, 1–31 March 2021"
    assert found == headline


@pytest.mark.unit
def test_the_range_rests_on_the_events_with_a_toll(small):
    assert common.toll_range(small, Selection()) == (
        "Sources put the dead at 297–1,690 in the 5 events with a known toll."
    )
    assert common.toll_range(small, Selection(q="palma")) == (
        "Sources put the dead at 55–1,000 in the one event with a known toll."
    )
    assert common.toll_range(small, Selection(q="sinjar")) == ""


@pytest.mark.unit
def test_the_source_names_the_agencies_most_reports_are_of(small):
    first, second = common.source_lines(small, Selection(theatres=("iraq",)), "https://x.y/")
    assert first.startswith("Source: Conflict Timeline, small")
    assert "after 4 reports of" in first
    assert "AFP" in first
    assert second == f"2 of 8 events; Iraq · data {small.version} · https://x.y/"


@pytest.mark.unit
def test_nothing_chosen_has_no_reports(small):
    first, second = common.source_lines(small, Selection(q="nothing like this"))
    assert "after" not in first
    assert second.startswith("0 of 8 events; text “nothing like this”")


@pytest.mark.unit
def test_a_hover_text_has_title_day_place_toll_and_sides(invented):
    hover = chosen.described(invented).loc["2019-03-11-sombra", "hover"]
    title, when, toll, who = hover.split("<br>")
    assert title.startswith('<b>Raid on &lt;b&gt;"Alpha"&lt;/b&gt; &amp; Omega')
    assert when == "11–14 March 2019 · Sombra &amp; &lt;Sol&gt;"
    assert toll == "1,193 killed (55–1,357)"
    assert who == "is-mozambique → civilians, mozambique-police · claimed"


@pytest.mark.unit
def test_an_unknown_toll_is_never_zero(small):
    rows = chosen.described(small)
    unknown = rows["killed_best"].isna()
    assert unknown.sum() == 3
    assert rows["killed"].isna().tolist() == unknown.tolist()
    assert all("unknown" in hover for hover in rows.loc[unknown, "hover"])


@pytest.mark.unit
@pytest.mark.parametrize(
    ("place", "short"),
    [
        ("Palma, Cabo Delgado", "Palma"),
        ("Desert between Sukhna and Shoula", "Desert between Sukhna and Shoula"),
        ("Desert between Kum, Sukhna and Palmyra", "Desert between Kum, Sukhna and Palmyra"),
        (
            "N380 road between Chitunda and Xitaxi, Muidumbe",
            "N380 road between Chitunda and Xitaxi",
        ),
        ("Mosul (east)", "Mosul"),
        ("Raqqa and Hajin", "Raqqa"),
        ("A; B", "A"),
        ("", ""),
    ],
)
def test_a_place_is_named_by_its_first_name(place, short):
    assert common.short_place(place) == short


@pytest.mark.unit
def test_texts_of_a_picture_without_events_have_nothing_to_read(small):
    empty = captions.texts(small, Selection(q="nothing like this"), "Reading.")
    assert empty.subtitle == ""
    full = captions.texts(small, Selection(), "Reading.", "https://x.y/")
    assert full.subtitle.endswith("known toll. Reading.")
    assert full.caption[-1].endswith("https://x.y/")


@pytest.mark.unit
def test_events_near_in_time_and_place_are_found(small):
    assert common.nearby(small, "2021-03-24-palma").empty
    assert common.nearby(small, "2015-01-22-london").empty


@pytest.mark.unit
def test_an_event_without_a_date_is_near_nothing_in_time(tmp_path):
    spot = package.placed("12.0", "15.0")
    rows = [
        package.event("2020-03-01-a", **spot),
        package.event("2020-03-02-b", **spot),
        package.event("2020-03-03-c", **spot),
    ]
    reports = [package.report(row["event_id"]) for row in rows]
    dataset = load(package.write(tmp_path, events=rows, reports=reports))
    assert list(common.nearby(dataset, "2020-03-01-a")["event_id"]) == [
        *("2020-03-02-b", "2020-03-03-c")
    ]
    events = dataset.events.copy()
    events.loc[events["event_id"] == "2020-03-02-b", "date_precision"] = "unknown"
    dataset = replace(dataset, events=events)
    assert list(common.nearby(dataset, "2020-03-01-a")["event_id"]) == ["2020-03-03-c"]
    assert common.nearby(dataset, "2020-03-02-b").empty


@pytest.mark.unit
@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            [("Reuters", "", "10"), ("Dawn", "", "20")],
            "The sources disagree widely on the dead: from",
        ),
        ([("Reuters", "", "10"), ("Dawn", "Reuters", "20")], UNCERTAIN),
        ([("Reuters", "", ""), ("Dawn", "", "")], UNCERTAIN),
        # Who gives no figure disagrees with none.
        ([("Reuters", "", "10"), ("Dawn", "", "")], UNCERTAIN),
        ([("AllAfrica", "RFI", "10"), ("La Libori", "RFI", "20"), ("Dawn", "", "")], UNCERTAIN),
    ],
)
def test_sources_disagree_where_two_of_them_give_a_figure(tmp_path, told, said):
    name = "2020-01-01-a"
    reports = [
        package.report(name, publisher, via=via, killed_min=figure, killed_max=figure)
        for publisher, via, figure in told
    ]
    events = [package.event(name, **package.toll("10", "40", "90"))]
    dataset = load(package.write(tmp_path, events=events, reports=reports))
    found = common.doubts(chosen.event(dataset, name), dataset.reports)
    assert f"{said} 10 to 90." in found
