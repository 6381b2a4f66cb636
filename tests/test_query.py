import csv
import datetime

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import query
from dashboard.dataset import load
from dashboard.engine import open_events
from dashboard.paths import folder
from dashboard.query import Toll, Totals
from dashboard.selection import Selection
from tests import package
from tests.strategies import filters, packages

MOSUL, SINJAR, LONDON = "2014-06-06-mosul", "2014-08-03-sinjar", "2015-01-22-london"
BAGHUZ, MOCIMBOA = "2019-03-23-baghuz", "2020-03-23-mocimboa"
CABO, PALMA, SOLHAN = "2021-03-01-cabo-delgado", "2021-03-24-palma", "2021-06-04-solhan"


def chosen(events, link):
    return query.select(events, Selection.from_query(link))["event_id"].to_list()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("", [MOSUL, SINJAR, LONDON, BAGHUZ, MOCIMBOA, CABO, PALMA, SOLHAN]),
        ("theatre=iraq", [MOSUL, SINJAR]),
        ("theatre=elsewhere,sahel", [LONDON, SOLHAN]),
        ("country=SYR,BFA", [BAGHUZ, SOLHAN]),
        ("type=civilians", [SINJAR, SOLHAN]),
        ("type=siege", [PALMA]),
        ("attribution=suspected", [CABO, SOLHAN]),
        ("theatre=iraq&type=siege", []),
    ],
)
def test_keeps_events_in_their_order(small_events, link, expected):
    assert chosen(small_events, link) == expected


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("from=2014-06-10&to=2014-06-10", [MOSUL]),
        ("from=2014-06-11&to=2014-08-02", []),
        ("to=2014-06-06", [MOSUL]),
        ("to=2014-06-05", []),
        ("from=2021-06-04", [SOLHAN]),
        ("from=2021-06-05", []),
        ("from=2021-04-04&to=2021-04-05", [CABO, PALMA]),
        ("from=2021-04-05&to=2021-04-05", [CABO]),
        ("from=2014-06-08&to=2014-06-09", [MOSUL]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_window_holds_the_events_that_overlap_it_both_days_included(small_events, link, expected):
    assert chosen(small_events, link) == expected


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("killed_min=87", [MOSUL, PALMA, SOLHAN]),
        ("killed_min=88", [MOSUL, SOLHAN]),
        ("killed_min=1", [MOSUL, MOCIMBOA, PALMA, SOLHAN]),
        ("killed_min=0", [MOSUL, BAGHUZ, MOCIMBOA, PALMA, SOLHAN]),
    ],
)
def test_killed_at_least_asks_the_best_figure_and_unknown_is_not_zero(small_events, link, expected):
    assert chosen(small_events, link) == expected


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("actor=is", [MOSUL, SINJAR, BAGHUZ]),
        ("actor=is&role=initiator", [MOSUL, SINJAR]),
        ("actor=is&role=target", [BAGHUZ]),
        ("actor=is-mozambique", [MOCIMBOA, CABO, PALMA]),
        ("actor=mozambique", []),
        ("actor=global-coalition,gunmen", [LONDON, BAGHUZ, SOLHAN]),
        ("actor=mozambique-police&role=target", [MOCIMBOA, PALMA]),
    ],
)
def test_an_actor_is_found_in_its_role(small_events, link, expected):
    assert chosen(small_events, link) == expected


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "expected"),
    [("sources_min=2", [MOSUL, PALMA, SOLHAN]), ("sources_min=3", [PALMA]), ("sources_min=4", [])],
)
def test_sources_at_least_counts_agencies(small_events, link, expected):
    assert chosen(small_events, link) == expected


@pytest.mark.unit
def test_certain_means_known_to_the_day_and_to_the_place(small_events):
    assert chosen(small_events, "certain=1") == [MOSUL, BAGHUZ, MOCIMBOA, PALMA, SOLHAN]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("area=38,29,49,38", [MOSUL, SINJAR, BAGHUZ]),
        ("area=43.13,36.34,43.13,36.34", [MOSUL]),
        ("area=-180,-90,180,90", [MOSUL, SINJAR, BAGHUZ, MOCIMBOA, PALMA, SOLHAN]),
        ("area=39,-12,42,-12,40.5,-10", [MOCIMBOA, PALMA]),
        ("area=39,-12,42,-12,40.5,-11", [MOCIMBOA]),
        ("area=0,10,1,10,2,10", []),
    ],
)
def test_an_area_is_a_box_or_a_polygon_and_holds_no_unplaced_event(small_events, link, expected):
    assert chosen(small_events, link) == expected


