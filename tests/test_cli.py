import http.client
import json
import os
import signal
import subprocess
import sys

import pytest

from dashboard import cli, server
from dashboard.info import info
from dashboard.paths import PACKAGE
from dashboard.selection import Selection
from tests import package

pytestmark = pytest.mark.unit


@pytest.fixture
def run(capsys):
    """Run a command and return its exit code, what it printed and what it complained of."""

    def _run(*arguments):
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        return (code, *capsys.readouterr())

    return _run


def test_runs_as_a_module_and_gives_its_version():
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert done.stdout.startswith("conflict-timeline ")
    assert done.stderr == ""


def test_asks_for_a_command(run):
    code, out, err = run()
    assert (code, out) == (2, "")
    assert "the following arguments are required: COMMAND" in err


def test_check_counts_the_rows_of_a_sound_table(run, small, small_folder):
    assert run("check", small_folder) == (
        0,
        "events               8\n"
        "reports             13\n"
        "actors               8\n"
        "theatres             4\n"
        f"data version   {small.version}\n",
        "",
    )


def test_check_prints_every_problem_and_their_number(run, tmp_path):
    package.write(tmp_path, events=[package.event("2024-02-30-a", killed_low="x")])
    code, out, err = run("check", tmp_path)
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "events.csv, record 1, line 2, start_date: '2024-02-30' is not a day of the calendar."
        " That month ends on 2024-02-29.",
        "events.csv, record 1, line 2, end_date: '2024-02-30' is not a day of the calendar."
        " That month ends on 2024-02-29.",
        "events.csv, record 1, line 2, killed_low: 'x' is not a number of persons. Write digits"
        " only, or leave it empty where it is unknown.",
        "3 problems",
    ]


def test_check_names_a_form_that_is_not_canonical_and_fixes_it(run, tmp_path):
    folder = package.write(tmp_path / "my table", events=list(reversed(package.SMALL["events"])))
    code, out, _ = run("check", folder)
    assert code == 0
    assert out.splitlines()[-1] == (
        f"Not in canonical form: events.csv. To rewrite: conflict-timeline check --fix '{folder}'"
    )
    code, out, _ = run("check", "--fix", folder)
    assert code == 0
    assert out.splitlines()[-1] == "Rewritten in canonical form: events.csv."
    assert len(run("check", folder)[1].splitlines()) == 5
    assert (folder / "events.csv").read_text(encoding="utf-8") == package.text(
        "events", package.SMALL["events"]
    )


def test_check_does_not_fix_what_is_not_sound(run, tmp_path):
    package.write(tmp_path, events=[package.event("2024-02-30-a")])
    before = (tmp_path / "events.csv").read_bytes()
    assert run("check", "--fix", tmp_path)[0] == 1
    assert (tmp_path / "events.csv").read_bytes() == before


@pytest.mark.parametrize("command", ["check", "info", "serve"])
def test_a_missing_table_is_one_sentence(run, tmp_path, command):
    port = ("--port", "0") if command == "serve" else ()
    assert run(command, tmp_path / "nowhere", *port) == (
        1,
        "",
        f"{tmp_path / 'nowhere'} is not there. Name a file of events, or a folder that holds"
        " events.csv and its companions.\n",
    )


def test_a_missing_folder_is_one_sentence(run, tmp_path):
    code, out, err = run("describe", tmp_path / "nowhere")
    assert code == 1
    assert f"{tmp_path / 'nowhere'}: is not there. Name a folder that holds events.csv" in out + err


def test_a_file_for_a_folder_is_one_sentence(run, small_folder):
    code, out, err = run("describe", small_folder / "events.csv")
    assert code == 1
    assert "events.csv: is a file, not a folder." in out + err


def test_info_lists_the_figures(run, small, small_folder):
    assert run("info", small_folder, "--query", "?theatre=mozambique") == (
        0,
        f"version            {small.version}\n"
        "events                   8\n"
        "selected                 3\n"
        "killed\n"
        "  low                   65\n"
        "  best                 107\n"
        "  high               1,030\n"
        "  known                  2\n"
        "wounded\n"
        "  low                    1\n"
        "  best                   2\n"
        "  high                   3\n"
        "  known                  1\n"
        "displaced           64,705\n"
        "displaced known          1\n"
        "by theatre\n"
        "  mozambique             3\n"
        "by month\n"
        "  2020-03                1\n"
        "  2021-03                2\n"
        "unplaced                 1\n",
        "",
    )


