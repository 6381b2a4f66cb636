"""Three tables that every engine is asked about: the published, an odd and a generated one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import narwhals as nw
import pandas as pd

from benchmarks import generate
from dashboard import engine
from dashboard.dataset import Dataset, load
from tests import package
from tests.package import event, placed, toll

TABLES = ("published", "odd", "generated")
EVENTS = 5_000


@dataclass(frozen=True)
class Table:
    """One table in memory and, with the same rows, as a large package."""

    events: pd.DataFrame
    reports: pd.DataFrame
    families: dict[str, str]
    folder: Path

    @property
    def frame(self) -> nw.DataFrame:
        """The events as pandas holds them."""
        return nw.from_native(self.events, eager_only=True)


def make(name: str, published: Dataset, folder: Path) -> Table:
    """Write one of `TABLES` into a folder."""
    if name == "generated":
        return _generated(folder)
    dataset = published if name == "published" else load(_odd(folder / "csv"))
    events = engine.prepared(dataset)
    # Back to front and in two pieces: the order is the writer's affair.
    pieces = [part.iloc[::-1] for part in (events.iloc[3:], events.iloc[:3])]
    engine.write(pieces, [dataset.reports], dataset.actors, dataset.theatres, folder)
    return Table(events, dataset.reports, dataset.actor_families, folder)


def _generated(folder: Path) -> Table:
    world, months = generate.plan(EVENTS, 7)
    events = pd.concat(generate.pieces(world, months, 7), ignore_index=True)
    reports = pd.concat(generate.report_pieces(world, months, 7, 0.2), ignore_index=True)
    engine.write([events], [reports], world.actors, world.theatres, folder)
    families = dict(zip(world.actors["actor_id"], world.actors["family"], strict=True))
    return Table(events, reports, families, folder)


def _odd(folder: Path) -> Path:
    """Write events at the edges: of time, of the world, of spelling, of what is known."""
    day = "2020-02-29"
    rows = [
        event("1945-08-06-before-the-epoch", place="Ödemiş", **placed("-0.00001", "-180")),
        event("1969-12-31-last-day-before", end_date="1970-01-01", **toll("0", "0", "0")),
        event(f"{day}-a", place="İstanbul", title="%_'\"; DROP", **placed("90", "180")),
        event(f"{day}-b", place="istanbul", title="straße", targets="", **toll("1", "5", "9")),
        event(
            f"{day}-c", place="", title="STRASSE", **placed("0", "0.00001"), **toll("2", "5", "9")
        ),
        event(f"{day}-d", title="Éclair", date_precision="year", **toll("5", "5", "5")),
        event(f"{day}-e", title="éclair", initiators="sdf;is", targets="is;sdf"),
        event(
            "2020-03-01-large",
            displaced="900000000",
            country_code="GBR",
            initiators="global-coalition;gunmen;sdf",
            targets="civilians",
            **placed("0.1", "0.3", "country"),
            **toll("0", "900000000", "990000000"),
        ),
        event("2020-03-01-same-place", **placed("0.1", "0.3"), **toll("1", "1", "1", "wounded")),
        event("2020-03-01-west", **placed("0.1", "-0.3", "site"), event_type="bombing"),
        event("2099-12-31-far", end_date="2100-01-01", event_type="siege", country_code="MOZ"),
    ]
    reports = [package.report(row["event_id"]) for row in rows]
    reports += [package.report(f"{day}-b", name, via="AFP") for name in ("Lusa", "Ünal")]
    return package.write(folder, events=rows, reports=reports)