@pytest.mark.unit
@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("q=MOCIMBOA", [MOCIMBOA]),
        ("q=mocímboa%20PRAIA", [MOCIMBOA]),
        ("q=praia%20mocimboa", [MOCIMBOA]),
        ("q=daesh%20mosul", [MOSUL]),
        ("q='fawqani", [BAGHUZ]),
        ("q=mosul%20palma", []),
        ("q=.*", []),
        ("q=%25", []),
    ],
)
def test_search_asks_for_every_word_without_accents_or_case(small_events, link, expected):
    assert chosen(small_events, link) == expected


@pytest.mark.unit
def test_how_one_looks_plays_no_part(small_events):
    link = "event=x&lanes=actor&colour=actor&zoom=1&map=iraq&tab=trend&embed=map&v=1"
    assert len(chosen(small_events, link)) == 8


@pytest.mark.unit
def test_leaves_fields_out_of_account(small_events):
    selection = Selection(theatres=("iraq",), types=("siege",))
    kept = query.select(small_events, selection, without=("theatres",))
    assert kept["event_id"].to_list() == [PALMA]


@pytest.mark.unit
def test_adds_up_what_is_known(small_events):
    assert query.totals(small_events) == Totals(
        events=8,
        killed=Toll(297, 445, 1690, known=5),
        wounded=Toll(41, 42, 43, known=2),
        displaced=564705,
        displaced_known=2,
        places=6,
        unplaced=2,
        days=(datetime.date(2014, 6, 6), datetime.date(2021, 6, 4)),
    )


@pytest.mark.unit
def test_adds_up_unknown_tolls_as_known_by_none(small_events):
    sums = query.totals(query.select(small_events, Selection(event="", q="sinjar")))
    assert sums.killed == Toll(0, 0, 0, known=0)
    assert sums.events == 1


@pytest.mark.unit
def test_answers_for_no_event(small_events):
    nothing = query.select(small_events, Selection(q="nothing like this"))
    zero = Toll(0, 0, 0, known=0)
    assert query.totals(nothing) == Totals(0, zero, zero, 0, 0, 0, 0, None)
    assert query.counts(nothing, "theatre") == {}
    assert query.actor_counts(nothing) == {}
    assert len(query.encounters(nothing)) == 0
    assert query.by_month(nothing, "theatre").dtypes.astype(str).to_dict() == {
        "month": "datetime64[us]",
        "theatre": "str",
        "events": "int64",
        "killed": "int64",
        "known": "int64",
    }


@pytest.mark.unit
def test_two_events_at_one_point_are_one_place(tmp_path):
    rows = [
        package.event("2021-01-01-a", **package.placed("1.5", "2.5")),
        package.event("2021-01-02-b", **package.placed("1.5", "2.5", "site")),
    ]
    reports = [package.report(row["event_id"]) for row in rows]
    events = open_events(load(package.write(tmp_path, events=rows, reports=reports)))
    assert query.totals(events).places == 1


@pytest.mark.unit
def test_counts_events_by_a_column(small_events):
    assert query.counts(small_events, "theatre") == {
        "elsewhere": 1,
        "iraq": 2,
        "mozambique": 3,
        "sahel": 1,
        "syria": 1,
    }


@pytest.mark.unit
def test_counts_an_event_for_each_of_its_actors_once(small_events):
    assert query.actor_counts(small_events) == {
        "civilians": 3,
        "global-coalition": 2,
        "gunmen": 1,
        "iraqi-army": 1,
        "is": 3,
        "is-mozambique": 3,
        "mozambique-police": 2,
        "sdf": 1,
    }
    assert query.actor_counts(small_events, "target")["is"] == 1
    assert query.actor_counts(small_events, "initiator")["is"] == 2


@pytest.mark.unit
def test_counts_an_actor_on_both_sides_once():
    rows = pd.DataFrame({"initiators": ["a;b"], "targets": ["a"]})
    events = nw.from_native(rows, eager_only=True)
    assert query.actor_counts(events) == {"a": 1, "b": 1}


