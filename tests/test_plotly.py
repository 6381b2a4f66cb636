import json
import re
from importlib import metadata

import pytest
from plotly.offline import get_plotlyjs_version

from dashboard.paths import folder
from tests.golden import FOLDER

pytestmark = pytest.mark.unit

HEAD = re.compile(r"/\* plotly\.js (\S+) with ([a-z, ]+), built by ")


@pytest.fixture(scope="module")
def head():
    """Read the version and the kinds of trace that our plotly.js says it has."""
    with (folder("assets") / "plotly" / "plotly.min.js").open(encoding="utf-8") as script:
        found = HEAD.match(script.readline())
    assert found
    return found[1], set(found[2].split(", "))


def test_the_script_is_of_the_version_of_the_package(head):
    again = f"Run tools/build_plotly.py: plotly is {metadata.version('plotly')} now."
    assert head[0] == get_plotlyjs_version(), again


def test_the_script_draws_each_kind_of_trace_that_the_views_send(head):
    figures = [json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")]
    kinds = {trace["type"] for figure in figures for trace in figure.get("data", ())}
    assert kinds == head[1]
