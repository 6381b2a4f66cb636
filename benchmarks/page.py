"""Time the page in a real Chromium: a filter click, the first and second visit, pan and zoom.

    python -m benchmarks.page [--url URL | --table PATH] [--clicks 31] [--visits 5] [--profile]
                              [--json FILE]

Without `--url` it serves a table itself, the published one where none is named. The bars: a click
redraws both figures in 250 ms at the median and 400 ms at the 95th percentile; on a first visit
both figures stand after 3 s, with at most 2.5 MB of compressed scripts.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks import report
from dashboard.export.browser import find_chromium

SCRIPT = Path(__file__).with_name("page.js")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WINDOW = {"width": 1440, "height": 900}
# Switching one of five at a time, in the order of a Gray code, shows 31 selections of which no two
# are the same: no click finds the server's answer kept from an earlier one.
OPTIONS = ("Iraq", "Attacks on civilians", "Claimed", "Mozambique", "Raids and battles")
BARS = {"click_median_ms": 250, "click_p95_ms": 400, "first_visit_ms": 3000, "script_kb": 2500}
PROFILED = 10
METRICS = {
    "TaskDuration": "main thread at work",
    "ScriptDuration": "of it scripts",
    "RecalcStyleDuration": "of it styles",
    "LayoutDuration": "of it layout",
}
PARTS = ("total", "paint", "before", "server", "transfer", "client")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print a Markdown table, write JSON when asked."""
    options = _parser().parse_args(arguments)
    load_before = os.getloadavg()[0]
    running = nullcontext(None) if options.url else served(options.table)
    with running as server, chromium() as browser:
        url = server.url if server else options.url.rstrip("/")
        found = {
            "visits": visits(browser, url, options.visits),
            "clicks": clicks(browser, url, options.clicks),
            "frames": frames(browser, url),
            "profile": profile(browser, url) if options.profile else [],
        }
    found["load"] = {"before": load_before, "after": os.getloadavg()[0], "cores": os.cpu_count()}
    print(text(found))
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Time the page in a real Chromium.")
    parser.add_argument("--url", default="", help="a running page; by default one is started")
    parser.add_argument("--table", default="", help="the table to serve (the published one)")
    parser.add_argument("--clicks", type=int, default=31, help="filter clicks, at most 31")
    parser.add_argument("--visits", type=int, default=5, help="first visits, each with a second")
    parser.add_argument("--profile", action="store_true", help="say where the browser's time goes")
    parser.add_argument("--json", type=Path, help="file for the figures")
    return parser


@dataclass(frozen=True)
class Server:
    """A server of our own: its address, its process, the seconds from its start until ready."""

    url: str
    pid: int
    opened_s: float

    @property
    def memory_gb(self) -> float:
        """The memory that it holds now."""
        return memory_gb(self.pid)


@contextmanager
def served(table: str | Path = "", command: Sequence[str] = ()) -> Iterator[Server]:
    """Serve a table, the published one where none is named.

    Args:
        table: Its folder or file.
        command: What serves it, in place of `conflict-timeline serve`: a program that prints its
            address as the last word of a line.
    """
    command = command or [sys.executable, "-m", "dashboard", "serve", "--port", "0"]
    started = time.perf_counter()
    arguments = [*command, *([str(table)] if table else [])]
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=report.ROOT
    ) as server:
        try:
            assert server.stdout is not None
            line = next((line for line in server.stdout if "http://" in line), "")
            assert line, f"{' '.join(arguments)} did not start"
            yield Server(line.split()[-1].rstrip("/"), server.pid, time.perf_counter() - started)
        finally:
            server.terminate()


