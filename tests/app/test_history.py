import dataclasses
import datetime

import pytest

from dashboard.app import history
from dashboard.app.header import tagline
from dashboard.changes import Change
from dashboard.selection import Selection
from tests.app.table import REEF, SCRIPT
from tests.app.tree import links, of_class, text

pytestmark = pytest.mark.unit

LATE, EARLY = datetime.date(2026, 3, 9), datetime.date(2026, 3, 1)
GONE = "2020-01-01-gone"
CHANGES = [
    Change(LATE, SCRIPT, "killed_best", "", "7", "Counted <again>."),
    Change(LATE, GONE, "event_id", GONE, "", "Counted twice."),
    Change(EARLY, REEF, "event_id", "", REEF, "Reported since."),
    Change(EARLY, SCRIPT, "summary", "Old words.", "New words.", "Clearer."),
]


@pytest.fixture
def changed(site):
    """Return the site of a table that has changed."""
    return dataclasses.replace(site, changes=CHANGES)


def rows(parts):
    return [text(item) for part in of_class(parts, "history") for item in part.children]


def test_says_what_changed_of_an_event_the_newest_first(changed):
    assert rows(history.of_event(changed, Selection(event=SCRIPT))) == [
        "9 March 2026, killed_best: unknown → 7. Counted <again>.",
        "1 March 2026, summary rewritten. Clearer.",
    ]
    assert rows(history.of_event(changed, Selection(event=REEF))) == [
        "1 March 2026, added. Reported since."
    ]


@pytest.mark.parametrize("event", ["", "2021-06-04-solhan"])
def test_says_nothing_of_an_event_that_did_not_change(changed, event):
    assert history.of_event(changed, Selection(event=event)) == []


def test_sums_up_what_changed_in_the_table(changed):
    parts = history.of_table(changed, Selection(tab="about"))
    assert "4 cells in 3 events changed" in text(parts)
    assert "last on 9 March 2026" in text(parts)
    # Wording is left to the event's own panel.
    assert rows(parts) == [
        f"{SCRIPT}9 March 2026, killed_best: unknown → 7. Counted <again>.",
        f"{GONE}9 March 2026, removed. Counted twice.",
        f"{REEF}1 March 2026, added. Reported since.",
    ]


def test_says_once_what_changed_of_a_cell_in_a_day(site):
    parts = [
        Change(LATE, SCRIPT, "killed_best", "5", "7", "Third count."),
        Change(LATE, SCRIPT, "killed_best", "4", "5", "Second count."),
        Change(LATE, SCRIPT, "killed_high", "9", "8", "Taken back."),
        Change(LATE, SCRIPT, "killed_high", "8", "9", "Raised."),
    ]
    changed = dataclasses.replace(site, changes=parts)
    told = ["9 March 2026, killed_best: 4 → 7. Third count."]
    assert rows(history.of_event(changed, Selection(event=SCRIPT))) == told
    about = history.of_table(changed, Selection(tab="about"))
    assert rows(about) == [SCRIPT + told[0]]
    assert "2 cells in 1 event changed" in text(about)


def test_an_event_that_bears_a_new_id_was_not_added(site):
    renamed = Change(LATE, SCRIPT, "event_id", "2020-01-01-old", SCRIPT, "The day was another.")
    changed = dataclasses.replace(site, changes=[renamed])
    assert rows(history.of_event(changed, Selection(event=SCRIPT))) == [
        f"9 March 2026, event_id: 2020-01-01-old → {SCRIPT}. The day was another."
    ]


def test_a_table_that_did_not_change_says_so(site, odd):
    written = text(history.of_table(site, Selection(tab="about")))
    assert f"data version {odd.version}; no change has been recorded" in written


@pytest.mark.parametrize("tab", ["events", "trend", "actors", "sources"])
def test_stands_on_its_own_tab_alone(changed, tab):
    assert history.of_table(changed, Selection(tab=tab)) == []


def test_every_event_that_it_links_can_be_opened(changed):
    found = links(history.of_table(changed, Selection(tab="about")))
    assert {SCRIPT, REEF} <= set(found)
    for href in found.values():
        assert changed.parse(href)[1] == []


def test_the_head_of_the_page_says_when_it_last_changed(changed, site):
    assert tagline(changed).endswith(" of 9 Mar 2026")
    assert " of " not in tagline(site)


def test_where_only_words_changed_there_is_no_list(site):
    words = Change(LATE, SCRIPT, "title", "Old.", "New.", "Clearer.")
    about = history.of_table(dataclasses.replace(site, changes=[words]), Selection(tab="about"))
    assert "1 cell in 1 event changed" in text(about)
    assert text(about).endswith("with its reason.")
