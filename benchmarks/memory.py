"""The memory that commands need for a large file of another source.

    python -m benchmarks.memory [--megabytes 228] [--like FILE]

Invents a CSV in the layout of UCDP GED (or repeats the records of FILE, the first column counted
on, which must be ids), then runs `info`, `import` and `serve` on it, each in a process of its own:
`serve` until its page has been read once. The peak is the kernel's (`ru_maxrss` of the process).
The bar: below four times the file.
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
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import generate, report
from benchmarks.world import SYLLABLES
from dashboard.readers.ucdp import COLUMNS

BAR = 4.0
# A row of UCDP GED 23.1 and 24.1 has some 610 to 620 bytes.
ROW_BYTES = 615
TYPES = {"battle": 1, "civilian_attack": 3, "mass_killing": 3}
DATE_CODES = {"day": 1, "week": 2, "month": 4, "year": 5}
GEO_CODES = {"site": 1, "place": 1, "district": 3, "admin1": 4, "country": 6, "": 6}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the section of docs/performance.md; 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=228)
    parser.add_argument("--like", type=Path, metavar="FILE", help="repeat the records of a CSV")
    options = parser.parse_args(arguments)
    machine = report.machine("pandas", "pyarrow", "duckdb")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "large.csv"
        size = int(options.megabytes * 1e6)
        # A process counts what its parent had when it was started: the file is made elsewhere.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            rows = pool.apply(_write, (options.like, path, size))
        size = path.stat().st_size
        out = ("import", str(path), "--out", f"{name}/out", "--private")
        found = {
            "nothing": run(["--help"]),
            "info": run(["info", str(path)]),
            "import": run(out),
            "serve": run(["serve", str(path), "--port", "0"]),
            "info of the folder": run(["info", f"{name}/out"]),
        }
        folder = sum(file.stat().st_size for file in Path(f"{name}/out").iterdir())
    times = {
        command: peak / (folder if command.endswith("folder") else size)
        for command, (peak, _) in found.items()
    }
    lines = [
        (command, f"{peak / 1e6:,.0f}", f"{times[command]:.2f}", f"{seconds:.0f}")
        for command, (peak, seconds) in found.items()
    ]
    worst = max(times.values())
    what = options.like.name + ", repeated" if options.like else "an invented UCDP GED"
    held = "kept" if worst < BAR else "**missed**"
    text = (
        "## Memory for a large file\n\n"
        f"{report.machine_text(machine)}\n\n"
        f"`python -m benchmarks.memory`: a CSV of {size / 1e6:,.0f} MB with {rows:,} events"
        f" ({what}), each command in a process of its own, peak resident memory as the kernel"
        " counts it; `serve` until its page has been read once. `nothing` is the interpreter with"
        f" what the program imports; the folder is what `import` wrote, {folder / 1e6:,.0f} MB.\n\n"
        f"{report.table(('command', 'peak, MB', 'times the file', 's'), lines)}\n\n"
        f"The bar, below {BAR:g} times the file: {held}, {worst:.2f}."
    )
    kept = {"machine": machine, "file": size, "rows": rows, "found": found}
    if options.like:
        print(text)
    else:
        report.put("memory", text, kept)
    sys.exit(worst >= BAR)


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


def _write(like: Path | None, path: Path, size: int) -> int:
    return repeat(like, path, size) if like else invent(path, size)


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


def invent(path: Path, size: int, seed: int = 1) -> int:
    """Write an invented UCDP GED of about a size; return the number of its events."""
    number = size // ROW_BYTES
    world, months = generate.plan(number, seed)
    names = dict(zip(world.actors["actor_id"], world.actors["name"], strict=True))
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for place, events in enumerate(generate.pieces(world, months, seed)):
            writer.writerows(_records(names, events, np.random.default_rng((seed, place))))
    return number


def _records(
    names: dict[str, str], events: pd.DataFrame, rng: np.random.Generator
) -> Iterator[list[object]]:
    """Write events as UCDP does, in no order of days, as its files are."""
    sentences = [_sentence(rng) for _ in range(5_000)]
    shuffled = events.sample(frac=1, random_state=int(rng.integers(2**31)))
    rows: Iterator[Any] = shuffled.itertuples(index=False)
    for number, event in enumerate(rows):
        sides = [
            " - ".join(names[one] for one in side.split(";") if one)
            for side in (event.initiators, event.targets)
        ]
        headline, where, who = (sentences[place] for place in rng.integers(len(sentences), size=3))
        best = 0 if event.killed_best is pd.NA else int(event.killed_best)
        first, last = f"{event.start_date:%Y-%m-%d}", f"{event.end_date:%Y-%m-%d}"
        has_place = event.latitude_deg == event.latitude_deg
        spot = (event.latitude_deg, event.longitude_deg) if has_place else (0.5, 0.5)
        cells = {
            "id": event.event_id.replace("-", ""),
            "relid": f"{event.country_code}-{first[:4]}-1-{number}",
            "year": first[:4],
            "code_status": "Clear",
            "type_of_violence": TYPES.get(event.event_type, 1),
            "conflict_name": f"{event.country_code}: Government",
            "dyad_name": " - ".join(sides),
            "side_a": sides[0],
            "side_b": sides[1] or "Civilians",
            "number_of_sources": event.sources,
            "source_article": f'"Reuters,{last},{headline}"',
            "source_office": "Reuters",
            "source_date": last,
            "source_headline": headline,
            "source_original": who[:24],
            "where_prec": GEO_CODES[event.geo_precision],
            "where_coordinates": f"{event.place} town",
            "where_description": where,
            "adm_1": event.admin1,
            "latitude": spot[0],
            "longitude": spot[1],
            "geom_wkt": f"POINT ({spot[1]} {spot[0]})",
            "priogrid_gid": int(rng.integers(100_000, 200_000)),
            "country": event.country_code,
            "event_clarity": 1,
            "date_prec": DATE_CODES[event.date_precision],
            "date_start": f"{first} 00:00:00.000",
            "date_end": f"{last} 00:00:00.000",
            "deaths_a": best // 3,
            "deaths_b": best - best // 3,
            "deaths_civilians": 0,
            "deaths_unknown": 0,
            "low": best // 2,
            "best": best,
            "high": best * 2,
        }
        yield [cells.get(column, "") for column in COLUMNS]


def _sentence(rng: np.random.Generator) -> str:
    words = ["".join(rng.choice(SYLLABLES, 3)) for _ in range(int(rng.integers(8, 17)))]
    return " ".join(words).capitalize()


if __name__ == "__main__":
    main()
