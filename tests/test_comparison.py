import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from dashboard import comparison, query
from dashboard.comparison import Comparison, Span, compare, interval, obstacle, sentence
from dashboard.dataset import load
from dashboard.engine import open_events
from dashboard.query import Toll
from dashboard.selection import Selection
from dashboard.views import chosen
from tests import package
from tests.strategies import DAYS

COUNTS = st.integers(0, 5000)
CAVEAT = "; the table is curated, so this counts events in it, not attacks in the world."


day = datetime.date.fromisoformat


def compared(events, link):
    return compare(events, Selection.from_query(link))


def counted(now, before, **changes):
    """Make a comparison of counts over the first half of 2021."""
    low, high = interval(now, before)
    toll = Toll(0, 0, 0, known=0)
    window = Span(day("2021-01-01"), day("2021-06-30"))
    fields = {"killed_now": toll, "killed_before": toll} | changes
    return Comparison(window, now, before, low=low, high=high, **fields)


@pytest.fixture
def table(tmp_path):
    """Return a function that opens a table of one event a given id, with some cells changed."""

    def build(*events):
        rows = [package.event(name, **cells) for name, cells in events]
        reports = [package.report(row["event_id"]) for row in rows]
        return open_events(load(package.write(tmp_path, events=rows, reports=reports)))

    return build


def on(*days, **cells):
    return [(f"{text}-{number}", cells) for number, text in enumerate(days)]


