"""An event in words and numbers that every view needs: label, hover text, where its mark stands."""

from __future__ import annotations

import html
from functools import cache, lru_cache, partial

import pandas as pd

from dashboard import wording
from dashboard.dataset import Dataset
from dashboard.schema import GEO_RADIUS_KM

EPOCH = pd.Timestamp(0)
_escape = partial(html.escape, quote=False)


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
    labels = [short_place(place) for place in events["place"]]
    spots = zip(events["latitude_deg"].tolist(), events["longitude_deg"].tolist(), strict=True)
    made = {
        "spot": [f"{latitude:.4f},{longitude:.4f}" for latitude, longitude in spots],
        "label": labels,
        "hover": _hovers(dataset, events, labels),
    }
    return (
        events.assign(
            start_ms=((events["start_date"] - EPOCH) / milliseconds).astype("float64"),
            end_ms=((events["end_date"] - EPOCH) / milliseconds).astype("float64"),
            killed=events["killed_best"]
            .astype("Float64")
            .to_numpy("float64", na_value=float("nan")),
            is_vague=events["date_precision"] != "day",
            radius_km=events["geo_precision"].map(GEO_RADIUS_KM).astype("float64"),
            **{
                name: pd.Series(values, events.index, dtype="object")
                for name, values in made.items()
            },
        )
        .set_index(pd.Index(events["event_id"], dtype="object"), drop=False)
        .copy()
    )


@lru_cache(maxsize=8_192)
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


def _hovers(dataset: Dataset, events: pd.DataFrame, places: list[str]) -> list[str]:
    # Of two thousand events many share a day, a place, a toll or their sides.
    days_text, toll, escaped = cache(wording.days_text), cache(toll_text), cache(_escape)
    sides = cache(partial(sides_text, dataset))
    first, last = (
        events[name].to_numpy("datetime64[D]").tolist() for name in ("start_date", "end_date")
    )
    tolls = (events[name].tolist() for name in ("killed_low", "killed_best", "killed_high"))
    words = ("date_precision", "initiators", "targets", "attribution", "title")
    rows = zip(first, last, places, *tolls, *(events[name].tolist() for name in words), strict=True)
    texts = []
    for start, end, where, low, best, high, precision, initiators, targets, by, title in rows:
        when = days_text(start, end, precision)
        lines = (
            f"<b>{_escape(title)}</b>",
            f"{when} · {escaped(where)}" if where else when,
            toll(low, best, high),
            f"{escaped(sides(initiators, targets))} · {escaped(by)}",
        )
        texts.append("<br>".join(lines))
    return texts
