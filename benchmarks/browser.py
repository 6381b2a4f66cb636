"""Click filters in a real Chromium at growing sizes, each against the published table, in one run.

    python -m benchmarks.browser [--sizes 30000 100000 1000000 10000000] [--clicks 31]
                                 [--tables FOLDER]

Tables are those of `benchmarks.generate`, kept in FOLDER. The published table is measured before
and after the others. The bars: at 1,000,000 events a click takes at most 1.3 times that on the
published table, at most 150 kB, the server at most 120 ms (95th percentile) and 1.5 GB; 10,000,000
rows of Parquet open in 5 s and a click takes at most 1 s (medians).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks import generate, report
from benchmarks.page import chromium, clicks, percentile, served, visits
from dashboard.engine.duck import MOST_READ
from dashboard.engine.holding import HELD_FILE

MILLION = 1_000_000
TABLES = Path(tempfile.gettempdir()) / "conflict-tables"
ALONE = ", Parquet alone"
FIRST, LAST = "published", "published, again"
HEADER = [
    *("events", "opens, s", "first visit, s", "click to both redrawn, ms", "p95", "ratio"),
    *("server, ms", "p95", "answer, kB", "p95", "memory, GB"),
]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each size and write the section of docs/performance.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    sizes = [30_000, 100_000, MILLION, 10 * MILLION]
    parser.add_argument("--sizes", type=int, nargs="*", default=sizes)
    parser.add_argument("--clicks", type=int, default=31, help="filter clicks, at most 31")
    parser.add_argument("--tables", type=Path, default=TABLES)
    parser.add_argument("--trial", dest="is_trial", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    about = report.machine("dash", "duckdb", "pandas", "plotly")
    with chromium() as browser:
        about["chromium"] = browser.version
        runs = [measure(browser, FIRST, "", options.clicks)]
        for size in options.sizes:
            folder = table(options.tables, size)
            runs.append(measure(browser, f"{size:,}", folder, options.clicks))
            if size > MOST_READ:
                name = f"{size:,}{ALONE}"
                runs.append(measure(browser, name, parquet_alone(folder), options.clicks))
        runs.append(measure(browser, LAST, "", options.clicks))
    found = {"machine": about, "clicks": options.clicks, "runs": rated(runs)}
    print(text(found))
    if not options.is_trial:
        report.put("browser", text(found), found)


def table(tables: Path, size: int) -> Path:
    """Return the folder of an invented table, made where it is not there."""
    folder = tables / str(size)
    if not (folder / "meta.json").is_file():
        generate.generate(size, folder)
    return folder


def parquet_alone(folder: Path) -> Path:
    """Return a folder with the same table and without its DuckDB file."""
    other = folder.with_name(f"{folder.name}-parquet")
    other.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name != HELD_FILE and not (other / path.name).exists():
            (other / path.name).hardlink_to(path)
    return other


def measure(browser: Browser, name: str, folder: Path | str, number: int) -> dict[str, Any]:
    """Serve a table, visit it once and click."""
    with served(folder) as server:
        visit = visits(browser, server.url, 1)[0]
        taken = clicks(browser, server.url, number)
        memory = server.memory_gb
    run = {
        "table": name,
        "open_s": round(server.opened_s, 1),
        "visit_s": round(visit["drawn_ms"] / 1000, 1),
        "memory_gb": round(memory, 2),
        "clicks": taken,
        "total_ms": _summary([one["total"] for one in taken]),
        "server_ms": _summary([one["server"] for one in taken]),
        "kb": _summary([one["bytes"] / 1000 for one in taken]),
        "all_kb": _summary([one["all_bytes"] / 1000 for one in taken]),
    }
    print(f"{name}: {run['total_ms']} ms, server {run['server_ms']} ms", file=sys.stderr)
    return run


def _summary(values: Sequence[float]) -> dict[str, int]:
    return {"median": round(statistics.median(values)), "p95": round(percentile(values, 0.95))}


def rated(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to each run the ratio of its median to that of all clicks on the published table."""
    published = [
        click["total"] for run in runs if run["table"] in (FIRST, LAST) for click in run["clicks"]
    ]
    base = statistics.median(published)
    return [run | {"ratio": round(run["total_ms"]["median"] / base, 2)} for run in runs]


def text(found: dict[str, Any]) -> str:
    """Write the section."""
    rows = [
        [
            *(run["table"], run["open_s"], run["visit_s"], *run["total_ms"].values()),
            *(run["ratio"], *run["server_ms"].values(), *run["kb"].values(), run["memory_gb"]),
        ]
        for run in found["runs"]
    ]
    return "\n\n".join(
        (
            "## A filter click in the browser",
            f"{report.machine_text(found['machine'])}",
            f"`python -m benchmarks.browser`: {found['clicks']} clicks on filters, each to another"
            " selection, medians and 95th percentiles; server and Chromium share the cores. `opens`"
            " runs from the start of the process to its first answer, `first visit` until both"
            " figures stand, `server` from the request to its first byte; `ratio` is to the"
            " published table. A large table is a folder with Parquet and the DuckDB file that"
            " `engine.write` makes of it. The answer is that of the click; the page's table of"
            " events asks for its rows after that.",
            report.table(HEADER, rows),
            _verdict(found["runs"]),
        )
    )


def _verdict(runs: list[dict[str, Any]]) -> str:
    by_name = {run["table"]: run for run in runs}
    checks = []
    if million := by_name.get(f"{MILLION:,}"):
        checks += [
            ("1,000,000: ratio", million["ratio"], 1.3),
            ("answer, kB (p95)", million["kb"]["p95"], 150),
            ("server, ms (p95)", million["server_ms"]["p95"], 120),
            ("memory, GB", million["memory_gb"], 1.5),
        ]
    for suffix in ("", ALONE):
        if millions := by_name.get(f"{10 * MILLION:,}{suffix}"):
            checks += [
                (f"10,000,000{suffix}: opens, s", millions["open_s"], 5),
                ("click, ms (median)", millions["total_ms"]["median"], 1000),
            ]
    rows = [
        [name, value, f"<= {bar:g}", "kept" if value <= bar else "**missed**"]
        for name, value, bar in checks
    ]
    return report.table(["bar", "measured", "asked", ""], rows) if rows else ""


if __name__ == "__main__":
    main()
