"""Which events are chosen and how they are shown: one immutable value, one link for each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qsl, quote

from dashboard import spelling
from dashboard.errors import SelectionError, nearest, shown
from dashboard.schema import ATTRIBUTIONS, EVENT_TYPES
from dashboard.spelling import MAX_TEXT

ROLES = ("either", "initiator", "target")
LANES = ("theatre", "country", "actor", "type")
COLOURS = ("type", "attribution", "actor")
MEASURES = ("events", "killed")
TABS = ("events", "trend", "actors", "sources", "compare", "about")
MAX_QUERY = 8_000
MAX_AREA_POINTS = spelling.MAX_AREA_POINTS

# Old spellings of links, oldest first: (date, what to do with the pairs of a query). None yet.
MIGRATIONS: tuple[tuple[str, Callable[[list[tuple[str, str]]], list[tuple[str, str]]]], ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters, the event in focus, and the way of looking.

    Equal selections have equal links. Lists are kept sorted and without repeats; None and empty
    mean "no limit". `area` is a box (west, south, east, north) or the corners of a polygon
    (longitude, latitude, longitude, …), in degrees to three decimals. `at` is what the panel lists
    the events of: a place (latitude, longitude) or a cell (west, south, east, north). `against`
    names actors of whom one must be a target.
    """

    theatres: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    role: str = "either"
    against: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    from_date: datetime.date | None = None
    to_date: datetime.date | None = None
    killed_min: int | None = None
    attributions: tuple[str, ...] = ()
    sources_min: int | None = None
    certain: bool = False
    q: str = ""
    area: tuple[float, ...] = ()
    event: str = ""
    at: tuple[float, ...] = ()
    page: int = 0
    lanes: str = "theatre"
    colour: str = "type"
    measure: str = "events"
    zoom: bool = False
    map: str = ""
    tab: str = "events"
    story: str = ""
    step: int = 0
    embed: str = ""
    version: str = ""

    def __post_init__(self) -> None:
        """Bring every field to its one spelling."""
        # A page holds hundreds of links, each made from a selection: most of its fields are empty.
        for name in ("theatres", "countries", "actors", "against", "types", "attributions"):
            if (values := getattr(self, name)) != ():
                object.__setattr__(self, name, tuple(sorted(set(values))))
        if self.q:
            object.__setattr__(self, "q", " ".join(_printable(self.q).split())[:MAX_TEXT].strip())
        if self.area != ():
            area = _in_order(tuple(round(x, 3) + 0.0 for x in self.area))
            object.__setattr__(self, "area", area)
        if self.at != ():
            object.__setattr__(self, "at", tuple(round(x, 5) + 0.0 for x in self.at))
        if self.sources_min is not None and self.sources_min <= 1:
            object.__setattr__(self, "sources_min", None)
        if not self.actors:
            object.__setattr__(self, "role", "either")

    @classmethod
    def from_query(
        cls, query: str, vocabulary: Mapping[str, Collection[str]] | None = None
    ) -> Selection:
        """Read a link's query string, with or without its question mark.

        Args:
            query: For example `?theatre=mozambique&from=2021-03-01`.
            vocabulary: The ids that the table knows, by key (`Dataset.vocabulary`); left out, any
                well-formed id passes.

        Raises:
            SelectionError: An unknown key or value; the message has one sentence for each.
        """
        selection, problems = cls.parse(query, vocabulary)
        if problems:
            raise SelectionError(" ".join(problems))
        return selection

    @classmethod
    def parse(
        cls, query: str, vocabulary: Mapping[str, Collection[str]] | None = None
    ) -> tuple[Selection, list[str]]:
        """Read a link as far as it is understood; the rest comes back as sentences."""
        problems: list[str] = []
        if len(query) > MAX_QUERY:
            return cls(), [f"The link is longer than {MAX_QUERY:,} characters and was not read."]
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        for _, migrate in MIGRATIONS:
            pairs = migrate(pairs)
        found: dict[str, object] = {}
        for key, text in pairs:
            if _IS_TRACKING.match(key):
                continue
            if key not in _KEYS:
                problems.append(f"No filter is called {shown(key)}.{nearest(key, _KEYS)}")
                continue
            if not text:
                continue
            name, read = _KEYS[key]
            try:
                value = read(key, text, (vocabulary or {}).get(key))
            except SelectionError as error:
                problems += [str(argument) for argument in error.args[0]]
                value = error.args[1]
            if value is not None:
                earlier = found.get(name)
                joined = isinstance(earlier, tuple) and key not in ("area", "at")
                found[name] = (*earlier, *value) if joined else value  # type: ignore[misc]
        first, last = found.get("from_date"), found.get("to_date")
        if first and last and first > last:  # type: ignore[operator]
            problems.append(f"from={first} is after to={last}. Swap the two days.")
            del found["from_date"], found["to_date"]
        return cls(**found), problems  # type: ignore[arg-type]

    def to_query(self) -> str:
        """Write the link's query string: canonical, `?` first, empty when nothing is chosen."""
        parts = []
        for key, (name, _) in _KEYS.items():
            value = getattr(self, name)
            if value != _DEFAULTS[name]:
                parts.append(_pair(key, value))
        return "?" + "&".join(parts) if parts else ""

    def to_queries(self, field: str) -> Callable[[Iterable[str]], str]:
        """Return what writes the link of this selection with other values of one list of ids.

        A page holds hundreds of such links: all but the list itself is written once.

        Args:
            field: One of `theatres`, `countries`, `actors`, `against`, `types`, `attributions`.
        """
        key = next(key for key, (name, _) in _KEYS.items() if name == field)
        bare = self.with_(**{field: ()}).to_query()
        pairs = self.with_(**{field: ("-",)}).to_query()[1:].split("&")
        place = pairs.index(_pair(key, ("-",)))

        def written(values: Iterable[str]) -> str:
            ids = tuple(sorted(set(values)))
            if not ids:
                return bare
            return "?" + "&".join([*pairs[:place], _pair(key, ids), *pairs[place + 1 :]])

        return written

    def with_(self, **changes: object) -> Selection:
        """Return this selection with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def filters(self) -> Selection:
        """The part that decides which events are chosen, nothing of how they are shown."""
        return Selection(**{name: getattr(self, name) for name in FILTER_FIELDS})

    @property
    def is_limited(self) -> bool:
        """Whether any filter is set."""
        return self.filters != Selection()


FILTER_FIELDS = (
    "theatres",
    "countries",
    "actors",
    "role",
    "against",
    "types",
    "from_date",
    "to_date",
    "killed_min",
    "attributions",
    "sources_min",
    "certain",
    "q",
    "area",
)
_DEFAULTS: dict[str, object] = {field.name: field.default for field in fields(Selection)}

# What mail programs and social networks add to a link.
_IS_TRACKING = re.compile(r"utm_\w+\Z|(fbclid|gclid|mc_cid|mc_eid|igshid)\Z")


def _in_order(area: tuple[float, ...]) -> tuple[float, ...]:
    if len(area) != 4:
        return area
    (west, east), (south, north) = sorted(area[::2]), sorted(area[1::2])
    return west, south, east, north


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() or letter.isspace())


def _pair(key: str, value: object) -> str:
    return f"{key}={quote(_write(value), safe=',-.:')}"


def _write(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(f"{item:.8g}" if isinstance(item, float) else str(item) for item in value)
    return str(int(value)) if isinstance(value, bool) else str(value)


# Each key of a link: the field it fills and how its text is read. The order is the link's order.
_KEYS: dict[str, tuple[str, spelling.Reader]] = {
    "theatre": ("theatres", spelling.listing("theatre")),
    "country": ("countries", spelling.listing("country", case="upper")),
    "actor": ("actors", spelling.listing("actor")),
    "role": ("role", spelling.one("role", ROLES)),
    "against": ("against", spelling.listing("actor")),
    "type": ("types", spelling.listing("event type", tuple(word.id for word in EVENT_TYPES))),
    "from": ("from_date", spelling.read_day),
    "to": ("to_date", spelling.read_day),
    "killed_min": ("killed_min", spelling.read_number),
    "attribution": (
        "attributions",
        spelling.listing("attribution", tuple(word.id for word in ATTRIBUTIONS)),
    ),
    "sources_min": ("sources_min", spelling.read_number),
    "certain": ("certain", spelling.read_flag),
    "q": ("q", spelling.read_text),
    "area": ("area", spelling.read_area),
    "event": ("event", spelling.one("event")),
    "at": ("at", spelling.read_at),
    "page": ("page", spelling.read_number),
    "lanes": ("lanes", spelling.one("kind of lanes", LANES)),
    "colour": ("colour", spelling.one("kind of colour", COLOURS)),
    "measure": ("measure", spelling.one("measure", MEASURES)),
    "zoom": ("zoom", spelling.read_flag),
    "map": ("map", spelling.one("map")),
    "tab": ("tab", spelling.one("tab", TABS)),
    "story": ("story", spelling.one("story")),
    "step": ("step", spelling.read_number),
    "embed": ("embed", spelling.one("figure")),
    "v": ("version", spelling.one("data version")),
}
KEYS = tuple(_KEYS)
