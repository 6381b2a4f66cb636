"""A table of more events than are drawn one by one: in memory, and held by an engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.generate import generate
from dashboard import engine, query
from dashboard.dataset import Dataset
from dashboard.engine import LargeDataset, open_large
from dashboard.schema import columns_of

EVENTS = 6_000


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LargeDataset]:
    """Return an invented table that DuckDB holds."""
    folder = tmp_path_factory.mktemp("large")
    generate(EVENTS, folder)
    dataset = open_large(folder)
    yield dataset
    dataset.connection.close()


@pytest.fixture(scope="session")
def held(large: LargeDataset) -> Dataset:
    """Return the same table in memory."""
    events = query.rows(engine.open_events(large), EVENTS)
    names = [column.name for column in columns_of("events", large.events.columns)]
    return Dataset(
        events=events[names],
        reports=large.reports_of(events["event_id"]),
        actors=large.actors,
        theatres=large.theatres,
        version=large.version,
        name=large.name,
        terms=large.terms,
    )
