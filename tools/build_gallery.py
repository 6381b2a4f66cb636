"""Write docs/gallery.md, its twelve pictures, assets/preview.png and the page's own picture.

Run it after a change of the table, of the views or of a preset: `.venv/bin/python
tools/build_gallery.py`. It needs Chromium, and Playwright for the page's picture (`--no-page`
leaves that out). The same table and program write the same bytes.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dashboard import pictures, wording  # noqa: E402 (after the path)
from dashboard.dataset import Dataset, load  # noqa: E402
from dashboard.export import Exporter, write  # noqa: E402
from dashboard.paths import folder  # noqa: E402
from dashboard.pictures import Order  # noqa: E402
from dashboard.views import alt_text  # noqa: E402

IMAGES = ROOT / "docs" / "images"
PAGE = ROOT / "docs" / "gallery.md"
PREVIEW = ROOT / "assets" / "preview.png"
LARGEST_TOTAL_BYTES = 3_000_000
PAGE_QUERY = "?theatre=mozambique&from=2020-01-01&to=2021-12-31&event=2021-03-24-palma"


@dataclass(frozen=True, slots=True)
class Entry:
    """One picture of the gallery: its file, what it is an example of, how it is drawn."""

    name: str
    about: str
    order: Order


GALLERY = (
    Entry(
        "timeline",
        "The whole table: a lane for each theatre, a circle for each event.",
        Order("timeline", title="From the caliphate to Cabo Delgado and the Sahel"),
    ),
    Entry(
        "trend",
        "The founding question: on 30 March 2021 the coalition's ministers spoke of more activity"
        " in Iraq and Syria, and in Africa.",
        Order(
            "trend",
            "from=2019-03-24&to=2021-03-30",
            title="After the caliphate: is it rising?",
        ),
    ),
    Entry(
        "map",
        "Where: a map for each theatre, in the two years before the ministers met.",
        Order(
            "map",
            "from=2019-03-24&to=2021-03-30",
            title="Two years after the caliphate: where it went on",
        ),
    ),
    Entry(
        "palma",
        "One event, source by source, with where it was; the headline is written from the data.",
        Order("event", "event=2021-03-24-palma", "social"),
    ),
    Entry(
        "cabo-delgado",
        "One country as a map, 90 mm wide for a newspaper's column.",
        Order(
            "map",
            "theatre=mozambique&from=2017-10-01&to=2021-12-31",
            "column",
            title="Cabo Delgado’s war, 2017–2021",
            scale=2,
        ),
    ),
    Entry(
        "before-and-after",
        "One theatre over two years, 180 mm wide for print, events coloured by how sure it is who"
        " did it.",
        Order(
            "timeline",
            "theatre=mozambique&from=2020-01-01&to=2021-12-31&colour=attribution",
            "page",
            title="Before and after Palma",
            scale=1.5,
        ),
    ),
    Entry(
        "who-against-whom",
        "Who acts against whom, for one region.",
        Order("actors", "theatre=sahel", title="Sahel and Lake Chad: who acts against whom"),
    ),
    Entry(
        "disagreement",
        "How far sources disagree, the widest spread first.",
        Order(
            "sources",
            "from=2014-01-01&to=2014-12-31&killed_min=100",
            title="The deadliest events of 2014, as each source counts them",
        ),
    ),
    Entry(
        "rise-and-fall",
        "A square for social media, with a lane for each kind of event instead of each theatre.",
        Order(
            "timeline",
            "theatre=iraq&from=2014-01-01&to=2017-12-31&lanes=type",
            "social",
            title="Iraq, 2014–2017: rise and fall of the caliphate",
        ),
    ),
    Entry(
        "last-year",
        "The same map on a dark ground.",
        Order(
            "map",
            "theatre=syria&from=2018-01-01&to=2019-03-23",
            title="Syria: the caliphate’s last fifteen months",
            dark=True,
        ),
    ),
    Entry(
        "civilians",
        "The trend of one kind of event: how many, and how many dead, in each theatre.",
        Order(
            "trend",
            "type=civilian_attack,kidnapping,mass_killing",
            title="Attacks on civilians, theatre by theatre",
        ),
    ),
    Entry(
        "lake-chad",
        "A box drawn on the map, for a slide.",
        Order(
            "map",
            "area=9,10,16,15",
            "slide",
            title="Around Lake Chad: one lake, four countries",
            scale=0.75,
        ),
    ),
)


def command(order: Order, name: str) -> str:
    """Write the command that draws an order."""
    words = ["conflict-timeline", "export", order.view]
    if order.query:
        words += ["--query", order.query.removeprefix("?")]
    given = {"preset": order.preset, "size": order.size, "title": order.title}
    given |= {"subtitle": order.subtitle, "scale": f"{order.scale:g}"}
    usual = {"preset": "web", "scale": "1"}
    for option, value in given.items():
        if value and value != usual.get(option):
            words += [f"--{option}", value]
    words += ["--dark"] if order.dark else []
    return shlex.join([*words, "--out", f"{name}.png"])


def text(dataset: Dataset) -> str:
    """Write the gallery's page."""
    lines = [
        "# Gallery",
        "",
        f"Twelve pictures of the curated table, data {dataset.version}, each with the command that"
        " draws it. `tools/build_gallery.py` writes",
        "this page. Each picture holds its recipe: `conflict-timeline export --from-image map.png"
        " --out map.pdf` draws it again.",
    ]
    for entry in GALLERY:
        alt = alt_text(entry.order.view, dataset, entry.order.selection(dataset))
        lines += [
            "",
            f"## {pictures.recipe(entry.order, dataset)['title']}",
            "",
            entry.about,
            "",
            f"![{_one_line(alt)}](images/{entry.name}.png)",
            "",
            "```sh",
            command(entry.order, entry.name),
            "```",
        ]
    return "\n".join(lines) + "\n"


