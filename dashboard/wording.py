"""Numbers, days and selections in words, as newspapers write them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from functools import lru_cache

from dashboard.dataset import Dataset
from dashboard.geography import country_name
from dashboard.schema import (
    ATTRIBUTION_NAMES,
    ELSEWHERE,
    EXACT_PLACES,
    GEO_PRECISIONS,
    GROUP_NAMES,
    TYPE_NAMES,
    TYPES_OF_GROUP,
    UNDATED,
)
from dashboard.selection import Selection

NAME = "Conflict Timeline"
_INEXACT = {word.id: word.name for word in GEO_PRECISIONS if word.id not in EXACT_PLACES}
# English names of the languages that the reports are written in, by ISO 639 code.
LANGUAGES = {
    "ar": "Arabic",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ha": "Hausa",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "mr": "Marathi",
    "nl": "Dutch",
    "no": "Norwegian",
    "pcm": "Nigerian Pidgin",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "rw": "Kinyarwanda",
    "sl": "Slovenian",
    "sw": "Swahili",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "und": "language not given",
    "ur": "Urdu",
    "zh": "Chinese",
}
# What stands for the date of an event without one.
NO_DATE = "date not known"


def listed(items: Iterable[str], word: str = "and") -> str:
    """Join names: "a", "a and b", "a, b and c"."""
    names = list(items)
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def plural(number: int, noun: str, nouns: str | None = None) -> str:
    """Write a count with its noun: "1 event", "1,806 reports"."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def known_to(precisions: Collection[str]) -> str:
    """Say how well places are known that are not exact: "known to the district only", else ""."""
    found = [name.lower() for word, name in _INEXACT.items() if word in precisions]
    return f"known to the {listed(found, 'or')} only" if found else ""


@lru_cache(maxsize=16_384)
def day_text(day: datetime.date) -> str:
    """Write a day: 24 March 2021."""
    return f"{day.day} {day:%B %Y}"


def days_text(first: datetime.date, last: datetime.date, precision: str = "day") -> str:
    """Write an event's date as precisely as it is known, or a window of days."""
    if precision == UNDATED:
        return NO_DATE
    if precision == "year":
        return _years_text(first, last)
    if precision == "month":
        months = [f"{first:%B %Y}", f"{last:%B %Y}"]
        return months[0] if months[0] == months[1] else " – ".join(months)
    if first == last:
        text = day_text(first)
    elif (first.year, first.month) == (last.year, last.month):
        text = f"{first.day}–{day_text(last)}"
    elif first.year == last.year:
        text = f"{first.day} {first:%B} – {day_text(last)}"
    else:
        text = f"{day_text(first)} – {day_text(last)}"
    return f"about {text}" if precision == "week" else text


def _years_text(first: datetime.date, last: datetime.date) -> str:
    """Write whole years as such, and another span as what it is: the event lies somewhere in it."""
    if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        return f"between {day_text(first)} and {day_text(last)}"
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


def range_text(low: int, high: int) -> str:
    """Write low and high as one range, one number where they agree."""
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def sum_text(events: int, known: int, killed: int) -> str:
    """Write what some events cost, as lines of hover text: the tolls that are not known are told.

    Args:
        events: How many they are.
        known: How many of them have a toll.
        killed: The sum of these.
    """
    if not known:
        return "tolls unknown"
    total = f"{killed:,} killed in all"
    return total if known == events else f"{total}<br>the toll of {events - known:,} is unknown"


def language_name(code: str) -> str:
    """Name a language in English; one that we have no name for keeps its code."""
    return LANGUAGES.get(code, code)


def window_text(selection: Selection) -> str:
    """Write the window of days, "" where it is open on both sides."""
    first, last = selection.from_date, selection.to_date
    if first and last:
        return days_text(first, last)
    if first:
        return f"since {day_text(first)}"
    if last:
        return f"until {day_text(last)}"
    return ""


def type_names(types: Iterable[str]) -> list[str]:
    """Name event types, a whole group by its own name."""
    left = set(types)
    names = []
    for group, members in TYPES_OF_GROUP.items():
        if left.issuperset(members):
            names.append(GROUP_NAMES[group])
            left -= set(members)
    return names + [TYPE_NAMES[word] for word in TYPE_NAMES if word in left]


def filters_in_words(dataset: Dataset, selection: Selection) -> list[tuple[tuple[str, ...], str]]:
    """Describe each filter that is set.

    Returns:
        For each: the fields of the selection that it stands in, and its words.
    """
    labels = dataset.actor_labels
    actors = listed((labels.get(actor, actor) for actor in selection.actors), "or")
    against = listed((labels.get(actor, actor) for actor in selection.against), "or")
    role = {"either": "", "initiator": " as initiator", "target": " as target"}[selection.role]
    found: list[tuple[tuple[str, ...], str]] = [
        (
            ("theatres",),
            listed(
                (
                    name
                    for theatre, name in {**dataset.theatre_names, ELSEWHERE: "Elsewhere"}.items()
                    if theatre in selection.theatres
                ),
                "or",
            ),
        ),
        (("countries",), listed(map(country_name, selection.countries), "or")),
        (("actors", "role"), f"{actors}{role}" if actors else ""),
        (("against",), f"against {against}" if against else ""),
        (("types",), listed(type_names(selection.types), "or").lower().replace("is ", "IS ")),
        (("from_date", "to_date"), window_text(selection)),
        (
            ("killed_min",),
            ""
            if selection.killed_min is None
            else f"at least {selection.killed_min:,} killed"
            if selection.killed_min
            else "toll known",
        ),
        (
            ("attributions",),
            listed((ATTRIBUTION_NAMES[word].lower() for word in selection.attributions), "or"),
        ),
        (
            ("sources_min",),
            f"at least {selection.sources_min} independent sources"
            if selection.sources_min
            else "",
        ),
        (("certain",), "day and place certain" if selection.certain else ""),
        (("q",), f"text “{selection.q}”" if selection.q else ""),
        (("area",), "an area on the map" if selection.area else ""),
    ]
    return [(names, words) for names, words in found if words]


def selection_in_words(dataset: Dataset, selection: Selection) -> str:
    """Describe all filters in one line; "all events" where none is set."""
    words = [text for _, text in filters_in_words(dataset, selection)]
    return "; ".join(words) if words else "all events"
