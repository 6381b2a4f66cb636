"""Where labels go: on no mark and no other label, with a line to the mark where they stand off."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.figures.packing import Box

Segment = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point that wants a label: its place, the radius of its mark, the label's size.

    `top` and `bottom` are how far up and down the label may stand, where that is less than all;
    with `may_cross` its leader may run over marks if there is no other way.
    """

    x: float
    y: float
    radius: float
    width: float
    height: float
    top: float = -math.inf
    bottom: float = math.inf
    may_cross: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label stands, and the line (x, y, x, y) that leads to it from its mark's rim."""

    box: Box
    leader: Segment | None = None


# Where to look for room: (across, down) from the mark, -1 to 1, and the gap in pixels.
Way = tuple[float, float, float]
BESIDE: tuple[Way, ...] = (
    *((0, -1, 2), (0, 1, 2), (1, 0, 3), (-1, 0, 3)),
    *((0.6, -1, 2), (-0.6, -1, 2), (0.6, 1, 2), (-0.6, 1, 2)),
    *((1, -0.6, 2), (-1, -0.6, 2), (1, 0.6, 2), (-1, 0.6, 2)),
)
_AWAY = ((0, -1), (0, 1), (0.5, -1), (-0.5, -1), (0.5, 1), (-0.5, 1))
_ASIDE = ((1, -1), (-1, -1), (1, 1), (-1, 1), (1, -0.4), (-1, -0.4), (1, 0.4), (-1, 0.4))
AROUND: tuple[Way, ...] = (
    *BESIDE,
    *((x, y, gap) for gap in (9, 16, 25) for x, y in (*_AWAY, *_ASIDE)),
    *((x, y, gap) for gap in (36, 50, 68) for x, y in _AWAY),
)
# A label farther from its mark than this has a leader.
LEADER_PX = 6.0
FEW_OF = 8
_NOWHERE = np.empty((0, 4))


def place_labels(  # noqa: PLR0913 (what labels keep clear of is of three kinds)
    anchors: Sequence[Anchor],
    circles: np.ndarray,
    bounds: Box,
    *,
    ways: Sequence[Way] = AROUND,
    taken: Sequence[Box] = (),
    shunned: np.ndarray = _NOWHERE,
) -> Iterator[Label | None]:
    """Find a free rectangle for each label, in the order of their importance.

    Args:
        anchors: The points, most important first.
        circles: Marks that neither a label nor its leader may cover, shape (n, 3): x, y, radius in
            pixels. A leader may leave its own mark and what lies under it.
        bounds: Where labels must stay.
        ways: Where to look for room, tried in turn.
        taken: Rectangles that are occupied already.
        shunned: Rectangles that a label covers only where there is no room elsewhere, shape (n, 4):
            left, top, right, bottom.

    Yields:
        A label an anchor, or None where there is no room for it. Who has enough of them stops
        asking: to look for room in a crowd is what costs.
    """
    table = np.asarray(ways, dtype=float)
    occupied = list(taken)
    leaders: list[Segment] = []
    for anchor in anchors:
        boxes = boxes_around(anchor, table)
        top, bottom = max(bounds.top, anchor.top), min(bounds.bottom, anchor.bottom)
        allowed = Box(bounds.left, top, bounds.right, bottom)
        boxes = boxes[_inside(boxes, allowed) & ~_on_boxes(boxes, _sides(occupied))]
        near = _within_reach(anchor, boxes, circles)
        boxes = boxes[_off_circles(boxes, near)]
        boxes = boxes[np.argsort(_on_boxes(boxes, shunned), kind="stable")]
        candidates = [_with_leader(anchor, Box(*sides)) for sides in boxes.tolist()]
        clear = _clear_of(candidates, _others(anchor, near))
        label = _first_free(clear, occupied, leaders)
        if label is None and anchor.may_cross:
            label = _first_free(candidates, occupied, leaders)
        if label is not None:
            occupied.append(label.box)
            leaders += [label.leader] if label.leader else []
        yield label


