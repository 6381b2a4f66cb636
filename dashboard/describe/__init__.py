"""The descriptions that stand beside a package's tables: for programs and for people."""

from __future__ import annotations

from pathlib import Path

from dashboard.companions import COMPANIONS
from dashboard.dataset import Dataset
from dashboard.describe.descriptor import descriptor
from dashboard.describe.readme import readme


def describe(dataset: Dataset, folder: str | Path | None = None) -> dict[str, bytes]:
    """Write the texts that describe a package, by the name of their file.

    Args:
        dataset: The tables.
        folder: Where they stand; tables about them that stand there too are described.
    """
    beside = [name for name in COMPANIONS if folder and (Path(folder) / f"{name}.csv").is_file()]
    return {
        "datapackage.json": descriptor(dataset, beside).encode(),
        "README.md": readme(dataset, beside).encode(),
    }


def write_descriptions(dataset: Dataset, folder: str | Path) -> list[str]:
    """Write the descriptions into a folder and name the files."""
    texts = describe(dataset, folder)
    for name, content in texts.items():
        (Path(folder) / name).write_bytes(content)
    return list(texts)


def outdated_descriptions(dataset: Dataset, folder: str | Path) -> list[str]:
    """Name the description files of a folder that are missing or do not fit its tables."""
    return [
        name
        for name, content in describe(dataset, folder).items()
        if not (Path(folder) / name).is_file() or (Path(folder) / name).read_bytes() != content
    ]
