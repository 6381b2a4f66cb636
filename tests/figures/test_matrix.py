import itertools
import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures import matrix
from dashboard.figures.matrix_grid import (
    GROUP_GAP,
    MOST,
    Line,
    Table,
    capacity,
    grid,
    height_px,
    names,
)
from dashboard.figures.text import width_px
from dashboard.figures.theme import DARK, LIGHT, PRESETS, Medium

COLOURS = {"one": ("#AA3377", "#AA3377"), "two": ("#4477AA", "#4477AA")}
SCREEN = Medium("screen", 1100, 0, 12.0, framed=False)
SIZES = {
    name: (medium, (0.94 * medium.width_px, 0.7 * medium.height_px))
    for name, medium in PRESETS.items()
}
SIZES |= {
    "screen": (SCREEN, (1100.0, 500.0)),
    "phone": (Medium("s", 350, 0, 12.0, False), (350.0, 500.0)),
}


def lines(number, group="one", name="Actor"):
    return [
        Line(f"{name}{place}", f"{name} {place}", group, str(place), f"{name}{place}>")
        for place in range(number)
    ]


def cells(values):
    """Make cells of {(row, column): value}."""
    rows = [
        (row, column, value, f"{row} and {column}", f"{row}>{column}")
        for (row, column), value in values.items()
    ]
    return pd.DataFrame(rows, columns=["row", "column", "value", "hover", "customdata"])


def drawn(values, table, medium=SCREEN, size=(1100.0, 500.0)):
    spec = matrix.draw(cells(values), table, COLOURS, medium, size)
    go.Figure(spec)
    return spec, {trace["name"]: trace for trace in spec["data"]}


@pytest.mark.unit
def test_without_rows_the_note_alone_is_said():
    spec = matrix.draw(cells({}), Table([], [], note="No event."), COLOURS, SCREEN, (600.0, 200.0))
    assert spec["data"] == []
    assert spec["layout"]["annotations"][0]["text"] == "No event."


@pytest.mark.unit
def test_area_stands_for_the_value():
    table = Table(lines(2), lines(2))
    values = {("Actor0", "Actor0"): 100, ("Actor1", "Actor1"): 25}
    _, traces = drawn(values, table)
    large, small = traces["cells"]["marker"]["size"]
    assert large / small == pytest.approx(2)


@pytest.mark.unit
def test_an_unknown_value_is_a_hollow_square_without_a_number():
    table = Table(lines(1), lines(2))
    _, traces = drawn({("Actor0", "Actor0"): math.nan, ("Actor0", "Actor1"): 0}, table)
    marks = traces["cells"]
    assert marks["marker"]["symbol"] == ["square-open", "circle"]
    assert marks["text"] == ["", "0"]


@pytest.mark.unit
def test_a_small_value_can_still_be_seen():
    table = Table(lines(1), lines(2))
    _, traces = drawn({("Actor0", "Actor0"): 10**6, ("Actor0", "Actor1"): 1}, table)
    assert min(traces["cells"]["marker"]["size"]) >= 2 * matrix.LEAST_RADIUS_PX


@pytest.mark.unit
def test_marks_and_totals_say_what_a_click_on_them_asks_for():
    table = Table(lines(2, name="From"), lines(1, name="To"), total="9")
    _, traces = drawn({("From0", "To0"): 4}, table)
    assert traces["cells"]["customdata"] == ["From0>To0"]
    assert traces["totals"]["customdata"] == ["From0>", "From1>", "To0>", ""]
    assert traces["totals"]["text"] == ["0", "1", "0", "<b>9</b>"]


@pytest.mark.unit
def test_a_number_in_a_circle_is_in_the_colour_that_can_be_read_on_it():
    table = Table(lines(1, "one"), lines(1))
    spec, traces = drawn({("Actor0", "Actor0"): 5}, table)
    assert traces["cells"]["textposition"] == ["middle center"]
    assert traces["cells"]["textfont"]["color"] == [LIGHT.panel]
    dark = Medium("screen", 1100, 0, 12.0, framed=False, palette=DARK)
    _, traces = drawn({("Actor0", "Actor0"): 5}, table, dark)
    assert traces["cells"]["textfont"]["color"] in ([DARK.panel], [DARK.ink])


@pytest.mark.unit
def test_groups_stand_apart():
    table = Table([*lines(2, "one"), *lines(1, "two", "Other")], lines(1))
    where = grid(table, SCREEN, (1100.0, 500.0))
    first, second, third = where.y.values()
    assert third - second == pytest.approx((1 + GROUP_GAP) * (second - first))


@pytest.mark.unit
def test_a_note_stands_under_the_matrix_in_lines_that_fit():
    medium, size = SIZES["column"]
    note = "Some are summed as others, because there are more of them than there is room for. " * 2
    spec, _ = drawn({("Actor0", "Actor0"): 1}, Table(lines(1), lines(1), note=note), medium, size)
    texts = [annotation["text"] for annotation in spec["layout"]["annotations"]]
    assert " ".join(texts) == note.strip()
    assert all(width_px(text, medium.small_px) <= size[0] for text in texts)


