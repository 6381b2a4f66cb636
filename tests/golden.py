"""Figures as JSON that can be read and compared line by line."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent / "golden"
# Lines of the base geography: only how many points they have says something of a figure.
OUTLINES = ("admin1", "disputed", "halos", "locator")
DIGITS = 2


def normal(figure: Any) -> dict[str, Any]:
    """Return a figure's data and layout: arrays as lists, outlines counted, no template."""
    spec = figure.to_dict() if hasattr(figure, "to_dict") else figure
    layout = {name: part for name, part in spec["layout"].items() if name != "template"}
    return {"data": [_trace(trace) for trace in spec["data"]], "layout": _plain(layout)}


def _trace(trace: dict[str, Any]) -> dict[str, Any]:
    found = _plain(trace)
    if trace.get("name") in OUTLINES:
        for axis in ("lon", "lat"):
            found[axis] = f"{len(found[axis])} numbers"
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        if "bdata" in value:
            raw = base64.b64decode(value["bdata"])
            return _plain(np.frombuffer(raw, dtype=np.dtype(value["dtype"])))
        return {str(key): _plain(value[key]) for key in sorted(value)}
    if isinstance(value, np.ndarray | list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float | np.floating):
        number = round(float(value), DIGITS) + 0.0
        if number != number:
            return "unknown"
        return int(number) if number.is_integer() else number
    return value.item() if isinstance(value, np.generic) else value


def text(spec: Any, indent: int = 0) -> str:
    """Write JSON with a line for each member, lists of numbers and words on one line."""
    pad = " " * (indent + 1)
    if isinstance(spec, dict) and spec and len(json.dumps(spec)) > 90:
        rows = [f"{pad}{json.dumps(key)}: {text(spec[key], indent + 1)}" for key in spec]
        return "{\n" + ",\n".join(rows) + "\n" + " " * indent + "}"
    if isinstance(spec, list) and any(isinstance(item, dict | list) for item in spec):
        rows = [f"{pad}{text(item, indent + 1)}" for item in spec]
        return "[\n" + ",\n".join(rows) + "\n" + " " * indent + "]"
    return json.dumps(spec, ensure_ascii=False)


def both(name: str, figure: Any, *, is_update: bool) -> tuple[list[str], list[str]]:
    """Return the lines of a figure, and of what is stored under a name; or store it first."""
    path = FOLDER / f"{name}.json"
    written = text(normal(figure)) + "\n"
    if is_update:
        FOLDER.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert path.is_file(), f"{path.name} is not there: run pytest with --update-golden"
    return written.splitlines(), path.read_text(encoding="utf-8").splitlines()
