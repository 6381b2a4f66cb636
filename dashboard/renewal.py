"""What a newer file of a source changes: events that are new, that differ, that are gone."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.dataset import Dataset

SOURCE_ID = "source_event_id"


@dataclass(frozen=True, slots=True)
class Renewal:
    """Events by their key: the source's own id where both tables have it, else ours.

    `changed` maps each key to the columns that differ.
    """

    added: tuple[str, ...]
    changed: dict[str, tuple[str, ...]]
    gone: tuple[str, ...]

    @property
    def summary(self) -> str:
        """Say it in one line."""
        return f"{len(self.added):,} added, {len(self.changed):,} changed, {len(self.gone):,} gone"

    def lines(self, most: int) -> list[str]:
        """List the events, at most so many of each kind."""
        found = []
        for name, keys in (("added", self.added), ("changed", self.changed), ("gone", self.gone)):
            shown = list(keys)[:most]
            columns = self.changed if name == "changed" else {}
            found += [
                f"{name:<8} {key}" + (f": {', '.join(columns[key])}" if key in columns else "")
                for key in shown
            ]
            if len(keys) > most:
                found.append(f"{name:<8} … and {len(keys) - most:,} more")
        return found


def renewal(old: Dataset, new: Dataset) -> Renewal:
    """Compare two states of one source's table.

    A correction may change an event's day or place, and with them our id of it: events are told by
    the source's own id.
    """
    key = SOURCE_ID if all(map(_has_source_ids, (old, new))) else "event_id"
    before, after = (_texts(dataset.events, key) for dataset in (old, new))
    common = before.index.intersection(after.index)
    columns = [name for name in after.columns if name in before.columns]
    differs = before.loc[common, columns].ne(after.loc[common, columns])
    rows = differs[differs.any(axis=1)]
    return Renewal(
        tuple(after.index.difference(before.index, sort=False)),
        {str(name): tuple(row.index[row.to_numpy()]) for name, row in rows.iterrows()},
        tuple(before.index.difference(after.index, sort=False)),
    )


def _has_source_ids(dataset: Dataset) -> bool:
    """Whether every event can be told by an id of its source's; a plain table may have none."""
    if SOURCE_ID not in dataset.events:
        return False
    ids = dataset.events[SOURCE_ID]
    return bool(ids.ne("").all() and ids.is_unique)


def _texts(events: pd.DataFrame, key: str) -> pd.DataFrame:
    return events.astype("str").where(events.notna(), "").set_index(key)
