"""What it means for two answers to be the same: values, order, columns and types."""

from __future__ import annotations

from typing import Any

import pandas as pd


def differences(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """Say which answers are not those that were expected, and how."""
    assert found.keys() == expected.keys()
    said = []
    for name, answer in found.items():
        try:
            check(answer, expected[name])
        except AssertionError as error:
            said.append(f"{name}: {error}")
    return said


def check(found: Any, expected: Any) -> None:
    """Fail unless two answers are the same."""
    if isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(found, expected, check_exact=True)
    elif isinstance(expected, list | tuple) and any(isinstance(x, pd.DataFrame) for x in expected):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            check(one, other)
    else:
        assert found == expected, f"{found} is not {expected}"
        assert type(found) is type(expected)
        if isinstance(expected, dict):
            assert list(found) == list(expected), f"{[*found]} is not in the order {[*expected]}"
            for key, value in expected.items():
                check(found[key], value)
