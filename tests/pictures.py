"""Pictures compared pixel by pixel with stored ones."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np

from tests.export.pixels import SIGNATURE, chunk, pixels

FOLDER = Path(__file__).parent / "images"
LIMIT = 2.0


def apart(name: str, png: bytes, *, is_update: bool) -> float:
    """Return how far an image is from the one stored under a name, 0 to 255; or store it first.

    Where they differ, the new one is kept beside the stored one as `<name>.new.png`.
    """
    path, other = FOLDER / f"{name}.png", FOLDER / f"{name}.new.png"
    other.unlink(missing_ok=True)
    if is_update:
        FOLDER.mkdir(exist_ok=True)
        path.write_bytes(smaller(png))
    assert path.is_file(), f"{path.name} is not there: run pytest with --update-images"
    now, before = (pixels(image)[..., :3] for image in (png, path.read_bytes()))
    found = root_mean_square(now, before) if now.shape == before.shape else float("inf")
    if found > LIMIT:
        other.write_bytes(png)
    return found


def root_mean_square(one: np.ndarray, other: np.ndarray) -> float:
    """Return how far two images of one size are apart, 0 to 255."""
    difference = one.astype(float) - other.astype(float)
    return float(np.sqrt((difference**2).mean()))


def smaller(png: bytes) -> bytes:
    """Write an image anew in fewer bytes: no alpha, each row by the filter that suits it."""
    image = pixels(png)[..., :3].astype(np.int16)
    height, width, _ = image.shape
    left = np.pad(image, ((0, 0), (1, 0), (0, 0)))[:, :-1]
    above = np.pad(image, ((1, 0), (0, 0), (0, 0)))[:-1]
    filtered = np.stack([image, image - left, image - above, image - (left + above) // 2]) % 256
    cost = np.minimum(filtered, 256 - filtered).sum(axis=(2, 3))
    best = cost.argmin(axis=0)
    rows = [
        bytes([kind]) + filtered[kind, y].astype(np.uint8).tobytes() for y, kind in enumerate(best)
    ]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
