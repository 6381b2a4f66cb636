"""Click one filter in our page, a Vizro dashboard, a plain Dash app and vis-timeline, in one run.

    python -m benchmarks.peers [--sizes 3000 30000 100000] [--clicks 6] [--tables FOLDER]
                               [--vizro PYTHON] [--vis NODE_MODULES]

Vizro has its own environment (`pip install vizro pyarrow`), vis-timeline its own folder (`npm
install vis-timeline`); what is not named is left out. Each shows the same events, answers the same
clicks on the theatres, and must show as many events afterwards as the table has. The bars: 5 times
quicker than Vizro at 30,000 events, 10 times quicker than plain Dash at 100,000 (medians).
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from playwright.sync_api import Browser, Page

from benchmarks import report
from benchmarks.browser import TABLES, table
from benchmarks.page import SCRIPT, WINDOW, chromium, flipped, percentile, served

PEERS = Path(__file__).with_name("peers")
# Its redraw takes as the square of the events: 0.4 s at 1,000, 3 s at 3,000; one at 30,000 did not
# end within a hundred seconds.
MOST_OF_VIS = 3_000
OURS, VIZRO, PLAIN, VIS = "this page", "Vizro", "plain Dash", "vis-timeline (no map)"
# One is switched at a time, in the order of a Gray code: of the first six selections four are
# most of the table and two a part of it.
THEATRES = ("iraq", "elsewhere", "syria", "sahel", "mozambique")
BARS = ((VIZRO, 30_000, 5), (PLAIN, 100_000, 10))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all of them at each size and write the section of docs/performance.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[3_000, 30_000, 100_000])
    parser.add_argument("--clicks", type=int, default=6)
    parser.add_argument("--tables", type=Path, default=TABLES)
    parser.add_argument("--vizro", default="", help="the Python that has vizro")
    parser.add_argument("--vis", type=Path, help="the node_modules that has vis-timeline")
    parser.add_argument("--trial", dest="is_trial", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    about = report.machine("dash", "plotly", "pandas") | _versions(options)
    runs = []
    with chromium() as browser:
        about["chromium"] = browser.version
        for size in options.sizes:
            folder = table(options.tables, size)
            for name in (OURS, VIZRO, PLAIN, VIS, OURS):
                if name == VIS and (not options.vis or size > MOST_OF_VIS):
                    continue
                if name == VIZRO and not options.vizro:
                    continue
                with _running(name, folder, options) as url:
                    runs.append(measure(browser, name, url, folder, options.clicks))
    found = {"machine": about, "clicks": options.clicks, "runs": rated(runs)}
    print(text(found))
    if not options.is_trial:
        report.put("peers", text(found), found)


def _versions(options: argparse.Namespace) -> dict[str, str]:
    found = {}
    if options.vizro:
        command = [options.vizro, "-c", "import vizro; print(vizro.__version__)"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found["vizro"] = done.stdout.split()[-1]
    if options.vis:
        about = json.loads((options.vis / "vis-timeline" / "package.json").read_text("utf-8"))
        found["vis-timeline"] = about["version"]
    return found


@contextmanager
def _running(name: str, folder: Path, options: argparse.Namespace) -> Iterator[str]:
    """Serve the table with one of them; give its address."""
    if name == VIS:
        with _site(folder, options.vis) as url:
            yield url
        return
    commands = {
        VIZRO: [options.vizro, str(PEERS / "vizro_app.py")],
        PLAIN: [sys.executable, str(PEERS / "plain.py")],
    }
    path = folder if name == OURS else folder / "events.parquet"
    with served(path, commands.get(name, ())) as server:
        yield server.url


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing."""


@contextmanager
def _site(folder: Path, modules: Path) -> Iterator[str]:
    built = modules / "vis-timeline" / "standalone" / "umd" / "vis-timeline-graph2d.min.js"
    styles = modules / "vis-timeline" / "styles" / "vis-timeline-graph2d.min.css"
    columns = ["event_id", "start_date", "title", "theatre"]
    rows = pd.read_parquet(folder / "events.parquet", columns=columns)
    rows["start_date"] = rows["start_date"].dt.strftime("%Y-%m-%d")
    names = {"event_id": "id", "start_date": "start", "title": "content"}
    with tempfile.TemporaryDirectory() as place:
        for path in (built, styles):
            shutil.copy(path, place)
        shutil.copy(PEERS / "timeline.html", f"{place}/index.html")
        rows.rename(columns=names).to_json(f"{place}/events.json", orient="records")
        handler = functools.partial(_Quiet, directory=place)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_address[1]}"
            server.shutdown()


