"""What makes a figure a picture that stands alone: headline, key, and source line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures import theme
from dashboard.figures.text import width_px, wrap
from dashboard.figures.theme import Medium


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a mark (circle, hollow, square, solid-square, bar, ghost) and what it means."""

    mark: str
    fill: str
    edge: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a picture."""

    title: str
    subtitle: str
    caption: Sequence[str]
    keys: Sequence[Key] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the texts go, and the margins in pixels that they leave to the figure."""

    title: list[str]
    subtitle: list[str]
    rows: list[list[tuple[float, Key]]]
    caption: list[str]
    pad: float
    top: float
    bottom: float


def plan(words: Words, medium: Medium, *, key_px: float = 0.0) -> Plan:
    """Wrap the texts to the medium's width; `key_px` is kept free at the top right."""
    pad = round(1.5 * medium.font_px)
    wide = medium.width_px - 2 * pad
    title = wrap(words.title, medium.title_px, wide - key_px, "serif-700")
    subtitle = wrap(words.subtitle, medium.font_px, wide - key_px)
    rows = _key_rows(words.keys, medium, wide)
    caption = [line for part in words.caption for line in wrap(part, medium.small_px, wide) if part]
    top = pad + len(title) * medium.title_px * 1.28 + len(subtitle) * medium.font_px * 1.42
    top += len(rows) * medium.font_px * 1.6 + medium.font_px * 1.0
    bottom = len(caption) * medium.small_px * 1.42 + pad * 1.0 + medium.font_px * 0.7
    return Plan(title, subtitle, rows, caption, pad, top, bottom)


def _key_rows(keys: Sequence[Key], medium: Medium, wide: float) -> list[list[tuple[float, Key]]]:
    rows: list[list[tuple[float, Key]]] = []
    x = wide + 1
    for key in keys:
        width = 1.5 * medium.font_px + width_px(key.text, medium.font_px) + 1.2 * medium.font_px
        if x + width - 1.2 * medium.font_px > wide:
            rows.append([])
            x = 0.0
        rows[-1].append((x, key))
        x += width
    return rows


def margins(where: Plan, inner: dict) -> dict:
    """Add a plan's margins to those that a builder left for its axes."""
    return {
        "l": where.pad + inner["l"],
        "r": where.pad + inner["r"],
        "t": where.top + inner["t"],
        "b": where.bottom + inner["b"],
        "pad": 0,
        "autoexpand": False,
    }


def dress(spec: dict, where: Plan, medium: Medium) -> dict:
    """Put headline, key and source line around a figure whose margins leave room for them.

    Args:
        spec: A figure description whose layout.margin is already that of the whole picture.
        where: The plan that the margins came from.
        medium: What it is drawn for.
    """
    layout = spec["layout"]
    margin = layout["margin"]
    palette = medium.palette
    annotations = list(layout.get("annotations", ()))
    shapes = list(layout.get("shapes", ()))

    def write(x: float, y: float, text: str, font: dict) -> None:
        annotations.append(
            {
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 1,
                "xanchor": "left",
                "yanchor": "top",
                "align": "left",
                "showarrow": False,
                "borderpad": 0,
                "xshift": x - margin["l"],
                "yshift": margin["t"] - y,
                "text": text,
                "font": font,
            }
        )

    y = float(where.pad)
    for line in where.title:
        write(
            where.pad,
            y,
            f"<b>{line}</b>",
            theme.font(medium, medium.title_px) | {"family": theme.SERIF_STACK},
        )
        y += medium.title_px * 1.28
    for line in where.subtitle:
        write(where.pad, y, line, theme.font(medium, None, palette.soft))
        y += medium.font_px * 1.42
    y += medium.font_px * 0.35
    for row in where.rows:
        for x, key in row:
            shapes += _key_shapes(key, where.pad + x, y + medium.font_px * 0.72, medium, margin)
            write(where.pad + x + 1.5 * medium.font_px, y, key.text, theme.font(medium))
        y += medium.font_px * 1.6
    y = medium.height_px - where.bottom + medium.font_px * 0.9
    for line in where.caption:
        write(where.pad, y, line, theme.font(medium, medium.small_px, palette.soft))
        y += medium.small_px * 1.42
    layout["annotations"] = annotations
    layout["shapes"] = shapes
    return spec


