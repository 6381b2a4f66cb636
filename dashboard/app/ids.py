"""Every id on the page."""

from __future__ import annotations

URL = "url"
MAIN = "main"
WISH = "wish"
VIEWPORT = "viewport"
DRAWN = "drawn"
MARKUP = "markup"
SCREEN = "screen"
FILTERS = "filters"
ACTORS = "actors"
ACTOR_SEARCH = "actor-search"
EVIDENCE = "evidence"
FROM = "from"
TO = "to"
SEARCH = "search"
STATUS = "status"
NOTICE = "notice"
NUMBERS = "numbers"
PANEL = "panel"
TABS = "tabs"
TAB_BODY = "tab-body"
ROWS = "rows"
SHARE = "share"
LIVE = "live"
BRUSH = "brush"
EMBED = "embed"
KEY = "key"
STORY = "story"
HELP = "help"
FILTER_COLUMN = "filter-column"
PRESETS = "presets"
UNPLACED = "unplaced"


def graph(view: str) -> str:
    """Return the id of a view's figure."""
    return f"graph-{view}"


def head(view: str) -> str:
    """Return the id of the controls above a view's figure."""
    return f"head-{view}"


def reading(view: str) -> str:
    """Return the id of the sentence that says how to read a figure."""
    return f"reading-{view}"


def words(view: str) -> str:
    """Return the id of a figure's summary in words."""
    return f"words-{view}"
