"""The filter column: what can be chosen, and how many events each choice would show."""

from __future__ import annotations

import datetime
from typing import Any

from dash import html

from dashboard.answers import answered_once
from dashboard.app import links
from dashboard.app.links import Options, attributes
from dashboard.dataset import Dataset
from dashboard.figures.theme import PALETTES
from dashboard.geography import country_name
from dashboard.schema import (
    ATTRIBUTIONS,
    ELSEWHERE,
    FAMILIES,
    TYPE_GROUPS,
    TYPE_NAMES,
    TYPES_OF_GROUP,
    UNSTATED,
)
from dashboard.selection import COLOURS, ROLES, Selection
from dashboard.views import chosen, summed
from dashboard.views.grouping import colouring

Facets = dict[str, dict[str, int]]
KILLED_STEPS = (None, 1, 10, 50, 100, 500)
SOURCES_STEPS = (None, 2, 3, 5)
# A family lists so many of its actors, those with most events; the page's search finds the others.
MOST_ACTORS = 40
# From the declaration of the caliphate to the fall of Baghuz, its last ground.
CALIPHATE = (datetime.date(2014, 6, 29), datetime.date(2019, 3, 23))


def what(dataset: Dataset, selection: Selection, found: Facets) -> list:
    """Build the filters of theatre and event type."""
    return [
        _block("Theatre", _theatres(dataset, selection, found)),
        _block("Event type", _types(dataset, selection, found["types"])),
    ]


def rest(selection: Selection, found: Facets) -> list:
    """Build the filters of toll and evidence."""
    return [
        _block(
            "Killed at least",
            [_steps("Killed at least", selection, "killed_min", KILLED_STEPS, found)],
        ),
        _block("Evidence", _evidence(selection, found)),
    ]


@answered_once(maxsize=256)
def facets(dataset: Dataset, selection: Selection) -> Facets:
    """Count what each option would choose; those of `links` by the address they lead to.

    The answer is kept for other readers: not to be changed.
    """
    others = _others(dataset, selection.filters)
    numbers = summed.alternatives(dataset, others)
    others = _others(dataset, selection)
    return {
        **summed.facets(dataset, selection),
        "links": {links.href(other): number for other, number in zip(others, numbers, strict=True)},
    }


def _others(dataset: Dataset, selection: Selection) -> list[Selection]:
    return [
        *(selection.with_(killed_min=step) for step in KILLED_STEPS),
        *(selection.with_(sources_min=step) for step in SOURCES_STEPS),
        *(selection.with_(from_date=a, to_date=b) for a, b in windows(dataset).values()),
        selection.with_(certain=True),
    ]


def _steps(
    name: str, selection: Selection, field: str, steps: tuple[int | None, ...], found: Facets
) -> html.Div:
    chips = []
    for step in steps:
        address = links.href(selection, **{field: step})
        chips.append(
            links.choice(
                "any" if step is None else f"{step:,}",
                address,
                is_on=getattr(selection, field) == step,
                look="chip",
                count=found["links"][address],
            )
        )
    return links.choices(name, chips)


def windows(dataset: Dataset) -> dict[str, tuple[datetime.date | None, datetime.date | None]]:
    """Name ready-made windows of time: first and last day, None for the table's own."""
    if dataset.days is None:
        return {"Whole table": (None, None)}
    after = dataset.last_day + datetime.timedelta(days=1)
    day = 28 if (after.month, after.day) == (2, 29) else after.day
    named = {
        "Whole table": (None, None),
        "Last 12 months": (after.replace(year=after.year - 1, day=day), None),
    }
    # A table of other wars has no use for the windows of this one.
    if "is_network" in dataset.actor_families.values():
        named |= {"Caliphate": CALIPHATE, "Since Baghuz": (CALIPHATE[1], None)}
    return named


def presets(dataset: Dataset, selection: Selection, found: Facets) -> list[html.A]:
    """List ready-made windows of time."""
    chips = []
    for name, (first, final) in windows(dataset).items():
        address = links.href(selection, from_date=first, to_date=final)
        is_on = (selection.from_date, selection.to_date) == (first, final)
        chips.append(
            links.choice(name, address, is_on=is_on, look="chip", count=found["links"][address])
        )
    return chips


def dot_rules() -> str:
    """Write the style rules that give the dots of each list the figures' colours, by theme."""
    themes = {"light": "", "dark": ':root[data-theme="dark"] '}
    return "".join(
        f"{themes[theme]}.{_dot(colour, key)}{{--dot:{fill}}}"
        for theme, palette in PALETTES.items()
        for colour in COLOURS
        for key, (fill, _) in colouring(Selection(colour=colour), palette).colours.items()
    )


def _dots(selection: Selection, colour: str) -> dict[str, str]:
    """Map the values of a list to the look of their options: with dots where they are coloured."""
    if selection.colour != colour:
        return {}
    paint = colouring(selection, PALETTES["light"])
    return {key: f"option--dot {_dot(colour, key)}" for key in paint.colours}


