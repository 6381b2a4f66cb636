import dataclasses
import datetime

import pytest

from dashboard.app.site import Site
from dashboard.changes import Change
from dashboard.dataset import load
from dashboard.selection import Selection
from dashboard.views import VIEWS
from tests.app import table

pytestmark = pytest.mark.unit


def test_holds_the_stories_beside_the_table(site):
    assert [found.title for found in site.stories.values()] == ["The north"]


def test_a_table_without_a_folder_has_no_story(odd):
    assert Site.of(dataclasses.replace(odd, folder=None)).stories == {}


def test_a_folder_without_stories_has_none(small):
    assert Site.of(small).stories == {}


def test_leaves_out_a_story_that_does_not_hold_together(tmp_path):
    folder = table.write(tmp_path / "odd")
    broken = table.STORY.replace("It stands alone.", "It killed 5,000.")
    (folder / "stories" / "broken.md").write_text(broken, encoding="utf-8")
    assert list(Site.of(load(folder)).stories) == ["the-north"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?story=the-nort", "No story is called 'the-nort'. Did you mean 'the-north'?"),
        ("?map=irak", "No map is called 'irak'. Did you mean 'iraq'?"),
        ("?embed=tremd", "No figure is called 'tremd'. Did you mean 'trend'?"),
        ("?actor=ix", "No actor is called 'ix'."),
        ("?event=2021-03-24-palm", "No event is called '2021-03-24-palm'."),
    ],
)
def test_knows_the_words_of_a_link(site, query, sentence):
    selection, problems = site.parse(query)
    assert selection == Selection()
    assert [problem[: len(sentence)] for problem in problems] == [sentence]


@pytest.mark.parametrize("key", ["fit", "iraq", "sahel"])
def test_a_link_may_name_each_region(site, key):
    assert site.parse(f"?map={key}") == (Selection(map=key), [])


@pytest.mark.parametrize("name", VIEWS)
def test_a_link_may_embed_each_view(site, name):
    assert site.parse(f"?embed={name}") == (Selection(embed=name), [])


def test_a_link_frozen_to_this_table_needs_no_sentence(site, odd):
    assert site.parse(f"?v={odd.version}")[1] == []


def test_a_link_frozen_to_another_table_keeps_its_filters_and_says_so(site, odd):
    selection, problems = site.parse("?theatre=iraq&v=abc1234")
    assert selection == Selection(theatres=("iraq",), version="abc1234")
    assert problems == [
        f"This link was frozen to data abc1234; the table served now is {odd.version}, so its"
        " figures may differ."
    ]


def test_a_step_is_a_link_that_knows_its_place(site):
    shown = site.step(site.stories["the-north"], 1)
    assert shown == Selection(event="2021-03-24-palma", story="the-north", step=1)
    assert site.parse(shown.to_query()) == (shown, [])


def test_a_link_with_a_former_id_leads_to_the_event(curated):
    site = Site.of(curated)
    selection, problems = site.parse("?event=2015-05-17-ramadi")
    assert (selection.event, problems) == ("2015-05-14-ramadi", [])
    assert set(site.renamed.values()) <= set(curated.events["event_id"])


def test_a_link_follows_an_event_through_all_its_ids(site):
    event = site.dataset.events["event_id"].iloc[0]
    day = datetime.date(2026, 3, 9)
    # Newest first: first → second → back to first → the one of now, which it had been before.
    ways = [("first", event), ("second", "first"), ("first", "second"), (event, "first")]
    changes = [Change(day, event, "event_id", old, new, "The day.") for old, new in ways]
    changed = dataclasses.replace(site, changes=changes)
    for former in ("first", "second", event):
        selection, problems = changed.parse(f"?event={former}")
        assert (selection.event, problems) == (event, [])
