"""An invented table of some 60 events for pictures: every kind, every doubt, the longest words."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from dashboard.dataset import Dataset, load
from dashboard.figures.theme import Medium
from tests import package

# What a picture of the table is tried on, by case; the event's picture has its own.
QUERIES = {
    "typical": "theatre=mozambique,sahel&from=2018-01-01&to=2020-12-31",
    "empty": "theatre=mozambique&q=nothing like this",
    "one": "q=sombra",
    "whole": "",
}
EVENT_QUERIES = {
    "typical": "event=2019-03-11-sombra",
    "empty": "theatre=mozambique&q=nothing like this",
    "one": "event=2020-02-02-nowhere",
    "whole": "",
}
MARKUP_TITLE = (
    "Raid on <b>\"Alpha\"</b> & Omega: 'the <i>longest</i> of titles' that any newsroom had"
)
TYPES = (
    *("mass_killing", "armed_assault", "suicide_bombing", "air_strike"),
    *("territorial_change", "diplomacy", "battle", "kidnapping"),
)
SITES = (  # country, places, latitude and longitude of the first, theatre by country
    ("IRQ", ("Aldar", "Besh", "Corun"), 34.1, 43.2),
    ("SYR", ("Darem", "Elun"), 35.2, 39.1),
    ("MOZ", ("Farol", "Gungo", "Hara"), -11.4, 40.1),
    ("BFA", ("Issa", "Jula"), 13.6, 0.2),
    ("NGA", ("Kolo",), 11.9, 13.8),
)
TOLLS = ("", "0", "3", "12", "", "45", "160", "7", "30", "2", "900")
INITIATORS = ("is", "iraqi-army", "is-mozambique", "gunmen", "global-coalition")
ATTRIBUTIONS = ("claimed", "official", "attributed", "suspected")
PRECISIONS = ("site", "place", "district", "place", "admin1")
LENGTHS = (0, 0, 0, 4, 0, 21)


def _generated(number: int) -> tuple[package.Row, list[package.Row]]:
    """Make an event and its reports; every cell follows from its number."""
    country, places, latitude, longitude = SITES[number % len(SITES)]
    place = places[number // len(SITES) % len(places)]
    first = datetime.date(2015, 1, 5) + datetime.timedelta(days=41 * number + number % 5)
    last = first + datetime.timedelta(days=LENGTHS[number % len(LENGTHS)])
    name = f"{first}-{place.lower()}"
    dead = TOLLS[number % len(TOLLS)]
    cells = {
        "end_date": str(last),
        "date_precision": ("day", "day", "day", "week", "day", "day", "month")[number % 7],
        "country_code": country,
        "place": f"{place}, the district of {place}",
        "admin1": f"Province {number % 3}",
        "event_type": TYPES[number % len(TYPES)],
        "initiators": INITIATORS[number % len(INITIATORS)],
        "targets": "civilians" if number % 3 else "",
        "attribution": ATTRIBUTIONS[number % len(ATTRIBUTIONS)],
        "title": f"Event {number} at {place}",
        "summary": f"What happened at {place}, told in a sentence or two.",
    }
    cells |= package.placed(
        f"{latitude + 0.37 * (number % 4) - 0.2 * (number % 3):.3f}",
        f"{longitude + 0.41 * (number % 5) - 0.3 * (number % 2):.3f}",
        PRECISIONS[number % len(PRECISIONS)],
    )
    if dead:
        low, high = str(int(dead) * 4 // 5), str(int(dead) * 3 // 2)
        cells |= package.toll(low, dead, high)
    reports = [package.report(name, "Daily Wire", killed_min=dead, killed_max=dead)]
    if number % 2:
        other = str(int(dead) * (3, 8)[number % 4 == 1] // 5) if dead else ""
        figure = {
            "killed_min": other,
            "killed_max": other,
            "scope": ("", "civilians")[number % 3 == 1],
        }
        reports.append(package.report(name, "Herald", via="Daily Wire", **figure))
    return package.event(name, **cells), reports


def _chosen() -> tuple[list[package.Row], list[package.Row]]:
    """Make the events that the pictures of one event are tried on."""
    sombra, nowhere, far = "2019-03-11-sombra", "2020-02-02-nowhere", "2017-07-01-lake"
    events = [
        package.event(
            sombra,
            end_date="2019-03-14",
            country_code="MOZ",
            place="Sombra & <Sol>",
            admin1="Cabo",
            event_type="siege",
            initiators="is-mozambique",
            targets="civilians;mozambique-police",
            title=MARKUP_TITLE,
            summary=" ".join(["Gunmen held the town for three days."] * 6),
            **package.placed("-11.02", "40.21", "district"),
            **package.toll("55", "1193", "1357"),
        ),
        package.event(
            nowhere,
            country_code="GBR",
            event_type="political",
            initiators="global-coalition",
            attribution="official",
            title="Ministers meet nowhere",
        ),
        package.event(
            far,
            country_code="COD",
            place="Lake",
            event_type="mass_killing",
            initiators="gunmen",
            targets="civilians",
            attribution="suspected",
            title="Attack at the lake",
            **package.placed("-1.6", "29.2"),
            **package.toll("8", "8", "8"),
        ),
    ]
    figures = (
        ("Institute of Counting", "", "2019-06-19", "1357", "1357", "civilians"),
        ("Wire & <Sons>", "AP;Reuters", "2019-03-28", "900", "978", ""),
        ("Daily Wire", "", "2019-03-15", "55", "55", "all"),
        ("Evening Herald", "Daily Wire", "", "55", "55", "security_forces"),
        ("Monthly", "", "2019-04-02", "1193", "1193", "all"),
    )
    reports = [
        package.report(
            sombra,
            publisher,
            via=via,
            published_date=day,
            killed_min=least,
            killed_max=most,
            scope=scope,
        )
        for publisher, via, day, least, most, scope in figures
    ]
    reports += [package.report(sombra, f"Paper {n}") for n in range(2)]
    reports += [package.report(nowhere, "Gazette"), package.report(far, "Herald")]
    return events, reports


def write(folder: Path) -> Path:
    """Write the invented package into a folder."""
    events, reports = _chosen()
    for number in range(58):
        event, of_event = _generated(number)
        events.append(event)
        reports += of_event
    theatres = [
        package.theatre("iraq", "IRQ", "38.7 29 48.7 37.5"),
        package.theatre("syria", "SYR", "35.4 32.2 42.5 37.5"),
        package.theatre("mozambique", "MOZ;TZA", "36.6 -14.7 41.3 -9.9"),
        package.theatre("sahel", "BFA;MLI;NER;NGA", "-12.3 6 17 18.5"),
    ]
    return package.write(folder, events=events, reports=reports, theatres=theatres)


def invented(folder: Path) -> Dataset:
    """Load the invented package; its version does not follow the columns of the schema."""
    return replace(load(write(folder)), version="f1c71on", name="invented table")


def query(view: str, case: str) -> str:
    """Return the link of a case."""
    return (EVENT_QUERIES if view == "event" else QUERIES)[case]


def on_page(medium: Medium) -> Medium:
    """Return a medium of the page as wide as a picture's."""
    return Medium("screen", medium.width_px, 460, 12.0, framed=False)


# Windows far from the days of the table, each with one that shows the same.
FAR_WINDOWS = [
    ("from=1600-01-01&to=2018-01-01", "to=2018-01-01"),
    ("from=2018-01-01&to=2300-01-01", "from=2018-01-01"),
    ("from=0001-01-01&to=9999-12-31", ""),
]
