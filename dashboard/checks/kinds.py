"""The rule on kinds of attack: whether those attacked were armed, and how many died."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.checks.findings import Finding, Row, Table, event_finding

# So many dead make an attack on people not under arms a mass killing.
MASS_KILLING = 5
UNARMED = {"civilians"}


def kind(table: Table) -> Iterator[Finding]:
    """Find attacks whose type says other than their targets and their dead.

    `armed_assault` needs somebody armed among the targets. `mass_killing` needs `MASS_KILLING` dead
    by the best figure, its own or those of its parts; with so many `civilian_attack` is one.
    """
    overviews = {event["part_of"] for event in table.events}
    for event in table.events:
        reason = _contradiction(event, is_overview=event["event_id"] in overviews)
        if reason:
            yield event_finding("kind", event, "event_type", reason)


def _contradiction(event: Row, *, is_overview: bool) -> str:
    word, killed = event["event_type"], event["killed_best"]
    if word == "armed_assault" and set(event["targets"].split(";")) == UNARMED:
        return (
            "is 'armed_assault', but only people not under arms are its targets. Write"
            " 'mass_killing' or 'civilian_attack', or name who was armed."
        )
    if word == "mass_killing" and not is_overview and (killed is None or killed < MASS_KILLING):
        return (
            f"is 'mass_killing', but fewer than {MASS_KILLING} are known to have died. Write"
            " 'civilian_attack', or the toll."
        )
    if word == "civilian_attack" and killed is not None and killed >= MASS_KILLING:
        return f"is 'civilian_attack', but {killed} died. Write 'mass_killing'."
    return ""
