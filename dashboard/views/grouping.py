"""How events fall into lanes and colours, and what these are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dashboard.dataset import Dataset
from dashboard.figures.frame import Key
from dashboard.figures.theme import Palette
from dashboard.geography import country_name
from dashboard.schema import ATTRIBUTION_NAMES, ELSEWHERE, FAMILY_NAMES, GROUP_NAMES
from dashboard.selection import Selection
from dashboard.views import chosen

LANE_COLUMNS = {
    "theatre": "theatre",
    "country": "country_code",
    "actor": "family",
    "type": "type_group",
}


def lane_names(dataset: Dataset, kind: str) -> dict[str, str]:
    """Name the lanes, from the top; countries outside all theatres come last."""
    present = chosen.present(dataset, Selection(), LANE_COLUMNS[kind])
    if kind == "theatre":
        names = dict(dataset.theatre_names)
        if ELSEWHERE in present:
            names[ELSEWHERE] = "Elsewhere"
        return {key: name for key, name in names.items() if key in present}
    if kind == "country":
        order = list(dataset.theatre_of_country)
        codes = sorted(present, key=lambda code: (code not in order, *_place(order, code)))
        return {code: country_name(code) for code in codes}
    names = FAMILY_NAMES if kind == "actor" else GROUP_NAMES
    return {key: name for key, name in names.items() if key in present}


def _place(order: list[str], code: str) -> tuple[int, str]:
    return (order.index(code) if code in order else 0, code)


@dataclass(frozen=True, slots=True)
class Colouring:
    """How marks are coloured: the column that says it, and each value's fill, edge and name."""

    column: str
    colours: Mapping[str, tuple[str, str]]
    names: Mapping[str, str]

    def keys(self, present: Collection[str]) -> list[Key]:
        """List legend entries for the values that occur."""
        return [
            Key("circle", *self.colours[value], name)
            for value, name in self.names.items()
            if value in present
        ]


def colouring(selection: Selection, palette: Palette) -> Colouring:
    """Return the colouring that the selection asks for."""
    if selection.colour == "attribution":
        return Colouring(
            "attribution",
            {key: (value, value) for key, value in palette.attribution.items()},
            ATTRIBUTION_NAMES,
        )
    if selection.colour == "actor":
        return Colouring(
            "family", {key: (value, value) for key, value in palette.family.items()}, FAMILY_NAMES
        )
    return Colouring(
        "type_group",
        {key: (fill, palette.edge[key]) for key, fill in palette.fill.items()},
        GROUP_NAMES,
    )