def memory_gb(pid: int) -> float:
    """Return the resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1e6


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a running Chromium."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


def visits(browser: Browser, url: str, number: int) -> list[dict]:
    """Visit with an empty cache, then again with a full one."""
    found = []
    for _ in range(number):
        context = browser.new_context(viewport=WINDOW)
        for kind in ("first", "second"):
            tab = opened(context.new_page(), url)
            found.append(
                {
                    "kind": kind,
                    "drawn_ms": tab.evaluate("bench.first()"),
                    "paint_ms": tab.evaluate(
                        "performance.getEntriesByName('first-contentful-paint')[0].startTime"
                    ),
                    **tab.evaluate("bench.loaded()"),
                }
            )
            tab.close()
        context.close()
    return found


def clicks(browser: Browser, url: str, number: int, options: Sequence[str] = OPTIONS) -> list[dict]:
    """Click through different selections and time each click in parts."""
    context = browser.new_context(viewport=WINDOW)
    tab = opened(context.new_page(), url)
    found = []
    for step in range(1, number + 1):
        name = options[flipped(step)]
        box = tab.get_by_role("checkbox", name=f"{name}, ").first
        taken = box.evaluate("(element) => bench.click(element)")
        # The next click comes when the table has its rows too.
        for _ in range(30):
            tab.evaluate("bench.pause(100)")
            if tab.evaluate("bench.answers().requests") > 1:
                break
        tab.evaluate("bench.pause(500)")
        found.append({"option": name, **taken, **tab.evaluate("bench.answers()")})
    context.close()
    return found


def flipped(step: int) -> int:
    """Return which bit changes at a step of the Gray code."""
    return (step & -step).bit_length() - 1


def frames(browser: Browser, url: str) -> dict[str, list[float]]:
    """Drag and zoom the four maps and one of them; the milliseconds between frames."""
    context = browser.new_context(viewport=WINDOW)
    found = {}
    for name, query in (("four maps", ""), ("one map", "?map=iraq")):
        tab = opened(context.new_page(), f"{url}/{query}")
        tab.locator("#graph-map").scroll_into_view_if_needed()
        box = tab.locator("#graph-map").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3
        tab.mouse.move(x, y)
        tab.evaluate("bench.record()")
        tab.mouse.down()
        for step in range(40):
            tab.mouse.move(x + 90 * math.sin(step / 6), y + 40 * math.sin(step / 9))
        tab.mouse.up()
        found[f"pan, {name}"] = tab.evaluate("bench.recorded()")
        tab.evaluate("bench.record()")
        for step in range(24):
            tab.mouse.wheel(0, -60 if step < 12 else 60)
        found[f"zoom, {name}"] = tab.evaluate("bench.recorded()")
        tab.close()
    context.close()
    return found


def profile(browser: Browser, url: str) -> list[tuple[str, float]]:
    """Say where the browser's time goes in a click: the main thread's own clock, then by script."""
    context = browser.new_context(viewport=WINDOW)
    tab = opened(context.new_page(), url)
    session = context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Profiler.enable")
    session.send("Profiler.setSamplingInterval", {"interval": 200})
    threads: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    for step in range(1, 2 * PROFILED + 1):
        box = tab.get_by_role("checkbox", name=f"{OPTIONS[flipped(step)]}, ").first
        if step > PROFILED:  # the profiler itself costs time, so the clock is read without it
            session.send("Profiler.start")
            box.evaluate("(element) => bench.click(element)")
            scripts.update(_self_times(session))
            tab.evaluate("bench.pause(700)")
            continue
        before = _metrics(session)
        box.evaluate("(element) => bench.click(element)")
        drawn = _metrics(session)
        tab.evaluate("bench.pause(700)")
        after = _metrics(session)
        for name, label in METRICS.items():
            threads[f"until drawn: {label}"] += 1000 * (drawn[name] - before[name])
            threads[f"after that: {label}"] += 1000 * (after[name] - drawn[name])
    context.close()
    ordered = [*sorted(threads.items(), reverse=True), *scripts.most_common(30)]
    return [(place, spent / PROFILED) for place, spent in ordered]


def _metrics(session: CDPSession) -> dict[str, float]:
    """Return the seconds that the page's main thread has worked so far, by kind of work."""
    return {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}


