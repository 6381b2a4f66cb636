from dataclasses import replace

import pytest
from hypothesis import given

from dashboard.dataset import load
from dashboard.pack import rows
from dashboard.selection import Selection
from dashboard.views.chosen import ids as chosen_ids
from tests import package
from tests.strategies import filters

pytestmark = pytest.mark.unit


@pytest.mark.property
@given(selection=filters())
def test_a_part_is_what_the_selection_chooses(selection, small):
    part = rows.part(small, selection)
    assert part.events["event_id"].tolist() == chosen_ids(small, selection)
    assert set(part.reports["event_id"]) == set(part.events["event_id"])
    assert part.events.index.tolist() == list(range(len(part.events)))
    assert part.version == small.version


def test_a_part_has_the_theatres_of_its_events(small):
    part = rows.part(small, Selection(countries=("BFA", "GBR")))
    assert list(part.theatre_names) == ["sahel"]


def test_a_part_that_must_be_small_keeps_the_deadliest_in_their_order(small):
    part = rows.part(small, Selection(), 3)
    assert part.events["event_id"].tolist() == [
        *("2014-06-06-mosul", "2021-03-24-palma", "2021-06-04-solhan")
    ]


def test_actors_come_with_those_that_they_belong_to(small):
    part = rows.part(small, Selection(theatres=("mozambique",)))
    assert rows.actors_of(part)["actor_id"].tolist() == [
        *("civilians", "is", "is-mozambique", "mozambique-police")
    ]


def test_actors_of_actors_of_actors_come_too(tmp_path):
    table = {
        "actors": [
            package.actor("is", "is_network"),
            package.actor("is-a", "is_network", parent="is"),
            package.actor("is-b", "is_network", parent="is-a"),
            package.actor("is-c", "is_network"),
        ],
        "events": [package.event("2021-01-01-a", initiators="is-b")],
        "reports": [package.report("2021-01-01-a")],
    }
    part = load(package.write(tmp_path, **table))
    assert rows.actors_of(part)["actor_id"].tolist() == ["is", "is-a", "is-b"]


def fact(dataset, event_id):
    return next(one for one in rows.facts(dataset) if one["id"] == event_id)


def test_an_event_has_its_words_days_and_tolls(small):
    palma = fact(small, "2021-03-24-palma")
    assert palma["title"] == "Siege of Palma"
    assert (palma["when"], palma["where"]) == ("24 March – 4 April 2021", "Palma, Mozambique")
    assert palma["toll"] == "87 killed (55–1,000) · 2 wounded (1–3) · 64,705 displaced"
    assert palma["killed"] == [55, 87, 1000]
    assert palma["what"].startswith("IS Mozambique → ") or "→" in palma["what"]
    assert palma["end"] - palma["start"] == 11 * 86_400_000


def test_a_place_that_is_not_exact_is_said_to_be_so(small):
    precisions = small.events.set_index("event_id")["geo_precision"]
    said = {"site": "", "place": "", "": "", "district": "known to the district only"}
    said |= {"admin1": "known to the province only", "country": "known to the country only"}
    found = {one["id"]: one["known"] for one in rows.facts(small)}
    assert found == {event: said[precision] for event, precision in precisions.items()}
    assert set(found.values()) > {""}


def test_an_unknown_toll_is_not_zero(small):
    assert fact(small, "2014-08-03-sinjar")["killed"] is None
    assert fact(small, "2014-08-03-sinjar")["toll"] == "number killed unknown"
    assert fact(small, "2019-03-23-baghuz")["killed"] == [0, 0, 0]


def test_a_source_has_its_figure_agency_day_language_and_link(small):
    first, *others = fact(small, "2014-06-06-mosul")["sources"]
    assert first == {
        "figure": "100–500",
        "publisher": "Dawn",
        "about": "AFP",
        "title": "",
        "note": "",
        "url": "https://example.org/2014-06-06-mosul/dawn",
    }
    assert {source["figure"] for source in others} == {""}
    lusa = fact(small, "2021-03-24-palma")["sources"][0]
    assert lusa["about"] == "25 March 2021 · Portuguese"


def test_only_a_web_address_becomes_a_link(small):
    reports = small.reports.assign(url="javascript:alert(1)")
    odd = replace(small, reports=reports)
    assert {source["url"] for one in rows.facts(odd) for source in one["sources"]} == {""}
