import dataclasses
import http.client
import json
import shutil
import signal
import subprocess
import sys
import time

import pytest

from dashboard.app import create_app, live
from dashboard.app.live import Live, news
from dashboard.commands import tables
from dashboard.dataset import load
from tests import package
from tests.app import table
from tests.readers.tables import text, ucdp

pytestmark = pytest.mark.unit


@pytest.fixture
def folder(tmp_path):
    return table.write(tmp_path / "served")


@pytest.fixture
def held(folder):
    """Hold a folder that is looked at by hand."""
    return Live(load(folder), folder, lambda: load(folder))


def without_the_last(folder):
    """Change a folder: its last event goes."""
    package.write(folder, events=table.EVENTS[:-1], reports=table.REPORTS[:-1])


def looked(held, times=2):
    return [held.look() for _ in range(times)]


def test_nothing_is_read_while_nothing_changes(held):
    before = held.now
    assert looked(held, 3) == [False] * 3
    assert held.now is before


def test_a_changed_folder_is_read_once_it_rests(held, folder):
    without_the_last(folder)
    assert looked(held, 3) == [False, True, False]
    assert len(held.now.dataset.events) == len(table.EVENTS) - 1
    assert held.now.notice == ""


def test_a_file_that_is_still_being_written_is_left_alone(held, folder):
    without_the_last(folder)
    assert held.look() is False
    with (folder / "events.csv").open("a", encoding="utf-8") as lines:
        lines.write(package.text("events", [table.EVENTS[-1]]).splitlines()[1])
    assert held.look() is False
    assert len(held.now.dataset.events) == len(table.EVENTS)
    assert held.now.notice == ""


def test_a_broken_version_keeps_the_last_good_one_with_a_notice(held, folder):
    version = held.now.dataset.version
    (folder / "events.csv").write_text("event_id\nx\n", encoding="utf-8")
    assert looked(held) == [False, True]
    assert held.now.dataset.version == version
    assert held.now.notice.startswith(
        "served has changed and cannot be read, so the table before is still shown (data"
        f" {version}). "
    )
    assert "\n" not in held.now.notice


def test_the_notice_names_the_fault(held, folder):
    (folder / "events.csv").write_text("event_id\nx\n", encoding="utf-8")
    looked(held)
    assert "). events.csv, " in held.now.notice
    assert held.now.notice.endswith(" more problems)")


def test_a_mended_version_takes_the_notice_away(held, folder):
    (folder / "events.csv").write_bytes(b"\x00")
    looked(held)
    without_the_last(folder)
    assert looked(held) == [False, True]
    assert held.now.notice == ""


def test_a_broken_version_is_not_read_again_and_again(held, folder):
    (folder / "events.csv").write_bytes(b"\x00")
    assert looked(held, 4) == [False, True, False, False]


@pytest.mark.parametrize("name", ["events.csv", ""])
def test_a_table_that_is_gone_stays_on_screen(held, folder, name):
    version = held.now.dataset.version
    if name:
        (folder / name).unlink()
    else:
        shutil.rmtree(folder)
    looked(held)
    assert held.now.dataset.version == version
    assert held.now.notice


def test_a_story_that_changes_is_read_too(held, folder):
    story = folder / "stories" / "the-north.md"
    story.write_text(story.read_text("utf-8").replace("The north", "The south"), encoding="utf-8")
    assert looked(held) == [False, True]
    assert held.now.stories["the-north"].title == "The south"


def test_recorded_changes_are_read_too(held, folder):
    assert held.now.changes == []
    (folder / "changes.csv").write_text(
        "changed_date,event_id,column,old,new,why\n"
        "2024-01-01,2021-03-24-palma,title,a,b,A source says so.\n",
        encoding="utf-8",
    )
    assert looked(held) == [False, True]
    assert [change.why for change in held.now.changes] == ["A source says so."]


def test_a_file_of_another_source_is_read_again_as_it_was_at_first(tmp_path):
    path = tmp_path / "ged.csv"
    path.write_text(text([ucdp(1)]), encoding="utf-8")
    reopen = lambda: tables.open_named(path, is_quiet=True)  # noqa: E731
    held = Live(reopen(), path, reopen)
    path.write_text(text([ucdp(1), ucdp(2)]), encoding="utf-8")
    assert looked(held) == [False, True]
    assert held.now.dataset.report.loaded == 2
    path.write_text("{", encoding="utf-8")
    assert looked(held) == [False, True]
    assert held.now.dataset.report.loaded == 2
    assert held.now.notice.startswith("ged.csv has changed and cannot be read")


def test_a_table_without_a_file_is_never_looked_for(small):
    held = Live(small)
    assert looked(held) == [False, False]
    held.watch()
    assert held.now.dataset is small


def test_the_page_tells_its_reader_once_that_the_table_is_another(odd, site):
    assert news(site, None) == []
    assert news(site, {"version": odd.version}) == []
    assert news(site, {"version": "1234567"}) == [
        f"The table has changed since this page was opened: data 1234567 then, {odd.version} now."
    ]


def test_the_page_shows_the_notice_of_a_broken_table(site):
    broken = dataclasses.replace(site, notice="It is broken.")
    assert news(broken, {"version": site.dataset.version}) == ["It is broken."]


def test_a_page_asked_for_later_is_of_the_newer_table(folder):
    app = create_app(load(folder), folder)
    app.live._reopen = lambda: load(folder)
    client = app.server.test_client()
    before = client.get("/healthz").json
    without_the_last(folder)
    looked(app.live)
    after = client.get("/healthz").json
    assert (before["events"], after["events"]) == (12, 11)
    assert app.live.now.dataset.version == after["version"] != before["version"]
    assert after["version"] in str(app.layout())


def health(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/healthz")
    found = json.loads(connection.getresponse().read())
    connection.close()
    return found


def awaited(port, wanted):
    """Wait until the health of a server is as wanted."""
    end = time.monotonic() + 10 * live.LOOK_SECONDS
    while not wanted(found := health(port)):
        assert time.monotonic() < end, found
        time.sleep(0.2)
    return found


def test_serve_follows_its_file(tmp_path):
    path = tmp_path / "ged.csv"
    path.write_text(text([ucdp(1), ucdp(2)]), encoding="utf-8")
    command = [sys.executable, "-m", "dashboard", "serve", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as it:
        try:
            port = int(it.stdout.readline().rsplit(":", 1)[1])
            assert health(port)["events"] == 2
            path.write_text(text([ucdp(1), ucdp(2), ucdp(3)]), encoding="utf-8")
            awaited(port, lambda found: found["events"] == 3)
            path.write_bytes(b"\x89PNG\r\n\x1a\n")
            found = awaited(port, lambda found: found["notice"])
            assert found["events"] == 3
            it.send_signal(signal.SIGINT)
            assert "Traceback" not in it.communicate(timeout=30)[1]
        finally:
            it.kill()
