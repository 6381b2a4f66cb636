"""Component trees, figures and Patches, as a test reads them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from dash import Patch, html, no_update
from dash.development.base_component import Component

from dashboard.app import callbacks


def walk(part: Any) -> Iterator[Component]:
    """Go through a component, or a list of them, and all that it holds, from the top."""
    if isinstance(part, list | tuple):
        for item in part:
            yield from walk(item)
    elif isinstance(part, Component):
        yield part
        yield from walk(getattr(part, "children", None))


def text(part: Any) -> str:
    """Return all that is written in a part."""
    if isinstance(part, list | tuple):
        return "".join(map(text, part))
    if isinstance(part, Component):
        return text(getattr(part, "children", None))
    return "" if part is None else str(part)


def texts(parts: Any, kind: type[Component]) -> list[str]:
    """List what is written in each component of one kind."""
    return [text(part) for part in walk(parts) if isinstance(part, kind)]


def said(part: Component, name: str) -> Any:
    """Return an attribute, None where it is not set."""
    return part.to_plotly_json()["props"].get(name)


def having(parts: Any, name: str, value: Any = ...) -> list[Component]:
    """List the components with an attribute, and this value of it where one is given."""
    found = [part for part in walk(parts) if said(part, name) is not None]
    return [part for part in found if value is ... or said(part, name) == value]


def of_class(parts: Any, name: str) -> list[Component]:
    """List the components with one of their classes so called."""
    return [part for part in walk(parts) if name in (said(part, "className") or "").split()]


def links(parts: Any) -> dict[str, str]:
    """Map what each link says to where it leads."""
    return {text(part): said(part, "href") for part in walk(parts) if isinstance(part, html.A)}


def ids(parts: Any) -> list[Any]:
    """List the ids, as often as they occur."""
    return [said(part, "id") for part in having(parts, "id")]


def applied(patch: Patch, before: Any) -> Any:
    """Do with a value what Dash does with it in the browser."""
    after = before
    for operation in patch.to_plotly_json()["operations"]:
        after = _changed(after, operation["location"], operation)
    return after


def _changed(value: Any, way: list, operation: dict) -> Any:
    """Copy what lies on the way to a change, nothing else: a figure is large."""
    value, (key, *rest) = copy.copy(value), way
    if rest:
        value[key] = _changed(value[key], rest, operation)
    elif operation["operation"] == "Assign":
        value[key] = operation["params"]["value"]
    else:
        assert operation["operation"] == "Delete", operation
        del value[key]
    return value


def filled(answer: dict) -> dict[str, Any]:
    """Return the parts of the page that an answer fills in anew, by name."""
    parts = {name: part for name, part in answer["parts"].items() if part is not no_update}
    if answer["later"] is not no_update:
        parts |= zip(callbacks.LATER, answer["later"], strict=True)
    return parts
