"""Pictures into files: all targets checked first, then drawn one by one, with their alt texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import plotly.graph_objects as go

from dashboard import pack, pictures, views
from dashboard.dataset import Dataset
from dashboard.errors import DashboardError, ExportError, plural
from dashboard.export import Exporter, alttext, check_target, has_recipe, image, write
from dashboard.export.browser import find_chromium
from dashboard.export.target import PAGE_FORM, check_room
from dashboard.pictures import Order
from dashboard.selection import Selection

# What a file takes at most, and each pixel of a PNG: measured, then doubled.
LARGEST_BYTES = {"png": 100_000, "svg": 2_500_000, "pdf": 2_500_000, "html": 8_000_000}
BYTES_PER_PIXEL = 0.8


@dataclass(frozen=True, slots=True)
class Task:
    """One picture to draw: its order, its file, and the alt text beside it ("" for none)."""

    order: Order
    path: Path
    alt: str = ""

    @property
    def alt_path(self) -> Path:
        """The file of the alt text, were it written by itself, see `alttext.places`."""
        return alttext.places([(self.path, self.alt)])[self.path]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the tasks: those drawn, and those whose very picture was there already."""

    drawn: tuple[Task, ...]
    skipped: tuple[Task, ...]


def task(order: Order, path: Path, dataset: Dataset, *, alt: bool = True) -> Task:
    """Return the task of one picture.

    Raises:
        SelectionError: As `views.alt_text` does.
        ExportError: It is a page, and the terms of the table's source forbid one.
    """
    if order.form == PAGE_FORM:
        pack.check_terms(dataset)
    selection = order.selection(dataset)
    return Task(order, path, views.alt_text(order.view, dataset, selection) if alt else "")


def series(
    order: Order, by: str, folder: Path, dataset: Dataset, *, alt: bool = True
) -> list[Task]:
    """Return the tasks of one picture for each member of a selection, see `pictures.series`.

    Raises:
        ExportError: The selection chooses nothing, or as `task` does.
    """
    members = pictures.series(by, dataset, order.selection(dataset))
    if not members:
        what = "event with a date" if by == "month" else "event"
        raise ExportError(f"The selection chooses no {what}, so there is nothing to draw.")
    return [
        task(
            replace(order, query=selection.to_query()),
            folder / pictures.file_name(order.view, name, order.form),
            dataset,
            alt=alt,
        )
        for name, selection in members
    ]


def check(tasks: Sequence[Task], *, overwrite: bool = False) -> None:
    """Make sure that every file can be written.

    Raises:
        ExportError: With a sentence for the first thing that stands in the way.
    """
    names = Counter(str(one.path).casefold() for one in tasks)
    places = _alt_places(tasks)
    for one in tasks:
        if names[str(one.path).casefold()] > 1:
            raise ExportError(f"Two pictures would be called {one.path}. Draw fewer at a time.")
        check_target(one.path, one.order.form, overwrite=overwrite)
        if one.alt and not overwrite:
            _check_alt(one, places[one.path])
    wanted = sum(_largest_bytes(one.order) for one in tasks if not one.path.exists())
    for folder in {one.path.parent for one in tasks}:
        check_room(folder, wanted, plural(len(tasks), "picture"))


def _alt_places(tasks: Sequence[Task]) -> dict[Path, Path]:
    return alttext.places((one.path, one.alt) for one in tasks)


def _check_alt(one: Task, path: Path) -> None:
    """Make sure that the text that is there is the picture's own, or the very same."""
    if path.exists() and not (
        (path.is_file() and one.path.is_file()) or alttext.holds(path, one.alt)
    ):
        raise ExportError(
            f"{path}, the place of the alt text, is there already. Choose another name, replace it"
            " with --overwrite, or leave the text out with --no-alt."
        )


def _largest_bytes(order: Order) -> float:
    if order.form != "png":
        return LARGEST_BYTES[order.form]
    medium = views.medium_for(order.preset, order.size)
    pixels = medium.width_px * medium.height_px * order.scale**2
    return LARGEST_BYTES["png"] + BYTES_PER_PIXEL * pixels


