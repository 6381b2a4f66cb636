"""All colours, fonts and sizes, and the media that a figure is drawn for."""

from __future__ import annotations

from dataclasses import dataclass, field

SANS = "Noto Sans"
SERIF = "Noto Serif"
SANS_STACK = "'Noto Sans', 'DejaVu Sans', sans-serif"
SERIF_STACK = "'Noto Serif', 'DejaVu Serif', serif"

# 90 mm and 180 mm at 96 CSS pixels an inch.
COLUMN_PX = 340
PAGE_PX = 680


@dataclass(frozen=True, slots=True, eq=False)
class Palette:
    """The colours of one theme.

    `fill` and `edge` map type groups; an edge stands at 3:1 or more against `panel`, so that hollow
    marks and pale fills can be told from the ground. `region` is for names of countries
    and waters, which stand back behind those of places.
    """

    page: str
    panel: str
    ink: str
    soft: str
    line: str
    rule: str
    accent: str
    land_focus: str
    land: str
    sea: str
    river: str
    region: str
    ghost: str
    ghost_edge: str
    band: str
    on_fill: str
    fill: dict[str, str]
    edge: dict[str, str]
    attribution: dict[str, str]
    family: dict[str, str]
    pair: tuple[str, str]


_FAMILIES_LIGHT = {
    "is_network": "#AA3377",
    "al_qaeda_network": "#EE6677",
    "state_forces": "#4477AA",
    "international_forces": "#2295BD",
    "local_forces": "#228833",
    "other_armed_groups": "#998A1F",
    "governments": "#667085",
    "civilians": "#9A6B4F",
}

LIGHT = Palette(
    page="#faf9f6",
    panel="#ffffff",
    ink="#1b2230",
    soft="#5d6779",
    line="#e4e1d9",
    rule="#b9b3a4",
    accent="#0f5c6e",
    land_focus="#fffdf8",
    land="#f0eee8",
    sea="#e3eaef",
    river="#bccbd8",
    region="#857f70",
    ghost="#eae8e2",
    ghost_edge="#d3cfc4",
    band="#e5edee",
    on_fill="#ffffff",
    fill={
        "civilians": "#AA3377",
        "battles": "#4477AA",
        "bombings": "#EE6677",
        "strikes": "#CCBB44",
        "territory": "#228833",
        "politics": "#66CCEE",
        "unstated": "#BBBBBB",
    },
    edge={
        "civilians": "#7D2257",
        "battles": "#2F5780",
        "bombings": "#C0394E",
        "strikes": "#8A7B14",
        "territory": "#155F22",
        "politics": "#1B86AD",
        "unstated": "#6B6B6B",
    },
    attribution={
        "claimed": "#AA3377",
        "official": "#228833",
        "attributed": "#4477AA",
        "suspected": "#998A1F",
    },
    family=_FAMILIES_LIGHT,
    pair=("#4477AA", "#C0394E"),
)

DARK = Palette(
    page="#12161d",
    panel="#1a2029",
    ink="#e9ecf1",
    soft="#98a2b3",
    line="#2a323e",
    rule="#4a5565",
    accent="#5bb6c9",
    land_focus="#222934",
    land="#1b212a",
    sea="#141a22",
    river="#33465a",
    region="#747f91",
    ghost="#262d38",
    ghost_edge="#3a4350",
    band="#1d2c35",
    on_fill="#12161d",
    fill={
        "civilians": "#C8529A",
        "battles": "#5B8FC4",
        "bombings": "#EE6677",
        "strikes": "#CCBB44",
        "territory": "#3FA052",
        "politics": "#66CCEE",
        "unstated": "#9AA1AC",
    },
    edge={
        "civilians": "#E07CB8",
        "battles": "#86AFDB",
        "bombings": "#F59AA6",
        "strikes": "#E2D678",
        "territory": "#6CC27D",
        "politics": "#A0E0F5",
        "unstated": "#CDD2DA",
    },
    attribution={
        "claimed": "#C8529A",
        "official": "#3FA052",
        "attributed": "#5B8FC4",
        "suspected": "#CCBB44",
    },
    family={
        **_FAMILIES_LIGHT,
        "is_network": "#C8529A",
        "state_forces": "#5B8FC4",
        "international_forces": "#66CCEE",
        "local_forces": "#3FA052",
        "other_armed_groups": "#CCBB44",
        "governments": "#98a2b3",
        "civilians": "#C49A7F",
    },
    pair=("#5B8FC4", "#EE6677"),
)

PALETTES = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True)
class Medium:
    """What a figure is drawn for.

    A framed figure stands alone: it carries its title, legend and source line. An unframed one
    sits in the page, which shows them around it. `font_px` is the size of running text; the
    smallest text is `small_px`. `seen` is what the reader sees of each map that was moved: plotly's
    name of the map, and west, south, east, north; or of the timeline: "time", and its first and
    last moment in milliseconds since 1970. `seen_of` is the `uirevision` of what was moved.
    """

    name: str
    width_px: int
    height_px: int
    font_px: float = 12.0
    framed: bool = True
    palette: Palette = field(default_factory=lambda: LIGHT)
    unit: str = "px"
    seen: tuple[tuple[str, tuple[float, ...]], ...] = ()
    seen_of: str = ""

    @property
    def small_px(self) -> float:
        """Size of notes, axis numbers and the source line, in pixels."""
        return round(self.font_px * 0.86, 2)

    @property
    def title_px(self) -> float:
        """Size of the headline, in pixels."""
        return round(self.font_px * 1.75, 2)

    @property
    def is_narrow(self) -> bool:
        """Whether lane names must stand above their lanes rather than beside them."""
        return self.width_px < 46 * self.font_px


# Print presets keep every text at 6 pt (8 px) or more.
PRESETS = {
    "web": Medium("web", 1200, 675, 13.5),
    "social": Medium("social", 1080, 1080, 17),
    "slide": Medium("slide", 1920, 1080, 21),
    "column": Medium("column", COLUMN_PX, 470, 9.4, unit="mm"),
    "page": Medium("page", PAGE_PX, 480, 10.5, unit="mm"),
}


def font(medium: Medium, size_px: float | None = None, colour: str | None = None) -> dict:
    """Return a plotly font of the sans face."""
    return {
        "family": SANS_STACK,
        "size": size_px or medium.font_px,
        "color": colour or medium.palette.ink,
    }


def base_layout(medium: Medium) -> dict:
    """Return what every figure's layout shares."""
    palette = medium.palette
    layout = {
        "font": font(medium),
        "paper_bgcolor": palette.panel,
        "plot_bgcolor": palette.panel,
        "showlegend": False,
        "separators": ".,",
        "hoverlabel": {
            "bgcolor": palette.panel,
            "bordercolor": palette.rule,
            "font": font(medium, 12 if not medium.framed else medium.font_px),
            "align": "left",
        },
    }
    if medium.framed:
        layout |= {"width": medium.width_px, "height": medium.height_px}
    return layout


def number(value: float) -> str:
    """Write a whole number as newspapers do: 1,193."""
    return f"{value:,.0f}"
