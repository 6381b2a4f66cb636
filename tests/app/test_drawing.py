import pytest

from dashboard.app import drawing
from tests.app.conftest import VIEWPORT

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("box", "is_seen"),
    [
        ([-119.8, -42.4, 155.9, 61.6], True),
        # A map that has no height yet, as a page's first moment has it.
        ([-166.8, 70.3, -157.1, 70.3], False),
        ([10, 0, 10, 5], False),
        ([0, 0, 5], False),
        ([0, 0, 900, 5], False),
    ],
)
def test_takes_what_is_in_view_for_a_box_only_where_it_is_one(box, is_seen):
    seen = {"key": "map  ", "boxes": {"geo": box}}
    found = drawing.medium("map", VIEWPORT | {"seen": seen})
    assert bool(found.seen) == is_seen
