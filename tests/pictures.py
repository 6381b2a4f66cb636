"""Pictures compared pixel by pixel with stored ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.export.pixels import pixels

FOLDER = Path(__file__).parent / "images"
LIMIT = 2.0


def compare(name: str, png: bytes, *, is_update: bool) -> None:
    """Compare an image with the one stored under a name, or store it.

    Where they differ, the new one is kept beside the stored one as `<name>.new.png`.
    """
    path, other = FOLDER / f"{name}.png", FOLDER / f"{name}.new.png"
    other.unlink(missing_ok=True)
    if is_update:
        FOLDER.mkdir(exist_ok=True)
        path.write_bytes(png)
    assert path.is_file(), f"{path.name} is not there: run pytest with --update-images"
    now, before = pixels(png), pixels(path.read_bytes())
    apart = root_mean_square(now, before) if now.shape == before.shape else float("inf")
    if apart > LIMIT:
        other.write_bytes(png)
    assert apart <= LIMIT, f"see {other}"


def root_mean_square(one: np.ndarray, other: np.ndarray) -> float:
    """Return how far two images of one size are apart, 0 to 255."""
    difference = one[..., :3].astype(float) - other[..., :3].astype(float)
    return float(np.sqrt((difference**2).mean()))
