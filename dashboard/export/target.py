"""The file an image goes to: checked before anything is drawn, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from dashboard.errors import ExportError, nearest, shown
from dashboard.export.recipe import PROGRAM, read_recipe

FORMS = ("png", "svg", "pdf")
# An HTML page is written elsewhere, but its file is checked here.
PAGE_FORM = "html"
PAGE_MARK = b"conflict-timeline"


def check_target(path: Path | str, form: str = "", *, overwrite: bool = False) -> str:
    """Return the form (png, svg, pdf, html) of the file to be written, once it can be written.

    A file that is there already is replaced when it is empty or carries our recipe, so that the
    same command works twice; any other only with `overwrite`.

    Args:
        path: Where the image goes.
        form: The form asked for; left out, the name's ending decides.
        overwrite: Replace whatever file is there.

    Raises:
        ExportError: With a sentence for the first thing that stands in the way.
    """
    path = Path(path)
    asked = _form_of(path, form)
    check_file(path, f"image.{asked}", lambda: is_ours(path, asked), overwrite=overwrite)
    return asked


def check_file(
    path: Path, example: str, is_ours: Callable[[], bool], *, overwrite: bool = False
) -> None:
    """Make sure that a file can be written, and that it replaces none but ours.

    Args:
        path: The file.
        example: A name for it, to be shown when a folder is given.
        is_ours: Says of a file that is there whether this program wrote it.
        overwrite: Replace whatever file is there.

    Raises:
        ExportError: With a sentence for the first thing that stands in the way.
    """
    try:
        _check_folder(path)
        if path.is_dir():
            raise ExportError(f"{path} is a folder. Name a file in it: {path / example}")
        if path.exists() and not path.is_file():
            raise ExportError(f"{path} is not an ordinary file. Choose another name.")
        if path.exists() and not overwrite and path.stat().st_size and not is_ours():
            raise ExportError(
                f"{path} is there already and is not by {PROGRAM}. Choose another name, or replace "
                "it with --overwrite."
            )
        _try_to_write(path)
    except (OSError, ValueError) as error:
        raise ExportError(f"Cannot write {path}: {_reason(error)}.") from None


def check_room(folder: Path, wanted_bytes: float, what: str) -> None:
    """Make sure that a folder's disk has room for what will be written there.

    Raises:
        ExportError: It has not; the sentence says for what there is none.
    """
    free = shutil.disk_usage(folder).free
    if free < wanted_bytes:
        raise ExportError(
            f"{folder} has room for {free / 1e6:,.1f} MB more, and {what} may take"
            f" {wanted_bytes / 1e6:,.0f} MB. Make room, or choose another folder."
        )


def write(path: Path | str, content: bytes) -> None:
    """Write a file whole: no moment and no failure leaves half of it under its name.

    Raises:
        ExportError: It cannot be written, or the disk is full.
    """
    path = Path(path)
    part = None
    try:
        path = path.resolve()  # a link stays a link
        part = path.with_name(f".{secrets.token_hex(8)}.part")
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except (OSError, ValueError) as error:
        raise ExportError(f"Cannot write {path}: {_reason(error)}. Nothing was written.") from None
    finally:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def _form_of(path: Path, form: str) -> str:
    known = (*FORMS, PAGE_FORM)
    form = form.lower()
    if form and form not in known:
        raise ExportError(
            f"No image format is called {shown(form)}.{nearest(form, known)} "
            f"There are {', '.join(known)}."
        )
    suffix = path.suffix.lower().removeprefix(".")
    suffix = PAGE_FORM if suffix == "htm" else suffix
    if suffix not in known:
        right = (
            path.with_suffix(f".{form or 'png'}").name if path.name else f"image.{form or 'png'}"
        )
        raise ExportError(
            f"The name of an image ends in .{', .'.join(known)}: {shown(path.name)} does not. "
            f"Write for example {right}."
        )
    if form and suffix != form:
        raise ExportError(
            f"{path} ends in {path.suffix}, but the format asked for is {form}. "
            f"Write {path.with_suffix('.' + form)}."
        )
    return suffix


def _check_folder(path: Path) -> None:
    folder = path.parent
    if folder.is_dir():
        return
    if folder.exists():
        raise ExportError(f"{folder} is a file, not a folder.")
    raise ExportError(f"There is no folder {folder}. Make it first: mkdir -p {folder}")


def is_ours(path: Path, form: str) -> bool:
    """Whether this program wrote the file, which has that form."""
    if form == PAGE_FORM:
        with path.open("rb") as file:
            return PAGE_MARK in file.read(65_536).lower()
    try:
        return bool(read_recipe(path))
    except ExportError:
        return False


def _try_to_write(path: Path) -> None:
    # Asking the system for rights is not enough: it says yes to root on a read-only disk.
    probe = path.resolve().with_name(f".{secrets.token_hex(8)}.part")
    probe.touch(exist_ok=False)
    probe.unlink()


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).rstrip(".")
