"""Files of other sources as a command meets them; every row is invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import cli
from tests.readers import tables

OWN = "Day;Site;Dead;lat;lon\n3/4/2021;Vila;4;-11.5;40.1\n14/4/2021;Aldeia;;-11.6;40.2\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str], list[str]]]:
    """Run a command; return its exit code and the lines of what it printed and complained of."""

    def _run(*arguments: object) -> tuple[int, list[str], list[str]]:
        capsys.readouterr()
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(str(stop.code))
        out, err = capsys.readouterr()
        return code, out.splitlines(), err.splitlines()

    return _run


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write rows, or a text, as a file of the test's folder."""

    def _write(name: str, *rows: tables.Row | str) -> Path:
        path = tmp_path / name
        content = rows[0] if isinstance(rows[0], str) else tables.text(rows)  # type: ignore[arg-type]
        path.write_text(content, encoding="utf-8", newline="")
        return path

    return _write


@pytest.fixture
def own(write: Callable[..., Path]) -> Path:
    """Return a table of a reader's own, whose columns need a mapping."""
    return write("attacks.csv", OWN)
