"""Which text colour can be read on a colour."""

from __future__ import annotations

from functools import lru_cache

from dashboard.figures.theme import Palette


def reading_on(colour: str, palette: Palette) -> str:
    """Choose the palette's ink or its panel, whichever stands out more on a colour."""
    return max((palette.ink, palette.panel), key=lambda other: contrast(colour, other))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two hex colours, 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=256)
def luminance(colour: str) -> float:
    """Return the relative luminance of a hex colour, 0 to 1."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