def room_beside(
    marks: np.ndarray,
    height: float,
    circles: np.ndarray,
    bounds: Box,
    taken: Sequence[Box] = (),
) -> list[Box | None]:
    """Find room for a short text at the right of each mark; the first ones take theirs first.

    Args:
        marks: x, y, radius and the width of the text in pixels, shape (n, 4).
        height: That of all texts.
        circles: Marks that no text may cover, shape (m, 3): x, y, radius in pixels.
        bounds: Where texts must stay.
        taken: Rectangles that are occupied already.

    Returns:
        Where each text stands; None where it has no room.
    """
    x, y, radius, width = marks.reshape(-1, 4).T
    left = x + radius + 1
    boxes = np.column_stack([left, y - height / 2, left + width, y + height / 2])
    return first_free(boxes[:, None], circles, bounds, taken)


def first_free(
    boxes: np.ndarray, circles: np.ndarray, bounds: Box, taken: Sequence[Box] = ()
) -> list[Box | None]:
    """Choose a free one of some rectangles for each text; the first texts take theirs first.

    Args:
        boxes: Where each text may stand, tried in turn, shape (n, ways, 4): left, top, right,
            bottom in pixels; NaN for a way that a text has not.
        circles: Marks that no text may cover, shape (m, 3): x, y, radius.
        bounds: Where texts must stay.
        taken: Rectangles that are occupied already.
    """
    flat = boxes.reshape(-1, 4)
    free = np.flatnonzero(_inside(flat, bounds))
    free = free[_off_circles(flat[free], circles)]
    occupied = list(taken)
    found: list[Box | None] = [None] * len(boxes)
    texts = free // max(boxes.shape[1], 1)
    for text, sides in zip(texts.tolist(), flat[free].tolist(), strict=True):
        box = Box(*sides)
        if found[text] is None and not any(map(box.meets, occupied)):
            occupied.append(box)
            found[text] = box
    return found


def _first_free(
    candidates: Sequence[Label], occupied: Sequence[Box], leaders: Sequence[Segment]
) -> Label | None:
    """Return the first candidate whose box and leader cross no other's."""
    for candidate in candidates:
        if any(_crosses(line, candidate.box) for line in leaders):
            continue
        leader = candidate.leader
        if leader and (
            any(_crosses(leader, other) for other in occupied)
            or any(_cross(leader, line) for line in leaders)
        ):
            continue
        return candidate
    return None


def boxes_around(anchor: Anchor, ways: np.ndarray) -> np.ndarray:
    """Return where a label may stand, shape (ways, 4): left, top, right, bottom in pixels.

    Args:
        anchor: The point that wants it.
        ways: Rows of `Way`.
    """
    reach = anchor.radius + ways[:, 2]
    x = anchor.x + ways[:, 0] * (reach + anchor.width / 2)
    y = anchor.y + ways[:, 1] * (reach + anchor.height / 2)
    half_x, half_y = anchor.width / 2, anchor.height / 2
    return np.column_stack([x - half_x, y - half_y, x + half_x, y + half_y])


def _within_reach(anchor: Anchor, boxes: np.ndarray, circles: np.ndarray) -> np.ndarray:
    """Return the circles that some box, or the leader to one, may meet: few of very many."""
    x, y, radius = circles.reshape(-1, 3).T
    spot = (anchor.x, anchor.y)
    left, top = np.minimum(boxes[:, :2].min(axis=0, initial=math.inf), spot)
    right, bottom = np.maximum(boxes[:, 2:].max(axis=0, initial=-math.inf), spot)
    across = (x + radius >= left) & (x - radius <= right)
    return circles.reshape(-1, 3)[across & (y + radius >= top) & (y - radius <= bottom)]


def _inside(boxes: np.ndarray, bounds: Box) -> np.ndarray:
    return (
        (boxes[:, 0] >= bounds.left)
        & (boxes[:, 1] >= bounds.top)
        & (boxes[:, 2] <= bounds.right)
        & (boxes[:, 3] <= bounds.bottom)
    )


