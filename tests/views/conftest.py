from dataclasses import replace

import pytest

from dashboard.matching.pairing import suggest
from dashboard.provenance import Terms
from dashboard.views.matched import Matched
from tests.matching import tables
from tests.matching.tables import bombing
from tests.package import toll
from tests.views import table

TERMS = Terms("Other source", "Other source, CC BY 4.0", "", "", "", True)
UNKNOWN = {"killed_low": "", "killed_best": "", "killed_high": ""}


@pytest.fixture(scope="session")
def invented(tmp_path_factory):
    """Return the invented table that pictures are tried on."""
    return table.invented(tmp_path_factory.mktemp("invented"))


@pytest.fixture
def ours(tmp_path):
    """Return May (told by both, with a toll), July (told by both), July without a counterpart."""
    return tables.table(
        tmp_path / "ours",
        bombing("2016-05-03-mosul", title="Bomb & <i>fire</i>"),
        bombing("2016-07-09-mosul", **UNKNOWN),
        bombing("2016-07-20-mosul"),
        bombing("2016-07-21-raqqa", country_code="SYR"),
    )


@pytest.fixture
def theirs(tmp_path):
    found = tables.table(
        tmp_path / "theirs",
        bombing("2016-04-01-x"),
        bombing("2016-05-03-x", **toll("30", "40", "50")),
        bombing("2016-07-09-x"),
        bombing("2016-07-28-x", latitude_deg="34.0"),
    )
    return replace(found, terms=TERMS)


@pytest.fixture
def matched(ours, theirs):
    return Matched(ours, theirs, suggest(ours, theirs, at_least=0.1))
