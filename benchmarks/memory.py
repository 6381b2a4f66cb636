"""The memory that commands need for a large file of another source.

    python -m benchmarks.memory [--megabytes 228] [--like FILE]

Invents a CSV in the layout of UCDP GED and one in that of ACLED (or repeats the records of FILE,
the first column counted on, which must be ids), then runs `info`, `import`, `import` again over
what that wrote, and `serve` on it, each in a process of its own: `serve` until its page has been
read once. The peak is the kernel's (`ru_maxrss` of the process). The bar: below four times the
file.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import exports, report

BAR = 4.0
FORMS = {"ucdp": "UCDP GED", "acled": "ACLED"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the section of docs/performance.md; 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=228)
    parser.add_argument("--like", type=Path, metavar="FILE", help="repeat the records of a CSV")
    options = parser.parse_args(arguments)
    machine = report.machine("pandas", "pyarrow", "duckdb")
    size = int(options.megabytes * 1e6)
    if options.like:
        found = {f"{options.like.name}, repeated": measured(repeat, options.like, size)}
    else:
        found = {
            f"an invented {name}": measured(exports.invent, form, size)
            for form, name in FORMS.items()
        }
    worst = max(peak for one in found.values() for peak in one["times"].values())
    held = "kept" if worst < BAR else "**missed**"
    text = "\n\n".join(
        (
            f"## Memory for a large file\n\n{report.machine_text(machine)}",
            "`python -m benchmarks.memory`: each command in a process of its own, peak resident"
            " memory as the kernel counts it; `serve` until its page has been read once. `nothing`"
            " is the interpreter with what the program imports, `import again` compares with what"
            " `import` wrote before. No row of ACLED is written to disk by `serve`.",
            *(_told(name, one) for name, one in found.items()),
            f"The bar, below {BAR:g} times the file: {held}, {worst:.2f}.",
        )
    )
    if options.like:
        print(text)
    else:
        report.put("memory", text, {"machine": machine, "found": found})
    sys.exit(worst >= BAR)


def measured(write: Callable[[Any, Path, int], int], what: object, size: int) -> dict[str, Any]:
    """Measure the commands on one file.

    Args:
        write: Writes it, a function of this package; returns the number of its events.
        what: The first argument of `write`.
        size: The bytes that it shall have, about.

    Returns:
        file and folder (bytes of the file and of what `import` writes), rows, found (peak in bytes
        and seconds by command), times (the peak in sizes of the file, or of the folder).
    """
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "large.csv"
        # A process counts what its parent had when it was started: the file is made elsewhere.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            rows = pool.apply(write, (what, path, size))
        bytes_of_file = path.stat().st_size
        out = ("import", str(path), "--out", f"{name}/out", "--private")
        found = {
            "nothing": run(["--help"]),
            "info": run(["info", str(path)]),
            "import": run(out),
            "import again": run(out),
            "serve": run(["serve", str(path), "--port", "0"]),
            "info of the folder": run(["info", f"{name}/out"]),
        }
        folder = sum(file.stat().st_size for file in Path(f"{name}/out").iterdir())
    times = {
        command: peak / (folder if command.endswith("folder") else bytes_of_file)
        for command, (peak, _) in found.items()
    }
    return {
        "file": bytes_of_file,
        "folder": folder,
        "rows": rows,
        "found": found,
        "times": times,
    }


def _told(name: str, one: dict[str, Any]) -> str:
    lines = [
        (command, f"{peak / 1e6:,.0f}", f"{one['times'][command]:.2f}", f"{seconds:.0f}")
        for command, (peak, seconds) in one["found"].items()
    ]
    return (
        f"A CSV of {one['file'] / 1e6:,.0f} MB with {one['rows']:,} events ({name}); the folder is"
        f" what `import` wrote, {one['folder'] / 1e6:,.0f} MB.\n\n"
        f"{report.table(('command', 'peak, MB', 'times the file', 's'), lines)}"
    )


def run(arguments: Sequence[str]) -> tuple[int, float]:
    """Run a command and return the bytes of its peak and its seconds.

    Raises:
        RuntimeError: It failed.
    """
    started = time.perf_counter()
    command = [sys.executable, "-m", "dashboard", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        if arguments[0] == "serve":
            address = process.stdout.readline().split()[-1]
            urllib.request.urlopen(address).read()
            process.send_signal(signal.SIGINT)
        process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and arguments[0] != "serve":
        raise RuntimeError(f"{' '.join(arguments)} failed: {process.returncode}.")
    return used.ru_maxrss * _UNIT, time.perf_counter() - started


# Linux counts in kB, macOS in bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024


def repeat(source: Path, path: Path, size: int) -> int:
    """Write the records of a CSV again and again, up to a size; return their number."""
    with source.open(newline="", encoding="utf-8-sig") as file:
        header, *records = csv.reader(file)
    number = 0
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        while out.tell() < size:
            for record in records:
                number += 1
                writer.writerow([number, *record[1:]])
    return number


if __name__ == "__main__":
    main()
