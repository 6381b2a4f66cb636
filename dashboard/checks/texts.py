"""Rules on titles and summaries: short enough, and in nobody's war language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.checks.findings import Finding, Table, event_finding

LONGEST = {"title": 70, "summary": 280}

# Words of one side's propaganda, or that judge instead of saying what was done; with a plain one.
LOADED = {
    r"apostates?": "soldiers, police or officials",
    r"barbari(?:c|sm|ty)": "what was done",
    r"caliphate soldiers?|soldiers? of the caliphate": "fighters",
    r"cleans(?:e[ds]?|ing)": "searched, or retook",
    r"cowardly": "what was done",
    r"crusaders?": "foreign forces, or Christians",
    r"eliminat(?:e[ds]?|ing|ion)": "killed",
    r"evil": "what was done",
    r"extremists?": "the group's name",
    r"heinous": "what was done",
    r"hero(?:es|ic|ically)?": "what was done",
    r"infidels?|kuffar|kufr": "the people meant",
    r"islamists?": "the group's name",
    r"jihadis?|jihadists?": "the group's name",
    r"liberat(?:e[ds]?|ing|ion|ors?)": "retook",
    r"martyr(?:s|ed|dom)?": "killed",
    r"mujahid(?:een|in)?|mujahedeen": "fighters",
    r"murtad\w*|rafid\w*|nusayri\w*|safavid\w*|nasara": "the people meant",
    r"neutrali[sz](?:e[ds]?|ing|ation)": "killed, or captured",
    r"regime": "government",
    r"terroris[tm]s?": "the group's name, or what was done",
    r"thugs?": "the people meant",
    r"vermin|rats": "the people meant",
}
# "Counter-terrorism" is the name of a service.
_WORDS = {
    re.compile(rf"(?<!counter[- ])(?<!anti[- ])\b(?:{word})\b", re.IGNORECASE): plain
    for word, plain in LOADED.items()
}


def text_length(table: Table) -> Iterator[Finding]:
    """Find titles that are no labels any more, and summaries that are essays."""
    for event in table.events:
        for column, longest in LONGEST.items():
            length = len(event[column])
            if length > longest:
                reason = f"has {length} characters; at most {longest} fit. Shorten it."
                yield event_finding("text_length", event, column, reason, column)


def wording(table: Table) -> Iterator[Finding]:
    """Find loaded words; a body's own name may hold one, as an exception."""
    for event in table.events:
        for column in LONGEST:
            for pattern, plain in _WORDS.items():
                for found in {match.group().lower() for match in pattern.finditer(event[column])}:
                    reason = f"says {found!r}. Write {plain}."
                    yield event_finding("wording", event, column, reason, found)
