"""An image's recipe: what it shows and how to draw it again, in the file itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from dashboard.errors import ExportError
from dashboard.export import pdf, png, svg

PROGRAM = "Conflict Timeline"
PNG_KEYWORD = "conflict-timeline"
PDF_KEY = "ConflictTimeline"
PAGE_START = b"<!doctype html"
PAGE_SCRIPT = '<script type="application/json" id="conflict-timeline">{}</script>'
LARGEST_BYTES = 200_000_000


def to_json(recipe: Mapping[str, str]) -> str:
    """Write a recipe in its one spelling: keys sorted, ASCII, no blanks."""
    wrong = [item for pair in recipe.items() for item in pair if not isinstance(item, str)]
    if wrong:
        raise TypeError(f"A recipe maps str to str; {wrong[0]!r} is not one.")
    return json.dumps(dict(recipe), sort_keys=True, separators=(",", ":"))


def png_texts(recipe: Mapping[str, str]) -> dict[str, str]:
    """Return what a PNG says of itself, by PNG's own keywords and ours."""
    standard = {"Title": recipe.get("title", ""), "Source": recipe.get("source", "")}
    texts = {keyword: text for keyword, text in standard.items() if text}
    return texts | {"Software": _program(recipe), PNG_KEYWORD: to_json(recipe)}


def pdf_info(recipe: Mapping[str, str]) -> dict[str, str]:
    """Return what a PDF says of itself, by PDF's own keys and ours."""
    standard = {"Title": recipe.get("title", ""), "Subject": recipe.get("source", "")}
    texts = {key: text for key, text in standard.items() if text}
    return texts | {"Creator": _program(recipe), PDF_KEY: to_json(recipe)}


def page_script(recipe: Mapping[str, str]) -> str:
    """Return the element that holds a recipe in an HTML page."""
    return PAGE_SCRIPT.format(to_json(recipe).replace("<", "\\u003c"))


def _program(recipe: Mapping[str, str]) -> str:
    return recipe.get("program") or PROGRAM


def read_recipe(image: Path | str | bytes) -> dict[str, str]:
    """Return the recipe in a PNG, SVG, PDF or page of ours, given as a path or as its content.

    Raises:
        ExportError: It cannot be read, is no such image, or holds no recipe.
    """
    name, content = ("The image", image) if isinstance(image, bytes) else _read(Path(image))
    if content.startswith(png.SIGNATURE):
        text = png.texts_of(content).get(PNG_KEYWORD, "")
    elif content.startswith(pdf.SIGNATURE):
        text = pdf.text_of(content, PDF_KEY)
    elif script := _script_of(content):
        text = script
    elif svg.is_svg(content):
        text = svg.recipe_of(content)
    else:
        raise ExportError(f"{name} is not a PNG, SVG or PDF image.")
    if not text:
        raise ExportError(
            f"{name} holds no recipe: {PROGRAM} did not draw it, or a program that saved it again "
            "dropped the recipe."
        )
    try:
        recipe = json.loads(text)
    except (ValueError, RecursionError):
        recipe = None
    if not isinstance(recipe, dict) or not all(isinstance(value, str) for value in recipe.values()):
        raise ExportError(f"{name} holds a damaged recipe. Take an untouched copy of the image.")
    return recipe


def has_recipe(path: Path, recipe: Mapping[str, str]) -> bool:
    """Whether a file is there and is the picture of this very recipe."""
    try:
        return path.is_file() and read_recipe(path) == dict(recipe)
    except ExportError:
        return False


def _script_of(page: bytes) -> str:
    if page[: len(PAGE_START)].lower() != PAGE_START:
        return ""
    before, after = (re.escape(part.encode()) for part in PAGE_SCRIPT.split("{}"))
    found = re.search(before + rb"(.*?)" + after, page, re.DOTALL)
    return found[1].decode(errors="replace") if found else ""


def _read(path: Path) -> tuple[str, bytes]:
    try:
        if path.is_file() and path.stat().st_size > LARGEST_BYTES:
            raise ExportError(f"{path} is larger than any image of {PROGRAM}.")
        return str(path), path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ExportError(f"Cannot read {path}: {reason}.") from None