@pytest.mark.unit
@pytest.mark.parametrize("kind", SIZES)
def test_there_is_room_for_the_rows_and_columns_that_capacity_promises(kind):
    medium, size = SIZES[kind]
    rows, columns = capacity(medium, size)
    assert 3 <= rows <= MOST
    assert 3 <= columns <= MOST
    table = Table(
        lines(rows, name="Mozambican police "),
        [*lines(columns - 1, name="Syrian govt (Assad) "), *lines(1, "two", "Private military ")],
        total="24,666",
        note="A sentence under it.",
    )
    where = grid(table, medium, size)
    # Rows and slanted columns are as far apart as a line of text is high.
    assert where.cell[1] >= 1.15 * medium.small_px
    assert where.cell[0] * math.sin(math.radians(40)) >= 1.05 * medium.small_px
    # All stays in the room: slanted labels at the right, totals, the note.
    shown = names(table.columns, medium, size[0])
    for line, name in zip(table.columns, shown, strict=True):
        across = width_px(name, medium.small_px) * math.cos(math.radians(40))
        assert where.margin["l"] + where.x[line.key] + across <= size[0]
    assert where.margin["l"] + where.size[0] + where.margin["r"] == pytest.approx(size[0])
    assert where.margin["t"] + where.size[1] + where.margin["b"] == pytest.approx(size[1])
    assert where.total[0] + width_px(table.total, medium.small_px, "sans-700") / 2 <= where.size[0]
    assert where.margin["b"] >= len(where.foot) * medium.small_px * 1.4


VALUES = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)),
    st.integers(0, 20_000) | st.just(math.nan),
    min_size=1,
    max_size=30,
)


@pytest.mark.property
@settings(max_examples=40)
@given(values=VALUES, name=st.sampled_from(sorted(SIZES)))
def test_marks_and_their_numbers_stay_in_their_cells(values, name):
    medium, size = SIZES[name]
    table = Table(lines(6), lines(6))
    named = {(f"Actor{r}", f"Actor{c}"): value for (r, c), value in values.items()}
    _, traces = drawn(named, table, medium, size)
    where = grid(table, medium, size)
    marks = traces["cells"]
    radii = np.asarray(marks["marker"]["size"]) / 2
    numbers = zip(marks["text"], marks["textposition"], marks["textfont"]["size"], strict=True)
    columns = zip(named, marks["x"], marks["y"], radii, numbers, strict=True)
    for (row, column), x, y, radius, (text, place, size_px) in columns:
        left, right = x - radius, x + radius
        wide = width_px(text, size_px) if text else 0
        least = max(matrix.LEAST_NUMBER * medium.small_px, matrix.LEAST_NUMBER_PX)
        assert least - 0.1 <= size_px <= medium.small_px + 0.1
        if text and place == "middle right":
            right += wide
        elif text:
            left, right = min(left, x - wide / 2), max(right, x + wide / 2)
        half = where.cell[0] / 2
        assert left >= where.x[column] - half - 1
        assert right <= where.x[column] + half + 1
        assert abs(y - where.y[row]) + radius <= max(where.cell[1] / 2, matrix.UNKNOWN_PX / 2) + 1


@pytest.mark.unit
def test_a_number_is_left_out_only_where_it_fits_neither_in_nor_beside():
    table = Table(lines(6), lines(6))
    named = dict.fromkeys(itertools.product([f"Actor{n}" for n in range(6)], repeat=2), 3)
    for medium, size in SIZES.values():
        _, traces = drawn(named, table, medium, size)
        assert set(traces["cells"]["text"]) == {"3"}


@pytest.mark.unit
@pytest.mark.parametrize("largest", [134, 999, 11_418])
def test_the_largest_circle_has_its_number(largest):
    # Wide circles left no room beside them, and the lead figure was the one that was missing.
    table = Table(lines(10), lines(10))
    named = {("Actor0", "Actor0"): largest, ("Actor1", "Actor2"): largest // 3}
    for name in ("screen", "web", "slide"):
        medium, size = SIZES[name]
        _, traces = drawn(named, table, medium, size)
        assert traces["cells"]["text"] == [f"{largest:,}", f"{largest // 3:,}"]


@pytest.mark.unit
def test_the_page_gives_a_matrix_the_height_that_its_rows_take():
    table = Table(lines(5), lines(3), note="A note.")
    taller = Table(lines(6), lines(3), note="A note.")
    height = height_px(table, SCREEN, 1100, 30)
    assert height_px(taller, SCREEN, 1100, 30) - height == pytest.approx(30)
    where = grid(table, SCREEN, (1100, height))
    assert where.cell[1] == pytest.approx(30)


@pytest.mark.unit
def test_names_at_the_edges_are_no_markup():
    table = Table(lines(1, name="R&D <b>x</b>"), lines(1, name="A <i>y</i>"), total="1", note="")
    spec, _ = drawn({("R&D <b>x</b>0", "A <i>y</i>0"): 1.0}, table)
    assert spec["layout"]["yaxis"]["ticktext"][0] == "R&amp;D &lt;b&gt;x&lt;/b&gt; 0"
    assert spec["layout"]["xaxis"]["ticktext"][0] == "A &lt;i&gt;y&lt;/i&gt; 0"


@pytest.mark.unit
def test_leaves_the_table_as_it_was():
    made = cells({("Actor0", "Actor0"): 4})
    copy = made.copy()
    matrix.draw(made, Table(lines(1), lines(1)), COLOURS, SCREEN, (600.0, 300.0))
    pd.testing.assert_frame_equal(made, copy)
