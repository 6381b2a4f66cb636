import os
import signal
import tempfile
import time
from pathlib import Path

import pytest

from dashboard.errors import DependencyError
from dashboard.export.browser import (
    DEAD_PROXY,
    LONGEST_TEMPORARY,
    Browser,
    BrowserEndedError,
    PageError,
    find_chromium,
    temporary_folder,
)


@pytest.fixture
def browser(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    started = Browser(DEAD_PROXY, 60)
    yield started
    started.kill()


def program(path):
    path.write_text("#!/bin/sh\nexit 7\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.unit
def test_takes_the_program_that_browser_path_names(tmp_path, monkeypatch):
    mine = program(tmp_path / "my-chrome")
    monkeypatch.setenv("BROWSER_PATH", mine)
    assert find_chromium() == mine


@pytest.mark.unit
@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_finds_each_of_the_usual_names(name, tmp_path, monkeypatch):
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    path = program(tmp_path / name)
    assert find_chromium() == path


@pytest.mark.unit
def test_says_in_one_sentence_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DependencyError) as caught:
        find_chromium()
    assert str(caught.value) == (
        "Chromium was not found: to draw images, install it with `apt install chromium` or set "
        "BROWSER_PATH to where Chromium or Chrome is."
    )


@pytest.mark.unit
def test_does_not_look_elsewhere_when_browser_path_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path))
    with pytest.raises(DependencyError, match=r"^BROWSER_PATH='/.*' is not a program: to draw"):
        find_chromium()


@pytest.mark.unit
def test_repeats_what_a_program_that_ends_at_once_said(tmp_path, monkeypatch):
    path = tmp_path / "chromium"
    path.write_text("#!/bin/sh\necho loading >&2; echo no libnss3 here >&2; exit 1\n")
    path.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(path))
    with pytest.raises(BrowserEndedError, match="^no libnss3 here$"):
        Browser(DEAD_PROXY, 60)


@pytest.mark.unit
def test_does_not_wait_for_a_program_that_never_answers(tmp_path, monkeypatch):
    path = tmp_path / "chromium"
    path.write_text("#!/bin/sh\nexec sleep 60\n")
    path.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(TimeoutError):
        Browser(DEAD_PROXY, 0.5)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.image
def test_returns_what_a_script_does(browser):
    assert browser.evaluate("Promise.resolve([1, 'ä', null])") == [1, "ä", None]


@pytest.mark.image
def test_carries_messages_of_megabytes_both_ways(browser):
    text = "a\0é" * 2_000_000
    assert browser.evaluate(f"'{'b' * 6_000_000}'.length") == 6_000_000
    assert browser.evaluate("'a\\u0000é'.repeat(2_000_000)") == text


@pytest.mark.image
def test_tells_what_a_script_threw_and_goes_on(browser):
    with pytest.raises(PageError, match="^no such place$"):
        browser.evaluate("(() => { throw new Error('no such place.'); })()")
    assert browser.evaluate("1 + 1") == 2


@pytest.mark.image
def test_waits_no_longer_than_allowed(browser):
    browser.allow(0.3)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        browser.evaluate("new Promise(() => {})")
    assert 0.25 < time.monotonic() - began < 3


@pytest.mark.image
def test_waits_no_longer_than_allowed_for_a_chromium_that_reads_nothing(browser):
    os.kill(browser.pid, signal.SIGSTOP)
    browser.allow(0.3)
    with pytest.raises(TimeoutError):
        browser.evaluate(f"'{'b' * 6_000_000}'")


@pytest.mark.image
@pytest.mark.parametrize("ending", ["close", "kill"])
def test_leaves_no_process_and_no_file(ending, browser, tmp_path):
    pid = browser.pid
    variables = Path(f"/proc/{pid}/environ").read_text(encoding="utf-8").split("\0")
    [temporary] = [Path(one[7:]) for one in variables if one.startswith("TMPDIR=")]
    assert list(tmp_path.iterdir())
    assert list(temporary.iterdir())
    getattr(browser, ending)()
    browser.kill()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not list(tmp_path.iterdir())
    assert not temporary.exists()


@pytest.mark.image
def test_sends_every_request_to_its_proxy(proxy):
    # What test_exporter.py proves with this proxy is worth something only if this holds.
    browser = Browser(proxy.url, 60)
    try:
        for url in ("http://example.org/a", "https://example.org/b", "http://127.0.0.1:9876/c"):
            browser.evaluate(f"fetch('{url}', {{mode: 'no-cors'}}).catch(() => 0)")
    finally:
        browser.kill()
    asked = b"\n".join(proxy.asked)
    assert b"GET http://example.org/a" in asked
    assert b"CONNECT example.org:443" in asked
    assert b"GET http://127.0.0.1:9876/c" in asked


@pytest.mark.unit
def test_chromium_gets_a_folder_of_temporary_files_with_a_short_path(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("deep" * 20)))
    assert len(temporary_folder()) <= LONGEST_TEMPORARY
    monkeypatch.setattr(tempfile, "tempdir", "/var/short")
    assert temporary_folder() == "/var/short"
