"""The page as its reader meets it: tests say what is done and seen, here is how."""

from __future__ import annotations

from tests.browser.figures import Figures
from tests.browser.filters import Filters
from tests.browser.parts import Parts


class Page(Filters, Figures, Parts):
    """One tab with the page in it; every action returns when the page has come to rest."""
