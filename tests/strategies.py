"""What Hypothesis makes up: small packages and selections."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from dashboard.schema import (
    ACTOR_KINDS,
    ATTRIBUTIONS,
    DATE_PRECISIONS,
    EVENT_TYPES,
    FAMILIES,
    GEO_PRECISIONS,
    Word,
)
from dashboard.selection import COLOURS, FILTER_FIELDS, LANES, ROLES, TABS, Selection
from tests import package

COUNTRIES = ("IRQ", "SYR", "MOZ", "TZA", "BFA", "GBR")
ACTORS = ("civilians", "is", "is-mozambique", "sdf")
DAYS = st.dates(datetime.date(2013, 1, 1), datetime.date(2026, 12, 31))
# Printable text with quotes, commas, accents and other scripts: what a CSV must carry.
TEXTS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12).map(
    lambda text: text.strip() or "x"
)


def words(table: tuple[Word, ...]) -> st.SearchStrategy[str]:
    """Pick the id of a word."""
    return st.sampled_from([word.id for word in table])


def degrees(limit: int) -> st.SearchStrategy[str]:
    """Make degrees of up to five decimals, as a file writes them."""
    numbers = st.integers(-limit * 10**5, limit * 10**5)
    return numbers.map(lambda number: f"{number / 10**5:.5f}".rstrip("0").rstrip("."))


@st.composite
def event_rows(draw: st.DrawFn, number: int) -> package.Row:
    """Make one sound event."""
    first = draw(DAYS)
    cells = {
        "end_date": str(first + datetime.timedelta(days=draw(st.integers(0, 40)))),
        "date_precision": draw(words(DATE_PRECISIONS)),
        "country_code": draw(st.sampled_from(COUNTRIES)),
        "place": draw(st.just("") | TEXTS),
        "event_type": draw(words(EVENT_TYPES)),
        "initiators": draw(_actors(1)),
        "targets": draw(_actors(0)),
        "attribution": draw(words(ATTRIBUTIONS)),
        "title": draw(TEXTS),
        "summary": draw(TEXTS),
        "displaced": draw(st.just("") | st.integers(0, 10**6).map(str)),
    }
    for quantity in ("killed", "wounded"):
        if draw(st.booleans()):
            low, best, high = sorted(draw(st.tuples(*[st.integers(0, 3000)] * 3)))
            cells |= package.toll(str(low), str(best), str(high), quantity)
    latitude, longitude = draw(degrees(90)), draw(degrees(180))
    if draw(st.booleans()) and (float(latitude), float(longitude)) != (0.0, 0.0):
        cells |= package.placed(latitude, longitude, draw(words(GEO_PRECISIONS)))
    return package.event(f"{first}-place-{number}", **cells)


def _actors(least: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(ACTORS), min_size=least, max_size=3, unique=True).map(";".join)


@st.composite
def packages(draw: st.DrawFn) -> dict[str, list[package.Row]]:
    """Make the rows of a sound package, events and reports in any order."""
    events = [draw(event_rows(number)) for number in range(draw(st.integers(1, 6)))]
    reports = [
        package.report(
            row["event_id"],
            publisher,
            url=f"https://example.org/{row['event_id']}/{place}",
            published_date=draw(st.just("") | DAYS.map(str)),
            note=draw(st.just("") | TEXTS),
        )
        for row in events
        for place, publisher in enumerate(draw(st.lists(TEXTS, min_size=1, max_size=2)))
    ]
    actors = [
        package.actor(
            actor_id,
            draw(words(FAMILIES)),
            kind=draw(words(ACTOR_KINDS)),
            name=draw(TEXTS),
        )
        for actor_id in ACTORS
    ]
    return {
        "events": draw(st.permutations(events)),
        "reports": draw(st.permutations(reports)),
        "actors": draw(st.permutations(actors)),
        "theatres": [package.theatre("iraq", "IRQ"), package.theatre("south-east", "MOZ;TZA")],
    }


def _some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3).map(tuple)


IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True).filter(lambda s: len(s) <= 80)
_LONGITUDES = st.floats(-180, 180, allow_nan=False)
_LATITUDES = st.floats(-90, 90, allow_nan=False)
AREAS = st.one_of(
    st.just(()),
    st.tuples(_LONGITUDES, _LATITUDES, _LONGITUDES, _LATITUDES),
    st.lists(st.tuples(_LONGITUDES, _LATITUDES), min_size=3, max_size=40).map(
        lambda corners: tuple(degree for corner in corners for degree in corner)
    ),
)


@st.composite
def selections(draw: st.DrawFn, actors: tuple[str, ...] = ACTORS) -> Selection:
    """Make a valid Selection with any of its fields set."""
    first, last = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if first and last and first > last:
        first, last = last, first
    return Selection(
        theatres=draw(_some(("iraq", "syria", "mozambique", "sahel"))),
        countries=draw(_some(COUNTRIES)),
        actors=draw(_some(actors)),
        role=draw(st.sampled_from(ROLES)),
        types=draw(_some(tuple(word.id for word in EVENT_TYPES))),
        from_date=first,
        to_date=last,
        killed_min=draw(st.none() | st.integers(0, 999_999_999)),
        attributions=draw(_some(tuple(word.id for word in ATTRIBUTIONS))),
        sources_min=draw(st.none() | st.integers(0, 50)),
        certain=draw(st.booleans()),
        q=draw(st.text(max_size=30)),
        area=draw(AREAS),
        event=draw(st.just("") | IDS),
        at=draw(st.just(()) | st.tuples(_LATITUDES, _LONGITUDES)),
        lanes=draw(st.sampled_from(LANES)),
        colour=draw(st.sampled_from(COLOURS)),
        zoom=draw(st.booleans()),
        map=draw(st.just("") | IDS),
        tab=draw(st.sampled_from(TABS)),
        story=draw(st.just("") | IDS),
        step=draw(st.integers(0, 99)),
        embed=draw(st.sampled_from(("", "timeline", "map"))),
        version=draw(st.just("") | IDS),
    )


@st.composite
def filters(draw: st.DrawFn, actors: tuple[str, ...] = ACTORS) -> Selection:
    """Make a Selection of one or two filters, so that it still chooses something."""
    full = draw(selections(actors))
    names = draw(st.sets(st.sampled_from(FILTER_FIELDS), min_size=1, max_size=2))
    names |= {"role"} if "actors" in names else set()
    return Selection(**{name: getattr(full, name) for name in names})
