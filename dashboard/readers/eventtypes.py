"""Our type of event by the words of any table."""

from __future__ import annotations

import re
from functools import lru_cache

from dashboard.engine import fold
from dashboard.schema import TYPE_NAMES

# Where neither type nor words say anything.
OTHER = "other"
# The first that fits is taken, so the particular stand before the general.
_PATTERNS = (
    ("suicide_bombing", r"suicide|car ?bomb.*martyr|svbied"),
    ("air_strike", r"air ?-?strike|drone|\bair ?raid|aerial|missile strike"),
    ("kidnapping", r"kidnap|abduct|hostage|disappearance"),
    ("mass_killing", r"massacre|mass (killing|murder|execution)|genocide"),
    ("prison_attack", r"prison|jail ?break"),
    ("leader_killed", r"assassinat|leader (killed|captured)|targeted killing"),
    ("siege", r"siege|blockade"),
    (
        "territorial_change",
        r"captur|seiz|territor|liberat|\bfall of\b|regain|overtakes|occupation|withdrawal",
    ),
    ("bombing", r"bomb|explo|\bied\b|landmine|mine blast|shell|artillery|rocket|grenade|mortar"),
    ("security_operation", r"arrest|security (operation|forces)|sweep|counter-?terror"),
    ("protest", r"protest|riot|demonstrat|strike action|unrest|uprising"),
    ("humanitarian", r"humanitarian|displace|refugee|relief|\baid\b|famine"),
    ("diplomacy", r"diplom|summit|agreement|treaty|ceasefire|truce|talks|negotiat|peace"),
    ("battle", r"battle|clash|combat|fight|offensive|\bwar\b|insurgen|rebel"),
    (
        "civilian_attack",
        r"civilian|one-sided|execut|murder|homicide|killing|sexual violence|terror",
    ),
    ("armed_assault", r"assault|attack|raid|ambush|shooting|gun|arson|\bknife|stabb"),
    ("political", r"politic|election|coup|declar|pledge|\blaw\b|statement|government|speech"),
)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    names = {fold(name): word for word, name in TYPE_NAMES.items()}
    return names | {word.replace("_", " "): word for word in TYPE_NAMES}


@lru_cache(maxsize=4096)
def type_of(text: str) -> str:
    """Return our type by a type's name or words in any table; "" where nothing tells.

    Args:
        text: A cell of a column of types: "Battles", "IED explosion", "air_strike".
    """
    folded = fold(text).replace("_", " ").strip()[:500]
    known = _by_name().get(folded)
    if known:
        return known
    return next((word for word, pattern in _PATTERNS if re.search(pattern, folded)), "")
