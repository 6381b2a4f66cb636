"""Time the questions of one filter change: by engine and size, and against plain SQL.

    python -m benchmarks.server [--sizes 1000 10000 100000 1000000] [--engines pandas duckdb scan]
                                [--tables FOLDER] [--rounds 3]

Tables are those of `benchmarks.generate`, kept in FOLDER. `duckdb` opens a package, `scan` its
Parquet alone; `spark` and `clickhouse` are those that tests/engine starts. Each engine and size
runs in a process of its own. Nothing is answered from a cache; a search, which is found once for
all questions (`query.narrowed`), is timed apart. What a click costs, which asks few of them, is in
`benchmarks.browser`. The bar: each question about all of 1,000,000 events within 1.5 times its
plain SQL, both from the words to a pandas frame.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from benchmarks import generate, plain, report
from dashboard import comparison, engine, facets, query
from dashboard.engine.columns import typed
from dashboard.query import Frame
from dashboard.selection import Selection
from tests.engine import bridge, cluster

LINKS = (
    "",
    "theatre=sahel",
    "country=SYR&type=battle,bombing",
    "actor=is&role=initiator",
    "from=2015-01-01&to=2020-12-31",
    "killed_min=10",
    "certain=1&from=2010-01-01",
    "attribution=claimed&sources_min=2",
    "type=civilian_attack,battle,bombing",
    "area=-20,-20,60,45",
    "from=2000-01-01&to=2024-12-31&actor=civilians&role=target",
)
TABLES = Path(tempfile.gettempdir()) / "conflict-tables"
WORLD = (-180.0, -90.0, 180.0, 90.0)
LABEL = ("event_id", "start_date", "killed_best", "title", "place", "theatre")
LABEL += ("longitude_deg", "latitude_deg")
# A server knows the table's edges from the start.
EDGES = (datetime.date(1989, 1, 1), datetime.date(2025, 12, 31))
MARCH = datetime.date(2020, 3, 1)
Question = Callable[[Frame, Frame, Selection, dict[str, str]], Any]
# All events, the chosen ones, the selection and the actors' families in, an answer out.
QUESTIONS: dict[str, Question] = {
    "totals": lambda _, chosen, *__: query.totals(chosen),
    "facets": lambda events, _, selection, families: facets.facets(events, selection, families),
    "alternatives": lambda events, _, selection, __: _alternatives(events, selection),
    "comparison": lambda events, _, selection, __: comparison.compare(
        events, _begun(selection), EDGES
    ),
    "by_month": lambda _, chosen, *__: query.by_month(chosen, "theatre"),
    "cells": lambda _, chosen, *__: query.cells(chosen, 2.0, WORLD, "type_group"),
    "bins": lambda _, chosen, *__: query.bins(chosen, "theatre", 0.0, "quarter", "type_group"),
    "largest": lambda _, chosen, *__: query.largest(chosen, 20, LABEL),
    "page": lambda _, chosen, *__: query.page(chosen, [], 0, 100),
}
MOST_BY_PANDAS = 100_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every engine at every size, and write the section of docs/performance.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--engines", nargs="+", default=["pandas", "duckdb", "scan"])
    parser.add_argument("--tables", type=Path, default=TABLES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        name, folder = options.one
        print(json.dumps(measure(name, Path(folder), options.rounds)))
        return
    found = {"machine": report.machine("duckdb", "narwhals", "pandas", "pyarrow"), "runs": []}
    runs = {(run["events"], run["engine"]): run for run in report.earlier("server", "runs")}
    for size in options.sizes:
        folder = options.tables / str(size)
        if not (folder / "meta.json").is_file():
            generate.generate(size, folder)
        for name in options.engines:
            if name == "pandas" and size > MOST_BY_PANDAS:
                continue
            run = {"engine": name, "events": size, **_apart(name, folder, options)}
            runs[size, name] = run
            print(_line(run), flush=True)
    found["runs"] = [runs[key] for key in sorted(runs)]
    report.put("server", _text(found), found)


def _apart(name: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.server", "--one", name, str(folder)]
    command += ["--rounds", str(options.rounds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=report.ROOT)
    return json.loads(done.stdout)


def measure(name: str, folder: Path, rounds: int) -> dict[str, Any]:
    """Ask one engine everything, and say how long it took and how much memory it holds."""
    actors = pd.read_csv(folder / "actors.csv", keep_default_na=False)
    families = dict(zip(actors["actor_id"], actors["family"], strict=True))
    started = time.perf_counter()
    with ExitStack() as stack:
        narrow, connection = _opened(name, folder, stack)
        opened = time.perf_counter() - started
        return {"open_s": round(opened, 2), **_measured(name, narrow, connection, families, rounds)}


def _measured(name: str, narrow, connection, families: dict[str, str], rounds: int) -> dict:
    _ask(*narrow(Selection()), families)
    times: dict[str, list[float]] = defaultdict(list)
    work: list[float] = []
    for _ in range(rounds):
        for link in LINKS:
            before = time.process_time()
            taken = _ask(*narrow(Selection.from_query(link)), families)
            work.append((time.process_time() - before) * 1e3)
            for question, milliseconds in taken.items():
                times[question].append(milliseconds)
            times["all"].append(sum(taken.values()))
    started = time.perf_counter()
    events, rest = narrow(Selection(q="province bada"))
    query.totals(query.select(events, rest))
    search = time.perf_counter() - started
    memory = _memory_gb()
    beside = plain.compared(connection, _about_all) if name == "duckdb" else {}
    return {
        "load": round(os.getloadavg()[0], 1),
        "memory_gb": memory,
        "ms": {question: _summary(values) for question, values in times.items()},
        "cpu_ms": _summary(work),
        "search_ms": round(search * 1e3),
        "plain": beside,
    }


def _opened(name: str, folder: Path, stack: ExitStack):
    """Return a function that gives all events and what is left to ask, and the connection."""
    if name == "pandas":
        rows = typed(pd.read_parquet(folder / "events.parquet"))
        frame = nw.from_native(rows, eager_only=True)
        return (lambda selection: (frame, selection)), None
    address = folder
    if name == "scan":
        address = folder / "alone.parquet"
        if not address.exists():
            address.hardlink_to(folder / "events.parquet")
    elif name == "clickhouse":
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        files = {"events": folder / "events.parquet"}
        address = stack.enter_context(bridge.server(scratch, files)) + "?table=events"
    elif name == "spark":
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        master = stack.enter_context(cluster.standalone(scratch))
        address = f"{master}?path={folder / 'events.parquet'}"
    connection = engine.connect(str(address))
    stack.callback(connection.close)
    return (lambda selection: query.narrowed(connection, selection)), connection


def _ask(events: Frame, selection: Selection, families: dict[str, str]) -> dict[str, float]:
    taken = {}
    chosen = query.select(events, selection)
    for name, question in QUESTIONS.items():
        started = time.perf_counter()
        question(events, chosen, selection, families)
        taken[name] = (time.perf_counter() - started) * 1e3
    return taken


def _about_all(question: str, events: Frame) -> None:
    QUESTIONS[question](events, events, Selection(), defaultdict(str))


def _begun(selection: Selection) -> Selection:
    return selection if selection.from_date else selection.with_(from_date=MARCH)


def _alternatives(events: Frame, selection: Selection) -> list[int]:
    others = [selection.with_(killed_min=number) for number in (None, 1, 10, 50, 100, 500)]
    others += [selection.with_(sources_min=number) for number in (None, 2, 3, 5)]
    others += [selection.with_(from_date=day, to_date=None) for day in (None, MARCH)]
    others += [selection.with_(from_date=datetime.date(2014, 6, 29), to_date=MARCH)]
    return facets.alternatives(events, [*others, selection.with_(certain=True)])


def _summary(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
    }


def _memory_gb() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return round(int(kilobytes) / 1e6, 2)


def _line(run: dict[str, Any]) -> str:
    every = run["ms"]["all"]
    return f"{run['engine']} {run['events']:,}: {every['median']} ms, p95 {every['p95']} ms"


def _text(found: dict[str, Any]) -> str:
    header = [
        "engine, events",
        "opens, s",
        "GB",
        "load",
        "all, ms",
        "p95",
        "CPU",
        *QUESTIONS,
        "search",
    ]
    rows = []
    for run in found["runs"]:
        every = run["ms"]["all"]
        rows.append(
            [
                f"{run['engine']}, {run['events']:,}",
                *(run["open_s"], run["memory_gb"], run["load"], every["median"], every["p95"]),
                run["cpu_ms"]["median"],
                *(run["ms"][name]["median"] for name in QUESTIONS),
                run["search_ms"],
            ]
        )
    return "\n\n".join(
        (
            "## Questions of one filter change",
            report.machine_text(found["machine"]),
            "`python -m benchmarks.server`. All questions of a filter change, one after the other,"
            f" over {len(LINKS)} selections; medians in ms, then of each question. CPU is the time"
            " that both cores worked for this process, load the machine's average before it: what"
            " stands beside a load above 2 was measured on a machine at work. `scan` has Parquet"
            " alone; `spark` is a standalone master with two workers, `clickhouse` its own engine"
            " behind HTTP, asked through Ibis; both take their memory elsewhere.",
            report.table(header, rows),
            *plain.text(found["runs"]),
        )
    )


if __name__ == "__main__":
    main()
