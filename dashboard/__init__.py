"""Conflict Timeline in Python: load a table, choose events, draw them, write pictures.

Everything is loaded when it is first used, so that `import dashboard` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.batch import export_image
    from dashboard.dataset import Dataset, load
    from dashboard.pictures import caption
    from dashboard.selection import Selection
    from dashboard.views import VIEWS, alt_text, render

__all__ = [
    "VIEWS",
    "Dataset",
    "Selection",
    "alt_text",
    "caption",
    "export_image",
    "load",
    "render",
]

_HOMES = {
    "VIEWS": "dashboard.views",
    "Dataset": "dashboard.dataset",
    "Selection": "dashboard.selection",
    "alt_text": "dashboard.views",
    "caption": "dashboard.pictures",
    "export_image": "dashboard.batch",
    "load": "dashboard.dataset",
    "render": "dashboard.views",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
