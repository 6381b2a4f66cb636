"""What must be sent to turn the figure on screen into the next one, and nothing more."""

from __future__ import annotations

import base64
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
