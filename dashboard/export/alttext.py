"""The file of an image's alt text: NAME.txt, or NAME.png.txt where that is another image's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dashboard.export.target import FORMS, PAGE_FORM, is_ours

_FORMS = {f".{form}": form for form in (*FORMS, PAGE_FORM)} | {".htm": PAGE_FORM}
_ENDINGS = tuple(_FORMS)


def content_of(text: str) -> bytes:
    """Return what an alt text's file holds."""
    return f"{text}\n".encode()


def places(wanted: Iterable[tuple[Path, str]]) -> dict[Path, Path]:
    """Return the file of each image's alt text, whatever order the images come in.

    Images of one name in several forms share NAME.txt as long as they share the text. Where it is
    the text of another image of that name, an image has its own, NAME.png.txt, from then on.

    Args:
        wanted: Images and their alt texts, to be written together; "" for none.
    """
    found: dict[Path, Path] = {}
    claims: dict[Path, str] = {}
    for path, text in sorted(wanted, key=lambda pair: (_rank(pair[0]), pair)):
        own, shared = own_place(path), path.with_suffix(".txt")
        is_others = (
            claims[shared] != text if shared in claims else _is_others(path, text, found.values())
        )
        found[path] = own if text and (own.exists() or is_others) else shared
        if text and found[path] == shared:
            claims[shared] = text
    return found


def own_place(path: Path) -> Path:
    """Return the file of an alt text that no other image can share: NAME.png.txt."""
    return path.with_name(f"{path.name}.txt")


def holds(path: Path, text: str) -> bool:
    """Whether a file is there and holds this very alt text."""
    try:
        return path.is_file() and path.read_bytes() == content_of(text)
    except OSError:
        return False


def _is_others(path: Path, text: str, given: Iterable[Path]) -> bool:
    """Whether NAME.txt is there, with the text of an image that has no other."""
    shared = path.with_suffix(".txt")
    if not shared.is_file() or holds(shared, text):
        return False
    own = {*given}
    siblings = (path.with_suffix(ending) for ending in _FORMS if ending != path.suffix.lower())
    return any(
        sibling.is_file()
        and own_place(sibling) not in own
        and not own_place(sibling).exists()
        and is_ours(sibling, _FORMS[sibling.suffix])
        for sibling in siblings
    )


def _rank(path: Path) -> int:
    suffix = path.suffix.lower()
    return _ENDINGS.index(suffix) if suffix in _ENDINGS else len(_ENDINGS)