def make_folder(folder: Path) -> None:
    """Make the folder of a series, if it is not there.

    Raises:
        ExportError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"Cannot make the folder {folder}: {error.strerror}.") from None


def run(
    tasks: Sequence[Task],
    dataset: Dataset,
    *,
    jobs: int = 1,
    always: bool = False,
    tell: Callable[[int, Task], None] = lambda number, one: None,
) -> Outcome:
    """Draw the tasks whose very picture is not there yet.

    Args:
        tasks: What to draw, checked by `check`.
        dataset: The table.
        jobs: How many Chromiums draw at the same time.
        always: Draw those too whose picture is there.
        tell: Called with the number of finished tasks, and the last of them.

    Raises:
        ExportError: One could not be drawn or written; what was drawn before stays.
        DependencyError: There is no Chromium.
    """
    places = _alt_places(tasks)  # before any is drawn: what is there decides
    there = [
        not always and has_recipe(one.path, pictures.recipe(one.order, dataset)) for one in tasks
    ]
    skipped = [one for one, is_there in zip(tasks, there, strict=True) if is_there]
    left = [one for one, is_there in zip(tasks, there, strict=True) if not is_there]
    if any(one.order.form != PAGE_FORM for one in left):
        find_chromium()
    for number, one in enumerate(skipped, 1):
        _write_alt(one, places[one.path])
        tell(number, one)
    with ExitStack() as stack:
        exporters: SimpleQueue[Exporter] = SimpleQueue()
        for _ in range(jobs):
            exporters.put(stack.enter_context(Exporter()))
        pool = stack.enter_context(ThreadPoolExecutor(jobs))
        stack.callback(pool.shutdown, cancel_futures=True)
        futures = {
            pool.submit(_draw, one, dataset, exporters, places[one.path]): one for one in left
        }
        for done, future in enumerate(as_completed(futures), 1):
            _raise_fault(future, futures[future], len(tasks))
            tell(len(skipped) + done, futures[future])
    return Outcome(tuple(left), tuple(skipped))


def _raise_fault(future: Future[None], one: Task, number: int) -> None:
    error = future.exception()
    if error is None:
        return
    if number > 1 and isinstance(error, DashboardError):
        raise ExportError(
            f"{one.path} was not drawn. {error} The pictures before it are there: the same command"
            " goes on from there."
        ) from error
    raise error


def _draw(one: Task, dataset: Dataset, exporters: SimpleQueue[Exporter], alt_path: Path) -> None:
    exporter = exporters.get()
    try:
        content = content_of(one.order, dataset, exporter)
    finally:
        exporters.put(exporter)
    write(one.path, content)
    _write_alt(one, alt_path)


def _write_alt(one: Task, path: Path) -> None:
    if one.alt:
        write(path, alttext.content_of(one.alt))


def content_of(order: Order, dataset: Dataset, exporter: Exporter) -> bytes:
    """Draw an order in any form: as an image, or as a page that opens from disk."""
    if order.form == PAGE_FORM:
        return pack.single(order, dataset)
    return pictures.draw(order, dataset, exporter)


def export_image(  # noqa: PLR0913 (what a script says in one line)
    picture: go.Figure | str,
    path: Path | str,
    dataset: Dataset | None = None,
    selection: Selection = Selection(),  # noqa: B008 (frozen)
    *,
    alt: bool = True,
    overwrite: bool = False,
    **how: Any,
) -> Path:
    """Write a picture into a file whose name says the form: .png, .svg, .pdf, .html.

    Args:
        picture: The name of a view, which takes a table and a selection, and writes its alt text
            beside the image; or a figure, for example one of `render`, with width and height.
        path: The file.
        dataset: The table of a view.
        selection: What of it.
        alt: Write the alt text of a view into NAME.txt; where that is the text of another picture
            of this name (NAME.svg), into NAME.png.txt.
        overwrite: Replace a file that is not by this program.
        how: scale (pixels of a PNG for each px); for a view also preset, size, title, subtitle,
            link and dark, as for `render`.

    Returns:
        The path of the file.

    Raises:
        ExportError: It cannot be drawn or written.
        SelectionError: No view has that name, or the table does not know the selection's words.
        DependencyError: There is no Chromium.
    """
    path = Path(path)
    form = check_target(path, overwrite=overwrite)
    if isinstance(picture, str):
        if dataset is None:
            raise TypeError("A view is drawn from a table: export_image(view, path, dataset).")
        order = Order(picture, selection.to_query(), form=form, **how)
        one = task(order, path, dataset, alt=alt)
        check([one], overwrite=overwrite)
        content = pack.single(order, dataset) if form == PAGE_FORM else _image(order, dataset)
        write(path, content)
        _write_alt(one, one.alt_path)
    else:
        write(path, image(picture, form, recipe=pictures.nameless_recipe(), **how))
    return path


def _image(order: Order, dataset: Dataset) -> bytes:
    drawn, content = pictures.figure(order, dataset), pictures.recipe(order, dataset)
    return image(drawn, order.form, scale=order.scale, recipe=content)
