"""Parts of the page as HTML text, for those that hold neither figures nor inputs.

Dash tells every component on the page of every change; hundreds of links that only ever change
together are cheaper as one text each, which the page's script puts in place.
"""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup, escape

_NAMES = {
    "className": "class",
    "htmlFor": "for",
    "tabIndex": "tabindex",
    "autoComplete": "autocomplete",
}
_VOID = ("Br", "Hr", "Img", "Wbr")


def to_html(content: Any) -> str:
    """Write components of `dash.html` as HTML; all text and every attribute is escaped.

    Raises:
        TypeError: There is a component that only Dash can draw.
    """
    return str(_markup(content))


def _markup(content: Any) -> Markup:
    if content is None:
        return Markup("")
    if isinstance(content, list | tuple):
        return Markup("").join(_markup(part) for part in content)
    if not isinstance(content, Component):
        return escape(content)
    kind = type(content).__name__
    if getattr(html, kind, None) is not type(content):
        raise TypeError(f"{kind} is no plain HTML and needs a component of its own.")
    given = content.to_plotly_json()["props"]
    inside = given.pop("children", None)
    written = Markup("").join(_attribute(name, value) for name, value in given.items())
    tag = kind.lower()
    if kind in _VOID:
        return Markup(f"<{tag}") + written + Markup(">")
    return Markup(f"<{tag}") + written + Markup(">") + _markup(inside) + Markup(f"</{tag}>")


def _attribute(name: str, value: Any) -> Markup:
    if value is None or value is False:
        return Markup("")
    written = _NAMES.get(name, name)
    if value is True:
        return Markup(f" {written}")
    return Markup(f' {written}="') + escape(value) + Markup('"')
