import csv
import dataclasses
import datetime
import io
import json

import pandas as pd
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import downloads
from dashboard.citation import Citation
from dashboard.dataset import load, table_bytes
from dashboard.errors import ExportError
from dashboard.provenance import OURS, Terms, own_terms
from dashboard.readers import open_table
from dashboard.schema import EVENTS
from dashboard.selection import Selection
from tests import package
from tests.strategies import packages

pytestmark = pytest.mark.unit

ALL = Selection()
CITED = Citation("k", "Title", "abc1234", "https://example.org/", datetime.date(2026, 3, 9))

PASSED_ON = Terms(
    "UCDP GED",
    "UCDP GED, CC BY 4.0",
    "It may be passed on.",
    "Sundberg 2013",
    "https://x.org",
    True,
)


def written(form, dataset, selection=ALL):
    return downloads.write(form, dataset, selection, CITED)


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), "")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_puts_an_apostrophe_before_what_begins_like_a_formula(start):
    assert downloads.harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "Palma", "1+1", "'=1", "a=b", "–5", "(-1)"])
def test_leaves_other_texts(text):
    assert downloads.harmless(text) == text


def test_a_harmless_table_is_the_table_itself(small):
    assert written("csv", small) == table_bytes(EVENTS, small.events)


def test_an_empty_selection_is_a_heading_alone(small):
    nothing = Selection(q="zzz")
    assert written("csv", small, nothing).decode().count("\n") == 1
    assert json.loads(written("geojson", small, nothing))["features"] == []
    table = pyarrow.parquet.read_table(io.BytesIO(written("parquet", small, nothing)))
    assert table.num_rows == 0
    assert table.column_names == [column.name for column in EVENTS]


def test_leaves_the_table_as_it_was(small):
    before = small.events.copy()
    for form in downloads.FORMS:
        written(form, small)
    pd.testing.assert_frame_equal(small.events, before)


def test_writes_unknown_as_empty_and_none_as_zero(small):
    found = {row["event_id"]: row for row in rows(written("csv", small))}
    assert found["2014-08-03-sinjar"]["killed_best"] == ""
    assert found["2019-03-23-baghuz"]["killed_best"] == "0"


def test_a_geojson_writes_days_numbers_and_the_unknown(small):
    features = json.loads(written("geojson", small))["features"]
    found = {feature["id"]: feature["properties"] for feature in features}
    palma, sinjar = found["2021-03-24-palma"], found["2014-08-03-sinjar"]
    assert (palma["start_date"], palma["end_date"]) == ("2021-03-24", "2021-04-04")
    assert (palma["killed_best"], palma["displaced"]) == (87, 64705)
    assert (sinjar["killed_best"], sinjar["displaced"]) == (None, None)
    assert found["2020-03-23-mocimboa"]["place"] == "Mocímboa da Praia"


def test_a_geojson_has_longitude_first(small):
    features = json.loads(written("geojson", small))["features"]
    found = {feature["id"]: feature["geometry"] for feature in features}
    assert found["2020-03-23-mocimboa"]["coordinates"] == [40.353, -11.346]


def test_a_parquet_holds_the_rows_of_the_table(small):
    content = written("parquet", small, Selection(theatres=("mozambique",)))
    expected = small.events[small.events["country_code"] == "MOZ"].reset_index(drop=True)
    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(content)), expected)


@pytest.mark.parametrize("form", downloads.FORMS)
def test_an_event_without_a_date_gets_no_day_and_comes_back_without_one(tmp_path, form):
    undated = package.event("nowhen", date_precision="unknown", **package.placed("33", "44"))
    undated |= {"start_date": "2015-05-03", "end_date": "2019-01-01"}
    dated = package.event("2015-05-03-a")
    reports = [package.report(row["event_id"]) for row in (dated, undated)]
    folder = package.write(tmp_path / "table", events=[dated, undated], reports=reports)
    content = written(form, load(folder))
    if form == "parquet":
        frame = pd.read_parquet(io.BytesIO(content)).set_index("event_id")
        assert frame.loc["nowhen", ["start_date", "end_date"]].isna().all()
        return
    file = tmp_path / f"out.{downloads.FORMS[form].suffix}"
    file.write_bytes(content)
    if form == "geojson":
        days = {
            one["id"]: one["properties"]["start_date"] for one in json.loads(content)["features"]
        }
    else:
        days = {row["event_id"]: row["start_date"] or None for row in rows(content)}
    assert days == {"2015-05-03-a": "2015-05-03", "nowhen": None}
    back = open_table(file).dataset.events
    assert back["date_precision"].to_list().count("unknown") == 1


def notes(form, dataset, cited):
    """Read what a file says of itself."""
    content = downloads.write(form, dataset, ALL, cited)
    if form == "geojson":
        return json.loads(content)
    metadata = pyarrow.parquet.read_schema(io.BytesIO(content)).metadata
    return {key.decode(): value.decode() for key, value in metadata.items()}


@pytest.mark.parametrize("form", ["geojson", "parquet"])
@pytest.mark.parametrize(
    ("terms", "licence"),
    [
        (
            OURS,
            "Conflict Timeline contributors, CC BY 4.0"
            " https://creativecommons.org/licenses/by/4.0/",
        ),
        (
            own_terms("mine.csv"),
            "This is a table of your own: whether its rows may be passed on is for you and its"
            " sources to say.",
        ),
    ],
)
def test_says_whose_it_is(small, form, terms, licence):
    cited = dataclasses.replace(CITED, terms=terms)
    found = notes(form, small, cited)
    assert (found["citation"], found["license"]) == (cited.plain, licence)


@pytest.mark.parametrize("form", downloads.FORMS)
def test_each_row_of_a_source_carries_its_credit(small, form):
    foreign = dataclasses.replace(small, terms=PASSED_ON)
    content = written(form, foreign, Selection(theatres=("mozambique",)))
    if form == "geojson":
        credits = [one["properties"]["credit"] for one in json.loads(content)["features"]]
    elif form == "parquet":
        credits = pd.read_parquet(io.BytesIO(content))["credit"].to_list()
    else:
        credits = [row["credit"] for row in rows(content)]
    assert credits == [PASSED_ON.credit] * 3


@pytest.mark.parametrize("form", downloads.FORMS)
def test_rows_that_may_not_be_passed_on_are_refused_in_every_form(small, form):
    kept = dataclasses.replace(PASSED_ON, may_redistribute=False, sentence="Rows stay here.")
    with pytest.raises(ExportError) as refusal:
        written(form, dataclasses.replace(small, terms=kept))
    assert str(refusal.value) == "These rows cannot be downloaded. Rows stay here."


@pytest.mark.property
@settings(max_examples=15)
@given(packages())
def test_every_text_survives_every_form(tmp_path_factory, tables):
    dataset = load(package.write(tmp_path_factory.mktemp("made"), **tables))
    titles = dataset.events["title"].to_list()
    safe = [downloads.harmless(title) for title in titles]
    assert [row["title"] for row in rows(written("csv", dataset))] == safe
    assert [row["title"] for row in rows(written("excel", dataset))] == safe
    features = json.loads(written("geojson", dataset))["features"]
    assert [feature["properties"]["title"] for feature in features] == titles
    frame = pd.read_parquet(io.BytesIO(written("parquet", dataset)))
    assert frame["title"].to_list() == titles


@pytest.mark.property
@given(st.text(max_size=8))
def test_a_text_is_made_harmless_once_for_all(text):
    assert downloads.harmless(downloads.harmless(text)) == downloads.harmless(text)
