"""Pictures of an invented table as JSON: read a change in them like a change of the code."""

import pytest

from dashboard import views
from dashboard.selection import Selection
from tests import golden
from tests.views import table

VIEWS = ("timeline", "map", "trend", "event")


@pytest.mark.golden
@pytest.mark.parametrize("case", table.QUERIES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_is_described_as_before(invented, view, case, request):
    selection = Selection.from_query(table.query(view, case), invented.vocabulary)
    picture = views.render(view, invented, selection)
    is_update = request.config.getoption("--update-golden")
    drawn, before = golden.both(f"{view}-{case}", picture, is_update=is_update)
    assert drawn == before


@pytest.mark.golden
@pytest.mark.parametrize("view", VIEWS)
def test_a_figure_of_the_page_is_described_as_before(invented, view, request):
    medium = views.medium_for("web")
    selection = Selection.from_query(table.query(view, "typical"), invented.vocabulary)
    screen = views.screen(view, invented, selection, table.on_page(medium))
    is_update = request.config.getoption("--update-golden")
    drawn, before = golden.both(f"{view}-screen", screen, is_update=is_update)
    assert drawn == before
