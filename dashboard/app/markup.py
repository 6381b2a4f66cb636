"""Parts of the page as HTML text, for those that hold neither figures nor inputs.

Dash tells every component on the page of every change; hundreds of links that only ever change
together are cheaper as one text each, which the page's script puts in place.
"""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component
from markupsafe import escape

_NAMES = {
    "className": "class",
    "htmlFor": "for",
    "tabIndex": "tabindex",
    "autoComplete": "autocomplete",
}
_VOID = ("Br", "Hr", "Img", "Wbr")
_OWN = ("children", "available_properties", "available_wildcard_properties")


def to_html(content: Any) -> str:
    """Write components of `dash.html` as HTML; all text and every attribute is escaped.

    Raises:
        TypeError: There is a component that only Dash can draw.
    """
    written: list[str] = []
    _write(content, written)
    return "".join(written)


def _write(content: Any, written: list[str]) -> None:
    if content is None:
        return
    if isinstance(content, list | tuple):
        for part in content:
            _write(part, written)
        return
    if not isinstance(content, Component):
        written.append(str(escape(content)))
        return
    kind = type(content).__name__
    if getattr(html, kind, None) is not type(content):
        raise TypeError(f"{kind} is no plain HTML and needs a component of its own.")
    tag = kind.lower()
    written.append(f"<{tag}")
    # The component's own notes about itself begin with an underscore or stand in `_OWN`; it keeps
    # what it was given in no certain order.
    for name, value in sorted(vars(content).items()):
        if name[0] != "_" and name not in _OWN and value is not None and value is not False:
            known = _NAMES.get(name, name)
            written.append(f" {known}" if value is True else f' {known}="{escape(value)}"')
    written.append(">")
    if kind not in _VOID:
        _write(getattr(content, "children", None), written)
        written.append(f"</{tag}>")
