import pytest

from dashboard.dataset import noncanonical_files
from dashboard.describe import outdated_descriptions
from dashboard.paths import folder
from dashboard.schema import TABLES

pytestmark = pytest.mark.unit

FOUNDING = (
    "2014-06-10-mosul",
    "2014-06-29-caliphate",
    "2014-08-03-sinjar",
    "2017-10-04-tongo-tongo",
    "2017-10-05-mocimboa-da-praia",
    "2019-03-23-baghuz",
    "2021-03-24-palma",
)


def test_holds_at_least_what_was_collected(curated):
    assert len(curated.events) >= 526
    assert len(curated.reports) >= 1806
    assert list(curated.theatre_names) == ["iraq", "syria", "mozambique", "sahel"]


def test_holds_the_events_that_the_stories_rest_on(curated):
    assert set(FOUNDING) <= set(curated.events["event_id"])


def test_is_in_canonical_form(curated):
    assert noncanonical_files(curated, folder("data")) == []


def test_is_described_as_it_is(curated):
    outdated = outdated_descriptions(curated, folder("data"))
    assert outdated == [], "run: conflict-timeline describe"


def test_names_no_actor_that_nothing_uses(curated):
    used = set(";".join([*curated.events["initiators"], *curated.events["targets"]]).split(";"))
    known = set(curated.actors["actor_id"])
    assert known - used - set(curated.actors["parent"]) == set()


def test_no_actor_is_its_own_ancestor(curated):
    parents = dict(zip(curated.actors["actor_id"], curated.actors["parent"], strict=True))
    for actor in parents:
        line = [actor]
        while parents[line[-1]]:
            assert parents[line[-1]] not in line
            line.append(parents[line[-1]])


def test_every_country_belongs_to_one_theatre_and_every_event_to_some(curated):
    codes = ";".join(curated.theatres["country_codes"]).split(";")
    assert len(set(codes)) == len(codes)
    assert set(curated.events["country_code"]) <= set(codes)


def test_every_event_lies_on_the_map_of_its_theatre(curated):
    bounds = curated.theatres.set_index("theatre_id")
    placed = curated.events.dropna(subset=["latitude_deg"])
    lanes = placed["country_code"].map(curated.theatre_of_country)
    inside = placed["longitude_deg"].between(
        lanes.map(bounds["west_deg"]), lanes.map(bounds["east_deg"])
    ) & placed["latitude_deg"].between(
        lanes.map(bounds["south_deg"]), lanes.map(bounds["north_deg"])
    )
    assert placed.loc[~inside, "event_id"].to_list() == []


def test_no_sum_counts_an_overview_and_its_parts(curated):
    events = curated.events.set_index("event_id")
    parts = events[events["part_of"] != ""]
    tolled = parts.loc[parts["killed_best"].notna(), "part_of"]
    assert events.loc[tolled.unique(), "killed_best"].isna().all()
    assert (events.loc[parts["part_of"].unique(), "part_of"] == "").all()


def test_every_report_has_an_address(curated):
    assert (curated.reports["url"] != "").all()


def test_has_no_columns_of_foreign_tables(curated):
    assert [*curated.events.columns] == [column.name for column in TABLES["events"]]


def test_a_report_with_figures_says_whom_they_count(curated):
    reports = curated.reports
    figures = reports[["killed_min", "killed_max", "wounded_min", "wounded_max"]]
    assert (reports.loc[figures.notna().any(axis=1), "scope"] != "").all()
    for quantity in ("killed", "wounded"):
        low, high = figures[f"{quantity}_min"], figures[f"{quantity}_max"]
        assert (low.isna() == high.isna()).all()
