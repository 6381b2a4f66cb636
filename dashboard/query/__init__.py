"""Questions to the events, in narwhals: a frame in, a small answer out.

Every function takes the frame of `engine.open_events` or of `Connection.events`, or what `select`
left of it, and gives the same answer whatever holds the rows. Sums leave unknown tolls out (unknown
is not zero) and say how many events they rest on.
"""

from dashboard.query.coverage import coverage
from dashboard.query.extents import covered, extents
from dashboard.query.filters import (
    OPTIONS,
    acting,
    conditions,
    day_number,
    is_chosen,
    is_dated,
    select,
)
from dashboard.query.frames import Frame, collected, figures, whole_row
from dashboard.query.groups import OPTION_COLUMNS, Groups, grouped
from dashboard.query.marks import bin_groups, bins, bins_of, cell_groups, cells, cells_of
from dashboard.query.narrowing import narrowed
from dashboard.query.pages import page, rule
from dashboard.query.parties import actor_counts, count_groups, encounters, ids_of, pair_groups
from dashboard.query.rows import events_frame, few, largest, neighbours, newest, one, rows
from dashboard.query.sums import (
    LEVELS,
    Toll,
    Totals,
    by_month,
    counts,
    counts_of,
    place_groups,
    total_groups,
    totals,
    totals_of,
)

__all__ = [
    "LEVELS",
    "OPTIONS",
    "OPTION_COLUMNS",
    "Frame",
    "Groups",
    "Toll",
    "Totals",
    "acting",
    "actor_counts",
    "bin_groups",
    "bins",
    "bins_of",
    "by_month",
    "cell_groups",
    "cells",
    "cells_of",
    "collected",
    "conditions",
    "count_groups",
    "counts",
    "counts_of",
    "coverage",
    "covered",
    "day_number",
    "encounters",
    "events_frame",
    "few",
    "extents",
    "figures",
    "grouped",
    "ids_of",
    "is_chosen",
    "is_dated",
    "largest",
    "narrowed",
    "neighbours",
    "newest",
    "one",
    "page",
    "pair_groups",
    "place_groups",
    "rows",
    "rule",
    "select",
    "total_groups",
    "totals",
    "totals_of",
    "whole_row",
]