def _dot(colour: str, key: str) -> str:
    # A type and a family may have the same id.
    return f"dot--{colour}-{key}"


def _block(name: str, children: list) -> html.Div:
    return html.Div(
        [html.H2(name, className="filters__title"), *children],
        className="filters__block",
        role="group",
        **attributes({"aria-label": name}),
    )


def _theatres(dataset: Dataset, selection: Selection, found: Facets) -> list:
    counts, countries = found["theatres"], found["countries"]
    lanes = dict(dataset.theatre_names)
    if ELSEWHERE in dataset.vocabulary["theatre"]:
        lanes[ELSEWHERE] = "Elsewhere"
    of_theatre, of_country = (Options(selection, field) for field in ("theatres", "countries"))
    shown = []
    for theatre, name in lanes.items():
        shown.append(of_theatre.one((theatre,), name, counts.get(theatre, 0)))
        codes = [
            code
            for code in dataset.vocabulary["country"]
            if dataset.theatre_of_country.get(code, ELSEWHERE) == theatre
        ]
        shown += [
            of_country.one((code,), country_name(code), countries.get(code, 0), look="option--sub")
            for code in codes
            if len(codes) > 1
        ]
    return _folded(shown)


def _folded(options: list[html.A]) -> list:
    """Put runs of sub-options behind a fold, so that the column stays short."""
    found: list[Any] = []
    for item in options:
        if "option--sub" not in getattr(item, "className", ""):
            found.append(item)
        elif isinstance(found[-1], html.Details):
            _children(found[-1]).append(item)
        else:
            name = f"More of {getattr(found[-1], 'children', '')}"
            found.append(html.Details([html.Summary(name), item], className="fold"))
    return found


def _children(part: Any) -> list:
    return part.children


def _types(dataset: Dataset, selection: Selection, counts: dict[str, int]) -> list:
    shown = []
    known = chosen.present(dataset, Selection(), "event_type")
    of_type = Options(selection, "types")
    dots = _dots(selection, "type")
    for group in TYPE_GROUPS:
        members = TYPES_OF_GROUP[group.id]
        # Where every event has a type, nobody has a use for what is of none.
        if group.id == UNSTATED and not known.intersection(members):
            continue
        total = sum(counts.get(member, 0) for member in members)
        shown.append(of_type.one(members, group.name, total, look=dots.get(group.id, "")))
        shown += [
            of_type.one((member,), TYPE_NAMES[member], counts.get(member, 0), look="option--sub")
            for member in members
            if len(members) > 1
        ]
    return _folded(shown)


def actors(dataset: Dataset, selection: Selection, found: Facets) -> list:
    """Build the filter of actors: families that open to their members."""
    counts, by_family = found["actors"], found["families"]
    labels, of_actor = dataset.actor_labels, Options(selection, "actors")
    dots = _dots(selection, "actor")
    options = []
    for family in FAMILIES:
        members = [actor for actor in labels if dataset.actor_families[actor] == family.id]
        if not members:
            continue
        members.sort(key=lambda actor: -counts.get(actor, 0))
        ticked = [actor for actor in members[MOST_ACTORS:] if actor in selection.actors]
        options += [
            of_actor.one(
                tuple(members),
                family.name,
                by_family.get(family.id, 0),
                look=dots.get(family.id, ""),
            ),
            *(
                of_actor.one(
                    (actor,),
                    labels[actor],
                    counts.get(actor, 0),
                    look="option--sub",
                    hint=dataset.actor_hints[actor],
                )
                for actor in (*members[:MOST_ACTORS], *ticked)
            ),
        ]
    return [*_roles(selection), *_folded(options)]


def _roles(selection: Selection) -> list:
    if not selection.actors:
        return []
    roles = [
        links.choice(
            role, links.href(selection, role=role), is_on=selection.role == role, look="chip"
        )
        for role in ROLES
    ]
    return [links.choices("Role of the actor", roles)]


def _evidence(selection: Selection, found: Facets) -> list:
    counts = found["attributions"]
    of_word, dots = Options(selection, "attributions"), _dots(selection, "attribution")
    certain = found["links"][links.href(selection, certain=True)]
    return [
        *(
            of_word.one((word.id,), word.name, counts.get(word.id, 0), look=dots.get(word.id, ""))
            for word in ATTRIBUTIONS
        ),
        html.A(
            "Certain day and place only",
            href=links.href(selection, certain=not selection.certain),
            className="option",
            role="checkbox",
            **attributes({"aria-checked": "true" if selection.certain else "false"}),
            **links.counted("Certain day and place only", certain),
        ),
        html.P("Independent sources at least", className="filters__note"),
        _steps("Independent sources at least", selection, "sources_min", SOURCES_STEPS, found),
    ]