def _self_times(session: CDPSession) -> Counter[str]:
    """Sum the profile's own times by script, and by function in the heavy ones."""
    taken = session.send("Profiler.stop")["profile"]
    frames = {node["id"]: node["callFrame"] for node in taken["nodes"]}
    totals: Counter[str] = Counter()
    for node, delta in zip(taken["samples"], taken["timeDeltas"], strict=True):
        frame = frames[node]
        script = Path(urlsplit(frame["url"]).path).name.split("@")[0].split(".v")[0]
        place = script or frame["functionName"]
        totals[place] += delta / 1000
        if script:
            name = frame["functionName"] or f"line {frame['lineNumber'] + 1}"
            totals[f"{place} · {name}:{frame['columnNumber']}"] += delta / 1000
    return totals


def opened(tab: Page, url: str) -> Page:
    """Go to a page and wait until both figures stand."""
    tab.add_init_script(path=SCRIPT)
    tab.goto(url)
    for _ in range(1200):
        if tab.evaluate("bench.first()"):
            break
        tab.wait_for_timeout(50)
    tab.wait_for_timeout(1000)
    assert tab.evaluate("bench.first()"), f"{url} drew no figures"
    return tab


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies, the nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def text(found: dict) -> str:
    """Write the figures as Markdown."""
    load = found["load"]
    lines = [
        f"Load average {load['before']:.1f} before, {load['after']:.1f} after,"
        f" on {load['cores']} cores: figures taken at more than about 1.0 say little.",
        "",
        "| filter click | median | p95 | bar |",
        "| --- | --- | --- | --- |",
    ]
    names = {
        "total": "click to both figures redrawn, ms",
        "paint": "… to the next frame, ms",
        "before": "click to request, ms",
        "server": "server, to its first byte, ms",
        "transfer": "transfer, ms",
        "client": "answer to both figures redrawn, ms",
    }
    for part in PARTS:
        values = [one[part] for one in found["clicks"]]
        bar = f"{BARS['click_median_ms']} / {BARS['click_p95_ms']}" if part == "total" else ""
        lines.append(
            f"| {names[part]} | {statistics.median(values):.0f} |"
            f" {percentile(values, 0.95):.0f} | {bar} |"
        )
    for key, name in (("bytes", "answer, kB compressed"), ("decoded", "answer, kB")):
        values = [one[key] / 1000 for one in found["clicks"]]
        lines.append(
            f"| {name} | {statistics.median(values):.0f} | {percentile(values, 0.95):.0f} | |"
        )
    lines += ["", "| visit (median) | first | second | bar |", "| --- | --- | --- | --- |"]
    for key, name, bar in (
        ("drawn_ms", "both figures drawn, ms", BARS["first_visit_ms"]),
        ("paint_ms", "first paint, ms", ""),
        ("script_kb", "scripts, kB compressed", BARS["script_kb"]),
        ("script_decoded_kb", "scripts, kB", ""),
        ("total_kb", "all, kB compressed", ""),
        ("wire_kb", "over the wire, kB", ""),
        ("requests", "requests", ""),
        ("turns", "of them callbacks", ""),
    ):
        cells = [
            statistics.median(one[key] for one in found["visits"] if one["kind"] == kind)
            for kind in ("first", "second")
        ]
        lines.append(f"| {name} | {cells[0]:.0f} | {cells[1]:.0f} | {bar} |")
    largest = ", ".join(f"{name} {size:.0f}" for name, size in found["visits"][0]["largest"])
    lines += ["", f"Largest scripts, kB compressed: {largest}."]
    lines += ["", "| between frames, ms | median | p95 | frames |", "| --- | --- | --- | --- |"]
    for name, gaps in found["frames"].items():
        lines.append(
            f"| {name} | {statistics.median(gaps):.0f} | {percentile(gaps, 0.95):.0f} |"
            f" {len(gaps)} |"
        )
    if found["profile"]:
        lines += ["", "| browser's own time in a click | ms |", "| --- | --- |"]
        lines += [f"| {place} | {spent:.1f} |" for place, spent in found["profile"]]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
