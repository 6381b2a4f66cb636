"""Names of places in one spelling, so that Hawija is al-Ḥawījah and Djibo is Jibo."""

from __future__ import annotations

import re
import unicodedata

# The Arabic article, as it is written before the sun letters too.
_ARTICLE = re.compile(r"\b(?:al|an|ar|as|ash|at|ad|adh|az|el|ech)[ '-]+")
_SAME = (
    ("dj", "j"),
    ("ei", "ai"),
    ("ey", "ai"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ph", "f"),
    ("q", "k"),
)
_SAME_VOWELS = str.maketrans("eoy", "iui")


def plain(name: str) -> str:
    """Return a name without accents, signs and blanks."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def skeleton(name: str) -> str:
    """Return what is left of a name when common ways to spell it are brought to one."""
    letters = unicodedata.normalize("NFKD", name.casefold()).replace("’", "'").replace("‘", "'")
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    text = plain(_ARTICLE.sub("", bare.strip("' ")))
    for spelling, same in _SAME:
        text = text.replace(spelling, same)
    text = re.sub(r"(.)\1+", r"\1", text.translate(_SAME_VOWELS))
    return re.sub(r"(?<=[aiu])h\Z", "", text)