# The exact intervals of Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 5.
@pytest.mark.unit
@pytest.mark.parametrize(
    ("now", "total", "low", "high"),
    [
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0000, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_gives_the_published_interval_of_a_share(now, total, low, high):
    found = [ratio / (1 + ratio) for ratio in interval(now, total - now)]
    assert [round(share, 4) for share in found] == [low, high]


@pytest.mark.unit
def test_gives_the_interval_that_can_be_worked_out_by_hand():
    # All n events now: the lower limit of the share is 0.025 ** (1 / n), of none the rest.
    low, high = interval(4, 0)
    assert low == pytest.approx(0.025**0.25 / (1 - 0.025**0.25))
    assert high == math.inf
    assert interval(0, 4) == (0, pytest.approx(1 / low))


@pytest.mark.unit
def test_no_event_at_all_bounds_nothing():
    assert interval(0, 0) == (0, math.inf)


@pytest.mark.property
@given(now=COUNTS, before=COUNTS)
def test_agrees_with_the_binomial_test_of_scipy(now, before):
    if now + before:
        found = binomtest(now, now + before).proportion_ci(confidence_level=0.95, method="exact")
        low, high = interval(now, before)
        assert low / (1 + low) == pytest.approx(found.low, abs=1e-9)
        share = 1 if high == math.inf else high / (1 + high)
        assert share == pytest.approx(found.high, abs=1e-9)


@pytest.mark.property
@given(now=COUNTS, before=COUNTS)
def test_the_interval_holds_the_ratio(now, before):
    low, high = interval(now, before)
    assert 0 <= low <= (now / before if before else math.inf) <= high


@pytest.mark.property
@given(now=COUNTS, before=COUNTS)
def test_swapping_the_spans_turns_ratio_and_interval_over(now, before):
    low, high = interval(now, before)
    swapped_low, swapped_high = interval(before, now)
    assert swapped_low == pytest.approx(0 if high == math.inf else 1 / high, rel=1e-9)
    assert swapped_high == pytest.approx(1 / low if low else math.inf, rel=1e-9)
    assert counted(now, before).is_clear == counted(before, now).is_clear


@pytest.mark.property
@given(now=st.integers(1, 100), before=st.integers(1, 100))
def test_ten_times_the_events_narrow_the_interval(now, before):
    low, high = interval(now, before)
    closer_low, closer_high = interval(10 * now, 10 * before)
    assert low < closer_low < closer_high < high


@pytest.mark.unit
@pytest.mark.parametrize(
    ("first", "last", "days", "before"),
    [
        ("2021-01-01", "2021-06-30", 181, ("2020-07-04", "2020-12-31")),
        ("2021-03-01", "2021-03-01", 1, ("2021-02-28", "2021-02-28")),
        ("2020-03-01", "2020-03-01", 1, ("2020-02-29", "2020-02-29")),
        ("2020-03-01", "2020-03-31", 31, ("2020-01-30", "2020-02-29")),
        ("2020-01-01", "2020-12-31", 366, ("2018-12-31", "2019-12-31")),
        ("2021-01-01", "2021-12-31", 365, ("2020-01-02", "2020-12-31")),
    ],
)
def test_the_span_before_has_as_many_days_and_ends_the_day_before(first, last, days, before):
    span = Span(day(first), day(last))
    assert span.days == days
    assert span.before == Span(*map(day, before))


@pytest.mark.property
@given(one=DAYS, other=DAYS)
def test_the_span_before_touches_and_never_overlaps(one, other):
    span = Span(min(one, other), max(one, other))
    assert span.before.days == span.days
    assert (span.first - span.before.last).days == 1


@pytest.mark.unit
def test_both_ends_of_both_spans_count(table):
    events = table(*on("2020-01-01", "2020-12-22", "2020-12-31", "2021-01-01", "2021-01-10"))
    found = compared(events, "from=2021-01-01&to=2021-01-10")
    assert (found.events_now, found.events_before) == (2, 2)


@pytest.mark.unit
def test_an_open_end_is_the_last_day_of_the_table(table):
    events = table(*on("2020-01-01"), ("2021-01-01-x", {"end_date": "2021-01-10"}))
    assert compared(events, "from=2021-01-01").window == Span(day("2021-01-01"), day("2021-01-10"))


@pytest.mark.unit
def test_a_window_beyond_the_table_ends_with_it(table):
    events = table(*on("2020-01-01", "2020-12-25", "2021-01-01", "2021-01-10"))
    assert compared(events, "from=2021-01-01&to=2030-01-01") == compared(events, "from=2021-01-01")


YEAR = {"date_precision": "year"}


@pytest.mark.unit
def test_days_of_a_year_that_nobody_recorded_are_not_days_without_events(table):
    months = [f"2025-{month:02}-15" for month in range(1, 13)] + ["2026-01-15", "2026-02-15"]
    steady = on(*months)
    vague = [("2026-01-01-vague", YEAR | {"end_date": "2026-12-31"})]
    found = compared(table(*steady, *vague), "?from=2026-01-01")
    # The table ends on 15 February, not with the year of which one event is all that is known.
    assert found.window == Span(day("2026-01-01"), day("2026-02-15"))
    assert (found.events_now, found.events_before) == (3, 1)
    assert comparison.verdict(found) == "no clear change"


@pytest.mark.unit
def test_a_table_does_not_begin_with_an_event_known_to_the_year(table):
    vague = [("2020-01-01-vague", YEAR | {"end_date": "2020-12-31"})]
    events = table(*vague, *on("2020-07-15", "2020-12-15"))
    selection = Selection.from_query("?from=2020-08-01&to=2020-08-31")
    assert obstacle(events, selection) == (
        "The table begins on 15 July 2020: it does not hold the 31 days before 1 August 2020."
    )


@pytest.mark.unit
def test_a_table_of_years_covers_them_whole(table):
    years = [(f"{year}-01-01-a", YEAR | {"end_date": f"{year}-12-31"}) for year in (2018, 2019)]
    found = compared(table(*years), "?from=2019-01-01")
    assert found.window == Span(day("2019-01-01"), day("2019-12-31"))
    assert (found.events_now, found.events_before) == (1, 1)


@pytest.mark.unit
def test_an_event_counts_in_the_span_in_which_it_begins(table):
    events = table(
        *on("2020-01-01"),
        ("2020-12-30-x", {"end_date": "2021-01-05", **package.toll("7", "7", "7")}),
        ("2021-01-09-x", {"end_date": "2021-02-05", **package.toll("1", "2", "3")}),
    )
    found = compared(events, "from=2021-01-01&to=2021-01-10")
    assert (found.events_now, found.events_before, found.carried) == (1, 1, 1)
    assert found.killed_now == Toll(1, 2, 3, known=1)
    assert found.killed_before == Toll(7, 7, 7, known=1)
    assert found.killed_ratio == 2 / 7


@pytest.mark.unit
def test_the_other_filters_hold_in_both_spans(small_events):
    found = compared(small_events, "theatre=mozambique&from=2021-03-10&to=2021-04-04")
    assert (found.events_now, found.events_before) == (1, 1)
    assert (found.killed_now.best, found.killed_before.known) == (87, 0)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("", "Choose a first day to compare with the time before it."),
        ("to=2020-01-01", "Choose a first day to compare with the time before it."),
        (
            "from=2014-07-01&to=2014-08-01",
            "The table begins on 6 June 2014: it does not hold the 32 days before 1 July 2014.",
        ),
        (
            "from=2014-06-06&to=2014-06-06",
            "The table begins on 6 June 2014: it does not hold the day before 6 June 2014.",
        ),
        (
            "from=0001-01-01&to=0001-01-02",
            "The table begins on 6 June 2014: it does not hold the 2 days before 1 January 1.",
        ),
        ("from=2021-06-05", "The table ends on 4 June 2021, before the window begins."),
    ],
)
def test_says_why_there_is_nothing_to_compare_with(small_events, link, expected):
    selection = Selection.from_query(link)
    assert obstacle(small_events, selection) == expected
    assert compare(small_events, selection) is None


