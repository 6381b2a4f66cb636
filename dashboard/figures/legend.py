"""The key of a picture: a row of marks with what they mean, and circles that say how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures import theme
from dashboard.figures.notes import CLEAR, note, shape
from dashboard.figures.packing import Box
from dashboard.figures.text import width_px
from dashboard.figures.theme import Medium

# Half height and width of a key's mark, in parts of its size.
_SHARES = {
    "bar": (0.2, 1.3),
    "ghost": (0.42, 1.3),
    "band": (0.42, 1.3),
    "line": (0.5, 0.16),
    "square": (0.36, 0.72),
    "solid-square": (0.36, 0.72),
}
_ROUND = ("circle", "hollow", "pale-hollow")
_HOLLOW = ("hollow", "pale-hollow", "square")
_PALE = {"ghost": 0.35, "pale-hollow": 0.5}


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a key: a mark and what it means.

    Marks are circle, hollow, pale-hollow, square (hollow), solid-square, bar, ghost (pale), band
    and line (upright).
    """

    mark: str
    fill: str
    edge: str
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """How large circles are: the dead of the largest and its radius in pixels."""

    largest: float
    radius_px: float

    def radius(self, dead: float) -> float:
        """Return the radius of a toll; its area is in proportion."""
        return (dead / self.largest) ** 0.5 * self.radius_px

    def dead(self, radius: float) -> float:
        """Return the toll that a radius stands for."""
        return (radius / self.radius_px) ** 2 * self.largest


def rows(keys: Sequence[Key], medium: Medium, wide: float) -> list[list[tuple[float, Key]]]:
    """Set keys in rows no wider than the limit, each with its distance from the left."""
    found: list[list[tuple[float, Key]]] = []
    gap = 1.2 * medium.font_px
    x = wide + 1
    for key in keys:
        width = 1.5 * medium.font_px + width_px(key.text, medium.font_px)
        if x + width > wide:
            found.append([])
            x = 0.0
        found[-1].append((x, key))
        x += width + gap
    return found


def mark(key: Key, left: float, middle: float, medium: Medium) -> dict[str, Any]:
    """Draw a key's mark, so many pixels from the plot's left and top."""
    half, wide, line = _measures(key, 0.84 * medium.font_px)
    if key.mark == "line":
        left += 0.5 * (0.84 * medium.font_px - wide)
    return shape(
        "circle" if key.mark in _ROUND else "rect",
        Box(left, middle - half, left + wide, middle + half),
        fillcolor=CLEAR if key.mark in _HOLLOW else key.fill,
        opacity=_PALE.get(key.mark, 1),
        line={"width": line, "color": key.edge},
    )


def svg(key: Key, size: float = 11.0) -> str:
    """Draw a key's mark alone, as an SVG of `size` pixels' height."""
    half, wide, line = _measures(key, size)
    box = (
        f'x="{line / 2:g}" y="{size / 2 - half + line / 2:g}" width="{wide - line:g}"'
        f' height="{2 * half - line:g}" rx="{size / 2 if key.mark in _ROUND else 0:g}"'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:g}" height="{size:g}">'
        f'<rect {box} fill="{"none" if key.mark in _HOLLOW else key.fill}" stroke="{key.edge}"'
        f' stroke-width="{line:g}" opacity="{_PALE.get(key.mark, 1):g}"/></svg>'
    )


def _measures(key: Key, size: float) -> tuple[float, float, float]:
    """Return half the height of a mark, its width and that of its line."""
    half, wide = (size * share for share in _SHARES.get(key.mark, (0.5, 1.0)))
    return half, wide, 1.4 if key.mark in _HOLLOW else 0.6


def size_key_px(medium: Medium) -> float:
    """Return the width to keep free for `size_key` at the top right."""
    return 9.5 * medium.font_px


def size_key(
    scale: Scale, medium: Medium, box: Box
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Draw one circle in another that say how many dead an area means, at the right of a box.

    Returns:
        Shapes and annotations; none where the box has no room for them.
    """
    size = medium.small_px
    longest = width_px(f"{theme.number(scale.largest)} killed", size) + 0.9 * size + 2
    limit = min((box.bottom - box.top) / 2, (box.right - box.left - longest) / 2)
    dead = _round_below(min(scale.dead(max(limit, 0)), scale.largest))
    tolls = [dead, _round_below(dead / 4)]
    tolls = [toll for toll in tolls if scale.radius(toll) >= 2.2] if dead else []
    if not tolls or scale.radius(dead) < 3:
        return [], []
    texts = [f"{theme.number(toll)}{' killed' if toll == dead else ''}" for toll in tolls]
    colour = medium.palette.soft
    right = box.right - width_px(texts[0], size) - 0.9 * size - 2
    floor = box.top + max(2 * scale.radius(dead), 1.3 * size) + 1
    centre = right - scale.radius(dead)
    shapes, notes = [], []
    y = box.top - 2 * size
    for toll, text in zip(tolls, texts, strict=True):
        radius = scale.radius(toll)
        top = floor - 2 * radius
        around = Box(centre - radius, top, centre + radius, floor)
        shapes.append(shape("circle", around, line={"width": 1, "color": colour}))
        y = max(top - 0.65 * size, y + 1.15 * size, box.top - 0.3 * size)
        font = theme.font(medium, size, colour)
        notes.append(note(text, font, right + 0.9 * size, y))
        leader = Box(centre, y + 0.65 * size, right + 0.7 * size, y + 0.65 * size)
        if abs(leader.top - top) < 0.2 * size:
            shapes.append(shape("line", leader, line={"width": 0.6, "color": colour}))
    return shapes, notes


def _round_below(number: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20, 50, … that is not larger; 0 below 1."""
    if number < 1:
        return 0
    power = 10 ** (len(str(int(number))) - 1)
    return max(step * power for step in (1, 2, 5) if step * power <= number)
