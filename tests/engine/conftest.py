"""Tables for the engines, written once a run."""

from __future__ import annotations

from functools import cache

import pytest

from dashboard.dataset import Dataset
from tests.engine import tables
from tests.engine.questions import answers


@pytest.fixture(scope="session")
def engine_tables(curated: Dataset, tmp_path_factory) -> dict[str, tables.Table]:
    """Return the tables by name, each in memory and as a package."""
    return {
        name: tables.make(name, curated, tmp_path_factory.mktemp(name)) for name in tables.TABLES
    }


@pytest.fixture(scope="session")
def expected(engine_tables):
    """Return a function that gives what pandas answers for a table and a link, asked once."""

    @cache
    def ask(name: str, link: str) -> dict:
        table = engine_tables[name]
        return answers(table.frame, link, table.families)

    return ask