@pytest.mark.unit
def test_the_earlier_span_may_begin_on_the_first_day_of_the_table_and_not_before(table):
    events = table(*on("2021-01-01", "2021-01-20"))
    assert compared(events, "from=2021-01-08&to=2021-01-14").events_before == 1
    assert compared(events, "from=2021-01-07&to=2021-01-13") is None


@pytest.mark.unit
def test_a_table_without_events_is_said_to_be_empty(small_events):
    nothing = query.select(small_events, Selection(q="nothing like this"))
    said = obstacle(nothing, Selection.from_query("from=2021-01-01"))
    assert said == "The table holds no event with a date."


@pytest.mark.property
@given(first=DAYS, last=DAYS)
def test_counts_what_links_to_the_two_spans_choose(curated, first, last):
    events = open_events(curated)
    selection = Selection(from_date=min(first, last), to_date=max(first, last))
    found = compare(events, selection)
    if found is None:
        assert obstacle(events, selection)
        return
    assert obstacle(events, selection) == ""
    assert found.window.before.first >= curated.first_day
    assert found.events_now + found.carried == len(query.select(events, selection))
    starts = curated.events["start_date"].dt.date
    before = found.window.before
    assert found.events_before == starts.between(before.first, before.last).sum()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (
            35,
            28,
            "35 events against 28 in the 181 days before: 1.25 times as many"
            " (95 % interval 0.74–2.13): no clear change",
        ),
        (
            60,
            30,
            "60 events against 30 in the 181 days before: 2.00 times as many"
            " (95 % interval 1.27–3.21): a clear rise",
        ),
        (
            1,
            20,
            "1 event against 20 in the 181 days before: 0.05 times as many"
            " (95 % interval 0.0012–0.31): a clear fall",
        ),
        (
            5,
            5,
            "5 events against 5 in the 181 days before: just as many"
            " (95 % interval 0.23–4.35): no clear change",
        ),
        (
            4,
            0,
            "4 events against none in the 181 days before"
            " (95 % interval of the ratio 0.66 and above): no clear change",
        ),
        (
            0,
            9,
            "No event against 9 in the 181 days before (95 % interval 0.00–0.51): a clear fall",
        ),
        (0, 0, "No event, and none in the 181 days before: nothing to compare"),
    ],
)
def test_one_sentence_holds_figure_interval_verdict_and_caveat(now, before, expected):
    assert sentence(counted(now, before)) == expected + CAVEAT
    assert sentence(counted(now, before), is_curated=False) == expected + "."


@pytest.mark.unit
def test_no_change_is_told_at_the_left_edge_of_what_the_table_holds_of_a_place():
    found = counted(9, 0, begins=day("2021-01-03"))
    assert found.is_clear
    verdict = "no change can be told, as the table has nothing of the place before 3 January 2021"
    assert comparison.verdict(found) == verdict
    assert sentence(found, is_curated=False) == (
        "9 events against none in the 181 days before"
        f" (95 % interval of the ratio 1.97 and above): {verdict}."
    )
    assert comparison.brief(found) == f"none in the 181 days before; {verdict}"
    dead = Toll(9, 20, 30, known=3)
    tolls = {"killed_now": dead, "killed_before": dead}
    assert counted(9, 3, **tolls).killed_ratio == 1
    assert counted(9, 3, **tolls, begins=day("2021-01-03")).killed_ratio is None


