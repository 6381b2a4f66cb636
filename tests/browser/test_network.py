"""The page needs nobody else: no other origin is asked, and it works where none can be."""

import pytest

pytestmark = pytest.mark.browser


def test_it_works_with_the_network_cut(open_page):
    page = open_page(cut_network=True)
    page.tick("Mozambique")
    page.open_event_on_timeline("2021-03-24-palma")
    page.choose("Region", "Mozambique")
    page.open_tab("Trend")
    page.download("Map", "PNG")
    page.download("Timeline", "SVG")
    assert page.outside_requests == []
    assert page.console_errors == []
