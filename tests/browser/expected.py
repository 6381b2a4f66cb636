"""What the page must show for a link, worked out from the table itself."""

from __future__ import annotations

from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.views import chosen, spots


def events(dataset: Dataset, query: str) -> list[str]:
    """Return the ids of the events that a link chooses."""
    return chosen.ids(dataset, Selection.from_query(query, dataset.vocabulary))


def marks(dataset: Dataset, query: str) -> set[str]:
    """Return the keys of the map's marks."""
    rows = spots.place_rows(dataset, Selection.from_query(query, dataset.vocabulary))
    return set(rows["key"])


def killed(dataset: Dataset, query: str) -> str:
    """Return the sum of the dead as the page writes it."""
    rows = dataset.events[dataset.events["event_id"].isin(events(dataset, query))]
    return f"{int(rows['killed_best'].sum()):,}"


def title(dataset: Dataset, event_id: str) -> str:
    """Return an event's title."""
    rows = dataset.events.set_index("event_id")
    return rows.loc[event_id, "title"]
