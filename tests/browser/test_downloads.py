"""Downloads: pictures that stand alone, drawn by the reader's browser, and the chosen rows."""

import csv
import re
import struct

import pytest

from dashboard.selection import Selection
from dashboard.views.common import source_lines
from tests.browser import expected

pytestmark = pytest.mark.browser

QUERY = "?theatre=mozambique&from=2021-01-01&to=2021-12-31"


@pytest.mark.parametrize("view", ["Timeline", "Map", "Trend"])
def test_a_png_has_twice_the_pixels_of_its_preset(page_at, view):
    page = page_at(QUERY)
    content = page.download(view, "PNG").read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == (2400, 1350)
    assert page.notice() == ""


@pytest.mark.parametrize("view", ["Timeline", "Map", "Trend"])
def test_an_svg_is_vector_throughout_and_carries_its_caption(page_at, curated, view):
    page = page_at(QUERY)
    content = page.download(view, "SVG").read_text("utf-8")
    assert content.startswith("<svg")
    assert "<image" not in content
    words = " ".join(re.findall(r"<text[^>]*>(.*?)</text>", content, re.DOTALL))
    words = " ".join(re.sub(r"<[^>]+>", " ", words).replace("&amp;", "&").split())
    source, share = source_lines(curated, Selection.from_query(QUERY), page.link())
    for line in (source, share.split(" · ")[0]):
        for word in line.split():
            assert word in words
    assert f"data {curated.version}" in words


def test_a_csv_holds_exactly_the_chosen_rows(page_at, curated):
    page = page_at(QUERY)
    file = page.download_data("CSV")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["event_id"] for row in rows] == expected.events(curated, QUERY)
