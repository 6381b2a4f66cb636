import dataclasses

import narwhals as nw
import pandas as pd
import pytest

from dashboard.dataset import load
from dashboard.engine import fold, independent_sources, open_events, prepared, preparing
from dashboard.engine.columns import DERIVED_DTYPES, DTYPES
from dashboard.engine.preparing import place_keys
from dashboard.schema import EVENTS
from tests import package

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Mocímboa da Praia", "mocimboa da praia"),
        ("ÉTAT ISLAMIQUE", "etat islamique"),
        ("Da’esh", "da'esh"),
        ("al‑ʿAnbar", "al-'anbar"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("داعش", "داعش"),
        ("", ""),
    ],
)
def test_folds_accents_case_and_marks(text, folded):
    assert fold(text) == folded


def test_counts_sources_by_agency_and_not_by_page(small):
    assert independent_sources(small.reports).to_dict() == {
        "2014-06-06-mosul": 2,
        "2014-08-03-sinjar": 1,
        "2015-01-22-london": 1,
        "2019-03-23-baghuz": 1,
        "2020-03-23-mocimboa": 1,
        "2021-03-01-cabo-delgado": 1,
        "2021-03-24-palma": 3,
        "2021-06-04-solhan": 2,
    }


def test_opens_one_row_an_event_with_the_columns_that_filters_ask_for(small, small_events):
    assert small_events.columns == [column.name for column in EVENTS] + [*DERIVED_DTYPES]
    assert small_events["event_id"].to_list() == small.events["event_id"].to_list()


def test_gives_each_event_its_theatre_group_sources_and_keys(small_events):
    palma = small_events.filter(nw.col("event_id") == "2021-03-24-palma").rows(named=True)[0]
    assert palma["theatre"] == "mozambique"
    assert palma["type_group"] == "battles"
    assert palma["sources"] == 3
    assert palma["initiator_key"] == ";is-mozambique;"
    assert palma["target_key"] == ";civilians;mozambique-police;"


def test_an_event_outside_every_theatre_is_elsewhere(small_events):
    london = small_events.filter(nw.col("event_id") == "2015-01-22-london").rows(named=True)[0]
    assert london["theatre"] == "elsewhere"


def test_search_reads_title_place_summary_actors_type_and_theatre(small_events):
    rows = dict(zip(small_events["event_id"], small_events["haystack"], strict=True))
    words = "siege of palma what happened is mozambique police civilians"
    assert set(words.split()) <= {word.strip(".") for word in rows["2021-03-24-palma"].split()}
    words = "ninawa daesh is network iraqi army battle iraq"
    assert set(words.split()) <= {word.strip(".") for word in rows["2014-06-06-mosul"].split()}


def test_search_reads_each_word_of_an_event_once(small_events):
    for text in small_events["haystack"]:
        assert len(text.split()) == len(set(text.split()))


def test_gives_the_same_rows_in_pieces(small, monkeypatch):
    monkeypatch.setattr(preparing, "ROWS_AT_A_TIME", 3)
    pieces = [*preparing.prepared_pieces(small)]
    assert [len(piece) for piece in pieces] == [3, 3, 2]
    pd.testing.assert_frame_equal(pd.concat(pieces, ignore_index=True), prepared(small))


def test_leaves_the_dataset_as_it_was(small):
    fresh = dataclasses.replace(small, events=small.events.copy())
    open_events(fresh)
    assert list(fresh.events.columns) == list(small.events.columns)
    assert fresh.events.equals(small.events)


def test_opens_a_package_without_events(tmp_path):
    events = open_events(load(package.write(tmp_path, events=[], reports=[])))
    assert len(events) == 0
    assert events["sources"].dtype == nw.Int64


def test_opens_a_package_without_theatres(tmp_path):
    events = open_events(load(package.write(tmp_path, theatres=[])))
    assert set(events["theatre"]) == {"elsewhere"}


def test_prepares_columns_of_the_types_that_it_says(small):
    found = prepared(small).dtypes.astype(str).to_dict()
    assert found == {name: DTYPES[name] for name in found}


def test_computes_once_what_views_need_of_a_row(small):
    rows = prepared(small).set_index("event_id")
    palma, sinjar = rows.loc["2021-03-24-palma"], rows.loc["2014-08-03-sinjar"]
    assert (palma["family"], palma["is_exact"]) == ("is_network", True)
    assert not sinjar["is_exact"]
    assert (palma["month"], palma["day"]) == (2021 * 12 + 2, 18_710)
    assert rows.loc["2019-03-23-baghuz", "family"] == "local_forces"


def test_a_place_has_one_key_and_no_place_none():
    latitudes = pd.Series([0.0, 0.0, -90.0, 90.0, 10.00001, 10.0, None])
    longitudes = pd.Series([180.0, -180.0, -180.0, 180.0, 0.0, 0.00001, None])
    keys = place_keys(latitudes, longitudes)
    assert keys.isna().tolist() == [False] * 6 + [True]
    assert keys.nunique() == 6
    assert place_keys(latitudes[:1], longitudes[:1]).tolist() == keys[:1].tolist()