@pytest.mark.unit
@pytest.mark.parametrize(
    ("places", "begins"),
    [
        ("theatre=mozambique", "2017-10-05"),
        ("country=MOZ", "2017-10-05"),
        ("country=MOZ&country=IRQ", None),
        ("type=battle", None),
        ("", None),
    ],
)
def test_places_begin_with_their_first_event_whatever_else_is_chosen(curated, places, begins):
    window = "from=2017-10-01&to=2018-09-30"
    for more in ("", "&killed_min=5"):
        found = chosen.compared(curated, Selection.from_query(f"{window}&{places}{more}"))
        assert found
        assert found.begins == (begins and day(begins))
    later = f"from=2019-01-01&to=2019-06-30&{places}"
    found = chosen.compared(curated, Selection.from_query(later))
    assert found
    assert found.begins is None


@pytest.mark.unit
def test_places_do_not_begin_with_an_event_without_a_date(tmp_path):
    days = ("2014-01-01", "2017-06-01", "2017-07-01", "2017-08-01")
    rows = [package.event(f"{text}-{number}") for number, text in enumerate(days)]
    rows[0] |= {"date_precision": "unknown"}
    rows.append(package.event("2014-01-01-elsewhere", country_code="SYR"))
    rows.sort(key=lambda row: row["event_id"])
    reports = [package.report(row["event_id"]) for row in rows]
    dataset = load(package.write(tmp_path, events=rows, reports=reports))
    for places, begins in (("&country=IRQ", day("2017-06-01")), ("", None)):
        window = Selection.from_query(f"from=2017-01-01&to=2017-12-31{places}")
        found = chosen.compared(dataset, window)
        assert found
        assert found.begins == begins


@pytest.mark.unit
def test_the_sentence_says_what_it_leaves_out():
    assert sentence(counted(35, 28, carried=2)).startswith(
        "35 events (2 that began earlier left out) against 28 in the 181 days before: "
    )


@pytest.mark.property
@given(now=COUNTS, before=COUNTS)
def test_figures_and_verdict_never_disagree(now, before):
    found = counted(now, before)
    text = sentence(found)
    assert ("no clear change" in text) == (not found.is_clear and now + before > 0)
    assert not (found.is_clear and ("interval 1.00–" in text or "–1.00)" in text))


@pytest.mark.unit
def test_writes_a_note_for_the_figure():
    assert comparison.brief(counted(35, 28)) == (
        "1.25× the 181 days before (0.74–2.13); no clear change"
    )
    assert comparison.brief(counted(4, 0)) == "none in the 181 days before; no clear change"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (
            Toll(1, 30, 40, known=2),
            Toll(9, 20, 30, known=3),
            "30 killed against 20 in the 181 days before: 1.50 times as many, by the best figures.",
        ),
        (
            Toll(0, 0, 0, known=0),
            Toll(9, 20, 30, known=3),
            "An unknown number killed against 20 in the 181 days before, by the best figures.",
        ),
        (
            Toll(1, 30, 40, known=2),
            Toll(0, 0, 0, known=3),
            "30 killed against 0 in the 181 days before, by the best figures.",
        ),
    ],
)
def test_the_dead_have_a_plain_ratio_and_unknown_is_not_zero(now, before, expected):
    found = counted(3, 3, killed_now=now, killed_before=before)
    assert comparison.killed_sentence(found) == expected


@pytest.mark.unit
def test_no_event_means_no_dead():
    toll = Toll(9, 20, 30, known=3)
    found = counted(0, 3, killed_before=toll)
    assert found.killed_ratio == 0
    assert comparison.killed_sentence(found) == (
        "None killed against 20 in the 181 days before: 0.00 times as many, by the best figures."
    )


@pytest.mark.unit
def test_the_method_takes_two_sentences():
    assert comparison.METHOD.count(". ") == 1
    assert comparison.METHOD.endswith(".")
