"""The method page says what the schema and the rules do."""

import csv
import re

import pytest

from dashboard.checks.areas import ACCURACY_KM
from dashboard.checks.duplicates import NEAR_DAYS, NEAR_KM
from dashboard.checks.places import GAZETTEER_KM
from dashboard.checks.texts import LONGEST
from dashboard.dataset import VERSION_LENGTH
from dashboard.schema import ATTRIBUTIONS, DATE_PRECISIONS, GEO_PRECISIONS, GEO_RADIUS_KM, SCOPES
from tests.rules.sources import ROOT

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def page():
    """The page with each run of blanks as one."""
    return " ".join((ROOT / "docs" / "method.md").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("words", [ATTRIBUTIONS, DATE_PRECISIONS, GEO_PRECISIONS, SCOPES])
def test_explains_every_word_that_an_editor_chooses(page, words):
    assert [word.id for word in words if f"`{word.id}`" not in page] == []


def test_gives_the_circles_that_the_map_draws(page):
    for word, radius in GEO_RADIUS_KM.items():
        assert f"| `{word}` | {radius:.0f} km |" in page


def test_gives_the_limits_that_the_rules_set(page):
    assert f"within {NEAR_KM:.0f} km and {NEAR_DAYS} days" in page
    assert f"with {ACCURACY_KM:.0f} km for its accuracy" in page
    assert f"a village {GAZETTEER_KM:.0f} km" in page
    assert f"at most {LONGEST['title']} characters, summaries {LONGEST['summary']}" in page


def test_links_only_to_files_that_are_there(page):
    targets = re.findall(r"\]\(([^)#]+)\)", page)
    files = [target for target in targets if not re.match(r"https?://", target)]
    assert files
    for target in files:
        assert (ROOT / "docs" / target).is_file(), target


def test_asks_for_the_figures_scope_in_its_own_words(page):
    assert f"It counts: {' | '.join(word.id for word in SCOPES)}" in page


def test_knows_how_long_a_data_version_is(page):
    assert f"data version `{VERSION_LENGTH} letters and digits from the header`" in page


def test_counts_the_events_that_second_readers_read(page, curated):
    with (ROOT / "docs" / "second-readers.csv").open(encoding="utf-8", newline="") as file:
        read = [row["event_id"] for row in csv.DictReader(file)]
    known = set(curated.events["event_id"])
    assert len(read) == len(set(read))
    assert set(read) == known
    assert f"all {len(known)} events have been read blind" in page
