"""The words around a picture: headline, how to read it, and where its figures come from."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.dataset import Dataset
from dashboard.selection import Selection
from dashboard.views import chosen, common


@dataclass(frozen=True, slots=True)
class Texts:
    """A picture's headline, the line under it, and the lines at its foot."""

    title: str
    subtitle: str
    caption: tuple[str, ...]


def texts(dataset: Dataset, selection: Selection, reading: str, link: str = "") -> Texts:
    """Write the texts of a picture of many events.

    Args:
        dataset: The table.
        selection: What of it.
        reading: How to read the picture, in a sentence; left out where there is nothing to read.
        link: Where the picture can be seen live; by default the query string.
    """
    link = link or selection.filters.to_query()
    is_empty = not chosen.number(dataset, selection)
    return Texts(
        common.headline(dataset, selection),
        "" if is_empty else f"{common.toll_range(dataset, selection)} {reading}".strip(),
        tuple(common.source_lines(dataset, selection, link)),
    )
