import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.app.delta import compact, delta
from tests.app.tree import applied

KEYS = st.sampled_from(["x", "y", "marker", "size", "data", "layout"])
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "#fff"])
DTYPES = ["f8", "f4", "i4", "i2", "u1", "i8"]
ARRAYS = st.lists(st.integers(0, 200), max_size=3).flatmap(
    lambda numbers: st.sampled_from(DTYPES).map(lambda dtype: np.array(numbers, dtype))
)
PARTS = st.recursive(
    SCALARS | st.lists(SCALARS, max_size=3) | ARRAYS,
    lambda part: (
        st.dictionaries(KEYS, part, max_size=4)
        | st.lists(st.dictionaries(KEYS, part, max_size=3), max_size=3)
    ),
    max_leaves=12,
)
FIGURES = st.dictionaries(KEYS, PARTS, max_size=5)


def decoded(part):
    """Read typed arrays as plotly.js does."""
    if isinstance(part, dict) and set(part) == {"dtype", "bdata"}:
        return np.frombuffer(base64.b64decode(part["bdata"]), f"<{part['dtype']}").tolist()
    if isinstance(part, dict):
        return {key: decoded(item) for key, item in part.items()}
    if isinstance(part, list):
        return [decoded(item) for item in part]
    return part


def plain(part):
    if isinstance(part, np.ndarray):
        return part.tolist()
    if isinstance(part, dict):
        return {key: plain(item) for key, item in part.items()}
    if isinstance(part, list):
        return [plain(item) for item in part]
    return part


@pytest.mark.property
@given(FIGURES, FIGURES)
def test_a_patch_turns_one_figure_into_the_other(before, after):
    before, after = compact(before), compact(after)
    patch = delta(before, after)
    assert (before if patch is None else applied(patch, before)) == after


@pytest.mark.property
@given(FIGURES)
def test_equal_figures_need_no_patch(figure):
    assert delta(compact(figure), compact(figure)) is None


@pytest.mark.property
@given(FIGURES)
def test_typed_arrays_hold_the_same_numbers(figure):
    assert decoded(compact(figure)) == plain(figure)


@pytest.mark.property
@given(FIGURES, FIGURES)
def test_leaves_both_figures_as_they_were(before, after):
    one, other = compact(before), compact(after)
    delta(one, other)
    assert (one, other) == (compact(before), compact(after))


@pytest.mark.unit
@pytest.mark.parametrize("dtype", ["float64", "float32", "int32", "int16", "uint8"])
def test_writes_an_array_in_its_own_type(dtype):
    numbers = np.array([0, 1, 200 if dtype == "uint8" else 300], dtype)
    packed = compact({"x": numbers})["x"]
    assert packed["dtype"] == {"float64": "f8", "float32": "f4"}.get(dtype, packed["dtype"])
    assert decoded(packed) == numbers.tolist()


@pytest.mark.unit
def test_packs_an_array_that_is_a_slice_of_another():
    assert decoded(compact(np.arange(6.0)[::2])) == [0.0, 2.0, 4.0]


@pytest.mark.unit
def test_lists_numbers_that_plotly_has_no_type_for():
    assert compact({"x": np.array([2**40])}) == {"x": [2**40]}


@pytest.mark.unit
def test_sends_an_array_as_a_whole():
    before, after = ({"x": compact(np.array([1.0, last]))} for last in (2, 3))
    (operation,) = delta(before, after).to_plotly_json()["operations"]
    assert operation["location"] == ["x"]


@pytest.mark.unit
def test_sends_only_the_array_that_changed():
    before = {"data": [{"x": [1, 2], "marker": {"size": [1, 1], "color": "a"}}], "layout": {}}
    after = {"data": [{"x": [1, 2], "marker": {"size": [1, 9], "color": "a"}}], "layout": {}}
    patch = delta(before, after)
    assert patch.to_plotly_json()["operations"] == [
        {
            "operation": "Assign",
            "location": ["data", 0, "marker", "size"],
            "params": {"value": [1, 9]},
        }
    ]
