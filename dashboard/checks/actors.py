"""Rules on who acted: not against itself, and with an attribution that the texts bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.checks.findings import Finding, Row, Table, event_finding

# Who can announce an act of its own as a body: not an armed group, whose word is a claim.
BODIES = ("state_forces", "international_forces", "local_forces", "governments")
GROUPS = ("is_network", "al_qaeda_network", "other_armed_groups")
UNKNOWN = "unidentified-armed-group"

# "Claimed", and how French, Portuguese and Arabic pages say it; a group's own media and words.
_CLAIM = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|revendi\w*|reivindic\w*|pledg\w*|allegiance|declar\w*|announc\w*"
    r"|audio|video|film|footage|recording|radio|statement|weekly|amaq|naba\w*|SITE)\b|تبن|أعلن|بيان",
    re.IGNORECASE,
)
# What a summary says of an act that its initiator owned to, and of one that nobody did.
_OWNED = re.compile(r"\bclaimed (?:it|the|both|responsib|this)", re.IGNORECASE)
_DISOWNED = re.compile(r"\b(?:no|nobody|none|neither|nor|not|never|rival)\b", re.IGNORECASE)


def sides(table: Table) -> Iterator[Finding]:
    """Find actors that stand on both sides of one event."""
    for event in table.events:
        targets = event["targets"].split(";")
        for actor in filter(None, event["initiators"].split(";")):
            if actor in targets:
                reason = f"{actor!r} is initiator and target. Keep it on one side."
                yield event_finding("sides", event, "targets", reason, actor)


def attribution(table: Table) -> Iterator[Finding]:
    """Find attributions that initiators or texts contradict.

    `claimed` needs an armed group among the initiators, and a claim (or the group's own medium: a
    statement, a film) in the summary or in a report's title or note. `official` needs a force or
    body among the initiators. A summary that says that the initiator claimed the act contradicts
    `attributed` and `suspected`. Unidentified attackers alone can only be `suspected`.
    """
    for event in table.events:
        reason = _contradiction(event, table)
        if reason:
            reason = f"is {event['attribution']!r}, {reason}"
            yield event_finding("attribution", event, "attribution", reason)


def _contradiction(event: Row, table: Table) -> str:
    word, initiators = event["attribution"], event["initiators"].split(";")
    kinds = {table.dataset.actor_families.get(actor, "") for actor in initiators}
    if word == "claimed" and not kinds.intersection(GROUPS):
        return "but no initiator is an armed group. Write 'official' for a force's own word."
    if word == "official" and not kinds.intersection(BODIES):
        return "but no initiator is a force or body. Write 'claimed' for a group's own word."
    if initiators == [UNKNOWN] and word != "suspected":
        return "but its initiator is not identified. Write 'suspected', or name the initiator."
    if word == "claimed" and not _is_claimed(event, table):
        return (
            "but neither its summary nor a report's title or note says so. Name the claim in the"
            " note of the report that has it, or write 'attributed'."
        )
    if word in ("attributed", "suspected") and _is_owned(event["summary"]):
        return "but its summary says that the initiator claimed it. Write 'claimed', or reword it."
    return ""


def _is_claimed(event: Row, table: Table) -> bool:
    reports = table.reports(event)
    texts = [event["summary"], *(f"{row['title']}\n{row['note']}" for row in reports)]
    names = [table.dataset.actor_labels.get(x, x) for x in event["initiators"].split(";")]
    said = [f"{name} said" for name in names]
    return any(_CLAIM.search(text) or any(word in text for word in said) for text in texts)


def _is_owned(summary: str) -> bool:
    sentences = re.split(r"[.;]\s", summary)
    return any(_OWNED.search(part) and not _DISOWNED.search(part) for part in sentences)
