"""What the page is made of besides the selection: the table, its stories, the words of a link."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from dashboard import views
from dashboard.changes import Change, load_changes, net
from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.stories import Story, load_stories
from dashboard.views.event_map import regions
from dashboard.views.matched import Matched

COMPARE = "compare"
ALONE = (
    "This page shows one table. To compare it with another, start it with both:"
    " conflict-timeline serve A --compare B."
)


@dataclass(frozen=True, eq=False)
class Site:
    """A table with its stories.

    `notice` is what every reader of it must know now, "" as a rule; `matched` joins it with the
    table beside which it is served, if any.
    """

    dataset: Dataset
    stories: dict[str, Story]
    changes: list[Change] = field(default_factory=list)
    notice: str = ""
    matched: Matched | None = None

    @classmethod
    def of(cls, dataset: Dataset, matched: Matched | None = None) -> Site:
        """Return the site of a table; stories and changes that do not hold are left out."""
        if dataset.folder is None:
            return cls(dataset, {}, matched=matched)
        folder = dataset.folder / "stories"
        found, _ = load_stories(folder, dataset.vocabulary, dataset.reports)
        changes, _ = load_changes(dataset.folder, dataset)
        return cls(dataset, {one.story_id: one for one in found}, changes, matched=matched)

    def changes_of(self, event_id: str) -> list[Change]:
        """List what changed of one event, newest first, a cell once a day."""
        return net(change for change in self.changes if change.event_id == event_id)

    @cached_property
    def net_changes(self) -> list[Change]:
        """List what changed, newest first, a cell once a day."""
        return net(self.changes)

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Map each former id of an event that was renamed to the one it has now."""
        found: dict[str, str] = {}
        known = set(self.dataset.vocabulary.get("event", ()))
        # Newest first: of an id that was given up twice the last successor holds, and its own.
        for change in self.changes:
            if change.column == "event_id" and change.old and change.new:
                found.setdefault(change.old, found.get(change.new, change.new))
        return {old: new for old, new in found.items() if old not in known}

    @cached_property
    def vocabulary(self) -> dict[str, tuple[str, ...]]:
        """List every id that a link may name, by key."""
        known = self.dataset.vocabulary
        # Old links keep their event when its id was corrected.
        renamed = {"event": (*known["event"], *self.renamed)} if "event" in known else {}
        return {
            **known,
            **renamed,
            "story": tuple(self.stories),
            "map": tuple(key for key in regions(self.dataset) if key),
            "embed": tuple(views.VIEWS),
        }

    def parse(self, query: str) -> tuple[Selection, list[str]]:
        """Read a link as far as it is understood; the rest comes back as sentences."""
        selection, problems = Selection.parse(query, self.vocabulary)
        if selection.event in self.renamed:
            selection = selection.with_(event=self.renamed[selection.event])
        if selection.version and selection.version != self.dataset.version:
            problems.append(
                f"This link was frozen to data {selection.version}; the table served now is"
                f" {self.dataset.version}, so its figures may differ."
            )
        if selection.tab == COMPARE and self.matched is None:
            problems.append(ALONE)
            selection = selection.with_(tab="events")
        return selection, problems

    def step(self, story: Story, number: int) -> Selection:
        """Return what a step of a story shows; steps count from 0."""
        query = story.steps[number].query
        return self.parse(query)[0].with_(story=story.story_id, step=number)
