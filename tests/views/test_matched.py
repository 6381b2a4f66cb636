import pandas as pd
import pytest

from dashboard.matching.pairing import Decisions, suggest
from dashboard.selection import Selection
from dashboard.views.matched import Matched, comparison
from tests.matching.tables import bombing, table

pytestmark = pytest.mark.unit

ALL = Selection()


def counts(found, table):
    rows = found.months[found.months["table"] == table]
    return list(zip(rows["events"], rows["paired"], strict=True))


def test_counts_what_both_tables_reach(matched):
    found = comparison(matched, ALL)
    assert (str(found.first), str(found.last)) == ("2016-05", "2016-07")
    assert found.countries == ("IRQ",)
    assert counts(found, "a") == [(1, 1), (0, 0), (2, 1)]
    assert counts(found, "b") == [(1, 1), (0, 0), (2, 1)]


def test_asks_both_tables_for_the_days_of_the_selection(matched):
    found = comparison(matched, Selection.from_query("from=2016-07-01"))
    assert (counts(found, "a"), counts(found, "b")) == ([(2, 1)], [(2, 1)])
    assert found.tolls["a_event_id"].tolist() == ["2016-07-09-mosul"]


def test_asks_the_other_table_for_no_type_of_the_selection(matched):
    found = comparison(matched, Selection.from_query("type=battle"))
    assert counts(found, "b") == [(1, 1), (0, 0), (2, 1)]


def test_keeps_both_tolls_of_a_pair_apart_and_the_unknown_unknown(matched):
    tolls = comparison(matched, ALL).tolls.set_index("a_event_id")
    may, july = tolls.loc["2016-05-03-mosul"], tolls.loc["2016-07-09-mosul"]
    assert (may["a_best"], may["b_best"]) == (10, 40)
    assert pd.isna(july["a_best"])
    assert july["b_best"] == 10


def test_leaves_refused_pairs_out_and_marks_confirmed_ones(ours, theirs):
    said = Decisions(
        confirmed=(("2016-05-03-mosul", "2016-05-03-x"),),
        refused=(("2016-07-09-mosul", "2016-07-09-x"),),
    )
    found = comparison(Matched(ours, theirs, suggest(ours, theirs, said)), ALL)
    assert found.tolls["a_event_id"].tolist() == ["2016-05-03-mosul"]
    assert found.tolls["is_confirmed"].tolist() == [True]
    assert counts(found, "a")[-1] == (2, 0)


def test_counts_an_event_in_two_confirmed_pairs_once(tmp_path, ours):
    day = "2016-05-03"
    theirs = table(tmp_path / "split", bombing(f"{day}-x"), bombing(f"{day}-y"))
    said = Decisions(confirmed=tuple((f"{day}-mosul", f"{day}-{one}") for one in "xy"))
    found = comparison(Matched(ours, theirs, suggest(ours, theirs, said)), ALL)
    assert (len(found.pairs), found.counts("a"), found.confirmed) == (2, (1, 1), 1)


def test_keeps_a_pair_outside_the_months_and_counts_it_apart(tmp_path, ours):
    theirs = table(tmp_path / "later", bombing("2016-06-01-x"), bombing("2016-08-01-y"))
    said = Decisions(confirmed=(("2016-05-03-mosul", "2016-06-01-x"),))
    found = comparison(Matched(ours, theirs, suggest(ours, theirs, said)), ALL)
    assert str(found.first) == "2016-06"
    assert found.tolls["a_event_id"].tolist() == ["2016-05-03-mosul"]
    assert (found.counts("a")[1], found.confirmed, found.apart) == (0, 0, 1)


def undated(first, last, name="unknown", **cells):
    """Make an event without a date, as a reader does: it has all days of its table."""
    return bombing(f"{first}-{name}", end_date=last, date_precision="unknown", **cells)


def test_an_event_without_a_date_is_in_no_month(tmp_path, ours):
    days = "2016-05-03", "2016-07-28"
    dated = [bombing(f"{day}-x") for day in days]
    theirs = table(tmp_path / "theirs", *dated, undated(*days))
    found = comparison(Matched(ours, theirs, suggest(ours, theirs)), ALL)
    assert [events for events, _ in counts(found, "b")] == [1, 0, 1]
    assert found.undated == (0, 1)


@pytest.mark.parametrize("query", ["from=2016-05-01", "to=2016-07-31"])
def test_an_event_without_a_date_is_in_no_window(tmp_path, ours, query):
    days = "2016-05-03", "2016-07-28"
    dated = [bombing(f"{day}-x") for day in days]
    theirs = table(tmp_path / "theirs", *dated, undated(*days))
    selection = Selection.from_query(query)
    found = comparison(Matched(ours, theirs, suggest(ours, theirs)), selection)
    assert (found.counts("b")[0], found.undated) == (2, (0, 0))


def test_an_event_without_a_date_shows_neither_month_nor_country_of_its_table(tmp_path, ours):
    first, last = "2016-01-01", "2016-12-31"
    theirs = table(
        tmp_path / "theirs",
        *(bombing(f"{day}-y", country_code="NGA") for day in (first, last)),
        bombing("2016-07-09-x"),
        undated(first, last),
        undated(first, last, "syria", country_code="SYR"),
    )
    found = comparison(Matched(ours, theirs, suggest(ours, theirs)), ALL)
    assert (found.countries, str(found.first), str(found.last)) == (("IRQ",), "2016-07", "2016-07")
    assert found.undated == (0, 1)


def test_a_table_without_a_date_in_common_has_nothing_in_common(tmp_path, ours):
    days = "2016-05-03", "2016-07-28"
    abroad = [bombing(f"{day}-x", country_code="NGA") for day in days]
    theirs = table(tmp_path / "theirs", *abroad, undated(*days))
    assert comparison(Matched(ours, theirs, suggest(ours, theirs)), ALL) is None


def test_keeps_the_pair_of_an_event_without_a_date(tmp_path):
    days = "2016-05-03", "2016-07-28"
    dated = [bombing(f"{day}-x") for day in days]
    ours = table(tmp_path / "ours", *dated, undated(*days))
    theirs = table(tmp_path / "theirs", *dated)
    said = Decisions(confirmed=(("2016-05-03-unknown", "2016-05-03-x"),))
    found = comparison(Matched(ours, theirs, suggest(ours, theirs, said)), ALL)
    assert "2016-05-03-unknown" in found.tolls["a_event_id"].tolist()
    assert (found.undated, found.confirmed, found.apart) == ((1, 0), 0, 1)


def test_tells_two_tables_of_one_source_apart(theirs):
    assert Matched(theirs, theirs, suggest(theirs, theirs)).names == ("A, theirs", "B, theirs")


def test_shows_titles_without_markup(matched):
    hover = comparison(matched, ALL).tolls["hover"][0]
    assert hover.split("<br>") == [
        "<b>Bomb &amp; &lt;i&gt;fire&lt;/i&gt;</b>",
        "ours: 3 May 2016, 10 killed (8–12)",
        "Other source: 3 May 2016, 40 killed (30–50)",
    ]
