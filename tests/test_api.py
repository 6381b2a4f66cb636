"""The names that `dashboard` gives to scripts and notebooks, and the examples of their page."""

import ast
import re
import subprocess
import sys

import pytest

import dashboard
from dashboard.paths import folder
from tests.rules.sources import PACKAGE, ROOT

PAGE = ROOT / "docs" / "python-api.md"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.mark.unit
def test_every_public_name_is_there():
    assert sorted(dashboard.__all__) == sorted(dashboard._HOMES)
    assert {name: getattr(dashboard, name).__class__ for name in dashboard.__all__}
    assert set(dashboard.__all__) <= set(dir(dashboard))


@pytest.mark.unit
def test_a_type_checker_sees_the_same_names():
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    guarded = [node for node in tree.body if isinstance(node, ast.If)]
    found = {
        alias.name: step.module
        for node in guarded
        for step in node.body
        if isinstance(step, ast.ImportFrom)
        for alias in step.names
    }
    assert found == dashboard._HOMES


@pytest.mark.unit
def test_an_unknown_name_is_an_error():
    with pytest.raises(AttributeError, match="module 'dashboard' has no attribute 'lod'"):
        getattr(dashboard, "lod")  # noqa: B009 (to see what it raises)


def loaded(script):
    """Run a script in a fresh Python and return the modules that it loads."""
    command = f"{script}; import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", command],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(done.stdout.split())


@pytest.mark.unit
def test_the_package_alone_loads_nothing():
    assert not {"pandas", "plotly", "dash", "dashboard.dataset"} & loaded("import dashboard")


@pytest.mark.unit
def test_no_public_name_loads_dash():
    found = loaded("from dashboard import *")
    assert "dashboard.views" in found
    assert not {"dash", "flask", "dashboard.app"} & found


@pytest.mark.unit
def test_the_page_names_every_public_name():
    text = PAGE.read_text("utf-8")
    assert [
        name for name in dashboard.__all__ if not re.search(rf"^\| `{name}\b", text, re.M)
    ] == []


@pytest.mark.image
def test_every_example_runs(tmp_path, monkeypatch):
    (tmp_path / "data").symlink_to(folder("data"), target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text("utf-8"))
    assert len(blocks) > 8
    names = {}
    for block in blocks:
        exec(compile(block, PAGE.name, "exec"), names)
    assert {path.name for path in tmp_path.iterdir()} == {
        *("data", "mozambique.png", "mozambique.svg", "mozambique.html", "mozambique.txt"),
        *("mozambique.svg.txt", "mozambique.html.txt"),
        *("changed.pdf", "map-2021-03.png", "map-2021-03.txt"),
    }


def lines_before_drawing():
    blocks = BLOCK.findall(PAGE.read_text("utf-8"))
    return [block for block in blocks if not re.search("export_image|Exporter|recipe", block)]


@pytest.mark.unit
def test_examples_that_draw_nothing_run_without_chromium(tmp_path, monkeypatch):
    (tmp_path / "data").symlink_to(folder("data"), target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER_PATH", "/nowhere")
    names = {}
    blocks = lines_before_drawing()
    for block in blocks:
        exec(compile(block, PAGE.name, "exec"), names)
    assert len(blocks) > 1
    assert {"load", "Selection"} <= names.keys()