def measure(browser: Browser, name: str, url: str, folder: Path, number: int) -> dict[str, Any]:
    """Click the theatres one after the other; see that the right events are shown."""
    theatres = pd.read_parquet(folder / "events.parquet", columns=["theatre", "latitude_deg"])
    context = browser.new_context(viewport=WINDOW)
    context.set_default_timeout(180_000)
    tab = context.new_page()
    if name != VIS:
        tab.add_init_script(path=SCRIPT)
    tab.goto(url)
    # Our page forbids what Playwright waits with.
    while not tab.evaluate("window.bench?.first()"):
        tab.wait_for_timeout(100)
    tab.wait_for_timeout(1000)
    chosen: set[str] = set()
    taken = []
    for step in range(1, number + 2):
        theatre = THEATRES[flipped(step)]
        chosen ^= {theatre}
        # Vizro shows nothing where nothing is chosen, so it starts with the first one chosen.
        if not (name == VIZRO and step == 1):
            box = _box(tab, name, theatre)
            answer = box.evaluate("(element) => bench.click(element)")
            tab.wait_for_timeout(1000)
            answer |= {} if name == VIS else tab.evaluate("bench.answers()")
            if step > 1:
                taken.append(answer | {"chosen": sorted(chosen)})
        rows = theatres[theatres["theatre"].isin(chosen)]
        _check(tab, name, rows)
    context.close()
    run = {"name": name, "events": len(theatres), "clicks": taken}
    totals = [one["paint"] for one in taken]
    run |= {"median": round(statistics.median(totals)), "p95": round(percentile(totals, 0.95))}
    sizes = [one.get("all_bytes", 0) / 1000 for one in taken]
    run["kb"] = round(statistics.median(sizes))
    print(f"{name}, {run['events']:,}: {run['median']} ms, {run['kb']} kB", file=sys.stderr)
    return run


def _box(tab: Page, name: str, theatre: str):
    if name == OURS:
        return tab.get_by_role("checkbox", name=f"{theatre.capitalize()}, ").first
    return tab.locator(f"input[type=checkbox][value={theatre}]")


def _check(tab: Page, name: str, rows: pd.DataFrame) -> None:
    """Make sure that a page shows the chosen events, and no others."""
    if name == OURS:
        shown = tab.evaluate("document.querySelector('#live').textContent")
        assert f"{len(rows):,}" in shown, f"{name} says {shown!r}, not {len(rows):,} events"
        return
    script = (
        "bench.marks()"
        if name == VIS
        else (
            "document.querySelector('#graph-timeline .js-plotly-plot')._fullData"
            ".reduce((total, trace) => total + trace.x.length, 0)"
        )
    )
    shown = tab.evaluate(script)
    assert shown == len(rows), f"{name} shows {shown} events, not {len(rows)}"


def rated(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to each run how many times our median, of both our runs of that size, it takes."""
    base = {}
    for size in {run["events"] for run in runs}:
        ours = [run for run in runs if (run["events"], run["name"]) == (size, OURS)]
        base[size] = statistics.median(one["paint"] for run in ours for one in run["clicks"])
    return [run | {"ratio": round(run["median"] / base[run["events"]], 1)} for run in runs]


def text(found: dict[str, Any]) -> str:
    """Write the section."""
    rows = [
        [
            f"{run['name']}, {run['events']:,}",
            *(run["median"], run["p95"], run["kb"] or "–", f"{run['ratio']:.1f}"),
        ]
        for run in found["runs"]
    ]
    checks = []
    for name, size, bar in BARS:
        for run in found["runs"]:
            if (run["name"], run["events"]) == (name, size):
                verdict = "kept" if run["ratio"] >= bar else "**missed**"
                checks.append([f"{name}, {size:,}", f"{run['ratio']:.1f}", f">= {bar}", verdict])
    return "\n\n".join(
        (
            "## Beside other dashboards",
            report.machine_text(found["machine"]),
            f"`python -m benchmarks.peers`: the same events, machine and run; {found['clicks']}"
            " clicks on one filter (theatres), from the click until all figures are redrawn and the"
            " browser has painted the next frame, in ms; two thirds of the selections are most of"
            " the table. Vizro and plain Dash draw a map and a histogram, their maps without the"
            " outlines that they would fetch from another host, which spares them work."
            " vis-timeline draws a timeline alone, in the browser; its time grows as the square of"
            f" the events (p95 is most of the table), so it is left out above {MOST_OF_VIS:,}."
            " `times` is the median over that of this page, which was measured before and after"
            " the others.",
            report.table(["page, events", "median", "p95", "answers, kB", "times"], rows),
            report.table(["bar", "times", "asked", ""], checks) if checks else "",
        )
    )


if __name__ == "__main__":
    main()
