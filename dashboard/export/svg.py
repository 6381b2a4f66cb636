"""SVG files that look the same everywhere: their fonts and their recipe are inside."""

from __future__ import annotations

import html
import re

METADATA_ID = "conflict-timeline"
METADATA = re.compile(rf'<(?:svg:)?metadata[^>]*\bid="{METADATA_ID}"[^>]*>(.*?)</', re.DOTALL)
ROOT = re.compile(r"<svg\b[^>]*>")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def with_parts(svg: str, *, fonts: str = "", title: str = "", recipe: str = "") -> bytes:
    """Return the drawing as a file.

    Args:
        svg: What plotly.js drew.
        fonts: `@font-face` rules, the files in them.
        title: What a screen reader calls the image.
        recipe: JSON for the metadata.
    """
    parts = []
    if title:
        parts.append(f"<title>{_escaped(title)}</title>")
    if recipe:
        parts.append(f'<metadata id="{METADATA_ID}">{_escaped(recipe)}</metadata>')
    if fonts:
        parts.append(f"<defs><style>{fonts}</style></defs>")
    root = ROOT.search(svg)
    after_root = root.end() if root else 0
    file = svg[:after_root] + "".join(parts) + svg[after_root:]
    return file.encode(errors="replace")


def recipe_of(svg: bytes) -> str:
    """Return the JSON in the metadata, or the empty string."""
    found = METADATA.search(svg.decode(errors="replace"))
    return html.unescape(found[1]).strip() if found else ""


def is_svg(content: bytes) -> bool:
    """Whether a file begins like an SVG."""
    return b"<svg" in content[:4096]


def _escaped(text: str) -> str:
    return html.escape(NOT_XML.sub("", text), quote=False)
