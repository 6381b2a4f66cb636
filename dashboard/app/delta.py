"""What must be sent to turn the figure on screen into the next one, and nothing more."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import numpy as np
from dash import Patch

_MISSING = object()
_CODES = {"float64": "f8", "float32": "f4", "int32": "i4", "int16": "i2", "uint8": "u1"}


def compact(value: Any) -> Any:
    """Write numeric arrays as plotly.js's typed arrays; leave everything else as it is."""
    if isinstance(value, np.ndarray):
        code = _CODES.get(str(value.dtype))
        if code is None:
            return value.tolist()
        packed = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
        return {"dtype": code, "bdata": packed}
    if isinstance(value, dict):
        return {key: compact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [compact(item) for item in value] if _nested(value) else value
    return value


def _nested(items: list) -> bool:
    return bool(items) and isinstance(items[0], dict | list | np.ndarray)


# What of a layout is the reader's own: zoom and pan live in axes and maps, the tool in dragmode.
_VIEWS = ("geo", "xaxis", "yaxis", "uirevision", "dragmode")


def ground(figure: dict) -> str:
    """Return a short name for what a figure's marks stand on: its axes and maps."""
    found = {key: part for key, part in figure["layout"].items() if key.startswith(_VIEWS)}
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:12]


def anew(figure: dict) -> Patch:
    """Replace all of a figure on screen that stands on the same ground, but for the ground.

    As a whole figure would, but the reader's own zoom and pan stay.
    """
    patch = Patch()
    patch["data"] = figure["data"]
    for key, part in figure["layout"].items():
        if not key.startswith(_VIEWS):
            patch["layout"][key] = part
    return patch


def delta(before: dict, after: dict) -> Patch | None:
    """Compare two compact figure descriptions.

    Returns:
        A Patch that turns `before` into `after`, None where they are equal.
    """
    patch = Patch()
    return patch if _write(patch, before, after) else None


def _write(patch: Any, before: Any, after: Any) -> bool:
    changed = False
    pairs = (
        ((key, before.get(key, _MISSING), after.get(key, _MISSING)) for key in {**before, **after})
        if isinstance(after, dict)
        else ((at, *pair) for at, pair in enumerate(zip(before, after, strict=True)))
    )
    for key, old, new in pairs:
        if old is new or _equal(old, new):
            continue
        changed = True
        if new is _MISSING:
            del patch[key]
        elif _alike(old, new):
            _write(patch[key], old, new)
        else:
            patch[key] = new
    return changed


def _equal(old: Any, new: Any) -> bool:
    return type(old) is type(new) and old == new


def _alike(old: Any, new: Any) -> bool:
    """Whether two values are worth comparing piece by piece: dicts, and lists of as many dicts."""
    if isinstance(old, dict) and isinstance(new, dict):
        return "bdata" not in new
    return (
        isinstance(old, list)
        and isinstance(new, list)
        and len(old) == len(new)
        and bool(new)
        and all(isinstance(item, dict) for item in (*old, *new))
    )
