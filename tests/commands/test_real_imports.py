"""UCDP files through `import` and `serve`, against a count with nothing but the csv module."""

import csv
import gzip
from collections import Counter

import pytest

from dashboard.app import create_app
from dashboard.commands import tables
from dashboard.dataset import load
from dashboard.views.event_map import theatre_bounds
from dashboard.views.grouping import lane_names
from tests.readers.tables import SHARED
from tests.readers.test_real_files import FILES, number

pytestmark = pytest.mark.unit

# Countries that are not in a theatre of ours have a lane and a map of their own.
LANES = {
    "ucdp_ged_bgd_hdx_v19_1.csv": {"Bangladesh"},
    "ucdp_ged_car_v23_1.csv.gz": {"Central African Republic"},
    "ucdp_ged_irq_hdx_v19_1.csv.gz": {"Iraq"},
    "ucdp_ged_mex_v24_1.csv.gz": {"Mexico"},
    "ucdp_ged_mmr_v24_1.csv.gz": {"Myanmar"},
    "ucdp_ged_nga_hdx_v20_1.csv.gz": {"Sahel"},
    "ucdp_ged_syr_2016_2019.csv.gz": {"Syria"},
}


@pytest.fixture(scope="module", params=FILES, ids=lambda name: name.split(".")[0])
def path(request):
    path = SHARED / request.param
    if not path.is_file():
        pytest.skip(f"the UCDP files are not at {SHARED}")
    return path


@pytest.fixture(scope="module")
def rows(path):
    """Return the file's records but for the line of tags."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as lines:
        return [row for row in csv.DictReader(lines) if not row["country"].startswith("#")]


def test_import_writes_what_the_csv_module_counts(run, path, rows, tmp_path):
    code, out, err = run("import", path, "--out", tmp_path / "out")
    assert code == 0
    assert f": UCDP GED: {len(rows):,} of {len(rows):,} records loaded" in err[0]
    assert out[0].startswith(f"Written: {tmp_path / 'out'}, {len(rows):,} events, ")
    events = load(tmp_path / "out").events
    assert len(events) == len(rows) == FILES[path.name]
    assert events["killed_best"].sum() == sum(number(row["best"]) for row in rows)
    assert Counter(events["source_event_id"]) == Counter(str(number(row["id"])) for row in rows)
    for ours, theirs in (
        ("source_geo_precision", "where_prec"),
        ("source_date_precision", "date_prec"),
    ):
        assert Counter(events[ours]) == Counter(str(number(row[theirs])) for row in rows)
    assert sorted(Counter(events["country_code"]).values()) == sorted(
        Counter(row["country"] for row in rows).values()
    )


def test_serve_shows_what_the_csv_module_counts(path, rows):
    dataset = tables.open_named(path, is_quiet=True)
    health = create_app(dataset).server.test_client().get("/healthz").json
    assert (health["status"], health["events"], health["notice"]) == ("ok", len(rows), "")
    names = lane_names(dataset, "theatre")
    assert set(names.values()) == LANES.get(path.name, set(names.values()))
    assert names.keys() == theatre_bounds(dataset).keys()
