"""What makes a figure a picture that stands alone: headline, key, and source line."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.figures import legend, theme
from dashboard.figures.legend import Key, Scale
from dashboard.figures.notes import note
from dashboard.figures.packing import Box
from dashboard.figures.text import balanced, clip, width_px, wrap
from dashboard.figures.theme import Medium

TITLE_LINE, LINE, KEY_LINE = 1.28, 1.42, 1.6
# What of its height a picture keeps for the drawing, if it must leave words out for it.
LEAST_SHARE = 0.42


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a picture."""

    title: str
    subtitle: str
    caption: Sequence[str]
    keys: Sequence[Key] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the texts go, and the margins in pixels that they leave to the figure.

    `key_px` is what is kept free at the top right for the circles that say how many.
    """

    title: list[str]
    subtitle: list[str]
    rows: list[list[tuple[float, Key]]]
    caption: list[str]
    pad: float
    top: float
    bottom: float
    key_px: float = 0.0

    def room(self, medium: Medium) -> tuple[float, float]:
        """Return the width and height that are left to the drawing."""
        return medium.width_px - 2 * self.pad, medium.height_px - self.top - self.bottom


def plan(words: Words, medium: Medium, *, key_px: float = 0.0) -> Plan:
    """Wrap the texts to the medium's width; `key_px` is kept free at the top right.

    A picture too low for all of them goes without subtitle, then without key, then with a headline
    of one line and two of caption.
    """
    bare = replace(words, subtitle="", keys=())
    drafts = (words, replace(words, subtitle=""), bare)
    for draft in drafts:
        found = _plan(draft, medium, key_px)
        if found.room(medium)[1] >= LEAST_SHARE * medium.height_px:
            return found
    return _plan(bare, medium, 0.0, lines=1)


def _plan(words: Words, medium: Medium, key_px: float, lines: int = 99) -> Plan:
    pad = round(1.5 * medium.font_px)
    wide = medium.width_px - 2 * pad
    title = balanced(words.title, medium.title_px, wide - key_px, "serif-700")
    if len(title) > lines:
        title = [clip(words.title, medium.title_px, wide, "serif-700")]
    subtitle = wrap(words.subtitle, medium.font_px, wide - key_px)
    rows = legend.rows(words.keys, medium, wide)
    caption = [line for part in words.caption for line in wrap(part, medium.small_px, wide) if part]
    if len(caption) > 2 * lines:
        caption = [clip(part, medium.small_px, wide) for part in words.caption[: 2 * lines]]
    head = _head_px(title, subtitle, medium)
    top = pad + head + len(rows) * medium.font_px * KEY_LINE + medium.font_px
    bottom = len(caption) * medium.small_px * LINE + pad + medium.font_px * 0.7
    return Plan(title, subtitle, rows, caption, pad, top, bottom, key_px)


def _head_px(title: list[str], subtitle: list[str], medium: Medium) -> float:
    return len(title) * medium.title_px * TITLE_LINE + len(subtitle) * medium.font_px * LINE


def margins(where: Plan, inner: dict[str, Any]) -> dict[str, Any]:
    """Add a plan's margins to those that a builder left for its axes."""
    return {
        "l": where.pad + inner["l"],
        "r": where.pad + inner["r"],
        "t": where.top + inner["t"],
        "b": where.bottom + inner["b"],
        "pad": 0,
        "autoexpand": False,
    }


def framed(
    spec: dict[str, Any], where: Plan, medium: Medium, scale: Scale | None = None
) -> dict[str, Any]:
    """Put a drawing that fills the plan's room into its frame: `margins`, then `dress`."""
    layout = spec["layout"]
    layout["margin"] = margins(where, layout["margin"])
    layout["height"] = medium.height_px
    return dress(spec, where, medium, scale)


def dress(
    spec: dict[str, Any], where: Plan, medium: Medium, scale: Scale | None = None
) -> dict[str, Any]:
    """Put headline, key and source line around a figure whose margins leave room for them.

    Args:
        spec: A figure description whose layout.margin is already that of the whole picture.
        where: The plan that the margins came from.
        medium: What it is drawn for.
        scale: What the circles' areas mean, to be said at the top right; needs a plan with
            `key_px=legend.size_key_px(medium)`.
    """
    layout = spec["layout"]
    left, top = -layout["margin"]["l"], -layout["margin"]["t"]
    soft = medium.palette.soft
    annotations = list(layout.get("annotations", ()))
    shapes = list(layout.get("shapes", ()))
    x = where.pad + left
    y = where.pad + top
    if scale is not None and where.key_px:
        tall = _head_px(where.title, where.subtitle, medium)
        right = medium.width_px - where.pad + left
        corner = Box(right - legend.size_key_px(medium) + medium.font_px, y + 2, right, y + tall)
        more_shapes, more_notes = legend.size_key(scale, medium, corner)
        shapes += more_shapes
        annotations += more_notes
    title_font = theme.font(medium, medium.title_px) | {"family": theme.SERIF_STACK}
    for line in where.title:
        annotations.append(note(f"<b>{_escaped(line)}</b>", title_font, x, y))
        y += medium.title_px * TITLE_LINE
    for line in where.subtitle:
        annotations.append(note(_escaped(line), theme.font(medium, None, soft), x, y))
        y += medium.font_px * LINE
    y += medium.font_px * 0.35
    for row in where.rows:
        for across, key in row:
            shapes.append(legend.mark(key, x + across, y + medium.font_px * 0.72, medium))
            text_x = x + across + 1.5 * medium.font_px
            annotations.append(note(_escaped(key.text), theme.font(medium), text_x, y))
        y += medium.font_px * KEY_LINE
    y = medium.height_px - where.bottom + medium.font_px * 0.9 + top
    for line in where.caption:
        annotations.append(note(_escaped(line), theme.font(medium, medium.small_px, soft), x, y))
        y += medium.small_px * LINE
    layout["annotations"] = annotations
    layout["shapes"] = shapes
    return spec


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def has_size_key(words: Words, medium: Medium) -> bool:
    """Tell whether a picture has room beside its headline for the circles that say how many."""
    longest = max(words.title.split(), key=len, default="")
    wide = medium.width_px - 3 * medium.font_px - legend.size_key_px(medium)
    return wide > width_px(longest, medium.title_px, "serif-700")
