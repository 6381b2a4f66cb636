import json
import os
import re
import subprocess
import sys
import urllib.request

import pytest

from dashboard import wsgi
from dashboard.errors import DashboardError, ServeError
from tests.rules.sources import ROOT

pytestmark = pytest.mark.unit


def said(application, address):
    return application.test_client().get(address).json


def test_serves_the_table_that_it_is_given(small_folder, small):
    found = said(wsgi.application(str(small_folder)), "/healthz")
    assert (found["status"], found["events"]) == ("ok", small.size)


def test_takes_the_options_of_serve(small_folder):
    application = wsgi.application(str(small_folder), "--engine=duckdb")
    assert said(application, "/readyz")["status"] == "ready"


def test_takes_its_arguments_from_the_environment(small_folder, small, monkeypatch):
    monkeypatch.setenv(wsgi.VARIABLE, f"'{small_folder}' --engine pandas")
    assert said(wsgi.application(), "/healthz")["events"] == small.size


def test_names_a_table_that_is_not_there(tmp_path):
    with pytest.raises(DashboardError, match="is not there"):
        wsgi.application(str(tmp_path / "absent.csv"))


def test_does_not_end_the_process_over_a_wrong_argument(capsys):
    with pytest.raises(ServeError) as caught:
        wsgi.application("data", "--speed=9")
    assert str(caught.value) == "serve cannot be called with 'data --speed=9'."
    assert "--speed=9" in capsys.readouterr().err


def gunicorn(*arguments, **environment):
    pytest.importorskip("gunicorn.app.wsgiapp", reason="gunicorn does not run here")
    command = [sys.executable, "-m", "gunicorn", "--bind=127.0.0.1:0", *arguments]
    return subprocess.Popen(
        [*command, "dashboard.wsgi:application()"],
        cwd=ROOT,
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        text=True,
    )


def test_gunicorn_serves_it_with_threads(small_folder):
    with gunicorn("--threads=2", CONFLICT_TIMELINE=str(small_folder)) as server:
        try:
            found = next(filter(None, (re.search(r"http://\S+", line) for line in server.stderr)))
            with urllib.request.urlopen(f"{found[0]}/readyz", timeout=60) as answer:
                assert json.load(answer)["status"] == "ready"
        finally:
            server.terminate()
            server.communicate(timeout=30)


def test_gunicorn_ends_with_the_reason_where_a_table_cannot_be_opened(tmp_path):
    with gunicorn(CONFLICT_TIMELINE=str(tmp_path / "absent.csv")) as server:
        _, complaint = server.communicate(timeout=60)
    assert server.returncode == 3
    assert "absent.csv is not there. Name a file of events" in complaint
