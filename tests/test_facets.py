from collections import Counter, defaultdict

import pytest

from dashboard import query
from dashboard.engine import open_events
from dashboard.facets import facets
from dashboard.query import OPTIONS
from dashboard.selection import Selection

FAMILY_OF = defaultdict(lambda: "is_network")


@pytest.mark.unit
def test_a_facet_counts_what_each_option_would_choose(small_events):
    found = facets(
        small_events, Selection.from_query("theatre=mozambique&actor=civilians"), FAMILY_OF
    )
    assert found["theatres"] == {"iraq": 1, "mozambique": 1, "sahel": 1}
    assert found["countries"] == {"MOZ": 1}
    assert found["types"] == {"siege": 1}
    assert found["attributions"] == {"claimed": 1}
    assert found["actors"] == {"civilians": 1, "is-mozambique": 3, "mozambique-police": 2}


@pytest.mark.unit
def test_a_facet_of_actors_keeps_to_the_role(small_events):
    found = facets(small_events, Selection.from_query("actor=is&role=target"), FAMILY_OF)
    assert found["actors"]["is"] == 1
    assert "sdf" not in found["actors"]


@pytest.mark.unit
@pytest.mark.parametrize(
    "link",
    [
        "",
        "theatre=iraq,syria&type=bombing,suicide_bombing",
        "actor=is,civilians&role=target&attribution=claimed&from=2016-01-01",
        "country=NGA&theatre=sahel&actor=iswap&sources_min=2",
    ],
)
def test_a_facet_is_the_count_without_its_own_filter(curated, link):
    events = open_events(curated)
    selection, _ = Selection.parse(link, curated.vocabulary)
    found = facets(events, selection, curated.actor_families)
    for name, column in OPTIONS.items():
        rest = query.select(events, selection, without=(name,))
        assert found[name] == query.counts(rest, column)
    rest = query.select(events, selection, without=("actors",))
    assert found["actors"] == query.actor_counts(rest, selection.role)
    joined = rest.select("initiators", "targets").rows()
    sides = {"target": slice(1, 2)}.get(selection.role, slice(0, 2))
    families = Counter(
        family
        for row in joined
        for family in {
            curated.actor_families[actor] for actor in ";".join(row[sides]).split(";") if actor
        }
    )
    assert found["families"] == dict(families)
