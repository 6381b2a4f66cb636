"""Short neutral titles: what happened, between whom, where."""

from __future__ import annotations

from functools import lru_cache

from dashboard.schema import TYPE_NAMES

LONGEST = 70
_SHORTEST_PLACE = 12


@lru_cache(maxsize=50_000)
def title(event_type: str, initiator: str, target: str, place: str) -> str:
    """Write a title of at most 70 characters: "Battle: IS and Iraqi forces, Al Fallūjah town".

    Args:
        event_type: A word of `schema.EVENT_TYPES`.
        initiator: Short name of the acting side, or "".
        target: Short name of the other side, or "".
        place: Where, or "".
    """
    sides = " and ".join(dict.fromkeys(filter(None, (initiator, target))))
    head = "Event" if event_type == "other" else TYPE_NAMES.get(event_type, event_type)
    if sides:
        head = f"{head}: {sides}"
    head = cut(head, LONGEST)
    room = LONGEST - len(head) - 2
    if not place or room < min(_SHORTEST_PLACE, len(place)):
        return head
    return f"{head}, {cut(place, room)}"


def cut(text: str, most: int) -> str:
    """Shorten a text to so many letters, with an ellipsis where it is cut."""
    return text if len(text) <= most else text[: most - 1].rstrip(" ,;:-") + "…"
