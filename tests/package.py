"""A small package of tables with known answers, as rows that a test can change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from dashboard.schema import TABLES

Row = dict[str, str]


def event(event_id: str, **cells: str) -> Row:
    """Make an event of one day in Iraq without place or toll, with the given cells changed."""
    day = event_id[:10]
    return _row(
        "events",
        {
            "event_id": event_id,
            "start_date": day,
            "end_date": day,
            "date_precision": "day",
            "country_code": "IRQ",
            "event_type": "battle",
            "initiators": "is",
            "attribution": "claimed",
            "title": f"Event {event_id}",
            "summary": "What happened.",
        }
        | cells,
    )


def placed(latitude: str, longitude: str, precision: str = "place") -> Row:
    """Give the cells of a place."""
    return {"latitude_deg": latitude, "longitude_deg": longitude, "geo_precision": precision}


def toll(low: str, best: str, high: str, quantity: str = "killed") -> Row:
    """Give the cells of a toll."""
    return {f"{quantity}_low": low, f"{quantity}_best": best, f"{quantity}_high": high}


def report(event_id: str, publisher: str = "Reuters", **cells: str) -> Row:
    """Make a report of an event, its address made of both."""
    url = f"https://example.org/{event_id}/{publisher.lower().replace(' ', '-')}"
    return _row(
        "reports",
        {"event_id": event_id, "publisher": publisher, "url": url, "language": "en"} | cells,
    )


def actor(actor_id: str, family: str, **cells: str) -> Row:
    """Make an actor whose names are its id."""
    names = {"actor_id": actor_id, "name": actor_id, "short_name": actor_id}
    return _row("actors", names | {"family": family, "kind": "armed_group"} | cells)


def theatre(theatre_id: str, country_codes: str, bounds: str = "0 0 10 10") -> Row:
    """Make a theatre with the bounds west south east north."""
    west, south, east, north = bounds.split()
    return _row(
        "theatres",
        {
            "theatre_id": theatre_id,
            "name": theatre_id.title(),
            "country_codes": country_codes,
            "west_deg": west,
            "south_deg": south,
            "east_deg": east,
            "north_deg": north,
        },
    )


def _row(table: str, cells: Mapping[str, str]) -> Row:
    row = {column.name: "" for column in TABLES[table]}
    assert cells.keys() <= row.keys(), cells.keys() - row.keys()
    return row | cells


def text(table: str, rows: Iterable[Mapping[str, str]]) -> str:
    """Write rows as the CSV text of a table."""
    out = io.StringIO(newline="")
    names = [column.name for column in TABLES[table]]
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(folder: Path, **tables: Iterable[Mapping[str, str]]) -> Path:
    """Write the package into a folder, with some tables replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in (SMALL | tables).items():
        (folder / f"{table}.csv").write_text(text(table, rows), encoding="utf-8", newline="")
    return folder


# In canonical order. Killed, best: 200 + 0 + 20 + 87 + 138 = 445 in the 5 events with a toll.
SMALL: dict[str, list[Row]] = {
    "events": [
        event(
            "2014-06-06-mosul",
            end_date="2014-06-10",
            place="Mosul",
            admin1="Ninawa",
            targets="iraqi-army",
            title="Fall of Mosul",
            displaced="500000",
            **placed("36.34", "43.13"),
            **toll("100", "200", "500"),
        ),
        event(
            "2014-08-03-sinjar",
            date_precision="week",
            place="Sinjar",
            event_type="mass_killing",
            targets="civilians",
            attribution="attributed",
            **placed("36.32", "41.87", "district"),
        ),
        event(
            "2015-01-22-london",
            country_code="GBR",
            event_type="diplomacy",
            initiators="global-coalition",
            attribution="official",
            title="Ministers of the coalition meet",
        ),
        event(
            "2019-03-23-baghuz",
            country_code="SYR",
            place="al-Baghuz al-‘Fawqani",
            event_type="territorial_change",
            initiators="sdf;global-coalition",
            targets="is",
            attribution="official",
            **placed("34.49", "40.95", "site"),
            **toll("0", "0", "0"),
        ),
        event(
            "2020-03-23-mocimboa",
            country_code="MOZ",
            place="Mocímboa da Praia",
            event_type="armed_assault",
            initiators="is-mozambique",
            targets="mozambique-police",
            **placed("-11.346", "40.353"),
            **toll("10", "20", "30"),
        ),
        event(
            "2021-03-01-cabo-delgado",
            end_date="2021-04-30",
            date_precision="month",
            country_code="MOZ",
            event_type="armed_assault",
            initiators="is-mozambique",
            attribution="suspected",
            title="Spring offensive",
        ),
        event(
            "2021-03-24-palma",
            end_date="2021-04-04",
            country_code="MOZ",
            place="Palma",
            event_type="siege",
            initiators="is-mozambique",
            targets="civilians;mozambique-police",
            title="Siege of Palma",
            displaced="64705",
            part_of="2021-03-01-cabo-delgado",
            **placed("-10.776", "40.473"),
            **toll("55", "87", "1000"),
            **toll("1", "2", "3", "wounded"),
        ),
        event(
            "2021-06-04-solhan",
            country_code="BFA",
            place="Solhan",
            event_type="mass_killing",
            initiators="gunmen",
            targets="civilians",
            attribution="suspected",
            **placed("13.18", "-0.1"),
            **toll("132", "138", "160"),
            **toll("40", "40", "40", "wounded"),
        ),
    ],
    # Independent sources: Mosul 2 (two pages of one agency), Palma 3, Solhan 2, the others 1.
    "reports": [
        report("2014-06-06-mosul", "Reuters", published_date="2014-06-11"),
        report("2014-06-06-mosul", "Dawn", via="AFP", killed_min="100", killed_max="500"),
        report("2014-06-06-mosul", "France 24", via="AFP"),
        report("2014-08-03-sinjar"),
        report("2015-01-22-london"),
        report("2019-03-23-baghuz"),
        report("2020-03-23-mocimboa"),
        report("2021-03-01-cabo-delgado"),
        report("2021-03-24-palma", "Lusa", published_date="2021-03-25", language="pt"),
        report("2021-03-24-palma", "Club of Mozambique", published_date="2021-03-26", via="lusa"),
        report("2021-03-24-palma", "Reuters", published_date="2021-03-27", scope="partial"),
        report("2021-03-24-palma", "Zitamar", published_date="2021-03-28"),
        report("2021-06-04-solhan", "Le Monde", via="AFP;Reuters", language="fr"),
    ],
    "actors": [
        actor("civilians", "civilians", kind="civilians", name="Civilians"),
        actor("global-coalition", "international_forces", name="Global Coalition"),
        actor("gunmen", "other_armed_groups", name="Unidentified gunmen"),
        actor("iraqi-army", "state_forces", name="Iraqi army", country_code="IRQ"),
        actor("is", "is_network", name="Islamic State", aliases="ISIS;Daesh"),
        actor("is-mozambique", "is_network", name="IS Mozambique", parent="is"),
        actor("mozambique-police", "state_forces", name="Police", country_code="MOZ"),
        actor("sdf", "local_forces", name="Syrian Democratic Forces"),
    ],
    "theatres": [
        theatre("iraq", "IRQ", "38 29 49 38"),
        theatre("syria", "SYR", "35 32 43 38"),
        theatre("mozambique", "MOZ;TZA", "37 -15 41.5 -9"),
        theatre("sahel", "BFA;MLI;NER", "-12 8 24 25"),
    ],
}
