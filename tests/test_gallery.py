"""The gallery: each picture was drawn by the command that stands under it."""

import re
import shlex
import struct

import pytest

from dashboard import cli
from dashboard.commands import export
from dashboard.export import read_recipe
from dashboard.pictures import order_of
from tests.rules.sources import ROOT

pytestmark = pytest.mark.unit

PAGE = ROOT / "docs" / "gallery.md"
ENTRY = re.compile(r"^!\[(.+)\]\((images/[\w-]+\.png)\)\n\n```sh\n(.+)\n```", re.MULTILINE)


@pytest.fixture(scope="module")
def entries():
    if not PAGE.is_file():
        pytest.skip("docs/gallery.md is not built")
    return ENTRY.findall(PAGE.read_text("utf-8"))


def test_has_twelve_pictures(entries):
    assert len({path for _, path, _ in entries}) == 12


def test_each_command_is_that_of_its_picture(entries, small):
    for _, path, command in entries:
        options = cli._parser().parse_args(shlex.split(command)[1:])
        order = export._order(options, small)
        assert order == order_of(read_recipe(PAGE.parent / path)), command
        assert options.out.name == path.removeprefix("images/")


def test_all_pictures_are_of_one_version_of_the_table(entries):
    version = re.search(r"data (\w{7})", PAGE.read_text("utf-8"))[1]
    found = {read_recipe(PAGE.parent / path)["version"] for _, path, _ in entries}
    assert found == {version}


def test_each_view_is_shown(entries):
    views = {read_recipe(PAGE.parent / path)["view"] for _, path, _ in entries}
    assert views == {"timeline", "map", "trend", "actors", "sources", "event"}


def test_each_picture_is_described(entries):
    assert all(len(alt) > 80 for alt, _, _ in entries)


def test_the_pictures_are_small_enough_for_a_repository():
    paths = [*(ROOT / "docs" / "images").glob("*.png"), ROOT / "assets" / "preview.png"]
    assert sum(path.stat().st_size for path in paths) <= 3_000_000


def test_a_link_in_a_feed_has_a_picture():
    content = (ROOT / "assets" / "preview.png").read_bytes()
    assert struct.unpack(">II", content[16:24]) == (1200, 630)
    assert read_recipe(content)["title"] == "Conflict Timeline"
