"""Who acts against whom: the pairs of initiators and targets among the chosen events."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import narwhals as nw
import pandas as pd

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.figures import frame, matrix
from dashboard.figures.frame import Key
from dashboard.figures.matrix_grid import Line, Table, capacity, height_px
from dashboard.figures.theme import Medium
from dashboard.query import Frame, collected
from dashboard.schema import FAMILY_NAMES
from dashboard.selection import Selection
from dashboard.views import asking
from dashboard.views.common import nothing

ROW_PX, NARROW_ROW_PX = 30.0, 27.0
# No actor's id has a star; "" is what an event without a target says.
OTHERS, NOBODY = "*", ""
READING_KILLED = (
    "Each circle sums the dead of the events in which the row's actor acts against the column's:"
    " all who died there, not those of the column's actor alone."
)
OTHERS_NAME, NOBODY_NAME = "Others", "None named"
_COUNTED = (
    "An event with several actors counts for each of them, so a row or column may add up to more"
    " than its total."
)


@dataclass(frozen=True, slots=True)
class Count:
    """Events, their dead by the best figures, and how many of them have a figure."""

    events: int = 0
    killed: int = 0
    known: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.events + other.events, self.killed + other.killed, self.known + other.known
        )

    def value(self, measure: str) -> float:
        """Return the measure's number, NaN where no event has a figure."""
        if measure == "events":
            return self.events
        return self.killed if self.known else float("nan")

    def text(self, measure: str) -> str:
        """Write the measure's number, a dash for unknown."""
        value = self.value(measure)
        return f"{value:,.0f}" if value == value else "–"


@dataclass(frozen=True, slots=True)
class Encounters:
    """Counts by pair, by initiator, by target, and of all.

    An event with two initiators counts for both, once in each count: rows and columns may add up to
    more than their total.
    """

    pairs: Mapping[tuple[str, str], Count]
    initiators: Mapping[str, Count]
    targets: Mapping[str, Count]
    total: Count


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict:
    """Draw who acts against whom, in events or in dead; the width is the page's."""
    row_px = NARROW_ROW_PX if medium.is_narrow else ROW_PX
    found = _found(dataset, selection, medium, (medium.width_px, 1e4))
    height = height_px(found.table, medium, medium.width_px, row_px)
    size = (medium.width_px, height)
    spec = matrix.draw(found.cells, found.table, _colours(medium), medium, size)
    spec["layout"]["height"] = height
    return spec