def _one_line(words: str) -> str:
    return words.replace("[", "(").replace("]", ")")


def preview(dataset: Dataset) -> Order:
    """Return the order of the picture that a link to the page shows in a chat or a feed."""
    events = wording.plural(len(dataset.events), "event")
    reports = wording.plural(len(dataset.reports), "source report")
    reading = "each circle is an event, its area the dead"
    subtitle = f"{events} after {reports}, as a linked timeline and map: {reading}."
    return Order("timeline", size="1200x630", title=wording.NAME, subtitle=subtitle)


def photograph_page(path: Path) -> None:
    """Write a picture of the dashboard itself, as a reader with a laptop sees it."""
    from playwright.sync_api import sync_playwright

    from dashboard.export.browser import find_chromium

    serve = [sys.executable, "-m", "dashboard", "serve", "--port", "0"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            address = server.stdout.readline().split()[-1] if server.stdout else ""
            with sync_playwright() as driver:
                options = {"executable_path": find_chromium(), "args": ["--no-sandbox"]}
                tab = driver.chromium.launch(**options).new_page(
                    viewport={"width": 1440, "height": 900}
                )
                tab.goto(f"{address}/{PAGE_QUERY}")
                tab.wait_for_selector("#panel .reports__row")
                tab.wait_for_timeout(3000)  # the map's tools and the tabs come last
                tab.evaluate("scrollTo(0, 0)")  # a link to an event opens at its panel
                tab.screenshot(path=path)
        finally:
            server.terminate()


def main() -> int:
    """Write everything; 1 when the pictures are larger than a repository should carry."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", metavar="NAME", help="draw one picture, for a look")
    parser.add_argument("--no-page", action="store_true", help="leave the page's picture out")
    options = parser.parse_args()
    dataset = load(folder("data"))
    IMAGES.mkdir(parents=True, exist_ok=True)
    orders = {IMAGES / f"{entry.name}.png": entry.order for entry in GALLERY}
    orders[PREVIEW] = preview(dataset)
    with Exporter() as exporter:
        for path, order in orders.items():
            if options.only in (None, path.stem):
                write(path, pictures.draw(order, dataset, exporter))
                print(f"{path.relative_to(ROOT)} {path.stat().st_size / 1000:,.0f} kB")
    if options.only:
        return 0
    write(PAGE, text(dataset).encode())
    if not options.no_page:
        photograph_page(IMAGES / "page.png")
    total = sum(path.stat().st_size for path in (*IMAGES.glob("*.png"), PREVIEW))
    print(f"{total / 1e6:.2f} MB in all")
    return int(total > LARGEST_TOTAL_BYTES)


if __name__ == "__main__":
    sys.exit(main())
