from itertools import permutations

import pytest

from dashboard.export.alttext import content_of, holds, places
from dashboard.export.recipe import page_script

pytestmark = pytest.mark.unit

PAGE = f"<!doctype html>{page_script({'view': 'map'})}"


@pytest.fixture
def export(tmp_path):
    """Write pages of ours and their texts in one run; return the names of the texts' files."""

    def _export(**texts):
        wanted = [(tmp_path / name.replace("_", "."), text) for name, text in texts.items()]
        found = places(wanted)
        for path, text in wanted:
            path.write_text(PAGE)
            if text:
                found[path].write_bytes(content_of(text))
        return [found[path].name for path, _ in wanted]

    return _export


def test_stands_beside_its_image(export):
    assert export(a_html="One.") == ["a.txt"]


def test_stays_where_it_is_when_its_image_changes(export):
    export(a_html="One.")
    assert export(a_html="Two.") == ["a.txt"]


def test_two_forms_share_one_text(export):
    export(a_html="One.")
    assert export(a_htm="One.") == ["a.txt"]


def test_does_not_overwrite_the_text_of_another_image(export, tmp_path):
    export(a_html="One.")
    assert export(a_htm="Two.") == ["a.htm.txt"]
    assert holds(tmp_path / "a.txt", "One.")


def test_each_image_keeps_its_file_when_drawn_again_in_any_order(export):
    export(a_html="One.")
    export(a_htm="Two.")
    for texts in permutations([("a_html", "a.txt"), ("a_htm", "a.htm.txt")]):
        for name, place in texts:
            assert export(**{name: f"New {name}."}) == [place]
    assert export(a_htm="New a_html.") == ["a.htm.txt"]


def test_a_text_that_was_shared_stays_with_the_image_that_it_still_describes(export, tmp_path):
    export(a_html="One.", a_htm="One.")
    assert export(a_html="Two.") == ["a.html.txt"]
    assert holds(tmp_path / "a.txt", "One.")
    assert export(a_htm="Two.") == ["a.txt"]


def test_goes_to_the_same_file_whatever_the_order_within_a_run(tmp_path):
    wanted = [(tmp_path / f"a.{form}", form) for form in ("html", "svg", "png")]
    found = {tuple(sorted(places(some).items())) for some in permutations(wanted)}
    assert [{path.name: place.name for path, place in some} for some in found] == [
        {"a.html": "a.html.txt", "a.png": "a.txt", "a.svg": "a.svg.txt"}
    ]


def test_leaves_no_text_that_describes_neither_when_both_change_in_one_run(export):
    export(a_html="One.", a_htm="One.")
    assert sorted(export(a_html="Two.", a_htm="Two.")) == ["a.html.txt", "a.txt"]


def test_an_image_without_a_text_takes_no_place(export):
    assert export(a_html="", a_htm="Two.") == ["a.txt", "a.txt"]


def test_an_image_by_another_program_has_no_text_of_ours(export, tmp_path):
    (tmp_path / "a.htm").write_text("<!doctype html><p>mine")
    export(a_html="One.")
    assert export(a_html="Two.") == ["a.txt"]