@pytest.mark.unit
def test_counts_a_month_by_the_first_day(small_events):
    monthly = query.by_month(small_events, "theatre")
    rows = [
        (f"{month:%Y-%m}", *rest) for month, *rest in monthly.itertuples(index=False, name=None)
    ]
    assert rows == [
        ("2014-06", "iraq", 1, 200, 1),
        ("2014-08", "iraq", 1, 0, 0),
        ("2015-01", "elsewhere", 1, 0, 0),
        ("2019-03", "syria", 1, 0, 1),
        ("2020-03", "mozambique", 1, 20, 1),
        ("2021-03", "mozambique", 2, 87, 1),
        ("2021-06", "sahel", 1, 138, 1),
    ]


@pytest.mark.unit
def test_counts_who_acts_against_whom(small_events):
    rows = query.encounters(small_events).itertuples(index=False, name=None)
    assert list(rows) == [
        ("global-coalition", "", 1, 0),
        ("global-coalition", "is", 1, 0),
        ("gunmen", "civilians", 1, 138),
        ("is", "civilians", 1, 0),
        ("is", "iraqi-army", 1, 200),
        ("is-mozambique", "", 1, 0),
        ("is-mozambique", "civilians", 1, 87),
        ("is-mozambique", "mozambique-police", 2, 107),
        ("sdf", "is", 1, 0),
    ]


@pytest.mark.unit
def test_gives_the_events_as_a_frame(small_events):
    rows = query.events_frame(small_events)
    assert isinstance(rows, pd.DataFrame)
    assert len(rows) == 8
    assert "haystack" not in rows


SMALL_ACTORS = ("civilians", "is", "is-mozambique", "sdf", "gunmen")


@pytest.mark.property
@given(selection=filters(SMALL_ACTORS))
def test_selecting_again_changes_nothing_and_never_adds(small_events, selection):
    once = query.select(small_events, selection)
    twice = query.select(once, selection)
    assert once["event_id"].to_list() == twice["event_id"].to_list()
    assert set(once["event_id"]) <= set(small_events["event_id"])


@pytest.mark.property
@given(selection=filters(SMALL_ACTORS))
def test_totals_survive_every_aggregate(small_events, selection):
    kept = query.select(small_events, selection)
    sums = query.totals(kept)
    monthly = query.by_month(kept, "type_group")
    assert (
        monthly["events"].sum() == sums.events == sum(query.counts(kept, "country_code").values())
    )
    assert monthly["killed"].sum() == sums.killed.best
    assert monthly["known"].sum() == sums.killed.known


@pytest.mark.property
@settings(max_examples=30)
@given(tables=packages(), selection=filters())
def test_chooses_what_a_plain_reading_of_the_rows_chooses(tmp_path_factory, tables, selection):
    events = open_events(load(package.write(tmp_path_factory.mktemp("any"), **tables)))
    selection = selection.with_(theatres=(), q="", sources_min=None)
    expected = {row["event_id"] for row in tables["events"] if _fits(row, selection)}
    assert set(query.select(events, selection)["event_id"]) == expected


def _fits(row, selection):
    """Decide as a reader of the CSV would, without pandas."""
    sides = {"initiator": ("initiators",), "target": ("targets",)}.get(
        selection.role, ("initiators", "targets")
    )
    actors = {actor for side in sides for actor in row[side].split(";")}
    first, last = (datetime.date.fromisoformat(row[f"{end}_date"]) for end in ("start", "end"))
    is_dated = row["date_precision"] != "unknown"
    return (
        (not selection.countries or row["country_code"] in selection.countries)
        and (not selection.actors or not actors.isdisjoint(selection.actors))
        and (not selection.types or row["event_type"] in selection.types)
        and (not selection.attributions or row["attribution"] in selection.attributions)
        and (not selection.from_date or (is_dated and last >= selection.from_date))
        and (not selection.to_date or (is_dated and first <= selection.to_date))
        and (
            selection.killed_min is None
            or (row["killed_best"] != "" and int(row["killed_best"]) >= selection.killed_min)
        )
        and (
            not selection.certain
            or (row["date_precision"] == "day" and row["geo_precision"] in ("site", "place"))
        )
        and (not selection.area or _inside(row, selection.area))
    )


def _inside(row, area):
    if not row["latitude_deg"]:
        return False
    return _holds(area, float(row["longitude_deg"]), float(row["latitude_deg"]))


def _holds(area, x, y):
    """Cast a ray to the east and count the sides that it meets."""
    if len(area) == 4:
        west, south, east, north = area
        return west <= x <= east and south <= y <= north
    corners = list(zip(area[::2], area[1::2], strict=True))
    inside = False
    for number, (x1, y1) in enumerate(corners):
        x2, y2 = corners[number - 1]
        meets = (y1 > y) != (y2 > y)
        if meets and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


