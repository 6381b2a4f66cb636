"""The repository: no path of one machine, imports downwards only."""

import re
import subprocess
import tomllib

import pytest
from importlinter import cli

from tests.rules.sources import ROOT

pytestmark = pytest.mark.rules

# Written in pieces, so that this file does not find itself.
PLACES = ("ho" + "me", "Us" + "ers", "ro" + "ot", "wo" + "rk", "t" + "mp")
MACHINE = re.compile(rf"(?<![\w.:$}}/])/(?:{'|'.join(PLACES)})/\w")
TEXTS = {"", ".cfg", ".css", ".html", ".ini", ".js", ".json", ".lock", ".md", ".py", ".sh"} | {
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
}


def files():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in names if path.suffix in TEXTS and path.is_file()]


def test_no_file_names_a_path_of_one_machine():
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("open('/" + "home/ann/x')", True),
        ("/" + "tmp/picture.png", True),
        ("https://example.org/" + "home/x", False),
        ("./" + "work/x", False),
        ("$HOME/" + "work/x", False),
    ],
)
def test_knows_a_path_of_one_machine(text, is_found):
    assert bool(MACHINE.search(text)) == is_found


def contracts():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return settings.get("tool", {}).get("importlinter", {}).get("contracts", [])


def test_modules_import_downwards_only(capsys, monkeypatch):
    if not contracts():
        pytest.skip("pyproject.toml has no contracts")
    monkeypatch.chdir(ROOT)
    code = cli.lint_imports(no_cache=True, no_logo=True)
    assert code == 0, capsys.readouterr().out


def test_browser_tests_and_they_alone_stand_in_their_folder():
    # `make test` runs them by their folder, which spares it the collection of all others.
    mark = "pytest" + ".mark.browser"
    marked = {
        path.relative_to(ROOT)
        for path in ROOT.glob("tests/**/test_*.py")
        if mark in path.read_text()
    }
    assert marked == {path.relative_to(ROOT) for path in ROOT.glob("tests/browser/test_*.py")}
