"""One part of a zip archive, never more of it than a table may hold."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from dashboard.errors import ReaderError

MOST_BYTES = 1024**3
# Texts shrink 5 to 30 times. What is large and grows further than this is no table.
MOST_GROWTH, GROWTH_FROM = 250, 64 * 1024 * 1024
_BLOCK = 1024 * 1024


def parts(path: Path) -> list[str]:
    """Return the names of the files in an archive, without the shadows that macOS packs along.

    Raises:
        ReaderError: It is cut off or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return [name for name in archive.namelist() if not _is_aside(name)]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise _damaged(path) from None


def _is_aside(name: str) -> bool:
    """Whether a name is that of a folder, or of what macOS keeps about a file: `._x.csv`."""
    *folders, last = name.split("/")
    return not last or last.startswith("._") or "__MACOSX" in folders


def unpacked(path: Path, name: str) -> bytes:
    """Return one file of an archive.

    Its size is counted while it is unpacked: what an archive says of itself may be wrong.

    Raises:
        ReaderError: It grows too much, needs a password, or the archive is damaged.
    """
    pieces: list[bytes] = []
    size = 0
    try:
        with zipfile.ZipFile(path) as archive:
            part = archive.getinfo(name)
            if part.flag_bits & 1:
                raise ReaderError(f"{path.name} needs a password. Unpack it first.")
            with archive.open(part) as content:
                while block := content.read(_BLOCK):
                    size += len(block)
                    grows = size > GROWTH_FROM and size > MOST_GROWTH * max(part.compress_size, 1)
                    if grows or size > MOST_BYTES:
                        raise ReaderError(
                            f"{path.name}: {name} grows to more than {size // 1024**2:,} MB when"
                            " unpacked: refused."
                        )
                    pieces.append(block)
    except ReaderError:  # which is a ValueError too
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError):
        raise _damaged(path) from None
    except (NotImplementedError, KeyError, RuntimeError):  # a method or part that is not there
        raise _damaged(path) from None
    return b"".join(pieces)


def _damaged(path: Path) -> ReaderError:
    return ReaderError(f"{path.name} is a zip file that is cut off or damaged. Download it again.")
