"""The stretches of time that a bar of a figure may stand for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """So many days or so many calendar months, the other 0; and how short it may look.

    `serves_days` is the longest time for which a bar of this step is still wide enough, where a bar
    should stand for so many days or more.
    """

    days: int
    months: int
    serves_days: float


STEPS = {
    "day": Step(1, 0, 1),
    "2 days": Step(2, 0, 2),
    "week": Step(7, 0, 7),
    "2 weeks": Step(14, 0, 10),
    # From here on calendar months, which have names, though their bars are a little narrow.
    "month": Step(0, 1, 45),
    "quarter": Step(0, 3, 140),
    "year": Step(0, 12, float("inf")),
}


def step_for(days: float) -> str:
    """Name the shortest step whose bars are wide enough where one should stand for so many days."""
    return next(name for name, step in STEPS.items() if days <= step.serves_days)
