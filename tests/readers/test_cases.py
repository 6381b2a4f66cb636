"""Which test holds the right value for each problem that people met with event data.

The numbers are those of the project's list of cases: A data, B dates, C map, D files and encoding.
Here are the kinds that a reader answers for; the others belong to the page, charts and import.

| no. | what must hold |
| --- | --- |
| A2 | one id stands once, a newer table can be compared by it |
| A5 | an exact double is kept aside with its record, never dropped |
| A6, A7 | each table is a dataset of its own, its sums those of its source |
| A8 | event day and report day are two fields |
| A9 | low > best is a warning, the best figure stays |
| B1 | a year is a year, a century is not the year 2000 |
| B7 | 1942 works; day or month first is asked for |
| C1 | blank stays blank, 0, 0 is flagged, the event is kept |
| C5 | province-only events are approximate |
| C6 | no place: kept, on the timeline; no date: kept, on the map, and counted |
| D1 | UTF-8, else Windows-1252; the choice is said |
| D2 | semicolons, decimal commas, byte order mark; a decimal is no date |
| D5 | no free reading of dates; day 0 is a month |
| D6 | a line of HXL tags is no record |
| D7 | what is optional may be missing |

A4 is about a client of ACLED's API, which there is none of.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

STANDS_IN = {
    "A2": ("acled: counts_an_event_once_in_an_export_with_a_row_for_each_actor",),
    "A5": ("plain: keeps_an_exact_double_aside_and_says_which_record_it_repeats",),
    "A6": ("plain: stands_as_the_source_of_its_events_where_it_names_none",),
    "A7": ("real_files: keeps_the_sums_of_the_dead",),
    "A8": ("ucdp: parts_the_sources_and_counts_each_once", "timemap: makes_reports_of_sources"),
    "A9": (
        "ucdp: keeps_a_row_whose_toll_is_not_in_order_with_a_warning",
        "real_files: warns_of_every_toll_that_is_not_in_order_and_keeps_its_row",
    ),
    "B1": (
        "ucdp: shows_a_date_known_to_the_year_as_the_year",
        "plain: never_takes_a_date_for_more_precise_than_it_is",
        "kml: keeps_a_time_as_precise_as_it_is",
        "timelinejs: tells_the_precision_by_what_is_missing",
        "wikidata: keeps_the_precision_that_the_query_asked_for",
        "wikidata: marks_a_first_day_without_precision_as_unsure",
    ),
    "B7": (
        "plain: never_takes_a_date_for_more_precise_than_it_is",
        "plain: asks_for_day_or_month_first_rather_than_guess",
        "ucdp: asks_whether_a_day_or_a_month_stands_first",
    ),
    "C1": (
        "plain: keeps_an_event_without_a_place",
        "plain: flags_0_0_and_keeps_the_event_without_a_place",
        "ucdp: leaves_an_event_without_a_place_where_coordinates_are_missing",
        "acled: leaves_an_event_without_a_place_at_zero_zero",
        "geojson: keeps_a_feature_without_geometry",
    ),
    "C5": (
        "acled: draws_events_known_to_the_province_as_approximate",
        "ucdp: keeps_an_imprecise_place_imprecise",
        "gtd: keeps_an_imprecise_place_imprecise",
        "geojson: marks_an_area_as_approximate",
    ),
    "C6": (
        "plain: keeps_an_event_without_a_place",
        "plain: keeps_an_event_with_a_place_but_no_date",
        "plain: a_table_of_places_without_any_date_is_on_the_map",
        "plain: reports_an_event_with_neither_place_nor_date",
        "timemap: keeps_an_event_without_a_place_and_one_without_a_date",
        "kml: keeps_a_placemark_without_a_date",
    ),
    "D1": (
        "gtd: reads_windows_1252_with_its_curly_quotes",
        "broken_files: finds_the_encoding",
        "broken_files: takes_an_encoding_at_our_word_or_says_why_not",
        "every_form: says_what_it_recognised_and_took_for_granted",
    ),
    "D2": (
        "acled: reads_a_european_export",
        "plain: reads_decimal_commas",
        "package: reads_a_table_of_ours_that_excel_has_saved",
        "dates: takes_nothing_else_for_a_day",
    ),
    "D5": (
        "gtd: knows_a_date_no_better_than_its_source",
        "plain: takes_year_month_and_day_0_for_a_month",
        "dates: no_form_takes_the_cells_of_another",
    ),
    "D6": (
        "ucdp: takes_a_second_line_of_tags_for_what_it_is",
        "plain: leaves_out_a_line_of_hxl_tags",
    ),
    "D7": (
        "timemap: bears_side_tables_that_are_misshapen",
        "broken_files: names_a_file_that_is_not_there",
    ),
}


@cache
def names_in(module):
    path = Path(__file__).with_name(f"test_{module}.py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("case", STANDS_IN)
def test_has_a_test_for_each_case(case):
    for place in STANDS_IN[case]:
        module, _, name = place.partition(": ")
        assert f"test_{name}" in names_in(module)
