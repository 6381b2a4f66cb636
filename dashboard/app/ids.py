"""Every id on the page."""

from __future__ import annotations

URL = "url"
MAIN = "main"
WISH = "wish"
VIEWPORT = "viewport"
DRAWN = "drawn"
SCREEN = "screen"
FILTERS = "filters"
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
SCALE = "scale"
PRESETS = "presets"
UNPLACED = "unplaced"


def graph(view: str) -> str:
    """Return the id of a view's figure."""
    return f"graph-{view}"


def head(view: str) -> str:
    """Return the id of the controls above a view's figure."""
    return f"head-{view}"
