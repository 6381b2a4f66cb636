import signal
import subprocess
import sys

import pytest

from tests.readers.tables import acled, ucdp

pytestmark = pytest.mark.unit

WARNING = "Other computers may reach this page. ACLED's terms do not allow passing its rows on"


def said(*arguments):
    """Serve until the page is ready and return what was complained of."""
    words = [str(argument) for argument in arguments]
    command = [sys.executable, "-m", "dashboard", "serve", *words, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as it:
        try:
            assert "is ready at" in it.stdout.readline()
            it.send_signal(signal.SIGINT)
            return it.communicate(timeout=30)[1]
        finally:
            it.kill()


def test_warns_where_others_reach_rows_that_may_not_be_passed_on(write):
    ours, theirs = write("ged.csv", ucdp(1)), write("acled.csv", acled(1))
    assert WARNING in said(theirs, "--host", "0.0.0.0")
    assert WARNING in said(ours, "--compare", theirs, "--host", "0.0.0.0")


def test_is_content_where_only_this_computer_reaches_them(write):
    assert "Other computers" not in said(write("acled.csv", acled(1)))