def test_info_says_unknown_where_no_event_has_a_figure(run, small_folder):
    _, out, _ = run("info", small_folder, "--query", "q=nothing")
    assert "killed\n  low              unknown\n  best             unknown\n" in out
    assert "displaced          unknown\ndisplaced known          0\n" in out


def test_info_gives_json(run, small, small_folder):
    code, out, err = run("info", small_folder, "--query", "theatre=iraq", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == info(small, Selection(theatres=("iraq",)))


def test_a_bad_query_is_a_sentence_and_code_2(run, small_folder):
    assert run("info", small_folder, "--query", "theatre=irak") == (
        2,
        "",
        "No theatre is called 'irak'. Did you mean 'iraq'?\n",
    )


def test_describe_writes_and_checks(run, tmp_path):
    folder = package.write(tmp_path)
    code, out, err = run("describe", "--check", folder)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f"{name} does not fit the tables. To renew: conflict-timeline describe {folder}"
        for name in ("datapackage.json", "README.md")
    ]
    assert run("describe", folder) == (0, "Written: datapackage.json, README.md.\n", "")
    assert run("describe", "--check", folder) == (0, "", "")


def test_a_file_that_cannot_be_written_is_a_sentence(run, tmp_path):
    folder = package.write(tmp_path)
    (folder / "README.md").mkdir()
    assert run("describe", folder) == (1, "", f"{folder / 'README.md'}: Is a directory.\n")


def test_an_interruption_is_quiet(run, monkeypatch, small_folder):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "info", interrupt)
    assert run("info", small_folder) == (130, "", "")


def test_a_closed_pipe_is_quiet(small_folder):
    command = f"{sys.executable} -m dashboard check {small_folder} | true"
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=False, env=environment
    )
    assert done.stderr == ""


@pytest.mark.parametrize("port", ["x", "-1", "65536", "80 80"])
def test_a_port_is_a_number(run, port):
    code, _, err = run("serve", f"--port={port}")
    assert code == 2
    assert f"{port!r} is not a port. Write a number up to 65535." in err


def test_a_port_from_the_environment_is_checked_too(run, monkeypatch):
    monkeypatch.setenv("PORT", "http")
    code, _, err = run("serve")
    assert code == 2
    assert "'http' is not a port." in err


def test_a_port_in_use_is_one_sentence(run, monkeypatch, small_folder):
    with server.listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(port))
        assert run("serve", small_folder) == (
            1,
            "",
            f"Port {port} is in use by another program. Stop it, or choose another port:"
            f" --port {port + 1}.\n",
        )


@pytest.mark.skipif(
    not (PACKAGE / "app" / "__init__.py").is_file(), reason="the page is still to be written"
)
def test_serve_says_where_the_page_is_serves_it_and_ends_quietly(small_folder):
    command = [sys.executable, "-m", "dashboard", "serve", str(small_folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as it:
        try:
            said = it.stdout.readline().strip()
            assert said.startswith("Conflict Timeline is ready at http://127.0.0.1:"), said
            connection = http.client.HTTPConnection(said.rsplit("/", 1)[1], timeout=30)
            connection.request("GET", "/")
            answer = connection.getresponse()
            assert (answer.status, b"Conflict Timeline" in answer.read()) == (200, True)
            connection.close()
            it.send_signal(signal.SIGINT)
            assert it.communicate(timeout=30) == ("", "")
        finally:
            it.kill()
    assert it.returncode == 0


@pytest.mark.parametrize("scale", ["0", "11", "big", "nan"])
def test_a_scale_is_a_number(run, scale):
    code, _, err = run("export", "timeline", "--out", "x.png", "--scale", scale)
    assert code == 2
    assert f"{scale!r} is not a scale. Write 0.1 to 10." in err


def test_export_names_an_unknown_view(run, tmp_path, small_folder):
    code, out, err = run("export", "tmeline", "--out", tmp_path / "x.png", "--data", small_folder)
    assert (code, out) == (2, "")
    assert err.startswith("No view is called 'tmeline'. Did you mean 'timeline'?")
    assert list(tmp_path.iterdir()) == []


def test_export_keeps_a_file_that_is_not_ours(run, tmp_path, small_folder):
    (tmp_path / "x.png").write_bytes(b"mine")
    code, out, err = run("export", "trend", "--out", tmp_path / "x.png", "--data", small_folder)
    assert (code, out) == (1, "")
    assert err.startswith(f"{tmp_path / 'x.png'} is there already")
    assert (tmp_path / "x.png").read_bytes() == b"mine"


def test_checks_our_own_table_by_default(run, curated):
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert f"data version   {curated.version}" in out