def _sides(boxes: Sequence[Box]) -> np.ndarray:
    return np.array([(o.left, o.top, o.right, o.bottom) for o in boxes]).reshape(-1, 4)


def _on_boxes(boxes: np.ndarray, rectangles: np.ndarray) -> np.ndarray:
    others = rectangles.T
    left, top, right, bottom = (boxes[:, side, None] for side in range(4))
    meets = (left < others[2]) & (others[0] < right) & (top < others[3]) & (others[1] < bottom)
    return np.asarray(meets.any(axis=1))


def _off_circles(boxes: np.ndarray, circles: np.ndarray) -> np.ndarray:
    """Return the numbers of the boxes that meet no circle."""
    free = np.arange(len(boxes))
    # In a crowd a few of its circles tell of nearly all boxes that they are not free.
    for some in (circles[::FEW_OF], circles):
        free = free[~_on_circles(boxes[free], some)]
    return free


def _on_circles(boxes: np.ndarray, circles: np.ndarray) -> np.ndarray:
    x, y, radius = circles.reshape(-1, 3).T
    left, top, right, bottom = (boxes[:, side, None] for side in range(4))
    across = np.maximum(np.maximum(left - x, x - right), 0.0)
    down = np.maximum(np.maximum(top - y, y - bottom), 0.0)
    return np.asarray((across**2 + down**2 < radius**2).any(axis=1))


def _with_leader(anchor: Anchor, box: Box) -> Label:
    x = min(max(anchor.x, box.left + 2), box.right - 2)
    y = min(max(anchor.y, box.top), box.bottom)
    across, down = x - anchor.x, y - anchor.y
    far = (across**2 + down**2) ** 0.5
    if far - anchor.radius <= LEADER_PX:
        return Label(box)
    share = anchor.radius / far
    return Label(box, (anchor.x + across * share, anchor.y + down * share, x, y))


def _others(anchor: Anchor, circles: np.ndarray) -> np.ndarray:
    """Return the circles that do not lie where the anchor does."""
    return circles[np.hypot(circles[:, 0] - anchor.x, circles[:, 1] - anchor.y) >= 0.01]


def _clear_of(candidates: Sequence[Label], circles: np.ndarray) -> list[Label]:
    """Return the candidates whose leader crosses no circle, and those without one."""
    lines = np.array([label.leader or (math.nan,) * 4 for label in candidates]).reshape(-1, 4)
    x, y, radius = circles.T
    start_x, start_y, end_x, end_y = (lines[:, number, None] for number in range(4))
    across, down = end_x - start_x, end_y - start_y
    right, below = x - start_x, y - start_y
    share = (right * across + below * down) / np.maximum(across**2 + down**2, 1e-9)
    share = np.minimum(np.maximum(share, 0.0), 1.0)
    apart = (share * across - right) ** 2 + (share * down - below) ** 2
    is_met = (apart < radius**2).any(axis=1)
    return [label for label, met in zip(candidates, is_met.tolist(), strict=True) if not met]


def _crosses(line: Segment, box: Box) -> bool:
    """Tell whether a line enters a box."""
    x, y, to_x, to_y = line
    # Most lines are far off: four comparisons tell.
    if (x <= box.left and to_x <= box.left) or (x >= box.right and to_x >= box.right):
        return False
    if (y <= box.top and to_y <= box.top) or (y >= box.bottom and to_y >= box.bottom):
        return False
    first, last = 0.0, 1.0
    for start, step, low, high in (
        (x, to_x - x, box.left, box.right),
        (y, to_y - y, box.top, box.bottom),
    ):
        if abs(step) < 1e-9:
            if not low < start < high:
                return False
            continue
        one, other = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, one), min(last, other)
    return first < last


def _cross(one: Segment, other: Segment) -> bool:
    """Tell whether two lines cross."""

    def side(line: Segment, x: float, y: float) -> float:
        return (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0])

    return (
        side(one, other[0], other[1]) * side(one, other[2], other[3]) < 0
        and side(other, one[0], one[1]) * side(other, one[2], one[3]) < 0
    )
