"""The small package and what a page must stand up to: markup, formulas, far and shared places."""

from __future__ import annotations

from pathlib import Path

from tests import package

SCRIPT, FORMULA = "2022-01-10-fair", "2022-01-20-fair"
REEF, HARBOUR = "2022-06-01-reef", "2022-06-02-reef"

# Killed, best: 445 of the small package and 7 + 1234 = 1,686 in 7 of 12 events.
EVENTS = [
    *package.SMALL["events"],
    package.event(
        SCRIPT,
        country_code="TZA",
        place="Fish & 'Chips', Mtwara",
        admin1="@mtwara",
        event_type="bombing",
        initiators="is;is-mozambique",
        targets="civilians",
        title="<script>alert(1)</script>",
        summary='A "summary" with <b>markup</b> & more.',
        **package.placed("-10.5", "40.2"),
        **package.toll("5", "7", "9"),
    ),
    package.event(
        FORMULA,
        country_code="TZA",
        place="Fish & 'Chips', Mtwara",
        admin1="+5",
        event_type="air_strike",
        title='=HYPERLINK("https://example.org")',
        summary="-1 is how this begins",
        **package.placed("-10.5", "40.2"),
    ),
    package.event(
        REEF,
        country_code="PHL",
        place="Reef",
        date_precision="week",
        targets="civilians",
        **package.placed("7.98765", "124.29321", "admin1"),
        **package.toll("1000", "1234", "2500"),
    ),
    package.event(
        HARBOUR,
        country_code="PHL",
        place="Reef",
        event_type="prison_attack",
        attribution="official",
        **package.placed("7.98765", "124.29321", "district"),
    ),
]
REPORTS = [
    *package.SMALL["reports"],
    package.report(SCRIPT, "Daily <News>", killed_min="5", killed_max="9", note="Hospital & <i>"),
    package.report(
        SCRIPT,
        "Gazeti",
        language="sw",
        published_date="2022-01-11",
        via="AFP;Lusa",
        killed_min="7",
        killed_max="7",
        scope="civilians",
        title="[Saba wauawa]",
    ),
    package.report(FORMULA),
    package.report(REEF),
    package.report(HARBOUR),
]
STORY = """---
title: The north
summary: What the table holds of it.
order: 1
---

## Before and after

[show](?theatre=mozambique&from=2020-03-23&to=2021-06-04)

The table, which is *curated*, has **{events}** events here and {killed} dead.
See [Lusa](https://example.org/2021-03-24-palma/lusa), or [Palma](?event=2021-03-24-palma).

- {reports} reports
- {places} places

## One event

[show](?event=2021-03-24-palma)

It stands alone.
"""


def write(folder: Path) -> Path:
    """Write the package with its story into a folder."""
    package.write(folder, events=EVENTS, reports=REPORTS)
    (folder / "stories").mkdir()
    (folder / "stories" / "the-north.md").write_text(STORY, encoding="utf-8")
    return folder
