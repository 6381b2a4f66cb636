"""How wide a text is, so that labels can be placed without drawing them."""

from __future__ import annotations

import json
from functools import lru_cache

from dashboard.paths import folder


@lru_cache(maxsize=1)
def _widths() -> dict[str, dict]:
    path = folder("assets") / "fonts" / "widths.json"
    return json.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=20_000)
def width_px(text: str, size_px: float, face: str = "sans-400") -> float:
    """Return the advance width of one line of text, in pixels."""
    table = _widths()[face]
    chars, default = table["chars"], table["default"]
    return sum(chars.get(letter, default) for letter in text) / table["units"] * size_px


def wrap(text: str, size_px: float, limit_px: float, face: str = "sans-400") -> list[str]:
    """Break a text into lines no wider than the limit; a single longer word keeps its own line."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width_px(longer, size_px, face) > limit_px:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def balanced(text: str, size_px: float, limit_px: float, face: str = "sans-400") -> list[str]:
    """Break a text into as few lines as `wrap` does, but of lengths as equal as can be."""
    lines = wrap(text, size_px, limit_px, face)
    low, high = 0.0, limit_px
    while len(lines) > 1 and high - low > 1:
        middle = (low + high) / 2
        found = wrap(text, size_px, middle, face)
        is_whole = len(found) == len(lines)
        low, high = (low, middle) if is_whole else (middle, high)
    return wrap(text, size_px, high, face)


def clip(text: str, size_px: float, limit_px: float, face: str = "sans-400") -> str:
    """Shorten a text with an ellipsis until it fits."""
    if width_px(text, size_px, face) <= limit_px:
        return text
    while text and width_px(text + "…", size_px, face) > limit_px:
        text = text[:-1]
    return text.rstrip(" ,;–-") + "…"
