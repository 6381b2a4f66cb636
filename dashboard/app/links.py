"""Controls that are links: each says where a click leads, so each state has an address."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.selection import Selection


def attributes(values: dict[str, Any]) -> dict[str, Any]:
    """Pass on attributes whose names are no Python names (aria-label, data-key)."""
    return values


def href(selection: Selection, **changes: object) -> str:
    """Return the address of a selection with some fields changed."""
    return selection.with_(**changes).to_query() or "?"


def toggled(values: tuple[str, ...], members: tuple[str, ...]) -> tuple[str, ...]:
    """Add all members to a list, or remove them where all are in it."""
    if set(members) <= set(values):
        return tuple(value for value in values if value not in members)
    return (*values, *members)


class Options:
    """Tick boxes of one list filter: each is a link that adds or removes some ids."""

    def __init__(self, selection: Selection, field: str) -> None:
        self._values = getattr(selection, field)
        self._address = selection.to_queries(field)

    def one(
        self, members: tuple[str, ...], label: str, count: int, *, look: str = "", hint: str = ""
    ) -> html.A:
        """Return the tick box of `members`."""
        ticked = sum(member in self._values for member in members)
        state = "true" if ticked == len(members) else "mixed" if ticked else "false"
        return _link(
            label,
            self._address(toggled(self._values, members)) or "?",
            className=f"option {look}".strip(),
            role="checkbox",
            **attributes({"title": hint} if hint else {}),
            **attributes({"aria-checked": state}),
            **counted(label, count),
        )


# A component checks all its arguments when it is made, a copy of one does not: a page has hundreds.
_BARE = html.A()


def _link(label: str, address: str, **attributes: Any) -> html.A:
    link = copy(_BARE)
    vars(link).update(attributes, children=label, href=address)
    return link


def counted(label: str, count: int) -> dict[str, Any]:
    """Return the attributes that show and read out how many events an option would choose."""
    events = f"{count:,} event{'' if count == 1 else 's'}"
    return {"aria-label": f"{label}, {events}", "data-count": f"{count:,}"}


def choice(
    label: str, address: str, *, is_on: bool, look: str = "choice", count: int | None = None
) -> html.A:
    """Return one of several links of which one is in force."""
    return html.A(
        label,
        href=address,
        className=f"{look} {look}--on" if is_on else look,
        **attributes({"aria-current": "true"} if is_on else {}),
        **({} if count is None else counted(label, count)),
    )


def choices(label: str, links: Sequence[Component]) -> html.Div:
    """Group links of which one is in force."""
    return html.Div(
        list(links), className="choices", role="group", **attributes({"aria-label": label})
    )
