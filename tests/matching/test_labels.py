"""How well suggestions hold against labels made by reading, and against invented duplicates."""

import csv
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from dashboard.matching.pairing import suggest
from dashboard.readers import open_table
from tests.matching.tables import perturbed
from tests.readers.tables import SHARED

pytestmark = pytest.mark.unit

LABELS = Path(__file__).parents[1] / "labels" / "curated_ucdp.csv"
FILES = (
    "ucdp_ged_irq_hdx_v19_1.csv.gz",
    "ucdp_ged_syr_2016_2019.csv.gz",
    "ucdp_ged_nga_hdx_v20_1.csv.gz",
)


@cache
def labels():
    with LABELS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def suggested(curated):
    """Return for each labelled event the ids that are suggested for it."""
    found = defaultdict(set)
    for name in FILES:
        path = SHARED / name
        if not path.is_file():
            pytest.skip(f"the UCDP files are not at {SHARED}")
        other = open_table(path).dataset
        pairs = suggest(curated, other)
        ours = curated.events["event_id"].iloc[pairs["a"]]
        for event_id, ucdp_id in zip(ours, other.events["event_id"].iloc[pairs["b"]], strict=True):
            found[event_id].add(ucdp_id)
    return found


def measured(use, suggested, known):
    """Count right, wrong and missed, and list the errors; labels of vanished events are left."""
    label = {(row["event_id"], row["ucdp_id"]): row["label"] for row in labels()}
    events = {row["event_id"] for row in labels() if row["use"] == use} & known
    counts, errors = Counter(), []
    for event_id in sorted(events):
        answers = {
            pair[1] for pair, said in label.items() if pair[0] == event_id and said == "same"
        }
        right = suggested[event_id] & answers
        counts["right"] += len(right)
        counts["missed"] += bool(answers and not right)
        errors += [f"{event_id}: missed"] if answers and not right else []
        for ucdp_id in sorted(suggested[event_id] - answers):
            counts["wrong"] += 1
            errors.append(
                f"{event_id}: {ucdp_id} is {label.get((event_id, ucdp_id), 'unlabelled')}"
            )
    precision = counts["right"] / (counts["right"] + counts["wrong"])
    recall = counts["right"] / (counts["right"] + counts["missed"])
    return 2 * precision * recall / (precision + recall), precision, recall, errors


@pytest.mark.parametrize("use", ["tune", "report"])
def test_finds_labelled_pairs(use, suggested, curated):
    f1, precision, recall, errors = measured(use, suggested, set(curated.events["event_id"]))
    table = "\n".join([f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}", *errors])
    print(table)
    assert f1 >= 0.85, table


def test_labels_are_of_events_that_are_there(curated):
    events = {row["event_id"] for row in labels()}
    gone = events - set(curated.events["event_id"])
    assert len(events) >= 120
    assert len(gone) <= 10, sorted(gone)


def test_labels_name_each_pair_once_and_each_event_for_one_use():
    pairs = Counter((row["event_id"], row["ucdp_id"]) for row in labels())
    uses = defaultdict(set)
    for row in labels():
        uses[row["event_id"]].add(row["use"])
    assert max(pairs.values()) == 1
    assert {len(use) for use in uses.values()} == {1}
    assert {row["label"] for row in labels()} == {"same", "part", "different", "none"}


@pytest.mark.parametrize("seed", [1, 2])
def test_finds_invented_duplicates(seed, curated):
    copy, answers = perturbed(curated, seed)
    pairs = suggest(curated, copy)
    found = set(
        zip(
            curated.events["event_id"].iloc[pairs["a"]],
            copy.events["event_id"].iloc[pairs["b"]],
            strict=True,
        )
    )
    right = len(found & answers)
    precision, recall = right / len(found), right / len(answers)
    print(f"precision {precision:.3f}, recall {recall:.3f}")
    assert 2 * precision * recall / (precision + recall) >= 0.85