def _key_shapes(key: Key, left: float, middle: float, medium: Medium, margin: dict) -> list[dict]:
    size = 0.84 * medium.font_px
    half = {"bar": 0.2, "ghost": 0.42}.get(key.mark, 0.5) * size
    wide = {"bar": 1.3, "ghost": 1.3}.get(key.mark, 1.0) * size
    x0, y0 = left - margin["l"], margin["t"] - middle
    kind = "circle" if key.mark in ("circle", "hollow") else "rect"
    hollow = key.mark in ("hollow", "square")
    if key.mark in ("square", "solid-square"):
        half, wide = 0.36 * size, 0.72 * size
    return [
        {
            "type": kind,
            "xref": "paper",
            "yref": "paper",
            "xsizemode": "pixel",
            "ysizemode": "pixel",
            "xanchor": 0,
            "yanchor": 1,
            "x0": x0,
            "x1": x0 + wide,
            "y0": y0 - half,
            "y1": y0 + half,
            "fillcolor": "rgba(0,0,0,0)" if hollow else key.fill,
            "opacity": 0.35 if key.mark == "ghost" else 1,
            "line": {"width": 1.4 if hollow else 0.6, "color": key.edge},
        }
    ]


def size_key_limit(where: Plan, medium: Medium) -> float:
    """Return the largest radius in pixels for which the size key stays above the legend."""
    tall = len(where.title) * medium.title_px * 1.28 + len(where.subtitle) * medium.font_px * 1.42
    return (tall - 1.5 * medium.small_px) / 2


def size_key(
    sizes: Sequence[tuple[int, float]], where: Plan, medium: Medium, margin: dict
) -> tuple[list[dict], list[dict]]:
    """Draw nested circles that say how many dead an area means, at the top right.

    Args:
        sizes: (dead, radius in pixels), the largest first.
        where: The picture's plan.
        medium: What it is drawn for.
        margin: The picture's margins.

    Returns:
        Shapes and annotations for the layout.
    """
    palette = medium.palette
    largest = sizes[0][1]
    text_width = max(width_px(theme.number(dead), medium.small_px) for dead, _ in sizes)
    right = medium.width_px - where.pad - text_width - medium.font_px
    floor = where.pad + 2 * largest + 2
    centre = right - largest
    shapes, annotations = [], []
    last_y = -1e9
    for dead, radius in sizes:
        y = floor - 2 * radius
        shapes.append(
            {
                "type": "circle",
                "xref": "paper",
                "yref": "paper",
                "xsizemode": "pixel",
                "ysizemode": "pixel",
                "xanchor": 0,
                "yanchor": 1,
                "x0": centre - radius - margin["l"],
                "x1": centre + radius - margin["l"],
                "y0": margin["t"] - floor,
                "y1": margin["t"] - y,
                "line": {"width": 1, "color": palette.soft},
            }
        )
        text_y = max(y - medium.small_px * 0.6, last_y + medium.small_px * 1.15)
        last_y = text_y
        annotations.append(
            {
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 1,
                "xanchor": "left",
                "yanchor": "top",
                "showarrow": False,
                "borderpad": 0,
                "xshift": right + medium.font_px * 0.5 - margin["l"],
                "yshift": margin["t"] - text_y,
                "text": theme.number(dead),
                "font": theme.font(medium, medium.small_px, palette.soft),
            }
        )
    annotations.append(
        {
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": 1,
            "xanchor": "center",
            "yanchor": "top",
            "showarrow": False,
            "borderpad": 0,
            "xshift": centre - margin["l"],
            "yshift": margin["t"] - floor - medium.small_px * 0.25,
            "text": "killed",
            "font": theme.font(medium, medium.small_px, palette.soft),
        }
    )
    return shapes, annotations
