"""An event in words and numbers that every view needs: label, hover text, where its mark stands."""

from __future__ import annotations

import html

import pandas as pd

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.schema import GEO_RADIUS_KM

EPOCH = pd.Timestamp(0)


def describe(dataset: Dataset, events: pd.DataFrame) -> pd.DataFrame:
    """Add what every view needs to know of some events.

    Args:
        dataset: The table.
        events: Rows of `engine.prepared`.

    Returns:
        One row an event, indexed by event_id: the given columns and start_ms, end_ms (milliseconds
        since 1970, UTC), killed (float, NaN unknown), is_vague, radius_km (of the circle it lies
        in), spot (key of its place), label (short place name, not escaped), hover (escaped text of
        several lines).
    """
    # Plain objects: a few hundred of them are taken apart faster than Arrow's strings.
    texts = events.select_dtypes("str").columns
    events = events.astype(dict.fromkeys(texts, "object"))
    milliseconds = pd.Timedelta(milliseconds=1)
    return (
        events.assign(
            start_ms=((events["start_date"] - EPOCH) / milliseconds).astype("float64"),
            end_ms=((events["end_date"] - EPOCH) / milliseconds).astype("float64"),
            killed=events["killed_best"]
            .astype("Float64")
            .to_numpy("float64", na_value=float("nan")),
            is_vague=events["date_precision"] != "day",
            radius_km=events["geo_precision"].map(GEO_RADIUS_KM).astype("float64"),
            spot=[
                f"{latitude:.4f},{longitude:.4f}"
                for latitude, longitude in zip(
                    events["latitude_deg"], events["longitude_deg"], strict=True
                )
            ],
            label=[short_place(place) for place in events["place"]],
            hover=[_hover(dataset, one) for one in events.itertuples(index=False)],
        )
        .set_index("event_id", drop=False)
        .copy()
    )


def short_place(place: str) -> str:
    """Shorten a place to its first name: "Palma, Cabo Delgado" gives "Palma".

    What lies between two names keeps both.
    """
    place = place.split(" (")[0].split(";")[0]
    first = place.split(",")[0]
    if "between " in first.lower():
        return (first if " and " in first else place).strip()
    return first.split(" and ")[0].strip()


def toll_text(low, best, high, noun: str = "killed") -> str:
    """Write a toll with its range: "1,193 killed (55–1,357)"; unknown in so many words."""
    if pd.isna(best):
        return f"number {noun} unknown"
    text = f"{best:,} {noun}"
    return text if low == high else f"{text} ({wording.range_text(low, high)})"


def sides_text(dataset: Dataset, initiators: str, targets: str) -> str:
    """Write who acted against whom: "IS Mozambique → civilians"."""
    labels = dataset.actor_labels
    sides = [
        ", ".join(labels.get(actor, actor) for actor in side.split(";"))
        for side in (initiators, targets)
        if side
    ]
    return " → ".join(sides)


def _hover(dataset: Dataset, one) -> str:
    when = wording.days_text(one.start_date.date(), one.end_date.date(), one.date_precision)
    where = short_place(one.place)
    lines = [
        f"{when} · {where}" if where else when,
        toll_text(one.killed_low, one.killed_best, one.killed_high),
        f"{sides_text(dataset, one.initiators, one.targets)} · {one.attribution}",
    ]
    title = f"<b>{html.escape(one.title, quote=False)}</b>"
    return "<br>".join([title, *(html.escape(line, quote=False) for line in lines)])
