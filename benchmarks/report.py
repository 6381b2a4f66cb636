"""Where benchmarks leave their figures: a section of docs/performance.md, and JSON beside."""

from __future__ import annotations

import datetime
import importlib.metadata
import json
import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
RESULTS = ROOT / "benchmarks" / "results"
TITLE = "# Performance\n\nMeasured by the programs in `benchmarks/`; each writes its own section.\n"


def machine(*packages: str) -> dict[str, Any]:
    """Say on what is measured: cores, memory, load, versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "day": datetime.date.today().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory / 1e9),
        "load_before": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in packages},
    }


def machine_text(found: dict[str, Any]) -> str:
    """Write the machine as one sentence."""
    versions = ", ".join(f"{name} {found[name]}" for name in list(found)[4:])
    return (
        f"{found['day']}, {found['cores']} cores, {found['memory_gb']} GB, load average"
        f" {found['load_before']} before the run; {versions}."
    )


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Write rows as a Markdown table, the first column to the left."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def earlier(section: str, key: str) -> list[Any]:
    """Return what an earlier run left under a key of a section's JSON."""
    path = RESULTS / f"{section}.json"
    return json.loads(path.read_text(encoding="utf-8"))[key] if path.is_file() else []


def put(section: str, text: str, found: Any) -> None:
    """Replace one section of the page and its JSON; the other sections stay as they are.

    Args:
        section: Its name, one word.
        text: Its Markdown, heading included.
        found: What the text was written from.
    """
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{section}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else TITLE
    first, last = f"<!-- {section} -->\n", f"<!-- end of {section} -->\n"
    body = f"{first}{text.strip()}\n{last}"
    if first in page:
        page = page[: page.index(first)] + body + page[page.index(last) + len(last) :]
    else:
        page = f"{page.rstrip()}\n\n{body}"
    PAGE.write_text(page, encoding="utf-8", newline="")
