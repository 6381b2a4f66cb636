"""Two hundred readers who change filters and think, against the production server.

    python -m benchmarks.load [--table PATH] [--readers 200] [--minutes 5] [--think 20]
                              [--workers 2] [--threads 4] [--compare 1x8 4x2 --seconds 40] [--add]

Starts gunicorn as docs/deploy.md does. Each reader opens the page, thinks (20 seconds on average),
changes one filter, and lets the page ask for the rows of its table, as the page does; readers have
screens of different widths. Client and server share the cores. The bars for the published table:
no errors, 95 of 100 filter changes within 1 s, memory of the last minute within 5 % of the second.
`--compare` runs other numbers of workers and threads for some seconds each.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.page import memory_gb, percentile
from dashboard.app import ids
from dashboard.selection import Selection

WIDTHS = ((1109, 725), (1480, 990), (880, 560), (1210, 790), (1350, 900), (760, 480))
FIELDS = {
    "theatres": [(), ("iraq",), ("syria",), ("mozambique",), ("sahel",), ("iraq", "syria")],
    "types": [(), ("battle",), ("bombing",), ("civilian_attack",), ("air_strike",)],
    "killed_min": [None, None, 1, 10, 50],
    "sources_min": [None, None, 2, 3],
    "certain": [False, False, True],
    "actors": [(), (), ("is",), ("civilians",)],
}
# Of so many answers one is unpacked and read: to read all would take the server's cores.
CHECKED = 20
OUTPUTS = [
    *((ids.URL, "search"), (ids.DRAWN, "data"), (ids.FROM, "value"), (ids.TO, "value")),
    *((ids.SEARCH, "value"), (ids.graph("timeline"), "figure"), (ids.graph("map"), "figure")),
    *((ids.PANEL, "children"), (ids.TAB_BODY, "children"), (ids.MARKUP, "data")),
]
WATCH_SECONDS = 5
SLOWEST_SECONDS = 60
UPDATE = "/_dash-update-component"


@dataclass
class Outcome:
    """What came of a run: milliseconds by kind of request, errors, samples of the workers."""

    taken: dict[str, list[float]] = field(default_factory=lambda: {"visit": [], "change": []})
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, list[float]]] = field(default_factory=list)
    bytes: int = 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and write the section of docs/performance.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--table", default="", help="the table to serve (the published one)")
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--think", type=float, default=20, help="seconds between two changes")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--compare", nargs="*", default=[], metavar="WORKERSxTHREADS")
    parser.add_argument("--seconds", type=float, default=40, help="how long each of --compare runs")
    parser.add_argument("--add", action="store_true", help="keep the runs of last time")
    parser.add_argument("--trial", dest="is_trial", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    about = report.machine("dash", "gunicorn", "flask")
    others = [tuple(map(int, pair.split("x"))) for pair in options.compare]
    runs = report.earlier("load", "runs") if options.add else []
    runs += [run(options, workers, threads, options.seconds) for workers, threads in others]
    runs.append(run(options, options.workers, options.threads, 60 * options.minutes))
    found = {
        "machine": about,
        "table": Path(options.table).name or "the published table",
        "readers": options.readers,
        "think_s": options.think,
        "runs": runs,
    }
    print(text(found))
    if not options.is_trial:
        report.put("load", text(found), found)


def run(options: argparse.Namespace, workers: int, threads: int, seconds: float) -> dict[str, Any]:
    """Let the readers in for some seconds; say how they fared."""
    with gunicorn(options.table, workers, threads) as (port, master):
        before = _worked(master)
        started = time.perf_counter()
        outcome = asyncio.run(_readers(port, master, options, seconds))
        elapsed = time.perf_counter() - started
        worked = _worked(master) - before
    changes = outcome.taken["change"]
    found = {
        "workers": workers,
        "threads": threads,
        "seconds": round(elapsed),
        "changes": len(changes),
        "changes_per_s": round(len(changes) / elapsed, 1),
        "change_ms": _summary(changes),
        "visit_ms": _summary(outcome.taken["visit"]),
        "errors": len(outcome.errors),
        "first_errors": outcome.errors[:5],
        "memory": [(round(at), each) for at, each in outcome.memory],
        "worker_cpu": round(worked / elapsed, 2),
        "cpu_ms": round(1000 * worked / max(1, len(changes)), 1),
        "mb_per_s": round(outcome.bytes / elapsed / 1e6, 2),
    }
    print({name: value for name, value in found.items() if name != "memory"}, file=sys.stderr)
    return found


def _summary(values: Sequence[float]) -> dict[str, int]:
    if not values:
        return {"median": 0, "p95": 0, "p99": 0, "max": 0}
    return {
        "median": round(statistics.median(values)),
        "p95": round(percentile(values, 0.95)),
        "p99": round(percentile(values, 0.99)),
        "max": round(max(values)),
    }


@contextmanager
def gunicorn(table: str, workers: int, threads: int) -> Iterator[tuple[int, int]]:
    """Start the production server; give its port and the process over the workers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--log-level=warning"]
    command += [
        f"--workers={workers}",
        f"--worker-class={worker_class(threads)}",
        f"--threads={threads}",
    ]
    server = subprocess.Popen(
        [*command, "dashboard.wsgi:application()"],
        cwd=report.ROOT,
        env={**os.environ, "CONFLICT_TIMELINE": table},
    )
    try:
        _wait(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(60)


def worker_class(threads: int) -> str:
    """Return the kind of gunicorn's workers: with one thread each takes one request at a time."""
    return "gthread" if threads > 1 else "sync"


def _wait(port: int, server: subprocess.Popen) -> None:
    """Wait until every worker has had the time to open the table."""
    for _ in range(600):
        assert server.poll() is None, "gunicorn did not start"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60).close()
            time.sleep(3)
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _worked(master: int) -> float:
    """Return the seconds that the workers have worked."""
    ticks = 0
    for pid in _children(master):
        user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        ticks += int(user) + int(system)
    return ticks / os.sysconf("SC_CLK_TCK")