def picture(dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words) -> dict:
    """Draw who acts against whom with headline, key and source line."""
    where = frame.plan(words, medium)
    found = _found(dataset, selection, medium, _room(where, medium))
    # Only what is drawn is explained; which rows there is room for was not known before.
    shown = {line.group for line in found.table.rows}
    hidden = {name for family, name in _groups().items() if family not in shown}
    kept = [key for key in words.keys if key.text not in hidden]
    where = frame.plan(replace(words, keys=kept), medium)
    size = _room(where, medium)
    spec = matrix.draw(found.cells, found.table, _colours(medium), medium, size)
    spec["layout"]["margin"] = frame.margins(where, spec["layout"]["margin"])
    return frame.dress(spec, where, medium)


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List the families of the initiators, by the colour of their circles."""
    found = encounters(asking.events(dataset, selection))
    families = {dataset.actor_families.get(actor, actor) for actor in found.initiators}
    colours = _colours(medium)
    listed = [
        Key("circle", *colours[family], name)
        for family, name in _groups().items()
        if family in families or (family == OTHERS and len(found.initiators) > 1)
    ]
    measure = selection.measure
    if any(count.value(measure) != count.value(measure) for count in found.pairs.values()):
        listed.append(Key("square", "", medium.palette.soft, "Toll unknown"))
    return listed


def encounters(
    events: Frame,
    initiators: Collection[str] | None = None,
    targets: Collection[str] | None = None,
) -> Encounters:
    """Count who acts against whom.

    Args:
        events: A selection.
        initiators: Those to tell apart, the rest counts as `OTHERS`; by default all.
        targets: The same for the other side; an event without a target counts as `NOBODY`.
    """
    grouped = events.group_by("initiators", "targets").agg(
        events=nw.len(), killed=nw.col("killed_best").sum(), known=nw.col("killed_best").count()
    )
    pairs: dict[tuple[str, str], Count] = {}
    sides: tuple[dict[str, Count], dict[str, Count]] = ({}, {})
    total = Count()
    for acting, aimed, *numbers in collected(grouped).itertuples(index=False, name=None):
        count = Count(*(0 if pd.isna(number) else int(number) for number in numbers))
        ids = (_told_apart(acting, initiators), _told_apart(aimed, targets))
        for pair in ((one, other) for one in ids[0] for other in ids[1]):
            pairs[pair] = pairs.get(pair, Count()) + count
        for side, actors in zip(sides, ids, strict=True):
            for actor in actors:
                side[actor] = side.get(actor, Count()) + count
        total += count
    return Encounters(pairs, *sides, total)


def _told_apart(actors: str, kept: Collection[str] | None) -> set[str]:
    ids = actors.split(";")
    if kept is None or ids == [NOBODY]:
        return set(ids)
    return {actor if actor in kept else OTHERS for actor in ids}


@dataclass(frozen=True, slots=True)
class _Found:
    cells: pd.DataFrame
    table: Table


def _found(
    dataset: Dataset, selection: Selection, medium: Medium, size: tuple[float, float]
) -> _Found:
    """Choose the rows and columns that there is room for, and count again for these."""
    events, measure = asking.events(dataset, selection), selection.measure
    every = encounters(events)
    largest = max((count.text(measure) for count in every.pairs.values()), key=len, default="")
    room = capacity(medium, size, largest)
    rows = _foremost(every.initiators, room[0], measure)
    columns = _foremost(every.targets, room[1], measure)
    rest = (len(every.initiators) - len(rows), len(every.targets.keys() - {NOBODY}) - len(columns))
    found = encounters(events, rows, columns)
    lines = [
        _lines(dataset, found.initiators, rest[0], "initiator", measure),
        _lines(dataset, found.targets, rest[1], "target", measure),
    ]
    names = dataset.actor_labels | {OTHERS: OTHERS_NAME, NOBODY: NOBODY_NAME}
    cells = pd.DataFrame(
        [
            (*pair, count.value(measure), _hover(names, pair, count), _asked(pair))
            for pair, count in found.pairs.items()
        ],
        columns=["row", "column", "value", "hover", "customdata"],
    )
    note = _note(found, rest) if found.pairs else nothing(dataset, selection)
    return _Found(cells, Table(*lines, total=found.total.text(measure), note=note))


def _lines(
    dataset: Dataset, counts: Mapping[str, Count], rest: int, side: str, measure: str
) -> list[Line]:
    names = dataset.actor_labels | {OTHERS: wording.plural(rest, "other"), NOBODY: NOBODY_NAME}
    return [
        Line(
            key,
            names[key],
            dataset.actor_families.get(key, key),
            counts[key].text(measure),
            customdata(*((key, "") if side == "initiator" else ("", key))),
        )
        for key in _ordered(dataset, counts, measure)
    ]


def customdata(initiator: str, target: str) -> str:
    """Write what a click on a mark asks for: "is>civilians", "is>" for all that an actor does.

    Others and nobody are no actors, so a side of theirs is empty; with both empty it is "".
    """
    sides = ["" if side in (OTHERS, NOBODY) else side for side in (initiator, target)]
    return ">".join(sides) if any(sides) else ""


def _can_be_chosen(pair: tuple[str, str]) -> bool:
    """Tell whether a link can say the events of a cell: both its sides are actors."""
    return not {OTHERS, NOBODY} & {*pair}


def _asked(pair: tuple[str, str]) -> str:
    # One side alone would choose all its events, more than the circle counts.
    return customdata(*pair) if _can_be_chosen(pair) else ""


def _foremost(counts: Mapping[str, Count], room: int, measure: str) -> list[str]:
    """Pick the actors with the largest numbers; a rest of one is no rest."""
    ranked = sorted(
        (actor for actor in counts if actor != NOBODY),
        key=lambda actor: _rank(counts[actor], measure, actor),
    )
    room -= NOBODY in counts
    return ranked if len(ranked) <= room else ranked[: room - 1]


def _rank(count: Count, measure: str, actor: str) -> tuple[float, int, str]:
    first = count.killed if measure == "killed" else count.events
    return (-first, -count.events, actor)


def _ordered(dataset: Dataset, counts: Mapping[str, Count], measure: str) -> list[str]:
    """Order actors by family, then by number; others and nobody last."""
    place = {family: number for number, family in enumerate(_groups())}
    families = dataset.actor_families | {OTHERS: OTHERS, NOBODY: NOBODY}
    return sorted(
        counts,
        key=lambda actor: (
            place.get(families[actor], len(place)),
            *_rank(counts[actor], measure, actor),
        ),
    )


def _groups() -> dict[str, str]:
    return FAMILY_NAMES | {OTHERS: OTHERS_NAME}


def _colours(medium: Medium) -> dict[str, tuple[str, str]]:
    palette = medium.palette
    known = {family: (colour, colour) for family, colour in palette.family.items()}
    rest = (palette.rule, palette.soft)
    return known | {OTHERS: rest, NOBODY: rest}


def _hover(names: Mapping[str, str], pair: tuple[str, str], count: Count) -> str:
    title = html.escape(" → ".join(names[actor] for actor in pair), quote=False)
    dead = f"{count.killed:,} killed" if count.known else "number killed unknown"
    if 0 < count.known < count.events:
        dead += f" (known for {count.known:,})"
    limit = "" if _can_be_chosen(pair) else "<br>no filter chooses these events alone"
    return f"<b>{title}</b><br>{wording.plural(count.events, 'event')}<br>{dead}{limit}"


def _note(found: Encounters, many: Iterable[int]) -> str:
    rest = [
        f"{number} {noun}"
        for number, noun in zip(many, ("initiators", "targets"), strict=True)
        if number
    ]
    others = f"{wording.listed(rest)} with smaller numbers are summed as others. " if rest else ""
    return f"{others}{_COUNTED}" if len(found.pairs) > 1 else others


def _room(where: frame.Plan, medium: Medium) -> tuple[float, float]:
    return medium.width_px - 2 * where.pad, medium.height_px - where.top - where.bottom