GRID = [(x / 2 + 0.25, y / 2 + 0.25) for x in range(-10, 10) for y in range(-10, 10)]
CORNERS = st.lists(
    st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=3, max_size=8, unique=True
)


@pytest.fixture(scope="module")
def grid():
    """Return points between the corners of the polygons below, and one row without a place."""
    xs, ys = zip(*GRID, strict=True)
    rows = pd.DataFrame({"longitude_deg": [*xs, None], "latitude_deg": [*ys, None]})
    return nw.from_native(rows.astype("float64"), eager_only=True)


@pytest.mark.property
@given(corners=CORNERS)
def test_a_polygon_holds_the_points_that_a_ray_says(grid, corners):
    area = tuple(float(degree) for corner in corners for degree in corner)
    kept = query.select(grid, Selection(area=area))
    expected = [(x, y) for x, y in GRID if _holds(area, x, y)]
    assert list(kept.iter_rows()) == expected


@pytest.mark.property
@given(box=st.tuples(*[st.integers(-5, 5)] * 4))
def test_a_box_holds_the_points_between_its_edges(grid, box):
    kept = query.select(grid, Selection(area=tuple(map(float, box))))
    (west, east), (south, north) = sorted(box[::2]), sorted(box[1::2])
    inside = (west, south, east, north)
    assert list(kept.iter_rows()) == [(x, y) for x, y in GRID if _holds(inside, x, y)]


LINKS = [
    "",
    "theatre=mozambique&from=2021-03-01&to=2021-03-31",
    "theatre=iraq",
    "theatre=sahel&type=civilians",
    "country=SYR&from=2014-06-29&to=2019-03-23",
    "actor=is&role=initiator",
    "actor=is&role=target&killed_min=10",
    "type=bombings&attribution=claimed",
    "killed_min=100",
    "certain=1&from=2019-03-24",
    "area=39,-12,41.5,-10",
    "theatre=iraq,syria&type=battles&to=2015-12-31",
    "actor=civilians&role=target&theatre=sahel&from=2020-01-01",
]


@pytest.fixture(scope="module")
def published():
    """Return the published rows as texts, read without pandas and without our loader."""
    path = folder("data") / "events.csv"
    if not path.is_file():
        pytest.skip("data/ holds no table")
    with path.open(encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file))
    with path.with_name("theatres.csv").open(encoding="utf-8", newline="") as file:
        lanes = {
            code: row["theatre_id"]
            for row in csv.DictReader(file)
            for code in row["country_codes"].split(";")
        }
    return events, lanes


@pytest.mark.unit
@pytest.mark.parametrize("link", LINKS, ids=lambda link: link or "everything")
def test_totals_of_the_published_table_equal_a_plain_sum(curated_events, published, link):
    rows, lanes = published
    selection = Selection.from_query(link)
    kept = [
        row
        for row in rows
        if _fits(row, selection)
        and (not selection.theatres or lanes[row["country_code"]] in selection.theatres)
    ]
    assert kept, "a query that chooses nothing proves nothing"

    def summed(column):
        return sum(int(row[column]) for row in kept if row[column])

    def known(column):
        return sum(1 for row in kept if row[column])

    points = [(row["latitude_deg"], row["longitude_deg"]) for row in kept if row["latitude_deg"]]
    levels = ("low", "best", "high")
    assert query.totals(query.select(curated_events, selection)) == Totals(
        events=len(kept),
        killed=Toll(*(summed(f"killed_{level}") for level in levels), known("killed_best")),
        wounded=Toll(*(summed(f"wounded_{level}") for level in levels), known("wounded_best")),
        displaced=summed("displaced"),
        displaced_known=known("displaced"),
        places=len(set(points)),
        unplaced=len(kept) - len(points),
        days=(
            datetime.date.fromisoformat(min(row["start_date"] for row in kept)),
            datetime.date.fromisoformat(max(row["end_date"] for row in kept)),
        ),
    )


@pytest.mark.property
@given(selection=filters(SMALL_ACTORS))
def test_a_mask_chooses_what_a_selection_does(small_events, selection):
    ids = small_events["event_id"].to_numpy()
    chosen_ids = query.select(small_events, selection)["event_id"].to_list()
    assert ids[query.is_chosen(small_events, selection)].tolist() == chosen_ids