async def _readers(port: int, master: int, options: argparse.Namespace, seconds: float) -> Outcome:
    outcome, ends = Outcome(), time.perf_counter() + seconds
    arriving = min(60.0, seconds / 3)
    readers = [Reader(number, port, outcome) for number in range(options.readers)]
    stays = [
        reader.stay(arriving * reader.number / options.readers, options.think, ends)
        for reader in readers
    ]
    await asyncio.gather(_watch(master, seconds, outcome), *stays)
    return outcome


async def _watch(master: int, seconds: float, outcome: Outcome) -> None:
    """Note the memory of each worker every few seconds, and at the end."""
    started = time.perf_counter()
    for at in [*range(0, int(seconds), WATCH_SECONDS), seconds]:
        await asyncio.sleep(max(0.0, started + at - time.perf_counter()))
        memory = [round(memory_gb(pid), 3) for pid in _children(master)]
        outcome.memory.append((time.perf_counter() - started, memory))


class Reader:
    """One reader with a browser of some width; `number` decides all that is left to chance."""

    def __init__(self, number: int, port: int, outcome: Outcome) -> None:
        """Sit down before a browser."""
        self.number, self._port, self._outcome = number, port, outcome
        self._luck = random.Random(number)
        timeline, width = self._luck.choice(WIDTHS)
        self._viewport = {"timeline": timeline, "map": width, "mapHeight": 470, "panel": 325}
        self._viewport |= {"tab": timeline, "dark": False}
        self._drawn: dict[str, Any] | None = None

    async def stay(self, wait: float, think: float, ends: float) -> None:
        """Come after some seconds, look, and change a filter now and then until the end."""
        selection = Selection()
        await asyncio.sleep(wait)
        while time.perf_counter() < ends:
            kind, query = "change" if self._drawn else "visit", selection.to_query()
            try:
                taken = await asyncio.wait_for(self._turn(query), SLOWEST_SECONDS)
                self._outcome.taken[kind].append(taken)
            except (TimeoutError, OSError, ValueError, asyncio.IncompleteReadError) as error:
                self._outcome.errors.append(f"{kind} {query}: {error!r}")
            # A reader who thinks beyond the end has nothing more to say.
            rest = ends - time.perf_counter()
            await asyncio.sleep(max(0.0, min(rest, self._luck.expovariate(1 / think))))
            name = self._luck.choice(list(FIELDS))
            others = [value for value in FIELDS[name] if value != getattr(selection, name)]
            selection = selection.with_(**{name: self._luck.choice(others)})

    async def _turn(self, query: str) -> float:
        """Ask as the page does for what an address shows, then for the rows of its table.

        Returns:
            The milliseconds of the first.

        Raises:
            ValueError: An answer that is none.
        """
        is_checked = self._drawn is None or self._luck.randrange(CHECKED) == 0
        if self._drawn is None:
            self._outcome.bytes += len(await _ask(self._port, "/", None, is_checked=False))
        wish = _wish(query, self._viewport, self._drawn)
        started = time.perf_counter()
        answer = await _ask(self._port, UPDATE, wish, is_checked=is_checked)
        taken = 1000 * (time.perf_counter() - started)
        if is_checked:
            self._drawn = json.loads(answer)["response"][ids.DRAWN]["data"]
            if self._drawn["query"] != query:
                raise ValueError(f"answered {self._drawn['query']!r}")
        self._drawn = {**(self._drawn or {}), "query": query}
        rows = await _ask(self._port, UPDATE, _rows_wish(self._drawn), is_checked=False)
        self._outcome.bytes += len(answer) + len(rows)
        return taken


def _named(name: str, property_: str, **value: Any) -> dict[str, Any]:
    return {"id": name, "property": property_, **value}


