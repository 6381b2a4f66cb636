"""Time a series of PNGs: our exporter against plotly's `write_image`, in one run.

`python benchmarks/export.py` draws the timeline of 40 months both ways and prints JSON and a
Markdown table; the exit code is 1 when a bar is missed. `--count 5` is a quick look.
`write_image` starts a Chromium for each image, so the whole takes minutes.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

ROOT = Path(__file__).resolve().parent.parent
COUNT = 40
RATIO_BAR = 5.0
FIRST_BAR_SECONDS = 10.0
EACH_BAR_SECONDS = 0.8


def figures(count: int = COUNT) -> list[go.Figure]:
    """Return the timeline of the last months with events, or invented figures without `views`."""
    try:
        from dashboard.dataset import load
        from dashboard.paths import folder
        from dashboard.selection import Selection
        from dashboard.views import render
    except ImportError:
        return [_invented(seed) for seed in range(count)]
    dataset = load(folder("data"))
    months = sorted(set(dataset.events["start_date"].dropna().dt.to_period("M")))[-count:]
    return [
        render(
            "timeline",
            dataset,
            Selection(from_date=month.start_time.date(), to_date=month.end_time.date()),
        )
        for month in months
    ]


def _invented(seed: int, marks: int = 500) -> go.Figure:
    random = np.random.default_rng(seed)
    figure = go.Figure(layout={"width": 1200, "height": 675, "font_family": "Noto Sans"})
    for kind in range(5):
        x, y = random.normal(size=(2, marks // 5))
        size = random.uniform(4, 20, marks // 5)
        figure.add_scatter(x=x, y=y, mode="markers", marker={"size": size}, name=f"kind {kind}")
    return figure


def timed(draw: Callable[[go.Figure], object], drawn: Iterable[go.Figure]) -> list[float]:
    """Return the seconds that each figure took."""
    seconds = []
    for figure in drawn:
        began = time.perf_counter()
        draw(figure)
        seconds.append(time.perf_counter() - began)
    return seconds


def measure(count: int) -> dict[str, float]:
    """Draw the series both ways and return the seconds."""
    from dashboard.export import Exporter

    series = figures(count)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "image.png"
        began = time.perf_counter()
        with Exporter() as exporter:
            ours = timed(lambda figure: path.write_bytes(exporter.image(figure, "png")), series)
        ours_total = time.perf_counter() - began
        theirs = timed(lambda figure: figure.write_image(path), series)
    later = ours[1:] or ours
    return {
        "images": len(series),
        "first_s": ours[0],
        "later_median_s": statistics.median(later),
        "later_max_s": max(later),
        "total_s": ours_total,
        "write_image_median_s": statistics.median(theirs),
        "write_image_total_s": sum(theirs),
        "ratio": sum(theirs) / ours_total,
    }


def main() -> int:
    """Print the result; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=COUNT, help="how many images (40)")
    found = measure(parser.parse_args().count)
    bars = [
        ("first image, cold", found["first_s"], "<=", FIRST_BAR_SECONDS, "s"),
        ("each later image, median", found["later_median_s"], "<=", EACH_BAR_SECONDS, "s"),
        ("each later image, slowest", found["later_max_s"], "<=", EACH_BAR_SECONDS, "s"),
        ("write_image / ours, all images", found["ratio"], ">=", RATIO_BAR, "x"),
    ]
    kept = [value <= bar if sign == "<=" else value >= bar for _, value, sign, bar, _ in bars]
    print(json.dumps({name: round(value, 3) for name, value in found.items()}))
    print(f"\n| {found['images']} PNGs | measured | bar | |\n| --- | ---: | ---: | --- |")
    for (name, value, sign, bar, unit), is_kept in zip(bars, kept, strict=True):
        verdict = "kept" if is_kept else "missed"
        print(f"| {name} | {value:.2f} {unit} | {sign} {bar:g} {unit} | {verdict} |")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
