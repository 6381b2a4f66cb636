import pytest

from tests.views import table


@pytest.fixture(scope="session")
def invented(tmp_path_factory):
    """Return the invented table that pictures are tried on."""
    return table.invented(tmp_path_factory.mktemp("invented"))