def _wish(query: str, viewport: dict, drawn: dict | None) -> dict[str, Any]:
    changed = [f"{ids.URL}.search", *([] if drawn else [f"{ids.VIEWPORT}.data"])]
    return {
        "output": f"..{'...'.join(f'{name}.{what}' for name, what in OUTPUTS)}..",
        "outputs": [_named(name, what) for name, what in OUTPUTS],
        "inputs": [
            _named(ids.URL, "search", value=query),
            _named(ids.VIEWPORT, "data", value=viewport),
            *(_named(box, "value", value="") for box in (ids.FROM, ids.TO, ids.SEARCH)),
            _named(ids.WISH, "data"),
            _named(ids.ROWS, "selectedRows"),
        ],
        "changedPropIds": changed,
        "parsedChangedPropsIds": changed,
        "state": [_named(ids.DRAWN, "data", **({"value": drawn} if drawn else {}))],
    }


def _rows_wish(drawn: dict) -> dict[str, Any]:
    asked = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}}
    return {
        "output": f"{ids.ROWS}.getRowsResponse",
        "outputs": _named(ids.ROWS, "getRowsResponse"),
        "inputs": [_named(ids.ROWS, "getRowsRequest", value=asked)],
        "changedPropIds": [f"{ids.ROWS}.getRowsRequest"],
        "parsedChangedPropsIds": [f"{ids.ROWS}.getRowsRequest"],
        "state": [_named(ids.DRAWN, "data", value=drawn)],
    }


async def _ask(port: int, address: str, wish: dict | None, *, is_checked: bool) -> bytes:
    """Send one request and return its answer's body; an answer that is read comes as gzip.

    Raises:
        ValueError: The answer is no 200.
    """
    method, body = ("POST", json.dumps(wish).encode()) if wish else ("GET", b"")
    head = [
        f"{method} {address} HTTP/1.1",
        "Host: 127.0.0.1",
        "Connection: close",
        f"Content-Length: {len(body)}",
    ]
    head += ["Content-Type: application/json", "Accept: application/json"]
    head += [f"Accept-Encoding: {'gzip' if is_checked else 'gzip, deflate, br, zstd'}", "", ""]
    # A connection each, as a proxy has it without keep-alive.
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write("\r\n".join(head).encode() + body)
        await writer.drain()
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:] if line)
        answer = await reader.readexactly(int(headers["content-length"]))
    finally:
        writer.close()
    if lines[0].split()[1] != "200":
        raise ValueError(f"{lines[0]}: {answer[:200]!r}")
    is_packed = is_checked and headers.get("content-encoding") == "gzip"
    return gzip.decompress(answer) if is_packed else answer


def text(found: dict[str, Any]) -> str:
    """Write the section."""
    header = ["workers x threads", "s", "changes", "each s", "median, ms", "p95", "p99", "longest"]
    header += ["first visit, p95", "errors", "cores at work", "CPU a change, ms", "memory, GB"]
    rows = [
        [
            f"{one['workers']} x {one['threads']}, {worker_class(one['threads'])}",
            *(one["seconds"], one["changes"], one["changes_per_s"], *one["change_ms"].values()),
            *(one["visit_ms"]["p95"], one["errors"], one["worker_cpu"], one["cpu_ms"]),
            round(sum(one["memory"][-1][1]), 2),
        ]
        for one in found["runs"]
    ]
    memory = [
        f"{one['workers']} x {one['threads']}: "
        + ", ".join(f"{sum(each):.2f} at {at} s" for at, each in one["memory"] if at % 60 == 0)
        for one in found["runs"]
        if one["seconds"] >= 60
    ]
    return "\n\n".join(
        (
            "## Many readers at once",
            report.machine_text(found["machine"]),
            f"`python -m benchmarks.load`: {found['readers']} readers, {found['think_s']:g} s"
            f" between two changes of each on average, {found['table']}. A change is the request"
            " that redraws the page, to its last byte; the request for the table's rows follows"
            " it. CPU is that of the workers, all requests of a change together; readers share"
            " the cores.",
            report.table(header, rows),
            f"Memory of the workers together, GB; {'; '.join(memory)}.",
            f"The last run, {found['runs'][-1]['seconds']} s:",
            _verdict(found["runs"][-1]),
        )
    )


def _verdict(one: dict[str, Any]) -> str:
    checks = [
        ("errors", one["errors"], 0),
        ("filter change, p95, ms", one["change_ms"]["p95"], 1000),
    ]
    # At the start caches are empty: the second minute is what the last one is held against.
    if one["seconds"] >= 180:
        second, last = (
            statistics.fmean(sum(each) for at, each in one["memory"] if first < at <= first + 60)
            for first in (60, one["seconds"] - 60)
        )
        growth = round(100 * last / second - 100, 1)
        checks.append(("memory, the last minute beyond the second, %", growth, 5))
    rows = [
        [name, value, f"<= {bar}", "kept" if value <= bar else "**missed**"]
        for name, value, bar in checks
    ]
    return report.table(["bar", "measured", "asked", ""], rows)


if __name__ == "__main__":
    main()
