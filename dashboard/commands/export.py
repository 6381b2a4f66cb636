"""The command `export`: one picture, the same picture again, a series, an evidence pack."""

from __future__ import annotations

import argparse
import datetime
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.commands import tables
from dashboard.dataset import Dataset
from dashboard.errors import plural
from dashboard.paths import folder

if TYPE_CHECKING:
    from dashboard.batch import Task
    from dashboard.pictures import Order

# The drawing library loads for a second: every function below imports it only when it runs.

PACK = "pack"
BAR_WIDTH = 24
EXAMPLES = """examples:
  export timeline --query "theatre=mozambique" --out mozambique.svg
  export map --each month --query "from=2021-01-01&to=2021-12-31" --out maps --jobs 2
  export --from-image mozambique.svg --preset social --out mozambique.png
  export pack --query "event=2021-03-24-palma&theatre=mozambique" --out palma.zip"""


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "export",
        help="draw a view into an image file",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "view",
        nargs="?",
        metavar="VIEW",
        help="timeline, map, trend, actors, sources or event; or pack: pictures, rows, sources,"
        " citation and a page that opens from disk, in one zip",
    )
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="file, or folder of --each"
    )
    command.add_argument(
        "--query", metavar="STR", help="a link's query, for example 'theatre=iraq'"
    )
    command.add_argument(
        "--from-image", type=Path, metavar="FILE", help="draw that picture again; options change it"
    )
    command.add_argument(
        "--each",
        metavar="WHAT",
        help="a picture for each theatre, country, actor, month or event; those that are there"
        " already are skipped",
    )
    command.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="pictures of --each drawn at a time"
    )
    _add_looks(command)
    command.add_argument("--overwrite", action="store_true", help="replace a file that is not ours")
    command.add_argument(
        "--data",
        default=folder("data"),
        metavar="TABLE",
        help="the table: its folder, or a file to be read (default: ours)",
    )
    tables.add_options(command, form="--data-format")
    command.set_defaults(run=run, misuse=command.error)


def _add_looks(command: argparse.ArgumentParser) -> None:
    switch = argparse.BooleanOptionalAction
    command.add_argument("--preset", metavar="NAME", help="web, social, slide, column or page")
    command.add_argument("--size", metavar="WxH", help="pixels, for example 1200x675")
    command.add_argument("--scale", type=_scale, metavar="S", help="pixel density of a PNG")
    command.add_argument(
        "--format",
        default="",
        metavar="F",
        help="png, svg, pdf or html (default: by the file's name, png for --each)",
    )
    command.add_argument("--title", metavar="T", help="another headline")
    command.add_argument("--subtitle", metavar="T", help="another line under it")
    command.add_argument("--link", metavar="URL", help="address printed at the foot")
    command.add_argument("--dark", action=switch, help="on a dark ground")
    command.add_argument(
        "--alt",
        action=switch,
        default=True,
        help="write the alt text into NAME.txt, or NAME.png.txt where that is another picture's",
    )


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 0.1 <= scale <= 10:
        raise argparse.ArgumentTypeError(f"{text!r} is not a scale. Write 0.1 to 10.")
    return scale


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 16):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of jobs. Write 1 to 16.")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Draw what the options ask for and return 0."""
    if options.view is None and options.from_image is None:
        options.misuse("name a VIEW, for example timeline, or an image: --from-image FILE")
    if options.view == PACK and (options.from_image or options.each or options.format):
        options.misuse("a pack is made from --query, not with --from-image, --each or --format")
    dataset = tables.open_named(options.data, options)
    if options.view == PACK:
        return _pack(options, dataset)
    order = _order(options, dataset)
    return _series(options, order, dataset) if options.each else _one(options, order, dataset)


def _order(options: argparse.Namespace, dataset: Dataset) -> Order:
    from dashboard import pictures
    from dashboard.export import read_recipe

    names = ("view", "query", "preset", "size", "scale", "title", "subtitle", "link", "dark")
    asked = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    if options.from_image is None:
        return pictures.Order(**asked)
    recipe = read_recipe(options.from_image)
    for difference in pictures.differences(recipe, dataset):
        print(f"{options.from_image}: {difference}", file=sys.stderr)
    return replace(pictures.order_of(recipe), **asked)


def _one(options: argparse.Namespace, order: Order, dataset: Dataset) -> int:
    from dashboard import batch
    from dashboard.export import check_target

    form = check_target(options.out, options.format, overwrite=options.overwrite)
    task = batch.task(replace(order, form=form), options.out, dataset, alt=options.alt)
    batch.check([task], overwrite=options.overwrite)
    batch.run([task], dataset, always=True)
    print(f"Written: {task.path}{f', {task.alt_path}' if task.alt else ''}")
    return 0


def _series(options: argparse.Namespace, order: Order, dataset: Dataset) -> int:
    from dashboard import batch

    order = replace(order, form=options.format.lower() or "png")
    tasks = batch.series(order, options.each, options.out, dataset, alt=options.alt)
    batch.make_folder(options.out)
    batch.check(tasks, overwrite=options.overwrite)
    with _Bar(len(tasks)) as bar:
        outcome = batch.run(tasks, dataset, jobs=options.jobs, tell=bar.show)
    skipped = len(outcome.skipped)
    there = (
        f", {skipped:,} skipped that {'was' if skipped == 1 else 'were'} there" if skipped else ""
    )
    print(f"Drawn: {plural(len(outcome.drawn), 'picture')} in {options.out}{there}.")
    return 0


class _Bar:
    """A line on stderr that says how far a series is; none where stderr is no terminal."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._is_shown = sys.stderr.isatty()

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_shown:
            print(file=sys.stderr)

    def show(self, number: int, task: Task) -> None:
        """Say that so many are done, the last of them this one."""
        if self._is_shown:
            full = BAR_WIDTH * number // self._total
            bar = "█" * full + "░" * (BAR_WIDTH - full)
            line = f"{bar} {number}/{self._total} {task.path.name}"
            print(f"\r\x1b[K{line[:100]}", end="", file=sys.stderr, flush=True)


def _pack(options: argparse.Namespace, dataset: Dataset) -> int:
    from dashboard import pack
    from dashboard.export import Exporter, write
    from dashboard.export.browser import find_chromium
    from dashboard.pictures import Order

    names = ("query", "preset", "size", "scale", "link", "dark")
    asked = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    order = Order("timeline", **{"scale": pack.SCALE, **asked})
    pack.check(options.out, overwrite=options.overwrite)
    find_chromium()  # before the rows are gathered
    today = datetime.datetime.now(datetime.UTC).date()
    with Exporter() as exporter:
        files = pack.build(order, dataset, exporter, today)
    write(options.out, pack.zipped(files))
    print(f"Written: {options.out}, {plural(len(files), 'file')}")
    return 0
