"""Tables of other sources as readers meet them, the second table and the live file included."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboard.app.live import LOOK_SECONDS
from dashboard.readers import acled as acled_reader
from tests import package
from tests.browser.conftest import opening, serving
from tests.matching.tables import bombing
from tests.readers.tables import SHARED, acled, text, ucdp

pytestmark = pytest.mark.browser

NIGERIA = SHARED / "ucdp_ged_nga_hdx_v20_1.csv.gz"
# The page asks every ten seconds whether its table is still the same; here, every half second.
HASTE = "const set = setInterval; window.setInterval = (does, ms) => set(does, ms / 20);"
ASKS_MS = 1000 * (4 * LOOK_SECONDS + 2)


def test_a_file_of_thousands_of_events_is_a_page_like_any_other(browser):
    if not NIGERIA.is_file():
        pytest.skip(f"the UCDP files are not at {SHARED}")
    with serving(NIGERIA) as origin, opening(browser, origin) as visit:
        page = visit()
        assert "4,603 events" in page.text()
        assert "UCDP GED, Uppsala University, CC BY 4.0" in page.text()
        assert "curated" not in page.text()
        page.show("?from=2015-01-01&to=2015-12-31")
        assert page.query() == "?from=2015-01-01&to=2015-12-31"
        page.open_tab("About")
        assert "4,603 of 4,603 records loaded" in page.text()
        assert page.download_data("CSV").read_bytes().startswith(b"event_id,")


def test_rows_that_may_not_be_passed_on_are_shown_and_not_handed_out(browser, tmp_path):
    path = tmp_path / "acled.csv"
    path.write_text(text([acled(1), acled(2)]), encoding="utf-8")
    with serving(path) as origin, opening(browser, origin) as visit:
        page = visit()
        assert acled_reader.TERMS.sentence in page.text()
        assert "These rows cannot be downloaded." in page.text()
        picture = page.download("Timeline", "SVG").read_text("utf-8")
        assert "acleddata.com" in picture


def test_an_open_page_follows_its_file(browser, tmp_path):
    path = tmp_path / "ged.csv"
    path.write_text(text([ucdp(1), ucdp(2)]), encoding="utf-8")
    with serving(path) as origin, opening(browser, origin) as visit:
        page = visit()
        page.tab.add_init_script(HASTE)
        page.reload()
        page.tab.wait_for_timeout(1_000)  # it must have asked once, to know what it shows
        path.write_text(text([ucdp(1), ucdp(2), ucdp(3)]), encoding="utf-8")
        said = page.tab.get_by_role("alert")
        said.filter(has_text="The table has changed since").wait_for(timeout=ASKS_MS)
        page.settle()
        assert "3 events" in page.text()
        path.write_bytes(b"")
        said.filter(has_text="ged.csv has changed and cannot be read").wait_for(timeout=ASKS_MS)
        page.settle()
        assert "3 events" in page.text()


def test_a_table_of_places_gets_its_timeline_when_it_gets_dates(browser, tmp_path):
    path = tmp_path / "places.csv"
    rows = "{},{},36.3,43.1,Mosul,3", "{},{},33.3,44.4,Baghdad,"
    head = "id,date,lat,lon,place,killed"

    def write(*days):
        lines = [row.format(at, day) for at, (row, day) in enumerate(zip(rows, days, strict=True))]
        path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")

    write("", "")
    with serving(path) as origin, opening(browser, origin) as visit:
        page = visit()
        parts = page.tab.locator(".brush, .player, .filters__block--window")
        assert parts.count() == 3
        assert not any(part.is_visible() for part in parts.all())
        assert "1900" not in page.text()
        page.tab.add_init_script(HASTE)
        page.reload()
        page.tab.wait_for_timeout(1_000)
        write("2014-06-06", "2020-05-04")
        said = page.tab.get_by_role("alert")
        said.filter(has_text="The table has changed since").wait_for(timeout=ASKS_MS)
        page.settle()
        assert all(part.is_visible() for part in parts.all())
        last = page.tab.get_by_role("slider", name="Last month shown")
        assert last.get_attribute("aria-valuetext") == "4 May 2020"


def test_two_tables_stand_side_by_side_and_lead_to_their_events(browser, tmp_path):
    ours = bombing("2015-05-03-qarya", latitude_deg="36.1", longitude_deg="43.2")
    reports = [package.report(ours["event_id"])]
    folder = package.write(tmp_path / "ours", events=[ours], reports=reports)
    path = tmp_path / "ged.csv"
    path.write_text(text([ucdp(1, low="8", best="10", high="12")]), encoding="utf-8")
    with serving(folder, "--compare", path) as origin, opening(browser, origin) as visit:
        page = visit()
        page.open_tab("Compare")
        assert page.query() == "?tab=compare"
        assert "UCDP GED, Uppsala University, CC BY 4.0" in page.text()
        assert Axe().run(page.tab).response["violations"] == []
        page.tab.locator(".pairs").get_by_role("link").first.click()
        page.settle()
        assert page.query() == "?event=2015-05-03-qarya&tab=compare"
